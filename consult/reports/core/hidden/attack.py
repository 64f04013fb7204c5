"""What readers of a report know, as publications that the audit of ADR 20 can attack.

Two readers, two publications. One holds the register and looks for who took part. The other does
not, and looks for how few people there are in a group.
"""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from consult.reports.core.chain import Dimension, Group
from consult.reports.core.hidden.places import EVERYBODY, Places, Sums, Where
from consult.surveys.core.counts.deduction import Deduction, Key, Relation, whole
from consult.surveys.core.counts.disclosure import Cell, Publication, Unprotectable, protect

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


def turnout(found: Places, told: Collection[Dimension], least: int) -> Publication:
    """Who took part and who did not, for a reader who holds the register.

    Of the groups of ``told`` dimensions she knows it already. A hidden number must keep a range of
    ``least``; or, where the total and the number of invited leave no such range, the one that they
    leave: of three people invited, nought to three can have come.
    """
    total = found.groups[EVERYBODY]
    cells: dict[Key, Cell] = {}
    for where in ordered(found, least):
        group = found.groups[where]
        fixed = where == EVERYBODY or where[0] in told
        most = _range(total, group)
        stayed = group.invited - group.participants
        cells[INVITED, *where] = Cell(group.invited, fixed=True)
        cells[TOOK, *where] = Known(group.participants, least, fixed=fixed, most=most)
        cells[STAYED, *where] = Known(stayed, least, fixed=fixed, most=most)
    for where, group in found.deep.items():
        cells[TOOK, *where] = Cell(group.participants, 0, told=False)
    return Publication(cells, (*_turnout(found),))


def ordered(found: Places, least: int) -> list[Where]:
    """All places; where one more must hide, the last goes first.

    That is the one of the fewest invited people that can cover another at all. It follows from the
    register alone: by participants the choice would tell that hidden numbers are smaller still.
    """
    return sorted(
        found.groups,
        key=lambda one: (
            found.groups[one].invited >= 2 * least,
            -found.groups[one].invited,
            one,
        ),
    )


def _range(total: Group, group: Group) -> int:
    """How many different numbers of participants fit the total, less one."""
    elsewhere = total.invited - group.invited
    return min(group.invited, total.participants) - max(0, total.participants - elsewhere)


def shielded(
    publication: Publication, already: AbstractSet[Key]
) -> tuple[Publication, frozenset[Key]]:
    """What must hide, though what is told elsewhere may leave some ranges narrow.

    Such a range must stay as wide as it is when nothing at all is shown; the publication that comes
    back says so.
    """
    while True:
        try:
            return publication, protect(publication, already)
        except Unprotectable as failed:
            (exposed,) = failed.args
            publication = _as_wide_as_known(publication, exposed)


def _as_wide_as_known(publication: Publication, exposed: Key) -> Publication:
    """The same, but the range of ``exposed`` need only be what it is with everything hidden."""
    free = frozenset(key for key, cell in publication.cells.items() if not cell.fixed)
    deduction = Deduction(publication.relations, publication.counts())
    deduction.narrow(free, {**dict.fromkeys(free, 0), exposed: publication.cells[exposed].width})
    low, high = deduction.range(exposed)
    cell = publication.cells[exposed]
    if high - low >= cell.width:
        raise Unprotectable(exposed)
    known = Known(cell.count, cell.least, most=high - low)
    return Publication({**publication.cells, exposed: known}, publication.relations)


def _turnout(found: Places) -> Iterator[Relation]:
    for where in found.groups:
        yield whole((INVITED, *where), [(TOOK, *where), (STAYED, *where)])
    yield from _sums(TOOK, (*found.sums, *found.deep_sums))
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
    cells, relations = _standing(found, free, hidden, least)
    made = protect(Publication(cells, relations))
    return frozenset(key[1:] for key in made if key[1:] in free)


def _standing(
    found: Places, free: AbstractSet[Where], hidden: AbstractSet[Where], least: int
) -> tuple[dict[Key, Cell], tuple[Relation, ...]]:
    counts = [BASE]
    if any(group.base != group.invited for group in found.groups.values()):
        counts += [INVITED, UNINVITED]
    cells: dict[Key, Cell] = {}
    relations: list[Relation] = []
    for where, group in found.groups.items():
        fixed = where not in free
        # Of a crossing no base is told without its turnout; only a small one has to be safe.
        told = where not in hidden or where[:1] != ("crossed",)
        cells[BASE, *where] = Cell(group.base, least, fixed=fixed, told=told)
        if len(counts) > 1:
            gap = group.base - group.invited
            cells[INVITED, *where] = Cell(group.invited, least, fixed=fixed, told=told)
            cells[UNINVITED, *where] = Cell(gap, least, harmless=True, told=False)
            relations.append(whole((BASE, *where), [(INVITED, *where), (UNINVITED, *where)]))
    for count in counts:
        relations += _sums(count, found.sums)
    return cells, tuple(relations)
