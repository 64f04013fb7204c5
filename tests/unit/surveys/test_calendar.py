"""Moments by the clock on the wall in Amsterdam (security R13, T46)."""

from datetime import UTC, date, datetime, time

import pytest

from consult.clock import AMSTERDAM
from consult.surveys.core.calendar import local_moment
from consult.surveys.core.questions import Problem


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2026, 11, 22), time(11, 0), datetime(2026, 11, 22, 10, 0, tzinfo=UTC)),
        (date(2026, 7, 1), time(0, 0), datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_a_moment(day: date, at: time, moment: datetime) -> None:
    assert local_moment(day, at, AMSTERDAM) == moment


def test_a_time_that_summer_time_skips_is_refused() -> None:
    for minute in (0, 30, 59):
        found = local_moment(date(2027, 3, 28), time(2, minute), AMSTERDAM)
        assert found == Problem("time_skipped")


def test_a_time_that_comes_twice_is_refused() -> None:
    for minute in (0, 30, 59):
        found = local_moment(date(2026, 10, 25), time(2, minute), AMSTERDAM)
        assert found == Problem("time_double")
