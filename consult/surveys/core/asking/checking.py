"""What stands in the way of asking a questionnaire: everything that is wrong with it, each at its
place, and what is only odd."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from consult.surveys.core.asking import piping, terms
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import MOST_SECTIONS, MOST_TERMS, Questionnaire
from consult.surveys.core.asking.questions.amounts import Number
from consult.surveys.core.asking.questions.base import Problem, Question
from consult.surveys.core.asking.questions.choices import Choice, OneChoice, Scale, SeveralChoices
from consult.surveys.core.asking.reaching import TooMuch, reach
from consult.surveys.core.asking.words import Words

NAME: Final = re.compile(r"[a-z0-9_]{1,20}", re.ASCII)
MOST_RULES: Final = 10


@dataclass(frozen=True, slots=True)
class Findings:
    """``problems`` must be solved before people can be asked; ``warnings`` may be meant so."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def check(questionnaire: Questionnaire) -> Findings:
    """Everything that is wrong or odd, in the order of the questions.

    Whether questions can be reached is only looked at when the rules themselves are right. A way
    that asks nothing cannot be: rules are about earlier answers only, so the first question that
    asks anything has none.
    """
    problems = (*_shape(questionnaire), *_rules(questionnaire), *_pipes(questionnaire))
    if problems:
        return Findings(problems, tuple(_odd(questionnaire)))
    unreachable, always = _reach(questionnaire)
    return Findings(unreachable, (*always, *_odd(questionnaire)))


def testable(question: Question) -> bool:
    """Whether rules may be about its answers: known options or numbers, and nothing that the law
    protects, for the path would tell it."""
    return isinstance(question, OneChoice | SeveralChoices | Scale | Number) and (
        not question.sensitive
    )


def _shape(questionnaire: Questionnaire) -> Iterator[Problem]:
    if found := questionnaire.problem():
        yield found
    if len(questionnaire.sections) > MOST_SECTIONS:
        yield Problem("sections_many", MOST_SECTIONS)
    if len(questionnaire.terms) > MOST_TERMS:
        yield Problem("terms_many", MOST_TERMS)
    yield from _names([section.id for section in questionnaire.sections])
    yield from _names([question.id for question in questionnaire.questions])
    for section in questionnaire.sections:
        if not section.questions:
            yield Problem("section_empty", place=section.id)
    for question in questionnaire.questions:
        if isinstance(question, Choice) and not all(map(NAME.fullmatch, question.codes())):
            yield Problem("code_wrong", place=question.id)


def _names(names: list[str]) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem("id_double", place=name)
        if not NAME.fullmatch(name):
            yield Problem("id_wrong", place=name)


def _conditions(questionnaire: Questionnaire) -> Iterator[tuple[str, Condition, set[str]]]:
    """Each condition: of what, and the questions before it."""
    before: set[str] = set()
    for section in questionnaire.sections:
        yield section.id, section.when, set(before)
        for question in section.questions:
            yield question.id, question.when, set(before)
            before.add(question.id)


def _rules(questionnaire: Questionnaire) -> Iterator[Problem]:
    for place, condition, before in _conditions(questionnaire):
        if len(condition.rules) > MOST_RULES:
            yield Problem("rules_many", MOST_RULES, place)
        for rule in condition.rules:
            if found := _rule(questionnaire.find(rule.question), rule, before):
                yield replace(found, place=place)


def _rule(question: Question | None, rule: Rule, before: set[str]) -> Problem | None:
    if question is None:
        return Problem("rule_unknown")
    if question.id not in before:
        return Problem("rule_later")
    by_code = rule.compare in {Compare.ANY_OF, Compare.NONE_OF}
    if not testable(question) or by_code is not isinstance(question, Choice):
        return Problem("rule_kind")
    if isinstance(question, Choice):
        known = rule.codes and set(rule.codes) <= set(question.codes())
        return None if known else Problem("rule_code")
    return None if rule.number in _range(question) else Problem("rule_number")


def _range(question: Question) -> range:
    match question:
        case Scale():
            return question.range()
        case Number():
            return range(question.low, question.high + 1)
    return range(0)


def _pipes(questionnaire: Questionnaire) -> Iterator[Problem]:
    for place, text, before in _texts(questionnaire):
        for pipe in piping.pipes_of(text):
            question = questionnaire.find(pipe.question)
            if question is None:
                yield Problem("pipe_unknown", place=place)
            elif question.id not in before:
                yield Problem("pipe_later", place=place)
            elif not piping.can_be_piped(question):
                yield Problem("pipe_kind", place=place)


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Words, set[str]]]:
    """Each text: of what, and the questions before it."""
    before: set[str] = set()
    for section in questionnaire.sections:
        for text in (section.title, section.intro):
            yield section.id, text, set(before)
        for question in section.questions:
            for text in question.texts():
                yield question.id, text, set(before)
            before.add(question.id)


def _reach(questionnaire: Questionnaire) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for question in questionnaire.questions:
        try:
            found = reach(questionnaire, question.id)
        except TooMuch:
            problems.append(Problem("routing_complex", place=question.id))
            break  # looking at the others would be as much work for each
        if found.way is None:
            problems.append(Problem("unreachable", place=question.id))
        elif question.when and found.always:
            warnings.append(Problem("rule_always", place=question.id))
    return tuple(problems), tuple(warnings)


def _odd(questionnaire: Questionnaire) -> Iterator[Problem]:
    for place, text, _ in _texts(questionnaire):
        used = [{pipe.question for pipe in piping.pipes(said)} for _, said in text.by_language]
        if any(one != other for one, other in pairwise(used)):
            yield Problem("pipe_languages", place=place)
        if any(terms.unknown(said, questionnaire.terms, lang) for lang, said in text.by_language):
            yield Problem("term_unknown", place=place)
