"""Standing for election: what a customer says who applies, and how far the application is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

BOARD = "board"
"""Everybody who stands, stands for the board; some also for ``chair`` or ``executive``."""

CHAIR, EXECUTIVE = "chair", "executive"


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
    deciding freely, in her own words; for who assesses, never public.
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

    @property
    def standing(self) -> Standing:
        """How far it is."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        return Standing.DRAFT if self.submitted_at is None else Standing.SUBMITTED
