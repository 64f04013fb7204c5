"""The file of a report checked from the command line: do its counts give its numbers?"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Final

from consult.refusal import Refusal
from consult.reports.core.chain import Dimension
from consult.reports.core.recomputing import SHOWN, Printed, recompute
from consult.reports.telling import numbers, sheet
from consult.reports.telling.wording import Wording
from consult.wording import LANGUAGES

_LARGEST: Final = 16 * 1024 * 1024
_COUNTS: Final = 3
_MOST: Final = 10**9  # people in a group
_PLACES: Final = dict.fromkeys(SHOWN, 3) | dict.fromkeys(("index", "low", "high", "residual"), 2)
"""Digits after the point: percentages have one, and are shares in a file."""
Tables = Mapping[str, Mapping[str, Mapping[str, str]]]
"""What the lines of a file say: table → row → column → value."""


def check_report(path: Path) -> int:
    """Compute the tables of ``rapport.csv`` again; print them in full precision, as JSON.

    0: every printed number follows from the printed counts; 1: one does not.

    Raises:
        Refusal: ``reports.printed_unreadable``, ``reports.printed_line``,
            ``reports.printed_count`` or ``reports.no_tables``.
    """
    wording, tables = _read(path)
    found = {
        wording.dimension(by): recompute(rows, _overall(tables, by, wording), _PLACES)
        for by in Dimension
        if (rows := _counted(path.name, by, tables, wording))
    }
    if not found:
        raise Refusal("reports.no_tables", file=path.name)
    agreed = not any(one.unequal for one in found.values())
    told = {
        "agreed": agreed,
        "tables": {by: asdict(one) for by, one in found.items()},
        "program": f"Consult {version('consult')}",
    }
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return 0 if agreed else 1


def _read(path: Path) -> tuple[Wording, Tables]:
    try:
        large = path.stat().st_size > _LARGEST
        text = "" if large else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("reports.printed_unreadable", file=path.name) from error
    if large:
        raise Refusal("reports.printed_unreadable", file=path.name)
    try:
        head, *lines = [*csv.reader(io.StringIO(text, newline=""), delimiter=";")] or [[]]
    except csv.Error as error:
        raise Refusal("reports.printed_unreadable", file=path.name) from error
    for language in LANGUAGES:
        wording = Wording.of(language)
        if tuple(head) == sheet.columns(wording):
            return wording, _tables(lines, path.name)
    raise Refusal("reports.no_tables", file=path.name)


def _tables(lines: list[list[str]], name: str) -> Tables:
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for number, line in enumerate(lines, 2):
        if len(line) != len(("table", "row", "column", "value")):
            raise Refusal("reports.printed_line", file=name, line=number)
        table, row, column, value = line
        found[table][row][column] = value
    return found


def _both(tables: Tables, by: Dimension, wording: Wording) -> Mapping[str, Mapping[str, str]]:
    """The rows of the two tables of a dimension, as rows of one."""
    counts, indices = (tables.get(one, {}) for one in numbers.groups_captions(by, wording))
    return {label: {**cells, **indices.get(label, {})} for label, cells in counts.items()}


def _counted(name: str, by: Dimension, tables: Tables, wording: Wording) -> tuple[Printed, ...]:
    """The rows of a dimension, if their counts are counts of people."""
    rows = tuple(_rows(_both(tables, by, wording), wording))
    wrong = [row.label for row in rows if not 0 < row.base <= _MOST or row.participants < 0]
    if rows and not 0 < sum(row.participants for row in rows) <= _MOST:
        wrong.append(numbers.everybody(wording))
    if wrong:
        table, _ = numbers.groups_captions(by, wording)
        raise Refusal("reports.printed_count", file=name, table=table, row=wrong[0])
    return rows


def _rows(table: Mapping[str, Mapping[str, str]], wording: Wording) -> Iterator[Printed]:
    """The rows with counts; they partition the base. The last one, of everybody, is their sum."""
    columns = numbers.group_columns(wording)
    for label, cells in table.items():
        values = [_number(cells.get(column, ""), wording) for column in columns]
        counts, shown = values[:_COUNTS], values[_COUNTS:]
        if label != numbers.everybody(wording) and None not in counts:
            base, invited, participants = (_whole(count) for count in counts)
            yield Printed(label, base, invited, participants, dict(zip(SHOWN, shown, strict=True)))


def _overall(tables: Tables, by: Dimension, wording: Wording) -> tuple[float | None, float | None]:
    """The printed dissimilarity and its noise floor."""
    rows = tables.get(numbers.differences_caption(wording), {})
    cells = rows.get(wording.dimension(by), {})
    gap, floor, *_ = (
        _number(cells.get(column, ""), wording) for column in numbers.difference_columns(wording)
    )
    return gap, floor


def _number(said: str, wording: Wording) -> float | None:
    try:
        found = float(said.replace(",", ".") if wording.language == "nl" else said)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _whole(count: float | None) -> int:
    """A count; -1 for what is none."""
    return int(count) if count is not None and count.is_integer() else -1
