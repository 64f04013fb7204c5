"""Adding, copying and moving what a questionnaire is made of.

Names are given once and never again: what is left over of something that was taken out (a rule, a
pipe) must not come to speak of something new.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import count

from consult.surveys.core.asking import piping
from consult.surveys.core.asking.conditions import Condition
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Question


def fresh(stem: str, taken: AbstractSet[str]) -> str:
    """``stem`` with the first number behind it that is not ``taken``."""
    return next(name for number in count(1) if (name := f"{stem}{number}") not in taken)


def names(questionnaire: Questionnaire) -> frozenset[str]:
    """The ids of all sections and questions, also of those that only a rule or a pipe names."""
    own = {section.id for section in questionnaire.sections}
    own |= {question.id for question in questionnaire.questions}
    ruled = {rule.question for when in conditions(questionnaire) for rule in when.rules}
    piped = {pipe.question for text in questionnaire.texts() for pipe in piping.pipes_of(text)}
    return frozenset(own | ruled | piped)


def codes(questionnaire: Questionnaire, question_id: str) -> frozenset[str]:
    """The codes of options that rules name of that question."""
    return frozenset(
        code
        for when in conditions(questionnaire)
        for rule in when.rules
        if rule.question == question_id
        for code in rule.codes
    )


def conditions(questionnaire: Questionnaire) -> Iterator[Condition]:
    """All conditions, in order."""
    for section in questionnaire.sections:
        yield section.when
        for question in section.questions:
            yield question.when


def copied(questionnaire: Questionnaire, question_id: str) -> Questionnaire:
    """With a copy of that question right behind it."""
    made_as = fresh("q", names(questionnaire))

    def twice(question: Question) -> tuple[Question, ...]:
        return (
            (question, replace(question, id=made_as)) if question.id == question_id else (question,)
        )

    return replace(
        questionnaire,
        sections=tuple(
            replace(s, questions=tuple(one for q in s.questions for one in twice(q)))
            for s in questionnaire.sections
        ),
    )


def earlier(questionnaire: Questionnaire, place: str) -> tuple[Question, ...]:
    """The questions before the question or the section ``place``; all of them for a new one."""
    found: list[Question] = []
    for section in questionnaire.sections:
        if section.id == place:
            return tuple(found)
        for question in section.questions:
            if question.id == place:
                return tuple(found)
            found.append(question)
    return tuple(found)


def before_new(questionnaire: Questionnaire, section_id: str) -> tuple[Question, ...]:
    """The questions before one that is still to come at the end of that section."""
    found: list[Question] = []
    for section in questionnaire.sections:
        found += section.questions
        if section.id == section_id:
            break
    return tuple(found)


# Sections


def section(questionnaire: Questionnaire, section_id: str) -> Section | None:
    """The section with that id."""
    return next((one for one in questionnaire.sections if one.id == section_id), None)


def put_section(questionnaire: Questionnaire, changed: Section) -> Questionnaire:
    """With the title, intro and condition of ``changed``, whose questions stay those that it has;
    at the end when it is new."""
    if section(questionnaire, changed.id) is None:
        return replace(questionnaire, sections=(*questionnaire.sections, changed))
    kept = tuple(
        replace(changed, questions=one.questions) if one.id == changed.id else one
        for one in questionnaire.sections
    )
    return replace(questionnaire, sections=kept)


def move_section(questionnaire: Questionnaire, section_id: str, steps: int) -> Questionnaire:
    """With that section ``steps`` places later, or earlier below 0; as far as there is room."""
    order = list(questionnaire.sections)
    here = next((n for n, one in enumerate(order) if one.id == section_id), None)
    if here is None:
        return questionnaire
    order.insert(max(0, here + steps), order.pop(here))
    return replace(questionnaire, sections=tuple(order))


def drop_section(questionnaire: Questionnaire, section_id: str) -> Questionnaire:
    """Without that section, if nothing is asked in it."""
    kept = tuple(one for one in questionnaire.sections if one.id != section_id or one.questions)
    return replace(questionnaire, sections=kept)
