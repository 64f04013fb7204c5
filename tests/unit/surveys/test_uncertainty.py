"""Intervals of shares that follow from what is published, on numbers checked by hand."""

from collections.abc import Mapping

import pytest

from consult.surveys.core.counts.uncertainty import Response, plain, told, weighted
from consult.weighing.intervals import of_share, wilson

ALIKE: Mapping[float, int] = {1.0: 200}
CLASSES: Mapping[float, int] = {0.5: 100, 1.5: 100}


def test_without_invitations_a_plain_share_has_the_interval_of_wilson() -> None:
    found = plain(81 / 263, 263, Response(263).left)
    assert (found.low, found.high) == pytest.approx(wilson(81 / 263, 263))


def test_the_more_of_the_invited_took_part_the_less_is_left_to_chance() -> None:
    """Of 400 invited 200 came: v is half as large, as with 400 people."""
    found = plain(0.3, 200, Response(200, 400).left)
    assert (found.low, found.high) == pytest.approx(wilson(0.3, 400))


def test_when_everybody_took_part_nothing_is_left() -> None:
    found = plain(0.3, 200, Response(200, 200).left)
    assert (found.low, found.high) == (0.3, 0.3)


def test_equal_weights_leave_what_a_plain_share_leaves() -> None:
    """But for the leverage of one in two hundred, and Student's t."""
    mine, other = weighted(0.3, 60, ALIKE, Response(200, 400)), plain(0.3, 200, 0.5)
    assert mine.low == pytest.approx(other.low, abs=0.001)
    assert mine.high == pytest.approx(other.high, abs=0.001)
    assert mine.low < other.low < other.high < mine.high


def test_the_interval_is_that_of_squares_about_the_share_at_each_weight() -> None:
    """Yes said 20 of the 100 light and 60 of the 100 heavy: each weight has (y - .5)² = .25."""
    share = (0.5 * 20 + 1.5 * 60) / 200
    found = weighted(share, 80, CLASSES, Response(200))
    variance = 0.25 * (100 * 0.25 + 100 * 2.25) / 0.99**2 / 200**2
    expected = of_share(0.5, variance, 200, 199)
    assert share == 0.5
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_an_answer_that_the_heavy_give_is_less_sure_than_one_that_the_light_give() -> None:
    """Yes said of 5 and 25 each: the line is known from the count and the weighted share."""
    heavy = weighted((0.5 * 5 + 1.5 * 25) / 200, 30, CLASSES, Response(200))
    squares = 0.2
    rare = 0.25 * (0.05 * (1 - 2 * squares) + squares**2)
    often = 2.25 * (0.25 * (1 - 2 * squares) + squares**2)
    expected = of_share(0.2, 100 * (rare + often) / 0.99**2 / 200**2, 200, 199)
    assert (heavy.low, heavy.high) == pytest.approx((expected.low, expected.high))


def test_each_weight_takes_off_its_own_part_of_chance() -> None:
    """Of 400 invited each light one stands for one, so nothing of hers is left to chance."""
    found = weighted(0.5, 80, CLASSES, Response(200, 400))
    variance = 0.25 * 2 / 3 * 100 * 2.25 / 0.99**2 / 200**2
    expected = of_share(0.5, variance, 200, 199)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_a_weight_of_one_person_counts_double_and_not_without_end() -> None:
    found = weighted(0.5, 50, {1.0: 99, 1.5: 1}, Response(100))
    assert 0.3 < found.low < found.high < 0.7


def test_a_line_that_leaves_nought_to_one_is_cut() -> None:
    found = weighted(0.999, 199, CLASSES, Response(200, 4000))
    assert 0.9 < found.low < found.high <= 1


def test_shares_are_told_in_thousandths() -> None:
    assert told(1 / 3) == pytest.approx(0.333)
    assert told(0.9996) == pytest.approx(1.0)
