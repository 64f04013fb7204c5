"""Putting a report on the site: once, for good."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.refusal import Refusal
from consult.reports.core.fingerprint import printed
from consult.site.actions import publish
from consult.site.core import Document, Publication
from consult.site.store import publication

KIND = "report"
"""The kind of document that a published report is."""


def publish_report(
    session: Session, who: Actor, now: datetime, document: Document, data: Collection[str]
) -> Publication:
    """Publish a report, or a new version that tells of the same numbers, or of more activities.

    ``data``: the fingerprints of all that it tells, as they are printed in it. Numbers that stand
    on the site are never replaced by others about the same people: whoever has both subtracts.

    Raises:
        Refusal: ``reports.published_already`` when the report on the site tells other numbers.
    """
    previous = publication(session, document.slug)
    if previous is not None and not printed(previous.canonical) <= set(data):
        raise Refusal("reports.published_already", slug=document.slug)
    return publish(session, who, now, document)
