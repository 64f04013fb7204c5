"""Open answers as people look at them: which are done, and until when they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from consult.surveys.core.asking.questions.base import Problem

KEPT_DAYS: Final = 90
"""Days after opening that open answers are kept at most (security D11)."""

LONGEST_REDACTED: Final = 2400
"""Signs; room for marks in the place of words in the longest answer."""


class State(StrEnum):
    """How far a text is. ``REDACTED``: somebody read it and nobody can be known from it."""

    TO_DO = "to_do"
    REDACTED = "redacted"
    ASIDE = "aside"


class Reason(StrEnum):
    """Why a text is set aside: it is not coded, counted or quoted."""

    NOTHING = "nothing"
    UNREADABLE = "unreadable"
    SOMETHING_ELSE = "something_else"
    RECOGNISABLE = "recognisable"
    HURTFUL = "hurtful"


@dataclass(frozen=True, slots=True)
class Written:
    """One open answer, apart from all else its writer said. ``quotable``: she agreed to a quote."""

    id: str
    text: str
    quotable: bool
    state: State = State.TO_DO
    reason: Reason | None = None


def redacted(texts: Iterable[Written]) -> tuple[Written, ...]:
    """Those that were looked at and stay."""
    return tuple(one for one in texts if one.state is State.REDACTED)


def text_problem(text: str) -> Problem | None:
    """Why a text cannot be kept like this, or ``None``."""
    if not text:
        return Problem("redacted_missing")
    return Problem("redacted_long", LONGEST_REDACTED) if len(text) > LONGEST_REDACTED else None


def erased_at(unsealed_at: datetime) -> datetime:
    """When the open answers are erased."""
    return unsealed_at + timedelta(days=KEPT_DAYS)
