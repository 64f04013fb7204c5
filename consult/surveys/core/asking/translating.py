"""Which texts are missing in a language, and putting them in.

A text is named by where it stands in the file format (``sections.0.questions.2.options.1.text``),
so that whatever the format can hold can be translated.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.surveys.core.asking.format import load, to_data
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.words import LANGUAGES, Words, words


@dataclass(frozen=True, slots=True)
class Place:
    """A text. ``key``: its name; ``part``: what it is of its owner (``text``, ``help``, …), with
    ``number`` from 1 where there are several; ``owner``: the id of its question or section, empty
    for a term."""

    key: str
    owner: str
    part: str
    number: int
    words: Words


def places(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """All texts, in the order in which people read them."""
    return tuple(_places(to_data(questionnaire), (), ""))


def missing(questionnaire: Questionnaire, language: str) -> tuple[Place, ...]:
    """The texts that are there in Dutch and not in ``language``."""
    found = places(questionnaire)
    return tuple(place for place in found if str(place.words) and not place.words.has(language))


def translated(
    questionnaire: Questionnaire, language: str, texts: Mapping[str, str]
) -> Questionnaire:
    """With ``texts`` by their key in ``language``. Keys that name no text are passed over: it may
    have been taken out meanwhile."""
    data = to_data(questionnaire)
    known = {place.key: place.words for place in places(questionnaire)}
    for key, text in texts.items():
        if key in known:
            *path, last = key.split(".")
            holder = _at(data, path)
            holder[last] = words({**known[key].as_dict(), language: text}).as_dict()
    return load(json.dumps(data, ensure_ascii=False))


def _places(data: Any, path: tuple[str | int, ...], owner: str) -> Iterator[Place]:
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from _places(item, (*path, number), owner)
        return
    if not isinstance(data, dict):
        return
    if data and data.keys() <= LANGUAGES.keys():
        part = next(str(step) for step in reversed(path) if isinstance(step, str))
        number = next((step + 1 for step in reversed(path) if isinstance(step, int)), 0)
        kind = "option" if "options" in path else part
        yield Place(".".join(map(str, path)), owner, kind, number, words(data))
        return
    for name, value in data.items():
        yield from _places(value, (*path, name), str(data.get("id", owner)))


def _at(data: Any, path: list[str]) -> Any:
    for step in path:
        data = data[int(step)] if step.isdecimal() else data[step]
    return data
