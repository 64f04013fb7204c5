"""When consultations are open, and which are open at once: not too much is asked of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_OPEN: Final = 2
"""How many may be open at once where the settings say nothing."""


@dataclass(frozen=True, slots=True)
class Period:
    """When one consultation is open: from ``opens_at`` until just before ``closes_at`` (aware)."""

    id: str
    title: str
    opens_at: datetime
    closes_at: datetime

    def meets(self, other: "Period") -> bool:
        """Whether both are open at some moment."""
        return self.opens_at < other.closes_at and other.opens_at < self.closes_at


@dataclass(frozen=True, slots=True)
class Bar:
    """A period within a year, in thousandths of that year: where it begins, and how long it is."""

    period: Period
    start: int
    length: int


def overlapping(one: Period, others: Iterable[Period]) -> tuple[Period, ...]:
    """Those of ``others`` that are open while ``one`` is, by their opening."""
    found = [other for other in others if other.id != one.id and other.meets(one)]
    return tuple(sorted(found, key=lambda other: (other.opens_at, other.id)))


def crowding(one: Period, others: Iterable[Period], most: int) -> tuple[Period, ...]:
    """Those that leave no room for ``one``, by their opening; none when there is room.

    They are the ones open at the first moment of ``one`` at which ``most`` others are.
    """
    rivals = overlapping(one, others)
    moments = sorted({max(one.opens_at, rival.opens_at) for rival in rivals})
    for moment in moments:
        present = tuple(r for r in rivals if r.opens_at <= moment < r.closes_at)
        if len(present) >= most:
            return present
    return ()


def year_of_bars(periods: Sequence[Period], begin: datetime, end: datetime) -> tuple[Bar, ...]:
    """The periods that touch the year from ``begin`` until ``end``, cut off at its ends."""
    whole = Period("", "", begin, end)
    return tuple(_bar(period, whole) for period in overlapping(whole, periods))


def _bar(period: Period, year: Period) -> Bar:
    first, last = max(period.opens_at, year.opens_at), min(period.closes_at, year.closes_at)
    length = year.closes_at - year.opens_at
    start = (first - year.opens_at) * 1000 // length
    return Bar(period, start, max((last - first) * 1000 // length, 4))
