"""Counting answers, for everybody and within each group that was kept (never two at once).

The key of a count is: the question (or the first question on a condition), what is counted, the
code of a row, and the grouping and group in which it was counted, if any.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from consult.surveys.core.asking.conditions import Condition
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.amounts import Points
from consult.surveys.core.asking.questions.base import Answer, Declined, Question
from consult.surveys.core.counts.deduction import Key
from consult.surveys.core.counts.disclosure import OUTSIDE
from consult.surveys.core.counts.rows import Rows, falls, rows_of, value

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

    ``questions``: what was asked, without statements. ``apart``: those whose answers are kept apart
    from all others. ``when``: the conditions of each. ``bases``: for each the key of how many were
    asked; questions on one condition share it. ``values`` of numbers, days
    and scales, and ``points`` given to an option, by slice. ``weights``: for each count of
    everybody, how many people of each weight are in it; ``crossed``: the same by slice.
    """

    questionnaire: Questionnaire
    questions: tuple[Question, ...]
    apart: frozenset[str]
    when: Mapping[str, tuple[Condition, ...]]
    bases: Mapping[str, Key]
    groups: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Rows]
    counts: Counter[Key] = field(default_factory=Counter)
    weights: dict[Key, Counter[float]] = field(default_factory=dict)
    crossed: Counter[tuple[Key, float, Slice]] = field(default_factory=Counter)
    values: dict[Key, list[int]] = field(default_factory=dict)
    points: Counter[Key] = field(default_factory=Counter)

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
    when = {question.id: conditions(questionnaire, question) for question in asked}
    found = Tally(
        questionnaire,
        tuple(asked),
        frozenset(alone),
        when,
        _bases(when),
        _groups(everybody, least_group),
        rows,
    )
    _count(found, everybody)
    for question in asked:
        if question.id in alone:
            _count_apart(found, question, alone[question.id])
    return found


def _bases(when: Mapping[str, tuple[Condition, ...]]) -> dict[str, Key]:
    first: dict[tuple[Condition, ...], Key] = {(): ALL}
    return {question: first.setdefault(met, ("asked", question)) for question, met in when.items()}


def _groups(everybody: list[Respondent], least: int) -> dict[str, tuple[str, ...]]:
    kept = {}
    for name in sorted({name for one in everybody for name in one.groups}):
        sizes = Counter(one.groups.get(name, "") for one in everybody)
        if len(sizes) > 1 and "" not in sizes and min(sizes.values()) >= least:
            kept[name] = tuple(sorted(sizes))
    return kept


def _count(found: Tally, everybody: Iterable[Respondent]) -> None:
    alike: dict[tuple[tuple[str, ...], float], Counter[Key]] = {}
    keys: dict[tuple[str, Answer | None], tuple[Key, ...]] = {}
    for one in everybody:
        groups = tuple(one.groups[name] for name in found.groups)
        counted = alike.setdefault((groups, one.weight), Counter())
        counted[ALL] += 1
        for question in _reached(found, one.answers):
            answer = one.answers.get(question.id)
            if (question.id, answer) not in keys:
                keys[question.id, answer] = tuple(_keys(found, question, answer))
            counted.update(keys[question.id, answer])
            if answer is not None:
                _note(found, question, answer, [EVERYBODY, *zip(found.groups, groups, strict=True)])
    for (groups, weight), counted in alike.items():
        slices = [EVERYBODY, *zip(found.groups, groups, strict=True)]
        for key, people in counted.items():
            found.weights.setdefault(key, Counter())[weight] += people
            for where in slices:
                found.counts[*key, *where] += people
                found.crossed[key, weight, where] += people


def _reached(found: Tally, answers: Answers) -> Iterator[Question]:
    """What somebody was asked. A finished sheet answers nothing that was not reached, so that
    conditions can be read off it."""
    for question in found.questions:
        if all(condition.holds(answers) for condition in found.when[question.id]):
            yield question


def _keys(found: Tally, question: Question, answer: Answer | None) -> Iterator[Key]:
    """Where somebody with this answer is counted. Of what is kept apart, here only as asked."""
    if found.bases[question.id] == ("asked", question.id):
        yield found.bases[question.id]
    if question.id not in found.apart:
        yield from _said(found, question, answer)


def _said(found: Tally, question: Question, answer: Answer | None) -> Iterator[Key]:
    if answer is None or isinstance(answer, Declined):
        yield (question.id, "open" if answer is None else answer.value, "")
        return
    yield (question.id, "answered", "")
    for code in falls(question, found.rows[question.id], answer):
        yield (question.id, "row", code)


def _count_apart(found: Tally, question: Question, answers: list[Answer]) -> None:
    for answer in answers:
        found.counts.update(_said(found, question, answer))
        _note(found, question, answer, [EVERYBODY])
    left = found.counts[found.bases[question.id]] - len(answers)
    if left:
        found.counts[question.id, "open", ""] = left


def _note(found: Tally, question: Question, answer: Answer, slices: Iterable[Slice]) -> None:
    """Keep a number for its mean and median, and points for their mean."""
    number = value(question, answer)
    if number is not None:
        for where in slices:
            found.values.setdefault((question.id, *where), []).append(number)
    if isinstance(question, Points) and isinstance(answer, tuple):
        for code, given in zip(question.codes(), map(str, answer), strict=True):
            for where in slices:
                found.points[question.id, "points", code, *where] += int(given)
