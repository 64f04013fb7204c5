"""A questionnaire: sections of questions, in the order in which they are asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from consult.surveys.core.asking.conditions import NO_CONDITION, Condition
from consult.surveys.core.asking.questions.base import Answer, Problem, Question
from consult.surveys.core.asking.words import NOTHING, Words

MOST_QUESTIONS: Final = 60
MOST_SECTIONS: Final = 20
MOST_TERMS: Final = 40
LONGEST_ANSWERS: Final = 16_000
"""The most bytes that all answers of one person may take, so that they fit the largest envelope."""

_PER_QUESTION: Final = 48

Answers = dict[str, Answer]
"""Answers by the id of their question; a question that was left open is absent."""

_Change = Callable[[Question], tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that needs explaining; in a text it stands between square brackets."""

    word: Words
    meaning: Words


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together. ``when`` goes for all of them, beside their own."""

    id: str
    title: Words = NOTHING
    intro: Words = NOTHING
    questions: tuple[Question, ...] = ()
    when: Condition = NO_CONDITION


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What people are asked. ``sections`` may be one without a title."""

    sections: tuple[Section, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order, statements included."""
        return tuple(chain.from_iterable(section.questions for section in self.sections))

    def __len__(self) -> int:
        return sum(question.asks for question in self.questions)

    def find(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((q for q in self.questions if q.id == question_id), None)

    def section_of(self, question_id: str) -> Section | None:
        """The section in which that question is asked."""
        return next(
            (s for s in self.sections if any(q.id == question_id for q in s.questions)), None
        )

    def texts(self) -> Iterator[Words]:
        """All texts that people read."""
        for section in self.sections:
            yield section.title
            yield section.intro
            for question in section.questions:
                yield from question.texts()
        for term in self.terms:
            yield term.word
            yield term.meaning

    # Walking through it

    def asked(self, answers: Answers) -> tuple[Question, ...]:
        """The questions that somebody with these answers comes by, in order."""
        return tuple(question for question, _ in self._walk(answers))

    def kept(self, answers: Answers) -> Answers:
        """Of ``answers`` those to questions that are reached: what an earlier answer shut off is
        gone, and what depended on that, too."""
        return {q.id: answers[q.id] for q, answered in self._walk(answers) if answered}

    def missing(self, answers: Answers) -> tuple[Question, ...]:
        """The required questions that are reached and have no answer."""
        return tuple(q for q, answered in self._walk(answers) if q.required and not answered)

    def holds(self, answers: Answers) -> bool:
        """Whether ``answers`` are a finished sheet: each to a question that is reached, within its
        domain, and none missing."""
        return self.kept(answers) == answers and not self.missing(answers)

    def _walk(self, answers: Answers) -> Iterator[tuple[Question, bool]]:
        met: Answers = {}
        for section in self.sections:
            open_section = section.when.holds(met)
            for question in section.questions:
                if not open_section or not question.when.holds(met):
                    continue
                answered = question.id in answers and question.holds(answers[question.id])
                if answered:
                    met[question.id] = answers[question.id]
                yield question, answered

    # Changing it

    def put(self, question: Question, section_id: str = "") -> "Questionnaire":
        """With ``question`` in the place of the one with its id; else at the end of that section
        (of the last one, when none is named)."""
        if self.find(question.id) is not None:
            return self._each(lambda q: (question,) if q.id == question.id else (q,))
        if not self.sections:
            return replace(self, sections=(Section("s1", questions=(question,)),))
        target = section_id or self.sections[-1].id
        return replace(
            self,
            sections=tuple(
                replace(s, questions=(*s.questions, question)) if s.id == target else s
                for s in self.sections
            ),
        )

    def drop(self, question_id: str) -> "Questionnaire":
        """Without that question."""
        return self._each(lambda q: () if q.id == question_id else (q,))

    def move(self, question_id: str, steps: int) -> "Questionnaire":
        """With that question one place later (``steps`` 1) or earlier (-1); at the edge of its
        section it goes over into the next one."""
        here = next(
            (
                (n, m)
                for n, section in enumerate(self.sections)
                for m, question in enumerate(section.questions)
                if question.id == question_id
            ),
            None,
        )
        if here is None:
            return self
        order = [list(section.questions) for section in self.sections]
        n, m = here
        question = order[n].pop(m)
        if 0 <= m + steps <= len(order[n]):
            order[n].insert(m + steps, question)
        elif 0 <= n + steps < len(order):
            order[n + steps].insert(0 if steps > 0 else len(order[n + steps]), question)
        else:
            order[n].insert(m, question)
        sections = zip(self.sections, order, strict=True)
        return replace(
            self, sections=tuple(replace(s, questions=tuple(found)) for s, found in sections)
        )

    def _each(self, change: _Change) -> "Questionnaire":
        return replace(
            self,
            sections=tuple(
                replace(s, questions=tuple(chain.from_iterable(map(change, s.questions))))
                for s in self.sections
            ),
        )

    # Checking it

    def problem(self) -> Problem | None:
        """Why people cannot be asked this yet, apart from its routing; or ``None``."""
        if not any(question.asks for question in self.questions):
            return Problem("questions_missing")
        if found := self.too_much():
            return found
        return next(
            (replace(found, place=q.id) for q in self.questions if (found := q.problem())), None
        )

    def too_much(self) -> Problem | None:
        """That there is more of it than can be kept or answered, or ``None``."""
        if len(self.questions) > MOST_QUESTIONS:
            return Problem("questions_many", MOST_QUESTIONS)
        if len(self.sections) > MOST_SECTIONS:
            return Problem("sections_many", MOST_SECTIONS)
        return Problem("answers_long") if self.longest() > LONGEST_ANSWERS else None

    def longest(self) -> int:
        """The most bytes that all answers of one person take as canonical JSON."""
        return sum(q.longest() + _PER_QUESTION for q in self.questions if q.asks)
