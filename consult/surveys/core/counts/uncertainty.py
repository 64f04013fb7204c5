"""How sure a share of the answers is, from what is published alone.

An interval is one more number about the same people. So that it gives nothing away, it follows from
numbers that readers have anyway: counts, shares as they are told, how many were invited, and the
weights, which the audit of :mod:`consult.surveys.core.counts.weighted` takes for known.
``docs/adr/0026-uncertainty.md`` tells what is assumed, and how often the intervals hold the truth.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from consult.weighing.intervals import MOST_LEVERAGE, Interval, of_share

ROUNDED: Final = 0.001
"""Shares are told in thousandths."""


@dataclass(frozen=True, slots=True)
class Response:
    """How many took part of how many who were invited; ``None`` when that is not known."""

    people: int
    invited: int | None = None

    @property
    def left(self) -> float:
        """The part of the invited who did not take part: what chance had a say in."""
        return 1 - self.people / self.invited if self.invited else 1.0


def told(share: float) -> float:
    """The share as readers get it."""
    return round(share / ROUNDED) * ROUNDED


def plain(share: float, asked: int, left: float) -> Interval:
    """The interval of a share of ``asked`` people; the part ``left`` of such people stayed away.

    Wilson's, with the correction for a finite base: v = left p(1 - p)/n.
    """
    if left <= 0:
        return Interval(share, share)
    return of_share(share, left * share * (1 - share) / asked, asked / left)


def weighted(
    share: float, count: int, weights: Mapping[float, int], response: Response
) -> Interval:
    """The interval of a weighted share, as it is told.

    v = Σ max(0, 1 - 1/W) (w / (1 - h))² [ŷ(1 - 2p) + p²] / (Σw)² over the people who were asked:
    :class:`consult.weighing.variance.UnitLevel` with what is left of the variables behind the
    weights, of which W = w invited/people is how many customers one stands for, and h her part of
    all who have her weight. The bracket is the mean of (y - p)² at that weight, with ŷ the line of
    the answer on the weight by least squares: count and weighted share are all that it takes. What
    the variables explained of the answer is not taken off, as they are gone; so it is rather too
    wide than too narrow. Wilson's, with Student's t.

    Args:
        share: p = Σwy/Σw, rounded as it is told.
        count: how many gave the answer.
        weights: how many of those who were asked have each weight; two or more in all.
        response: of everybody.
    """
    people = sum(weights.values())
    share = min(max(share, 0.0), 1.0)
    line = _line(share, count, weights)
    variance = 0.0
    for weight, number in weights.items():
        fitted = min(max(line(weight), 0.0), 1.0)
        own = 1 - min(1 / number, MOST_LEVERAGE)
        spread = fitted * (1 - 2 * share) + share**2
        variance += number * _chance(weight, response) * (weight / own) ** 2 * spread
    whole = sum(weight * number for weight, number in weights.items())
    return of_share(share, variance / whole**2, people, people - 1)


def _line(share: float, count: int, weights: Mapping[float, int]) -> Callable[[float], float]:
    """The part that gave the answer, as a straight line on the weight."""
    people = sum(weights.values())
    whole = sum(weight * number for weight, number in weights.items())
    middle, height = whole / people, count / people
    spread = sum(number * (weight - middle) ** 2 for weight, number in weights.items())
    slope = (share * whole - middle * count) / spread if spread else 0.0
    return lambda weight: height + slope * (weight - middle)


def _chance(weight: float, response: Response) -> float:
    """What chance had a say in of somebody with this weight: 1 - 1/W; all if nobody was invited."""
    if response.invited is None:
        return 1.0
    stands_for = weight * response.invited / response.people
    return max(0.0, 1 - 1 / stands_for) if stands_for else 0.0
