"""A questionnaire as JSON: ``consult-questionnaire/1`` (docs/questionnaire-format.md).

What has its usual value is left out, so that a file shows what somebody decided.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any, Final

from consult.surveys.core.conditions import Compare, Condition, Rule
from consult.surveys.core.questionnaire import Questionnaire, Section, Term
from consult.surveys.core.questions.amounts import Day, Number, Points
from consult.surveys.core.questions.base import Declined, Option, Question
from consult.surveys.core.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText, Statement
from consult.surveys.core.words import Words, words

FORMAT: Final = "consult-questionnaire/1"
KINDS: Final[Mapping[str, type[Question]]] = {
    kind.kind: kind
    for kind in (
        OneChoice,
        SeveralChoices,
        Scale,
        Ranking,
        Number,
        Day,
        OpenText,
        Points,
        Statement,
    )
}

Data = dict[str, Any]


def dump(questionnaire: Questionnaire) -> str:
    """The questionnaire as a file."""
    return json.dumps(to_data(questionnaire), ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> Questionnaire:
    """The questionnaire that :func:`dump` wrote."""
    return from_data(json.loads(text))


def to_data(questionnaire: Questionnaire) -> Data:
    """The questionnaire as JSON values."""
    data: Data = {
        "format": FORMAT,
        "sections": [_section(section) for section in questionnaire.sections],
    }
    if questionnaire.terms:
        data["terms"] = [
            {"word": term.word.as_dict(), "meaning": term.meaning.as_dict()}
            for term in questionnaire.terms
        ]
    return data


def from_data(data: Data) -> Questionnaire:
    """The questionnaire in JSON values that :func:`to_data` gave."""
    return Questionnaire(
        tuple(_read_section(one) for one in data["sections"]),
        tuple(Term(words(one["word"]), words(one["meaning"])) for one in data.get("terms", ())),
    )


def _section(section: Section) -> Data:
    data: Data = {"id": section.id}
    data |= {name: w.as_dict() for name in ("title", "intro") if (w := getattr(section, name))}
    if section.when:
        data["when"] = _condition(section.when)
    return data | {"questions": [_question(question) for question in section.questions]}


def _question(question: Question) -> Data:
    data: Data = {"kind": question.kind}
    for field in fields(question):
        value = getattr(question, field.name)
        if value != _usual(field):
            data[field.name] = _value(value)
    return data


def _usual(field: "Field[Any]") -> object:
    return field.default if field.default is not MISSING else MISSING


_WRITTEN: Final[Mapping[type, Callable[[Any], object]]] = {
    Words: Words.as_dict,
    Condition: lambda condition: _condition(condition),  # noqa: PLW0108 - it comes later
    Option: lambda option: {"code": option.code, "text": option.words.as_dict()},
    Declined: lambda declined: declined.value,
    date: date.isoformat,
    tuple: lambda several: [_value(one) for one in several],
}


def _value(value: object) -> object:
    write = _WRITTEN.get(type(value))
    return write(value) if write else value


def _condition(condition: Condition) -> Data:
    rules = [
        {
            "question": rule.question,
            rule.compare.value: list(rule.codes) if rule.codes else rule.number,
        }
        for rule in condition.rules
    ]
    return {"rules": rules} if condition.every else {"every": False, "rules": rules}


def _read_section(data: Data) -> Section:
    return Section(
        data["id"],
        words(data.get("title", {})),
        words(data.get("intro", {})),
        tuple(_read_question(one) for one in data["questions"]),
        _read_condition(data.get("when", {})),
    )


def _read_question(data: Data) -> Question:
    given = {name: _read(name, value) for name, value in data.items() if name != "kind"}
    return KINDS[data["kind"]](**given)


_READ: Final[Mapping[str, Callable[[Any], object]]] = {
    "text": words,
    "help": words,
    "unit": words,
    "low": lambda end: words(end) if isinstance(end, dict) else end,
    "high": lambda end: words(end) if isinstance(end, dict) else end,
    "options": lambda all_: tuple(Option(one["code"], words(one["text"])) for one in all_),
    "declines": lambda all_: tuple(Declined(one) for one in all_),
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "when": lambda condition: _read_condition(condition),  # noqa: PLW0108 - it comes later
}


def _read(name: str, value: Any) -> Any:
    return _READ[name](value) if name in _READ else value


def _read_condition(data: Data) -> Condition:
    return Condition(
        tuple(_read_rule(one) for one in data.get("rules", ())), data.get("every", True)
    )


def _read_rule(data: Data) -> Rule:
    [(compare, value)] = ((name, v) for name, v in data.items() if name != "question")
    given = {"codes": tuple(value)} if isinstance(value, list) else {"number": value}
    return Rule(data["question"], Compare(compare), **given)
