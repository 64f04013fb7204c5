"""How scores lie. They are whole numbers, so all but the standard deviation is an exact fraction.

How far those who gave them agree is ``consult.raters``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt


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
