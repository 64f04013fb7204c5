"""Counting answers, for everybody and within each group that was kept (never two at once).

The key of a count is: the question (or the first question on a condition), what is counted, the
code of a row, and the grouping and group in which it was counted, if any.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from consult.surveys.core.conditions import Condition
from consult.surveys.core.deduction import Key
from consult.surveys.core.disclosure import OUTSIDE
from consult.surveys.core.questionnaire import Answers, Questionnaire
from consult.surveys.core.questions.amounts import Points
from consult.surveys.core.questions.base import Answer, Declined, Question
from consult.surveys.core.rows import Rows, falls, rows_of, value

ALL: Final[Key] = ("all",)
Slice = tuple[str, ...]
"""Nothing, for everybody; or a grouping and one of its groups."""
EVERYBODY: Final[Slice] = ()


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody's answers that stay together, with a weight and at most two coarse groups."""

    answers: Answers
    weight: float = 1.0
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What was counted.

    ``apart``: questions whose answers are kept apart from all others. ``bases``: for each question
    the key of how many were asked; questions on one condition share it. ``values`` of numbers, days
    and scales, and ``points`` given to an option, by slice. ``weights``: for each count of
    everybody, how many people of each weight are in it.
    """

    questionnaire: Questionnaire
    apart: frozenset[str]
    bases: Mapping[str, Key]
    groups: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Rows]
    counts: Counter[Key] = field(default_factory=Counter)
    weights: dict[Key, Counter[float]] = field(default_factory=dict)
    values: dict[Key, list[int]] = field(default_factory=dict)
    points: Counter[Key] = field(default_factory=Counter)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked, without statements."""
        return tuple(question for question in self.questionnaire.questions if question.asks)

    def slices(self, question: Question) -> tuple[Slice, ...]:
        """Everybody, and the groups by which the question is told."""
        if question.id in self.apart:
            return (EVERYBODY,)
        return (EVERYBODY, *((name, one) for name, found in self.groups.items() for one in found))


def conditions(questionnaire: Questionnaire, question: Question) -> tuple[Condition, ...]:
    """The conditions that must all hold for it to be asked: its section's and its own."""
    section = questionnaire.section_of(question.id)
    both = (section.when if section else Condition(), question.when)
    return tuple(condition for condition in both if condition)


def tally(
    questionnaire: Questionnaire,
    respondents: Iterable[Respondent],
    apart: Mapping[str, Iterable[Answer]],
    least_group: int = OUTSIDE,
) -> Tally:
    """Count everything.

    Args:
        questionnaire: what was asked.
        respondents: one for each person.
        apart: all answers to the questions whose answers are kept apart, by the id of the question.
        least_group: a way to make groups of which one is smaller than this is left out.
    """
    everybody = list(respondents)
    alone = {question: list(answers) for question, answers in apart.items()}
    asked = [question for question in questionnaire.questions if question.asks]
    rows = {}
    for question in asked:
        given = [one.answers[question.id] for one in everybody if question.id in one.answers]
        numbers = (value(question, one) for one in (*given, *alone.get(question.id, ())))
        rows[question.id] = rows_of(question, [n for n in numbers if n is not None])
    found = Tally(
        questionnaire,
        frozenset(alone),
        _bases(questionnaire, asked),
        _groups(everybody, least_group),
        rows,
    )
    for one in everybody:
        _count(found, one)
    for question in asked:
        if question.id in alone:
            _count_apart(found, question, alone[question.id])
    return found


def _bases(questionnaire: Questionnaire, asked: Iterable[Question]) -> dict[str, Key]:
    first: dict[tuple[Condition, ...], Key] = {(): ALL}
    return {
        question.id: first.setdefault(conditions(questionnaire, question), ("asked", question.id))
        for question in asked
    }


def _groups(everybody: list[Respondent], least: int) -> dict[str, tuple[str, ...]]:
    kept = {}
    for name in sorted({name for one in everybody for name in one.groups}):
        sizes = Counter(one.groups.get(name, "") for one in everybody)
        if len(sizes) > 1 and "" not in sizes and min(sizes.values()) >= least:
            kept[name] = tuple(sorted(sizes))
    return kept


def _count(found: Tally, one: Respondent) -> None:
    # Of what is kept apart nothing is in these answers, and no condition speaks of it.
    asked = [question for question in found.questionnaire.asked(one.answers) if question.asks]
    bases = {ALL, *(found.bases[question.id] for question in asked)}
    slices = [EVERYBODY, *((name, one.groups[name]) for name in found.groups)]
    for where in slices:
        for base in bases:
            _add(found, base, where, one.weight)
        for question in asked:
            if question.id not in found.apart:
                answer = one.answers.get(question.id)
                _count_answer(found, question, answer, where, one.weight)


def _count_apart(found: Tally, question: Question, answers: list[Answer]) -> None:
    for answer in answers:
        _count_answer(found, question, answer, EVERYBODY, 0)
    left = found.counts[found.bases[question.id]] - len(answers)
    if left:
        found.counts[question.id, "open", ""] = left


def _count_answer(
    found: Tally, question: Question, answer: Answer | None, where: Slice, weight: float
) -> None:
    if answer is None or isinstance(answer, Declined):
        said = "open" if answer is None else answer.value
        _add(found, (question.id, said, ""), where, weight)
        return
    _add(found, (question.id, "answered", ""), where, weight)
    for code in falls(question, found.rows[question.id], answer):
        _add(found, (question.id, "row", code), where, weight)
    number = value(question, answer)
    if number is not None:
        found.values.setdefault((question.id, *where), []).append(number)
    if isinstance(question, Points) and isinstance(answer, tuple):
        for code, given in zip(question.codes(), answer, strict=True):
            found.points[question.id, "points", code, *where] += int(given)


def _add(found: Tally, key: Key, where: Slice, weight: float) -> None:
    found.counts[*key, *where] += 1
    if weight and where == EVERYBODY:
        found.weights.setdefault(key, Counter())[weight] += 1
