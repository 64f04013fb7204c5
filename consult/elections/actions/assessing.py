"""Assessing apart: a conflict of interest or scores with reasons, then handing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.elections.actions.assessors import assessor
from consult.elections.core.election import Election
from consult.elections.core.nomination import Application, Standing
from consult.elections.core.preselection import (
    LONGEST_REASON,
    Assessment,
    Score,
    Selection,
    problems_of,
)
from consult.elections.core.profile import Competence
from consult.elections.core.shortlist import against_order, agreement, spreads
from consult.elections.core.spread import Spread
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.elections.store import preselection as kept
from consult.raters import Level, level
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Sheet:
    """One applicant before one assessor, with what she herself said so far, and nobody else."""

    election: Election
    competences: tuple[Competence, ...]
    applicant: Application
    photo: bool
    mine: Assessment | None
    fixed: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """Everybody's scores side by side. ``spreads`` and ``alpha`` are computed from them."""

    election: Election
    selection: Selection
    applicants: Mapping[str, Application]
    spreads: Mapping[str, Spread]
    alpha: Fraction | None

    @property
    def level(self) -> Level:
        """How far the assessors agree, in words."""
        return level(self.alpha)

    @property
    def ranked(self) -> tuple[str, ...]:
        """The applicants, the highest mean first; the order decides nothing."""
        return tuple(
            sorted(
                self.applicants,
                key=lambda one: (-self.spreads[one].mean, self.applicants[one].name),
            )
        )

    @property
    def against(self) -> frozenset[str]:
        """Who is refused, so far, although somebody with a lower mean is not."""
        means = {one: told.mean for one, told in self.spreads.items()}
        verdicts = self.selection.verdicts
        admitted = {one for one in self.applicants if one in verdicts and verdicts[one].admitted}
        return against_order(means, admitted) & verdicts.keys()


def sheet(
    session: Session, who: Actor, now: datetime, election_id: str, application_id: str
) -> Sheet:
    """One applicant, for an assessor.

    Raises:
        Refusal: ``elections.application_unknown``; as
            :func:`consult.elections.actions.assessors.assessor`.
    """
    election, selection = assessor(session, who, now, election_id)
    found = {one.id: one for one in applications.every(session, election_id, Standing.SUBMITTED)}
    if application_id not in found:
        raise Refusal("elections.application_unknown")
    return Sheet(
        election,
        selection.competences,
        found[application_id],
        applications.photo(session, application_id) is not None,
        selection.assessments.get((who.account_id, application_id)),
        _fixed(selection, who.account_id, application_id),
    )


def photo(
    session: Session, who: Actor, now: datetime, election_id: str, application_id: str
) -> bytes | None:
    """The photo of an applicant, for an assessor.

    Raises:
        Refusal: as :func:`sheet`.
    """
    sheet(session, who, now, election_id, application_id)
    return applications.photo(session, application_id)


def declare_conflict(
    session: Session, who: Actor, now: datetime, election_id: str, application_id: str, why: str
) -> None:
    """Say that one is not free to judge an applicant; scores that were given are erased.

    Raises:
        Refusal: ``elections.conflict_unexplained``, ``elections.handed_in``; as :func:`sheet`.
    """
    if not 0 < len(why.strip()) <= LONGEST_REASON:
        raise Refusal("elections.conflict_unexplained", most=LONGEST_REASON)
    _put(session, who, now, election_id, Assessment(who.account_id, application_id, why.strip()))


def assess(
    session: Session,
    who: Actor,
    now: datetime,
    election_id: str,
    application_id: str,
    scores: Mapping[str, Score],
) -> None:
    """Score an applicant on every competence of the profile, each with a reason.

    Raises:
        Refusal: ``elections.scores_wrong``; ``fields`` says what is wrong with which competence;
            ``elections.handed_in``; as :func:`sheet`.
    """
    _, selection = assessor(session, who, now, election_id)
    if found := problems_of(selection, scores):
        raise Refusal("elections.scores_wrong", fields=found, most=LONGEST_REASON)
    given = {
        one.id: Score(scores[one.id].value, scores[one.id].reason.strip())
        for one in selection.competences
    }
    made = Assessment(who.account_id, application_id, scores=given)
    _put(session, who, now, election_id, made)


def hand_in(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Be ready with everybody. After it nothing changes; others' scores come when all are in.

    Raises:
        Refusal: ``elections.assessment_incomplete`` with how many applicants are left,
            ``elections.handed_in``; as :func:`consult.elections.actions.assessors.assessor`.
    """
    store.lock(session, election_id)
    _, selection = assessor(session, who, now, election_id)
    if selection.handed_in(who.account_id):
        raise Refusal("elections.handed_in")
    if left := selection.left_for(who.account_id):
        raise Refusal("elections.assessment_incomplete", left=len(left))
    kept.change_seat(session, election_id, who.account_id, handed_in_at=now)
    record(session, who, now, "elections.assessments_handed_in", {"election": election_id})


def scores(session: Session, who: Actor, now: datetime, election_id: str) -> Scores:
    """Everybody's scores, for an assessor, once all are in.

    Raises:
        Refusal: ``elections.assessors_missing`` when an applicant has too few assessors without a
            conflict; ``elections.scores_hidden`` as long as somebody has not handed in; as
            :func:`consult.elections.actions.assessors.assessor`.
    """
    election, selection = assessor(session, who, now, election_id)
    found = {one.id: one for one in applications.every(session, election_id, Standing.SUBMITTED)}
    if selection.pending:
        raise Refusal("elections.scores_hidden", left=len(selection.pending))
    if selection.short:
        names = ", ".join(found[one].name for one in selection.short)
        raise Refusal("elections.assessors_missing", names=names)
    if not selection.revealed:
        raise Refusal("elections.assessors_gone")
    return Scores(election, selection, found, spreads(selection), agreement(selection))


def _put(session: Session, who: Actor, now: datetime, election_id: str, given: Assessment) -> None:
    store.lock(session, election_id)
    if sheet(session, who, now, election_id, given.application_id).fixed:
        raise Refusal("elections.handed_in")
    kept.put_assessment(session, election_id, given)


def _fixed(selection: Selection, account_id: str, application_id: str) -> bool:
    """Whether the assessor has handed in what she said of the applicant."""
    handed_in = selection.seats[account_id].handed_in_at is not None
    return handed_in and selection.complete(account_id, application_id)
