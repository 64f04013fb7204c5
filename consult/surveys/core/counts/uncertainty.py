"""How sure a share of the answers is, from what is published alone.

An interval is one more number about the same people. So that it gives nothing away, it follows from
numbers that readers have anyway: counts, shares as they are told, how many were invited, and the
weights, which the audit of :mod:`consult.surveys.core.counts.weighted` takes for known.
``docs/adr/0026-uncertainty.md`` tells what is assumed, and how often the intervals hold the truth.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from consult.weighing.intervals import Interval, of_share

ROUNDED = 0.001
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

    v = n/(n - 2) Σ max(0, 1 - 1/W) w² ŷ(1 - ŷ) / (Σw)² over the people who were asked, with
    W = w invited/people, how many customers each stands for. ŷ is the line of the answer on the
    weight, by least squares: count and weighted share are all that it takes. A weight is what stays
    of the variables that it was made of, so this is :class:`consult.weighing.variance.UnitLevel`
    with what is left of them. Where variables are gone the interval is too wide rather than too
    narrow. Wilson's, with Student's t.

    Args:
        share: Σwy/Σw, rounded as it is told.
        count: how many gave the answer.
        weights: how many of those who were asked have each weight; three or more in all.
        response: of everybody.
    """
    people = sum(weights.values())
    whole = sum(weight * number for weight, number in weights.items())
    middle, height = whole / people, count / people
    spread = sum(number * (weight - middle) ** 2 for weight, number in weights.items())
    slope = (share * whole - middle * count) / spread if spread else 0.0
    variance = 0.0
    for weight, number in weights.items():
        fitted = min(max(height + slope * (weight - middle), 0.0), 1.0)
        stands_for = weight * response.invited / response.people if response.invited else 0.0
        chance = max(0.0, 1 - 1 / stands_for) if stands_for else 1.0
        variance += number * chance * weight**2 * fitted * (1 - fitted)
    variance *= people / (people - 2) / whole**2
    return of_share(min(max(share, 0.0), 1.0), variance, people, people - 2)
