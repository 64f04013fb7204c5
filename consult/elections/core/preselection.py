"""Preselection: who assesses whom, when they see each other's scores, and what is decided.

The council may choose among the applicants before customers vote, itself or through an external
committee (agreement, 3.3; infographic S2). Everybody assesses apart; scores are shown when all are
in. The verdict decides, not the order of the scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from consult.elections.core.election import Preselection
from consult.elections.core.profile import Competence

FEWEST_ASSESSORS: Final = 2
"""For each applicant, without a conflict of interest: one opinion cannot be compared."""

FEWEST_SEATS: Final[Mapping[Preselection, int]] = {
    Preselection.COUNCIL: 2,
    Preselection.COMMITTEE: 3,
}
"""Who assess. A committee has three, so that two of them cannot block each other."""

LOWEST, HIGHEST = 1, 5
LONGEST_REASON: Final = 2000

REVIEW_LASTS: Final = timedelta(days=7)
"""How long after the verdict an applicant may ask to look again."""

WHOLE: Final = Competence("profile", "")
"""What is scored when the profile names no competences: how somebody fits it as a whole."""


class Stage(StrEnum):
    """How far a preselection is. It follows from what people did and from the time."""

    APPOINTING = "appointing"
    ASSESSING = "assessing"
    COMPARING = "comparing"
    REVIEWING = "reviewing"
    FINAL = "final"


class Left(StrEnum):
    """Why somebody who was asked does not assess: she stands herself, works for the landlord, or
    has declined."""

    STANDS = "stands"
    LANDLORD = "landlord"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who was appointed to assess. ``joined_at``: when she declared to be free to."""

    account_id: str
    joined_at: datetime | None = None
    left: Left | None = None
    handed_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What an assessor gives for one competence, and why."""

    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one assessor says of one applicant: a conflict of interest, or scores."""

    account_id: str
    application_id: str
    conflict: str = ""
    scores: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an applicant may stand. ``reason`` is for her.

    ``against``: why the scores did not decide. Without ``decided_at`` it is proposed.
    Nobody but the assessors learns who wrote it.
    """

    application_id: str
    admitted: bool
    reason: str
    against: str = ""
    proposer: str = ""
    approver: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """That an applicant asked to look again, and what became of it."""

    application_id: str
    asked_at: datetime
    reasons: str
    admits: bool | None = None
    reason: str = ""
    proposer: str = ""
    approver: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """A preselection as it stands. ``applications``: ids of those who applied and stay."""

    by: Preselection
    begins_at: datetime | None
    competences: tuple[Competence, ...]
    applications: tuple[str, ...]
    seats: Mapping[str, Seat]
    assessments: Mapping[tuple[str, str], Assessment]
    verdicts: Mapping[str, Verdict]
    reviews: Mapping[str, Review]

    @property
    def assessors(self) -> frozenset[str]:
        """Accounts that assess, or have yet to say whether they can."""
        return frozenset(one for one, seat in self.seats.items() if seat.left is None)

    def begun(self, now: datetime) -> bool:
        """Whether the time to apply is over, so that it is known who is assessed."""
        return self.begins_at is None or now >= self.begins_at

    def stage(self, now: datetime) -> Stage:
        """How far it is at ``now``."""
        if not self.seats or not self.begun(now):
            return Stage.APPOINTING
        if not self.applications or self.settled(now):
            return Stage.FINAL
        if self.decided:
            return Stage.REVIEWING
        return Stage.COMPARING if self.revealed else Stage.ASSESSING

    def complete(self, account_id: str, application_id: str) -> bool:
        """Whether the assessor has said all there is to say of the applicant."""
        held = self.assessments.get((account_id, application_id))
        return held is not None and (bool(held.conflict) or not problems_of(self, held.scores))

    def left_for(self, account_id: str) -> tuple[str, ...]:
        """The applicants of whom the assessor has yet to say something."""
        return tuple(one for one in self.applications if not self.complete(account_id, one))

    def handed_in(self, account_id: str) -> bool:
        """Whether the assessor has nothing to say any more."""
        seat = self.seats[account_id]
        return seat.handed_in_at is not None and not self.left_for(account_id)

    @property
    def pending(self) -> frozenset[str]:
        """The assessors who have not handed in."""
        return frozenset(one for one in self.assessors if not self.handed_in(one))

    @property
    def revealed(self) -> bool:
        """Whether assessors see each other's scores: all are in, and there are enough of them.

        While somebody may still be appointed nothing is shown, so that she too scores apart.
        """
        return not self.too_few and not self.pending

    @property
    def too_few(self) -> bool:
        """Whether more people must be appointed: in all, or for one of the applicants."""
        return len(self.assessors) < FEWEST_SEATS[self.by] or bool(self.short)

    def conflicted(self, application_id: str) -> frozenset[str]:
        """The assessors who declared a conflict of interest with the applicant."""
        return frozenset(
            one
            for one in self.assessors
            if (held := self.assessments.get((one, application_id))) and held.conflict
        )

    @property
    def short(self) -> dict[str, int]:
        """The applicants with too few assessors, and how many are missing."""
        free = {one: len(self.assessors - self.conflicted(one)) for one in self.applications}
        return {one: FEWEST_ASSESSORS - n for one, n in free.items() if n < FEWEST_ASSESSORS}

    @property
    def decided(self) -> bool:
        """Whether a verdict stands for everybody who applied."""
        return all(
            one in self.verdicts and self.verdicts[one].decided_at for one in self.applications
        )

    def settled(self, now: datetime) -> bool:
        """Whether verdicts stand, no review is open and none can be asked for any more."""
        return self.decided and not any(
            self.may_ask(one, now) or self.open_review(one) for one in self.applications
        )

    def open_review(self, application_id: str) -> bool:
        """Whether the applicant asked to look again and has no answer yet."""
        review = self.reviews.get(application_id)
        return review is not None and review.decided_at is None

    def may_ask(self, application_id: str, now: datetime) -> bool:
        """Whether the applicant may ask to look again: refused, in time, for the first time."""
        verdict = self.verdicts.get(application_id)
        if verdict is None or verdict.decided_at is None or verdict.admitted:
            return False
        return application_id not in self.reviews and now < verdict.decided_at + REVIEW_LASTS

    def admits(self, application_id: str) -> bool:
        """Whether the applicant may stand, after a review where there was one."""
        review, verdict = self.reviews.get(application_id), self.verdicts.get(application_id)
        granted = review is not None and review.decided_at is not None and bool(review.admits)
        return granted or (verdict is not None and verdict.admitted)


def problems_of(selection: Selection, scores: Mapping[str, Score]) -> dict[str, str]:
    """What is wrong with scores: a code by competence; empty when all is well."""
    found = {}
    for one in selection.competences:
        score = scores.get(one.id)
        if score is None or not LOWEST <= score.value <= HIGHEST:
            found[one.id] = "value"
        elif not 0 < len(score.reason.strip()) <= LONGEST_REASON:
            found[one.id] = "reason"
    return found
