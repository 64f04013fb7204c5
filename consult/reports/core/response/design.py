"""People who were invited and people who took part, as cells; and the columns of a model on them.

All matrices come from two-way counts of the cells, so the cost does not grow with people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.weighing.cells import Variable, cross

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]

MOST_LEVELS = 1_000
"""Levels of all variables together; more is no way to make groups but a name or a number."""

ALIASED = 1e-9
"""A column of which earlier columns leave less than this share unexplained follows from them."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Who was invited and who took part, per distinct combination of levels.

    ``codes``: cells × variables; ``people``: invited in each cell (at least 1); ``took_part``.
    """

    variables: tuple[Variable, ...]
    codes: Codes
    people: Codes
    took_part: Codes

    def check(self) -> None:
        """Refuse names and numbers of people as a way to make groups (``too_many_levels``)."""
        if sum(len(variable.levels) for variable in self.variables) > MOST_LEVELS:
            longest = max(self.variables, key=lambda variable: len(variable.levels))
            raise Refusal(
                "reports.too_many_levels",
                variable=longest.name,
                levels=len(longest.levels),
                most=MOST_LEVELS,
            )

    def only(self, names: Sequence[str]) -> "Responses":
        """The same people told apart by fewer variables, in the order of ``names``."""
        place = {variable.name: column for column, variable in enumerate(self.variables)}
        columns = [place[name] for name in names]
        variables = tuple(self.variables[column] for column in columns)
        group, first = grouped(self.codes[:, columns])
        return Responses(
            variables,
            self.codes[first][:, columns],
            np.bincount(group, self.people).astype(np.int64),
            np.bincount(group, self.took_part).astype(np.int64),
        )


def responses(
    columns: Mapping[str, Sequence[str] | pd.Series],
    took_part: Sequence[int] | NDArray[np.int64] | NDArray[np.bool_],
    people: Sequence[int] | Codes | None = None,
) -> Responses:
    """Cells of people, or of rows that stand for ``people`` of whom ``took_part`` came.

    Raises:
        Refusal: ``reports.value_missing``.
        ValueError: columns of different lengths, or more participants than people.
    """
    for name, column in columns.items():
        missing = np.flatnonzero(pd.isna(np.asarray(column, dtype=object)))
        if len(missing):
            raise Refusal(
                "reports.value_missing",
                variable=name,
                count=len(missing),
                row=int(missing[0]) + 1,
            )
    cells = cross(columns)
    came = np.asarray(took_part, dtype=np.float64)
    there = np.ones(len(came)) if people is None else np.asarray(people, dtype=np.float64)
    if len(came) != len(cells.cell_of) or (came > there).any() or (came < 0).any():
        raise ValueError("participants are people of the same rows")
    size = len(cells.people)
    return Responses(
        cells.variables,
        cells.codes.astype(np.int64),
        np.bincount(cells.cell_of, there, size).astype(np.int64),
        np.bincount(cells.cell_of, came, size).astype(np.int64),
    )


def grouped(codes: Codes) -> tuple[Codes, Codes]:
    """The number of the combination that each row has, and the first row of each combination."""
    number = np.zeros(len(codes), dtype=np.int64)
    first = np.zeros(min(1, len(codes)), dtype=np.int64)
    for column in codes.T:
        _, first, number = np.unique(
            number * (column.max(initial=0) + 1) + column, return_index=True, return_inverse=True
        )
    return number, first


@dataclass(frozen=True, slots=True)
class Term:
    """A level of a variable, compared with the first level of that variable."""

    variable: str
    level: str


class Design:
    """The columns of the model on the cells: the intercept, then levels; never written out.

    A full column list holds every level; ``kept`` are those in the model.
    """

    def __init__(self, answers: Responses, used: NDArray[np.bool_]) -> None:
        """``used``: the cells that the model is fitted on."""
        self.variables = answers.variables
        sizes = [len(variable.levels) for variable in self.variables]
        self.starts = [1 + sum(sizes[:place]) for place in range(len(sizes))]
        self.sizes = sizes
        self.width = 1 + sum(sizes)
        self.codes = [np.ascontiguousarray(column) for column in answers.codes.T]
        self.kept = self._in_model(used)
        self.followed = self._follow(self.gram(np.where(used, answers.people, 0.0)))

    def _in_model(self, used: NDArray[np.bool_]) -> Codes:
        kept = [0]
        for start, codes in zip(self.starts, self.codes, strict=True):
            kept.extend(int(start + level) for level in np.unique(codes[used])[1:])
        return np.array(kept, dtype=np.int64)

    def _follow(self, gram: Numbers) -> Codes:
        """Take columns out that follow from earlier ones; they change no propensity."""
        scale = np.sqrt(np.diag(gram))
        rest = gram / np.outer(scale, scale)
        try:
            if (np.diag(np.linalg.cholesky(rest)) ** 2 > ALIASED).all():
                return np.array([], dtype=np.int64)
        except np.linalg.LinAlgError:
            pass
        free = np.ones(len(rest), dtype=bool)
        for place in range(len(rest)):
            if rest[place, place] <= ALIASED:
                free[place] = False
                continue
            rest = rest - np.outer(rest[:, place], rest[place]) / rest[place, place]
        followed = self.kept[~free]
        self.kept = self.kept[free]
        return followed

    def term(self, column: int) -> Term:
        """What a column of the full list stands for."""
        place = max(where for where, start in enumerate(self.starts) if start <= column)
        variable = self.variables[place]
        return Term(variable.name, variable.levels[column - self.starts[place]])

    def linear(self, coefficients: Numbers) -> Numbers:
        """The log odds of each cell."""
        full = np.zeros(self.width)
        full[self.kept] = coefficients
        found = np.full(len(self.codes[0]) if self.codes else 1, full[0])
        for start, codes in zip(self.starts, self.codes, strict=True):
            found += full[start + codes]
        return found

    def totals(self, weight: Numbers) -> Numbers:
        """The sum of ``weight`` over the cells of each column of the full list."""
        parts = [np.array([weight.sum()])]
        for codes, size in zip(self.codes, self.sizes, strict=True):
            parts.append(np.bincount(codes, weight, size))
        return np.concatenate(parts)

    def whole_gram(self, weight: Numbers) -> Numbers:
        """The sums of ``weight`` over the cells that two columns of the full list share."""
        found = np.zeros((self.width, self.width))
        totals = self.totals(weight)
        np.fill_diagonal(found, totals)
        found[0, :] = found[:, 0] = totals
        for one in range(len(self.codes)):
            for other in range(one):
                size = self.sizes[other]
                pair = np.bincount(
                    self.codes[one] * size + self.codes[other], weight, self.sizes[one] * size
                ).reshape(self.sizes[one], size)
                rows = slice(self.starts[one], self.starts[one] + self.sizes[one])
                columns = slice(self.starts[other], self.starts[other] + size)
                found[rows, columns] = pair
                found[columns, rows] = pair.T
        return found

    def gram(self, weight: Numbers) -> Numbers:
        """:meth:`whole_gram` of the columns in the model."""
        found: Numbers = self.whole_gram(weight)[np.ix_(self.kept, self.kept)]
        return found

    def columns(self, weight: Numbers) -> Numbers:
        """The columns in the model times ``weight``, written out: cells × coefficients."""
        found = np.zeros((len(weight), self.width))
        found[:, 0] = weight
        for start, codes in zip(self.starts, self.codes, strict=True):
            found[np.arange(len(codes)), start + codes] = weight
        return found[:, self.kept]
