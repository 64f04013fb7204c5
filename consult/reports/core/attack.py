"""What readers of a report know, as publications that the audit of ADR 20 can attack.

Two readers, two publications. One holds the register and looks for who took part. The other does
not, and looks for how few people there are in a group.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from consult.reports.core.chain import Group
from consult.reports.core.places import EVERYBODY, Places, Sums, Where
from consult.surveys.core.counts.deduction import Key, Relation, whole
from consult.surveys.core.counts.disclosure import Cell, Publication, protect

TOOK: Final = "took"
STAYED: Final = "stayed"
INVITED: Final = "invited"
BASE: Final = "base"
UNINVITED: Final = "uninvited"


@dataclass(frozen=True, slots=True)
class Known(Cell):
    """A count that can be anything in a range of ``most`` already, before a table is made."""

    most: int = 0

    @property
    def width(self) -> int:
        """How wide its range must be when it is hidden: no narrower than it was."""
        return min(self.least, self.most)


def turnout(found: Places, least: int) -> Publication:
    """Who took part and who did not, for a reader who holds the register.

    A hidden number must keep a range of ``least``. Where the total and the number of invited leave
    no such range, it must keep the one that they leave: a report adds nothing. (Of three people
    invited, nought to three can have come.)
    """
    total = found.groups[EVERYBODY]
    cells: dict[Key, Cell] = {}
    for where, group in found.groups.items():
        stayed = group.invited - group.participants
        cells[INVITED, *where] = Cell(group.invited, fixed=True)
        if where == EVERYBODY:
            cells[TOOK, *where] = Cell(group.participants, fixed=True)
            cells[STAYED, *where] = Cell(stayed, fixed=True)
            continue
        most = _range(total, group)
        cells[TOOK, *where] = Known(group.participants, least, most=most)
        cells[STAYED, *where] = Known(stayed, least, most=most)
    for where, group in found.told.items():
        cells[TOOK, *where] = Cell(group.participants, fixed=True)
    for where, group in found.deep.items():
        cells[TOOK, *where] = Cell(group.participants, 0, told=False)
    return Publication(cells, (*_turnout(found),))


def _range(total: Group, group: Group) -> int:
    """How many different numbers of participants fit the total, less one."""
    elsewhere = total.invited - group.invited
    return min(group.invited, total.participants) - max(0, total.participants - elsewhere)


def _turnout(found: Places) -> Iterator[Relation]:
    for where in found.groups:
        yield whole((INVITED, *where), [(TOOK, *where), (STAYED, *where)])
    yield from _sums(TOOK, (*found.sums, *found.told_sums, *found.deep_sums))
    yield from _sums(STAYED, found.sums)
    for where, group in found.deep.items():
        yield Relation((((TOOK, *where), 1.0),), 0, group.invited)


def _sums(count: str, sums: Sums) -> Iterator[Relation]:
    for where, parts in sums:
        yield whole((count, *where), [(count, *part) for part in parts])


def standing(
    found: Places, hidden: AbstractSet[Where], least: int, *, shown_too: bool = False
) -> frozenset[Where]:
    """Where the base and the invited hide, for a reader without the register; among ``hidden``.

    ``shown_too``: what is told of turnout now may hide as well.

    Raises:
        Unprotectable: when more than ``hidden`` has to hide.
    """
    free = found.groups.keys() - {EVERYBODY} if shown_too else hidden
    cells, relations = _standing(found, free, least)
    already = frozenset((BASE, *where) for where in hidden if where[:1] == ("crossed",))
    made = protect(Publication(cells, relations), already)
    return frozenset(key[1:] for key in made if key[1:] in free)


def _standing(
    found: Places, free: AbstractSet[Where], least: int
) -> tuple[dict[Key, Cell], tuple[Relation, ...]]:
    counts = [BASE]
    if any(group.base != group.invited for group in found.groups.values()):
        counts += [INVITED, UNINVITED]
    cells: dict[Key, Cell] = {}
    relations: list[Relation] = []
    for where, group in found.groups.items():
        fixed = where not in free
        cells[BASE, *where] = Cell(group.base, least, fixed=fixed)
        if len(counts) > 1:
            gap = group.base - group.invited
            cells[INVITED, *where] = Cell(group.invited, least, fixed=fixed)
            cells[UNINVITED, *where] = Cell(gap, least, harmless=True, fixed=fixed)
            relations.append(whole((BASE, *where), [(INVITED, *where), (UNINVITED, *where)]))
    for count in counts:
        relations += _sums(count, found.sums)
    return cells, tuple(relations)
