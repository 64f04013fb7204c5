"""The levels that people have in a file: of one column, or of several that are crossed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.reports.core.analysts.columns import Columns, Levels, Sheet, listed
from consult.reports.core.analysts.margins_file import CROSS
from consult.weighing.cells import UNKNOWN

if TYPE_CHECKING:
    Series = pd.Series[Any]


@dataclass(frozen=True, slots=True)
class Words:
    """``names`` of levels, and for each row the code (from 0) of its own; -1 where nothing is."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]

    @property
    def missing(self) -> int:
        """How many rows have nothing here."""
        return int((self.codes < 0).sum())

    def row(self, code: int) -> int:
        """The first row of the file with this code."""
        return int(np.argmax(self.codes == code)) + 2

    def people(self, code: int) -> int:
        """How many rows have this code."""
        return int((self.codes == code).sum())

    def series(self) -> "Series":
        """As pandas likes it: codes and categories."""
        return pd.Series(pd.Categorical.from_codes(self.codes, pd.Index(self.names, dtype=object)))


def words(sheet: Sheet, columns: Columns, parts: Sequence[str]) -> Words:
    """The levels of one column, or of several crossed: those of each, joined by a star.

    A row that has nothing in one of the columns has nothing when crossed.

    Raises:
        Refusal: ``reports.level_with_cross``, where two crossed levels could not be told apart.
    """
    if len(parts) == 1:
        return _one(columns.levels[parts[0]])
    for part in parts:
        for level in columns.levels[part].names:
            if CROSS in level:
                row = columns.levels[part].row(level)
                raise Refusal("reports.level_with_cross", file=sheet.name, column=part, row=row)
    return _crossed([_one(columns.levels[part]) for part in parts], columns.rows)


def check_missing(sheet: Sheet, name: str, found: Words, *, known: bool) -> None:
    """Rows without a value are fine where there is a level for them (``known``), named so.

    Raises:
        Refusal: ``reports.cells_empty``.
    """
    if known or not found.missing:
        return
    rows = (np.flatnonzero(found.codes < 0) + 2).tolist()
    raise Refusal(
        "reports.cells_empty",
        file=sheet.name,
        column=name,
        people=len(rows),
        rows=listed(rows),
        level=UNKNOWN,
    )


def _one(levels: Levels) -> Words:
    names = tuple(name for name in levels.names if name)
    places = {name: place for place, name in enumerate(names)}
    place = np.array([places.get(name, -1) for name in levels.names], dtype=np.int32)
    return Words(names, place[np.frombuffer(levels.codes, dtype=np.int32)])


def _crossed(singles: Sequence[Words], rows: int) -> Words:
    number = np.zeros(rows, dtype=np.int64)
    for one in singles:
        number = number * (len(one.names) + 1) + one.codes + 1
    held, inverse = np.unique(number, return_inverse=True)
    joined = [_joined(singles, one) for one in held.tolist()]
    names = tuple(name for name in joined if name)
    places = {name: place for place, name in enumerate(names)}
    place = np.array([places.get(name or "", -1) for name in joined], dtype=np.int32)
    return Words(names, place[inverse])


def _joined(singles: Sequence[Words], number: int) -> str | None:
    """The name of a crossed level; nothing where one of its parts is missing."""
    parts: list[str] = []
    for one in reversed(singles):
        number, code = divmod(number, len(one.names) + 1)
        if code == 0:
            return None
        parts.append(one.names[code - 1])
    return CROSS.join(reversed(parts))
