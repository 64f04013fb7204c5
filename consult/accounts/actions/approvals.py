"""Four eyes: propose an act, approve it, ask whether it was approved."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.core import approvals as rules
from consult.accounts.core.approvals import Proposal
from consult.accounts.store import approvals as store
from consult.actor import Actor
from consult.audit.actions import record
from consult.db.types import new_id
from consult.refusal import Refusal


def propose(
    session: Session, who: Actor, now: datetime, act: str, subject: str, effect: bytes
) -> str:
    """Propose an act on a subject with exactly this effect; the answer is the proposal's id.

    It takes the place of a proposal on the same act and subject that still waits, and runs out
    after 24 hours.

    Raises:
        Refusal: ``accounts.propose_not_yours``.
    """
    rules.check_proposer(act, who)
    proposal = Proposal(
        new_id(), act, subject, rules.fingerprint(effect), who.account_id, proposed_at=now
    )
    store.add_proposal(session, proposal)
    _record(session, who, now, "accounts.proposed", proposal)
    return proposal.id


def approve(
    session: Session,
    who: Actor,
    now: datetime,
    act: str,
    subject: str,
    effect: bytes,
    shown: str | None = None,
) -> str:
    """Approve what somebody else proposed; the answer is the proposal's id.

    ``shown`` is the fingerprint of what the page showed on which she agreed: meanwhile something
    else may have been proposed.

    Raises:
        Refusal: ``accounts.effect_changed`` when that is not the effect; as
            :func:`consult.accounts.core.approvals.check_approval`.
    """
    if shown is not None and shown != rules.fingerprint(effect):
        raise Refusal("accounts.effect_changed")
    found = store.proposal(session, act, subject)
    proposal = rules.check_approval(found, who, now, effect)
    if not store.approve(session, proposal.id, who.account_id, now):
        raise Refusal("accounts.already_approved")
    _record(session, who, now, "accounts.approved", proposal)
    return proposal.id


def approved(session: Session, act: str, subject: str, effect: bytes) -> bool:
    """Whether two persons agreed on exactly this effect."""
    return store.approved(session, act, subject, rules.fingerprint(effect))


def _record(session: Session, who: Actor, now: datetime, kind: str, proposal: Proposal) -> None:
    payload = {"act": proposal.act, "subject": proposal.subject, "effect": proposal.effect}
    record(session, who, now, kind, payload)
