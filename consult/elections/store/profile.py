"""The profile of an election: its needs, the seal, and who stood the last time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.elections.core.needs import as_json
from consult.elections.core.profile import Needs
from consult.elections.store.elections import mark
from consult.elections.tables.elections import Election
from consult.elections.tables.people import Candidate


def keep_needs(session: Session, election_id: str, needs: Needs) -> None:
    """Keep what the board needs."""
    mark(session, election_id, needs=as_json(needs))


def seal(session: Session, election_id: str) -> bytes | None:
    """The published profile, as the exact bytes; ``None`` before that."""
    return session.scalar(select(Election.profile_seal).where(Election.id == election_id))


def keep_seal(session: Session, election_id: str, raw: bytes, at: datetime) -> None:
    """Keep the profile as it is published at a moment."""
    mark(session, election_id, profile_seal=raw, profile_at=at)


def stood_before(session: Session, opens_at: datetime) -> tuple[str, list[str]] | None:
    """The roll of the last election that was opened before, and the customers who stood in it."""
    last = session.execute(
        select(Election.id, Election.roll_id)
        .where(Election.sealed_at.is_not(None), Election.opens_at < opens_at)
        .order_by(Election.opens_at.desc(), Election.id)
        .limit(1)
    ).one_or_none()
    if last is None or last.roll_id is None:
        return None
    stood = select(Candidate.customer_number).where(Candidate.election_id == last.id)
    return last.roll_id, sorted(session.scalars(stood))
