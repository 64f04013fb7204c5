"""How far chance alone may have moved a share or a mean: 95 % intervals.

Everybody was invited, so participants are no sample. An interval says what would have been met
just as well if people who are alike took part by the same chance.

A share that is weighted, clustered or finite has a variance v of its own. It is as sure as one of
``effective`` people, n* = p(1 - p)/v, so that all intervals of plain counts serve it too.
``docs/adr/0026-uncertainty.md`` tells why Wilson's is the one that we use.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UPPER: Final = 0.975
"""Of each interval 2.5 % lies above it, and as much below."""
Z: Final = NormalDist().inv_cdf(UPPER)
"""Half the width of a 95 % interval, in standard errors, when these are known."""

MOST_LEVERAGE: Final = 0.5
"""A residual is at most doubled, however much its person decides the fit alone."""
_FAR: Final = 700.0
"""No number is larger than the power of e to this."""
_NEAR: Final = 1e-15
"""So near to nought or one the deviance is still a number."""

Real = TypeVar("Real", float, "NDArray[np.float64]")


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``."""

    low: float
    high: float


class Method(StrEnum):
    """How the interval of a share is made."""

    WILSON = "wilson"
    LOGIT = "logit"
    BETA = "beta"
    LIKELIHOOD = "likelihood"
    T = "t"


RECOMMENDED: Final = Method.WILSON


def of_share(
    share: float,
    variance: float,
    people: float,
    freedom: float = inf,
    method: Method = RECOMMENDED,
) -> Interval:
    """The interval of a share whose variance is known by ``freedom`` degrees of freedom.

    Args:
        share: from 0 to 1.
        variance: of the share, by :mod:`consult.weighing.variance`; 0 when everybody took part.
        people: of whom it is the share. It stands in for n* where all or nobody gave the answer:
            there the variance is 0, though little is known.
        freedom: people, or clusters, less one or less the strata.
        method: see :class:`Method`.

    Raises:
        ValueError: a share outside 0 to 1, or nobody of whom it is the share.
    """
    if not 0 <= share <= 1 or people <= 0 or variance < 0:
        raise ValueError("a share of somebody, from 0 to 1, is needed")
    settled = share in {0.0, 1.0}
    if not settled and variance == 0:
        return Interval(share, share)
    effective = people if settled else share * (1 - share) / variance
    t = quantile(freedom)
    match method:
        case Method.WILSON:
            return Interval(*wilson(share, effective, t))
        case Method.BETA:
            return _beta(share, effective, people, freedom)
        case Method.LIKELIHOOD:
            return _likelihood(share, effective * (1 - 1 / max(people, 2)), t)
        case Method.LOGIT:
            return Interval(share, share) if settled else _logit(share, effective, t)
    return Interval(share - t * sqrt(variance), share + t * sqrt(variance))


def wilson(share: Real, people: Real, z: float = Z) -> tuple[Real, Real]:
    """Wilson's interval of a share of ``people`` (more than 0): its low and its high end.

    Of the roots of (p - P)² = z² P(1 - P)/n, written so that they are exact at nought and one.
    Wilson 1927, J. Am. Stat. Assoc. 22:209-212; Newcombe 1998, Stat. Med. 17:857-872, method 3.
    """
    spread = z**2 / (2 * people)
    reach = (z**2 * share * (1 - share) / people + spread**2) ** 0.5
    return share**2 / (share + spread + reach), 1 - (1 - share) ** 2 / (1 - share + spread + reach)


def quantile(freedom: float) -> float:
    """Half the width of a 95 % interval in standard errors: Student's t, or the normal's.

    Raises:
        ValueError: no degree of freedom is left.
    """
    if freedom <= 0:
        raise ValueError("no degree of freedom is left")
    if freedom == inf:
        return Z
    from scipy.special import stdtrit  # noqa: PLC0415 - SciPy costs a third of a second at start

    return float(stdtrit(freedom, UPPER))


def _logit(share: float, effective: float, t: float) -> Interval:
    """Symmetric for ln(p/(1 - p)), whose standard error is 1/√(n* p(1 - p)): Wald's, by logits."""
    odds = share / (1 - share)
    reach = exp(min(t / sqrt(effective * share * (1 - share)), _FAR))
    return Interval(odds / (odds + reach), odds / (odds + 1 / reach))


def _beta(share: float, effective: float, people: float, freedom: float) -> Interval:
    """Clopper and Pearson's with n* people, made smaller for a variance that is not well known.

    Korn and Graubard 1998, Surv. Methodol. 24:193-201: n* times (t of people - 1, divided by t of
    the degrees of freedom)².
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - as in quantile

    if people > 1 and freedom < inf:
        effective *= (quantile(people - 1) / quantile(freedom)) ** 2
    yes, no = effective * share, effective * (1 - share)
    low = float(betaincinv(yes, no + 1, 1 - UPPER)) if yes else 0.0
    high = float(betaincinv(yes + 1, no, UPPER)) if no else 1.0
    return Interval(low, high)


def _likelihood(share: float, effective: float, t: float) -> Interval:
    """All P whose deviance 2n*[p ln(p/P) + (1 - p) ln((1 - p)/(1 - P))] is at most t².

    As R, n* is less by the degree of freedom that the share itself took.
    """
    from scipy.optimize import brentq  # noqa: PLC0415 - as in quantile

    def above(other: float) -> float:
        yes = share * log(share / other) if share else 0.0
        no = (1 - share) * log((1 - share) / (1 - other)) if share < 1 else 0.0
        return 2 * effective * (yes + no) - t**2

    def edge(outer: float) -> float:
        far = abs(outer - _NEAR)
        if share == outer or above(far) <= 0:
            return outer
        return float(brentq(above, *sorted((far, share)), xtol=1e-14))

    return Interval(edge(0.0), edge(1.0))
