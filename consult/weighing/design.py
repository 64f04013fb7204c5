"""The equations that weights must meet, on cells: a row for each level and for each number.

The matrix of dummies is never made. Sums over people are counts with weights (``bincount``), and
the matrix of Newton's method is put together from the two-way tables of each pair of variables.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.weighing.cells import Cells, Codes, Numbers
from consult.weighing.targets import Targets


@dataclass(frozen=True, slots=True)
class Design:
    """Equations sum_c people_c w_c x_c = target, each scaled to its own size.

    ``codes``: for each margin the level of each cell, among those that the population has;
    ``sizes``: how many levels; ``numbers``: numeric columns ÷ ``scale``; ``target``: levels of all
    margins after each other, then totals ÷ ``scale``; ``measure``: by what an error is divided;
    ``free``: the equations that do not follow from others (one level less of each margin after the
    first, as all add up to the same).
    """

    codes: tuple[Codes, ...]
    sizes: tuple[int, ...]
    numbers: tuple[Numbers, ...]
    target: Numbers
    measure: Numbers
    free: NDArray[np.bool_]

    def predicted(self, coefficients: Numbers) -> Numbers:
        """u = x'L of each cell."""
        u = np.zeros(len((*self.codes, *self.numbers)[0]))
        for codes, offset in zip(self.codes, self._offsets(), strict=False):
            u += coefficients[codes + offset]
        for n, column in enumerate(self.numbers):
            u += coefficients[sum(self.sizes) + n] * column
        return u

    def sums(self, weights: Numbers) -> Numbers:
        """sum w x, in the order of ``target``; ``weights`` are totals of each cell."""
        levels = [
            np.bincount(codes, weights, size)
            for codes, size in zip(self.codes, self.sizes, strict=True)
        ]
        return np.concatenate([*levels, [column @ weights for column in self.numbers]])

    def errors(self, weights: Numbers) -> Numbers:
        """How far each sum is from its target, relative to the target."""
        return np.abs(self.sums(weights) - self.target) / self.measure

    def products(self, weights: Numbers) -> Numbers:
        """sum w x x': the two-way tables of all pairs."""
        size, offsets, levels = len(self.target), self._offsets(), sum(self.sizes)
        made = np.zeros((size, size))
        for n, codes in enumerate(self.codes):
            rows = slice(offsets[n], offsets[n] + self.sizes[n])
            inside = np.arange(size)[rows]
            made[inside, inside] = np.bincount(codes, weights, self.sizes[n])
            for m in range(n + 1, len(self.codes)):
                columns = slice(offsets[m], offsets[m] + self.sizes[m])
                pair = codes * self.sizes[m] + self.codes[m]
                table = np.bincount(pair, weights, self.sizes[n] * self.sizes[m])
                made[rows, columns] = table.reshape(self.sizes[n], self.sizes[m])
            for m, column in enumerate(self.numbers):
                made[rows, levels + m] = np.bincount(codes, weights * column, self.sizes[n])
        for n, column in enumerate(self.numbers):
            for m in range(n, len(self.numbers)):
                made[levels + n, levels + m] = (weights * column) @ self.numbers[m]
        upper = np.triu(made, 1)
        return made.diagonal() * np.eye(size) + upper + upper.T

    def _offsets(self) -> list[int]:
        return [sum(self.sizes[:n]) for n in range(len(self.sizes))]


def design(cells: Cells, targets: Targets) -> Design:
    """The equations of targets that :func:`consult.weighing.targets.check` has let through."""
    codes, sizes, wanted = [], [], []
    free: list[bool] = []
    for name, margin in targets.margins.items():
        place = cells.place(name)
        held = [level for level in cells.variables[place].levels if margin.get(level)]
        order = {level: n for n, level in enumerate(held)}
        to = np.array([order.get(level, 0) for level in cells.variables[place].levels])
        codes.append(to[cells.codes[:, place]])
        sizes.append(len(held))
        wanted += [float(margin[level]) for level in held]
        free += [True] * (len(held) - bool(free)) + [False] * bool(free)
    numbers, totals, measures = _numeric(cells, targets)
    return Design(
        tuple(codes),
        tuple(sizes),
        tuple(numbers),
        np.array(wanted + totals),
        np.array(wanted + measures),
        np.array(free + [True] * len(numbers), dtype=np.bool_),
    )


def _numeric(cells: Cells, targets: Targets) -> tuple[list[Numbers], list[float], list[float]]:
    """Columns and totals ÷ the mean size of the column; errors are measured by the total.

    Raises:
        Refusal: ``weighing.numbers_large``.
    """
    columns, totals, measures = [], [], []
    for name, total in targets.totals.items():
        assert cells.numbers is not None  # noqa: S101 - check() found the variable
        column = cells.numbers[:, cells.numeric.index(name)]
        with np.errstate(over="ignore"):
            size = float(np.average(np.abs(column), weights=cells.people)) or 1.0
        if not isfinite(size):  # divided by it, all is nought, and every total would be met
            raise Refusal("weighing.numbers_large", variable=name)
        columns.append(column / size)
        totals.append(total / size)
        measures.append(abs(total) / size or float(cells.rows))
    return columns, totals, measures
