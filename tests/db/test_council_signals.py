"""The register and the board compared, in the database and by the runner of jobs."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.store import latest
from consult.config import Settings
from consult.council import jobs
from consult.council.actions import board as actions
from consult.council.actions import signals
from consult.council.actions.board import NewMandate
from consult.council.actions.events import new_event, note_event
from consult.council.core.events import Happening
from consult.council.core.signals import Signal, State
from consult.council.store import board
from consult.council.store import signals as store
from consult.db.session import Database
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.register.tables import ContractRow, CustomerRow, RegisterImport

TODAY = date(2026, 11, 22)
END = date(2030, 1, 1)


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def customer(session: Session, number: str, kind: str = "tenant") -> None:
    """A customer with one contract."""
    session.execute(insert(CustomerRow).values(number=number, language="nl"))
    contract(session, number, kind)


def contract(session: Session, number: str, kind: str) -> None:
    """One more contract of a customer."""
    session.execute(
        insert(ContractRow).values(
            id=new_id(),
            customer_number=number,
            kind=kind,
            dwelling_type="",
            complex="",
            neighbourhood="",
        )
    )


def ends(session: Session, number: str, day: date, kind: str = "tenant") -> None:
    """The contract of that kind ends."""
    session.execute(
        update(ContractRow)
        .where(ContractRow.customer_number == number, ContractRow.kind == kind)
        .values(ended_on=day)
    )


def imported(session: Session, at: datetime, serial: int) -> None:
    """An import was applied."""
    session.execute(
        insert(RegisterImport).values(
            id=new_id(),
            state="applied",
            filename="klanten.csv",
            uploaded_by="f",
            uploaded_at=at,
            numbers={},
            problems=[],
            serial=serial,
        )
    )


@pytest.fixture
def ids(database: Database, at: datetime) -> Mapping[str, str]:
    """Four tenants, of whom three are known customers; the register was compared. Ids by name."""
    names = ("Thea", "Tom", "Tilly", "Teun")
    with database.write() as session:
        for number in ("K1", "K2", "K3"):
            customer(session, number)
        imported(session, at, 1)
        numbers = ("K1", "K2", "K3", "")
        start = TODAY - timedelta(100)
        elected = [
            NewMandate(name, True, start, END, customer_number=number)
            for name, number in zip(names, numbers, strict=True)
        ]
        made = actions.seat(session, SYSTEM, at, elected)
        assert signals.compare(session, SYSTEM, at) == 0
        assert not signals.due(session)
    return dict(zip(names, made, strict=True))


def open_ones(session: Session) -> list[Signal]:
    """The signals that wait."""
    return [one for one in store.signals(session) if one.state is State.OPEN]


def test_a_purchase_in_the_register_becomes_a_proposal_and_changes_nothing(
    database: Database, settings: Settings, at: datetime, ids: Mapping[str, str]
) -> None:
    day = TODAY - timedelta(4)
    with database.write() as session:
        contract(session, "K1", "owner")
        ends(session, "K1", day)
        imported(session, at, 2)
        assert signals.due(session)
    jobs.tick(database, settings)
    with database.read() as session:
        (waiting,) = open_ones(session)
        found = waiting.proposal
        assert (found.mandate_id, found.happened, found.day) == (
            ids["Thea"],
            Happening.BOUGHT,
            day,
        )
        assert actions.status(session, at).tenants == 4
        assert not signals.due(session)
        assert [event.kind for event in latest(session, 1)] == ["council.signals_found"]


def test_the_same_signal_is_not_given_twice(
    database: Database, settings: Settings, at: datetime, ids: Mapping[str, str]
) -> None:
    with database.write() as session:
        ends(session, "K2", TODAY)
        for serial in (2, 3):
            imported(session, at, serial)
            signals.compare(session, SYSTEM, at)
        assert len(store.signals(session)) == 1


def test_people_confirm_with_the_reason_and_the_day_that_they_know(
    database: Database, at: datetime, ids: Mapping[str, str]
) -> None:
    real = TODAY - timedelta(8)
    with database.write() as session:
        ends(session, "K2", TODAY)
        imported(session, at, 2)
        signals.compare(session, SYSTEM, at)
        (waiting,) = open_ones(session)
        with refused("council.signal_other"):
            signals.confirm(session, SYSTEM, at, waiting.id, Happening.BOUGHT, real)
        status = signals.confirm(session, SYSTEM, at, waiting.id, Happening.STADSWONEN, real)
        assert (status.day, status.size) == (real, 3)
        (settled,) = store.signals(session)
        assert settled.state is State.CONFIRMED
        assert settled.event_id
        with refused("council.signal_over"):
            signals.reject(session, SYSTEM, at, waiting.id, "Toch niet.")
        signals.compare(session, SYSTEM, at)
        assert open_ones(session) == []
        told = " ".join(event.payload for event in latest(session, 20))
    for word in ("stadswonen", "K2", "not_customer"):
        assert word not in told


def test_a_rejected_signal_stays_rejected_and_keeps_its_reason(
    database: Database, at: datetime, ids: Mapping[str, str]
) -> None:
    with database.write() as session:
        ends(session, "K3", TODAY)
        imported(session, at, 2)
        signals.compare(session, SYSTEM, at)
        (waiting,) = open_ones(session)
        signals.reject(session, SYSTEM, at, waiting.id, "Verhuisd binnen het complex.")
        imported(session, at, 3)
        assert signals.compare(session, SYSTEM, at) == 0
        (settled,) = store.signals(session)
        assert (settled.state, settled.reason) == (State.REJECTED, "Verhuisd binnen het complex.")
        assert actions.status(session, at).size == 4
        with refused("council.unknown_signal"):
            signals.reject(session, SYSTEM, at, "nothing", "x")


def test_a_signal_lapses_when_somebody_noted_the_event_by_hand(
    database: Database, settings: Settings, at: datetime, ids: Mapping[str, str]
) -> None:
    with database.write() as session:
        contract(session, "K1", "owner")
        ends(session, "K1", TODAY)
        imported(session, at, 2)
        signals.compare(session, SYSTEM, at)
        event = new_event(ids["Thea"], Happening.BOUGHT, TODAY)
        note_event(session, SYSTEM, at, ids["Thea"], event)
        assert signals.due(session)
        signals.compare(session, SYSTEM, at)
        assert [one.state for one in store.signals(session)] == [State.LAPSED]


def test_a_number_entered_by_hand_is_compared_at_once(
    database: Database, at: datetime, ids: Mapping[str, str]
) -> None:
    with database.write() as session:
        customer(session, "K4", "owner")
        with refused("council.unknown_customer"):
            signals.note_customer(session, SYSTEM, at, ids["Teun"], "K999")
        signals.note_customer(session, SYSTEM, at, ids["Teun"], "K4")
        assert signals.due(session)
        assert signals.compare(session, SYSTEM, at) == 1
        assert open_ones(session)[0].proposal.happened is Happening.BOUGHT
        signals.note_customer(session, SYSTEM, at, ids["Teun"], "")
        assert ids["Teun"] not in board.customer_numbers(session)


def test_nobody_alone_says_that_an_elected_member_is_another_customer(
    database: Database, at: datetime
) -> None:
    """Else one person could take the terms of a member away, or bar a candidate as a member."""
    with database.write() as session:
        customer(session, "K1")
        customer(session, "K2")
        tenants = [NewMandate(f"T{n}", True, TODAY, END) for n in range(3)]
        elected = NewMandate("Vera", True, TODAY, END, new_id(), "K1")
        *_, vera = actions.seat(session, SYSTEM, at, [*tenants, elected])
        board.keep_customer(session, vera, "K1", 2)
        for number in ("K2", ""):
            with refused("council.customer_elected"):
                signals.note_customer(session, SYSTEM, at, vera, number)
        signals.note_customer(session, SYSTEM, at, vera, "K1")
        assert board.terms_of(session, "K1") == {vera: 2}
        assert board.terms_of(session, "K2") == {}


def test_a_number_entered_by_hand_counts_the_terms_before(database: Database, at: datetime) -> None:
    with database.write() as session:
        customer(session, "K1")
        before = [NewMandate(f"T{n}", True, date(2026, 1, 1), TODAY) for n in range(3)]
        first, *_ = actions.seat(session, SYSTEM, at, before)
        again, *_ = actions.seat(
            session, SYSTEM, at, [NewMandate(f"T{n}", True, TODAY, END) for n in range(3)]
        )
        board.keep_customer(session, first, "K1")
        signals.note_customer(session, SYSTEM, at, again, "K1")
        assert board.terms_of(session, "K1") == {first: 1, again: 2}


def test_when_the_seat_is_over_the_number_is_forgotten(
    database: Database, at: datetime, ids: Mapping[str, str]
) -> None:
    with database.write() as session:
        event = new_event(ids["Tom"], Happening.DIED, TODAY)
        note_event(session, SYSTEM, at, ids["Tom"], event)
        signals.compare(session, SYSTEM, at)
        assert board.customer_numbers(session).keys() == {ids["Thea"], ids["Tilly"]}


def test_without_news_the_runner_writes_nothing(
    database: Database, settings: Settings, at: datetime, ids: Mapping[str, str]
) -> None:
    with database.read() as session:
        before = latest(session, 1)[0].number
    jobs.tick(database, settings)
    with database.read() as session:
        assert latest(session, 1)[0].number == before
