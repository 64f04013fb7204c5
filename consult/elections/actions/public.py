"""What anybody may know of an election."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consult.belenios import tally
from consult.belenios.election import Election as Paper
from consult.elections.actions.voting import paper_of
from consult.elections.core.election import Candidate, Election, digest, paper_order, parse_seal
from consult.elections.core.paper import contests
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Contest:
    """One question of the paper: what for, how many names, and who stands, in its order."""

    office: str
    choices: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed election, its paper and questions, and the candidates in the order for the board.

    ``totals_hash``: SHA-256 of the opened sum, known before any lot is; empty before that.
    """

    election: Election
    paper: Paper
    contests: tuple[Contest, ...]
    candidates: tuple[Candidate, ...]
    seal: dict[str, Any]
    seal_hash: str
    totals_hash: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A ballot in the archive. ``counts``: no later ballot of the same voter took its place."""

    tracker: str
    height: int
    counts: bool


def sealed(session: Session, uuid: str) -> Sealed:
    """A sealed election by its public name.

    Raises:
        Refusal: ``elections.unknown``, also for one that is still a draft.
    """
    election = store.by_uuid(session, uuid)
    seal = store.seal(session, election.id)
    if seal is None:
        raise Refusal("elections.unknown")
    read = parse_seal(seal)
    candidates = paper_order(uuid, people.candidates(session, election.id))
    by_id = {one.id: one for one in candidates}
    return Sealed(
        election,
        paper_of(session, election.id),
        tuple(
            Contest(one["office"], one["choices"], tuple(by_id[c] for c in one["candidates"]))
            for one in contests(read)
        ),
        candidates,
        read,
        digest(seal),
        digest(tally.result_file(election.totals)) if election.totals else "",
    )


def seal_file(session: Session, uuid: str) -> bytes:
    """The exact bytes of the seal.

    Raises:
        Refusal: ``elections.unknown``, also for an election that is still a draft.
    """
    seal = store.seal(session, store.by_uuid(session, uuid).id)
    if seal is None:
        raise Refusal("elections.unknown")
    return seal


def tracked(session: Session, election_id: str, tracker: str) -> Tracked | None:
    """The ballot with that tracker, or ``None``."""
    found = box.place(session, election_id, tracker)
    if found is None:
        return None
    counts = box.is_last(session, election_id, tracker)
    return Tracked(found.tracker, found.height, counts)


def coarse_turnout(session: Session, election_id: str) -> int:
    """How many have voted, rounded down to tens: enough to follow, too little to watch anybody."""
    return box.count_voters(session, election_id) // 10 * 10


def archive_blocks(session: Session, election_id: str) -> Iterator[bytes]:
    """The public archive, block by block."""
    yield from box.blocks(session, election_id)
