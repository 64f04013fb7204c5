"""Which numbers of a report stay hidden, so that nobody can be recognised in it.

That somebody took part, or stayed away, is a fact about a person. All tables of a report are one
fixed publication: each group of each dimension, and neighbourhoods by ages. A reader may hold the
register, and so knows how many were invited in every group and every cell; she knows every number
that is shown, every sum, and this rule. What she must not find is who took part (ADR 30).
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from consult.reports.core.chain import Chain, Dimension, Group, together
from consult.reports.core.edition import Readers
from consult.reports.core.hidden.attack import STAYED, TOOK, ordered, shielded, standing, turnout
from consult.reports.core.hidden.places import (
    COLUMNS,
    EVERYBODY,
    ROWS,
    Places,
    Where,
    group_at,
    places,
)
from consult.surveys.core.counts.disclosure import Unprotectable


@dataclass(frozen=True, slots=True)
class Hiding:
    """What readers do not see: how many took part, or not even how many there are.

    ``people`` are among ``turnout``.
    """

    turnout: frozenset[Where]
    people: frozenset[Where]


def hide(chain: Chain, told: Collection[Dimension]) -> dict[Readers, Hiding]:
    """What each kind of readers does not see; without readers who may see no number at all.

    ``told``: dimensions whose groups have their numbers of participants told elsewhere.
    What the council does not see, nobody outside sees: else a member could subtract the two.
    """
    found = places(chain)
    made: dict[Readers, Hiding] = {}
    already: frozenset[Where] = frozenset()
    for readers in (Readers.INSIDE, Readers.OUTSIDE):
        if not tellable(found.groups[EVERYBODY], readers.least):
            break
        made[readers] = Search(found, told, readers.least).run(already)
        already = made[readers].turnout
    return made


def tellable(group: Group, least: int) -> bool:
    """Whether so many took part, and stayed away, that both may be told.

    The stages of the chain are nested, so what lies between two of them is a count as well.
    """
    uninvited = group.base - group.invited
    return (
        group.participants >= least
        and group.invited - group.participants >= least
        and (uninvited == 0 or uninvited >= least)
    )


class Search:
    """Hides more until all three conditions hold: turnout, the sums of hidden ones, and bases."""

    def __init__(self, found: Places, told: Collection[Dimension], least: int) -> None:
        self._found = found
        self._least = least
        self._turnout = turnout(found, told, least)
        order = ordered(found, least)
        self._tables = [[one for one in order if one[:1] == (dim,)] for dim in Dimension]
        self._never = frozenset(
            where
            for groups in self._tables
            for where in groups
            if not tellable(found.groups[where], least)
        )

    def run(self, already: AbstractSet[Where]) -> Hiding:
        """The least that has to hide, ``already`` among it."""
        small = already | self._never
        small |= self._covers(small)
        hidden = self._protected(small | self._beneath(small))
        while True:
            more = self._covers(hidden) | self._for_sums(hidden) | self._beneath(hidden)
            more -= hidden
            if not more:
                people, more = self._people(hidden)
            if not more:
                return Hiding(hidden, people)
            hidden = self._protected(hidden | more)

    def _covers(self, hidden: AbstractSet[Where]) -> frozenset[Where]:
        """In each table in which something hides, one group that then hides whatever it counts.

        It covers the others. Were it there only when it is needed, its absence would tell that each
        of the hidden ones is small.
        """
        covers = (groups[-1] for groups in self._tables if any(where in hidden for where in groups))
        return frozenset(covers)

    def _beneath(self, hidden: AbstractSet[Where]) -> frozenset[Where]:
        """The crossings of hidden groups: one shown alone would tell why the others hide."""
        return frozenset(
            where
            for where in self._found.groups
            if where[:1] == ("crossed",)
            and (group_at(ROWS, where[1]) in hidden or group_at(COLUMNS, where[2]) in hidden)
        )

    def _protected(self, already: AbstractSet[Where]) -> frozenset[Where]:
        keys = frozenset((side, *where) for where in already for side in (TOOK, STAYED))
        free = frozenset(key for key in keys if not self._turnout.cells[key].fixed)
        self._turnout, hidden = shielded(self._turnout, free)
        found = frozenset(key[1:] for key in hidden if key[1:] in self._found.groups)
        return found | already

    def _for_sums(self, hidden: AbstractSet[Where]) -> frozenset[Where]:
        """Groups that must hide because the hidden ones of a table, together, may not be told."""
        more = set()
        for groups in self._tables:
            ours = [self._found.groups[where] for where in groups if where in hidden]
            left = [where for where in groups if where not in hidden]
            if ours and left and not tellable(together(ours), self._least):
                more.add(left[-1])
        return frozenset(more)

    def _people(self, hidden: AbstractSet[Where]) -> tuple[frozenset[Where], frozenset[Where]]:
        """Places whose base hides; and those that must hide all, before any base is safe."""
        try:
            return standing(self._found, hidden, self._least), frozenset()
        except Unprotectable:
            wanted = standing(self._found, hidden, self._least, shown_too=True)
            return wanted & hidden, wanted - hidden
