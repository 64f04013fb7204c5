"""A preselection for tests that need a database: people, applicants and scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from consult.accounts.actions.entry import invited
from consult.accounts.actions.people import invite
from consult.accounts.core.people import person
from consult.accounts.tables import StaffAccount
from consult.actor import SYSTEM, Actor, Role
from consult.elections.actions import assessing, assessors, prepare, shortlist
from consult.elections.core.election import Plan, Preselection
from consult.elections.core.preselection import Score, Verdict
from consult.elections.store import elections as store
from consult.elections.tables.applications import ApplicationRow
from tests.consultations import SECRETARY
from tests.elections import PLAN

FROM = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
UNTIL = datetime(2026, 10, 15, 22, 0, tzinfo=UTC)
THEN = UNTIL + timedelta(hours=12)
"""While people assess."""

NEEDS: Mapping[str, Any] = {
    "competences": [
        {"id": "listen", "name": "Luisteren", "about": "U hoort wat er leeft."},
        {"id": "plan", "name": "Plannen", "about": ""},
    ],
    "reserved": [
        {"id": "young", "attribute": "age", "values": ["18-34"], "seats": 1, "if_short": "release"}
    ],
}
APPLICANTS = ("Anna Appel", "Bilal Berg", "Cora Citroen")
MEMBERS = ("Evi Eik", "Fons Fijn", "Gita Groen", "Hans Haver", "Ine IJs")


def plan(by: Preselection = Preselection.COMMITTEE, base: Plan = PLAN) -> Plan:
    """A plan with a preselection."""
    return replace(base, preselection=by, nominate_from=FROM, nominate_until=UNTIL)


def drafted(session: Session, by: Preselection = Preselection.COMMITTEE, base: Plan = PLAN) -> str:
    """The id of an election with a preselection and a profile."""
    made = prepare.draft(session, SECRETARY, FROM - timedelta(days=30), plan(by, base))
    store.mark(session, made, needs=dict(NEEDS))
    return made


def applied(session: Session, election_id: str, name: str, **more: Any) -> str:
    """Somebody applied; the id of her application."""
    number = f"A-{name}"
    made = f"{name.split(maxsplit=1)[0].lower()}{election_id}"[:26]
    values: dict[str, Any] = {
        "statement": f"Ik ben {name} en ik luister graag.",
        "answers": {"listen": "Ik luister elke dag.", "plan": "Ik plan elke week."},
        "backgrounds": [],
        "stands_for": ["board"],
        "conflicts": "",
        "groups": ["tenant"],
        "consented_at": FROM,
        "submitted_at": FROM,
        **more,
    }
    session.execute(
        insert(ApplicationRow).values(
            id=made, election_id=election_id, customer_number=number, name=name, **values
        )
    )
    return made


def somebody(session: Session, name: str, *roles: Role) -> Actor:
    """Somebody with an account that is in use; nobody signs in with it."""
    held = frozenset(roles)
    newcomer = person(name, f"{name.replace(' ', '.').lower()}@example.org", held)
    made = invited(session, FROM, invite(session, SYSTEM, FROM, newcomer)).id
    session.execute(update(StaffAccount).where(StaffAccount.id == made).values(joined_at=FROM))
    return Actor(made, held)


@dataclass(frozen=True)
class Story:
    """A preselection with its people."""

    id: str
    members: tuple[Actor, ...]
    applications: tuple[str, ...]
    secretary: Actor
    chair: Actor


def appointed(
    session: Session,
    by: Preselection = Preselection.COMMITTEE,
    members: int = 3,
    names: Iterable[str] = APPLICANTS,
) -> Story:
    """A body was appointed and there are applicants; nobody has done anything yet."""
    secretary = somebody(session, "Sanne Secretaris", Role.SECRETARY)
    chair = somebody(session, "Amina Voorzitter", Role.CHAIR)
    if by is Preselection.COMMITTEE:
        asked = tuple(somebody(session, name, Role.SELECTION) for name in MEMBERS[:members])
    else:
        more = (somebody(session, name, Role.MEMBER) for name in MEMBERS[: members - 2])
        asked = (secretary, chair, *more)
    return begun(session, secretary, chair, asked, by, names)


def begun(
    session: Session,
    secretary: Actor,
    chair: Actor,
    asked: tuple[Actor, ...],
    by: Preselection = Preselection.COMMITTEE,
    names: Iterable[str] = APPLICANTS,
    base: Plan = PLAN,
) -> Story:
    """The same with people who are there already."""
    made = drafted(session, by, base)
    found = tuple(applied(session, made, name) for name in names)
    appoint(session, made, secretary, chair, asked)
    return Story(made, asked, found, secretary, chair)


def appoint(
    session: Session, made: str, secretary: Actor, chair: Actor, asked: Iterable[Actor]
) -> None:
    """Two people decide who assesses."""
    accounts = frozenset(one.account_id for one in asked)
    assessors.propose(session, secretary, THEN, made, accounts)
    assessors.approve(session, chair, THEN, made)


def joined(session: Session, story: Story) -> Story:
    """Everybody is free to assess."""
    for one in story.members:
        assessors.join(session, one, THEN, story.id, stands=False, landlord=False)
    return story


def given(listen: int, plan: int, why: str = "Dat bleek uit het verhaal.") -> dict[str, Score]:
    """Scores on both competences."""
    return {"listen": Score(listen, why), "plan": Score(plan, why)}


def assess(session: Session, story: Story, member: int, application: int, *scores: int) -> None:
    """One assessor scores one applicant."""
    assessing.assess(
        session,
        story.members[member],
        THEN,
        story.id,
        story.applications[application],
        given(*scores or (4, 3)),
    )


def ready(session: Session, story: Story) -> Story:
    """Everybody has assessed everybody and handed in. The first applicant scores highest."""
    joined(session, story)
    for member in range(len(story.members)):
        for application in range(len(story.applications)):
            assess(
                session,
                story,
                member,
                application,
                max(1, 5 - application),
                max(1, 4 - application),
            )
    for one in story.members:
        assessing.hand_in(session, one, THEN, story.id)
    return story


def verdicts(story: Story, admitted: Iterable[int], against: str = "") -> list[Verdict]:
    """A verdict on everybody: those with these places are admitted."""
    chosen = set(admitted)
    return [
        Verdict(one, place in chosen, f"Reden {place} voor u.", against)
        for place, one in enumerate(story.applications)
    ]


def decided(session: Session, story: Story, admitted: Iterable[int] = (0, 1)) -> Story:
    """Two assessors decided on the shortlist."""
    ready(session, story)
    first, second, *_ = story.members
    shortlist.propose(session, first, THEN, story.id, verdicts(story, admitted, "Zie verslag."))
    shortlist.approve(session, second, THEN, story.id)
    return story
