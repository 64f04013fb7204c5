"""Preselection as others meet it: how far it is, who is admitted, and what an applicant reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import SYSTEM, Actor
from consult.audit.actions import record
from consult.elections.actions.assessors import ROLES, held
from consult.elections.core.election import Election, Preselection
from consult.elections.core.nomination import Application, Standing
from consult.elections.core.preselection import (
    LONGEST_REASON,
    REVIEW_LASTS,
    Review,
    Seat,
    Selection,
    Stage,
)
from consult.elections.core.shortlist import decides
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.elections.store import preselection as kept
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Numbers:
    """A preselection in numbers, which name nobody. What is decided counts once it stands.

    ``too_few``: somebody has to be appointed before scores are shown.
    """

    applied: int
    withdrawn: int
    assessors: int
    handed_in: int
    admitted: int
    refused: int
    asked: int
    granted: int
    open_reviews: int
    too_few: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A preselection before one person. Without a seat in it she sees numbers alone.

    ``selection`` holds no assessment but her own. ``decides``: she may propose the shortlist.
    """

    election: Election
    stage: Stage
    numbers: Numbers
    selection: Selection | None = None
    me: Seat | None = None
    applicants: Mapping[str, Application] | None = None
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an applicant reads of her verdict. Not who wrote it, no score, nobody else.

    ``ask_until``: the end of the term in which she may ask to look again; ``None`` where there is
    nothing to ask or she has asked. ``looked_again``: why the review ended as it did.
    """

    admitted: bool
    reason: str
    decided_at: datetime
    ask_until: datetime | None = None
    asked_at: datetime | None = None
    looked_again: str = ""


def room(session: Session, who: Actor, now: datetime, election_id: str) -> Room:
    """How far the preselection is, and for an assessor whom she assesses.

    Raises:
        Refusal: ``elections.unknown``, ``elections.no_preselection``.
    """
    election, selection = held(session, election_id)
    stage = Stage.FINAL if election.published_at is not None else selection.stage(now)
    numbers = numbers_of(session, election, selection)
    me = selection.seats.get(who.account_id)
    if me is None or not who.roles & ROLES[selection.by]:
        return Room(election, stage, numbers)
    takes_part = me.joined_at is not None and me.left is None and election.published_at is None
    found = applications.every(session, election_id, Standing.SUBMITTED) if takes_part else []
    mine = {key: one for key, one in selection.assessments.items() if key[0] == who.account_id}
    alone = replace(selection, assessments=mine)
    may = decides(selection, {who.account_id})
    return Room(election, stage, numbers, alone, me, {one.id: one for one in found}, may)


def numbers_of(session: Session, election: Election, selection: Selection) -> Numbers:
    """The numbers of a preselection."""
    decided = [
        one
        for one in selection.applications
        if one in selection.verdicts and selection.verdicts[one].decided_at is not None
    ]
    admitted = sum(selection.admits(one) for one in decided)
    reviews = [selection.reviews[one] for one in decided if one in selection.reviews]
    answered = [one for one in reviews if one.decided_at is not None]
    withdrawn = sum(
        one.submitted_at is not None
        for one in applications.every(session, election.id, Standing.WITHDRAWN)
    )
    return Numbers(
        applied=len(selection.applications) + withdrawn,
        withdrawn=withdrawn,
        assessors=len(selection.assessors),
        handed_in=len(selection.assessors - selection.pending),
        admitted=admitted,
        refused=len(decided) - admitted,
        asked=len(reviews),
        granted=sum(bool(one.admits) for one in answered),
        open_reviews=len(reviews) - len(answered),
        too_few=selection.too_few,
    )


def seated_in(session: Session, who: Actor) -> list[Election]:
    """The elections for which somebody was appointed to assess, the latest first."""
    mine = set(kept.seated_in(session, who.account_id))
    return [one for one in store.every(session) if one.id in mine]


def admitted(session: Session, now: datetime, election_id: str) -> frozenset[str]:
    """Ids of the applications that may stand. Without a preselection that is everybody.

    Raises:
        Refusal: ``elections.preselection_open`` until a verdict stands for everybody who applied
            and no review is open or can still be asked for.
    """
    election = store.get(session, election_id)
    if election.plan.preselection is Preselection.NONE:
        handed_in = applications.every(session, election_id, Standing.SUBMITTED)
        return frozenset(one.id for one in handed_in)
    selection = kept.selection(session, election)
    if not selection.begun(now) or not selection.settled(now):
        raise Refusal("elections.preselection_open")
    return frozenset(one for one in selection.applications if selection.admits(one))


def verdict_for(session: Session, application_id: str) -> Told | None:
    """What the applicant reads; ``None`` as long as no verdict stands, or she withdrew."""
    election_id = applications.election_of(session, application_id)
    if election_id is None:
        return None
    selection = kept.selection(session, store.get(session, election_id))
    verdict, review = selection.verdicts.get(application_id), selection.reviews.get(application_id)
    if verdict is None or verdict.decided_at is None:
        return None
    if application_id not in selection.applications:
        return None
    may_ask = not verdict.admitted and review is None
    answered = review is not None and review.decided_at is not None
    return Told(
        admitted=selection.admits(application_id),
        reason=verdict.reason,
        decided_at=verdict.decided_at,
        ask_until=verdict.decided_at + REVIEW_LASTS if may_ask else None,
        asked_at=review.asked_at if review else None,
        looked_again=review.reason if review and answered else "",
    )


def ask_review(session: Session, now: datetime, application_id: str, reasons: str) -> None:
    """The applicant asks to look again at a refusal, with her reasons: once, within the term.

    Raises:
        Refusal: ``elections.review_reasonless``, ``elections.review_too_long``,
            ``elections.review_impossible``.
    """
    said = reasons.strip()
    if not said:
        raise Refusal("elections.review_reasonless")
    if len(said) > LONGEST_REASON:
        raise Refusal("elections.review_too_long", most=LONGEST_REASON, found=len(said))
    election_id = applications.election_of(session, application_id)
    if election_id is None:
        raise Refusal("elections.review_impossible")
    store.lock(session, election_id)
    selection = kept.selection(session, store.get(session, election_id))
    if application_id not in selection.applications or not selection.may_ask(application_id, now):
        raise Refusal("elections.review_impossible")
    kept.add_review(session, election_id, Review(application_id, now, said))
    record(session, SYSTEM, now, "elections.review_asked", {"election": election_id})


def void_verdict(session: Session, now: datetime, election_id: str, application_id: str) -> None:
    """Erase what was said and decided of an application: it says something else from now on.

    That happens when the time to apply is extended after people assessed.
    """
    if kept.void(session, election_id, application_id):
        record(session, SYSTEM, now, "elections.verdict_void", {"election": election_id})


def forget_assessments(session: Session, election_id: str) -> None:
    """Erase scores, conflicts, reasons and reviews: the election is published, nobody needs them.

    Of those who were admitted the bare verdict stays, so that the list can be explained.
    """
    election = store.get(session, election_id)
    selection = kept.selection(session, election)
    kept.forget(session, election_id, [one for one in selection.verdicts if selection.admits(one)])
