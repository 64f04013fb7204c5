"""A questionnaire as JSON: ``consult-questionnaire/1`` (docs/questionnaire-format.md).

What has its usual value is left out, so that a file shows what somebody decided. Reading is strict:
whatever does not belong in a place is refused by its place. Whether people can be asked what a file
holds is another question (``core/checking.py``).
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import lru_cache
from typing import Any, Final

from consult import reading
from consult.reading import within
from consult.refusal import Refusal
from consult.surveys.core.asking.conditions import NO_CONDITION, Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Questionnaire, Section, Term
from consult.surveys.core.asking.questions.amounts import LARGEST, Day, Number, Points
from consult.surveys.core.asking.questions.base import Declined, Option, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText, Statement
from consult.surveys.core.asking.words import LANGUAGES, NOTHING, Words, words

FORMAT: Final = "consult-questionnaire/1"
LARGEST_FILE: Final = 256 * 1024
LONGEST: Final = 2_000
"""The most signs of any one text in a file; what may be asked is shorter."""

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
Reader = Callable[[object, str], object]


def dump(questionnaire: Questionnaire) -> str:
    """The questionnaire as a file."""
    return json.dumps(to_data(questionnaire), ensure_ascii=False, indent=1) + "\n"


@lru_cache(maxsize=64)
def load(text: str) -> Questionnaire:
    """The questionnaire that :func:`dump` wrote; the same text is read once."""
    return read(text.encode())


# Writing


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
        if value != field.default:
            data[field.name] = _value(value)
    return data


def _condition(condition: Condition) -> Data:
    rules = [
        {
            "question": rule.question,
            rule.compare.value: list(rule.codes) if rule.compare in _BY_CODE else rule.number,
        }
        for rule in condition.rules
    ]
    return {"rules": rules} if condition.every else {"every": False, "rules": rules}


_BY_CODE: Final = frozenset({Compare.ANY_OF, Compare.NONE_OF})
_WRITTEN: Final[Mapping[type, Callable[[Any], object]]] = {
    Words: Words.as_dict,
    Condition: _condition,
    Option: lambda option: {"code": option.code, "text": option.words.as_dict()},
    Declined: lambda declined: declined.value,
    date: date.isoformat,
    tuple: lambda several: [_value(one) for one in several],
}


def _value(value: object) -> object:
    write = _WRITTEN.get(type(value))
    return write(value) if write else value


# Reading


def read(raw: bytes) -> Questionnaire:
    """The questionnaire in a file.

    Raises:
        Refusal: ``reading.*``, with the place (``sections[1].questions[0].options[2].code``).
    """
    value = reading.parsed(raw, most=LARGEST_FILE)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise Refusal("reading.format_unknown", wanted=FORMAT)
    data = reading.fields(value, "", needed={"format", "sections"}, optional={"terms"})
    sections = reading.items(data["sections"], "sections")
    terms = reading.items(data.get("terms", []), "terms")
    return Questionnaire(
        tuple(_read_section(one, where) for where, one in sections),
        tuple(_read_term(one, where) for where, one in terms),
    )


def _read_term(value: object, where: str) -> Term:
    data = reading.fields(value, where, needed={"word", "meaning"})
    return Term(*(_words(data[name], within(where, name)) for name in ("word", "meaning")))


def _read_section(value: object, where: str) -> Section:
    data = reading.fields(
        value, where, needed={"id", "questions"}, optional={"title", "intro", "when"}
    )
    questions = reading.items(data["questions"], within(where, "questions"))
    return Section(
        reading.name(data["id"], within(where, "id")),
        _words(data["title"], within(where, "title")) if "title" in data else NOTHING,
        _words(data["intro"], within(where, "intro")) if "intro" in data else NOTHING,
        tuple(_read_question(one, place) for place, one in questions),
        _read_condition(data["when"], within(where, "when")) if "when" in data else NO_CONDITION,
    )


def _read_question(value: object, where: str) -> Question:
    named = value.get("kind") if isinstance(value, dict) else None
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        known = reading.fields(value, where, needed={"kind"}, optional=value or ())  # type: ignore[arg-type] # refused above it
        reading.choice(known["kind"], within(where, "kind"), KINDS)
        raise AssertionError("refused")
    needed, optional = _FIELDS[kind.kind]
    data = reading.fields(value, where, needed={"kind", *needed}, optional=optional)
    return kind(
        **{
            name: _reader(kind, name)(one, within(where, name))  # type: ignore[arg-type] # by name
            for name, one in data.items()
            if name != "kind"
        }
    )


def _field_names(kind: type[Question]) -> tuple[Collection[str], Collection[str]]:
    """The names of the fields that a kind must have, and of those it may have."""
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    return needed, {field.name for field in fields(kind)} - needed


def _words(value: object, where: str) -> Words:
    texts = reading.fields(value, where, needed=(), optional=LANGUAGES)
    return words(
        {
            language: reading.prose(text, within(where, language), most=LONGEST)
            for language, text in texts.items()
        }
    )


def _whole(value: object, where: str) -> int:
    return reading.whole(value, where, least=-LARGEST, most=LARGEST)


def _reader(kind: type[Question], name: str) -> Reader:
    """The ends of a scale are words, those of a range numbers."""
    return _words if kind is Scale and name in {"low", "high"} else _READ[name]


def _options(value: object, where: str) -> tuple[Option, ...]:
    return tuple(_option(one, place) for place, one in reading.items(value, where))


def _option(value: object, where: str) -> Option:
    data = reading.fields(value, where, needed={"code", "text"})
    code = reading.name(data["code"], within(where, "code"))
    return Option(code, _words(data["text"], within(where, "text")))


def _declines(value: object, where: str) -> tuple[Declined, ...]:
    known = [one.value for one in Declined]
    given = [reading.choice(one, place, known) for place, one in reading.items(value, where)]
    return tuple(one for one in Declined if one.value in given)


def _code(value: object, where: str) -> str:
    return "" if value == "" else reading.name(value, where)


def _read_condition(value: object, where: str) -> Condition:
    data = reading.fields(value, where, needed={"rules"}, optional={"every"})
    rules = reading.items(data["rules"], within(where, "rules"))
    every = reading.yes_or_no(data.get("every", True), within(where, "every"))
    return Condition(tuple(_rule(one, place) for place, one in rules), every)


def _rule(value: object, where: str) -> Rule:
    compares = [one.value for one in Compare]
    data = reading.fields(value, where, needed={"question"}, optional=compares)
    question = reading.name(data["question"], within(where, "question"))
    found = [Compare(name) for name in data if name != "question"]
    if len(found) != 1:
        raise Refusal("reading.rule_shape", field=where, known=reading.row(compares))
    compare, place = found[0], within(where, found[0].value)
    if compare not in _BY_CODE:
        return Rule(question, compare, number=_whole(data[compare.value], place))
    codes = reading.items(data[compare.value], place)
    return Rule(question, compare, tuple(reading.name(code, at) for at, code in codes))


_FIELDS: Final = {name: _field_names(kind) for name, kind in KINDS.items()}
_READ: Final[Mapping[str, Reader]] = {
    "id": reading.name,
    "text": _words,
    "help": _words,
    "required": reading.yes_or_no,
    "declines": _declines,
    "when": _read_condition,
    "sensitive": reading.yes_or_no,
    "options": _options,
    "most": _whole,
    "least": _whole,
    "none": _code,
    "places": _whole,
    "steps": _whole,
    "low_step": _whole,
    "low": _whole,
    "high": _whole,
    "unit": _words,
    "first": reading.day,
    "last": reading.day,
    "limit": _whole,
    "short": reading.yes_or_no,
    "total": _whole,
}
