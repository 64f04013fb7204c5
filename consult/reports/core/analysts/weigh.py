"""Weights for a sample of any origin: what ``consult weigh`` computes from its two files.

The file's words become the cells of :mod:`consult.weighing`; what does not fit together is refused
by the row in which it stands. docs/analysts.md tells of the formats, ADR 28 why they are so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.reports.core.analysts.columns import Columns, Sheet, listed, read
from consult.reports.core.analysts.levels import Words, check_missing, words
from consult.reports.core.analysts.margins_file import CROSS, Margins
from consult.weighing.calibration import Method, Weighted, calibrate
from consult.weighing.cells import UNKNOWN, Cells, cross
from consult.weighing.targets import Targets
from consult.weighing.trimming import trimmed

THIN: Final = 10
"""A level with fewer rows is told of: its weights rest on few people."""


class Way(StrEnum):
    """The methods by the names of the command line."""

    RAKING = "raking"
    LINEAR = "linear"
    LOGIT = "logit"
    POSTSTRATIFY = "poststratify"


@dataclass(frozen=True, slots=True)
class Wish:
    """How to weigh.

    ``bounds``: lowest and highest weight ÷ base weight; ``base``: the column of base weights;
    ``cap``: the most that a weight may be, in mean weights.
    """

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
        Refusal: of :func:`consult.reports.core.analysts.columns.read`; ``reports.bounds_missing``,
            ``reports.bounds_unused``, ``reports.weigh_joint``, ``reports.crossed_twice``,
            ``reports.base_weight``, ``reports.level_with_cross``, ``reports.cells_empty``,
            ``reports.level_unknown``; and ``weighing.*`` where the margins cannot be met.
    """
    method = _method(wish, margins)
    cells = _cells(sheet, margins, wish)
    targets = Targets(margins.groups, margins.totals)
    if wish.cap is None:
        weighted = calibrate(cells, targets, method, wish.bounds)
    else:
        weighted = trimmed(cells, targets, method, wish.bounds, cap=wish.cap)
    return Done(weighted.spread(), _told(wish, weighted, margins))


def _method(wish: Wish, margins: Margins) -> Method:
    if wish.way is Way.POSTSTRATIFY and (len(margins.groups) != 1 or margins.totals):
        raise Refusal("reports.weigh_joint", margins=listed([*margins.groups, *margins.totals]))
    if wish.bounds is None and wish.way is Way.LOGIT:
        raise Refusal("reports.bounds_missing")
    if wish.bounds is not None and wish.way not in {Way.LINEAR, Way.LOGIT}:
        raise Refusal("reports.bounds_unused", method=str(wish.way))
    return Method.TRUNCATED if wish.way is Way.LINEAR and wish.bounds else Method(wish.way)


def _cells(sheet: Sheet, margins: Margins, wish: Wish) -> Cells:
    parts = {name: _parts(sheet, name) for name in margins.groups}
    numbers = {*margins.totals, *([wish.base] if wish.base else [])}
    columns = read(sheet, {part for names in parts.values() for part in names}, numbers)
    found = {name: words(sheet, columns, names) for name, names in parts.items()}
    for name, levels in margins.groups.items():
        check_missing(sheet, name, found[name], known=UNKNOWN in levels)
        _check_levels(sheet, name, found[name], levels)
    return cross(
        {name: one.series() for name, one in found.items()},
        numbers={name: _array(columns, name) for name in margins.totals},
        base=_base(sheet, columns, wish.base) if wish.base else None,
    )


def _parts(sheet: Sheet, name: str) -> tuple[str, ...]:
    """The columns of a margin: one, or several that are crossed, such as ``age*wijk``."""
    parts = (name,) if name in sheet.header else tuple(name.split(CROSS))
    if len(set(parts)) != len(parts):
        raise Refusal("reports.crossed_twice", margin=name)
    for part in parts:
        sheet.place(part)
    return parts


def _base(sheet: Sheet, columns: Columns, name: str) -> NDArray[np.float64]:
    base = _array(columns, name)
    wrong = np.flatnonzero(base <= 0)
    if len(wrong):
        row, found = int(wrong[0]) + 2, float(base[wrong[0]])
        raise Refusal("reports.base_weight", file=sheet.name, column=name, row=row, found=found)
    return base


def _array(columns: Columns, name: str) -> NDArray[np.float64]:
    return np.frombuffer(columns.numbers[name], dtype=np.float64)


def _check_levels(sheet: Sheet, name: str, found: Words, levels: Mapping[str, float]) -> None:
    """That the population knows every level of the sample."""
    unknown = [code for code, level in enumerate(found.names) if level not in levels]
    if unknown:
        first = int(found.codes[np.argmax(np.isin(found.codes, unknown))])
        raise Refusal(
            "reports.level_unknown",
            file=sheet.name,
            column=name,
            level=found.names[first],
            row=found.row(first),
            people=found.people(first),
            known=listed(levels),
        )


def _told(wish: Wish, weighted: Weighted, margins: Margins) -> dict[str, Any]:
    cells, totals = weighted.cells, weighted.totals()
    counted = {name: cells.counted(name) for name in margins.groups}
    lowest, highest = weighted.ratios
    return {
        "method": str(wish.way),
        "bounds": list(wish.bounds) if wish.bounds else None,
        "base_weight": wish.base,
        "cap": wish.cap,
        "rows": cells.rows,
        "cells": len(cells.people),
        "iterations": weighted.iterations,
        "largest_margin_error": weighted.error,
        "weights": {
            "sum": weighted.total,
            "mean": weighted.mean,
            "min": float(weighted.weights.min()),
            "max": float(weighted.weights.max()),
            "min_ratio": lowest,
            "max_ratio": highest,
        },
        "kish_design_effect": weighted.design_effect,
        "effective_rows": weighted.effective,
        "capped": weighted.capped,
        "margins": _margins(weighted, margins, counted),
        "totals": {
            name: {"target": target, "achieved": totals[name]}
            for name, target in margins.totals.items()
        },
        "thin": [
            {"margin": name, "level": level, "rows": rows}
            for name, found in counted.items()
            for level, rows in found.items()
            if rows < THIN
        ],
    }


def _margins(
    weighted: Weighted, margins: Margins, counted: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    achieved = weighted.achieved()
    return {
        name: {
            level: {
                "rows": counted[name].get(level, 0),
                "target": target,
                "achieved": achieved[name].get(level, 0.0),
            }
            for level, target in levels.items()
        }
        for name, levels in margins.groups.items()
    }
