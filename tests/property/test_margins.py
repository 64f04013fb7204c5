"""Margins, against counting again with one vote more or less until the outcome changes.

The second way knows nothing of the first: it moves one total, one vote at a time, and counts.
"""

from random import Random

import pytest

from consult.elections.core.count import count
from consult.elections.core.feasibility import Ahead
from consult.elections.core.margin import margins
from consult.elections.core.outcome import Count, DrawNeeded, Status
from consult.elections.core.series import Series, count_series
from consult.elections.core.unopposed import Unopposed, Way
from tests.property.test_count import Case, random_case
from tests.property.test_series import PAPERS

FAR = 12
"""More votes than separate any two people below: from here on nothing changes any more."""


def unopposed_of(seed: int, case: Case) -> Unopposed | None:
    """In some cases candidates must be confirmed where they are no more than the seats."""
    ballots = max([*case.totals.values(), seed % 9])
    return Unopposed(Way.CONFIRM, ballots) if seed % 3 == 0 else None


def by_counting(
    case: Case,
    one: str,
    before: Count,
    unopposed: Unopposed | None,
    ahead: Ahead | None = None,
) -> int | None:
    """The margin of one person: move the total until the outcome changes or a lot decides."""
    elected = one in before.elected
    others = [other for other in case.lot if other != one]
    for votes in range(case.totals[one] + 1 if elected else FAR):
        moved = {**case.totals, one: case.totals[one] + (-votes if elected else votes)}
        result = count(case.contest, moved, case.rules, others, unopposed=unopposed, ahead=ahead)
        if isinstance(result, DrawNeeded) or (one in result.elected) != elected:
            return votes
    return None


@pytest.mark.parametrize("part", range(4))
def test_a_margin_is_the_first_vote_that_changes_the_outcome(part: int) -> None:
    seen = set()
    for seed in range(part, 500, 4):
        case = random_case(Random(seed))
        unopposed = unopposed_of(seed, case)
        before = count(*case, unopposed=unopposed)
        assert isinstance(before, Count)
        found = margins(*case, before, unopposed=unopposed)
        expected = {one: by_counting(case, one, before, unopposed) for one in case.totals}
        assert {margin.candidate: margin.votes for margin in found.candidates} == expected, seed
        seen |= {(margin.elected, margin.votes) for margin in found.candidates}
        known = [votes for votes in expected.values() if votes is not None]
        assert found.votes == min(known, default=None)
        assert set(found.closest) == {
            o for o, v in expected.items() if v is not None and v == found.votes
        }
    assert {(True, None), (False, None), (True, 0), (False, 0), (True, 2), (False, 2)} <= seen


def test_margins_of_an_executive_keep_the_board_in_view() -> None:
    """The same, in the count of a series that must leave a later board possible."""
    seen = 0
    for paper in PAPERS[:250]:
        series = count_series(*paper)
        assert isinstance(series, Series)
        for one in series.races:
            if one.ahead is None or one.result.status is Status.NO_LAWFUL_BOARD:
                continue
            case = Case(one.contest, dict(one.totals), one.race.rules, one.draws)
            found = margins(*case, one.result, ahead=one.ahead)
            for margin in found.candidates:
                seen += 1
                expected = by_counting(case, margin.candidate, one.result, None, one.ahead)
                assert margin.votes == expected
    assert seen > 100


def test_more_votes_never_make_an_elected_persons_margin_smaller() -> None:
    """Monotone: each vote more is one more to spare, and one fewer that is short."""
    moved = 0
    for seed in range(300):
        case = random_case(Random(seed))
        before = count(*case)
        assert isinstance(before, Count)
        near = {one.candidate: one for one in margins(*case, before).candidates}
        for one in case.totals:
            more = {**case.totals, one: case.totals[one] + 1}
            after = count(case.contest, more, case.rules, case.lot)
            assert isinstance(after, Count)
            again = margins(case.contest, more, case.rules, case.lot, after)
            then = next(margin for margin in again.candidates if margin.candidate == one)
            was = near[one]
            if was.votes is None:
                assert (then.elected, then.votes) == (was.elected, None)
            elif was.elected:
                assert (then.elected, then.votes) == (True, was.votes + 1)
                moved += 1
            elif was.votes > 0:
                assert then.elected or then.votes == was.votes - 1
                moved += 1
    assert moved > 300


@pytest.mark.slow
def test_margins_of_many_more_cases_are_the_first_vote_that_changes_the_outcome() -> None:
    for seed in range(1000, 4000):
        case = random_case(Random(seed))
        unopposed = unopposed_of(seed, case)
        before = count(*case, unopposed=unopposed)
        assert isinstance(before, Count)
        for margin in margins(*case, before, unopposed=unopposed).candidates:
            assert margin.votes == by_counting(case, margin.candidate, before, unopposed)
