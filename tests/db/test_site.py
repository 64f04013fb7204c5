"""Publications and announcements as they are kept."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from consult.actor import SYSTEM
from consult.audit import store as audit
from consult.db.session import Database
from consult.refusal import Refusal
from consult.site import core, store
from consult.site.actions import announce, publish
from consult.site.core import Document, Paragraph, Text

DAY = timedelta(days=1)


def document(words: str = "Het is zo.", slug: str = "uitslag") -> Document:
    return Document(slug, "consultation", {"nl": Text("Uitslag", (Paragraph(words),))})


def test_a_correction_is_a_new_version_and_the_old_one_stays(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        first = publish(session, SYSTEM, at, document())
        second = publish(session, SYSTEM, at + DAY, document("Het is anders."))
    with database.read() as session:
        assert store.publication(session, "uitslag") == second
        assert store.publication(session, "uitslag", 1) == first
        assert store.versions(session, "uitslag") == [(2, at + DAY), (1, at)]
        assert store.newest(session) == [second]


def test_publishing_the_same_words_again_adds_nothing(database: Database, at: datetime) -> None:
    with database.write() as session:
        first = publish(session, SYSTEM, at, document())
        again = publish(session, SYSTEM, at + DAY, document())
        assert again == first
        assert [event.kind for event in audit.events(session)] == ["site.published"]


def test_a_publication_is_written_in_the_log_with_its_fingerprint(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        published = publish(session, SYSTEM, at, document(slug="uitslag-2026-11-22"))
        (event,) = audit.events(session)
    assert event.facts == {
        "slug": "uitslag-2026-11-22",
        "version": 1,
        "fingerprint": published.sha256,
    }


def test_a_refused_document_leaves_nothing_behind(database: Database, at: datetime) -> None:
    with pytest.raises(Refusal), database.write() as session:
        publish(session, SYSTEM, at, document(slug="Geen Adres"))
    with database.read() as session:
        assert store.newest(session) == []
        assert list(audit.events(session)) == []


def test_a_version_can_be_written_once_only(database: Database, at: datetime) -> None:
    published = core.publication(document(), at, None)
    with database.write() as session:
        store.add(session, published)
    with pytest.raises(IntegrityError), database.write() as session:
        store.add(session, published)


def test_the_latest_documents_come_first(database: Database, at: datetime) -> None:
    with database.write() as session:
        for days, slug in enumerate(("een", "twee", "drie")):
            publish(session, SYSTEM, at + days * DAY, document(slug=slug))
    with database.read() as session:
        found = [publication.document.slug for publication in store.newest(session, 2)]
    assert found == ["drie", "twee"]


def test_an_unknown_document_is_not_found(database: Database, at: datetime) -> None:
    with database.write() as session:
        publish(session, SYSTEM, at, document())
        assert store.publication(session, "iets-anders") is None
        assert store.publication(session, "uitslag", 2) is None
        assert store.versions(session, "iets-anders") == []


def test_an_announcement_replaces_the_one_before(database: Database, at: datetime) -> None:
    texts = {"nl": Text("Denk mee", (Paragraph("Over de tuin."),))}
    with database.write() as session:
        announce(session, "tuin", texts, "/meedoen", at, at + DAY)
        announce(session, "tuin", texts, "/meedoen", at, at + 2 * DAY, "election")
        (found,) = store.announcements(session, at)
    assert found == core.Announcement("tuin", "election", texts, "/meedoen", at, at + 2 * DAY)


def test_an_announcement_goes_when_it_closes(database: Database, at: datetime) -> None:
    texts = {"nl": Text("Denk mee")}
    with database.write() as session:
        announce(session, "later", texts, "/meedoen", at, at + 2 * DAY)
        announce(session, "eerder", texts, "/meedoen", at, at + DAY)
        assert [found.slug for found in store.announcements(session, at)] == ["eerder", "later"]
        assert [found.slug for found in store.announcements(session, at + DAY)] == ["later"]
        assert store.announcements(session, at + 2 * DAY) == []


@pytest.mark.parametrize(
    ("href", "days", "code"),
    [("javascript:alert(1)", 1, "site.link_unusable"), ("/x", -1, "site.closes_before_opening")],
)
def test_an_announcement_that_cannot_be_shown_is_refused(
    database: Database, at: datetime, href: str, days: int, code: str
) -> None:
    with pytest.raises(Refusal) as caught, database.write() as session:
        announce(session, "tuin", {"nl": Text("Denk mee")}, href, at, at + days * DAY)
    assert caught.value.code == code
