"""Agreement between people who judged the same things, against published worked examples."""

from fractions import Fraction

import pytest

from consult.elections.core.raters import Level, alpha, level, spread

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve
# units, missing values. He gives alpha 0.743 nominal, 0.815 ordinal, 0.849 interval.
KRIPPENDORFF_2011 = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# The example of the English Wikipedia: three coders, 15 units; 0.691 nominal, 0.811 interval.
THREE_CODERS = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)


def units(rows: tuple[str, ...]) -> list[list[int]]:
    """The scores of each unit, from a row for each observer."""
    columns = zip(*(row.split() for row in rows), strict=True)
    return [[int(cell) for cell in column if cell != "."] for column in columns]


def test_alpha_is_that_of_krippendorff_2011() -> None:
    assert float(alpha(units(KRIPPENDORFF_2011)) or 0) == pytest.approx(0.849, abs=0.0005)


def test_alpha_is_that_of_three_coders_with_many_gaps() -> None:
    assert float(alpha(units(THREE_CODERS)) or 0) == pytest.approx(0.811, abs=0.0005)


def test_full_agreement_is_exactly_one() -> None:
    assert alpha([[1, 1, 1], [4, 4], [5, 5]]) == 1


def test_scores_that_contradict_each_other_are_below_chance() -> None:
    # observed: (4²+4²)·2/1 over n = 4 → 16; expected: 8 unequal ordered pairs·16 over 12 → 32/3
    assert alpha([[1, 5], [5, 1]]) == Fraction(-1, 2)


def test_a_unit_with_one_score_is_left_out() -> None:
    assert alpha([[1, 2], [4, 5], [3]]) == alpha([[1, 2], [4, 5]])


@pytest.mark.parametrize("nothing", [[], [[1], [2]], [[3, 3], [3, 3, 3]]])
def test_without_differences_to_compare_there_is_no_alpha(nothing: list[list[int]]) -> None:
    assert alpha(nothing) is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Fraction(8, 10), Level.FIRM),
        (Fraction(799, 1000), Level.TENTATIVE),
        (Fraction(667, 1000), Level.TENTATIVE),
        (Fraction(666, 1000), Level.WEAK),
        (Fraction(1, 5), Level.WEAK),
        (Fraction(0), Level.NONE),
        (Fraction(-1), Level.NONE),
        (None, Level.UNKNOWN),
    ],
)
def test_an_alpha_is_said_in_words_by_its_limits(found: Fraction | None, said: Level) -> None:
    assert level(found) is said


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
