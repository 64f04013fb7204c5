"""Ending the vote: the ballots that count are added up, and turnout is counted, once."""

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import record
from consult.belenios import archive, ballot, tally
from consult.elections.actions.voting import paper_of
from consult.elections.core.election import Election
from consult.elections.core.marks import voter_mark
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import voters
from consult.refusal import Refusal
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Stratum
from consult.register.store.rolls import entries


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


def participation_counts(session: Session, election_id: str) -> list[tuple[Stratum, int, int]]:
    """Invited and participants per stratum, once the voting is over.

    Raises:
        Refusal: ``elections.not_closed`` before that; ``elections.unknown``.
    """
    if store.get(session, election_id).closed_at is None:
        raise Refusal("elections.not_closed")
    return [
        (Stratum(Kind(kind), AgeBand(band), place, invited), invited, participants)
        for kind, band, place, invited, participants in voters.turnout(session, election_id)
    ]


def _count_turnout(session: Session, key: bytes, election: Election) -> None:
    entry_of_mark = voters.entries_by_mark(session, election.id)
    marks = (voter_mark(key, election.id, one) for one in box.voters(session, election.id))
    voted = {entry_of_mark[mark] for mark in marks}
    invited: Counter[tuple[str, str, str]] = Counter()
    took_part: Counter[tuple[str, str, str]] = Counter()
    for entry in entries(session, str(election.roll_id)):
        group = (str(entry.kind), str(entry.age_band), entry.neighbourhood)
        invited[group] += 1
        took_part[group] += entry.id in voted
    voters.add_turnout(
        session,
        election.id,
        (
            {
                "kind": kind,
                "age_band": band,
                "neighbourhood": place,
                "invited": number,
                "participants": took_part[kind, band, place],
            }
            for (kind, band, place), number in sorted(invited.items())
        ),
    )
