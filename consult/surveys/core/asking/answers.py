"""Answers as JSON values, and back."""

from collections.abc import Mapping
from typing import Any

from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.base import Answer, Declined


def to_data(answers: Answers) -> dict[str, Any]:
    """``answers`` as JSON values: lists for tuples, an object for a declined answer."""
    return {question: _value(answer) for question, answer in answers.items()}


def from_data(questionnaire: Questionnaire, data: object) -> Answers | None:
    """The finished sheet in ``data``, or ``None`` when it is none to this questionnaire."""
    answers = draft_from_data(data)
    return answers if answers is not None and questionnaire.holds(answers) else None


def draft_from_data(data: object) -> Answers | None:
    """The answers in ``data``, finished or not, to whatever was asked; ``None`` if none."""
    if not isinstance(data, Mapping):
        return None
    found = {str(question): _answer(value) for question, value in data.items()}
    return None if None in found.values() else {key: a for key, a in found.items() if a is not None}


def _value(answer: Answer) -> Any:
    if isinstance(answer, Declined):
        return {"declined": answer.value}
    return list(answer) if isinstance(answer, tuple) else answer


def _answer(value: object) -> Answer | None:
    match value:
        case bool():
            return None
        case int() | str():
            return value
        case {"declined": str(said)} if said in {one.value for one in Declined}:
            return Declined(said)
        case list() if all(isinstance(one, str) for one in value):
            return tuple(value)
        case list() if all(type(one) is int for one in value):
            return tuple(value)
    return None
