"""Times on the wall in Amsterdam, also in the two nights when the clock is changed."""

from datetime import UTC, date, datetime

import pytest

from consult.clock import Unclear, day_of, in_amsterdam, years_later


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        (datetime.fromisoformat("2026-07-01T12:00"), datetime(2026, 7, 1, 10, tzinfo=UTC)),
        (datetime.fromisoformat("2026-12-01T12:00"), datetime(2026, 12, 1, 11, tzinfo=UTC)),
        (datetime.fromisoformat("2027-03-28T02:30"), Unclear.SKIPPED),
        (datetime.fromisoformat("2026-10-25T02:30"), Unclear.DOUBLE),
        (datetime.fromisoformat("2026-10-25T03:00"), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_one_moment_or_none(
    wall: datetime, moment: datetime | Unclear
) -> None:
    assert in_amsterdam(wall) == moment


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2027, 1, 1), 4, date(2031, 1, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 3, date(2027, 3, 1)),
        (date(9998, 6, 1), 4, date(9999, 6, 1)),
    ],
)
def test_years_later_it_is_the_same_day(day: date, years: int, later: date) -> None:
    assert years_later(day, years) == later
