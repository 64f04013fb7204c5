"""What somebody has filled in so far: her draft, and where she goes on in it.

Answers stay in a draft also when a later change shuts them off, so that going back loses nothing;
what is sent is only what she comes by. What was typed and is no answer yet is kept beside them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from consult.canonical import canonical
from consult.surveys.core.asking.answers import draft_from_data, to_data
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.base import Answer, Question
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.consultation import Channel, Sheet

SIZES: Final = (4096, 8192, 24576)
"""Bytes that a draft may take; all of one consultation take as many."""
_PER_QUESTION: Final = 80
_AROUND: Final = 512


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet that is being filled in.

    ``typed``: values of form fields that are no answer yet, by question. ``quotes``: questions
    whose answer may be quoted. ``seen``: those that she has gone past. ``moved``: the option that
    was put in another place just now, in the ranking before her.
    """

    answers: Answers = field(default_factory=dict)
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quotes: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    moved: str = ""

    def past(self, question: Question, answer: Answer | None, *, quote: bool = False) -> "Draft":
        """With the answer to a question that she goes on from, or none."""
        left = {key: one for key, one in self.answers.items() if key != question.id}
        quotes = self.quotes | {question.id} if quote else self.quotes - {question.id}
        return replace(
            self._cleared(question),
            answers=left if answer is None else {**left, question.id: answer},
            quotes=quotes if quotable(question) else self.quotes,
            seen=self.seen | {question.id},
        )

    def unfinished(self, question: Question, values: Sequence[str], moved: str = "") -> "Draft":
        """With values that are no answer yet. What was an answer before is none any more."""
        return replace(
            self._cleared(question),
            answers={key: one for key, one in self.answers.items() if key != question.id},
            typed={**self._cleared(question).typed, question.id: tuple(values)},
            seen=self.seen - {question.id},
            moved=moved,
        )

    def sheet(self, questionnaire: Questionnaire, channel: Channel) -> Sheet:
        """What is sent: the answers to questions that she comes by."""
        answers = questionnaire.kept(self.answers)
        return Sheet(answers, self.quotes & answers.keys(), channel)

    def _cleared(self, question: Question) -> "Draft":
        typed = {key: one for key, one in self.typed.items() if key != question.id}
        return replace(self, typed=typed, moved="")


def quotable(question: Question) -> bool:
    """Whether the council may ask to quote the answer: one in her own words, about nothing that
    the law protects."""
    return isinstance(question, OpenText) and not question.sensitive


def size(questionnaire: Questionnaire) -> int:
    """How many bytes every draft of this questionnaire takes."""
    most = questionnaire.longest() + _PER_QUESTION * len(questionnaire.questions) + _AROUND
    return next(one for one in SIZES if most <= one)


def to_bytes(draft: Draft, length: int) -> bytes:
    """The draft in ``length`` bytes; without what was typed, where that is too much to fit."""
    plain = _canonical(draft)
    if len(plain) > length:
        plain = _canonical(replace(draft, typed={}))
    return plain.ljust(length)  # JSON may end in spaces


def _canonical(draft: Draft) -> bytes:
    data = {
        "answers": to_data(draft.answers),
        "typed": {key: list(values) for key, values in draft.typed.items()},
        "quotes": sorted(draft.quotes),
        "seen": sorted(draft.seen),
        "moved": draft.moved,
    }
    return canonical(data)


def from_bytes(plain: bytes) -> Draft:
    """What :func:`to_bytes` was given."""
    data = json.loads(plain)
    return Draft(
        draft_from_data(data["answers"]) or {},
        {key: tuple(values) for key, values in data["typed"].items()},
        frozenset(data["quotes"]),
        frozenset(data["seen"]),
        data["moved"],
    )


# Walking


def is_routed(questionnaire: Questionnaire) -> bool:
    """Whether anything depends on earlier answers, so that not everybody is asked as much."""
    return any(one.when for one in questionnaire.sections) or any(
        one.when for one in questionnaire.questions
    )


def first_open(questionnaire: Questionnaire, draft: Draft) -> str | None:
    """The first page that she comes by and has not gone past; ``None`` when there is none."""
    return next((q.id for q in questionnaire.asked(draft.answers) if q.id not in draft.seen), None)


def page_after(questionnaire: Questionnaire, draft: Draft, question_id: str) -> str | None:
    """The page that follows; ``None`` after the last."""
    return _beside(questionnaire, draft, question_id, 1)


def page_before(questionnaire: Questionnaire, draft: Draft, question_id: str) -> str | None:
    """The page before; ``None`` on the first."""
    return _beside(questionnaire, draft, question_id, -1)


def _beside(questionnaire: Questionnaire, draft: Draft, question_id: str, steps: int) -> str | None:
    ids = [question.id for question in questionnaire.asked(draft.answers)]
    there = ids.index(question_id) + steps if question_id in ids else -1
    return ids[there] if 0 <= there < len(ids) else None
