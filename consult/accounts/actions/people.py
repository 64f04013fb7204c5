"""Who works with Consult: invite, give roles with four eyes, stop."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions.approvals import approve, propose
from consult.accounts.actions.entry import make_link, take_up
from consult.accounts.core.people import Account, Person, check_roles, roles_effect
from consult.accounts.store import people as store
from consult.actor import SYSTEM, Actor, Role
from consult.audit.actions import record
from consult.db.types import new_id
from consult.refusal import Refusal


def invite(session: Session, who: Actor, now: datetime, newcomer: Person) -> str:
    """Make an account and a link by which its owner takes it up: once, within seven days.

    The program itself gives the roles at once (a fresh installation, the demo). When a person
    invites, the roles are proposed and wait for a second person. The answer is the token of the
    link; it cannot be read again.

    Raises:
        Refusal: ``accounts.email_taken`` or ``accounts.name_taken``; as :func:`propose`.
    """
    match store.clash(session, newcomer):
        case "email":
            raise Refusal("accounts.email_taken")
        case "name":
            raise Refusal("accounts.name_taken")
    account_id = new_id()
    store.add_account(session, account_id, newcomer, now)
    record(session, who, now, "accounts.invited", {"account": account_id})
    if who == SYSTEM:
        _give_roles(session, who, now, account_id, newcomer.roles)
    else:
        propose_roles(session, who, now, account_id, newcomer.roles)
    return make_link(session, now, account_id)


def create_account(
    session: Session,
    who: Actor,
    now: datetime,
    newcomer: Person,
    password: str,
    totp_secret: str,
    key: bytes,
) -> str:
    """An account that is taken up at once with a known second factor, for the demo and tests.

    The answer is its id.

    Raises:
        Refusal: as :func:`invite` and :func:`take_up`.
    """
    token = invite(session, who, now, newcomer)
    return take_up(session, now, token, password, totp_secret, 0, key)


def propose_roles(
    session: Session, who: Actor, now: datetime, account_id: str, roles: frozenset[Role]
) -> None:
    """Propose which roles an account is to hold, all of them.

    Raises:
        Refusal: ``accounts.unknown`` or ``accounts.stopped``; as :func:`check_roles` and
            :func:`propose`.
    """
    _existing(session, account_id)
    check_roles(roles)
    store.want_roles(session, account_id, roles)
    propose(session, who, now, "accounts.grant", account_id, roles_effect(account_id, roles))


def approve_roles(
    session: Session, who: Actor, now: datetime, account_id: str, roles: frozenset[Role]
) -> None:
    """Approve the roles that were proposed for an account, and give them.

    ``roles`` are those that the approver was shown.

    Raises:
        Refusal: ``accounts.unknown`` or ``accounts.stopped``; as :func:`check_roles` and
            :func:`approve`.
    """
    _existing(session, account_id)
    check_roles(roles)
    approve(session, who, now, "accounts.grant", account_id, roles_effect(account_id, roles))
    _give_roles(session, who, now, account_id, roles)


def disable(session: Session, who: Actor, now: datetime, account_id: str) -> None:
    """Stop an account at once, its sessions and open proposals too; it cannot be started again.

    One person is enough: this takes power away and gives none.

    Raises:
        Refusal: ``accounts.own_account``, ``accounts.unknown`` or ``accounts.stopped``.
    """
    if account_id == who.account_id:
        raise Refusal("accounts.own_account")
    _existing(session, account_id)
    store.disable(session, account_id, now)
    record(session, who, now, "accounts.disabled", {"account": account_id})


def _give_roles(
    session: Session, who: Actor, now: datetime, account_id: str, roles: frozenset[Role]
) -> None:
    store.set_roles(session, account_id, roles)
    payload = {"account": account_id, "roles": sorted(roles)}
    record(session, who, now, "accounts.roles_given", payload)


def _existing(session: Session, account_id: str) -> Account:
    account = store.account(session, account_id)
    if account is None:
        raise Refusal("accounts.unknown")
    if account.disabled_at is not None:
        raise Refusal("accounts.stopped")
    return account
