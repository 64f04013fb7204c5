"""Least squares on the margins of weights: what they explain of a variable, and what they leave.

Levels are counted two by two, so the work grows with cells and levels, not with people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from consult.weighing.cells import Cells

Numbers = NDArray[np.float64]

_NOUGHT: Final = 1e-10
"""Of the largest eigenvalue; smaller ones are columns that others add up to."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A fit of anything on dummies of all levels, and on numbers.

    ``offsets``: the first column of each variable; ``numeric``: people × numbers, each divided by
    its root mean square; ``inverse``: the generalised inverse of X'DX; ``leverage``: for each
    person d_i x_i' (X'DX)⁻ x_i, from 0 to 1.
    """

    cells: Cells
    base: Numbers
    offsets: tuple[int, ...]
    numeric: Numbers
    inverse: Numbers
    leverage: Numbers

    def residuals(self, values: Numbers) -> Numbers:
        """What the fit leaves of ``values``, people × variables."""
        products = _products(self, values * self.base[:, np.newaxis])
        fit = self.inverse @ products
        levels = self.offsets[-1]
        of_cell = np.zeros((len(self.cells.codes), values.shape[1]))
        for offset, codes in zip(self.offsets, self.cells.codes.T, strict=False):
            of_cell += fit[offset + codes]
        fitted: Numbers = of_cell[self.cells.cell_of] + self.numeric @ fit[levels:]
        return values - fitted


def regression(
    cells: Cells, base: Numbers | None = None, numeric: Sequence[Numbers] = ()
) -> Regression:
    """A fit on the variables of ``cells`` and on ``numeric`` columns.

    Args:
        cells: of the people, by the variables whose margins were met.
        base: the weight of each person before calibration; one for all if not given.
        numeric: the variables whose totals were met.
    """
    people = len(cells.cell_of)
    base = np.ones(people) if base is None else base
    sizes = [len(one.levels) for one in cells.variables]
    offsets = tuple(int(one) for one in np.cumsum([0, *sizes]))
    scaled = np.zeros((people, len(numeric)))
    for place, column in enumerate(numeric):
        scaled[:, place] = column / (np.sqrt(np.mean(column**2)) or 1.0)
    bare = Regression(cells, base, offsets, scaled, np.empty(0), np.empty(0))
    inverse = np.linalg.pinv(_gram(bare), rcond=_NOUGHT, hermitian=True)
    leverage = base * _squares(bare, inverse)
    return Regression(cells, base, offsets, scaled, inverse, leverage)


def _gram(of: Regression) -> Numbers:
    """X'DX."""
    levels, columns = of.offsets[-1], of.numeric.shape[1]
    of_cell = np.bincount(of.cells.cell_of, of.base, len(of.cells.codes))
    gram = np.zeros((levels + columns, levels + columns))
    for one, codes in enumerate(of.cells.codes.T):
        for other in range(one + 1):
            beside, wide = of.cells.codes[:, other], len(of.cells.variables[other].levels)
            high = len(of.cells.variables[one].levels)
            counts = np.bincount(codes * wide + beside, of_cell, high * wide).reshape(high, wide)
            rows, across = of.offsets[one], of.offsets[other]
            gram[rows : rows + high, across : across + wide] = counts
            gram[across : across + wide, rows : rows + high] = counts.T
    if columns:
        border = _products(of, of.numeric * of.base[:, np.newaxis])
        gram[:, levels:], gram[levels:, :] = border, border.T
    return gram


def _products(of: Regression, weighed: Numbers) -> Numbers:
    """X' times columns of people, which have their base weight in them."""
    cells = len(of.cells.codes)
    found = np.zeros((of.offsets[-1] + of.numeric.shape[1], weighed.shape[1]))
    for place, column in enumerate(weighed.T):
        of_cell = np.bincount(of.cells.cell_of, column, cells)
        for offset, codes, variable in zip(
            of.offsets, of.cells.codes.T, of.cells.variables, strict=False
        ):
            levels = len(variable.levels)
            found[offset : offset + levels, place] = np.bincount(codes, of_cell, levels)
    found[of.offsets[-1] :] = of.numeric.T @ weighed
    return found


def _squares(of: Regression, inverse: Numbers) -> Numbers:
    """x_i' A x_i of each person."""
    variables, levels = len(of.cells.variables), of.offsets[-1]
    column = of.cells.codes + np.array(of.offsets[:-1])
    of_cell = np.zeros(len(column))
    for one in range(variables):
        for other in range(one + 1):
            twice = 1.0 if one == other else 2.0
            of_cell += twice * inverse[column[:, one], column[:, other]]
    found = of_cell[of.cells.cell_of]
    if of.numeric.shape[1]:
        mixed = np.zeros((len(column), of.numeric.shape[1]))
        for one in range(variables):
            mixed += inverse[column[:, one], levels:]
        found = found + 2 * (mixed[of.cells.cell_of] * of.numeric).sum(axis=1)
        found = found + ((of.numeric @ inverse[levels:, levels:]) * of.numeric).sum(axis=1)
    return found
