"""A consultation: what is asked and when, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from consult.surveys.core.questionnaire import Questionnaire

ROUNDED_TO: Final = 10


class Phase(StrEnum):
    """How far a consultation has come; it only ever moves down this list."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One consultation. Moments are aware; those of decisions are ``None`` until taken.

    ``shown_count`` is the coarse number of participants that people may see while it is open, as
    it stood on the day ``shown_on``.
    """

    id: str
    slug: str
    title: str
    intro: str
    questions: Questionnaire
    reference_date: date
    opens_at: datetime
    closes_at: datetime
    public_key: bytes | None = None
    key_proved_at: datetime | None = None
    roll_id: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    unsealed_at: datetime | None = None
    published_at: datetime | None = None
    heard: str = ""
    will_do: str = ""
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

    def closing_due(self, now: datetime) -> bool:
        """Whether the closing has been reached but is not stored yet."""
        return self.opened_at is not None and self.closed_at is None and now >= self.closes_at

    def obstacles(self, now: datetime) -> tuple[str, ...]:
        """What still stands in the way of opening: reason codes, none when it may open."""
        problem = self.questions.problem()
        found = {
            problem.code if problem else "": problem is not None,
            "calendar_order": self.closes_at <= self.opens_at,
            "closing_past": self.closes_at <= now,
            "key_missing": self.public_key is None,
            "key_unproved": self.key_proved_at is None,
        }
        return tuple(code for code, stands in found.items() if stands)


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who was invited and who took part, per stratum."""

    invited: int = 0
    participants: int = 0


@dataclass(frozen=True, slots=True)
class Unsealing:
    """What came out of the envelopes; ``unreadable`` ones hold nothing that we could have made."""

    participants: int
    answers: int
    unreadable: int


def coarse(count: int) -> int:
    """``count`` rounded down to tens."""
    return count - count % ROUNDED_TO
