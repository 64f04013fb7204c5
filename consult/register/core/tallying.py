"""How many people of a roll there are of each sort, and how many of them took part.

Kind, age and neighbourhood are counted crossed. Dwelling, tenancy and household are counted one by
one and never crossed with anything: together they would point at single people.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entitled, Entry, Trait

Cell = tuple[Kind, AgeBand, str]
"""Kind of customer, age band, neighbourhood."""
Pair = tuple[int, int]
"""People on the roll, and those of them who took part."""
_Person = TypeVar("_Person", Entry, Entitled)
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by cell and by the values of each trait; a trait that nobody is known by is left out.

    Each of the margins adds up to the cells.
    """

    cells: Mapping[Cell, Pair]
    margins: Mapping[Trait, Mapping[str, Pair]] = field(default_factory=dict)

    @property
    def participants(self) -> int:
        """How many took part, of all sorts together."""
        return sum(took_part for _, took_part in self.cells.values())


def tally(people: Iterable[_Person], took_part: Callable[[_Person], bool]) -> Tally:
    """Count people, and those of whom ``took_part`` says so."""
    cells: dict[Cell, Pair] = {}
    margins: dict[Trait, dict[str, Pair]] = {trait: {} for trait in Trait}
    for one in people:
        came = int(took_part(one))
        _add(cells, (one.kind, one.age_band, one.neighbourhood), came)
        _add(margins[Trait.DWELLING], str(one.dwelling), came)
        _add(margins[Trait.TENANCY], str(one.tenancy), came)
        _add(margins[Trait.HOUSEHOLD], str(one.household), came)
    known = {trait: counts for trait, counts in margins.items() if counts.keys() - {"unknown"}}
    return Tally(cells, known)


def to_data(found: Tally) -> dict[str, Any]:
    """A tally as JSON values, as many bytes long whoever took part.

    Else somebody who holds the roll could tell from the length of what is sealed how many digits
    the hidden numbers have.
    """
    return {
        "cells": [[*cell, *_even(pair)] for cell, pair in sorted(found.cells.items())],
        "margins": {
            str(trait): {value: _even(pair) for value, pair in sorted(counts.items())}
            for trait, counts in found.margins.items()
        },
    }


def from_data(kept: Any) -> Tally:
    """The reverse; a list is of before there were margins, and holds the cells alone."""
    cells, margins = (kept, {}) if isinstance(kept, list) else (kept["cells"], kept["margins"])
    return Tally(
        {
            (Kind(kind), AgeBand(band), place): (people, int(took_part))
            for kind, band, place, people, took_part in cells
        },
        {
            Trait(trait): {value: (people, int(came)) for value, (people, came) in counts.items()}
            for trait, counts in margins.items()
        },
    )


def _even(pair: Pair) -> list[int | str]:
    """The second number in as many digits as the first."""
    people, took_part = pair
    return [people, f"{took_part:0{len(str(people))}}"]


def _add(counts: dict[_Key, Pair], key: _Key, came: int) -> None:
    people, participants = counts.get(key, (0, 0))
    counts[key] = (people + 1, participants + came)
