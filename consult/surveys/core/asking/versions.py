"""What differs between two versions of a questionnaire."""

from dataclasses import dataclass, replace
from datetime import datetime

from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.questions.base import Question


@dataclass(frozen=True, slots=True)
class Version:
    """A questionnaire as somebody saved it: the how-manieth, from 1, when and by which account."""

    number: int
    questions: Questionnaire
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Questions that came, went or changed; ``order``: whether those in both stand in another
    order; ``sections`` and ``terms``: whether these differ."""

    added: tuple[Question, ...] = ()
    dropped: tuple[Question, ...] = ()
    changed: tuple[Question, ...] = ()
    order: bool = False
    sections: bool = False
    terms: bool = False

    def __bool__(self) -> bool:
        return self != Difference()


def difference(old: Questionnaire, new: Questionnaire) -> Difference:
    """What somebody who had ``old`` finds different in ``new``."""
    before = {question.id: question for question in old.questions}
    after = {question.id: question for question in new.questions}
    return Difference(
        added=tuple(question for id_, question in after.items() if id_ not in before),
        dropped=tuple(question for id_, question in before.items() if id_ not in after),
        changed=tuple(q for id_, q in after.items() if id_ in before and before[id_] != q),
        order=_order(old, after) != _order(new, before),
        sections=_frames(old) != _frames(new),
        terms=old.terms != new.terms,
    )


def _order(questionnaire: Questionnaire, others: dict[str, Question]) -> list[tuple[str, str]]:
    return [
        (section.id, question.id)
        for section in questionnaire.sections
        for question in section.questions
        if question.id in others
    ]


def _frames(questionnaire: Questionnaire) -> list[object]:
    return [replace(section, questions=()) for section in questionnaire.sections]
