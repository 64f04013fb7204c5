"""Publishing finished documents, and announcing what is open."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.site import core, store
from consult.site.core import Announcement, Document, Publication, Text


def publish(session: Session, who: Actor, now: datetime, document: Document) -> Publication:
    """Put a document on the site: a first version, or a new version of the same slug.

    A document that says exactly what the newest version says adds nothing.

    Raises:
        Refusal: ``site.*``, see :func:`consult.site.core.check`.
    """
    previous = store.publication(session, document.slug)
    if previous is not None and core.same(document, previous):
        return previous
    published = core.publication(document, now, previous)
    store.add(session, published)
    record(
        session,
        who,
        now,
        "site.published",
        {
            "slug": document.slug,
            "version": published.version,
            "fingerprint": published.sha256,
        },
    )
    return published


def announce(
    session: Session,
    slug: str,
    texts: Mapping[str, Text],
    href: str,
    opens_at: datetime,
    closes_at: datetime,
    kind: str = "consultation",
) -> None:
    """Show on the first page that people can take part; a second call replaces the first.

    ``kind`` ``"election"`` asks people to vote, ``"nomination"`` to stand; every other kind asks
    them to take part.

    Raises:
        Refusal: ``site.*``, see :func:`consult.site.core.check`; ``site.closes_before_opening``.
    """
    core.check(slug, texts)
    core.check_href(slug, href)
    announcement = Announcement(slug, kind, texts, href, opens_at, closes_at)
    core.check_period(announcement)
    store.put_announcement(session, announcement)
