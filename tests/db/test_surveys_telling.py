"""What of open answers comes into the published document: topics and quotes."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.db.session import Database
from consult.site.core import Paragraph, Table
from consult.surveys.actions import answering, publishing, reading, sending, telling
from consult.surveys.actions.answering import Entered
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Sheet
from consult.surveys.store import consultations
from consult.surveys.store.reading import Asked
from tests.consultations import AFTER, SECRETARY, WHILE_OPEN, Running, keys, running, unsealed
from tests.readings import CHAIR, MEMBER, code_all, key, start

GREEN, LIFT = "Meer bomen graag, bel 06-12345678.", "De lift is stuk."


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as held:
        yield held


def heard(
    session: Session, settings: Settings, people: int = 40, silent: int = 0
) -> tuple[Running, Asked]:
    """Answers of ``people``, half on trees and half on the lift, read and coded but for the second
    coder; the last ``silent`` wrote nothing. All agree to a quote."""
    run = running(session, settings, people)
    found = consultations.get(session, run.id)
    assert found is not None
    for number, code in enumerate(run.codes):
        entered = answering.enter(
            session, WHILE_OPEN, keys(settings), str(code), "10.0.0.0/24", [found]
        )
        assert isinstance(entered, Entered)
        text = {"q4": GREEN if number % 2 else LIFT} if number < people - silent else {}
        sheet = Sheet({"q1": "no", "q3": 2, **text}, frozenset(text))
        sending.submit(session, WHILE_OPEN, run.id, entered.ticket, sheet)
    unsealed(session, run)
    asked = (run.id, "q4")
    start(session, settings, asked)
    code_all(session, settings, asked, CHAIR)
    said = words("Bomen."), words("Planten.")
    publishing.write_feedback(session, SECRETARY, AFTER, run.id, *said)
    return run, asked


def published(session: Session, run: Running, language: str = "nl") -> tuple[list[Table], str]:
    """The tables of topics and the running text of the document."""
    document = publishing.finished(session, run.answers_key, run.id)
    blocks = document.texts[language].blocks
    tables = [one for one in blocks if isinstance(one, Table) and len(one.head) == 4]
    return tables, "\n".join(one.text for one in blocks if isinstance(one, Paragraph))


def test_topics_and_quotes_are_printed_without_numbers_of_texts(
    session: Session, settings: Settings
) -> None:
    run, asked = heard(session, settings)
    code_all(session, settings, asked, MEMBER)
    texts = reading.written(session, key(settings), *asked)
    one = next(text for text in texts if "bomen" in text.text)
    reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, one.id)
    [table], text = published(session, run)
    assert table.rows == (("Groen", "50 %", "35 %", "65 %"), ("Lift", "50 %", "35 %", "65 %"))
    assert "“Meer bomen graag, bel [telefoon].”" in text


def test_before_both_coders_are_done_no_topic_is_printed(
    session: Session, settings: Settings
) -> None:
    run, _asked = heard(session, settings)
    assert published(session, run)[0] == []


def test_coders_who_do_not_agree_give_no_topics(session: Session, settings: Settings) -> None:
    run, asked = heard(session, settings)
    texts = [one.id for one in reading.written(session, key(settings), *asked)]
    code_all(session, settings, asked, MEMBER, wrong=texts[::2])
    assert telling.told(session, key(settings), run.id)["q4"].topics == ()


def test_of_fewer_than_thirty_texts_no_share_is_printed(
    session: Session, settings: Settings
) -> None:
    run, asked = heard(session, settings, people=29)
    code_all(session, settings, asked, MEMBER)
    assert published(session, run)[0] == []


def test_where_the_number_who_wrote_is_hidden_so_are_the_topics(
    session: Session, settings: Settings
) -> None:
    run, asked = heard(session, settings, people=45, silent=3)
    code_all(session, settings, asked, MEMBER)
    assert telling.told(session, key(settings), run.id)["q4"].topics != ()
    assert published(session, run)[0] == []
