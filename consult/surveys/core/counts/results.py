"""What was answered, per question, as it may be seen: nothing of a small group.

Shares are of everybody who was asked; declining and leaving it open are rows like any other. What
is not shown is ``None``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.questions.base import Answer, Question
from consult.surveys.core.asking.questions.choices import Choice
from consult.surveys.core.counts.cube import asked_key, cube, least_of, no_answer
from consult.surveys.core.counts.deduction import Key
from consult.surveys.core.counts.disclosure import INSIDE, OUTSIDE, Publication, protect
from consult.surveys.core.counts.rows import Rows, Shape, places
from consult.surveys.core.counts.statistics import NOTHING, Numbers, numbers
from consult.surveys.core.counts.tables import ALL, EVERYBODY, Respondent, Slice, Tally, tally
from consult.surveys.core.counts.uncertainty import Response, plain, told, weighted
from consult.surveys.core.counts.weighted import weighable
from consult.weighing.intervals import Interval
from consult.weighing.kish import kish

SMALLEST_BASE: Final = 30
"""Outside, shares of fewer people than this say nothing."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of those who were asked, from 0 to 1, and its interval, if that means anything."""

    part: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: ``kind`` is ``row`` or a way of not answering, ``code`` that of the row."""

    kind: str
    code: str
    count: int | None = None
    share: Share | None = None
    weighted: Share | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The answers of everybody, or of one group (``where``: grouping and group)."""

    where: Slice
    asked: int | None
    lines: tuple[Line, ...]
    numbers: Numbers = NOTHING

    @property
    def shown(self) -> bool:
        """Whether any row can be seen."""
        return any(line.count is not None for line in self.lines)

    @property
    def whole(self) -> bool:
        """Whether no row is hidden."""
        return all(line.count is not None for line in self.lines)

    @property
    def answered(self) -> int | None:
        """How many gave an answer, if all who did not are told."""
        without = [line.count for line in self.lines if line.kind not in {"row", "answered"}]
        told = [count for count in without if count is not None]
        return self.asked - sum(told) if self.asked and len(told) == len(without) else None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """All tables of one question; ``groups`` only those in which something can be seen."""

    question: Question
    rows: Rows
    total: Table
    groups: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """All that may be seen by readers for whom ``least`` is the smallest group.

    ``people`` is ``None`` when fewer took part, or fewer than ten where the law protects an answer.
    ``self_selected``: nobody was invited, so there are no intervals. ``effective``: what the number
    of people is worth when weights are used.
    ``groups``: the ways to make groups, with their groups and sizes.
    """

    least: int
    people: int | None
    self_selected: bool
    effective: float | None
    groups: Mapping[str, Mapping[str, int]]
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class Views:
    """The same answers for two kinds of readers; outside shows nothing that inside hides."""

    inside: Results
    outside: Results


def views(
    questionnaire: Questionnaire,
    respondents: Iterable[Respondent],
    apart: Mapping[str, Iterable[Answer]],
    *,
    self_selected: bool,
    invited: int | None = None,
) -> Views:
    """What the council may see of these answers, and what everybody may see.

    ``apart``: see :func:`consult.surveys.core.counts.tables.tally`. ``invited``: how many people;
    intervals are wider when that is not known.

    Raises:
        Unprotectable: see :func:`consult.surveys.core.counts.disclosure.protect`.
    """
    counted = tally(questionnaire, respondents, apart)
    hidden: AbstractSet[Key] = frozenset()
    found = []
    for least in (INSIDE, OUTSIDE):
        # Of fewer people than a question's own limit no range is wide enough to hide anything.
        if counted.counts[ALL] < max(
            (least_of(one, least) for one in counted.questions), default=least
        ):
            found.append(Results(least, None, self_selected, None, {}, ()))
            continue
        publication = cube(counted, least)
        hidden = protect(publication, hidden)
        response = Response(counted.counts[ALL], invited)
        found.append(
            _Reading(counted, publication, hidden, least, self_selected, response).results()
        )
    return Views(*found)


@dataclass(frozen=True, slots=True)
class _Reading:
    tally: Tally
    publication: Publication
    hidden: AbstractSet[Key]
    least: int
    self_selected: bool
    response: Response

    def results(self) -> Results:
        people = self.tally.counts[ALL]
        weights = self.tally.weights[ALL]
        return Results(
            self.least,
            people,
            self.self_selected,
            kish(weights).people if len(weights) > 1 else None,
            {
                name: {one: self.tally.counts[*ALL, name, one] for one in groups}
                for name, groups in self.tally.groups.items()
            },
            tuple(self._question(question) for question in self.tally.questions),
        )

    def _question(self, question: Question) -> QuestionResult:
        total, *groups = (self._table(question, where) for where in self.tally.slices(question))
        shown = tuple(table for table in groups if table.shown)
        return QuestionResult(question, self.tally.rows[question.id], total, shown)

    def _table(self, question: Question, where: Slice) -> Table:
        asked = self._count(asked_key(self.tally, question, where))
        weighs = where == EVERYBODY and self._weighs(question, asked)
        lines = tuple(
            self._line(question, key, asked, where, weighs=weighs)
            for key in _keys(self.tally, question, where)
        )
        found = numbers(self.tally, question, where, self.hidden, self.least)
        return Table(where, asked, lines, found)

    def _line(
        self, question: Question, key: Key, asked: int | None, where: Slice, *, weighs: bool
    ) -> Line:
        count = self._count((*key, *where))
        if count is None or not self._tells(asked):
            return Line(key[1], key[2], count)
        part = count / (asked or 1)
        # Of a group it is not told how many were invited.
        left = self.response.left if where == EVERYBODY else 1.0
        share = Share(part, None if self.self_selected else plain(part, asked or 1, left))
        return Line(key[1], key[2], count, share, self._weighted(question, key) if weighs else None)

    def _weighted(self, question: Question, key: Key) -> Share:
        base = self.tally.weights[asked_key(self.tally, question)]
        mine = self.tally.weights.get(key, Counter())
        part = told(sum(w * n for w, n in mine.items()) / sum(w * n for w, n in base.items()))
        return Share(part, weighted(part, self.tally.counts[key], base, self.response))

    def _weighs(self, question: Question, asked: int | None) -> bool:
        if self.self_selected or question.id in self.tally.apart or not self._tells(asked):
            return False
        return weighable(self.tally, self.publication, self.hidden, question, self.least)

    def _tells(self, asked: int | None) -> bool:
        """Whether shares of so many people are told."""
        return asked is not None and (asked >= SMALLEST_BASE or self.least < OUTSIDE)

    def _count(self, key: Key) -> int | None:
        return None if key in self.hidden else self.tally.counts[key]


def _keys(counted: Tally, question: Question, where: Slice) -> Sequence[Key]:
    """The keys of the rows of a table, without the slice."""
    rows = counted.rows[question.id]
    none = [(question.id, said, "") for said in no_answer(counted, question)]
    if rows.shape is Shape.NONE:
        return [(question.id, "answered", ""), *none]
    codes = list(rows.codes)
    if rows.shape is Shape.PLACES and isinstance(question, Choice):
        told = places(question) if where == EVERYBODY else range(1, 2)
        codes = [f"{code}.{place}" for code in rows.codes for place in told]
    return [*((question.id, "row", code) for code in codes), *none]
