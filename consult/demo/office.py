"""What every scene of the demo needs: the database, the staff, the calendar and chance."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor, Role
from consult.config import Settings
from consult.db.session import Database
from consult.demo.calendar import Calendar
from consult.demo.chance import Chance
from consult.demo.estate import NEIGHBOURHOODS
from consult.register.core.base import AgeBand
from consult.register.core.roll import Entry
from consult.surveys.core.asking.questions.base import Problem

Made = TypeVar("Made")

Step = Callable[[str], AbstractContextManager[None]]
"""Shows that a step with this name goes on, for as long as it does."""

_KEEN_AGES = {
    AgeBand.YOUNG: 45,
    AgeBand.EARLY_MIDDLE: 80,
    AgeBand.LATE_MIDDLE: 110,
    AgeBand.OLDER: 165,
    AgeBand.OLDEST: 120,
}
_KEEN_PLACES = {one.name: one.keen for one in NEIGHBOURHOODS}


@dataclass(frozen=True, slots=True)
class Size:
    """How many customers there are, and how many of them take part in what."""

    customers: int = 20_000
    answered: int = 480
    answering: int = 120
    voted: int = 120
    voting: int = 24


@dataclass(frozen=True, slots=True)
class Office:
    """Where the demo is made. ``jobs``: processes for the arithmetic of ballots."""

    database: Database
    settings: Settings
    folder: Path
    staff: Mapping[Role, Actor]
    calendar: Calendar
    chance: Chance
    size: Size
    jobs: int
    step: Step


def agree(
    session: Session, office: Office, day: int, act: str, subject: str, effect: bytes
) -> None:
    """The secretary proposes, the chair approves."""
    secretary, chair = office.staff[Role.SECRETARY], office.staff[Role.CHAIR]
    approvals.propose(session, secretary, office.calendar.at(day, 10), act, subject, effect)
    approvals.approve(session, chair, office.calendar.at(day, 14), act, subject, effect)


def keen(chance: Chance, people: Collection[Entry], number: int) -> list[Entry]:
    """Those who take part: not evenly, but more readily at some ages and in some places.

    Efraimidis and Spirakis 2006: the largest of r^(1/w) are a weighted draw without replacement.
    """
    ordered = sorted(people, key=lambda one: one.customer_number)
    lots = [(chance.random() ** (1 / _weight(one)), place) for place, one in enumerate(ordered)]
    return [ordered[place] for _, place in sorted(lots, reverse=True)[:number]]


def check(problem: Problem | None) -> None:
    """Stop when the demo's own words were refused."""
    if problem is not None:
        raise RuntimeError(f"the demo's own words were refused: {problem}")


def settled(outcome: Made | Problem | None) -> Made:
    """The outcome of an act that has nothing to be refused for here."""
    if outcome is None or isinstance(outcome, Problem):
        raise RuntimeError(f"the demo's own words were refused: {outcome}")
    return outcome


def _weight(person: Entry) -> float:
    return _KEEN_AGES.get(person.age_band, 80) * _KEEN_PLACES[person.neighbourhood] / 10_000


def to_try(taken: Collection[Entry], codes: Mapping[Entry, str]) -> list[str]:
    """A few codes of people who have not taken part yet."""
    left = sorted(codes.keys() - set(taken), key=lambda one: one.customer_number)
    return [codes[one] for one in left[:3]]
