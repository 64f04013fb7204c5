"""Moments that people write down by the clock on the wall."""

from datetime import UTC, date, datetime, time, tzinfo

from consult.surveys.core.questions import Problem


def local_moment(day: date, at: time, zone: tzinfo) -> datetime | Problem:
    """The moment, in UTC, at which clocks in ``zone`` show ``day`` and ``at``.

    On the night when summer time begins some times do not exist, and on the night when it ends
    some come twice. Both are problems for whoever chose the time: we do not guess.
    """
    first = datetime.combine(day, at, tzinfo=zone)
    moment = first.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        return Problem("time_skipped")
    if first.replace(fold=1).astimezone(UTC) != moment:
        return Problem("time_double")
    return moment
