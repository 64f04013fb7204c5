"""What there are reports on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.elections.store import elections
from consult.reports.actions.subjects import Subject
from consult.site.store import versions
from consult.surveys.store import consultations


@dataclass(frozen=True, slots=True)
class Listed:
    """A report that can be made, and whether it stands on the site as ``slug``.

    ``title``: of the activity, or the year.
    """

    subject: Subject
    key: str
    title: str
    slug: str
    closed_at: datetime
    published: bool = False


def listed(session: Session, now: datetime) -> tuple[Listed, ...]:
    """All of them: years, the board of this year, and what closed, the latest first."""
    closed = sorted((*_asked(session), *_held(session)), key=lambda one: one.closed_at)
    years = dict.fromkeys(day_of(one.closed_at).year for one in reversed(closed))
    this = str(day_of(now).year)
    found = (
        *(_yearly(Subject.YEAR, str(year), now) for year in years),
        _yearly(Subject.BOARD, this, now),
        *reversed(closed),
    )
    return tuple(replace(one, published=bool(versions(session, one.slug))) for one in found)


def _yearly(subject: Subject, year: str, now: datetime) -> Listed:
    return Listed(subject, year, year, f"deelname-{subject}-{year}", now)


def _asked(session: Session) -> Iterator[Listed]:
    """Closed consultations whose groups are made; nobody was invited to a poll."""
    for one in consultations.every(session):
        told = one.unsealed_at is not None or not one.groups
        if one.closed_at is not None and one.roll_id is not None and told:
            slug = f"deelname-raadpleging-{one.slug}"
            yield Listed(Subject.CONSULTATION, one.id, str(one.title), slug, one.closed_at)


def _held(session: Session) -> Iterator[Listed]:
    for one in elections.every(session):
        if one.closed_at is not None:
            slug = f"deelname-verkiezing-{one.uuid.lower()}"
            yield Listed(Subject.ELECTION, one.id, one.plan.title, slug, one.closed_at)
