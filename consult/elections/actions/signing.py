"""Signing the official record: the secretary proposes with it, the chair approves with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.accounts.core.approvals import fingerprint
from consult.accounts.store import approvals as proposals
from consult.accounts.store.people import account
from consult.actor import Actor, Role
from consult.audit.actions import record
from consult.elections.actions.outcome import outcome
from consult.elections.actions.publication import PUBLISH, publication_effect
from consult.elections.core import signing
from consult.elections.core.election import digest
from consult.elections.core.signing import Signature
from consult.elections.store import elections as store
from consult.elections.store import signatures
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody sees who is about to sign. ``waits``: the chair can approve what is proposed.

    ``groups``: of the record's SHA-256, ``None`` where she types; ``role``: as what she signs,
    ``None`` for who may not. ``void``: a signature of hers is for a record that has changed.
    """

    groups: tuple[str | None, ...]
    role: Role | None
    signed: tuple[Signature, ...]
    missing: tuple[Role, ...]
    mine: bool
    void: bool
    waits: bool

    @property
    def may_sign(self) -> bool:
        """Whether she has to sign still; the secretary anew when her proposal ran out."""
        anew = self.role is Role.SECRETARY and Role.CHAIR in self.missing and not self.waits
        return self.role is not None and (anew or not self.mine)


def sheet(session: Session, who: Actor, now: datetime, election_id: str) -> Sheet:
    """The record's fingerprint with two blanks for this person, and who signed it.

    Raises:
        Refusal: ``elections.draw_needed``, ``elections.no_totals``.
    """
    current = _record_of(session, election_id)
    every = signatures.signatures(session, election_id)
    valid = tuple(one for one in every if one.record == current)
    mine = [one for one in every if one.account_id == who.account_id]
    blank = signing.blanks(who.account_id, current)
    held = proposals.proposal(session, PUBLISH, election_id)
    return Sheet(
        groups=tuple(
            None if place in blank else group for place, group in enumerate(signing.groups(current))
        ),
        role=next((role for role in signing.SIGNERS if role in who.roles), None),
        signed=valid,
        missing=signing.missing(one.role for one in valid),
        mine=any(one.record == current for one in mine),
        void=bool(mine) and all(one.record != current for one in mine),
        waits=held is not None and held.waits(now),
    )


def sign(
    session: Session, who: Actor, now: datetime, election_id: str, typed: Sequence[str]
) -> None:
    """Sign the record as it is now. ``typed``: the two groups that were blank.

    The secretary's signature proposes the publication, the chair's approves it, both for exactly
    what it will fix. If that changes, the signatures are void.

    Raises:
        Refusal: as :func:`consult.elections.actions.publication.publication_effect`;
            ``elections.sign_not_yours``, ``elections.digest_mistyped``,
            ``elections.signed_already``; ``accounts.*`` of the approval.
    """
    store.lock(session, election_id)
    effect = publication_effect(session, election_id)
    role, current = signing.role_of(who.roles), _record_of(session, election_id)
    signing.check_typed(who.account_id, current, typed)
    decided = _decide(session, who, now, role, election_id, effect)
    again = any(
        one.account_id == who.account_id and one.record == current
        for one in signatures.signatures(session, election_id)
    )
    if again and not decided:
        raise Refusal("elections.signed_already")
    held = account(session, who.account_id)
    name = held.name if held else ""
    signatures.keep(session, election_id, Signature(who.account_id, name, role, current, now))
    facts = {"election": election_id, "record": current, "role": str(role)}
    record(session, who, now, "elections.signed", facts)


def _decide(
    session: Session, who: Actor, now: datetime, role: Role, election_id: str, effect: bytes
) -> bool:
    """What the signature decides about the publication; whether it decided anything."""
    if role not in signing.REQUIRED or approvals.approved(session, PUBLISH, election_id, effect):
        return False
    if role is Role.CHAIR:
        approvals.approve(session, who, now, PUBLISH, election_id, effect)
        return True
    held = proposals.proposal(session, PUBLISH, election_id)
    if held is not None and held.waits(now) and held.effect == fingerprint(effect):
        return False
    approvals.propose(session, who, now, PUBLISH, election_id, effect)
    return True


def _record_of(session: Session, election_id: str) -> str:
    found = outcome(session, election_id).record
    if not found:
        raise Refusal("elections.draw_needed")
    return digest(found)
