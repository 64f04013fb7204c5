"""How sure an estimate from weighted people is.

An estimate θ is written as a sum of what each person adds to it, θ ≈ Σ w_i u_i (Taylor's series;
for a ratio u_i = (y_i - θ x_i) / Σ w x). Weights that meet margins leave only what the margins do
not explain: e_i, the residual of u_i on the calibration variables, least squares weighted by the
weights before calibration (Deville and Särndal 1992, J. Am. Stat. Assoc. 87:376-382, section 3).

Two rules make a variance of these residuals. :class:`UnitLevel` is ours; :class:`Sampled` is that
of R's survey package and of textbooks on random samples, and serves files that are such a sample.
``docs/adr/0026-uncertainty.md`` tells what each covers.
"""

from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from consult.weighing.cells import Codes, Numbers
from consult.weighing.intervals import MOST_LEVERAGE
from consult.weighing.regression import Regression


@dataclass(frozen=True, slots=True)
class UnitLevel:
    """Everybody was invited, and each person i took part by a chance of her own, about 1/w_i.

    v = Σ_c [Σ_{i in c} √max(0, 1 - 1/w_i) w_i e_i / (1 - h_i)]², over clusters c: people who share
    a dwelling, or each person alone. 1 - 1/w_i takes off what is sure because all of a kind took
    part; h_i, the leverage, at most :data:`consult.weighing.intervals.MOST_LEVERAGE`, puts back
    what the fit took from the residuals (MacKinnon and White 1985, J. Econometrics 29:305-325).
    """


@dataclass(frozen=True, slots=True)
class Sampled:
    """People, or whole clusters, were drawn at random within strata.

    v = Σ_h (1 - f_h) n_h/(n_h - 1) Σ_c (z_c - z̄_h)², z_c = Σ_{i in c} w_i e_i: as R's ``svymean``
    and ``svytotal``. ``strata``: of each person, from 0; ``fractions``: f_h, the part of the
    clusters of each stratum that was drawn, one for all or one for each; 0 is with replacement.
    """

    strata: Codes | None = None
    fractions: float | Numbers = 0.0


@dataclass(frozen=True, slots=True)
class Design:
    """Weighted people, and how they came.

    ``weights``: of each person, after calibration; ``margins``: what they were calibrated on;
    ``clusters``: the dwelling of each person, from 0.
    """

    weights: Numbers
    margins: Regression | None = None
    clusters: Codes | None = None
    rule: UnitLevel | Sampled = field(default_factory=UnitLevel)

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.weights)

    @property
    def freedom(self) -> int:
        """Degrees of freedom: clusters, or people, less one; less the strata if there are any."""
        units = self.people
        if self.clusters is not None:
            units = int(np.count_nonzero(np.bincount(self.clusters)))
        strata = self.rule.strata if isinstance(self.rule, Sampled) else None
        return units - (1 if strata is None else len(np.unique(strata)))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean, total or ratio with its variance, which is known by ``freedom`` degrees.

    ``people``: those whom it is about, of all who took part.
    """

    value: float
    variance: float
    freedom: int
    people: int

    @property
    def error(self) -> float:
        """The standard error."""
        return sqrt(self.variance)


def total(design: Design, values: Numbers) -> Estimate:
    """The weighted total of ``values``, one of each person."""
    value = float(design.weights @ values)
    return Estimate(value, _variance(design, values), design.freedom, design.people)


def ratio(design: Design, above: Numbers, below: Numbers) -> Estimate:
    """The weighted total of ``above`` divided by that of ``below``.

    Raises:
        ValueError: the total of ``below`` is 0.
    """
    base = float(design.weights @ below)
    if base == 0:
        raise ValueError("nothing to divide by")
    value = float(design.weights @ above) / base
    variance = _variance(design, (above - value * below) / base)
    return Estimate(value, variance, design.freedom, int(np.count_nonzero(below)))


def mean(design: Design, values: Numbers, among: NDArray[np.bool_] | None = None) -> Estimate:
    """The weighted mean of ``values``, of everybody or ``among`` some.

    Raises:
        ValueError: nobody is among them.
    """
    inside = np.ones(design.people) if among is None else among.astype(np.float64)
    return ratio(design, np.where(inside > 0, values, 0.0), inside)


def covariance(design: Design, added: Numbers) -> Numbers:
    """The covariances of estimates; ``added``: people × estimates, what each adds to each."""
    scores = _scores(design, added)
    return np.asarray(scores.T @ scores)


def design_effect(design: Design, values: Numbers, *, finite: bool = True) -> float:
    """How many times larger a mean's variance is than that of a simple random sample as large.

    ``finite``: of a sample without replacement, as R's ``deff=TRUE``; else ``deff="replace"``.
    """
    people, weights = design.people, design.weights
    middle = weights @ values / weights.sum()
    spread = weights @ (values - middle) ** 2 / weights.sum() * people / (people - 1)
    simple = spread / people * (1 - people / weights.sum() if finite else 1.0)
    return float(mean(design, values).variance / simple)


def _variance(design: Design, added: Numbers) -> float:
    scores = _scores(design, added[:, np.newaxis])
    return float((scores**2).sum())


def _scores(design: Design, added: Numbers) -> Numbers:
    """Rows whose products with each other add up to the covariances."""
    left = added if design.margins is None else design.margins.residuals(added)
    weighed = left * design.weights[:, np.newaxis]
    if isinstance(design.rule, Sampled):
        return _sampled(weighed, design, design.rule)
    chance = np.maximum(0.0, 1 - 1 / np.maximum(design.weights, 1.0))
    factor = np.sqrt(chance)
    if design.margins is not None:
        fit = design.margins
        factor /= 1 - np.minimum(fit.leverage, MOST_LEVERAGE)[fit.cells.cell_of]
    weighed *= factor[:, np.newaxis]
    return weighed if design.clusters is None else _summed(weighed, design.clusters)


def _sampled(weighed: Numbers, design: Design, rule: Sampled) -> Numbers:
    """Totals of clusters, less the mean of their stratum."""
    strata = np.zeros(design.people, dtype=np.int64) if rule.strata is None else rule.strata
    if design.clusters is not None:
        _, first, clusters = np.unique(design.clusters, return_index=True, return_inverse=True)
        weighed, strata = _summed(weighed, clusters), strata[first]
    units = np.bincount(strata).astype(np.float64)
    middle = _summed(weighed, strata) / np.maximum(units, 1)[:, np.newaxis]
    factor = (1 - rule.fractions) * units / np.maximum(units - 1, 1)
    return (weighed - middle[strata]) * np.sqrt(factor)[strata][:, np.newaxis]


def _summed(rows: Numbers, groups: Codes) -> Numbers:
    """Rows of one group together."""
    most = int(groups.max()) + 1
    return np.stack([np.bincount(groups, one, most) for one in rows.T], axis=1)
