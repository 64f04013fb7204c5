"""How far people who judged the same things agree.

Every figure is an exact fraction. Used where assessors give scores and where coders name topics.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

FIRM = Fraction(8, 10)
TENTATIVE = Fraction(667, 1000)
"""From 0.800 on judgements can be relied on, from 0.667 on with care (Krippendorff 2004, §11.4)."""

Value = TypeVar("Value", bound=Hashable)


class Level(StrEnum):
    """An agreement as people speak of it. ``UNKNOWN``: there is too little to say."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    WEAK = "weak"
    NONE = "none"
    UNKNOWN = "unknown"


def interval(scores: Sequence[int]) -> int:
    """How far scores with equal distances lie apart: the squared differences of all ordered pairs.

    Σ(v − w)² = 2 (n Σv² − (Σv)²).
    """
    return 2 * (len(scores) * sum(score * score for score in scores) - sum(scores) ** 2)


def nominal(values: Sequence[Hashable]) -> int:
    """How far names lie apart: the number of ordered pairs that differ, n² − Σ n_c²."""
    return len(values) ** 2 - sum(count * count for count in Counter(values).values())


def alpha(
    units: Iterable[Sequence[Value]], apart: Callable[[Sequence[Value]], int]
) -> Fraction | None:
    """Krippendorff's alpha, with missing values.

    Each unit holds the values that it got, in any order; a unit with fewer than two is compared
    with nothing and left out. ``apart`` sums the distances of all ordered pairs: :func:`interval`
    or :func:`nominal`. Of the *n* values that remain, unit *u* has *m_u*:

        observed  D_o = 1/n · Σ_u 1/(m_u − 1) · Σ δ(v, w)    over ordered pairs within a unit
        expected  D_e = 1/(n (n − 1)) · Σ δ(v, w)            over ordered pairs of all values
        alpha         = 1 − D_o / D_e

    1 is full agreement, 0 what chance gives, below 0 is worse than chance. ``None`` where nothing
    can be compared or all values are equal: without differences there is nothing to agree on.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Hayes and Krippendorff
    (2007), Communication Methods and Measures 1:77-89.
    """
    compared = [unit for unit in units if len(unit) > 1]
    everything = [value for unit in compared for value in unit]
    expected = apart(everything)
    if not expected:
        return None
    observed = sum((Fraction(apart(unit), len(unit) - 1) for unit in compared), Fraction())
    return 1 - (len(everything) - 1) * observed / expected


def level(found: Fraction | None) -> Level:
    """What an alpha means."""
    if found is None:
        return Level.UNKNOWN
    bounds = ((FIRM, Level.FIRM), (TENTATIVE, Level.TENTATIVE), (Fraction(1, 5), Level.WEAK))
    return next((held for least, held in bounds if found >= least), Level.NONE)
