"""Proposals that wait for a second person, and what was approved."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.accounts.core.approvals import PROPOSAL_LASTS, Proposal
from consult.accounts.tables import StaffProposal

_PROPOSAL = (
    StaffProposal.id,
    StaffProposal.act,
    StaffProposal.subject,
    StaffProposal.effect,
    StaffProposal.proposer,
    StaffProposal.proposed_at,
    StaffProposal.approver,
    StaffProposal.approved_at,
)


def add_proposal(session: Session, proposal: Proposal) -> None:
    """A new proposal, in the place of one on the same act and subject that still waited."""
    session.execute(
        delete(StaffProposal).where(
            StaffProposal.act == proposal.act,
            StaffProposal.subject == proposal.subject,
            StaffProposal.approved_at.is_(None),
        )
    )
    session.execute(
        insert(StaffProposal).values(
            id=proposal.id,
            act=proposal.act,
            subject=proposal.subject,
            effect=proposal.effect,
            proposer=proposal.proposer,
            proposed_at=proposal.proposed_at,
        )
    )


def proposal(session: Session, act: str, subject: str) -> Proposal | None:
    """The newest proposal for an act on a subject: the one that waits, else the last approved."""
    row = session.execute(
        select(*_PROPOSAL)
        .where(StaffProposal.act == act, StaffProposal.subject == subject)
        .order_by(StaffProposal.approved_at.is_(None).desc(), StaffProposal.proposed_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Proposal(*row)


def waiting(session: Session, now: datetime) -> list[Proposal]:
    """The proposals that can still be approved, oldest first."""
    rows = session.execute(
        select(*_PROPOSAL)
        .where(
            StaffProposal.approved_at.is_(None),
            StaffProposal.proposed_at > now - PROPOSAL_LASTS,
        )
        .order_by(StaffProposal.proposed_at)
    )
    return [Proposal(*row) for row in rows]


def approve(session: Session, proposal_id: str, approver: str, now: datetime) -> bool:
    """Mark a proposal as approved; ``False`` when somebody else was first."""
    return (
        session.scalar(
            update(StaffProposal)
            .where(StaffProposal.id == proposal_id, StaffProposal.approved_at.is_(None))
            .values(approver=approver, approved_at=now)
            .returning(StaffProposal.id)
        )
        is not None
    )


def approved(session: Session, act: str, subject: str, effect: str) -> bool:
    """Whether a proposal for exactly this effect was approved."""
    found = session.scalar(
        select(StaffProposal.id)
        .where(
            StaffProposal.act == act,
            StaffProposal.subject == subject,
            StaffProposal.effect == effect,
            StaffProposal.approved_at.is_not(None),
        )
        .limit(1)
    )
    return found is not None
