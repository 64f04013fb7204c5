"""How evenly people took part: R-indicator, coefficient of variation, and what each variable adds.

Everybody is invited (no sample), so all weights are 1. rho_i is the propensity of person i by a
logistic model (:mod:`consult.reports.core.response.propensity`), ``rhobar`` the response, N people.

* S² = sum (rho_i - rhobar)²/(N - 1); R = 1 - 2S, 1 when everybody is as likely to take part
  (Schouten, Cobben & Bethlehem 2009, Surv. Methodol. 35:101-113).
* Chance alone makes propensities differ. B = (1/N) sum z_i' V z_i, z_i = rho_i (1 - rho_i) x_i, V
  the covariance of the coefficients, is taken off: R = 1 - 2 sqrt(max(0, S² - B))
  (Shlomo, Skinner & Schouten 2012, J. Stat. Plan. Inf. 142:201-211).
* Var(R) = [4 A'VA + 2 tr(CVCV)]/S², A = cov(rho, z), C = cov(z).
* CV = S/rhobar. The bias of an unweighted mean is at most CV times the standard deviation of what
  was asked; of a share, at most CV/2. Var(CV) = Var(R)/(4 rhobar²) + CV⁴/N.
* Partial indicators (Schouten, Shlomo & Skinner 2011, J. Off. Stat. 27:231-253; de Heij, Schouten
  & Shlomo 2015, RISQ manual 2.1). Alone (unconditional): P(X, k) = sqrt(N_k/N)(rhobar_k - rhobar),
  P(X)² = sum of squares. Beside the others (conditional): P(X)² = (1/N) sum (rho_i - rhobar_l)², l
  the cell of i by all *other* variables; P(X, k) the part of the people in category k. Divided by
  rhobar they are partial CVs.

``docs/adr/0027-response-quality.md`` tells what is as in RISQ and what is ours.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consult.reports.core.response.design import Codes, Numbers
from consult.reports.core.response.propensity import Model, fit
from consult.reports.core.response.variation import Measure, Noise, Sums, Within
from consult.weighing.intervals import Z


@dataclass(frozen=True, slots=True)
class Category:
    """One level of a variable: its part of the variation. ``alone`` is below 0 if it came less."""

    level: str
    people: int
    rate: float
    alone: Measure
    beside: Measure


@dataclass(frozen=True, slots=True)
class Partial:
    """What one variable adds to the variation: ``alone``, and ``beside`` all other variables."""

    variable: str
    alone: Measure
    beside: Measure
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """What a model says about evenness.

    ``variance``: S²; ``bias``: B; ``lowest_r``: the least R possible at this response, without
    which R says nothing (0.47 at 7.7 %).
    """

    people: int
    mean: float
    variance: float
    bias: float
    r: Measure
    cv: Measure
    lowest_r: float
    partials: tuple[Partial, ...]


def indicators(model: Model) -> Indicators:
    """All indicators of one model."""
    sums, mean = Sums(model), model.mean
    lowest = lowest_r(mean)
    return Indicators(
        people=sums.size,
        mean=mean,
        variance=sums.variance,
        bias=sums.bias,
        r=_r(sums, lowest),
        cv=_cv(sums),
        lowest_r=lowest,
        partials=tuple(_partial(sums, place) for place in range(len(model.responses.variables))),
    )


def lowest_r(mean: float) -> float:
    """The R of a response in which everybody either surely took part or surely did not."""
    return 1 - 2 * sqrt(mean * (1 - mean))


def _r(sums: Sums, lowest: float) -> Measure:
    spread = sqrt(sums.variance)
    value = 1 - 2 * spread * sums.factor
    low, high = sums.noise().interval(sums.variance)
    return Measure(
        value, 1 - 2 * spread, value, sums.error(), max(lowest, 1 - 2 * high), 1 - 2 * low
    )


def _cv(sums: Sums) -> Measure:
    mean = sums.model.mean
    spread = sqrt(sums.variance) / mean
    value = spread * sums.factor
    error = sqrt(sums.error() ** 2 / (4 * mean**2) + spread**4 / sums.size)
    low, high = sums.noise(relative=True).interval(sums.variance / mean**2)
    return Measure(value, spread, value, error, low, high)


def _partial(sums: Sums, place: int) -> Partial:
    """The partial indicators of one variable."""
    variable = sums.model.responses.variables[place]
    people = np.bincount(sums.design.codes[place], sums.people, len(variable.levels))
    came = np.bincount(
        sums.design.codes[place], sums.people * sums.model.propensity, len(variable.levels)
    )
    there = people > 0
    rates = np.divide(came, people, out=np.full(len(people), sums.model.mean), where=there)
    alone = np.sqrt(people / sums.size) * (rates - sums.model.mean)
    errors = _errors(sums, place, people)
    beside, by_level = Within(sums, place).measures()
    categories = tuple(
        Category(
            level,
            int(people[code]),
            float(rates[code]),
            _linear(float(alone[code]), float(errors[code]), sums.factor),
            by_level[code],
        )
        for code, level in enumerate(variable.levels)
        if there[code]
    )
    total = _alone(sums, variable.name, float((alone**2).sum()), float((errors**2).sum()))
    return Partial(variable.name, total, beside, categories)


def _alone(sums: Sums, name: str, square: float, bias: float) -> Measure:
    """The error is half that of R in the model with this variable only (RISQ manual 2.1)."""
    by_one = Sums(fit(sums.model.responses.only([name]), at_limit=True)).noise()
    found = Noise(bias, by_one.linear, by_one.constant)
    return found.measure(square, sums.factor, error=by_one.error(square))


def _linear(value: float, error: float, factor: float) -> Measure:
    """A category alone is no root but a difference: chance adds nothing to it on average."""
    return Measure(value, value, value * factor, error, value - Z * error, value + Z * error)


def _errors(sums: Sums, place: int, people: Numbers | Codes) -> Numbers:
    """Per category sqrt(N_k/N) times the standard error of rhobar_k - rhobar (delta method)."""
    start = sums.design.starts[place]
    rows = sums.slopes[start : start + len(people)][:, sums.design.kept]
    gap = rows / np.maximum(people, 1)[:, None] - sums.means
    variance = np.einsum("ij,jk,ik->i", gap, sums.model.covariance, gap)
    found: Numbers = np.sqrt(people / sums.size * np.maximum(variance, 0))
    return found
