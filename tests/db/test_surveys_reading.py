"""Looking at open answers, choosing quotes, and erasing after ninety days."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.audit.store import events
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.surveys.actions import coding, publishing, reading
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.open_answers.redaction import KEPT_DAYS, Reason, State
from consult.surveys.core.sealed.sealing import take_out
from consult.surveys.jobs import tick
from consult.surveys.store import consultations
from consult.surveys.tables import ApartAnswerRow, ReadingMarkRow, ReadingQuoteRow
from tests.consultations import AFTER, SECRETARY, drafted
from tests.readings import (
    CHAIR,
    MEMBER,
    TEXTS,
    code_all,
    key,
    looked_at,
    opened,
    put_texts,
    ready,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as held:
        yield held


def test_texts_come_in_the_order_of_random_ids_and_are_still_to_do(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    texts = reading.written(session, key(settings), *asked)
    assert sorted(one.text for one in texts) == sorted(TEXTS)
    assert [one.id for one in texts] == sorted(one.id for one in texts)
    assert {one.state for one in texts} == {State.TO_DO}


@pytest.mark.parametrize(("people", "shown"), [(4, 0), (5, 5)])
def test_what_fewer_than_five_wrote_is_not_shown(
    session: Session, settings: Settings, people: int, shown: int
) -> None:
    asked = opened(session, settings, TEXTS[:people])
    assert len(reading.written(session, key(settings), *asked)) == shown


def test_somebody_who_declined_wrote_nothing(session: Session, settings: Settings) -> None:
    asked = opened(session, settings, TEXTS[:4])
    put_texts(session, settings, asked, [{"declined": "rather_not"}], quotable=False)
    assert reading.written(session, key(settings), *asked) == ()


def test_a_redacted_text_replaces_the_one_that_was(session: Session, settings: Settings) -> None:
    asked = opened(session, settings)
    first = reading.written(session, key(settings), *asked)[0]
    told = reading.redact(session, SECRETARY, AFTER, key(settings), asked, first.id, " Beter \r\n")
    found = reading.one_text(session, key(settings), *asked, first.id)
    assert told is None
    assert (found.text, found.state, found.quotable) == ("Beter", State.REDACTED, True)
    bodies = [key_free for (key_free,) in session.execute(select(ApartAnswerRow.body))]
    assert not any(first.text.encode() in body for body in bodies)


def test_the_log_says_that_a_text_changed_and_not_which(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    first, second, *_ = reading.written(session, key(settings), *asked)
    reading.redact(session, SECRETARY, AFTER, key(settings), asked, first.id, first.text)
    reading.redact(session, SECRETARY, AFTER, key(settings), asked, second.id, "Korter.")
    told = [event for event in events(session) if event.kind == "surveys.text_changed"]
    assert len(told) == 1
    assert second.id not in told[0].payload


@pytest.mark.parametrize(
    ("text", "problem"),
    [("  ", Problem("redacted_missing")), ("x" * 2401, Problem("redacted_long", 2400))],
)
def test_a_text_that_cannot_be_kept_is_told(
    session: Session, settings: Settings, text: str, problem: Problem
) -> None:
    asked = opened(session, settings)
    one = reading.written(session, key(settings), *asked)[0]
    assert reading.redact(session, SECRETARY, AFTER, key(settings), asked, one.id, text) == problem


def test_a_text_set_aside_says_why_and_may_come_back_before_coding(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    one = reading.written(session, key(settings), *asked)[0]
    reading.set_aside(session, SECRETARY, AFTER, key(settings), asked, one.id, Reason.HURTFUL)
    found = reading.one_text(session, key(settings), *asked, one.id)
    assert (found.state, found.reason) == (State.ASIDE, Reason.HURTFUL)
    assert reading.redact(session, SECRETARY, AFTER, key(settings), asked, one.id, one.text) is None
    assert reading.one_text(session, key(settings), *asked, one.id).state is State.REDACTED


def test_once_coding_started_what_is_set_aside_stays_aside(
    session: Session, settings: Settings
) -> None:
    asked = ready(session, settings)
    one = reading.written(session, key(settings), *asked)[0]
    reading.set_aside(session, SECRETARY, AFTER, key(settings), asked, one.id, Reason.NOTHING)
    with pytest.raises(Refusal, match=r"surveys\.frame_frozen"):
        reading.redact(session, SECRETARY, AFTER, key(settings), asked, one.id, one.text)


def test_only_open_questions_of_opened_consultations_are_read(
    session: Session, settings: Settings
) -> None:
    sealed = drafted(session)
    with pytest.raises(Refusal, match=r"surveys\.sealed"):
        reading.open_questions(session, sealed)
    with pytest.raises(Refusal, match=r"surveys\.unknown"):
        reading.open_questions(session, "nothing")
    consultations.change(session, sealed, unsealed_at=AFTER)
    assert [question.id for question in reading.open_questions(session, sealed)] == ["q4"]
    with pytest.raises(Refusal, match=r"surveys\.question_unknown"):
        reading.written(session, key(settings), sealed, "q1")


def test_a_text_of_another_question_or_of_none_is_unknown(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    with pytest.raises(Refusal, match=r"surveys\.text_unknown"):
        reading.set_aside(session, SECRETARY, AFTER, key(settings), asked, "no", Reason.NOTHING)


def test_a_quote_is_a_redacted_text_of_somebody_who_agreed(
    session: Session, settings: Settings
) -> None:
    asked = opened(session, settings)
    first, second, *_ = reading.written(session, key(settings), *asked)
    reading.redact(session, SECRETARY, AFTER, key(settings), asked, first.id, "Mooi [naam].")
    reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, first.id)
    assert reading.quotes(session, key(settings), *asked) == ("Mooi [naam].",)
    with pytest.raises(Refusal, match=r"surveys\.not_quotable"):
        reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, second.id)
    reading.drop_quote(session, SECRETARY, AFTER, asked, first.id)
    assert reading.quotes(session, key(settings), *asked) == ()


def test_without_consent_there_is_no_quote(session: Session, settings: Settings) -> None:
    asked = opened(session, settings, quotable=False)
    looked_at(session, settings, asked)
    one = reading.written(session, key(settings), *asked)[0]
    with pytest.raises(Refusal, match=r"surveys\.not_quotable"):
        reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, one.id)


def test_of_fewer_than_ten_writers_nobody_is_quoted(session: Session, settings: Settings) -> None:
    asked = opened(session, settings, TEXTS[:9])
    looked_at(session, settings, asked)
    one = reading.written(session, key(settings), *asked)[0]
    with pytest.raises(Refusal, match=r"surveys\.texts_few"):
        reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, one.id)


@pytest.mark.parametrize("act", ["redact", "aside"])
def test_a_quote_goes_when_its_text_changes_or_is_set_aside(
    session: Session, settings: Settings, act: str
) -> None:
    asked = opened(session, settings)
    looked_at(session, settings, asked)
    one = reading.written(session, key(settings), *asked)[0]
    reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, one.id)
    if act == "redact":
        reading.redact(session, SECRETARY, AFTER, key(settings), asked, one.id, "Anders.")
    else:
        reading.set_aside(session, SECRETARY, AFTER, key(settings), asked, one.id, Reason.NOTHING)
    assert reading.quotes(session, key(settings), *asked) == ()


def test_after_ninety_days_the_texts_go_and_codes_and_quotes_stay(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        asked = ready(session, settings)
        put_texts(session, settings, (asked[0], "q1"), ["no"], quotable=False)
        one = reading.written(session, key(settings), *asked)[0]
        reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, one.id)
        for who in (CHAIR, MEMBER):
            assert code_all(session, settings, asked, who) is None
        before = coding.topic_counts(session, key(settings), *asked)
        results = publishing.results(session, key(settings), asked[0])
    last = AFTER + timedelta(days=KEPT_DAYS)
    for moment, kept in ((last - timedelta(seconds=1), len(TEXTS) + 1), (last, 1), (last, 1)):
        with time_machine.travel(moment, tick=False):
            tick(database, settings)
        with database.read() as session:
            bodies = [
                take_out(key(settings), b) for b in session.scalars(select(ApartAnswerRow.body))
            ]
            assert len([body for body in bodies if body["answer"]]) == kept
    publishing._views.clear()
    with database.read() as session:
        assert publishing.results(session, key(settings), asked[0]) == results
        assert {"answer": "no", "quote": False} in bodies, "a sensitive choice is no open answer"
        assert reading.written(session, key(settings), *asked) == ()
        assert reading.quotes(session, key(settings), *asked) == (one.text,)
        assert before is not None
        assert coding.topic_counts(session, key(settings), *asked) == before
        told = [event.kind for event in events(session)]
        assert told.count("surveys.texts_erased") == 1


def test_what_is_kept_is_sealed(session: Session, settings: Settings) -> None:
    asked = ready(session, settings)
    one = reading.written(session, key(settings), *asked)[0]
    reading.pick_quote(session, SECRETARY, AFTER, key(settings), asked, one.id)
    code_all(session, settings, asked, CHAIR)
    for row in (ApartAnswerRow, ReadingMarkRow, ReadingQuoteRow):
        for body in session.scalars(select(row.body)):
            assert b"bomen" not in body
            assert b"topics" not in body
