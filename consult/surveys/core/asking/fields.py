"""Answers as the values of form fields, and back."""

from collections.abc import Sequence

from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Answer, Declined, Problem, Question
from consult.surveys.core.asking.questions.choices import Ranking
from consult.surveys.core.asking.words import SOURCE


def values(question: Question, answer: Answer | None) -> tuple[str, ...]:
    """An answer as the fields of its question show it."""
    match answer:
        case None:
            return ()
        case Declined():
            return (f"!{answer.value}",)
        case tuple():
            return tuple(str(one) for one in answer)
        case int() if isinstance(question, Number):
            return (question.spelt(answer),)
        case str() if isinstance(question, Day):
            return (question.said(answer, SOURCE),)
    return (str(answer),)


def given(question: Question, typed: Sequence[str], declined: Sequence[str]) -> tuple[str, ...]:
    """The values of a question whose fields sent ``typed``, with its boxes to decline by.

    Points that were left open are none, where others were filled in.
    """
    ticked = tuple(f"!{one}" for one in declined)
    if isinstance(question, Points):
        if not any(value.strip() for value in typed):
            return ticked
        return tuple(value.strip() or "0" for value in typed) + ticked
    return tuple(value for value in typed if value.strip()) + ticked


def parse(question: Question, sent: Sequence[str]) -> Answer | Problem | None:
    """The answer in the values that were sent, ``None`` for none, or the problem.

    As ``Question.parse``; and it tells of somebody who declined and answered at once.
    """
    offered = {f"!{one.value}" for one in question.declines}
    declined = [value for value in sent if value in offered]
    if declined and len(sent) > 1:
        return Problem("answer_exclusive")
    return question.parse(sent)


# Ranking by buttons: "add:code", "up:code", "down:code", "drop:code"


def rearranged(ranking: Ranking, ranked: Sequence[str], act: str) -> tuple[str, ...]:
    """The codes in their new order after a button; as they were when it asks for nothing."""
    doing, _, code = act.partition(":")
    codes = [one for one in dict.fromkeys(ranked) if one in ranking.codes()][: ranking.places]
    if doing == "add" and code in ranking.codes() and code not in codes:
        return (*codes, code)[: ranking.places]
    if code not in codes:
        return tuple(codes)
    here = codes.index(code)
    codes.pop(here)
    if doing == "drop":
        return tuple(codes)
    steps = {"up": -1, "down": 1}.get(doing, 0)
    codes.insert(max(0, here + steps), code)
    return tuple(codes)
