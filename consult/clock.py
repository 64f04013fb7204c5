"""The one clock of the program. Doors read it and hand the time on; nothing else does."""

from calendar import isleap
from datetime import MAXYEAR, UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Unclear(StrEnum):
    """Why a time on the wall names no one moment: clocks jumped over it, or showed it twice."""

    SKIPPED = "time_skipped"
    DOUBLE = "time_double"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day that it is in Amsterdam at a moment."""
    return moment.astimezone(AMSTERDAM).date()


def years_later(day: date, years: int) -> date:
    """The same day ``years`` later; 1 March for a 29 February that does not come back."""
    year = min(day.year + years, MAXYEAR)
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def in_amsterdam(wall: datetime) -> datetime | Unclear:
    """The moment, in UTC, at which clocks in Amsterdam show ``wall``; never a guess."""
    first = wall.replace(tzinfo=AMSTERDAM, fold=0)
    moment = first.astimezone(UTC)
    if moment.astimezone(AMSTERDAM).replace(tzinfo=None) != wall.replace(tzinfo=None, fold=0):
        return Unclear.SKIPPED
    if first.replace(fold=1).astimezone(UTC) != moment:
        return Unclear.DOUBLE
    return moment
