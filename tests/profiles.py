"""Profiles for tests that need a database, in an estate with several sorts of people."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor, Role
from consult.council.core.rules import IfShort
from consult.elections.actions import needs, prepare, profile
from consult.elections.core.election import Plan, Preselection
from consult.elections.core.profile import Attribute, Competence, Needs, Reserved
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
