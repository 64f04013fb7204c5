"""Least squares on the margins that weights meet: what they explain of a variable, and what not.

All is done on cells, with the equations that the weights themselves come from.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from consult.weighing.calibration import Weighted
from consult.weighing.cells import Cells, Numbers
from consult.weighing.design import Design as Equations
from consult.weighing.design import design as equations_of
from consult.weighing.targets import Targets

_NOUGHT: Final = 1e-10
"""Of the largest eigenvalue; smaller ones are equations that follow from others."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A fit of anything on the calibration variables x, weighted by d.

    ``base``: d of a person in each cell; ``inverse``: a generalised inverse of X'DX; ``leverage``:
    of a person in each cell, d x'(X'DX)⁻x, from 0 to 1.
    """

    cells: Cells
    equations: Equations
    base: Numbers
    inverse: Numbers
    leverage: Numbers

    def residuals(self, values: Numbers) -> Numbers:
        """What the fit leaves of ``values``, people × variables."""
        fitted = np.empty_like(values)
        cell_of, cells = self.cells.cell_of, len(self.cells.people)
        for place, column in enumerate(values.T):
            sums = self.equations.sums(self.base * np.bincount(cell_of, column, cells))
            fitted[:, place] = self.equations.predicted(self.inverse @ sums)[cell_of]
        return values - fitted


def behind(weighted: Weighted) -> Regression:
    """The fit that belongs to weights: on what they meet, weighted by what they started from."""
    return regression(weighted.cells, weighted.targets, weighted.base)


def regression(cells: Cells, targets: Targets, base: Numbers) -> Regression:
    """A fit on the variables of ``targets``; ``base``: the weight of a person in each cell."""
    equations = equations_of(cells, targets)
    products = equations.products(base * cells.people)
    scale = 1 / np.sqrt(np.maximum(products.diagonal(), np.finfo(np.float64).tiny))
    pseudo = np.linalg.pinv(products * np.outer(scale, scale), rcond=_NOUGHT, hermitian=True)
    inverse: Numbers = pseudo * np.outer(scale, scale)
    return Regression(cells, equations, base, inverse, base * _squares(equations, inverse))


def _squares(equations: Equations, inverse: Numbers) -> Numbers:
    """x'Ax of each cell."""
    first = np.cumsum([0, *equations.sizes])
    columns = [codes + offset for codes, offset in zip(equations.codes, first, strict=False)]
    found = np.zeros(len((*equations.codes, *equations.numbers)[0]))
    for place, one in enumerate(columns):
        found += inverse[one, one]
        for other in columns[:place]:
            found += 2 * inverse[one, other]
    for place, number in enumerate(equations.numbers, first[-1]):
        found += inverse[place, place] * number**2
        for one in columns:
            found += 2 * inverse[place, one] * number
        for other, beside in enumerate(equations.numbers[: place - first[-1]], first[-1]):
            found += 2 * inverse[place, other] * number * beside
    return found
