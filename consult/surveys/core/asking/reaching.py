"""Whether every question can be reached, shown by answers that lead to it.

The search is exact. Of an earlier question only matters which of the rules about it hold; so its
answers fall into few classes, one example of each is tried, and ways that agree on all rules that
still matter are one way. A questionnaire in which that is too much work is refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from consult.surveys.core.asking.conditions import Condition, Rule
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.amounts import Number
from consult.surveys.core.asking.questions.base import Answer, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Scale, SeveralChoices

MOST_WAYS: Final = 5_000
MOST_WORK: Final = 150_000
"""How often a rule is looked at for one question: a tenth of a second. A file that is handed
in can hold rules for which that would be hours."""


class TooMuch(Exception):
    """The rules together ask for more ways, or more work, than are looked through."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a question is reached. ``way``: answers that lead to it, ``None`` when there are none.
    ``always``: whether its own condition holds for everybody who comes so far."""

    way: Answers | None
    always: bool


def reach(questionnaire: Questionnaire, question_id: str) -> Reach:
    """How that question is reached.

    Raises:
        TooMuch: more than :data:`MOST_WAYS` ways would have to be told apart, or with more than
            :data:`MOST_WORK`.
        ValueError: no such question.
    """
    section, target = questionnaire.section_of(question_id), questionnaire.find(question_id)
    if section is None or target is None:
        raise ValueError(f"no question {question_id}")
    ways = _ways(questionnaire, question_id, (section.when, target.when))
    come = [way for way in ways if section.when.holds(way)]
    there = [way for way in come if target.when.holds(way)]
    if not there:
        return Reach(None, always=False)
    return Reach(_complete(questionnaire, there[0]), always=len(there) == len(come))


def paths(questionnaire: Questionnaire) -> dict[str, Answers]:
    """For each question that can be reached, a whole sheet of answers of somebody who reaches it.

    Raises:
        TooMuch: as :func:`reach`.
    """
    found = ((q.id, reach(questionnaire, q.id).way) for q in questionnaire.questions)
    return {question_id: way for question_id, way in found if way is not None}


def _ways(
    questionnaire: Questionnaire, target: str, conditions: Iterable[Condition]
) -> Iterable[Answers]:
    """Ways that differ in a rule of ``conditions``, one of each kind, as answers to the questions
    on which the target depends."""
    needed = _needed(questionnaire, target, conditions)
    ways: dict[tuple[bool, ...], Answers] = {(): {}}
    work = 0
    for place, (section, question) in enumerate(needed):
        later = [*conditions, *(c for s, q in needed[place + 1 :] for c in (s, q.when))]
        rules = _unique(rule for condition in later for rule in condition.rules)
        about = [rule for rule in rules if rule.question == question.id]
        answers = list(_classes(question, about))
        work += len(ways) * len(answers) * max(len(rules), 1)
        if work > MOST_WORK:
            raise TooMuch
        found: dict[tuple[bool, ...], Answers] = {}
        for way in ways.values():
            for on in _onward(section, question, way, answers):
                found.setdefault(tuple(rule.holds(on.get(rule.question)) for rule in rules), on)
        if len(found) > MOST_WAYS:
            raise TooMuch
        ways = found
    return ways.values()


def _needed(
    questionnaire: Questionnaire, target: str, conditions: Iterable[Condition]
) -> list[tuple[Condition, Question]]:
    """The questions on which the target depends, directly or not, in order, with their section's
    condition; only those that come before it."""
    before: dict[str, tuple[Condition, Question]] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            if question.id == target:
                break
            before[question.id] = (section.when, question)
        else:
            continue
        break
    waiting = [rule.question for condition in conditions for rule in condition.rules]
    met: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one in met or one not in before:
            continue
        met.add(one)
        section_when, question = before[one]
        waiting += [rule.question for c in (section_when, question.when) for rule in c.rules]
    return [pair for question_id, pair in before.items() if question_id in met]


def _onward(
    section: Condition, question: Question, way: Answers, answers: Sequence[Answer | None]
) -> Iterator[Answers]:
    if not (section.holds(way) and question.when.holds(way)):
        yield way
        return
    for answer in answers:
        yield way if answer is None else {**way, question.id: answer}


def _classes(question: Question, rules: Sequence[Rule]) -> Iterator[Answer | None]:
    """An example of each class of answers that ``rules`` tell apart; ``None``: left open."""
    match question:
        case OneChoice():
            yield from question.codes()
        case SeveralChoices():
            yield from _selections(question, rules)
        case Scale():
            yield from _numbers(question.low_step, question.steps, rules)
        case Number():
            yield from _numbers(question.low, question.high, rules)
        case _:
            found = question.example()
            if found is not None:
                yield found
    if question.declines:
        yield question.declines[0]
    elif not question.required:
        yield None


def _selections(question: SeveralChoices, rules: Sequence[Rule]) -> Iterator[Answer]:
    groups: dict[tuple[bool, ...], list[str]] = {}
    for code in question.codes():
        if code != question.none:
            groups.setdefault(tuple(code in rule.codes for rule in rules), []).append(code)
    if question.none:
        yield (question.none,)
    if len(groups) > 12:
        raise TooMuch
    for size in range(1, min(len(groups), question.most) + 1):
        for some in combinations(groups.values(), size):
            if sum(map(len, some)) >= question.least:
                yield _filled(question, some)


def _filled(question: SeveralChoices, groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One of each group, and more of them until there are enough."""
    chosen = [group[0] for group in groups]
    spare = [code for group in groups for code in group[1:]]
    chosen += spare[: max(0, question.least - len(chosen))]
    return tuple(code for code in question.codes() if code in set(chosen))


def _numbers(low: int, high: int, rules: Sequence[Rule]) -> Iterator[int]:
    edges = {low, high}
    for rule in rules:
        edges |= {rule.number - 1, rule.number, rule.number + 1}
    yield from sorted(edge for edge in edges if low <= edge <= high)


def _complete(questionnaire: Questionnaire, way: Answers) -> Answers:
    """The whole sheet of somebody who goes that way: what must be answered is."""
    answers: Answers = {}
    for section in questionnaire.sections:
        if not section.when.holds(answers):
            continue
        for question in section.questions:
            if not question.when.holds(answers):
                continue
            usual = question.example() if question.required else None
            given = way.get(question.id, usual)
            if given is not None:
                answers[question.id] = given
    return answers


def _unique(rules: Iterable[Rule]) -> list[Rule]:
    return list(dict.fromkeys(rules))
