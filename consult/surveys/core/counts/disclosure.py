"""Which counts of a publication stay hidden, so that no small group can be worked out.

A publication is a fixed set of counts over one set of people, and all that anybody knows of how
these hang together: options add up to those who were asked, groups add up to everybody. A reader
may know every count that is shown, every relation, and this rule. Afterwards each hidden count can
still be anything in a range at least as wide as the smallest group that may be seen (ADR 20).
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from consult.surveys.core.counts.deduction import Deduction, Key, Relation

OUTSIDE: Final = 10
"""The smallest group of which anything is told outside (security T32)."""
INSIDE: Final = 5
"""The smallest group of which anything is told within the council."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of people.

    ``least``: the smallest that may be seen. Nought tells as much as one (nobody of a group said
    it), unless the cell is ``harmless``: nobody left the question open. ``fixed`` cells are shown
    whatever they are: how many people there are, and groups that were made large enough before.
    ``told`` is false for what is never shown, such as how many did not tick an option; small ones
    may not be worked out all the same.
    """

    count: int
    least: int = OUTSIDE
    harmless: bool = False
    fixed: bool = False
    told: bool = True

    @property
    def small(self) -> bool:
        """Whether it must be hidden whatever else is shown."""
        if self.fixed or (self.harmless and not self.count):
            return False
        return self.count < self.least

    @property
    def width(self) -> int:
        """How wide its range must be when it is hidden."""
        return self.least if self.told or self.small else 0


@dataclass(frozen=True, slots=True)
class Publication:
    """All counts that are published together, and how they hang together."""

    cells: Mapping[Key, Cell]
    relations: tuple[Relation, ...]

    def counts(self) -> dict[Key, int]:
        """The counts alone."""
        return {key: cell.count for key, cell in self.cells.items()}

    def widths(self) -> dict[Key, int]:
        """How wide the range of each must be when it is hidden."""
        return {key: cell.width for key, cell in self.cells.items()}

    def untold(self) -> frozenset[Key]:
        """Those that are never shown."""
        return frozenset(key for key, cell in self.cells.items() if not cell.told)


class Unprotectable(Exception):
    """Counts that could be worked out even with everything hidden that may be."""


def protect(publication: Publication, already: AbstractSet[Key] = frozenset()) -> frozenset[Key]:
    """The cells that must not be shown, among them those ``already`` hidden from closer readers.

    Small ones are hidden, then further ones until the audit finds nothing.

    Raises:
        Unprotectable: when hiding cannot help: the fixed cells give it away.
        ValueError: when the counts do not keep the relations.
    """
    counts, widths = publication.counts(), publication.widths()
    broken = [relation for relation in publication.relations if not relation.holds(counts)]
    if broken:
        raise ValueError(broken)
    cover = _Cover(publication, already)
    deduction = Deduction(publication.relations, counts)
    while True:
        cover.close()
        narrow = deduction.narrow(cover.hidden, widths, every=False)
        if not narrow:
            return frozenset(cover.hidden)
        for found in narrow:
            cover.widen(found.exposed[0], found.joined)


def audit(
    publication: Publication, hidden: AbstractSet[Key], *, every: bool = True
) -> tuple[Key, ...]:
    """Cells of which a reader can say more than is allowed; it must find none.

    With ``every`` false it stops searching joined cells at the first that it finds among them.

    It uses nothing of how ``hidden`` was chosen, nor anything that :func:`protect` worked out.
    """
    hidden = hidden | publication.untold()
    shown = [key for key, cell in publication.cells.items() if cell.small and key not in hidden]
    deduction = Deduction(publication.relations, publication.counts())
    narrow = deduction.narrow(hidden, publication.widths(), every=every)
    return (*shown, *(key for found in narrow for key in found.exposed))


class _Cover:
    """The set of hidden cells while it grows."""

    def __init__(self, publication: Publication, already: AbstractSet[Key]) -> None:
        self._cells = publication.cells
        self._order = {key: place for place, key in enumerate(publication.cells)}
        sums = [r for r in publication.relations if r.low == r.high == 0]
        self._waiting = list(sums)
        self._part_of: dict[Key, list[Relation]] = {key: [] for key in publication.cells}
        self._in: dict[Key, list[Relation]] = {key: [] for key in publication.cells}
        for relation in sums:
            for place, (key, _) in enumerate(relation.terms):
                self._in[key].append(relation)
                if place:
                    self._part_of[key].append(relation)
        small = {key for key, cell in publication.cells.items() if cell.small}
        self.hidden = small | publication.untold() | already

    def close(self) -> None:
        """Hide more until no sum gives away one cell or a small group by plain subtraction."""
        while self._waiting:
            relation = self._waiting.pop(0)
            while not self._covered(relation):
                added = self._next(key for key, _ in relation.terms)
                if added is None:
                    break
                self.hidden.add(added)
                self._waiting += [other for other in self._in[added] if other is not relation]

    def widen(self, exposed: Key, joined: Iterable[Key]) -> None:
        """Hide one more cell, near ``exposed``.

        Raises:
            Unprotectable: when none is left among the relations of ``joined``.
        """
        near = self._next(self._beside(exposed))
        if near is None:
            near = self._next(key for other in joined for key in self._beside(other))
        if near is None:
            raise Unprotectable(exposed)
        self.hidden.add(near)
        self._waiting += self._in[near]

    def _beside(self, key: Key) -> Iterator[Key]:
        return (other for relation in self._in[key] for other, _ in relation.terms)

    def _covered(self, relation: Relation) -> bool:
        held = [self._cells[key] for key, _ in relation.terms if key in self.hidden]
        if not any(cell.width for cell in held):
            return True
        if relation.terms[0][0] in self.hidden:
            return len(held) != 1
        together = sum(cell.count for cell in held)
        least = max(cell.least for cell in held)
        # A reader who knows the rule must not find all of them just below the limit either.
        return len(held) > 1 and together >= least and together != len(held) * (least - 1)

    def _next(self, among: Iterable[Key]) -> Key | None:
        """The cell to hide next: one that is missed little and gives little further trouble."""
        free = {key for key in among if key not in self.hidden and not self._cells[key].fixed}
        return min(free, key=self._price, default=None)

    def _price(self, key: Key) -> tuple[bool, int, bool, int]:
        """By the place of the cell alone: its count would tell that the small ones are smaller."""
        adds_up = any(relation.terms[0][0] == key for relation in self._in[key])
        alone = sum(
            all(other not in self.hidden for other, _ in relation.terms)
            for relation in self._part_of[key]
        )
        return adds_up, alone, not self._cells[key].harmless, -self._order[key]
