"""How far chance alone may have moved a share or a mean: 95 % intervals.

Everybody on the roll was invited, so respondents are no sample. The interval says what would have
been met just as well if each person of the same kind had taken part by the same chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

Z: Final = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``."""

    low: float
    high: float


def wilson(share: float, people: float) -> Interval:
    """The interval of a share of ``people`` (more than 0), which may be an effective number.

    Wilson 1927; Newcombe 1998, Stat. Med. 17:857-872, method 3.
    """
    spread = Z**2 / people
    middle = (share + spread / 2) / (1 + spread)
    reach = Z * sqrt(share * (1 - share) / people + spread / (4 * people)) / (1 + spread)
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def mean(values: Sequence[float]) -> Interval:
    """The interval of the mean of at least two ``values``."""
    middle, reach = fmean(values), Z * stdev(values) / sqrt(len(values))
    return Interval(middle - reach, middle + reach)


def effective(weights: Mapping[float, int]) -> float:
    """Kish's effective number of people: (Σw)² / Σw²; ``weights``: how many have each."""
    total = sum(weight * people for weight, people in weights.items())
    squares = sum(weight**2 * people for weight, people in weights.items())
    return total**2 / squares if squares else 0.0
