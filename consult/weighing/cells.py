"""People as cells: everybody with the same levels, numbers and base weight is one cell.

Weights that meet margins depend on these alone, so all work is done on cells: its cost grows with
how many different people there are, not with how many people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from consult.refusal import Refusal

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int32] | NDArray[np.int64]
Numbers = NDArray[np.float64]

UNKNOWN: Final = "onbekend"
"""The level of a missing value."""
DENSE: Final = 1_000_000
"""So many numbers are counted in a table of their own; more of them are sorted."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One categorical variable. ``levels`` in the order in which ``codes`` (from 0) name them."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """The distinct combinations of levels, numbers and base weights that occur.

    ``codes``: cells × variables, the level of each; ``people``: rows in each cell (at least 1);
    ``cell_of``: for each row of the data the cell it is in; ``base``: the base weight of a person
    in each cell, or nothing when all are alike; ``numeric``: names of numbers, and ``numbers``:
    cells × those, what each person in the cell has.
    """

    variables: tuple[Variable, ...]
    codes: Codes
    people: NDArray[np.int64]
    cell_of: Codes
    base: Numbers | None = None
    numeric: tuple[str, ...] = ()
    numbers: Numbers | None = None

    @property
    def rows(self) -> int:
        """How many people there are."""
        return int(self.people.sum())

    def place(self, name: str) -> int:
        """Which column of ``codes`` is this variable.

        Raises:
            Refusal: ``weighing.variable_unknown``.
        """
        for place, variable in enumerate(self.variables):
            if variable.name == name:
                return place
        raise Refusal("weighing.variable_unknown", variable=name)

    def counted(self, name: str) -> dict[str, int]:
        """How many people each level of a variable has."""
        place = self.place(name)
        levels = self.variables[place].levels
        found = np.zeros(len(levels), dtype=np.int64)
        np.add.at(found, self.codes[:, place], self.people)
        return dict(zip(levels, found.tolist(), strict=True))


def cross(
    columns: "Mapping[str, Sequence[object] | pd.Series]",
    *,
    numbers: "Mapping[str, Sequence[float] | pd.Series | Numbers] | None" = None,
    base: "Sequence[float] | pd.Series | Numbers | None" = None,
) -> Cells:
    """The cells of columns of equal length; levels as text and in alphabetical order.

    Args:
        columns: levels of each categorical variable; what is missing gets :data:`UNKNOWN`.
        numbers: numeric variables, for totals.
        base: design weights, each above 0.

    Raises:
        ValueError: columns of different lengths, or none.
        Refusal: ``weighing.number_invalid`` or ``weighing.base_invalid``, for a number that is
            none or not finite, with its row from 1.
    """
    every: list[Any] = [*columns.values(), *(numbers or {}).values()]
    every += [] if base is None else [base]
    if not every or len({len(column) for column in every}) != 1:
        raise ValueError("columns of one length are needed")
    crossed = _Crossed(len(every[0]))
    variables = tuple(_add_levels(crossed, name, column) for name, column in columns.items())
    parts = [
        _add_numbers(crossed, name, np.asarray(column, dtype=np.float64))
        for name, column in (numbers or {}).items()
    ]
    if base is not None:
        parts.append(_add_base(crossed, np.asarray(base, dtype=np.float64)))
    return _cells(crossed, variables, tuple(numbers or {}), parts)


def tabulated(
    variables: tuple[Variable, ...],
    codes: Sequence[Sequence[int]],
    people: Sequence[int],
    base: Sequence[float] | None = None,
) -> Cells:
    """Cells that were counted elsewhere, one a row; ``cell_of`` names the rows."""
    return Cells(
        variables,
        np.asarray(codes, dtype=np.int32).reshape(len(people), len(variables)),
        np.asarray(people, dtype=np.int64),
        np.arange(len(people), dtype=np.int32),
        None if base is None else np.asarray(base, dtype=np.float64),
    )


class _Crossed:
    """Rows numbered by what they have had so far, in the order of their codes."""

    def __init__(self, rows: int) -> None:
        self.number = np.zeros(rows, dtype=np.int32)
        self.table = np.zeros((min(rows, 1), 0), dtype=np.int32)
        self.people = np.full(min(rows, 1), rows, dtype=np.int64)

    def add(self, codes: NDArray[np.int32], size: int) -> None:
        """Cross with one column more, whose codes are below ``size``."""
        span = len(self.table) * size
        wide = self.number if span < np.iinfo(np.int32).max else self.number.astype(np.int64)
        wide *= size
        wide += codes
        held, self.number, self.people = _compact(wide, span)
        self.table = np.column_stack([self.table[held // max(size, 1)], held % max(size, 1)])


def _compact(
    numbers: Codes, span: int
) -> tuple[NDArray[Any], NDArray[np.int32], NDArray[np.int64]]:
    """The distinct numbers in order, which of them each row has, and how many have it."""
    if span <= DENSE:
        counts = np.bincount(numbers, minlength=span)
        held = np.flatnonzero(counts)
        place = np.empty(span, dtype=np.int32)
        place[held] = np.arange(len(held), dtype=np.int32)
        return held, place[numbers], counts[held]
    distinct, inverse, people = np.unique(numbers, return_inverse=True, return_counts=True)
    return distinct, inverse.astype(np.int32), people.astype(np.int64)


def _add_levels(crossed: _Crossed, name: str, column: "Sequence[object] | pd.Series") -> Variable:
    codes, levels = _coded(column)
    crossed.add(codes, len(levels))
    return Variable(name, levels)


class _Seen(dict[object, int]):
    """Values → codes by first appearance; a fifth faster than to factorize with pandas."""

    def __missing__(self, value: object) -> int:
        self[value] = code = len(self)
        return code


def _coded(column: "Sequence[object] | pd.Series") -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """The code of each row, and the levels as text in alphabetical order."""
    import pandas as pd  # noqa: PLC0415 - pandas costs a second at start, and counts need none

    if isinstance(getattr(column, "dtype", None), pd.CategoricalDtype):
        raw = column.cat.codes.to_numpy()  # type: ignore[union-attr]
        names = [str(name) for name in column.cat.categories]  # type: ignore[union-attr]
        used = np.bincount(raw[raw >= 0], minlength=len(names)) > 0
    else:
        seen = _Seen()
        values = np.asarray(column, dtype=object)
        raw = np.fromiter(map(seen.__getitem__, values), dtype=np.int32, count=len(values))
        gone = pd.isna(pd.Series(list(seen), dtype=object))
        names = [UNKNOWN if one else str(name) for name, one in zip(seen, gone, strict=True)]
        used = np.ones(len(names), dtype=np.bool_)
    held = {name for name, there in zip(names, used, strict=True) if there}
    if len(raw) and raw.min() < 0:
        held.add(UNKNOWN)
    levels = tuple(sorted(held))
    order = {name: place for place, name in enumerate(levels)}
    # A missing value has code -1, which is the last place.
    place = np.array([order.get(name, 0) for name in (*names, UNKNOWN)], dtype=np.int32)
    return place[raw], levels


def _add_numbers(crossed: _Crossed, name: str, column: Numbers) -> Numbers:
    wrong = np.flatnonzero(~np.isfinite(column))
    if len(wrong):
        raise Refusal(
            "weighing.number_invalid", variable=name, row=int(wrong[0]) + 1, people=len(wrong)
        )
    return _add_distinct(crossed, column)


def _add_base(crossed: _Crossed, column: Numbers) -> Numbers:
    wrong = np.flatnonzero(~(np.isfinite(column) & (column > 0)))
    if len(wrong):
        raise Refusal("weighing.base_invalid", row=int(wrong[0]) + 1, people=len(wrong))
    return _add_distinct(crossed, column)


def _add_distinct(crossed: _Crossed, column: Numbers) -> Numbers:
    distinct, codes = np.unique(column, return_inverse=True)
    crossed.add(codes.astype(np.int32), len(distinct))
    return distinct


def _cells(
    crossed: _Crossed,
    variables: tuple[Variable, ...],
    numeric: tuple[str, ...],
    parts: Sequence[Numbers],
) -> Cells:
    codes = crossed.table[:, : len(variables)].astype(np.int32)
    coded = crossed.table[:, len(variables) :]
    valued = [values[coded[:, n]] for n, values in enumerate(parts)]
    numbers = np.column_stack(valued[: len(numeric)]) if numeric else None
    base = valued[-1] if len(parts) > len(numeric) else None
    return Cells(variables, codes, crossed.people, crossed.number, base, numeric, numbers)
