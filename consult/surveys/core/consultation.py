"""A consultation: what is asked and when, and how far it has come."""

import re
import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import count
from typing import Final

from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.words import NOTHING, SOURCE, Words

ROUNDED_TO: Final = 10
LONGEST_TITLE: Final = 120
LONGEST_INTRO: Final = 2000
LONGEST_FEEDBACK: Final = 10_000
_LONGEST_SLUG: Final = 50


class Phase(StrEnum):
    """How far a consultation has come; it only ever moves down this list."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Mode(StrEnum):
    """Who takes part, and so what may be said of the outcome (security D1).

    ``CONFIDENTIAL``: everybody on a roll, once, with a code; answers are sealed. ``POLL``: whoever
    comes by; answers are sealed as well, but those who came chose to, and nobody can tell whether
    they came once.
    """

    CONFIDENTIAL = "confidential"
    POLL = "poll"


class Stratum(StrEnum):
    """What of a person may go along with her answers."""

    KIND = "kind"
    AGE = "age"
    NEIGHBOURHOOD = "neighbourhood"


MOST_GROUPS: Final = 2
"""How many strata may stay, as coarse groups, when the answers are opened (security T33)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the secretary decides of a consultation besides its questions.

    ``strata``: what goes along with answers; ``groups``: which of these stay after opening, coarse.
    ``expected_response``: how many of a hundred are expected to take part.
    """

    title: Words
    intro: Words
    reference_date: date
    opens_at: datetime
    closes_at: datetime
    mode: Mode = Mode.CONFIDENTIAL
    languages: tuple[str, ...] = (SOURCE,)
    strata: tuple[Stratum, ...] = ()
    groups: tuple[Stratum, ...] = ()
    expected_response: int = 10

    def problem(self) -> Problem | None:
        """Why this cannot be planned, or ``None``."""
        if not str(self.title):
            return Problem("title_missing")
        if self.title.longest() > LONGEST_TITLE:
            return Problem("title_long", LONGEST_TITLE)
        if self.intro.longest() > LONGEST_INTRO:
            return Problem("intro_long", LONGEST_INTRO)
        return Problem("calendar_order") if self.closes_at <= self.opens_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One consultation. Moments are aware; those of decisions are ``None`` until taken.

    ``shown_count`` is the coarse number of participants that people may see while it is open, as
    it stood on the day ``shown_on``. ``recipients``: the public keys to which answers are sealed,
    fixed when opening is decided.
    """

    id: str
    slug: str
    title: Words
    intro: Words
    questions: Questionnaire
    reference_date: date
    opens_at: datetime
    closes_at: datetime
    mode: Mode = Mode.CONFIDENTIAL
    languages: tuple[str, ...] = (SOURCE,)
    strata: tuple[Stratum, ...] = ()
    groups: tuple[Stratum, ...] = ()
    expected_response: int = 10
    recipients: tuple[bytes, ...] = ()
    roll_id: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    unsealed_at: datetime | None = None
    published_at: datetime | None = None
    heard: Words = NOTHING
    will_do: Words = NOTHING
    shown_count: int = 0
    shown_on: date | None = None

    def phase(self, now: datetime) -> Phase:
        """The phase at ``now``. A closing that was stored holds whatever the clock says."""
        if self.published_at is not None:
            return Phase.PUBLISHED
        if self.closed_at is not None:
            return Phase.CLOSED
        if self.opened_at is None:
            return Phase.DRAFT
        if now >= self.closes_at:
            return Phase.CLOSED
        return Phase.SCHEDULED if now < self.opens_at else Phase.OPEN

    @property
    def path(self) -> str:
        """Where people take part, on this site."""
        return f"/meedoen/{self.slug}"

    def closing_due(self, now: datetime) -> bool:
        """Whether the closing has been reached but is not stored yet."""
        return self.opened_at is not None and self.closed_at is None and now >= self.closes_at

    def count_due(self, now: datetime, today: date) -> bool:
        """Whether it is time for today's coarse number of participants."""
        return self.phase(now) is Phase.OPEN and self.shown_on != today

    def obstacles(self, now: datetime, today: date) -> tuple[str, ...]:
        """What of the plan and the questions still stands in the way of opening: reason codes."""
        problem = self.questions.problem()
        found = {
            problem.code if problem else "": problem is not None,
            "calendar_order": self.closes_at <= self.opens_at,
            "closing_past": self.closes_at <= now,
            "reference_ahead": self.reference_date > today,
        }
        return tuple(code for code, stands in found.items() if stands)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a code gives: the mark of having taken part, the slot for the answers, and the strata
    that go along with them. In an open poll there is no mark and nothing goes along."""

    mark: str | None
    slot: str
    strata: Mapping[str, str] = field(default_factory=dict)


class Channel(StrEnum):
    """How answers came in: from the person herself, or entered by helpers."""

    WEB = "web"
    PAPER = "paper"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody sends. ``quotes``: the open questions whose answer may be quoted."""

    answers: Answers
    quotes: frozenset[str] = frozenset()
    channel: Channel = Channel.WEB


@dataclass(frozen=True, slots=True)
class Unsealing:
    """What came out of the envelopes; ``unreadable`` ones hold nothing that we could have made."""

    participants: int
    answers: int
    unreadable: int


def coarse(count: int) -> int:
    """``count`` rounded down to tens."""
    return count - count % ROUNDED_TO


def slug(title: str, taken: AbstractSet[str]) -> str:
    """An address for ``title``: words of a to z and digits, other than those ``taken``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_SLUG].strip("-")
    stem = words if words[:1].isalpha() else f"vraag-{words}".strip("-")
    return next(
        name
        for number in count(1)
        if (name := stem if number == 1 else f"{stem}-{number}") not in taken
    )
