"""All that was over in a year, each as an activity to report on."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.elections.store import elections
from consult.reports.actions.activities import Activity, Keys
from consult.reports.actions.consulted import consultation_made
from consult.reports.actions.elected import election_made
from consult.reports.actions.seated import board_made
from consult.reports.core.edition import Readers
from consult.surveys.core.consultation import Consultation
from consult.surveys.store import consultations


def year_made(
    session: Session, keys: Keys, year: int, now: datetime, readers: Readers
) -> tuple[Activity, ...]:
    """The consultations and elections that closed in a year, in that order, and then the board.

    The board is that of the last day of the year, or of today as long as the year lasts; a year
    that has yet to begin has none. Left out are polls, to which nobody was invited, and
    consultations of which the groups have yet to be made.

    Raises:
        Refusal: as :func:`board_made`.
    """
    made = [
        consultation_made(session, keys.marks, keys.answers, one.id, readers)
        for one in consultations.every(session)
        if one.closed_at is not None and day_of(one.closed_at).year == year and _tellable(one)
    ]
    made += [
        election_made(session, keys.votes, one.id, readers)
        for one in elections.every(session)
        if one.closed_at is not None and day_of(one.closed_at).year == year
    ]
    made.sort(key=lambda one: (one.closed_at, one.id))
    last = min(date(year, 12, 31), day_of(now))
    return (*made, board_made(session, last, readers)) if last.year == year else tuple(made)


def _tellable(one: Consultation) -> bool:
    return one.roll_id is not None and (one.unsealed_at is not None or not one.groups)
