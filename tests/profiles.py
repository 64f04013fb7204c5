"""Profiles for tests that need a database, in an estate with several sorts of people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor, Role
from consult.council.core.rules import IfShort
from consult.db.types import new_id
from consult.elections.actions import needs, prepare, profile
from consult.elections.core.election import Candidate, Plan, Preselection
from consult.elections.core.nomination import Application
from consult.elections.core.profile import Attribute, Competence, Needs, Reserved, Traits, groups_of
from consult.elections.store import applications, elections, people
from consult.register.core.roll import EVERY_CUSTOMER, entitled
from consult.register.store.base import customers
from consult.register.tables import ContractRow, CustomerRow
from tests.consultations import PREPARED, SECRETARY, person
from tests.elections import OPENS, PLAN

BEGINS, ENDS = PREPARED + timedelta(days=1), PREPARED + timedelta(days=5)
CALLING: Plan = replace(
    PLAN,
    max_board=5,
    preselection=Preselection.COUNCIL,
    nominate_from=BEGINS,
    nominate_until=ENDS,
)
LISTENS = Competence("luisteren", "Luisteren", "Ook als iemand boos is.")
YOUNG = Reserved("jong", Attribute.AGE, ("18-34",), 1)
NORTH = Reserved("noord", Attribute.NEIGHBOURHOOD, ("Noord",), 1, IfShort.HOLD)
NEEDS = Needs((LISTENS,), (YOUNG, NORTH))
assert ENDS < OPENS


def mixed_estate(session: Session, people: int = 40) -> None:
    """Customers from M0 on: every fourth is young, every fifth a buyer, half live in Noord."""
    numbers = range(people)
    session.execute(
        insert(CustomerRow),
        [
            {"number": f"M{n}", "birth_year": 2000 if n % 4 == 0 else 1970, "language": "nl"}
            for n in numbers
        ],
    )
    session.execute(
        insert(ContractRow),
        [
            {
                "id": f"contract-M{n}",
                "customer_number": f"M{n}",
                "kind": "owner" if n % 5 == 4 else "tenant",
                "neighbourhood": "Noord" if n % 2 else "Zuid",
                "dwelling_type": "flat",
                "complex": "A",
            }
            for n in numbers
        ],
    )


def written(session: Session, plan: Plan = CALLING, wanted: Needs = NEEDS) -> str:
    """The id of a draft with these needs, in an estate of several sorts of people."""
    mixed_estate(session)
    made = prepare.draft(session, SECRETARY, PREPARED, plan)
    for part in wanted.parts:
        assert needs.put(session, SECRETARY, PREPARED, made, part) == ()
    return made


def two(session: Session) -> tuple[Actor, Actor]:
    """Who proposes, and who approves."""
    return person(session, Role.SECRETARY), person(session, Role.CHAIR)


def fixed(session: Session, election_id: str, pair: tuple[Actor, Actor]) -> None:
    """Two people publish the profile."""
    secretary, chair = pair
    effect = profile.profile_effect(session, election_id, PREPARED)
    approvals.propose(session, secretary, PREPARED, profile.PUBLISH, election_id, effect)
    approvals.approve(session, chair, PREPARED, profile.PUBLISH, election_id, effect)
    profile.publish_profile(session, chair, PREPARED, election_id)


def stand(session: Session, election_id: str, numbers: Mapping[str, str]) -> None:
    """These customers apply, or stand where the desk itself makes the list: name by number."""
    election = elections.get(session, election_id)
    if election.plan.nominate_from is None:
        prepare.draw_roll(session, SECRETARY, PREPARED, election_id)
        for number, name in numbers.items():
            nomination = prepare.Nomination(number, name, f"Ik ben {name}.")
            prepare.nominate(session, SECRETARY, PREPARED, election_id, nomination)
        return
    for number, name in numbers.items():
        known = customers(session, [number])
        (who,) = entitled(known, EVERY_CUSTOMER, election.plan.reference_date)
        traits = Traits(who.kind, who.age_band, who.neighbourhood)
        groups = groups_of(traits, election.needs)
        one = Application(
            new_id(), election_id, name, f"Ik ben {name}.", groups=groups, submitted_at=BEGINS
        )
        applications.add(session, one, number, BEGINS)


def listed(session: Session, election_id: str) -> None:
    """Everybody who applied is on the list, and the roll of who may vote is drawn."""
    prepare.draw_roll(session, SECRETARY, PREPARED, election_id)
    for one in applications.every(session, election_id):
        candidate = Candidate(new_id(), one.name, one.statement, one.groups)
        number = applications.number_of(session, one.id)
        people.add_candidate(session, election_id, candidate, number)
    elections.mark(session, election_id, listed_at=ENDS)
