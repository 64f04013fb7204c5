"""When things happened in the demo: days counted from today, hours on the wall in Amsterdam."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from consult.clock import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days around the one on which the demo is built."""

    today: date

    def day(self, days: int) -> date:
        """The day that is so many days after today, or before it below 0."""
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: int = 9) -> datetime:
        """An hour of :meth:`day`; never one at which clocks change."""
        return datetime.combine(self.day(days), time(hour), AMSTERDAM)
