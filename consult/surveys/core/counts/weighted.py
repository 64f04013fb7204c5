"""Whether weighted shares may be told beside plain ones.

A count and its weighted share are two sums over the same people: together they say how many of
them have a heavy weight. Weights stand for groups, so that can give away how a group answered,
though its count is hidden. So the shares of a question are told only if the audit, with the
weights in its hands, finds nothing.
"""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.counts.cube import answered_key, asked_key, no_answer
from consult.surveys.core.counts.deduction import Key, Relation, whole
from consult.surveys.core.counts.disclosure import Cell, Publication, audit
from consult.surveys.core.counts.rows import Shape
from consult.surveys.core.counts.tables import ALL, EVERYBODY, Slice, Tally
from consult.surveys.core.counts.uncertainty import ROUNDED, told


def weighable(
    tally: Tally,
    publication: Publication,
    hidden: AbstractSet[Key],
    question: Question,
    least: int,
) -> bool:
    """Whether weighted shares of everybody's answers to ``question`` give nothing away.

    The reader is supposed to know the weights, and of how many of each in each group it was asked.
    """
    crossing = _Crossing(tally, question, least)
    if len(crossing.weights) < 2:
        return False
    crossing.take(publication)
    everybody, *groups = tally.slices(question)
    crossing.cross(everybody)
    for key in crossing.rows:
        if key not in hidden:
            crossing.tell(key)
    # What is exposed though less is known is exposed; that is quicker found, and often so.
    if crossing.exposes(hidden, crossing.without_groups()):
        return False
    for where in groups:
        crossing.cross(where)
    return not crossing.exposes(hidden, crossing.cells)


@dataclass(slots=True)
class _Crossing:
    """Counts of one question, with how many people of each weight are in them."""

    tally: Tally
    question: Question
    least: int
    weights: list[float] = field(init=False)
    rows: list[Key] = field(init=False)
    cells: dict[Key, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.weights = sorted(self.tally.weights[asked_key(self.tally, self.question)])

    def take(self, publication: Publication) -> None:
        """Take over what is published of the question."""
        base, size = asked_key(self.tally, self.question), len(ALL)
        self.cells = {
            key: cell
            for key, cell in publication.cells.items()
            if key[0] == self.question.id or key[: len(base)] == base or key[:size] == ALL
        }
        self.relations = [
            relation
            for relation in publication.relations
            if all(key in self.cells for key, _ in relation.terms)
        ]
        self.rows = [
            key
            for key in self.cells
            if len(key) == 3 and key[0] == self.question.id and key[1] != "not"
        ]

    def cross(self, where: Slice) -> None:
        """Part each count in a slice by weight."""
        asked = asked_key(self.tally, self.question)
        rows = [key for key in self.rows if (*key, *where) in self.cells]
        for weight in self.weights:
            for key in rows:
                self._put(key, weight, where)
            self._put(asked, weight, where)
            self._add_up(asked, rows, weight, where)
        for key in rows:
            parts = [_of(key, weight, where) for weight in self.weights]
            self.relations.append(whole((*key, *where), parts))

    def tell(self, key: Key) -> None:
        """Its weighted share becomes known, as far as it is rounded."""
        base = self.tally.weights[asked_key(self.tally, self.question)]
        total = sum(weight * people for weight, people in base.items())
        mine = self.tally.weights.get(key, Counter())
        share = sum(weight * people for weight, people in mine.items()) / total
        terms = tuple((_of(key, weight, EVERYBODY), weight) for weight in self.weights)
        low, high = told(share) - ROUNDED / 2, told(share) + ROUNDED / 2
        self.relations.append(Relation(terms, low * total, high * total))

    def without_groups(self) -> dict[Key, Cell]:
        """The counts of everybody, by weight and not."""
        return {
            key: cell for key, cell in self.cells.items() if len(key) <= 3 or key[-2] == "weight"
        }

    def exposes(self, hidden: AbstractSet[Key], cells: Mapping[Key, Cell]) -> bool:
        """Whether what is known of these counts alone says too much of one of them."""
        known = tuple(r for r in self.relations if all(key in cells for key, _ in r.terms))
        return bool(audit(Publication(cells, known), hidden & cells.keys(), every=False))

    def _put(self, key: Key, weight: float, where: Slice) -> None:
        count = self.tally.crossed[key, weight, where]
        if key == asked_key(self.tally, self.question):
            self.cells[_of(key, weight, where)] = Cell(count, fixed=True)
            return
        # By weight and group at once a count is never told, nor is anything told that sums it up.
        least = self.least if where == EVERYBODY else 0
        self.cells[_of(key, weight, where)] = Cell(count, least, told=False)
        if where != EVERYBODY and where[1] == self.tally.groups[where[0]][0]:
            groups = [(where[0], one) for one in self.tally.groups[where[0]]]
            parts = [_of(key, weight, one) for one in groups]
            self.relations.append(whole(_of(key, weight, EVERYBODY), parts))

    def _add_up(self, asked: Key, rows: list[Key], weight: float, where: Slice) -> None:
        everybody = _of(asked, weight, where)
        told = [_of(key, weight, where) for key in rows]
        if self.tally.rows[self.question.id].shape is Shape.PARTS:
            self.relations.append(whole(everybody, told))
            return
        none = {(self.question.id, said, "") for said in no_answer(self.tally, self.question)}
        answered = answered_key(self.tally, self.question)
        if none:
            parts = [_of(key, weight, where) for key in rows if key in none or key == answered]
            self.relations.append(whole(everybody, parts))
        for key in rows:
            if key != answered and key not in none:
                held = _of(answered, weight, where)
                terms = ((_of(key, weight, where), 1.0), (held, -1.0))
                self.relations.append(Relation(terms, -float("inf"), 0))


def _of(key: Key, weight: float, where: Slice) -> Key:
    return (*key, "weight", str(weight), *where)
