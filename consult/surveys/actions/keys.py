"""The keys of a consultation: two people of the council each make one and show that it opens."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.audit.actions import record
from consult.refusal import Refusal
from consult.surveys.actions.drafting import claim_draft
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.sealed import keyfile
from consult.surveys.core.sealed.keyfile import COST, Cost, KeyHolder, Owner
from consult.surveys.core.sealed.sealing import KEY_BYTES
from consult.surveys.store import holders

_HOLD: Final = frozenset({Role.SECRETARY, Role.CHAIR, Role.MEMBER})
_NEVER: Final = frozenset({Role.FACILITATOR, Role.REGISTRAR, Role.OBSERVER})
"""The registrar knows everybody's code: with a key she could find anybody's envelope."""


def may_hold(who: Actor) -> bool:
    """Whether ``who`` may hold a key: somebody of the council who does not make codes."""
    return bool(who.roles & _HOLD) and not who.roles & _NEVER


def make(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    passphrase: str,
    words: str,
    cost: Cost = COST,
) -> bytes | Problem:
    """A key of her own for a draft: its file, which is handed over once and kept nowhere here.

    It takes the place of an earlier key of hers; then no key is proved any more. ``words`` tell
    the holder, in the file itself, what it is for.

    Raises:
        Refusal: as :func:`claim_draft`; ``surveys.holder_not_yours``; ``surveys.holders_full``
            when two others hold keys.
    """
    drafted = claim_draft(session, now, consultation_id)
    if not may_hold(who):
        raise Refusal("surveys.holder_not_yours")
    others = [
        one for one in holders.holders(session, consultation_id) if one.account_id != who.account_id
    ]
    if len(others) >= keyfile.HOLDERS:
        raise Refusal("surveys.holders_full")
    if problem := keyfile.passphrase_problem(passphrase, str(drafted.title)):
        return problem
    owner = Owner(consultation_id, who.account_id)
    seed, salt = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(keyfile.SALT_BYTES)
    public, file = keyfile.write(owner, seed, salt, passphrase, words, cost)
    holders.put(session, consultation_id, KeyHolder(who.account_id, public, now))
    record(session, who, now, "surveys.key_made", {"consultation": consultation_id})
    return file


def prove(
    session: Session, who: Actor, now: datetime, consultation_id: str, file: bytes, passphrase: str
) -> Problem | None:
    """Open a test envelope, sealed to both keys, with her file; or say why that fails.

    File and passphrase are forgotten.

    Raises:
        Refusal: as :func:`claim_draft`; ``surveys.key_missing`` when she made none;
            ``surveys.key_holders`` before there are two.
    """
    claim_draft(session, now, consultation_id)
    everybody = holders.holders(session, consultation_id)
    private = private_key(everybody, who, consultation_id, file, passphrase)
    if isinstance(private, Problem):
        return private
    if len(everybody) < keyfile.HOLDERS:
        raise Refusal("surveys.key_holders")
    if not keyfile.opens(private, keyfile.recipients(everybody), consultation_id):
        return Problem("key_file_unreadable")
    holders.prove(session, consultation_id, who.account_id, now)
    record(session, who, now, "surveys.key_proved", {"consultation": consultation_id})
    return None


def let_go(
    session: Session, who: Actor, now: datetime, consultation_id: str, account_id: str
) -> None:
    """Take a holder off the list, so that somebody else can make a key.

    Raises:
        Refusal: as :func:`claim_draft`; ``surveys.key_missing`` when she holds none.
    """
    claim_draft(session, now, consultation_id)
    if not holders.drop(session, consultation_id, account_id):
        raise Refusal("surveys.key_missing")
    facts = {"consultation": consultation_id, "account": account_id}
    record(session, who, now, "surveys.key_dropped", facts)


def private_key(
    everybody: tuple[KeyHolder, ...],
    who: Actor,
    consultation_id: str,
    file: bytes,
    passphrase: str,
) -> bytes | Problem:
    """Her private key out of her file, or why it does not open.

    Raises:
        Refusal: ``surveys.key_missing`` when she holds none.
    """
    held = next((one for one in everybody if one.account_id == who.account_id), None)
    if held is None:
        raise Refusal("surveys.key_missing")
    owner = Owner(consultation_id, who.account_id)
    return keyfile.read(file, passphrase, owner, held.public_key)
