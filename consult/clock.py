"""The one clock of the program. Doors read it and hand the time on; nothing else does."""

from datetime import UTC, date, datetime
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


def in_amsterdam(wall: datetime) -> datetime | Unclear:
    """The moment, in UTC, at which clocks in Amsterdam show ``wall``; never a guess."""
    first = wall.replace(tzinfo=AMSTERDAM, fold=0)
    moment = first.astimezone(UTC)
    if moment.astimezone(AMSTERDAM).replace(tzinfo=None) != wall.replace(tzinfo=None, fold=0):
        return Unclear.SKIPPED
    if first.replace(fold=1).astimezone(UTC) != moment:
        return Unclear.DOUBLE
    return moment
