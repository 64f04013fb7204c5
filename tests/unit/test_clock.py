"""Times on the wall in Amsterdam, also in the two nights when the clock is changed."""

from datetime import UTC, datetime

import pytest

from consult.clock import Unclear, in_amsterdam


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
