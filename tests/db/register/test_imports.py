"""Imports in the database: two people, one transaction, all or nothing."""

from datetime import date, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.accounts.actions.entry import SECOND_FACTOR
from consult.accounts.actions.people import create_account
from consult.accounts.core.people import person
from consult.actor import SYSTEM, Actor, Role
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register import jobs
from consult.register.actions import imports as acts
from consult.register.core.base import Contract, Customer, Kind
from consult.register.core.imports import State
from consult.register.core.plan import Numbers
from consult.register.store import base
from consult.register.store import imports as store
from consult.register.store.seal import Seals, seals
from consult.register.tables import ContractRow, CustomerRow, RegisterImport
from consult.web.queue import run_next
from tests.cast import NAMES, PASSWORD

FACILITATOR = Actor("f" * 26, frozenset({Role.FACILITATOR}))

FIRST = b"""klantnummer;soort;wijk;geboortejaar;email;huur_sinds
K1;huurder;Cool;1980;een@example.org;2010
K2;koper;Cool;1950;;
K3;huurder;Cool;2000;drie@example.org;2020
"""
SECOND = b"""klantnummer;soort;wijk;geboortejaar;email;huur_sinds
K1;koper;Cool;1980;een@example.org;2026
K2;koper;Cool;1950;;
K4;ondernemer;Cool;;;
"""


@pytest.fixture
def keys(settings: Settings) -> Seals:
    return seals(settings)


class Desk:
    """Hands in, plans, approves and applies as people and the runner of jobs do."""

    def __init__(self, database: Database, settings: Settings, at: datetime) -> None:
        self.database, self.settings, self.at = database, settings, at
        self.secretary = self.person(Role.SECRETARY)
        self.chair = self.person(Role.CHAIR)

    def person(self, role: Role) -> Actor:
        newcomer = person(NAMES[role], f"{role}@example.org", frozenset({role}))
        key = self.settings.key(SECOND_FACTOR)
        with self.database.write() as session:
            account_id = create_account(
                session, SYSTEM, self.at, newcomer, PASSWORD, pyotp.random_base32(), key
            )
        return Actor(account_id, frozenset({role}))

    def hand_in(self, file: bytes) -> str:
        with self.database.write() as session:
            import_id = acts.hand_in(
                session, FACILITATOR, self.at, seals(self.settings), "export.csv", file
            )
            acts.ask_for_plan(session, self.at, import_id)
        self.work()
        return import_id

    def agree(self, import_id: str) -> None:
        with self.database.write() as session:
            acts.propose(session, self.secretary, self.at, import_id)
        with self.database.write() as session:
            acts.approve(session, self.chair, self.at, import_id)

    def work(self) -> None:
        while run_next(self.database, self.settings, jobs.HANDLERS, lambda: self.at):
            pass

    def bring(self, file: bytes) -> str:
        import_id = self.hand_in(file)
        self.agree(import_id)
        self.work()
        return import_id

    def state(self, import_id: str) -> State:
        with self.database.read() as session:
            return acts.known(session, import_id).state


@pytest.fixture
def desk(database: Database, settings: Settings, at: datetime) -> Desk:
    return Desk(database, settings, at)


def held(session: Session, keys: Seals) -> dict[str, Customer]:
    return dict(base.current(session, keys.email).customers)


def test_an_approved_file_becomes_the_base(desk: Desk, keys: Seals) -> None:
    assert desk.state(desk.bring(FIRST)) is State.APPLIED
    with desk.database.read() as session:
        customers = held(session, keys)
        assert sorted(customers) == ["K1", "K2", "K3"]
        assert customers["K1"] == Customer(
            "K1",
            1980,
            email="een@example.org",
            contracts=frozenset({Contract(Kind.TENANT, "", "", "Cool", date(2010, 1, 1))}),
        )
        assert base.totals(session) == [
            (Kind.TENANT, 2),
            (Kind.OWNER, 1),
            (Kind.ENTREPRENEUR, 0),
            (Kind.SPACE, 0),
        ]


def test_somebody_with_a_home_and_a_shop_is_counted_once(desk: Desk) -> None:
    desk.bring(b"klantnummer;soort;woningtype\nK1;huurder;\nK1;ondernemer;\nK2;huurder;BER\n")
    with desk.database.read() as session:
        assert base.totals(session) == [
            (Kind.TENANT, 1),
            (Kind.OWNER, 0),
            (Kind.ENTREPRENEUR, 0),
            (Kind.SPACE, 1),
        ]


def test_the_same_file_again_is_over_at_once_and_changes_nothing(desk: Desk) -> None:
    desk.bring(FIRST)
    again = desk.hand_in(FIRST)
    assert desk.state(again) is State.APPLIED
    with desk.database.read() as session:
        assert acts.known(session, again).numbers == Numbers(unchanged=3)
        assert store.serial(session) == 1
        assert session.scalar(select(func.count()).select_from(ContractRow)) == 3


def test_a_second_file_changes_ends_and_adds(desk: Desk, keys: Seals, at: datetime) -> None:
    desk.bring(FIRST)
    desk.bring(SECOND)
    with desk.database.read() as session:
        customers = held(session, keys)
        assert {one.kind for one in customers["K1"].contracts} == {Kind.OWNER}
        assert customers["K3"].contracts == frozenset()
        assert {one.kind for one in customers["K4"].contracts} == {Kind.ENTREPRENEUR}
        ended = dict(
            session.execute(
                select(ContractRow.customer_number, ContractRow.ended_on).where(
                    ContractRow.ended_on.is_not(None)
                )
            ).all()
        )
    assert set(ended) == {"K1", "K3"}


def test_the_email_of_somebody_who_left_is_erased(desk: Desk, keys: Seals) -> None:
    desk.bring(FIRST)
    desk.bring(SECOND)
    with desk.database.read() as session:
        assert held(session, keys)["K3"].email == ""
        left = session.scalar(select(CustomerRow.email).where(CustomerRow.number == "K3"))
        assert left is None


def test_somebody_who_returns_gets_a_new_contract_beside_the_old(desk: Desk, keys: Seals) -> None:
    desk.bring(FIRST)
    desk.bring(SECOND)
    desk.bring(FIRST)
    with desk.database.read() as session:
        assert len(held(session, keys)["K3"].contracts) == 1
        past = [one for one in base.history(session) if one.number == "K3"]
        assert len(past[0].contracts) == 2


def test_email_addresses_and_files_are_not_in_the_database_in_clear(
    desk: Desk, database: Database
) -> None:
    waiting = desk.hand_in(FIRST)
    with database.read() as session:
        file = session.scalar(select(RegisterImport.file).where(RegisterImport.id == waiting))
        assert file is not None
        assert b"example.org" not in file
    desk.agree(waiting)
    desk.work()
    with database.read() as session:
        assert all(
            b"example" not in mail for mail in session.scalars(select(CustomerRow.email)) if mail
        )


@pytest.mark.parametrize("outcome", [State.APPLIED, State.REFUSED, State.REJECTED])
def test_the_file_is_erased_when_the_import_is_over(
    desk: Desk, outcome: State, keys: Seals
) -> None:
    import_id = desk.hand_in(FIRST if outcome is not State.REFUSED else b"klantnummer;bsn\n1;2\n")
    if outcome is State.APPLIED:
        desk.agree(import_id)
        desk.work()
    elif outcome is State.REJECTED:
        with desk.database.write() as session:
            acts.reject(session, desk.secretary, desk.at, import_id)
    assert desk.state(import_id) is outcome
    with desk.database.read() as session:
        assert store.file(session, import_id, keys.file) is None


def test_a_file_with_problems_is_refused_and_cannot_be_proposed(desk: Desk) -> None:
    import_id = desk.hand_in(b"klantnummer;soort\nK1;student\n")
    with desk.database.read() as session:
        found = acts.known(session, import_id)
        assert [(one.code, one.row, one.column) for one in found.problems] == [
            ("cell_kind", 2, "soort")
        ]
    with pytest.raises(Refusal, match=r"register\.not_planned"):
        desk.agree(import_id)


def test_one_person_alone_cannot_have_it_applied(desk: Desk, at: datetime) -> None:
    import_id = desk.hand_in(FIRST)
    both = Actor(desk.secretary.account_id, frozenset({Role.SECRETARY, Role.CHAIR}))
    with desk.database.write() as session:
        acts.propose(session, desk.secretary, at, import_id)
    with pytest.raises(Refusal, match=r"accounts\.approve_own"), desk.database.write() as session:
        acts.approve(session, both, at, import_id)
    assert desk.state(import_id) is State.PLANNED


def test_an_approval_runs_out_after_a_day(desk: Desk, at: datetime) -> None:
    import_id = desk.hand_in(FIRST)
    with desk.database.write() as session:
        acts.propose(session, desk.secretary, at, import_id)
    late = at + timedelta(hours=25)
    with (
        pytest.raises(Refusal, match=r"accounts\.proposal_expired"),
        desk.database.write() as session,
    ):
        acts.approve(session, desk.chair, late, import_id)


def test_nothing_is_applied_without_approval(desk: Desk, keys: Seals, at: datetime) -> None:
    import_id = desk.hand_in(FIRST)
    with desk.database.read() as session:
        prepared = acts.prepare(session, at, keys, import_id, lambda _: None)
    with pytest.raises(Refusal, match=r"register\.not_approved"), desk.database.write() as session:
        acts.apply(session, SYSTEM, at, keys, import_id, prepared)
    with desk.database.read() as session:
        assert held(session, keys) == {}


def test_a_plan_for_an_older_base_cannot_be_proposed(desk: Desk) -> None:
    older = desk.hand_in(SECOND)
    desk.bring(FIRST)
    with pytest.raises(Refusal, match=r"register\.base_changed"):
        desk.agree(older)


def test_a_plan_is_not_applied_when_the_base_changed_since_it_was_prepared(
    desk: Desk, keys: Seals, at: datetime
) -> None:
    slow = desk.hand_in(SECOND)
    quick = desk.hand_in(FIRST)
    for import_id in (slow, quick):
        desk.agree(import_id)
    with desk.database.read() as session:
        prepared = {
            one: acts.prepare(session, at, keys, one, lambda _: None) for one in (slow, quick)
        }
    with desk.database.write() as session:
        acts.apply(session, SYSTEM, at, keys, quick, prepared[quick])
    with pytest.raises(Refusal, match=r"register\.base_changed"), desk.database.write() as session:
        acts.apply(session, SYSTEM, at, keys, slow, prepared[slow])
    with desk.database.read() as session:
        assert sorted(held(session, keys)) == ["K1", "K2", "K3"]


def test_of_two_approved_plans_for_one_base_only_the_first_is_applied(
    desk: Desk, keys: Seals
) -> None:
    first, second = desk.hand_in(FIRST), desk.hand_in(SECOND)
    desk.agree(first)
    desk.agree(second)
    desk.work()
    assert desk.state(first) is State.APPLIED
    assert desk.state(second) is State.REFUSED
    with desk.database.read() as session:
        assert sorted(held(session, keys)) == ["K1", "K2", "K3"]


class PowerCut(Exception):
    """What happens before the commit."""


def _apply_until_the_power_fails(
    desk: Desk, keys: Seals, import_id: str, prepared: acts.Prepared
) -> None:
    with desk.database.write() as session:
        acts.apply(session, SYSTEM, desk.at, keys, import_id, prepared)
        raise PowerCut


def test_a_crash_while_applying_leaves_the_base_as_it_was(
    desk: Desk, keys: Seals, at: datetime
) -> None:
    import_id = desk.hand_in(FIRST)
    desk.agree(import_id)

    with desk.database.read() as session:
        prepared = acts.prepare(session, at, keys, import_id, lambda _: None)
    with pytest.raises(PowerCut):
        _apply_until_the_power_fails(desk, keys, import_id, prepared)
    with desk.database.read() as session:
        assert held(session, keys) == {}
        assert store.serial(session) == 0
    desk.work()
    assert desk.state(import_id) is State.APPLIED


def test_a_job_that_runs_twice_applies_once(desk: Desk, settings: Settings) -> None:
    import_id = desk.bring(FIRST)
    jobs.apply_import(desk.database, settings, {"import": import_id}, lambda *_: None)
    with desk.database.read() as session:
        assert store.serial(session) == 1


def test_an_import_that_is_over_cannot_be_rejected(desk: Desk, at: datetime) -> None:
    import_id = desk.bring(FIRST)
    with pytest.raises(Refusal, match=r"register\.import_over"), desk.database.write() as session:
        acts.reject(session, desk.secretary, at, import_id)


def test_an_unknown_import_is_refused(database: Database, at: datetime) -> None:
    with pytest.raises(Refusal, match=r"register\.import_unknown"), database.write() as session:
        acts.reject(session, SYSTEM, at, "nowhere")


def test_a_file_over_20_mb_is_refused_before_it_is_kept(
    database: Database, keys: Seals, at: datetime
) -> None:
    file = b"x" * (20 * 1024 * 1024 + 1)
    with pytest.raises(Refusal, match=r"register\.file_too_large"), database.write() as session:
        acts.hand_in(session, FACILITATOR, at, keys, "big.csv", file)
    with database.read() as session:
        assert store.newest(session, None, 10) == []


def test_progress_is_told_at_each_stage(desk: Desk, settings: Settings) -> None:
    with desk.database.write() as session:
        import_id = acts.hand_in(session, FACILITATOR, desk.at, seals(settings), "a.csv", FIRST)
    told: list[tuple[int, int]] = []
    jobs.plan_import(
        desk.database,
        settings,
        {"import": import_id},
        lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_place_in_the_order_of_imports_is_given_once(desk: Desk) -> None:
    first, second = desk.hand_in(FIRST), desk.hand_in(SECOND)
    with desk.database.write() as session:
        assert store.claim_serial(session, first, 1)
    with desk.database.write() as session:
        assert not store.claim_serial(session, second, 1)
