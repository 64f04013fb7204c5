"""Counts of a roll, or of the register, as the cells and margins of a chain."""

from collections.abc import Callable

from consult.register.core.tallying import Cell as Sort
from consult.register.core.tallying import Pair, Tally
from consult.reports.core.chain import Cell, Chain, Dimension, Group, Members

Labels = tuple[str, str, str]
"""What kind, age and neighbourhood are called in the chain."""
_Counts = Callable[[Pair], tuple[int, int, int]]
"""Base, invited and participants, of people and those who took part."""


def as_they_are(sort: Sort) -> Labels:
    """The labels of the register itself."""
    return sort


def asked(
    found: Tally, bodies: tuple[Members, ...] = (), named: Callable[[Sort], Labels] = as_they_are
) -> Chain:
    """The chain of a roll, of which everybody was invited.

    ``named``: in which groups people are told of.
    """
    return _chain(found, bodies, named, lambda pair: (pair[0], *pair))


def unasked(found: Tally, bodies: tuple[Members, ...] = ()) -> Chain:
    """The base alone: nobody was invited to anything."""
    return _chain(found, bodies, as_they_are, lambda pair: (pair[0], 0, 0))


def _chain(
    found: Tally, bodies: tuple[Members, ...], named: Callable[[Sort], Labels], counts: _Counts
) -> Chain:
    margins = {
        Dimension(trait): tuple(
            Group(label, *counts(pair)) for label, pair in sorted(by_label.items())
        )
        for trait, by_label in found.margins.items()
    }
    cells = (Cell(*named(sort), *counts(pair)) for sort, pair in found.cells.items())
    return Chain(tuple(cells), margins, bodies)
