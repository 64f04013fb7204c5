"""How evenly people took part: R-indicator, coefficient of variation, and what each variable adds.

Everybody is invited (no sample), so all weights are 1. rho_i is the propensity of person i by a
logistic model (:mod:`consult.reports.core.propensity`), ``rhobar`` the response, N people.

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
  the cell of i by all *other* variables; P(X, k) the part of the people in category k.
  All are multiplied by sqrt(1 - B/S²), as in the manual; divided by rhobar they are partial CVs.

``docs/adr/0027-response-quality.md`` tells which standard errors are RISQ's and which are ours.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consult.reports.core.design import Codes, Design, Numbers, grouped
from consult.reports.core.propensity import Model, fit
from consult.weighing.intervals import Z


@dataclass(frozen=True, slots=True)
class Measure:
    """``value``: adjusted for chance; ``unadjusted``: for comparing with others; ``error``: s.e."""

    value: float
    unadjusted: float
    error: float

    def interval(self, least: float = 0.0, most: float = 1.0) -> tuple[float, float]:
        """Ends of the 95 % interval by the normal approximation, within ``least`` and ``most``."""
        reach = Z * self.error
        return max(least, self.value - reach), min(most, self.value + reach)

    def over(self, mean: float) -> "Measure":
        """Divided by the response: the same as a partial coefficient of variation."""
        return Measure(self.value / mean, self.unadjusted / mean, self.error / mean)


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
    sums = Sums(model)
    mean, people, variance = model.mean, sums.size, sums.variance
    kept = sqrt(sums.kept)
    r_error = sums.error
    spread = sqrt(variance)
    cv = spread / mean
    return Indicators(
        people=people,
        mean=mean,
        variance=variance,
        bias=sums.bias,
        r=Measure(1 - 2 * spread * kept, 1 - 2 * spread, r_error),
        cv=Measure(cv * kept, cv, sqrt(r_error**2 / (4 * mean**2) + cv**4 / people)),
        lowest_r=lowest_r(mean),
        partials=tuple(_partial(sums, place) for place in range(len(model.responses.variables))),
    )


def lowest_r(mean: float) -> float:
    """The R of a response in which everybody either surely took part or surely did not."""
    return 1 - 2 * sqrt(mean * (1 - mean))


class Sums:
    """What all indicators of a model are made of."""

    def __init__(self, model: Model) -> None:
        """Take the sums over the cells of ``model``."""
        self.model = model
        self.design: Design = model.design
        self.people: Codes = model.responses.people
        self.size = int(self.people.sum())
        self.gap: Numbers = model.propensity - model.mean
        self.variance = float((self.people * self.gap**2).sum() / (self.size - 1))
        self.whole = self.design.whole_gram(self.people * model.slope**2)
        self.gram = self.whole[np.ix_(self.design.kept, self.design.kept)]
        self.bias = float((model.covariance * self.gram).sum() / self.size)
        self.means = self.design.totals(self.people * model.slope)[self.design.kept] / self.size

    @property
    def kept(self) -> float:
        """The share of S² that is not chance: 1 - B/S², at least 0."""
        return max(0.0, 1 - self.bias / self.variance) if self.variance else 0.0

    @property
    def error(self) -> float:
        """The standard error of R.

        The formula divides by S², which by luck can be far below what chance alone gives on
        average (B). The error is then that of a response with S² = B.
        """
        by_level = self.design.totals(self.people * self.model.slope * self.gap)
        shared = by_level[self.design.kept] / self.size
        spread = self.gram / self.size - np.outer(self.means, self.means)
        variance = max(self.variance * (self.size - 1) / self.size, self.bias)
        return sqrt(_variance(shared, spread, self.model.covariance) / variance)


def _variance(shared: Numbers, spread: Numbers, covariance: Numbers) -> float:
    """4 A'VA + 2 tr(CVCV): the variance of a mean of squares of propensities."""
    product = spread @ covariance
    return float(4 * shared @ covariance @ shared + 2 * (product * product.T).sum())


def _partial(sums: Sums, place: int) -> Partial:
    """The partial indicators of one variable."""
    variable = sums.model.responses.variables[place]
    codes = sums.design.codes[place]
    people = np.bincount(codes, sums.people, len(variable.levels))
    came = np.bincount(codes, sums.people * sums.model.propensity, len(variable.levels))
    there = people > 0
    rates = np.divide(came, people, out=np.full(len(people), sums.model.mean), where=there)
    alone = np.sqrt(people / sums.size) * (rates - sums.model.mean)
    alone_errors = _alone_errors(sums, place, people)
    within = Within(sums, place)
    beside_error, beside_errors = within.errors()
    kept = sqrt(sums.kept)
    categories = tuple(
        Category(
            level,
            int(people[code]),
            float(rates[code]),
            Measure(float(alone[code]) * kept, float(alone[code]), float(alone_errors[code])),
            Measure(
                float(within.by_level[code]) * kept,
                float(within.by_level[code]),
                float(beside_errors[code]),
            ),
        )
        for code, level in enumerate(variable.levels)
        if there[code]
    )
    total, beside = sqrt(float((alone**2).sum())), sqrt(float((within.by_level**2).sum()))
    return Partial(
        variable.name,
        Measure(total * kept, total, _alone_error(sums, variable.name)),
        Measure(beside * kept, beside, beside_error),
        categories,
    )


def _alone_error(sums: Sums, name: str) -> float:
    """Half the standard error of R in the model with this variable only (RISQ manual 2.1)."""
    return Sums(fit(sums.model.responses.only([name]), at_limit=True)).error / 2


def _alone_errors(sums: Sums, place: int, people: Numbers | Codes) -> Numbers:
    """Per category sqrt(N_k/N) times the standard error of rhobar_k - rhobar (delta method)."""
    start = sums.design.starts[place]
    slopes = sums.design.whole_gram(sums.people * sums.model.slope)
    rows = slopes[start : start + len(people)][:, sums.design.kept]
    gap = rows / np.maximum(people, 1)[:, None] - sums.means
    variance = np.einsum("ij,jk,ik->i", gap, sums.model.covariance, gap)
    found: Numbers = np.sqrt(people / sums.size * np.maximum(variance, 0))
    return found


class Within:
    """A variable within the cells of all other variables; errors as in the RISQ manual 2.1."""

    def __init__(self, sums: Sums, place: int) -> None:
        """Take the means over the cells of the variables other than the one at ``place``."""
        model, people = sums.model, sums.people
        self.sums, self.codes = sums, sums.design.codes[place]
        self.levels = len(model.responses.variables[place].levels)
        group, _ = grouped(np.delete(model.responses.codes, place, axis=1))
        self.order = np.argsort(group, kind="stable")
        self.group = group[self.order]
        self.starts = np.flatnonzero(np.diff(self.group, prepend=-1))
        self.gap = self._less_mean(model.propensity[:, None])[:, 0]
        part = np.bincount(self.codes, people * self.gap**2, self.levels)
        self.by_level: Numbers = np.sqrt(part / sums.size)

    def _less_mean(self, values: Numbers) -> Numbers:
        """Rows of ``values`` less their mean over the cell of the other variables."""
        people = self.sums.people[self.order][:, None]
        there = values[self.order]
        sizes = np.add.reduceat(people, self.starts)
        means = np.add.reduceat(people * there, self.starts) / sizes
        found = np.empty_like(values)
        found[self.order] = there - means[self.group]
        return found

    def errors(self) -> tuple[float, Numbers]:
        """The standard error of the whole variable, and of the part of each level.

        Var(P²) = [4 A'VA + 2 tr(BVBV)]/N² with A the sum of (rho - rhobar_l)(z - zbar_l) and B that
        of (z - zbar_l)(z - zbar_l)', over the people of the level; Var(P) = Var(P²)/(4 P²).
        """
        rows = self._less_mean(self.sums.design.columns(self.sums.model.slope))
        root = np.sqrt(self.sums.people)
        rows *= root[:, None]
        gap = self.gap * root
        by_level = np.argsort(self.codes, kind="stable")
        ends = np.cumsum(np.bincount(self.codes, minlength=self.levels))
        shared, spread = np.zeros(rows.shape[1]), np.zeros((rows.shape[1], rows.shape[1]))
        errors = np.zeros(self.levels)
        for level, end in enumerate(ends):
            there = by_level[ends[level - 1] if level else 0 : end]
            some = rows[there]
            in_shared, in_spread = gap[there] @ some, some.T @ some
            errors[level] = self._error(in_shared, in_spread, float((gap[there] ** 2).sum()))
            shared += in_shared
            spread += in_spread
        return self._error(shared, spread, float((gap**2).sum())), errors

    def _error(self, shared: Numbers, spread: Numbers, total: float) -> float:
        if total <= 0:
            return 0.0
        variance = _variance(shared, spread, self.sums.model.covariance)
        return sqrt(variance / (4 * self.sums.size * total))
