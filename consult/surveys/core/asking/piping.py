"""Words of an earlier answer in a later text.

In a text ``{id|words}`` stands for the answer to the question ``id``, or for ``words`` where there
is none. Whatever somebody answered is put in as it is: what looks like a pipe in an answer is not
one. A brace that is no pipe stays as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.questions.amounts import Number
from consult.surveys.core.asking.questions.base import Declined, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Scale
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.asking.words import Words

_PIPE: Final = re.compile(r"\{([a-z0-9_]{1,20})\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Pipe:
    """A place in a text where the answer to ``question`` is put."""

    question: str
    instead: str


def pipes(text: str) -> tuple[Pipe, ...]:
    """All pipes of one text."""
    return tuple(Pipe(match[1], match[2]) for match in _PIPE.finditer(text))


def pipes_of(words: Words) -> Iterator[Pipe]:
    """All pipes of a text in any language."""
    for _, text in words.by_language:
        yield from pipes(text)


def can_be_piped(question: Question) -> bool:
    """Whether an answer to it is short, and no secret that another page should not show."""
    if question.sensitive:
        return False
    return isinstance(question, OneChoice | Scale | Number) or (
        isinstance(question, OpenText) and question.short
    )


def filled(
    text: str, questionnaire: Questionnaire, answers: Mapping[str, object], language: str
) -> str:
    """``text`` with the answers in the places of its pipes."""
    if "{" not in text:
        return text

    def said(match: re.Match[str]) -> str:
        question, answer = questionnaire.find(match[1]), answers.get(match[1])
        if question is None or answer is None or isinstance(answer, Declined):
            return match[2]
        told = question.said(answer, language) if question.holds(answer) else ""  # type: ignore[arg-type] # it holds
        return told or match[2]

    return _PIPE.sub(said, text)
