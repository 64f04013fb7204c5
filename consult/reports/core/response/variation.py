"""How much propensities vary, less what chance makes of it, and how sure that is.

Every indicator here is the root of a mean square P² of what a model estimates: S, or a part of it.
An estimate of P² is the truth, plus 2 a'e, plus e'Ce, for errors e of coefficients with covariance
V. Its bias is tr(CV) and its variance 4 A'VA + 2 tr(CVCV) (Shlomo, Skinner & Schouten 2012). The
first term of the variance grows with P² and the second does not, so the interval solves

    (P² - p²)² = z² (c p² + d),  c = 4 A'VA/P², d = 2 tr(CVCV)

for p², as Wilson's does for a share. The interval of a normal approximation to P itself holds the
truth 69 to 90 times in 100 where response is even and 97 times where it is not; this one 94 to 97
everywhere (``tests/property/test_response_coverage.py``).
"""

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np

from consult.reports.core.response.design import Codes, Design, Numbers, grouped
from consult.reports.core.response.propensity import Model
from consult.weighing.intervals import Z


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator: ``value``, adjusted for chance, with its 95 % interval ``low`` to ``high``.

    ``unadjusted`` and ``by_factor`` are for comparing with others: as it comes from the model, and
    adjusted as the RISQ manual does, by the one factor sqrt(1 - B/S²). ``error``: standard error.
    """

    value: float
    unadjusted: float
    by_factor: float
    error: float
    low: float
    high: float

    def interval(self, least: float, most: float) -> tuple[float, float]:
        """Ends of the interval, kept within what is possible."""
        return max(least, self.low), min(most, self.high)

    def over(self, mean: float) -> "Measure":
        """Divided by the response: the same as a partial coefficient of variation."""
        return Measure(
            self.value / mean,
            self.unadjusted / mean,
            self.by_factor / mean,
            self.error / mean,
            self.low / mean,
            self.high / mean,
        )


@dataclass(frozen=True, slots=True)
class Noise:
    """What errors of the coefficients do to a mean square.

    ``bias``: added on average; ``linear``: 4 A'VA; ``constant``: 2 tr(CVCV).
    """

    bias: float
    linear: float
    constant: float

    def error(self, square: float) -> float:
        """The standard error of the root of ``square``.

        The formula divides by the mean square, which by luck can be far below what chance alone
        gives on average. The error is then that of an average.
        """
        least = max(square, self.bias)
        return sqrt((self.linear + self.constant) / (4 * least)) if least > 0 else 0.0

    def interval(self, square: float) -> tuple[float, float]:
        """Ends of the 95 % interval of the root of the true mean square."""
        least = max(square, self.bias)
        slope = self.linear / least if least > 0 else 0.0
        found = square - self.bias
        middle = found + Z**2 * slope / 2
        under = slope * found + self.constant + (Z * slope / 2) ** 2
        reach = Z * sqrt(max(0.0, under))
        low = middle - reach if found > 0 else 0.0  # less than chance gives: it can be nought
        return sqrt(max(0.0, low)), sqrt(max(0.0, middle + reach))

    def measure(self, square: float, factor: float, *, error: float | None = None) -> Measure:
        """The root of ``square`` as an indicator; ``error`` where another formula gives it."""
        root = sqrt(square)
        low, high = self.interval(square)
        value = sqrt(max(0.0, square - self.bias))
        told = self.error(square) if error is None else error
        return Measure(value, root, root * factor, told, low, high)


def noise(bias: float, shared: Numbers, spread: Numbers, covariance: Numbers) -> Noise:
    """``shared``: A, mean of (deviation times its gradient); ``spread``: C, of gradient squared."""
    product = spread @ covariance
    return Noise(
        bias,
        linear=max(0.0, float(4 * shared @ covariance @ shared)),
        constant=max(0.0, float(2 * (product * product.T).sum())),
    )


class Sums:
    """The variation of all propensities of a model, and what it is made of."""

    def __init__(self, model: Model) -> None:
        """Take the sums over the cells of ``model``."""
        self.model = model
        self.design: Design = model.design
        self.people: Codes = model.responses.people
        self.size = int(self.people.sum())
        self.gap: Numbers = model.propensity - model.mean
        self.square = float((self.people * self.gap**2).sum() / self.size)
        self.variance = self.square * self.size / (self.size - 1)
        self.gram = self.design.gram(self.people * model.slope**2)
        self.bias = float((model.covariance * self.gram).sum() / self.size)
        self.means = self.design.totals(self.people * model.slope)[self.design.kept] / self.size

    @cached_property
    def slopes(self) -> Numbers:
        """How many people times their slope two columns of the full list share."""
        return self.design.whole_gram(self.people * self.model.slope)

    @property
    def factor(self) -> float:
        """The root of the share of S² that is not chance: sqrt(1 - B/S²), at least 0."""
        return sqrt(max(0.0, 1 - self.bias / self.variance)) if self.variance else 0.0

    def noise(self, *, relative: bool = False) -> Noise:
        """The noise in S²; ``relative``: in S²/rhobar², where chance moves the mean as well."""
        mean = self.model.mean
        by_level = self.design.totals(self.people * self.model.slope * self.gap)
        shared = by_level[self.design.kept] / self.size
        spread = self.gram / self.size - np.outer(self.means, self.means)
        if not relative:
            return noise(self.bias, shared, spread, self.model.covariance)
        shared = (shared - self.square / mean * self.means) / mean**2
        return noise(self.bias / mean**2, shared, spread / mean**2, self.model.covariance)

    def error(self) -> float:
        """The standard error of R, which is 1 - 2S."""
        return 2 * self.noise().error(self.square)


class Within:
    """A variable within the cells of all other variables."""

    def __init__(self, sums: Sums, place: int) -> None:
        """Take the means over the cells of the variables other than the one at ``place``."""
        model = sums.model
        self.sums, self.codes = sums, sums.design.codes[place]
        self.levels = len(model.responses.variables[place].levels)
        group, _ = grouped(np.delete(model.responses.codes, place, axis=1))
        self.order = np.argsort(group, kind="stable")
        self.group = group[self.order]
        self.starts = np.flatnonzero(np.diff(self.group, prepend=-1))
        self.gap = self._less_mean(model.propensity[:, None])[:, 0]

    def _less_mean(self, values: Numbers) -> Numbers:
        """Rows of ``values`` less their mean over the cell of the other variables."""
        people = self.sums.people[self.order][:, None]
        there = values[self.order]
        sizes = np.add.reduceat(people, self.starts)
        means = np.add.reduceat(people * there, self.starts) / sizes
        found = np.empty_like(values)
        found[self.order] = there - means[self.group]
        return found

    def measures(self) -> tuple[Measure, tuple[Measure, ...]]:
        """The whole variable, and the part of each level (errors as in the RISQ manual 2.1).

        A is the mean of (rho - rhobar_l)(z - zbar_l), C that of (z - zbar_l)(z - zbar_l)', both
        over the people of the level and divided by N.
        """
        size, covariance = self.sums.size, self.sums.model.covariance
        rows = self._less_mean(self.sums.design.columns(self.sums.model.slope))
        root = np.sqrt(self.sums.people / size)
        rows *= root[:, None]
        gap = self.gap * root
        by_level = np.argsort(self.codes, kind="stable")
        ends = np.cumsum(np.bincount(self.codes, minlength=self.levels))
        all_shared, all_spread = np.zeros(rows.shape[1]), np.zeros((rows.shape[1], rows.shape[1]))
        found = []
        for level, end in enumerate(ends):
            there = by_level[ends[level - 1] if level else 0 : end]
            some = rows[there]
            shared, spread = gap[there] @ some, some.T @ some
            found.append(self._measure(float((gap[there] ** 2).sum()), shared, spread, covariance))
            all_shared += shared
            all_spread += spread
        whole = self._measure(float((gap**2).sum()), all_shared, all_spread, covariance)
        return whole, tuple(found)

    def _measure(
        self, square: float, shared: Numbers, spread: Numbers, covariance: Numbers
    ) -> Measure:
        bias = float((covariance * spread).sum())
        return noise(bias, shared, spread, covariance).measure(square, self.sums.factor)
