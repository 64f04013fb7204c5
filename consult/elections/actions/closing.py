"""Ending the vote: the ballots that count are added up, and turnout is counted, once."""

import json
from datetime import datetime
from hashlib import blake2b
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import record
from consult.belenios import archive, ballot, tally
from consult.canonical import canonical
from consult.elections.actions.voting import paper_of
from consult.elections.core.election import Election
from consult.elections.core.marks import voter_mark
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import voters
from consult.refusal import Refusal
from consult.register.core.roll import Stratum
from consult.register.core.tallying import Tally, from_data, to_data
from consult.register.core.tallying import tally as tally_of
from consult.register.store.rolls import entries
from consult.register.store.seal import Seal

_KEY_BYTES: Final = 32


def close(session: Session, now: datetime, key: bytes, election_id: str) -> None:
    """End the voting of an election whose hour has come, and add up what is in the box.

    Nothing is opened here: the sum stays encrypted until every key holder has done a part.
    Turnout per group is counted once, now. ``key`` is ``settings.key("elections.marks")``.
    """
    chain = box.chain(session, election_id)
    election = store.get(session, election_id)
    if chain is None or election.closed_at is not None:
        return
    if now < election.plan.closes_at:
        raise Refusal("elections.not_over")
    paper = paper_of(session, election_id)
    counted = 0
    total = tally.empty_tally(paper)
    for raw in box.last_ballots(session, election_id):
        total = tally.add(total, tally.encrypted_tally(paper, [ballot.parse(raw)]))
        counted += 1
    ended = archive.end_ballots(chain)
    box.append(session, election_id, ended)
    summed = archive.encrypted_tally(ended.chain, tally.tally_file(total), counted)
    box.append(session, election_id, summed)
    store.mark(session, election_id, closed_at=now, tally=tally.tally_file(total), voters=counted)
    _count_turnout(session, key, election)
    record(session, SYSTEM, now, "elections.closed", {"election": election_id, "voters": counted})


def due(session: Session, now: datetime) -> list[str]:
    """Ids of elections whose voting has to be ended."""
    return store.to_close(session, now)


def turnout(session: Session, key: bytes, election_id: str) -> Tally:
    """Who took part, by groups, once the voting is over.

    ``key`` is ``settings.key("elections.marks")``, here and below.

    Raises:
        Refusal: ``elections.not_closed`` before that; ``elections.unknown``.
    """
    if store.get(session, election_id).closed_at is None:
        raise Refusal("elections.not_closed")
    sealed = voters.turnout(session, election_id)
    if sealed is None:
        return _in_clear(session, election_id)
    return from_data(json.loads(_seal(key).open(sealed)))


def participation_counts(
    session: Session, key: bytes, election_id: str
) -> list[tuple[Stratum, int, int]]:
    """Invited and participants per stratum, once the voting is over.

    Raises:
        Refusal: as :func:`turnout`.
    """
    cells = turnout(session, key, election_id).cells
    return [
        (Stratum(*cell, invited), invited, participants)
        for cell, (invited, participants) in sorted(cells.items())
    ]


def keep_turnout(session: Session, key: bytes, election_id: str, found: Tally) -> None:
    """Keep who took part, by groups: small ones among them, so under a key outside the database."""
    body = _seal(key).close(canonical(to_data(found)))
    voters.keep_turnout(session, election_id, found.participants, body)


def in_clear(session: Session) -> list[str]:
    """Ids of the elections of which turnout stands in clear, as it once was kept."""
    return voters.in_clear(session)


def seal_turnout(session: Session, key: bytes, election_id: str) -> None:
    """Seal turnout that stands in clear, and take its numbers away there."""
    if voters.turnout(session, election_id) is None:
        keep_turnout(session, key, election_id, _in_clear(session, election_id))
    voters.blank_turnout_in_clear(session, election_id)


def forget_in_clear(session: Session, election_id: str) -> None:
    """Turnout in clear has left the files as well: nothing of it is left to do."""
    voters.drop_turnout_in_clear(session, election_id)


def _count_turnout(session: Session, key: bytes, election: Election) -> None:
    entry_of_mark = voters.entries_by_mark(session, election.id)
    marks = (voter_mark(key, election.id, one) for one in box.voters(session, election.id))
    voted = {entry_of_mark[mark] for mark in marks}
    everybody = entries(session, str(election.roll_id))
    found = tally_of(everybody, lambda entry: entry.id in voted)
    keep_turnout(session, key, election.id, found)


def _in_clear(session: Session, election_id: str) -> Tally:
    return from_data(list(voters.turnout_in_clear(session, election_id)))


def _seal(key: bytes) -> Seal:
    return Seal(blake2b(b"turnout", key=key, digest_size=_KEY_BYTES).digest())
