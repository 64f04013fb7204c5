"""The verdicts: proposed as a whole by one assessor, approved by another; and looking again."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.canonical import canonical
from consult.elections.actions.assessing import Scores, scores
from consult.elections.actions.assessors import assessor
from consult.elections.core.election import Preselection
from consult.elections.core.preselection import LONGEST_REASON, Review, Selection, Verdict
from consult.elections.core.shortlist import (
    decides,
    may_decide,
    reviewers,
    verdict_problems,
)
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.elections.store import preselection as kept
from consult.refusal import Refusal

SHORTLIST: Final = {
    Preselection.COMMITTEE: "elections.shortlist",
    Preselection.COUNCIL: "elections.shortlist_council",
}
REVIEW: Final = {
    Preselection.COMMITTEE: "elections.review",
    Preselection.COUNCIL: "elections.review_council",
}
"""Acts by who assesses: the roles that propose and approve differ."""


def propose(
    session: Session, who: Actor, now: datetime, election_id: str, verdicts: Sequence[Verdict]
) -> None:
    """Propose a verdict with a reason for everybody on whom none was decided.

    Raises:
        Refusal: ``elections.shortlist_wrong``; ``fields`` says what is wrong by applicant and
            field; ``elections.shortlist_empty``, ``elections.shortlist_decided``,
            ``elections.conflict_declared``; as
            :func:`consult.elections.actions.assessing.scores`.
    """
    store.lock(session, election_id)
    selection = scores(session, who, now, election_id).selection
    if selection.decided:
        raise Refusal("elections.shortlist_decided")
    _check_impartial(selection, {who.account_id})
    new = [_clean(one, who) for one in verdicts if _is_open(selection, one.application_id)]
    _check_complete(selection, new)
    kept.propose_verdicts(session, election_id, new)
    act = SHORTLIST[selection.by]
    approvals.propose(session, who, now, act, election_id, effect(election_id, new))


def approve(
    session: Session, who: Actor, now: datetime, election_id: str, shown: str | None = None
) -> None:
    """Approve the proposed shortlist: the verdicts hold and the applicants can read theirs.

    Raises:
        Refusal: ``elections.shortlist_missing``; as :func:`propose` and
            :func:`consult.accounts.actions.approvals.approve`.
    """
    store.lock(session, election_id)
    selection = scores(session, who, now, election_id).selection
    new = proposed(selection)
    if not new:
        raise Refusal("elections.shortlist_missing")
    _check_impartial(selection, {who.account_id, new[0].proposer})
    _check_complete(selection, new)
    act = SHORTLIST[selection.by]
    approvals.approve(session, who, now, act, election_id, effect(election_id, new), shown)
    kept.decide_verdicts(session, election_id, who.account_id, now)
    admitted = sum(one.admitted for one in new)
    facts: Payload = {"election": election_id, "admitted": admitted, "refused": len(new) - admitted}
    record(session, who, now, "elections.shortlisted", facts)


def proposed(selection: Selection) -> list[Verdict]:
    """The verdicts that wait for a second person, in the order of their ids."""
    waiting = (one for one in selection.verdicts.values() if one.decided_at is None)
    return sorted(waiting, key=lambda one: one.application_id)


def effect(election_id: str, verdicts: Sequence[Verdict]) -> bytes:
    """What two assessors agree on: every verdict with its reasons."""
    told = [
        {
            "application": one.application_id,
            "admitted": one.admitted,
            "reason": one.reason,
            "against": one.against,
        }
        for one in sorted(verdicts, key=lambda one: one.application_id)
    ]
    return canonical({"election": election_id, "verdicts": told})


def review(
    session: Session, who: Actor, now: datetime, application_id: str
) -> tuple[Scores, Review]:
    """A request to look again, for an assessor, with all scores.

    Raises:
        Refusal: ``elections.review_unknown``; ``elections.conflict_declared``; as
            :func:`consult.elections.actions.assessing.scores`.
    """
    election_id = applications.election_of(session, application_id)
    if election_id is None:
        raise Refusal("elections.review_unknown")
    assessor(session, who, now, election_id)
    found = scores(session, who, now, election_id)
    asked = found.selection.reviews.get(application_id)
    if asked is None or application_id not in found.applicants:
        raise Refusal("elections.review_unknown")
    if who.account_id in found.selection.conflicted(application_id):
        raise Refusal("elections.conflict_declared")
    return found, asked


def propose_review(
    session: Session,
    who: Actor,
    now: datetime,
    application_id: str,
    *,
    admits: bool | None,
    reason: str,
) -> None:
    """Propose what becomes of a request: the applicant may stand after all, or the verdict stays.

    Two others decide than those who wrote the verdict, if there are two.

    Raises:
        Refusal: ``elections.review_choiceless`` without an answer,
            ``elections.review_unreasoned``, ``elections.review_decided``,
            ``elections.review_own_verdict``; as :func:`review`.
    """
    found, asked = _held(session, who, now, application_id)
    if admits is None:
        raise Refusal("elections.review_choiceless")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Refusal("elections.review_unreasoned", most=LONGEST_REASON)
    _check_reviewers(found.selection, asked, {who.account_id})
    new = replace(asked, admits=admits, reason=reason.strip(), proposer=who.account_id)
    kept.change_review(
        session, application_id, admits=admits, reason=new.reason, proposer=who.account_id
    )
    act = REVIEW[found.selection.by]
    approvals.propose(session, who, now, act, application_id, review_effect(new))


def approve_review(
    session: Session, who: Actor, now: datetime, application_id: str, shown: str | None = None
) -> None:
    """Approve what somebody proposed on a request; the applicant can read it from now on.

    Raises:
        Refusal: as :func:`propose_review` and :func:`consult.accounts.actions.approvals.approve`.
    """
    found, asked = _held(session, who, now, application_id)
    _check_reviewers(found.selection, asked, {who.account_id, asked.proposer} - {""})
    act = REVIEW[found.selection.by]
    approvals.approve(session, who, now, act, application_id, review_effect(asked), shown)
    kept.change_review(session, application_id, approver=who.account_id, decided_at=now)
    record(session, who, now, "elections.review_decided", {"election": found.election.id})


def review_effect(asked: Review) -> bytes:
    """What two people agree on: whether the applicant may stand after all, and why."""
    held = asdict(asked)
    return canonical({name: held[name] for name in ("application_id", "admits", "reason")})


def _held(
    session: Session, who: Actor, now: datetime, application_id: str
) -> tuple[Scores, Review]:
    """The request as it is once nobody else can change it any more."""
    if election_id := applications.election_of(session, application_id):
        store.lock(session, election_id)
    return review(session, who, now, application_id)


def _is_open(selection: Selection, application_id: str) -> bool:
    held = selection.verdicts.get(application_id)
    return application_id in selection.applications and (held is None or held.decided_at is None)


def _clean(given: Verdict, who: Actor) -> Verdict:
    return Verdict(
        given.application_id,
        given.admitted,
        given.reason.strip(),
        given.against.strip(),
        proposer=who.account_id,
    )


def _check_complete(selection: Selection, new: Sequence[Verdict]) -> None:
    standing = [one for one in selection.verdicts.values() if one.decided_at is not None]
    if found := verdict_problems(selection, [*standing, *new]):
        raise Refusal("elections.shortlist_wrong", fields=found, most=LONGEST_REASON)
    admitted = {one.application_id for one in [*standing, *new] if one.admitted}
    if not admitted & set(selection.applications):
        raise Refusal("elections.shortlist_empty")


def _check_impartial(selection: Selection, deciding: set[str]) -> None:
    if not decides(selection, deciding):
        raise Refusal("elections.conflict_declared")


def _check_reviewers(selection: Selection, asked: Review, deciding: set[str]) -> None:
    if asked.decided_at is not None:
        raise Refusal("elections.review_decided")
    if not may_decide(deciding, reviewers(selection, asked.application_id)):
        raise Refusal("elections.review_own_verdict")
