"""What the desk may know of applications: numbers, and as few names as it can do with.

Where a committee or the council chooses among the applicants, those who choose see them on pages of
their own, after saying what ties them to somebody (DOMAIN, S2). The desk then gets numbers only:
nobody on the council should be able to have a word with the committee about somebody who applied.
Without preselection everybody who applies will stand, so the secretary may see who does.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.elections.actions.call import call_for, due_reminders, roll_of
from consult.elections.actions.listing import Numbers, numbers
from consult.elections.actions.paper import elects
from consult.elections.actions.paper_form import answer_field
from consult.elections.core.asking import Asked, Kind
from consult.elections.core.election import Election, Preselection
from consult.elections.core.nomination import BOARD, Call, Standing
from consult.elections.store import applications
from consult.elections.store import elections as store


@dataclass(frozen=True, slots=True)
class Overview:
    """An election's applications in numbers. ``invited``: letters of the call, 0 before it."""

    election: Election
    call: Call
    numbers: Numbers
    invited: int
    reminders: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What the desk sees of somebody who applied: what will be public, and nothing else."""

    name: str
    statement: str
    groups: frozenset[str]
    on_paper: bool


@dataclass(frozen=True, slots=True)
class PaperPages:
    """What the form for paper asks; ``answers`` are fields with their competence."""

    asked: Asked
    answers: tuple[tuple[str, str, str], ...]


def overview(session: Session, now: datetime, election_id: str) -> Overview:
    """The numbers of one election.

    Raises:
        Refusal: ``elections.unknown``.
    """
    election = store.get(session, election_id)
    roll = roll_of(session, election_id)
    return Overview(
        election=election,
        call=call_for(election, now),
        numbers=numbers(session, election_id),
        invited=roll.size if roll else 0,
        reminders=due_reminders(session, election_id),
    )


def handed_in(session: Session, who: Actor, election_id: str) -> list[HandedIn] | None:
    """Who applied, for the secretary; ``None`` for whoever only gets the numbers."""
    election = store.get(session, election_id)
    if election.plan.preselection is not Preselection.NONE or Role.SECRETARY not in who.roles:
        return None
    return [
        HandedIn(one.name, one.statement, one.groups, one.on_paper)
        for one in applications.every(session, election_id, Standing.SUBMITTED)
    ]


def paper_pages(session: Session, election_id: str) -> PaperPages:
    """The form for an application on paper. Whether somebody may stand for chair is tested later:
    the form does not know yet whose it is."""
    election = store.get(session, election_id)
    offices = tuple(one for one in elects(session, election) if one != BOARD)
    asked = Asked(election.needs, offices)
    answers = tuple(
        (answer_field(number), step.competence.name, step.competence.about)
        for number, step in enumerate(asked.steps, 1)
        if step.kind is Kind.ANSWER and step.competence
    )
    return PaperPages(asked, answers)
