"""Intervals of shares and means against published numbers."""

import pytest

from consult.surveys.core.counts.intervals import effective, mean, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_that_of_newcombe_1998(
    successes: int, trials: int, low: float, high: float
) -> None:
    """Newcombe 1998, Stat. Med. 17:857-872, table I, method 3."""
    found = wilson(successes / trials, trials)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_equal_weights_make_everybody_count_for_one() -> None:
    assert effective({0.7: 120}) == pytest.approx(120)


def test_unequal_weights_are_worth_fewer_people() -> None:
    """Kish: of 1, 1, 2 people (1+1+2)² / (1+1+4) is 2.67."""
    assert effective({1.0: 2, 2.0: 1}) == pytest.approx(16 / 6)


def test_nobody_is_worth_nobody() -> None:
    assert effective({}) == 0


def test_the_interval_of_a_mean_is_two_standard_errors_either_way() -> None:
    found = mean([1, 2, 3, 4, 5])
    assert (found.low, found.high) == pytest.approx((3 - 1.3859, 3 + 1.3859), abs=1e-4)
