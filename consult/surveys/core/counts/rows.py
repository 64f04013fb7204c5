"""The rows of a question's table, and in which of them an answer falls.

Numbers and days fall in bins with round edges. The outer bins are open: the smallest and the
largest answer are somebody's own and are never told.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Answer, Question
from consult.surveys.core.asking.questions.choices import (
    Choice,
    OneChoice,
    Ranking,
    Scale,
    SeveralChoices,
)

MOST_BINS: Final = 8
FULL: Final = 10
"""The fewest people in a bin, for every reader the same: bins of two sizes could be subtracted."""


class Shape(StrEnum):
    """How the rows of a table hang together."""

    PARTS = "parts"
    """Each answer is in one row."""
    MARKS = "marks"
    """Each row is said yes or no to by itself."""
    PLACES = "places"
    """Each option is in one place, each place has one option."""
    NONE = "none"
    """Only that there is an answer is counted."""


@dataclass(frozen=True, slots=True)
class Rows:
    """``codes`` of the rows; ``edges`` between bins, as whole numbers, for numbers and days."""

    shape: Shape
    codes: tuple[str, ...] = ()
    edges: tuple[int, ...] = ()


def rows_of(question: Question, values: Sequence[int] = ()) -> Rows:
    """The rows for ``question``; ``values``: what was answered, as :func:`value` gives it."""
    match question:
        case OneChoice():
            return Rows(Shape.PARTS, question.codes())
        case Scale():
            return Rows(Shape.PARTS, tuple(str(step) for step in question.range()))
        case SeveralChoices() | Points():
            return Rows(Shape.MARKS, question.codes())
        case Ranking():
            return Rows(Shape.PLACES, question.codes())
        case Number() | Day():
            days = isinstance(question, Day)
            edges = _full(sorted(values), _months(values) if days else _round(values))
            return Rows(Shape.PARTS, tuple(f"{n}" for n in range(len(edges) + 1)), edges)
    return Rows(Shape.NONE)


def value(question: Question, answer: Answer) -> int | None:
    """The answer as a whole number: of the smallest part, or of days; ``None`` if it is none."""
    if isinstance(question, Day) and isinstance(answer, str):
        return date.fromisoformat(answer).toordinal()
    return answer if isinstance(question, Number | Scale) and isinstance(answer, int) else None


def falls(question: Question, rows: Rows, answer: Answer) -> Iterator[str]:
    """The codes of the rows in which ``answer`` (not declined) is counted.

    Of points: the options that got any. Of a ranking: each option with its place, ``a.1``.
    """
    if isinstance(question, Points) and isinstance(answer, tuple):
        yield from (code for code, given in zip(question.codes(), answer, strict=True) if given)
    elif isinstance(question, Ranking) and isinstance(answer, tuple):
        yield from (f"{code}.{place}" for place, code in enumerate(answer, 1))
    elif rows.edges or isinstance(question, Number | Day):
        found = value(question, answer)
        if found is not None:
            yield str(bisect_right(rows.edges, found))
    elif isinstance(answer, tuple):
        yield from map(str, answer)
    elif rows.shape is Shape.PARTS:
        yield str(answer)


def places(question: Choice) -> range:
    """The places of a ranking."""
    return range(1, question.places + 1) if isinstance(question, Ranking) else range(0)


def bin_of(rows: Rows, code: str) -> tuple[int | None, int | None]:
    """From (included) and to (not included) of a bin; ``None`` where it is open."""
    place = int(code)
    low = rows.edges[place - 1] if place else None
    return low, rows.edges[place] if place < len(rows.edges) else None


def _round(values: Sequence[int]) -> tuple[int, ...]:
    """Multiples of a round step, between the outermost twentieths of ``values``."""
    if len(values) < 2 * FULL:
        return ()
    low, high = _middle(values)
    step = next(
        size * 10**power
        for power in range(12)
        for size in (1, 2, 5)
        if (high - low) / (size * 10**power) <= MOST_BINS - 2
    )
    return tuple(range(-(-low // step) * step, high + 1, step))


def _months(values: Sequence[int]) -> tuple[int, ...]:
    """First days of months, of quarters, of years …"""
    if len(values) < 2 * FULL:
        return ()
    low, high = (date.fromordinal(day) for day in _middle(values))
    first, last = low.year * 12 + low.month - 1, high.year * 12 + high.month - 1
    step = next(
        size for size in (1, 3, 6, 12, 24, 60, 120, 600) if (last - first) / size <= MOST_BINS - 2
    )
    months = range(-(-first // step) * step, last + 1, step)
    return tuple(date(month // 12, month % 12 + 1, 1).toordinal() for month in months)


def _middle(values: Sequence[int]) -> tuple[int, int]:
    order = sorted(values)
    return order[len(order) // 20], order[-1 - len(order) // 20]


def _full(order: Sequence[int], edges: Sequence[int]) -> tuple[int, ...]:
    """``edges`` without those that would part off fewer than :data:`FULL` people."""
    kept: list[int] = []
    for edge in edges:
        before = bisect_right(order, kept[-1] - 1) if kept else 0
        if bisect_right(order, edge - 1) - before >= FULL:
            kept.append(edge)
    while kept and len(order) - bisect_right(order, kept[-1] - 1) < FULL:
        kept.pop()
    return tuple(kept)
