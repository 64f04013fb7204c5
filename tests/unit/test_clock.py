"""Moments by the clock on the wall in Amsterdam (security R13)."""

from datetime import UTC, datetime

import pytest

from consult.clock import Unclear, in_amsterdam


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        ("2026-11-22T11:00", datetime(2026, 11, 22, 10, 0, tzinfo=UTC)),
        ("2026-07-01T00:00", datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2026-10-25T01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_a_moment(wall: str, moment: datetime) -> None:
    assert in_amsterdam(datetime.fromisoformat(wall)) == moment


@pytest.mark.parametrize("minute", ["00", "30", "59"])
def test_a_time_that_summer_time_jumps_over_is_no_moment(minute: str) -> None:
    assert in_amsterdam(datetime.fromisoformat(f"2027-03-28T02:{minute}")) is Unclear.SKIPPED


@pytest.mark.parametrize("minute", ["00", "30", "59"])
def test_a_time_that_comes_twice_is_no_one_moment(minute: str) -> None:
    assert in_amsterdam(datetime.fromisoformat(f"2026-10-25T02:{minute}")) is Unclear.DOUBLE
