"""How scores lie, worked by hand."""

from fractions import Fraction

import pytest

from consult.elections.core.spread import spread


def test_the_spread_of_an_even_number_of_scores_is_worked_by_hand() -> None:
    found = spread([1, 2, 4, 5])
    assert found is not None
    assert (found.mean, found.median, found.low, found.high) == (3, 3, 1, 5)
    assert found.deviation == pytest.approx(2.5**0.5)


def test_the_median_of_an_odd_number_is_the_middle_one_and_nothing_has_no_spread() -> None:
    found = spread([5, 1, 2])
    assert found is not None
    assert (found.median, found.mean) == (2, Fraction(8, 3))
    assert spread([]) is None
