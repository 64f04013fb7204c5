"""Weights for a sample of any origin: what ``consult weigh`` computes from its two files.

The file's words become the cells of :mod:`consult.weighing`; what does not fit together is refused
by the row in which it stands. docs/analysts.md tells of the formats, ADR 28 why they are so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.reports.core.columns import Columns, Levels, Sheet, listed, read
from consult.reports.core.margins_file import CROSS, Margins
from consult.weighing.calibration import Method, Weighted, calibrate
from consult.weighing.cells import UNKNOWN, cross
from consult.weighing.targets import Targets
from consult.weighing.trimming import trimmed

THIN: Final = 10
"""A level with fewer rows is told of: its weight rests on few people."""


class Way(StrEnum):
    """The methods by the names of the command line."""

    RAKING = "raking"
    LINEAR = "linear"
    LOGIT = "logit"
    POSTSTRATIFY = "poststratify"


@dataclass(frozen=True, slots=True)
class Wish:
    """How to weigh. ``bounds``: lowest and highest weight ÷ base weight; ``base``: a column of
    base weights; ``cap``: the most that a weight may be, in mean weights."""

    way: Way = Way.RAKING
    bounds: tuple[float, float] | None = None
    base: str | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Weights of all rows, in their order, and what is told of them as JSON."""

    weights: NDArray[np.float64]
    told: dict[str, Any]


def weigh(sheet: Sheet, margins: Margins, wish: Wish) -> Done:
    """Weights of the rows of a file that meet the margins to 1e-10.

    Raises:
        Refusal: of :func:`consult.reports.core.columns.read`; ``reports.crossed_twice``,
            ``reports.value_missing``, ``reports.level_unknown``, ``reports.level_with_cross``,
            ``reports.base_weight``, ``reports.bounds_missing``, ``reports.bounds_unused``,
            ``reports.weigh_joint``; and
            ``weighing.*`` where the margins cannot be met.
    """
    method = _method(wish, margins)
    parts = {name: _parts(sheet, name) for name in margins.groups}
    numbers = [*margins.totals, *([wish.base] if wish.base else [])]
    columns = read(sheet, {part for names in parts.values() for part in names}, numbers)
    base = _base(sheet, columns, wish.base)
    words = {name: _words(sheet, columns, names) for name, names in parts.items()}
    missing = {name: int((one.codes < 0).sum()) for name, one in words.items()}
    for name, levels in margins.groups.items():
        _check(sheet, name, words[name], levels)
    cells = cross(
        {name: one.series() for name, one in words.items()},
        numbers={name: _array(columns, name) for name in margins.totals},
        base=base,
    )
    targets = Targets(margins.groups, margins.totals)
    if wish.cap is None:
        weighted = calibrate(cells, targets, method, wish.bounds)
    else:
        weighted = trimmed(cells, targets, method, wish.bounds, cap=wish.cap)
    return Done(weighted.spread(), _told(wish, weighted, margins, missing))


@dataclass(frozen=True, slots=True)
class _Words:
    """The levels of a margin in the sample; code -1 is a cell without anything in it."""

    names: tuple[str, ...]
    codes: NDArray[np.int32]

    def row(self, code: int) -> int:
        """The first row of the file with this code."""
        return int(np.argmax(self.codes == code)) + 2

    def series(self) -> "pd.Series[Any]":
        """As pandas likes it: codes and categories."""
        return pd.Series(pd.Categorical.from_codes(self.codes, pd.Index(self.names, dtype=object)))


def _method(wish: Wish, margins: Margins) -> Method:
    if wish.way is Way.POSTSTRATIFY and (len(margins.groups) != 1 or margins.totals):
        raise Refusal("reports.weigh_joint", margins=listed([*margins.groups, *margins.totals]))
    if wish.bounds is None and wish.way is Way.LOGIT:
        raise Refusal("reports.bounds_missing")
    if wish.bounds is not None and wish.way not in {Way.LINEAR, Way.LOGIT}:
        raise Refusal("reports.bounds_unused", method=str(wish.way))
    return Method.TRUNCATED if wish.way is Way.LINEAR and wish.bounds else Method(wish.way)


def _parts(sheet: Sheet, name: str) -> tuple[str, ...]:
    """The columns of a margin: one, or several that are crossed, such as ``age*wijk``."""
    parts = tuple(name.split(CROSS))
    if name in sheet.header or len(parts) == 1:
        parts = (name,)
    if len(set(parts)) != len(parts):
        raise Refusal("reports.crossed_twice", margin=name)
    for part in parts:
        sheet.place(part)
    return parts


def _base(sheet: Sheet, columns: Columns, name: str | None) -> NDArray[np.float64] | None:
    if name is None:
        return None
    base = _array(columns, name)
    wrong = np.flatnonzero(base <= 0)
    if len(wrong):
        row, found = int(wrong[0]) + 2, float(base[wrong[0]])
        raise Refusal("reports.base_weight", file=sheet.name, column=name, row=row, found=found)
    return base


def _array(columns: Columns, name: str) -> NDArray[np.float64]:
    return np.frombuffer(columns.numbers[name], dtype=np.float64)


def _words(sheet: Sheet, columns: Columns, parts: tuple[str, ...]) -> _Words:
    if len(parts) == 1:
        return _one(columns.levels[parts[0]])
    for part in parts:
        for level in columns.levels[part].names:
            if CROSS in level:
                row = columns.levels[part].row(level)
                raise Refusal("reports.level_with_cross", file=sheet.name, column=part, row=row)
    singles = [_one(columns.levels[part]) for part in parts]
    number = np.zeros(columns.rows, dtype=np.int64)
    for one in singles:
        number = number * (len(one.names) + 1) + one.codes + 1
    held, inverse = np.unique(number, return_inverse=True)
    names, place = [], np.full(len(held), -1, dtype=np.int32)
    for at, number_held in enumerate(held.tolist()):
        found = _joined(singles, number_held)
        if found is not None:
            place[at] = len(names)
            names.append(found)
    return _Words(tuple(names), place[inverse])


def _joined(singles: list[_Words], number: int) -> str | None:
    """The name of a crossed level; nothing where one of its parts is missing."""
    words: list[str] = []
    for one in reversed(singles):
        number, code = divmod(number, len(one.names) + 1)
        if code == 0:
            return None
        words.insert(0, one.names[code - 1])
    return CROSS.join(words)


def _one(levels: Levels) -> _Words:
    """A column of the file; its cells without anything get -1."""
    names = tuple(name for name in levels.names if name)
    place = np.array(
        [names.index(name) if name else -1 for name in levels.names], dtype=np.int32
    )
    return _Words(names, place[np.frombuffer(levels.codes, dtype=np.int32)])


def _check(sheet: Sheet, name: str, words: _Words, levels: Mapping[str, float]) -> None:
    """That the population knows every level of the sample."""
    if UNKNOWN not in levels and (words.codes < 0).any():
        rows = np.flatnonzero(words.codes < 0) + 2
        raise Refusal(
            "reports.value_missing",
            file=sheet.name,
            column=name,
            people=len(rows),
            rows=listed(rows.tolist()),
            level=UNKNOWN,
        )
    for code, level in enumerate(words.names):
        if level not in levels:
            raise Refusal(
                "reports.level_unknown",
                file=sheet.name,
                column=name,
                level=level,
                row=words.row(code),
                people=int((words.codes == code).sum()),
                known=listed(levels),
            )


def _told(
    wish: Wish, weighted: Weighted, margins: Margins, missing: Mapping[str, int]
) -> dict[str, Any]:
    counted = {name: weighted.cells.counted(name) for name in margins.groups}
    achieved, lowest = weighted.achieved(), float(weighted.weights.min())
    return {
        "method": str(wish.way),
        "bounds": list(wish.bounds) if wish.bounds else None,
        "base_weight": wish.base,
        "cap": wish.cap,
        "rows": weighted.cells.rows,
        "cells": len(weighted.cells.people),
        "iterations": weighted.iterations,
        "largest_margin_error": weighted.error,
        "weights": {
            "sum": weighted.total,
            "mean": weighted.mean,
            "min": lowest,
            "max": float(weighted.weights.max()),
            "min_ratio": weighted.ratios[0],
            "max_ratio": weighted.ratios[1],
        },
        "kish": {
            "design_effect": weighted.design_effect,
            "effective_rows": weighted.effective,
        },
        "capped": weighted.capped,
        "margins": {
            name: {
                level: {
                    "rows": counted[name].get(level, 0),
                    "target": target,
                    "achieved": achieved[name].get(level, 0.0),
                }
                for level, target in levels.items()
            }
            for name, levels in margins.groups.items()
        },
        "totals": {
            name: {"target": target, "achieved": weighted.totals()[name]}
            for name, target in margins.totals.items()
        },
        "missing": {name: rows for name, rows in missing.items() if rows},
        "thin": [
            {"margin": name, "level": level, "rows": rows}
            for name, found in counted.items()
            for level, rows in found.items()
            if rows < THIN
        ],
    }
