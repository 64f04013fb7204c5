"""Standing for election: what a customer says who applies, and how far that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from consult.elections.core.election import Plan

BOARD = "board"
"""Everybody who stands, stands for the board; some also for ``chair`` or ``executive``."""
CHAIR: Final = "chair"
EXECUTIVE: Final = "executive"


class Standing(StrEnum):
    """How far an application is. What a committee makes of it is told elsewhere."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Application:
    """Somebody who applies to stand.

    ``answers``: by id of a competence of the profile, in the applicant's own words.
    ``backgrounds``: those of the profile that she says to have. ``groups``: of the register and
    these, as rules know them, on the sealed dates. ``conflicts``: what could keep her from
    deciding freely, in her own words; for who assesses, never public, and so are ``staff``
    (works for the landlord) and ``committee`` (sits on the selection committee); ``None``: she was
    not asked yet. ``on_paper``: the secretary entered it from a form that she signed.
    """

    id: str
    election_id: str
    name: str
    statement: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    backgrounds: frozenset[str] = frozenset()
    stands_for: frozenset[str] = frozenset({BOARD})
    conflicts: str = ""
    groups: frozenset[str] = frozenset()
    consented_at: datetime | None = None
    submitted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    staff: bool | None = None
    committee: bool | None = None
    on_paper: bool = False

    @property
    def standing(self) -> Standing:
        """How far it is."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        return Standing.DRAFT if self.submitted_at is None else Standing.SUBMITTED


class Call(StrEnum):
    """Whether customers can apply. ``NONE``: the secretary alone puts candidates on the list."""

    NONE = "none"
    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def call_of(plan: "Plan", profile_at: datetime | None, now: datetime) -> Call:
    """Whether customers can apply: only on a published profile (agreement, 3.2)."""
    if plan.nominate_from is None or plan.nominate_until is None:
        return Call.NONE
    if now >= plan.nominate_until:
        return Call.OVER
    return Call.EARLY if profile_at is None or now < plan.nominate_from else Call.OPEN
