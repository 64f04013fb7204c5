"""Which consultations are open at once, and how a year of them looks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.core.calendar import Period, crowding, overlapping, year_of_bars

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)


def period(name: str, first: int, last: int) -> Period:
    """From one day of the year until another."""
    return Period(name, name, BEGIN + timedelta(first), BEGIN + timedelta(last))


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20))
OTHERS = st.lists(SPANS, max_size=8).map(
    lambda spans: [period(str(n), a, a + length) for n, (a, length) in enumerate(spans)]
)


def test_two_meet_when_both_are_open_at_some_moment() -> None:
    one = period("one", 10, 20)
    assert one.meets(period("inside", 12, 13))
    assert one.meets(period("around", 5, 30))
    assert not one.meets(period("before", 5, 10))  # it closes as the other opens
    assert not one.meets(period("after", 20, 30))


def test_there_is_room_while_fewer_are_open_at_once() -> None:
    one = period("one", 10, 20)
    early, late = period("early", 8, 12), period("late", 15, 25)
    assert crowding(one, [early, late], 2) == ()  # never both at once
    assert crowding(one, [early, late], 1) == (early,)
    both = period("both", 11, 16)
    assert crowding(one, [early, late, both], 2) == (early, both)
    assert crowding(one, [one, both], 2) == ()  # it does not stand in its own way


@given(SPANS, OTHERS, st.integers(1, 4))
def test_crowding_says_what_counting_day_by_day_says(
    span: tuple[int, int], others: list[Period], most: int
) -> None:
    one = period("one", span[0], sum(span))
    days = [BEGIN + timedelta(day) for day in range(span[0], sum(span))]
    full = any(
        sum(other.opens_at <= day < other.closes_at for other in others) >= most for day in days
    )
    found = crowding(one, others, most)
    assert bool(found) == full
    assert set(found) <= set(overlapping(one, others))


@given(OTHERS)
def test_overlapping_is_symmetric(others: list[Period]) -> None:
    for one in others:
        for other in overlapping(one, others):
            assert one in overlapping(other, others)


def test_bars_are_cut_off_at_the_ends_of_the_year() -> None:
    before, inside, gone = period("a", -10, 73), period("b", 292, 300), period("c", -20, -10)
    bars = {bar.period.id: bar for bar in year_of_bars([before, inside, gone], BEGIN, END)}
    assert set(bars) == {"a", "b"}
    assert (bars["a"].start, bars["a"].length) == (0, 200)
    assert (bars["b"].start, bars["b"].length) == (800, 21)


def test_a_short_consultation_can_still_be_seen() -> None:
    hour = Period("a", "a", BEGIN, BEGIN + timedelta(hours=1))
    assert year_of_bars([hour], BEGIN, END)[0].length == 4
