"""Taking somebody off the list that two people fixed: again two people, and everybody is told.

Somebody may die, or ask for it who cannot use her code. Until the letters for voting are made; from
then on the paper is fixed.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.accounts.core.approvals import fingerprint
from consult.accounts.store import approvals as proposals
from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.elections.actions.listing import publish_list
from consult.elections.core.election import Candidate, Election
from consult.elections.store import applications, people
from consult.elections.store import elections as store
from consult.refusal import Refusal

STRIKE = "elections.strike"


def propose_strike(
    session: Session, who: Actor, now: datetime, election_id: str, candidate_id: str
) -> None:
    """Propose to take a candidate off the fixed list.

    Raises:
        Refusal: ``elections.not_listed``, ``elections.codes_issued``, ``elections.sealed``,
            ``elections.candidate_unknown``; ``accounts.propose_not_yours``.
    """
    election = _fixed(session, election_id)
    standing = people.candidates(session, election_id)
    found = next((one for one in standing if one.id == candidate_id), None)
    if found is None:
        raise Refusal("elections.candidate_unknown")
    approvals.propose(session, who, now, STRIKE, election_id, strike_effect(election, found))


def struck_next(session: Session, now: datetime, election_id: str) -> Candidate | None:
    """The candidate of whom somebody proposed that she goes off the list; a second may approve."""
    held = proposals.proposal(session, STRIKE, election_id)
    if held is None or not held.waits(now):
        return None
    election = store.get(session, election_id)
    standing = people.candidates(session, election_id)
    return next(
        (one for one in standing if fingerprint(strike_effect(election, one)) == held.effect), None
    )


def approve_strike(
    session: Session, who: Actor, now: datetime, election_id: str, shown: str
) -> None:
    """Approve it: she is off the list, her application counts as withdrawn, the list is new.

    Raises:
        Refusal: as :func:`propose_strike`, and as
            :func:`consult.accounts.actions.approvals.approve`.
    """
    election = _fixed(session, election_id)
    gone = struck_next(session, now, election_id)
    if gone is None:
        raise Refusal("accounts.proposal_missing")
    effect = strike_effect(election, gone)
    approvals.approve(session, who, now, STRIKE, election_id, effect, shown)
    people.remove_candidate(session, election_id, gone.id)
    held = applications.get(session, gone.application_id) if gone.application_id else None
    if held is not None:
        applications.change(session, replace(held, withdrawn_at=now))
        applications.drop_photo(session, held.id)
    publish_list(session, who, now, election)
    facts = {"election": election_id, "candidate": gone.id}
    record(session, who, now, "elections.struck", facts)


def strike_effect(election: Election, candidate: Candidate) -> bytes:
    """What two people agree on."""
    return canonical({"election": election.id, "off_the_list": candidate.id})


def _fixed(session: Session, election_id: str) -> Election:
    """The election with its fixed list; nobody else changes it meanwhile."""
    store.lock(session, election_id)
    election = store.get(session, election_id)
    if election.sealed_at is not None:
        raise Refusal("elections.sealed")
    if election.codes_at is not None:
        raise Refusal("elections.codes_issued")
    if election.listed_at is None:
        raise Refusal("elections.not_listed")
    return election
