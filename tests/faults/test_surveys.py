"""Answers under double clicks, crashes and a clock that goes back (security T14, T46, R13)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy.orm import Session

from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import answering, closing, sending
from consult.surveys.actions.answering import Entered
from consult.surveys.core.consultation import Consultation, Phase, Sheet, Ticket
from consult.surveys.store import consultations, envelopes
from tests.consultations import (
    ANSWERS,
    CLOSES,
    WHILE_OPEN,
    Running,
    keys,
    running,
)


def _consultation(session: Session, run: Running) -> Consultation:
    found = consultations.get(session, run.id)
    assert found is not None
    return found


def _ticket(database: Database, settings: Settings, run: Running) -> Ticket:
    with database.write() as session:
        among = [_consultation(session, run)]
        entered = answering.enter(
            session, WHILE_OPEN, keys(settings), str(run.codes[0]), "10.0.0.0/24", among
        )
    assert isinstance(entered, Entered)
    return entered.ticket


def test_fifty_identical_answers_at_once_give_one_envelope_and_one_outcome(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, people=2)
    ticket = _ticket(database, settings, run)

    def send(_: int) -> object:
        with database.write() as session:
            return sending.submit(session, WHILE_OPEN, run.id, ticket, Sheet(ANSWERS))

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(send, range(50)))
    assert outcomes == [Phase.OPEN] * 50
    with database.read() as session:
        assert envelopes.count_envelopes(session, run.id) == 1
        assert envelopes.count_participants(session, run.id) == 1


def test_after_closing_a_clock_that_goes_back_opens_nothing(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, people=2)
    ticket = _ticket(database, settings, run)
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    for back in (timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)):
        with database.write() as session:
            closing.pass_time(session, CLOSES - back, CLOSES.date())
            phase = sending.submit(session, CLOSES - back, run.id, ticket, Sheet(ANSWERS))
        assert phase is Phase.CLOSED
    with database.read() as session:
        assert envelopes.count_envelopes(session, run.id) == 0
        assert _consultation(session, run).closed_at == CLOSES


def test_a_closing_is_stored_once_with_the_moment_of_the_calendar(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, people=2)
    for late in (timedelta(minutes=5), timedelta(days=3)):
        with database.write() as session:
            closing.pass_time(session, CLOSES + late, CLOSES.date())
    with database.read() as session:
        assert _consultation(session, run).closed_at == CLOSES
