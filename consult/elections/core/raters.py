"""How far people who judged the same things agree, and how their scores lie.

Scores are whole numbers, so every figure but the standard deviation is an exact fraction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

FIRM = Fraction(8, 10)
TENTATIVE = Fraction(667, 1000)
"""From 0.800 on judgements can be relied on, from 0.667 on with care (Krippendorff 2004, §11.4)."""


class Level(StrEnum):
    """An agreement as people speak of it. ``UNKNOWN``: there is too little to say."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    WEAK = "weak"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Spread:
    """How scores lie. ``deviation`` is that of all there are (divided by n), not of a sample."""

    count: int
    mean: Fraction
    median: Fraction
    low: Fraction
    high: Fraction
    deviation: float


def spread(scores: Sequence[int | Fraction]) -> Spread | None:
    """Mean, median, range and standard deviation; ``None`` of nothing."""
    if not scores:
        return None
    ordered = sorted(Fraction(score) for score in scores)
    count, half = len(ordered), len(ordered) // 2
    mean = sum(ordered, Fraction()) / count
    median = ordered[half] if count % 2 else (ordered[half - 1] + ordered[half]) / 2
    variance = sum(((score - mean) ** 2 for score in ordered), Fraction()) / count
    return Spread(count, mean, median, ordered[0], ordered[-1], sqrt(variance))


def alpha(units: Iterable[Sequence[int]]) -> Fraction | None:
    """Krippendorff's alpha for scores with equal distances (interval), with missing values.

    Each unit holds the scores that it got, in any order; a unit with fewer than two is compared
    with nothing and left out. Of the *n* scores that remain, unit *u* has *m_u*:

        observed  D_o = 1/n · Σ_u 1/(m_u − 1) · Σ (v − w)²    over ordered pairs within a unit
        expected  D_e = 1/(n (n − 1)) · Σ (v − w)²            over ordered pairs of all scores
        alpha         = 1 − D_o / D_e

    1 is full agreement, 0 what chance gives, below 0 is worse than chance. ``None`` where nothing
    can be compared or all scores are equal: without differences there is nothing to agree on.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Hayes and Krippendorff
    (2007), Communication Methods and Measures 1:77-89.
    """
    compared = [unit for unit in units if len(unit) > 1]
    everything = [score for unit in compared for score in unit]
    expected = _squares(everything)
    if not expected:
        return None
    observed = sum((Fraction(_squares(unit), len(unit) - 1) for unit in compared), Fraction())
    return 1 - (len(everything) - 1) * observed / expected


def level(found: Fraction | None) -> Level:
    """What an alpha means."""
    if found is None:
        return Level.UNKNOWN
    bounds = ((FIRM, Level.FIRM), (TENTATIVE, Level.TENTATIVE), (Fraction(1, 5), Level.WEAK))
    return next((held for least, held in bounds if found >= least), Level.NONE)


def _squares(scores: Sequence[int]) -> int:
    """The squared differences of all ordered pairs: Σ(v − w)² = 2 (n Σv² − (Σv)²)."""
    return 2 * (len(scores) * sum(score * score for score in scores) - sum(scores) ** 2)
