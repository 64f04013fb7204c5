"""The report on a consultation, an election, the board or a year, for some readers."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.refusal import Refusal
from consult.reports.actions.activities import Activity, Keys, Kind
from consult.reports.actions.consulted import consultation_made
from consult.reports.actions.editions import Edition, edition
from consult.reports.actions.elected import election_made
from consult.reports.actions.seated import board_made
from consult.reports.actions.years import year_made
from consult.reports.core.edition import Readers
from consult.reports.core.geography import Boundaries
from consult.reports.store import boundaries


class Subject(StrEnum):
    """What a report is on, as addresses say it."""

    CONSULTATION = "raadpleging"
    ELECTION = "verkiezing"
    BOARD = "bestuur"
    YEAR = "jaar"


@dataclass(frozen=True, slots=True)
class Made:
    """A report. ``key``: the id of the activity, or the year of a board or of a whole year.

    ``slug``: its address as a document. ``editions``: one, or those of all activities of a year.
    ``boundaries``: where neighbourhoods lie, once the council has loaded that.
    """

    subject: Subject
    key: str
    slug: str
    readers: Readers
    editions: tuple[Edition, ...]
    boundaries: Boundaries | None = None

    @property
    def title(self) -> str:
        """The title of the activity; empty of a board or a year."""
        return self.editions[0].activity.title if self.subject in _SINGLE else ""

    @property
    def closed_at(self) -> datetime:
        """When the last of it closed."""
        return self.editions[-1].activity.closed_at


_SINGLE = frozenset({Subject.CONSULTATION, Subject.ELECTION})


def made(
    session: Session, keys: Keys, subject: Subject, key: str, now: datetime, readers: Readers
) -> Made:
    """A report, for some readers. ``key`` as :class:`Made` has it.

    Raises:
        Refusal: ``reports.unknown`` for a year that is no year, or has yet to come;
            ``reports.nothing_closed`` for a year in which nothing closed; ``surveys.*`` and
            ``elections.*`` as the activity says.
    """
    found = _made(session, keys, subject, key, now, readers)
    return replace(found, boundaries=boundaries(session))


def _made(
    session: Session, keys: Keys, subject: Subject, key: str, now: datetime, readers: Readers
) -> Made:
    match subject:
        case Subject.CONSULTATION:
            found = consultation_made(session, keys.marks, keys.answers, key, readers)
            return _single(subject, found, found.slug, key, readers)
        case Subject.ELECTION:
            found = election_made(session, keys.votes, key, readers)
            return _single(subject, found, found.slug, key, readers)
        case Subject.BOARD:
            year = _year(key, now)
            day = min(day_of(now), day_of(now).replace(year=year, month=12, day=31))
            found = board_made(session, day, readers)
            return _single(subject, found, f"deelname-bestuur-{year}", key, readers)
    return _of_year(session, keys, _year(key, now), now, readers)


def _single(subject: Subject, found: Activity, slug: str, key: str, readers: Readers) -> Made:
    return Made(subject, key, slug, readers, (edition(found, readers),))


def _of_year(session: Session, keys: Keys, year: int, now: datetime, readers: Readers) -> Made:
    """A year; its board is told outside only once the year is over, and so does not change."""
    found = year_made(session, keys, year, now, readers)
    lasts = year == day_of(now).year
    kept = [
        one
        for one in found
        if not (one.kind is Kind.BOARD and lasts and readers is Readers.OUTSIDE)
    ]
    if all(one.kind is Kind.BOARD for one in kept):
        raise Refusal("reports.nothing_closed", year=year)
    made_of = tuple(edition(one, readers) for one in kept)
    return Made(Subject.YEAR, str(year), f"deelname-jaar-{year}", readers, made_of)


def _year(key: str, now: datetime) -> int:
    first, last = 2000, day_of(now).year
    if not (key.isascii() and key.isdecimal() and first <= int(key) <= last):
        raise Refusal("reports.unknown")
    return int(key)
