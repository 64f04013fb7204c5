"""A questionnaire as the council reads it over: in order, its rules and its faults in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from consult.surveys.core.asking.checking import Findings
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Problem, Question
from consult.surveys.core.asking.questions.choices import Choice
from consult.surveys.forms.fields import spelt
from consult.surveys.forms.words import words


@dataclass(frozen=True, slots=True)
class When:
    """A condition in words; ``every``: whether all of the sentences must hold."""

    rules: tuple[str, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A question. ``number``: its place among those that ask something, 0 for a text to read."""

    question: Question
    number: int
    when: When
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its questions."""

    section: Section
    when: When
    lines: tuple[Line, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All parts, and what is wrong with the whole."""

    parts: tuple[Part, ...]
    problems: tuple[str, ...]


def outline(questionnaire: Questionnaire, findings: Findings, language: str) -> Outline:
    """The questionnaire in ``language``, with what the check found at its place."""
    numbers = numbered(questionnaire)
    parts = []
    for section in questionnaire.sections:
        lines = tuple(
            Line(
                question,
                numbers[question.id],
                _when(question.when, questionnaire, language),
                _at(findings.problems, question.id),
                _at(findings.warnings, question.id),
            )
            for question in section.questions
        )
        when = _when(section.when, questionnaire, language)
        parts.append(Part(section, when, lines, _at(findings.problems, section.id)))
    return Outline(tuple(parts), _at(findings.problems, ""))


def numbered(questionnaire: Questionnaire) -> dict[str, int]:
    """The number of each question by its id: 0 where nothing is asked."""
    asking = [question.id for question in questionnaire.questions if question.asks]
    places = {question_id: place for place, question_id in enumerate(asking, 1)}
    return {question.id: places.get(question.id, 0) for question in questionnaire.questions}


def _at(problems: tuple[Problem, ...], place: str) -> tuple[str, ...]:
    found = (words(problem) for problem in problems if problem.place == place)
    return tuple(dict.fromkeys(found))


def _when(condition: Condition, questionnaire: Questionnaire, language: str) -> When:
    return When(tuple(_rules(condition, questionnaire, language)), condition.every)


def _rules(condition: Condition, questionnaire: Questionnaire, language: str) -> Iterator[str]:
    numbers = numbered(questionnaire)
    for rule in condition.rules:
        question = questionnaire.find(rule.question)
        if question is None:
            yield _("Een vraag die er niet meer is")
        else:
            said = _said(rule, question, language)
            yield _("Vraag %(number)s: %(answer)s", number=numbers[question.id], answer=said)


def _said(rule: Rule, question: Question, language: str) -> str:
    if rule.compare in {Compare.AT_LEAST, Compare.AT_MOST}:
        number = spelt(question, rule.number)
        low = rule.compare is Compare.AT_LEAST
        said = _("%(number)s of meer") if low else _("%(number)s of minder")
        return str(said % {"number": number})
    labels = [
        question.label(code, language) or "?" if isinstance(question, Choice) else "?"
        for code in rule.codes
    ]
    chosen = _(" of ").join(f"‘{label}’" for label in labels)
    return str(chosen if rule.compare is Compare.ANY_OF else _("niet %(answers)s", answers=chosen))
