"""Four eyes: some acts take one person who proposes and another who approves.

The approval is for the exact effect, known by its SHA-256; a proposal runs out after 24 hours
(reference/security.md D10, §5.3).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from consult.actor import Actor, Role
from consult.refusal import Refusal

PROPOSAL_LASTS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Act:
    """Who may propose an act, and who may approve it."""

    proposes: frozenset[Role]
    approves: frozenset[Role]


_SECRETARY = frozenset({Role.SECRETARY})
_CHAIR = frozenset({Role.CHAIR})
_COUNCIL = frozenset({Role.SECRETARY, Role.MEMBER, Role.CHAIR})
_COMMITTEE = frozenset({Role.SELECTION})

ACTS: Final[Mapping[str, Act]] = {
    "accounts.grant": Act(_SECRETARY, _CHAIR),
    "register.apply": Act(_SECRETARY, _CHAIR),
    "council.adopt_rules": Act(_SECRETARY, _CHAIR),
    "council.co_opt": Act(_SECRETARY, _CHAIR),
    "elections.publish_profile": Act(_SECRETARY, _CHAIR),
    "elections.extend_nominations": Act(_SECRETARY, _CHAIR),
    "elections.open": Act(_SECRETARY, _CHAIR),
    "elections.publish": Act(_SECRETARY, _CHAIR),
    "elections.refill": Act(_SECRETARY, _CHAIR),
    "elections.fix_list": Act(_SECRETARY, _CHAIR),
    "elections.strike": Act(_SECRETARY, _CHAIR),
    "elections.committee": Act(_SECRETARY, _CHAIR),
    "elections.shortlist": Act(_COMMITTEE, _COMMITTEE),
    "elections.shortlist_council": Act(_COUNCIL, _COUNCIL),
    "elections.review": Act(_COMMITTEE, _COMMITTEE),
    "elections.review_council": Act(_COUNCIL, _COUNCIL),
    "surveys.open_seals": Act(_COUNCIL, _COUNCIL),
    "surveys.publish": Act(_SECRETARY, frozenset({Role.CHAIR, Role.MEMBER})),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act on a subject that somebody proposed; ``effect`` is the SHA-256 in hex."""

    id: str
    act: str
    subject: str
    effect: str
    proposer: str
    proposed_at: datetime
    approver: str | None = None
    approved_at: datetime | None = None

    @property
    def expires(self) -> datetime:
        """When it can no longer be approved."""
        return self.proposed_at + PROPOSAL_LASTS

    def waits(self, now: datetime) -> bool:
        """Whether it can still be approved."""
        return self.approved_at is None and now < self.expires


def fingerprint(effect: bytes) -> str:
    """The SHA-256 of an effect, in hex."""
    return hashlib.sha256(effect).hexdigest()


def may_approve(proposal: Proposal, who: Actor) -> bool:
    """Whether ``who`` is one of the persons who may approve this proposal."""
    return bool(who.roles & ACTS[proposal.act].approves) and who.account_id != proposal.proposer


def check_proposer(act: str, who: Actor) -> None:
    """Refuse a person without the role that proposes this act.

    Raises:
        Refusal: ``accounts.propose_not_yours``.
    """
    if not who.roles & ACTS[act].proposes:
        raise Refusal("accounts.propose_not_yours", act=act)


def check_approval(proposal: Proposal | None, who: Actor, now: datetime, effect: bytes) -> Proposal:
    """The newest proposal for an act on a subject, when ``who`` may approve it with this effect.

    Raises:
        Refusal: ``accounts.proposal_missing``, ``accounts.approve_own``,
            ``accounts.approve_not_yours``, ``accounts.effect_changed``,
            ``accounts.already_approved`` or ``accounts.proposal_expired``.
    """
    if proposal is None:
        raise Refusal("accounts.proposal_missing")
    if who.account_id == proposal.proposer:
        raise Refusal("accounts.approve_own")
    if not who.roles & ACTS[proposal.act].approves:
        raise Refusal("accounts.approve_not_yours", act=proposal.act)
    if proposal.effect != fingerprint(effect):
        raise Refusal("accounts.effect_changed")
    if proposal.approved_at is not None:
        raise Refusal("accounts.already_approved")
    if not proposal.waits(now):
        raise Refusal("accounts.proposal_expired")
    return proposal
