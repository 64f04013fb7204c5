"""Staff accounts and their roles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.accounts.core.people import Account, Person
from consult.accounts.tables import StaffAccount, StaffInvitation, StaffProposal, StaffRole
from consult.actor import Role

_PUBLIC = (
    StaffAccount.id,
    StaffAccount.name,
    StaffAccount.email,
    StaffAccount.wanted,
    StaffAccount.invited_at,
    StaffAccount.joined_at,
    StaffAccount.disabled_at,
)


def add_account(session: Session, account_id: str, person: Person, now: datetime) -> None:
    """A new account without roles, which nobody can sign in to yet."""
    session.execute(
        insert(StaffAccount).values(
            id=account_id, name=person.name, email=person.email, invited_at=now, used_step=0
        )
    )


def account(session: Session, account_id: str) -> Account | None:
    """The account with this id."""
    return next(iter(_accounts(session, StaffAccount.id == account_id)), None)


def accounts(session: Session) -> list[Account]:
    """Everybody, also those who stopped, by name."""
    return _accounts(session)


def clash(session: Session, person: Person) -> str | None:
    """``"email"`` or ``"name"`` when an account that has not stopped carries it already."""
    for held in _accounts(session, StaffAccount.disabled_at.is_(None)):
        if held.email == person.email:
            return "email"
        if held.name.casefold() == person.name.casefold():
            return "name"
    return None


def set_roles(session: Session, account_id: str, roles: Iterable[Role]) -> None:
    """Make these the roles of the account, all of them; nothing is wanted any more."""
    session.execute(delete(StaffRole).where(StaffRole.account_id == account_id))
    session.execute(insert(StaffRole), [{"account_id": account_id, "role": role} for role in roles])
    _set(session, account_id, wanted=None)


def want_roles(session: Session, account_id: str, roles: Iterable[Role]) -> None:
    """Note which roles somebody proposed for the account."""
    _set(session, account_id, wanted=",".join(sorted(roles)))


def disable(session: Session, account_id: str, now: datetime) -> None:
    """Stop an account: what it signs in with is erased, what it proposed is withdrawn."""
    _set(
        session,
        account_id,
        email=None,
        password=None,
        totp=None,
        wanted=None,
        disabled_at=now,
    )
    session.execute(delete(StaffRole).where(StaffRole.account_id == account_id))
    session.execute(delete(StaffInvitation).where(StaffInvitation.account_id == account_id))
    session.execute(
        delete(StaffProposal).where(
            StaffProposal.proposer == account_id, StaffProposal.approved_at.is_(None)
        )
    )


def _set(session: Session, account_id: str, **values: Any) -> None:
    session.execute(update(StaffAccount).where(StaffAccount.id == account_id).values(**values))


def _accounts(session: Session, *conditions: Any) -> list[Account]:
    rows = session.execute(select(*_PUBLIC).where(*conditions).order_by(StaffAccount.name)).all()
    held: dict[str, set[Role]] = {row.id: set() for row in rows}
    roles = select(StaffRole.account_id, StaffRole.role)
    if len(held) == 1:
        roles = roles.where(StaffRole.account_id.in_(held))
    for account_id, role in session.execute(roles):
        held.get(account_id, set()).add(Role(role))
    return [_account(row, frozenset(held[row.id])) for row in rows]


def _account(row: Any, roles: frozenset[Role]) -> Account:
    wanted = None if row.wanted is None else frozenset(map(Role, row.wanted.split(",")))
    return Account(
        row.id,
        row.name,
        row.email,
        roles,
        wanted,
        row.invited_at,
        row.joined_at,
        row.disabled_at,
    )
