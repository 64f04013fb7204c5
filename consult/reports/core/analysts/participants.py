"""Who took part in anything, from a file of everybody: what ``consult represent`` computes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.reports.core.analysts.columns import Levels, Sheet, read
from consult.reports.core.analysts.levels import Words, check_missing, words
from consult.reports.core.response.represent import represent
from consult.weighing.cells import UNKNOWN

ANSWERS: Final[Mapping[str, bool]] = {
    "1": True,
    "ja": True,
    "true": True,
    "0": False,
    "nee": False,
    "false": False,
}
"""What may stand in the column of who took part; capitals are as good."""


def compared(sheet: Sheet, took_part: str, by: Sequence[str]) -> dict[str, Any]:
    """All of :func:`consult.reports.core.response.represent.represent`, for the rows of a file.

    Raises:
        Refusal: of :func:`consult.reports.core.analysts.columns.read` and of ``represent``;
            ``reports.by_took_part``, ``reports.not_took_part``, ``reports.cells_empty``.
    """
    if took_part in by:
        raise Refusal("reports.by_took_part", column=took_part)
    columns = read(sheet, {took_part, *by})
    came = _came(sheet, took_part, columns.levels[took_part])
    found = {name: words(sheet, columns, [name]) for name in by}
    for name, one in found.items():
        check_missing(sheet, name, one, known=UNKNOWN in one.names)
    frame = pd.DataFrame({name: _column(one) for name, one in found.items()})
    return represent(frame, came, by)


def _came(sheet: Sheet, name: str, column: Levels) -> NDArray[np.bool_]:
    for found in column.names:
        if found.casefold() not in ANSWERS:
            row = column.row(found)
            raise Refusal(
                "reports.not_took_part", file=sheet.name, column=name, row=row, found=found
            )
    said = np.array([ANSWERS[found.casefold()] for found in column.names], dtype=bool)
    came: NDArray[np.bool_] = said[np.frombuffer(column.codes, dtype=np.int32)]
    return came


def _column(one: Words) -> "pd.Series[Any]":
    names = np.array([*one.names, UNKNOWN], dtype=object)  # the last is that of code -1
    return pd.Series(names[one.codes], dtype=object)
