"""Two counts that must meet before a result is published (reference, security S13)."""

from typing import NamedTuple


class Balance(NamedTuple):
    """The ballot box after closing, each number counted in a way of its own.

    ``cast``: ballots taken in. ``replaced``: those followed by a later one of the same code.
    ``counted``: ballots added up. ``marked``: people on the roll who took part.

    Blank ballots are no part of it: only the sum is ever opened, and a sum does not tell how many
    people chose nobody.
    """

    cast: int
    replaced: int
    counted: int
    marked: int

    @property
    def holds(self) -> bool:
        """Whether every person who took part has one ballot that was counted, and nobody else."""
        return self.cast - self.replaced == self.counted == self.marked
