"""The fixed set of counts that a consultation publishes, and how they hang together.

Whoever reads them knows the questionnaire: options add up to those who were asked, nobody ticks
more than she may, and who was asked follows from earlier answers. All of it is a relation, so that
the audit sees it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.questions.choices import Choice, SeveralChoices
from consult.surveys.core.counts.deduction import Key, Relation, whole
from consult.surveys.core.counts.disclosure import OUTSIDE, Cell, Publication
from consult.surveys.core.counts.routes import Counted, route
from consult.surveys.core.counts.rows import Shape, places
from consult.surveys.core.counts.tables import ALL, EVERYBODY, Slice, Tally


@dataclass(slots=True)
class _Making:
    tally: Tally
    least: int
    cells: dict[Key, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def put(self, key: Key, least: int, *, harmless: bool = False) -> Key:
        self.cells.setdefault(key, Cell(self.tally.counts[key], least, harmless))
        return key

    def rest(self, key: Key, least: int, of: Key, but: Key, *, told: bool = True) -> Key:
        """Those of ``of`` that are not in ``but``."""
        count = self.tally.counts[of] - self.tally.counts[but]
        self.cells[key] = Cell(count, least, told=told)
        self.relations.append(whole(of, (but, key)))
        return key


def least_of(question: Question, least: int) -> int:
    """The smallest count of it that may be seen: for what the law protects, always the larger."""
    return max(OUTSIDE, least) if question.sensitive else least


def no_answer(tally: Tally, question: Question) -> tuple[str, ...]:
    """In which ways people may not have answered it."""
    left = not question.required or tally.counts[question.id, "open", ""]
    return (*(one.value for one in question.declines), *(("open",) if left else ()))


def asked_key(tally: Tally, question: Question, where: Slice = EVERYBODY) -> Key:
    """The key of how many were asked it."""
    return (*tally.bases[question.id], *where)


def answered_key(tally: Tally, question: Question, where: Slice = EVERYBODY) -> Key:
    """The key of how many answered it: if all had to, how many were asked."""
    if not no_answer(tally, question):
        return asked_key(tally, question, where)
    return (question.id, "answered", "", *where)


def cube(tally: Tally, least: int) -> Publication:
    """All counts of it and their relations; ``least`` is the smallest that may be seen."""
    made = _Making(tally, least)
    _fixed(made)
    for question in tally.questions:
        base = tally.bases[question.id]
        if base != ALL and base == ("asked", question.id):
            _routed(made, question)
        for where in tally.slices(question):
            _table(made, question, where)
    _grouped(made)
    return Publication(made.cells, tuple(made.relations))


def _fixed(made: _Making) -> None:
    groups = [(name, one) for name, found in made.tally.groups.items() for one in found]
    for where in (EVERYBODY, *groups):
        key = (*ALL, *where)
        made.cells[key] = Cell(made.tally.counts[key], made.least, fixed=True)


def _routed(made: _Making, question: Question) -> None:
    """Who was asked and who was passed over, and what earlier answers say of that."""
    tally = made.tally
    groups = [(name, one) for name, found in tally.groups.items() for one in found]
    for where in (EVERYBODY, *groups):
        everybody, asked = (*ALL, *where), ("asked", question.id, *where)
        made.put(asked, made.least)
        made.rest(("passed", question.id, *where), made.least, everybody, asked)
        met = tally.when[question.id]
        made.relations += route(Counted(tally, where), asked, everybody, met)


def _table(made: _Making, question: Question, where: Slice) -> None:
    tally, least = made.tally, least_of(question, made.least)
    asked, answered = asked_key(tally, question, where), answered_key(tally, question, where)
    none = [
        made.put((question.id, said, "", *where), least, harmless=True)
        for said in no_answer(tally, question)
    ]
    rows = list(_rows(made, question, where))
    if tally.rows[question.id].shape is Shape.PARTS:
        made.relations.append(whole(asked, (*rows, *none)))
        return
    if answered != asked:
        made.put(answered, least)
        made.relations.append(whole(asked, (answered, *none)))
    if isinstance(question, SeveralChoices):
        made.relations += _ticks(question, answered, where)
    if isinstance(question, Choice) and tally.rows[question.id].shape is Shape.PLACES:
        made.relations += _ranks(question, answered, where)


def _rows(made: _Making, question: Question, where: Slice) -> Iterator[Key]:
    tally, least = made.tally, least_of(question, made.least)
    rows = tally.rows[question.id]
    answered = answered_key(tally, question, where)
    for code in rows.codes:
        if rows.shape is Shape.PLACES and isinstance(question, Choice):
            # By group only who is put first; all places of all options would hide each other.
            for place in places(question) if where == EVERYBODY else (1,):
                yield made.put((question.id, "row", f"{code}.{place}", *where), least)
            continue
        key = made.put((question.id, "row", code, *where), least)
        yield key
        if rows.shape is Shape.MARKS:
            made.rest((question.id, "not", code, *where), least, answered, key, told=False)


def _ticks(question: SeveralChoices, answered: Key, where: Slice) -> Iterator[Relation]:
    """How many ticks people may have set."""
    rows = [((question.id, "row", code, *where), 1.0) for code in question.codes()]
    yield Relation((*rows, (answered, -1.0)), 0, float("inf"))
    yield Relation((*rows, (answered, -float(question.most))), -float("inf"), 0)
    for key, _ in rows:
        if question.none and key[2] != question.none:
            none = (question.id, "row", question.none, *where)
            yield Relation(((key, 1.0), (none, 1.0), (answered, -1.0)), -float("inf"), 0)


def _ranks(question: Choice, answered: Key, where: Slice) -> Iterator[Relation]:
    """Each place has one option; an option has one place, or none where not all get one."""
    told = places(question) if where == EVERYBODY else range(1, 2)
    for place in told:
        parts = [(question.id, "row", f"{code}.{place}", *where) for code in question.codes()]
        yield whole(answered, parts)
    for code in question.codes():
        held = [(question.id, "row", f"{code}.{place}", *where) for place in told]
        if len(told) == len(question.codes()):
            yield whole(answered, held)
        else:
            terms = (*((key, 1.0) for key in held), (answered, -1.0))
            yield Relation(terms, -float("inf"), 0)


def _grouped(made: _Making) -> None:
    """Groups are together everybody."""
    for key in [key for key in made.cells if len(key) in {2, 3} and key[0] != ALL[0]]:
        for name, groups in made.tally.groups.items():
            parts = [(*key, name, one) for one in groups]
            if all(part in made.cells for part in parts):
                made.relations.append(whole(key, parts))
