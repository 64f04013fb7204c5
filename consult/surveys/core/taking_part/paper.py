"""The texts of a questionnaire as one person reads them: her answers filled in, jargon marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from consult.surveys.core.asking import terms
from consult.surveys.core.asking.piping import filled
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire, Term
from consult.surveys.core.asking.questions.amounts import Points
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.terms import Part
from consult.surveys.core.asking.words import Words, words

_LONGEST_NUMBER: Final = 6


@dataclass(frozen=True, slots=True)
class Paper:
    """A questionnaire with the answers so far. ``Paper()`` fills in nothing: for a preview."""

    questionnaire: Questionnaire = field(default_factory=Questionnaire)
    answers: Answers = field(default_factory=dict)

    def parts(self, text: Words, language: str) -> tuple[Part, ...]:
        """A text in pieces; those that are jargon are marked. Answers are never read for marks."""
        there = text.language(language)
        found = terms.parts(text.to(language), self.questionnaire.terms, there)
        return tuple(
            Part(filled(one.text, self.questionnaire, self.answers, there), one.term)
            for one in found
        )

    def plain(self, text: Words, language: str) -> str:
        """A text in one piece."""
        return "".join(part.text for part in self.parts(text, language))

    def jargon(self, question: Question, language: str) -> tuple[Term, ...]:
        """What is explained below a question: each term in its texts once, in their order."""
        return tuple(dict.fromkeys(self._terms(question, language)))

    @staticmethod
    def left_over(question: Points, typed: Sequence[str]) -> int:
        """How many points are left to divide, by what was typed."""
        numbers = (int(one) for one in typed if one.isdecimal() and len(one) <= _LONGEST_NUMBER)
        return question.total - sum(numbers)

    def _terms(self, question: Question, language: str) -> Iterator[Term]:
        section = self.questionnaire.section_of(question.id)
        around = (section.title, section.intro) if section else ()
        for text in (*around, *question.texts()):
            for part in self.parts(text, language):
                if part.term is not None:
                    yield part.term


def told(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire as it is told of to others: nobody's answers in its texts, and no marks of
    pipes and jargon."""
    made: Questionnaire = _plainly(questionnaire, Paper(questionnaire))
    return made


def _plainly(value: Any, paper: Paper) -> Any:
    if isinstance(value, Words):
        return words({language: paper.plain(value, language) for language, _ in value.by_language})
    if isinstance(value, tuple):
        return tuple(_plainly(one, paper) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: _plainly(getattr(value, one.name), paper) for one in fields(value)}
        return replace(value, **held)
    return value
