"""Four eyes in the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from consult.accounts.actions.approvals import approve, approved, propose
from consult.accounts.actions.people import create_account
from consult.accounts.core.people import person
from consult.accounts.store.approvals import proposal, waiting
from consult.accounts.tables import StaffProposal
from consult.actor import SYSTEM, Actor, Role
from consult.audit.store import latest
from consult.db.session import Database
from consult.refusal import Refusal

ACT = "elections.open"
EFFECT = b"the exact effect"


@pytest.fixture
def sanne(database: Database, at: datetime) -> Actor:
    return made(database, at, "Sanne", Role.SECRETARY)


@pytest.fixture
def amina(database: Database, at: datetime) -> Actor:
    return made(database, at, "Amina", Role.CHAIR)


def made(database: Database, at: datetime, name: str, role: Role) -> Actor:
    newcomer = person(name, f"{name}@example.org", [role])
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    with database.write() as session:
        account_id = create_account(
            session, SYSTEM, at, newcomer, "vier groene fietsen", secret, bytes(32)
        )
    return Actor(account_id, newcomer.roles)


def suggest(database: Database, who: Actor, at: datetime, effect: bytes = EFFECT) -> None:
    with database.write() as session:
        propose(session, who, at, ACT, "e1", effect)


def agree(database: Database, who: Actor, at: datetime, effect: bytes = EFFECT) -> str:
    try:
        with database.write() as session:
            approve(session, who, at, ACT, "e1", effect)
    except Refusal as refusal:
        return refusal.code
    return "approved"


def holds(database: Database, effect: bytes = EFFECT, subject: str = "e1") -> bool:
    with database.read() as session:
        return approved(session, ACT, subject, effect)


def test_two_persons_agree_on_one_effect(
    database: Database, at: datetime, sanne: Actor, amina: Actor
) -> None:
    suggest(database, sanne, at)
    assert not holds(database)
    assert agree(database, amina, at) == "approved"
    assert holds(database)
    assert not holds(database, b"another effect")
    assert not holds(database, subject="e2")


def test_a_proposal_alone_approves_nothing(database: Database, at: datetime, sanne: Actor) -> None:
    suggest(database, sanne, at)
    assert agree(database, sanne, at) == "accounts.approve_own"
    assert not holds(database)


def test_a_new_proposal_takes_the_place_of_the_one_that_waited(
    database: Database, at: datetime, sanne: Actor, amina: Actor
) -> None:
    suggest(database, sanne, at)
    suggest(database, sanne, at, b"another effect")
    with database.read() as session:
        assert len(waiting(session, at)) == 1
    assert agree(database, amina, at) == "accounts.effect_changed"
    assert agree(database, amina, at, b"another effect") == "approved"


def test_what_ran_out_can_be_proposed_again(
    database: Database, at: datetime, sanne: Actor, amina: Actor
) -> None:
    suggest(database, sanne, at)
    later = at + timedelta(hours=24)
    with database.read() as session:
        assert waiting(session, later) == []
    assert agree(database, amina, later) == "accounts.proposal_expired"
    suggest(database, sanne, later)
    assert agree(database, amina, later) == "approved"


def test_a_new_proposal_leaves_what_was_approved_before(
    database: Database, at: datetime, sanne: Actor, amina: Actor
) -> None:
    suggest(database, sanne, at)
    agree(database, amina, at)
    suggest(database, sanne, at, b"a correction")
    with database.read() as session:
        newest = proposal(session, ACT, "e1")
    assert newest is not None
    assert newest.waits(at)
    assert holds(database)


def test_of_many_who_approve_at_once_one_does(
    database: Database, at: datetime, sanne: Actor, amina: Actor
) -> None:
    suggest(database, sanne, at)
    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(lambda _: agree(database, amina, at), range(4)))
    assert outcomes == ["accounts.already_approved"] * 3 + ["approved"]


def test_the_database_itself_knows_that_one_person_is_not_two(
    database: Database, at: datetime, sanne: Actor
) -> None:
    suggest(database, sanne, at)
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(update(StaffProposal).values(approver=sanne.account_id, approved_at=at))


def test_both_steps_are_in_the_log_with_the_hash_of_the_effect(
    database: Database, at: datetime, sanne: Actor, amina: Actor
) -> None:
    suggest(database, sanne, at)
    agree(database, amina, at)
    with database.read() as session:
        second, first = latest(session, 2)
        found = proposal(session, ACT, "e1")
    assert found is not None
    assert (first.kind, first.who) == ("accounts.proposed", sanne.account_id)
    assert (second.kind, second.who) == ("accounts.approved", amina.account_id)
    assert first.facts == second.facts
    assert first.facts == {"act": ACT, "effect": found.effect, "subject": "e1"}
