"""Voting: what the booth asks for, and taking ballots in.

These are the hot paths of an election's last hour. The paper is parsed once per process, and the
costly check of a ballot is done before the archive is locked.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from consult.belenios import archive, ballot
from consult.belenios import election as protocol
from consult.belenios.ballot import Ballot
from consult.belenios.election import Election as Paper
from consult.belenios.invalid import Invalid
from consult.elections.core.election import Phase, receipt_text
from consult.elections.core.marks import credential_hash
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import voters
from consult.refusal import Refusal
from consult.web import throttle

_TRIES, _SECONDS = 30, 60


@dataclass(frozen=True, slots=True)
class Booth:
    """A sealed election as the booth needs it. ``longest``: bytes that no ballot exceeds."""

    election_id: str
    paper: Paper
    longest: int


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential that may vote, and whether it has."""

    voted: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server's word that a ballot is in the archive."""

    tracker: str
    height: int
    event: str
    signature: str


def booth(session: Session, uuid: str) -> Booth:
    """A sealed election by its public name.

    Raises:
        Refusal: ``elections.unknown``, also for one that is still a draft.
    """
    found = store.booth(session, uuid)
    if found is None:
        raise Refusal("elections.unknown")
    return _booth(*found)


def credential(session: Session, election_id: str, hashed: str) -> Credential | None:
    """The credential with that SHA-256, or ``None`` when it is not one of the election's."""
    if not voters.knows_credential(session, election_id, hashed):
        return None
    return Credential(box.has_voted(session, election_id, hashed))


def count_wrong_code(session: Session, now: datetime, uuid: str, network: str) -> int:
    """Count a code that is not known, for its network and for all; how many seconds to wait.

    Only failures are counted, so nobody with a code of her own is ever kept out.
    """
    waits = (
        throttle.allow(session, now, f"booth:{uuid}:{network}", _TRIES, _SECONDS),
        throttle.allow(session, now, f"booth:{uuid}", 100 * _TRIES, _SECONDS),
    )
    return max(waits)


def paper_of(session: Session, election_id: str) -> Paper:
    """The ballot paper of a sealed election.

    Raises:
        Refusal: ``elections.not_open`` when it is not sealed yet.
    """
    raw = store.paper(session, election_id)
    if raw is None:
        raise Refusal("elections.not_open")
    return _read(raw)


def check_credential(session: Session, election_id: str, raw: bytes) -> None:
    """Whether a ballot names a credential of the election; cheap, so it comes before the proofs.

    Raises:
        Refusal: ``elections.ballot_invalid``, ``elections.credential_unknown``.
    """
    try:
        named = ballot.credential_of(raw)
    except Invalid as invalid:
        raise Refusal("elections.ballot_invalid", reason=invalid.code) from invalid
    if not voters.knows_credential(session, election_id, credential_hash(named)):
        raise Refusal("elections.credential_unknown")


def check_ballot(paper: Paper, raw: bytes) -> Ballot:
    """The ballot, after all proofs have been checked: the costly part, outside any transaction.

    Raises:
        Refusal: ``elections.ballot_invalid``; ``reason`` is the protocol's code.
    """
    try:
        return ballot.check(raw, paper)
    except Invalid as invalid:
        raise Refusal("elections.ballot_invalid", reason=invalid.code) from invalid


def cast_ballot(
    session: Session, now: datetime, key: bytes, election_id: str, checked: Ballot
) -> Receipt:
    """Put a checked ballot in the archive; the same bytes again get the same receipt.

    ``key`` is ``settings.key("elections.receipt")``.

    Raises:
        Refusal: ``elections.not_open``, ``elections.credential_unknown``.
    """
    chain = box.chain(session, election_id)
    found = box.place(session, election_id, checked.tracker)
    election = store.get(session, election_id)
    if found is None:
        if chain is None or election.phase(now) is not Phase.OPEN:
            raise Refusal("elections.not_open")
        hashed = credential_hash(checked.credential)
        if not voters.knows_credential(session, election_id, hashed):
            raise Refusal("elections.credential_unknown")
        appended = archive.cast(chain, checked.raw)
        box.append(session, election_id, appended)
        found = box.Place(checked.tracker, chain.height, str(appended.chain.head))
        box.add_ballot(session, election_id, found, hashed, len(checked.raw))
    return _receipt(key, election.uuid, found)


def receipt_key(key: bytes) -> str:
    """The public key, in hex, with which anybody checks the signature of a receipt."""
    return bytes(SigningKey(key).verify_key).hex()


@lru_cache(maxsize=16)
def _read(raw: bytes) -> Paper:
    return protocol.parse(raw)  # checks the key, which is costly: done once


@lru_cache(maxsize=16)
def _booth(election_id: str, raw: bytes) -> Booth:
    paper = _read(raw)
    return Booth(election_id, paper, ballot.longest(paper))


def _receipt(key: bytes, uuid: str, found: box.Place) -> Receipt:
    signed = SigningKey(key).sign(receipt_text(uuid, found.tracker, found.height, found.event))
    signature = base64.b64encode(signed.signature).decode()
    return Receipt(found.tracker, found.height, found.event, signature)
