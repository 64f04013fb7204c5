"""People as cells: everybody with the same levels of all variables is one cell.

Weights that meet margins depend on a person's levels alone, so all work is done on cells: its cost
grows with how many different people there are, not with how many people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Variable:
    """One categorical variable. ``levels`` in the order in which ``codes`` (from 0) name them."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """The distinct combinations of levels that occur.

    ``codes``: cells × variables, the level of each; ``people``: rows in each cell (at least 1);
    ``cell_of``: for each row of the data the cell it is in.
    """

    variables: tuple[Variable, ...]
    codes: Codes
    people: Codes
    cell_of: Codes


def cross(columns: Mapping[str, Sequence[str] | pd.Series]) -> Cells:
    """The cells of columns of equal length; levels in alphabetical order.

    Raises:
        ValueError: columns of different lengths, no columns, or a missing value.
    """
    if not columns or len({len(column) for column in columns.values()}) != 1:
        raise ValueError("columns of one length are needed")
    variables, coded = [], []
    for name, column in columns.items():
        codes, levels = pd.factorize(np.asarray(column, dtype=object))
        if len(codes) and codes.min() < 0:
            raise ValueError(f"a missing value in {name}")
        order = np.argsort(np.asarray(levels, dtype=object))
        place = np.empty(len(levels), dtype=np.int64)
        place[order] = np.arange(len(levels))
        variables.append(Variable(name, tuple(str(levels[one]) for one in order)))
        coded.append(place[codes].astype(np.int64))
    return _crossed(tuple(variables), coded)


def _crossed(variables: tuple[Variable, ...], coded: Sequence[Codes]) -> Cells:
    number = np.zeros(len(coded[0]), dtype=np.int64)
    for variable, codes in zip(variables, coded, strict=True):
        number = number * max(len(variable.levels), 1) + codes
    _, first, cell_of, people = np.unique(
        number, return_index=True, return_inverse=True, return_counts=True
    )
    table = np.stack([one[first] for one in coded], axis=1)
    return Cells(variables, table, people.astype(np.int64), cell_of.astype(np.int64))
