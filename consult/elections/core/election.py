"""An election as the council decides it: what it asks, when, under which rules, and its phases."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from consult.clock import day_of, years_later
from consult.council.core.agreement import Ties
from consult.elections.core.nomination import BOARD
from consult.elections.core.profile import NOTHING, Needs

LONGEST_STATEMENT = 600
"""Signs of a candidate's statement: everybody has the same space."""


class Phase(StrEnum):
    """Where an election stands. It follows from what people decided and from the time."""

    DRAFT = "draft"
    SEALED = "sealed"
    OPEN = "open"
    CLOSED = "closed"
    TALLIED = "tallied"
    PUBLISHED = "published"


class Preselection(StrEnum):
    """Who, if anybody, chooses among the applicants before customers vote (3.3, S2)."""

    NONE = "none"
    COUNCIL = "council"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the council decides before candidates are known.

    ``reference_date`` is the day on which somebody must be a customer to take part.
    ``profile`` is what the board needs, in words, published before anybody stands.
    The elected sit from ``seats_from`` up to, and without, ``seats_until``; who sits on the first
    of these days already is one of the members who stay. Customers apply from ``nominate_from``
    up to ``nominate_until``; without these the secretary alone puts candidates on the list.
    ``beacon`` names the number from outside that a computed lot will use: a round of drand, or
    dice thrown where anybody can see them.
    """

    title: str
    profile: str
    max_board: int
    max_choices: int
    reference_date: date
    opens_at: datetime
    closes_at: datetime
    seats_from: date
    seats_until: date
    preselection: Preselection = Preselection.NONE
    nominate_from: datetime | None = None
    nominate_until: datetime | None = None
    ties: Ties = Ties.PUBLIC_DRAW
    beacon: str = ""


@dataclass(frozen=True, slots=True)
class Election:
    """A plan with what has happened to it since.

    ``needs``: what the board needs, besides the words of the plan. ``profile_at``: when the
    profile was published; from then on plan and needs are fixed. ``extend_to``: a later end of
    the nominations that one person proposed. ``listed_at``: when the list of candidates was made
    of the applications.
    ``voters`` is how many ballots were added up at closing, ``totals`` the votes by question and
    candidate, in the order of the paper. Until ``lot_until`` key holders may show their number for
    the lot.
    """

    id: str
    uuid: str
    plan: Plan
    roll_id: str | None = None
    needs: Needs = NOTHING
    extend_to: datetime | None = None
    profile_at: datetime | None = None
    codes_at: datetime | None = None
    sealed_at: datetime | None = None
    closed_at: datetime | None = None
    voters: int | None = None
    totals: tuple[tuple[int, ...], ...] | None = None
    lot_until: datetime | None = None
    published_at: datetime | None = None
    listed_at: datetime | None = None

    @property
    def lacks_profile(self) -> bool:
        """Whether a profile has to be published before anybody may stand (agreement, 3.2)."""
        asked = self.needs != NOTHING or self.plan.nominate_from is not None
        return asked and self.profile_at is None

    def phase(self, now: datetime) -> Phase:
        """The phase at ``now``. A closing that was stored is final, whatever the clock says."""
        if self.published_at is not None:
            return Phase.PUBLISHED
        if self.totals is not None:
            return Phase.TALLIED
        if self.sealed_at is None:
            return Phase.DRAFT
        if self.closed_at is not None or now >= self.plan.closes_at:
            return Phase.CLOSED
        return Phase.OPEN if now >= self.plan.opens_at else Phase.SEALED


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who stands. ``groups`` are those of the register on the day of nomination.

    ``stands_for``: ``board``, and whichever of ``chair`` and ``executive``. ``answers``: what she
    says on each competence of the profile, by its id.
    """

    id: str
    name: str
    statement: str
    groups: frozenset[str]
    stands_for: frozenset[str] = frozenset({BOARD})
    answers: Mapping[str, str] = field(default_factory=dict)
    application_id: str | None = None


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """A trustee: the public key with its proof, and later the partial decryption, as sent.

    ``lot`` is what the holder committed to for a computed lot, ``reveal`` the number itself.
    """

    id: str
    owner: int
    name: str
    key: bytes | None = None
    decryption: bytes | None = None
    lot: str | None = None
    reveal: str | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key as sent, in hex: what the seal says of it."""
        return digest(self.key or b"")


@dataclass(frozen=True, slots=True)
class Verification:
    """What the strict verifier found in the archive up to the event ``head``.

    Without a head it has not looked to the end yet.
    """

    head: str = ""
    findings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it looked, and found nothing wrong."""
        return bool(self.head) and not self.findings


def problems_of(plan: Plan, now: datetime, largest_board: int, term_years: int) -> dict[str, str]:
    """What is wrong with a plan: a reason code by field; empty when all is well.

    Nobody is elected for longer than ``term_years``, counted from the first day of the seat.
    """
    early = plan.seats_from < day_of(plan.closes_at)
    last = years_later(plan.seats_from, term_years)
    checks = (
        ("title", "missing", not plan.title.strip()),
        ("profile", "missing", not plan.profile.strip()),
        ("max_board", "board_size", not 1 <= plan.max_board <= largest_board),
        ("max_choices", "choices", not 1 <= plan.max_choices <= plan.max_board),
        ("closes_at", "in_the_past", plan.closes_at <= now),
        ("closes_at", "before_opening", plan.closes_at <= plan.opens_at),
        ("seats_from", "before_closing", early),
        ("seats_until", "term", not early and plan.seats_until > last),
        ("seats_until", "before_start", plan.seats_until <= plan.seats_from),
        ("beacon", "missing", plan.ties is Ties.COMMIT_BEACON and not plan.beacon.strip()),
        ("reference_date", "after_opening", plan.reference_date > day_of(plan.opens_at)),
    )
    wrong_by_field = {field: code for field, code, wrong in checks if wrong}
    return wrong_by_field | _nominating(plan, now)


def _nominating(plan: Plan, now: datetime) -> dict[str, str]:
    """What is wrong with the days on which customers apply; both may be left out."""
    begin, end = plan.nominate_from, plan.nominate_until
    if begin is None and end is None:
        return {}
    if begin is None or end is None:
        return {"nominate_from" if begin is None else "nominate_until": "missing"}
    checks = (
        ("nominate_from", "in_the_past", begin <= now),
        ("nominate_until", "before_opening", end <= begin),
        ("nominate_until", "after_voting", end > plan.opens_at),
    )
    return {field: code for field, code, wrong in checks if wrong}


def paper_order(
    uuid: str, candidates: Sequence[Candidate], office: str = BOARD
) -> tuple[Candidate, ...]:
    """The order on the paper: by SHA-256 of the election and the candidate, so by nobody's choice.

    The election's name is drawn before anybody stands, and anyone can compute the order again. For
    chair and executive the office is hashed along, so that nobody comes first everywhere.
    """
    lot = f"order/1|{uuid}" if office == BOARD else f"order/1|{uuid}|{office}"
    return tuple(
        sorted(
            candidates,
            key=lambda one: hashlib.sha256(f"{lot}|{one.id}".encode()).digest(),
        )
    )


def digest(raw: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def receipt_text(uuid: str, tracker: str, height: int, event: str) -> bytes:
    """What the server signs when a ballot is in the archive."""
    return f"consult-receipt/1|{uuid}|{tracker}|{height}|{event}".encode()


def parse_seal(raw: bytes) -> dict[str, Any]:
    """The seal as it was fixed at opening."""
    seal: dict[str, Any] = json.loads(raw)
    return seal
