"""The places in a report where a number may stand, and how these numbers add up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from consult.reports.core.chain import Cell, Chain, Dimension, Group, together

Where = tuple[str, ...]
"""Everybody: (); a group: its dimension and label; a crossing: ``crossed`` and its two labels."""
EVERYBODY: Final[Where] = ()
ROWS: Final = Dimension.NEIGHBOURHOOD
COLUMNS: Final = Dimension.AGE_BAND
"""What is crossed: never more than two dimensions, and never others."""

Sums = tuple[tuple[Where, tuple[Where, ...]], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The counts of each place, and which add up to which (the sum first).

    ``deep``: cells of which a report shows nothing, though who holds the register knows how many
    were invited in each.
    """

    groups: Mapping[Where, Group]
    sums: Sums
    deep: Mapping[Where, Group]
    deep_sums: Sums

    def within(self, dimension: Dimension) -> tuple[Where, ...]:
        """The groups of one dimension."""
        return tuple(where for where in self.groups if where[:1] == (dimension,))


def group_at(dimension: Dimension, label: str) -> Where:
    """The place of a group."""
    return (dimension.value, label)


def crossing_at(row: str, column: str) -> Where:
    """The place where two groups cross."""
    return ("crossed", row, column)


def places(chain: Chain) -> Places:
    """All places of a report."""
    groups = {EVERYBODY: chain.total()}
    sums = []
    for dimension in Dimension:
        margin = {group_at(dimension, one.label): one for one in chain.margin(dimension)}
        groups |= margin
        sums += _add_up(margin, lambda _: EVERYBODY)
    crossed = _counted(chain.cells, lambda one: crossing_at(one.neighbourhood, one.age_band))
    sums += _add_up(crossed, lambda where: group_at(ROWS, where[1]))
    sums += _add_up(crossed, lambda where: group_at(COLUMNS, where[2]))
    deep = _counted(chain.cells, lambda one: ("deep", one.neighbourhood, one.age_band, one.kind))
    deep_sums = _add_up(deep, lambda where: crossing_at(where[1], where[2]))
    deep_sums += _add_up(deep, lambda where: group_at(Dimension.KIND, where[3]))
    return Places(groups | crossed, tuple(sums), deep, tuple(deep_sums))


def _counted(cells: Iterable[Cell], place: Callable[[Cell], Where]) -> dict[Where, Group]:
    held: dict[Where, list[Cell]] = {}
    for cell in cells:
        held.setdefault(place(cell), []).append(cell)
    return {where: together(ours) for where, ours in held.items()}


def _add_up(
    parts: Iterable[Where], of: Callable[[Where], Where]
) -> list[tuple[Where, tuple[Where, ...]]]:
    held: dict[Where, list[Where]] = {}
    for part in parts:
        held.setdefault(of(part), []).append(part)
    return [(whole, tuple(ours)) for whole, ours in held.items()]
