"""What was answered, per question, without exposing small groups.

All figures of a consultation share one base: everybody whose answers were counted. Where a
question could be left open, leaving it open is a cell of its table like any option. So no two
published figures differ by a group of 1 to 9 people.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consult.surveys.core.questionnaire import Answers, Questionnaire
from consult.surveys.core.questions.base import Declined, Question
from consult.surveys.core.questions.choices import OneChoice, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.suppression import LEAST, hidden, tellable


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. ``label`` is ``None`` for "left open"; ``count`` is ``None`` if hidden.

    ``permille`` is the share of the base in thousandths, rounded half up.
    """

    label: str | None
    count: int | None
    permille: int | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The table of one question.

    ``enough`` is false when fewer than ten people answered it: then nothing else is told.
    ``answered`` is ``None`` when it would give away how few left it open. ``together`` counts the
    people in all hidden rows, where each person is in one row.
    """

    question: Question
    enough: bool = True
    answered: int | None = None
    rows: tuple[Row, ...] = ()
    together: Row | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """All tables; ``base`` is ``None`` when fewer than ten people took part."""

    base: int | None
    questions: tuple[QuestionResult, ...]


def permille(count: int, base: int) -> int:
    """``count`` in thousandths of ``base``, rounded half up, exactly."""
    return (2000 * count + base) // (2 * base)


def tabulate(questionnaire: Questionnaire, sheets: Iterable[Answers]) -> Results:
    """The results of the answer ``sheets``, each of one person."""
    counts: dict[str, Counter[int | str]] = {q.id: Counter() for q in questionnaire.questions}
    answered: Counter[str] = Counter()
    base = 0
    for sheet in sheets:
        base += 1
        for question_id, answer in sheet.items():
            answered[question_id] += 1
            if not isinstance(answer, Declined):
                counts[question_id].update(answer if isinstance(answer, tuple) else [answer])
    return Results(
        base if base >= LEAST else None,
        tuple(_result(q, counts[q.id], answered[q.id], base) for q in questionnaire.questions),
    )


def texts(question: OpenText, sheets: Iterable[Answers]) -> tuple[str, ...]:
    """What people wrote, in the order of the alphabet, for the council's own reading.

    The order says nothing of who wrote what, nor what else that person answered. Nothing is
    returned when fewer than ten people wrote.
    """
    written = sorted(str(sheet[question.id]) for sheet in sheets if question.id in sheet)
    return tuple(written) if len(written) >= LEAST else ()


def _result(
    question: Question, counts: Counter[int | str], answered: int, base: int
) -> QuestionResult:
    if answered < LEAST:
        return QuestionResult(question, enough=False)
    left_open = base - answered
    match question:
        case OneChoice(options=options):
            cells = [(str(option.words), counts[option.code]) for option in options]
            return _partition(question, cells, left_open, base)
        case Scale():
            cells = [(question.said(step, "nl"), counts[step]) for step in question.range()]
            return _partition(question, cells, left_open, base)
        case SeveralChoices(options=options):
            rows = tuple(_marked(str(o.words), counts[o.code], base) for o in options)
            return QuestionResult(question, answered=_told(answered, base), rows=rows)
        case _:
            return QuestionResult(question, answered=_told(answered, base))


def _partition(
    question: Question, cells: Sequence[tuple[str | None, int]], left_open: int, base: int
) -> QuestionResult:
    if not question.required:
        cells = [*cells, (None, left_open)]
    counts = [count for _, count in cells]
    kept_back = hidden(counts)
    rows = tuple(
        Row(label, None, None) if place in kept_back else _row(label, count, base)
        for place, (label, count) in enumerate(cells)
    )
    shows_open = question.required or rows[-1].count is not None
    return QuestionResult(
        question,
        answered=base - left_open if shows_open else None,
        rows=rows,
        together=_row(None, sum(counts[place] for place in kept_back), base) if kept_back else None,
    )


def _marked(label: str, count: int, base: int) -> Row:
    return _row(label, count, base) if tellable(count, base) else Row(label, None, None)


def _row(label: str | None, count: int, base: int) -> Row:
    return Row(label, count, permille(count, base))


def _told(answered: int, base: int) -> int | None:
    return answered if answered == base or tellable(answered, base) else None
