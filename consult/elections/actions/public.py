"""What anybody may know of an election."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.belenios.election import Election as Paper
from consult.elections.actions.voting import read_paper
from consult.elections.core.election import Candidate, Election, digest, paper_order, parse_seal
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.web import throttle

_TRIES, _SECONDS = 30, 60


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed election, its paper, and the candidates in the order of the paper."""

    election: Election
    paper: Paper
    candidates: tuple[Candidate, ...]
    seal: dict[str, Any]
    seal_hash: str


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential that may vote, and whether it has."""

    voted: bool


@dataclass(frozen=True, slots=True)
class Tracked:
    """A ballot in the archive. ``counts``: no later ballot of the same voter took its place."""

    tracker: str
    height: int
    event: str
    counts: bool


def sealed(session: Session, uuid: str) -> Sealed:
    """A sealed election by its public name.

    Raises:
        Refusal: ``elections.unknown``, also for one that is still a draft.
    """
    election = store.by_uuid(session, uuid)
    if election is None or election.sealed_at is None:
        raise Refusal("elections.unknown")
    row = store.details(session, election.id)
    seal = row.seal or b""
    return Sealed(
        election,
        read_paper(row.paper or b""),
        paper_order(uuid, store.candidates(session, election.id)),
        parse_seal(seal),
        digest(seal),
    )


def seal_file(session: Session, uuid: str) -> bytes:
    """The exact bytes of the seal."""
    return store.details(session, sealed(session, uuid).election.id).seal or b""


def credential(session: Session, uuid: str, hashed: str) -> Credential | None:
    """The credential with that SHA-256, or ``None`` when it is not one of the election's."""
    election = store.by_uuid(session, uuid)
    if election is None or not store.knows_credential(session, election.id, hashed):
        return None
    return Credential(box.has_voted(session, election.id, hashed))


def count_wrong_code(session: Session, now: datetime, uuid: str, network: str) -> int:
    """Count a code that is not known, for its network and for all; how many seconds to wait.

    Only failures are counted, so nobody with a code of her own is ever kept out.
    """
    waits = (
        throttle.allow(session, now, f"booth:{uuid}:{network}", _TRIES, _SECONDS),
        throttle.allow(session, now, f"booth:{uuid}", 100 * _TRIES, _SECONDS),
    )
    return max(waits)


def tracked(session: Session, uuid: str, tracker: str) -> Tracked | None:
    """The ballot with that tracker, or ``None``."""
    election = store.by_uuid(session, uuid)
    found = box.place(session, election.id, tracker) if election else None
    if election is None or found is None:
        return None
    counts = box.is_last(session, election.id, tracker)
    return Tracked(found.tracker, found.height, found.event, counts)


def coarse_turnout(session: Session, election_id: str) -> int:
    """How many have voted, rounded down to tens: enough to follow, too little to watch anybody."""
    return box.count_voters(session, election_id) // 10 * 10


def archive_blocks(session: Session, uuid: str) -> Iterator[bytes]:
    """The public archive, block by block."""
    yield from blocks(session, sealed(session, uuid).election.id)


def blocks(session: Session, election_id: str) -> Iterator[bytes]:
    """The archive of a sealed election, block by block."""
    yield from box.blocks(session, election_id)
