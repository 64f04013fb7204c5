"""How staff come in: the link of an invitation, the password, the one-time code; and out again.

``key`` is ``settings.key(SECOND_FACTOR)`` wherever it is asked for.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.accounts import factors
from consult.accounts.core import entry as rules
from consult.accounts.core.entry import Attempt
from consult.accounts.core.people import Account, address
from consult.accounts.store import entry as store
from consult.accounts.store import people
from consult.actor import SYSTEM, Actor
from consult.audit.actions import record
from consult.refusal import Refusal
from consult.web import throttle

SECOND_FACTOR: Final = "accounts.second_factor"


def make_link(session: Session, now: datetime, account_id: str) -> str:
    """The token of a new link by which its owner takes up the account: once, within seven days.

    It cannot be read again.
    """
    token = secrets.token_urlsafe(32)
    link = rules.Invitation(account_id, now + rules.INVITATION_LASTS, used_at=None)
    store.add_invitation(session, _hash(token), link)
    return token


def invited(session: Session, now: datetime, token: str) -> Account:
    """The account that a link is for, when the link can still be used.

    Raises:
        Refusal: as :func:`rules.check_invitation`.
    """
    link = rules.check_invitation(store.invitation(session, _hash(token)), now)
    account = people.account(session, link.account_id)
    if account is None:
        raise Refusal("accounts.invitation_unknown")
    return account


def accept_invitation(
    session: Session, now: datetime, token: str, password: str, code: str, key: bytes
) -> str:
    """Take up an account with a password and a first code of the second factor.

    The link is used up. The answer is the account's id.

    Raises:
        Refusal: as :func:`take_up`.
    """
    secret = factors.invited_secret(key, token)
    step = factors.matching_step(secret, code, rules.usable_steps(now, 0))
    return take_up(session, now, token, password, secret, step, key)


def take_up(
    session: Session,
    now: datetime,
    token: str,
    password: str,
    secret: str,
    step: int | None,
    key: bytes,
) -> str:
    """Use up a link. ``step`` is the time step of the code that was shown, if one matched.

    Raises:
        Refusal: ``accounts.code_wrong``; as :func:`rules.check_invitation` and
            :func:`rules.check_password`.
    """
    account = invited(session, now, token)
    rules.check_password(password, account.name, account.email or "")
    if step is None:
        raise Refusal("accounts.code_wrong")
    if not store.use_invitation(session, _hash(token), now):
        raise Refusal("accounts.invitation_used")
    sealed = factors.seal(key, account.id, secret)
    hashed = factors.hash_password(password)
    store.join(session, rules.Factors(account.id, hashed, sealed, step), now)
    record(session, Actor(account.id), now, "accounts.joined", {})
    return account.id


def check_password(
    session: Session, now: datetime, email: str, password: str, network: str, key: bytes
) -> Attempt:
    """The first step of signing in. ``network`` is where the attempt comes from, cut short.

    An unknown address, a wrong password and a stopped account give the same answer, after the
    same check of a password. Attempts are counted and have to wait; nobody is locked out for good,
    and nobody from a network where all is quiet by what happens elsewhere. Attempts on unknown
    addresses are not logged, so that nobody can fill the log from outside.
    """
    known_as = hmac.new(key, address(email).encode(), hashlib.sha256).hexdigest()[:32]
    here, account = f"accounts.here:{known_as}:{network}", f"accounts.account:{known_as}"
    near, everybody = f"accounts.network:{network}", "accounts.everybody"
    limits = {
        here: rules.HERE,
        account: rules.ACCOUNT,
        near: rules.NETWORK,
        everybody: rules.EVERYBODY,
    }
    waits = _count(session, now, limits)
    if not throttle.wait(session, now, here, limit=2, seconds=rules.HERE.seconds):
        waits[account] = 0
    if wait := max(waits[here], waits[account], min(waits[near], waits[everybody])):
        return Attempt(wait=wait)
    held = store.factors_at(session, address(email))
    right = factors.password_matches(held.password if held else None, password)
    if held is None:
        return Attempt()
    if not right:
        _refused(session, now, held.account_id, "password")
        return Attempt()
    for bucket in (here, account):
        throttle.forget(session, bucket)
    return Attempt(held.account_id)


def check_code(session: Session, now: datetime, account_id: str, code: str, key: bytes) -> Attempt:
    """The second step of signing in, for an account whose password was right.

    A code is good once: its time step and all before it are used up.
    """
    bucket = f"accounts.code:{account_id}"
    if wait := _count(session, now, {bucket: rules.CODE})[bucket]:
        return Attempt(wait=wait)
    held = store.factors(session, account_id)
    if held is None:
        return Attempt()
    secret = factors.unseal(key, account_id, held.totp)
    step = factors.matching_step(secret, code, rules.usable_steps(now, held.used_step))
    if step is None or not store.use_step(session, account_id, step):
        _refused(session, now, account_id, "code")
        return Attempt()
    throttle.forget(session, bucket)
    record(session, Actor(account_id), now, "accounts.signed_in", {})
    return Attempt(account_id)


def sign_out(session: Session, who: Actor, now: datetime) -> None:
    """Note that somebody left; the door ends the session."""
    record(session, who, now, "accounts.signed_out", {})


def _count(session: Session, now: datetime, limits: Mapping[str, rules.Limit]) -> dict[str, int]:
    """Count an attempt in each bucket before it is looked at; how long to wait for each.

    Counting first makes attempts at the same moment wait for each other's count.
    """
    for bucket, limit in limits.items():
        throttle.note(session, now, bucket, seconds=limit.seconds)
    return {
        bucket: throttle.wait(session, now, bucket, limit=limit.attempts + 1, seconds=limit.seconds)
        for bucket, limit in limits.items()
    }


def _refused(session: Session, now: datetime, account_id: str, step: str) -> None:
    payload = {"account": account_id, "step": step}
    record(session, SYSTEM, now, "accounts.sign_in_refused", payload)


def _hash(token: str) -> str:
    """How a token is stored: it holds 256 random bits, so a plain hash is enough (S24)."""
    return hashlib.sha256(token.encode()).hexdigest()
