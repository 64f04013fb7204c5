"""What the desk shows of an election: how far it is, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.core.approvals import Proposal
from consult.accounts.store import approvals
from consult.elections.actions.paper import elects
from consult.elections.actions.public import coarse_turnout
from consult.elections.core.election import (
    Candidate,
    Election,
    KeyHolder,
    Phase,
    Verification,
    paper_order,
)
from consult.elections.core.gaps import Gap, gaps
from consult.elections.store import elections as store
from consult.elections.store import people, voters


@dataclass(frozen=True, slots=True)
class Desk:
    """An election with all that the desk needs.

    ``elects``: the offices that voters elect. ``turnout`` is rounded down to tens.
    """

    election: Election
    phase: Phase
    candidates: tuple[Candidate, ...]
    holders: tuple[KeyHolder, ...]
    elects: tuple[str, ...]
    gaps: tuple[Gap, ...]
    voters: int
    turnout: int
    verification: Verification

    @property
    def opened_by(self) -> int:
        """How many key holders have done their part of the opening."""
        return sum(holder.decryption is not None for holder in self.holders)


def desk(session: Session, election_id: str, now: datetime) -> Desk:
    """One election.

    Raises:
        Refusal: ``elections.unknown``.
    """
    election = store.get(session, election_id)
    candidates = paper_order(election.uuid, people.candidates(session, election_id))
    holders = tuple(people.holders(session, election_id))
    offices = elects(session, election)
    return Desk(
        election=election,
        phase=election.phase(now),
        candidates=candidates,
        holders=holders,
        elects=offices,
        gaps=gaps(election, candidates, holders, now, offices),
        voters=voters.count_credentials(session, election_id),
        turnout=coarse_turnout(session, election_id),
        verification=store.verification(session, election_id),
    )


def elections(session: Session) -> list[Election]:
    """All elections, the latest first."""
    return store.every(session)


def waiting(session: Session, act: str, election_id: str, now: datetime) -> Proposal | None:
    """The proposal on this election that a second person can approve now."""
    found = approvals.proposal(session, act, election_id)
    return found if found is not None and found.waits(now) else None
