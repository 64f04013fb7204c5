"""A questionnaire: questions in order, and its form as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from consult.canonical import canonical
from consult.surveys.core.questions import (
    Answer,
    OneChoice,
    OpenText,
    Problem,
    Question,
    Scale,
    SeveralChoices,
)

KINDS: Final[Mapping[str, type[Question]]] = {
    kind.kind: kind for kind in (OneChoice, SeveralChoices, Scale, OpenText)
}
MOST_QUESTIONS: Final = 50
LONGEST_ANSWERS: Final = 16_000
"""The most bytes that all answers of one person may take, so that they fit the largest envelope."""

_PER_QUESTION: Final = 32

Answers = dict[str, Answer]
"""Answers by the id of their question; a question that was left open is absent."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions in the order in which they are asked."""

    questions: tuple[Question, ...] = ()

    def __len__(self) -> int:
        return len(self.questions)

    def find(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((q for q in self.questions if q.id == question_id), None)

    def put(self, question: Question) -> "Questionnaire":
        """With ``question`` in the place of the one with its id, or else at the end."""
        if self.find(question.id) is None:
            return Questionnaire((*self.questions, question))
        return Questionnaire(tuple(question if q.id == question.id else q for q in self.questions))

    def drop(self, question_id: str) -> "Questionnaire":
        """Without that question."""
        return Questionnaire(tuple(q for q in self.questions if q.id != question_id))

    def move(self, question_id: str, steps: int) -> "Questionnaire":
        """With that question ``steps`` later (or earlier, below 0), as far as there is room."""
        order = list(self.questions)
        here = next((n for n, q in enumerate(order) if q.id == question_id), None)
        if here is None:
            return self
        there = min(max(here + steps, 0), len(order) - 1)
        order.insert(there, order.pop(here))
        return Questionnaire(tuple(order))

    def problem(self) -> Problem | None:
        """Why people cannot be asked this yet, or ``None``."""
        if not self.questions:
            return Problem("questions_missing")
        if len(self.questions) > MOST_QUESTIONS:
            return Problem("questions_many", MOST_QUESTIONS)
        if self.longest() > LONGEST_ANSWERS:
            return Problem("answers_long")
        return next((found for q in self.questions if (found := q.problem())), None)

    def longest(self) -> int:
        """The most bytes that all answers of one person take as canonical JSON."""
        return sum(q.longest() + _PER_QUESTION for q in self.questions)

    def missing(self, answers: Answers) -> tuple[Question, ...]:
        """The required questions without an answer."""
        return tuple(q for q in self.questions if q.required and q.id not in answers)

    def read(self, answers: object) -> Answers | None:
        """Answers as they came out of an envelope, or ``None`` when they are not to this."""
        if not isinstance(answers, dict) or not answers.keys() <= {q.id for q in self.questions}:
            return None
        for question in self.questions:
            if question.id in answers:
                if not question.holds(answers[question.id]):
                    return None
            elif question.required:
                return None
        return {key: tuple(a) if isinstance(a, list) else a for key, a in answers.items()}


def dump(questionnaire: Questionnaire) -> str:
    """The questionnaire as canonical JSON."""
    rows = [{"kind": q.kind, **asdict(q)} for q in questionnaire.questions]
    return canonical(rows).decode()


def load(text: str) -> Questionnaire:
    """The questionnaire that :func:`dump` wrote."""
    return Questionnaire(tuple(_question(row) for row in json.loads(text)))


def _question(row: dict[str, Any]) -> Question:
    fields: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}
    return KINDS[fields.pop("kind")](**fields)
