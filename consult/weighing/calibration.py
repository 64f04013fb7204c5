"""Weights as near as can be to base weights, whose sums are those of the population.

Minimise sum d_i G(w_i/d_i) with sum w_i x_i = t: w_i = d_i F(x_i'L), where the L are looked for by
:mod:`consult.weighing.newton` on cells. The answer is measured, not the change between two steps:
every sum is met to 1e-10, or nothing is returned and the cause is named.

Sources: Deville and Särndal (1992), JASA 87:376-382; Deville, Särndal and Sautory (1993), JASA
88:1013-1020; Kalton and Flores-Cervantes (2003), J. Off. Stat. 19:81-97; reference/
representativeness.md, sections 3 and 10.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

import numpy as np

from consult.refusal import Refusal
from consult.weighing.cells import Cells, Numbers
from consult.weighing.conflict import Question, at_edge, edge, explain
from consult.weighing.design import design
from consult.weighing.kish import Kish, kish
from consult.weighing.links import Bounded, Linear, Link, Logit, Raking
from consult.weighing.newton import TOLERANCE, search
from consult.weighing.targets import Targets, check

NOBODY: Final = 1e-9
"""Raking that gives somebody less than this part of her base weight may, in the limit, have met
targets that only a weight of 0 meets; that is looked into."""


class Method(StrEnum):
    """How the distance to base weights is measured."""

    RAKING = "raking"
    LINEAR = "linear"
    LOGIT = "logit"
    TRUNCATED = "truncated"
    POSTSTRATIFY = "poststratify"


BOUNDED: Final = (Method.LOGIT, Method.TRUNCATED)
Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Weights that meet all targets.

    ``weights``: of one person in each cell; ``base``: the base weight of that person;
    ``iterations``: Newton steps; ``error``: the largest |achieved ÷ target - 1|; ``cap``: the most
    that a weight could be, if anything was set, and ``capped``: how many people have that weight.
    """

    method: Method
    cells: Cells
    targets: Targets
    weights: Numbers
    base: Numbers
    iterations: int
    error: float
    bounds: Bounds | None = None
    cap: float | None = None
    capped: int = 0

    def spread(self) -> Numbers:
        """The weight of each row of the data."""
        return self.weights[self.cells.cell_of]

    @property
    def total(self) -> float:
        """The sum of all weights."""
        return float(self.cells.people @ self.weights)

    @property
    def mean(self) -> float:
        """The mean weight of a person."""
        return self.total / self.cells.rows

    @property
    def ratios(self) -> Bounds:
        """The lowest and the highest weight ÷ base weight."""
        ratios = self.weights / self.base
        return float(ratios.min()), float(ratios.max())

    @property
    def kish(self) -> Kish:
        """What the weights would cost if they had nothing to do with the answers."""
        people: Counter[float] = Counter()
        for weight, number in zip(self.weights.tolist(), self.cells.people.tolist(), strict=True):
            people[weight] += number
        return kish(people)

    @property
    def design_effect(self) -> float:
        """Kish's effect of the weights; a diagnostic, which ignores the gain of calibration."""
        return self.kish.effect

    @property
    def effective(self) -> float:
        """Kish's effective number of people."""
        return self.kish.people

    def achieved(self) -> Mapping[str, Mapping[str, float]]:
        """The sum of weights of each level of each margin."""
        of_cell = self.cells.people * self.weights
        found = {}
        for name in self.targets.margins:
            place = self.cells.place(name)
            levels = self.cells.variables[place].levels
            sums = np.bincount(self.cells.codes[:, place], of_cell, len(levels))
            found[name] = dict(zip(levels, sums.tolist(), strict=True))
        return found

    def totals(self) -> Mapping[str, float]:
        """The weighted sum of each numeric variable."""
        numbers, of_cell = self.cells.numbers, self.cells.people * self.weights
        return {
            name: 0.0 if numbers is None else float(of_cell @ numbers[:, n])
            for n, name in enumerate(self.cells.numeric)
            if name in self.targets.totals
        }


def calibrate(
    cells: Cells,
    targets: Targets,
    method: Method = Method.RAKING,
    bounds: Bounds | None = None,
) -> Weighted:
    """Weights that meet the targets to 1e-10.

    Args:
        cells: of the sample. Without base weights everybody starts with population ÷ sample, or
            with 1 when there are totals of numbers only.
        targets: of the population.
        method: raking is the default; linear may give negative weights.
        bounds: lowest and highest weight ÷ base weight, for logit and truncated.

    Raises:
        Refusal: ``weighing.…`` of :func:`consult.weighing.targets.check`; ``bounds_needed``,
            ``bounds_unused``, ``bounds_invalid``, ``poststrata_one``; and of
            :func:`consult.weighing.conflict.explain` when no weights were found.
    """
    check(cells, targets)
    check_method(targets, method, bounds)
    return solve(cells, targets, method, bounds)


def check_method(targets: Targets, method: Method, bounds: Bounds | None) -> None:
    """That bounds and targets suit the method."""
    if method is Method.POSTSTRATIFY and (len(targets.margins) != 1 or targets.totals):
        margins = (*targets.margins, *targets.totals)
        raise Refusal("weighing.poststrata_one", margins=margins)
    if bounds is None:
        if method in BOUNDED:
            raise Refusal("weighing.bounds_needed", method=str(method))
        return
    if method not in BOUNDED:
        raise Refusal("weighing.bounds_unused", method=str(method))
    lowest, highest = bounds
    if not (isfinite(lowest) and isfinite(highest) and lowest < 1 < highest):
        raise Refusal("weighing.bounds_invalid", lowest=lowest, highest=highest)


def solve(
    cells: Cells,
    targets: Targets,
    method: Method,
    bounds: Bounds | None,
    cap: float | None = None,
) -> Weighted:
    """The weights, with none above ``cap`` if one is set; targets and method were checked."""
    base = started(cells, targets)
    equations = design(cells, targets)
    link = _link(method, bounds, None if cap is None else cap / base)
    whole = cells.people * base
    found, steps = search(equations, whole, link)
    weights = base * link.value(equations.predicted(found))
    error = float(equations.errors(cells.people * weights).max())
    lowest, highest = bounds or (0.0 if method is Method.RAKING else -np.inf, np.inf)
    question = Question(cells, targets, base, lowest, highest, cap)
    if not error < TOLERANCE:
        raise explain(question, steps, error)
    if lowest == 0 and (weights < NOBODY * base).any() and at_edge(question):
        raise edge(question)
    capped = 0 if cap is None else int(cells.people[weights >= cap * (1 - 1e-12)].sum())
    return Weighted(
        method, cells, targets, weights, base, steps, error, bounds, cap=cap, capped=capped
    )


def started(cells: Cells, targets: Targets) -> Numbers:
    """The base weight of a person in each cell: the design's, or population ÷ sample."""
    if cells.base is not None:
        return cells.base
    people = targets.people
    return np.full(len(cells.people), 1.0 if people is None else people / cells.rows)


def _link(method: Method, bounds: Bounds | None, cap: Numbers | None) -> Link:
    lowest, highest = bounds or (0.0, np.inf)
    link: Link = Raking() if method is Method.RAKING else Linear()
    low, high = -np.inf, np.inf
    if method is Method.LOGIT:
        link = Logit(lowest, highest)
        cap = None if cap is None else np.clip(cap, lowest * 1.000001 + 1e-9, highest * 0.999999)
    if method is Method.TRUNCATED:
        low, high = lowest - 1, highest - 1
    if cap is None:
        return link if np.isinf(high) else Bounded(link, low, high)
    return Bounded(link, low, np.minimum(high, link.where(cap)))
