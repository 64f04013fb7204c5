"""What staff sign in with: invitations, passwords and time steps of one-time codes."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from consult.accounts.core.entry import Factors, Invitation
from consult.accounts.tables import StaffAccount, StaffInvitation


def join(session: Session, factors: Factors, now: datetime) -> None:
    """Give the account its factors, so that it can sign in."""
    session.execute(
        update(StaffAccount)
        .where(StaffAccount.id == factors.account_id)
        .values(
            password=factors.password,
            totp=factors.totp,
            used_step=factors.used_step,
            joined_at=now,
        )
    )


def factors(session: Session, account_id: str) -> Factors | None:
    """The factors of this account, when it can sign in."""
    return _factors(session, StaffAccount.id == account_id)


def factors_at(session: Session, email: str) -> Factors | None:
    """The factors of the account with this address, when it can sign in."""
    return _factors(session, StaffAccount.email == email)


def use_step(session: Session, account_id: str, step: int) -> bool:
    """Use up a time step and all before it; ``False`` when somebody else was first."""
    return (
        session.scalar(
            update(StaffAccount)
            .where(StaffAccount.id == account_id, StaffAccount.used_step < step)
            .values(used_step=step)
            .returning(StaffAccount.id)
        )
        is not None
    )


def add_invitation(session: Session, token_hash: str, invitation: Invitation) -> None:
    """A new link, known by the hash of its token."""
    session.execute(
        insert(StaffInvitation).values(
            id=token_hash, account_id=invitation.account_id, expires=invitation.expires
        )
    )


def invitation(session: Session, token_hash: str) -> Invitation | None:
    """The link with this hash."""
    row = session.execute(
        select(StaffInvitation.account_id, StaffInvitation.expires, StaffInvitation.used_at).where(
            StaffInvitation.id == token_hash
        )
    ).one_or_none()
    return None if row is None else Invitation(row.account_id, row.expires, row.used_at)


def use_invitation(session: Session, token_hash: str, now: datetime) -> bool:
    """Use up a link; ``False`` when somebody else was first."""
    return (
        session.scalar(
            update(StaffInvitation)
            .where(StaffInvitation.id == token_hash, StaffInvitation.used_at.is_(None))
            .values(used_at=now)
            .returning(StaffInvitation.id)
        )
        is not None
    )


def _factors(session: Session, condition: ColumnElement[bool]) -> Factors | None:
    row = session.execute(
        select(
            StaffAccount.id, StaffAccount.password, StaffAccount.totp, StaffAccount.used_step
        ).where(
            condition,
            StaffAccount.joined_at.is_not(None),
            StaffAccount.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None or row.password is None or row.totp is None:
        return None
    return Factors(row.id, row.password, row.totp, row.used_step)
