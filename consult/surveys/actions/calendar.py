"""How many consultations may be open at once."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from consult.refusal import Refusal
from consult.surveys.core.calendar import Period, crowding, overlapping
from consult.surveys.core.consultation import Consultation
from consult.surveys.store import consultations


def periods(among: Iterable[Consultation]) -> list[Period]:
    """When each is open, or plans to be."""
    return [Period(one.id, str(one.title), one.opens_at, one.closes_at) for one in among]


def beside(session: Session, asked: Consultation) -> tuple[Period, ...]:
    """What else is open, or plans to be, while this one is."""
    (own,) = periods([asked])
    return overlapping(own, periods(consultations.every(session)))


def refuse_crowd(session: Session, asked: Consultation, most: int) -> None:
    """Refuse to open one more while ``most`` others are open; drafts do not count.

    Raises:
        Refusal: ``surveys.too_many_open`` with the ``others``: title, opening and closing of each.
    """
    (own,) = periods([asked])
    opened = [one for one in consultations.every(session) if one.opened_at is not None]
    if others := crowding(own, periods(opened), most):
        told = [(one.title, one.opens_at, one.closes_at) for one in others]
        raise Refusal("surveys.too_many_open", most=most, others=told)
