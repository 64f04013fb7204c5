"""What a population is like, from a JSON file: totals per level of a variable, and of numbers.

``{"age": {"18-34": 2172, "35+": 5210}, "income": 123456.0}``; docs/analysts.md tells all of it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.reading import at, parsed, within
from consult.refusal import Refusal

CROSS = "*"
"""Joins the names of variables that are crossed, and those of their levels."""
MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Margins:
    """``groups``: variable → level → people; ``totals``: numeric variable → sum over everybody."""

    groups: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    totals: Mapping[str, float] = field(default_factory=dict)


def read(raw: bytes) -> Margins:
    """The margins in a JSON file.

    Raises:
        Refusal: ``reading.*``, ``reports.margins_none``, ``reports.margin_kind``,
            ``reports.margin_empty``, ``reports.name_blank``, ``reports.margin_number``,
            ``reports.total_number``.
    """
    given = parsed(raw, most=MOST_BYTES)
    if not isinstance(given, dict):
        raise Refusal("reading.not_object", **at("{}", given))
    if not given:
        raise Refusal("reports.margins_none")
    groups: dict[str, dict[str, float]] = {}
    totals: dict[str, float] = {}
    for name, value in given.items():
        if not name:
            raise Refusal("reports.name_blank", field="{}")
        if isinstance(value, dict):
            groups[name] = _levels(name, value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            totals[name] = _finite(value)
            if not math.isfinite(totals[name]):
                raise Refusal("reports.total_number", **at(name, value))
        else:
            raise Refusal("reports.margin_kind", **at(name, value))
    return Margins(groups, totals)


def _levels(name: str, given: Mapping[str, object]) -> dict[str, float]:
    if not given:
        raise Refusal("reports.margin_empty", field=name)
    if "" in given:
        raise Refusal("reports.name_blank", field=name)
    return {level: _people(within(name, level), value) for level, value in given.items()}


def _people(where: str, value: object) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    number = _finite(value) if isinstance(value, int | float) and good else math.nan
    if not 0 <= number < math.inf:
        raise Refusal("reports.margin_number", **at(where, value))
    return number


def _finite(value: float) -> float:
    """As a float; a whole number beyond all floats is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf
