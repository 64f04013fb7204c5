"""Agreement between people who judged the same things, against published worked examples."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from consult.raters import Level, alpha, interval, level, nominal

Apart = Callable[[Sequence[int]], int]

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve
# units, missing values. He gives alpha 0.743 nominal, 0.815 ordinal, 0.849 interval.
KRIPPENDORFF_2011 = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# Sections A (binary, alpha 0.095) and B (names, alpha 0.692): two observers without gaps.
BINARY_2011 = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NAMES_2011 = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")
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


@pytest.mark.parametrize(
    ("rows", "by_name", "by_distance"),
    [(KRIPPENDORFF_2011, 0.743, 0.849), (THREE_CODERS, 0.691, 0.811)],
)
def test_alpha_of_several_observers_with_gaps_is_the_published_one(
    rows: tuple[str, ...], by_name: float, by_distance: float
) -> None:
    assert float(alpha(units(rows), nominal) or 0) == pytest.approx(by_name, abs=0.0005)
    assert float(alpha(units(rows), interval) or 0) == pytest.approx(by_distance, abs=0.0005)


@pytest.mark.parametrize(("rows", "published"), [(BINARY_2011, 0.095), (NAMES_2011, 0.692)])
def test_alpha_of_two_observers_is_the_published_one(
    rows: tuple[str, ...], published: float
) -> None:
    pairs = list(zip(*(row.split() for row in rows), strict=True))
    assert float(alpha(pairs, nominal) or 0) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize("apart", [interval, nominal])
def test_full_agreement_is_exactly_one(apart: Apart) -> None:
    assert alpha([[1, 1, 1], [4, 4], [5, 5]], apart) == 1


def test_scores_that_contradict_each_other_are_below_chance() -> None:
    # observed: (4²+4²)·2/1 over n = 4 → 16; expected: 8 unequal ordered pairs·16 over 12 → 32/3
    assert alpha([[1, 5], [5, 1]], interval) == Fraction(-1, 2)


@pytest.mark.parametrize("apart", [interval, nominal])
def test_a_unit_with_one_score_is_left_out(apart: Apart) -> None:
    assert alpha([[1, 2], [4, 5], [3]], apart) == alpha([[1, 2], [4, 5]], apart)


@pytest.mark.parametrize("nothing", [[], [[1], [2]], [[3, 3], [3, 3, 3]]])
def test_without_differences_to_compare_there_is_no_alpha(nothing: list[list[int]]) -> None:
    assert alpha(nothing, interval) is None
    assert alpha(nothing, nominal) is None


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
