"""Rolls in the database: drawn once, frozen once, codes given once, and found again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Executable, delete, func, select, text, update
from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register.actions import rolls as acts
from consult.register.core.base import AgeBand, Contract, Customer, Kind
from consult.register.core.codes import Code
from consult.register.core.plan import ImportPlan
from consult.register.core.roll import Purpose, Roll
from consult.register.store import base, rolls
from consult.register.store.seal import Seal
from consult.register.tables import RollCodeRow, RollEntryRow

DAY = date(2026, 11, 1)
KEY = b"k" * 32


def fill(session: Session, customers: Sequence[Customer]) -> None:
    seal = Seal(KEY)
    plan = ImportPlan(new=tuple(customers))
    base.apply(session, plan, base.current(session, seal), seal, DAY)


def tenants(count: int) -> list[Customer]:
    return [
        Customer(
            f"K-{number:03}",
            birth_year=1960,
            contracts=frozenset({Contract(Kind.TENANT, neighbourhood="Cool")}),
        )
        for number in range(count)
    ]


def draw(session: Session, at: datetime, activity: str = "a") -> Roll:
    return acts.draw_roll(session, SYSTEM, at, Purpose.CONSULTATION, activity, DAY)


@pytest.fixture
def roll(database: Database, at: datetime) -> Roll:
    with database.write() as session:
        fill(session, tenants(25))
        return draw(session, at)


def test_a_drawn_roll_holds_everybody_once(database: Database, roll: Roll) -> None:
    with database.read() as session:
        numbers = [entry.customer_number for entry in rolls.entries(session, roll.id)]
        assert sorted(numbers) == [f"K-{number:03}" for number in range(25)]
        assert rolls.roll_for(session, Purpose.CONSULTATION, "a") == roll
        strata = {
            (one.kind, one.age_band, one.neighbourhood) for one in rolls.entries(session, roll.id)
        }
        assert strata == {(Kind.TENANT, AgeBand.OLDER, "Cool")}


def test_an_activity_gets_one_roll(database: Database, roll: Roll, at: datetime) -> None:
    with pytest.raises(Refusal, match=r"register\.roll_drawn"), database.write() as session:
        draw(session, at)


def test_a_roll_without_anybody_is_refused(database: Database, at: datetime) -> None:
    with pytest.raises(Refusal, match=r"register\.roll_empty"), database.write() as session:
        draw(session, at)


def test_freezing_gives_a_fingerprint_that_an_auditor_can_compute_again(
    database: Database, roll: Roll, at: datetime
) -> None:
    with database.write() as session:
        frozen = acts.freeze_roll(session, SYSTEM, at, roll.id)
    with database.read() as session:
        entries = list(rolls.entries(session, roll.id))
        again = acts.roll.fingerprint(rolls.salt(session, roll.id), reversed(entries))
    assert frozen.fingerprint == again
    assert frozen.frozen_at == at


def test_a_roll_is_frozen_once(database: Database, roll: Roll, at: datetime) -> None:
    with database.write() as session:
        first = acts.freeze_roll(session, SYSTEM, at, roll.id)
    later = at + timedelta(days=1)
    with pytest.raises(Refusal, match=r"register\.roll_frozen"), database.write() as session:
        acts.freeze_roll(session, SYSTEM, later, roll.id)
    with database.read() as session:
        assert rolls.roll(session, roll.id) == first


@pytest.mark.parametrize(
    "meddling",
    [
        update(RollEntryRow).values(neighbourhood="Elders"),
        delete(RollEntryRow).where(RollEntryRow.customer_number == "K-003"),
        update(RollEntryRow)
        .where(RollEntryRow.customer_number == "K-003")
        .values(customer_number="K-900"),
    ],
)
def test_a_roll_on_which_somebody_put_other_people_gives_no_letters_and_opens_nothing(
    database: Database, roll: Roll, at: datetime, meddling: Executable
) -> None:
    with database.write() as session:
        fill(session, [Customer("K-900", birth_year=1960)])
        session.execute(meddling)
    with pytest.raises(Refusal, match=r"register\.roll_altered"):
        issue(database, at, roll)
    with pytest.raises(Refusal, match=r"register\.roll_altered"), database.write() as session:
        acts.freeze_roll(session, SYSTEM, at, roll.id)


def test_an_unknown_roll_is_refused(database: Database, at: datetime) -> None:
    with pytest.raises(Refusal, match=r"register\.roll_unknown"), database.write() as session:
        acts.freeze_roll(session, SYSTEM, at, "nowhere")


def issue(database: Database, at: datetime, roll: Roll) -> dict[str, Code]:
    with database.write() as session:
        pairs = acts.issue_consultation_codes(session, SYSTEM, at, KEY, roll.id)
    return {entry.customer_number: code for entry, code in pairs}


def test_everybody_gets_a_code_of_their_own_that_finds_them(
    database: Database, roll: Roll, at: datetime
) -> None:
    given = issue(database, at, roll)
    assert len(set(given.values())) == 25
    with database.read() as session:
        for number, code in given.items():
            entry = acts.find_entry(session, KEY, roll.id, code)
            assert entry is not None
            assert entry.customer_number == number


def test_codes_are_given_once(database: Database, roll: Roll, at: datetime) -> None:
    issue(database, at, roll)
    with pytest.raises(Refusal, match=r"register\.codes_issued"):
        issue(database, at, roll)


def test_codes_are_nowhere_in_the_database(database: Database, roll: Roll, at: datetime) -> None:
    given = issue(database, at, roll)
    with database.read() as session:
        tags = list(session.scalars(select(RollCodeRow.tag)))
        events = [str(row) for row in session.execute(text("select * from audit_event"))]
    for code in given.values():
        assert not any(code.digits in held or str(code) in held for held in tags + events)


def test_a_code_of_one_roll_does_not_open_another(
    database: Database, roll: Roll, at: datetime
) -> None:
    given = issue(database, at, roll)
    with database.write() as session:
        other = draw(session, at, "b")
        assert acts.find_entry(session, KEY, other.id, given["K-001"]) is None


def test_looking_for_a_code_uses_nothing_up(database: Database, roll: Roll, at: datetime) -> None:
    code = issue(database, at, roll)["K-001"]
    with database.read() as session:
        found = [acts.find_entry(session, KEY, roll.id, code) for _ in range(20)]
        assert len({entry.id for entry in found if entry}) == 1
        assert session.scalar(select(func.count()).select_from(RollCodeRow)) == 25
