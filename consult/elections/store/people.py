"""Who stands for election, and who holds a share of the key."""

from dataclasses import fields
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.elections.core.election import Candidate, KeyHolder
from consult.elections.tables import people as t

_CANDIDATE = [getattr(t.Candidate, field.name) for field in fields(Candidate)]
_HOLDER = [getattr(t.TrusteeRow, field.name) for field in fields(KeyHolder)]


def add_candidate(
    session: Session, election_id: str, candidate: Candidate, customer_number: str
) -> None:
    """Store a candidate."""
    session.execute(
        insert(t.Candidate).values(
            id=candidate.id,
            election_id=election_id,
            customer_number=customer_number,
            name=candidate.name,
            statement=candidate.statement,
            groups=sorted(candidate.groups),
            stands_for=sorted(candidate.stands_for),
            answers=dict(candidate.answers),
            application_id=candidate.application_id,
        )
    )


def stands(session: Session, election_id: str, customer_number: str) -> bool:
    """Whether that customer stands already."""
    found = session.scalar(
        select(t.Candidate.id).where(
            t.Candidate.election_id == election_id, t.Candidate.customer_number == customer_number
        )
    )
    return found is not None


def customer_numbers(session: Session, election_id: str) -> dict[str, str]:
    """Which customer each candidate is, by candidate; never for a page."""
    chosen = select(t.Candidate.id, t.Candidate.customer_number)
    return {
        row[0]: row[1]
        for row in session.execute(chosen.where(t.Candidate.election_id == election_id))
    }


def remove_candidate(session: Session, election_id: str, candidate_id: str) -> bool:
    """Take a candidate off a draft; whether there was one."""
    done = session.execute(
        delete(t.Candidate).where(
            t.Candidate.election_id == election_id, t.Candidate.id == candidate_id
        )
    )
    return bool(done.rowcount)  # type: ignore[attr-defined] # a delete's result has it


def remove_applicant(session: Session, election_id: str, application_id: str) -> None:
    """Take whoever applied with that application off the list."""
    session.execute(
        delete(t.Candidate).where(
            t.Candidate.election_id == election_id, t.Candidate.application_id == application_id
        )
    )


def candidates(session: Session, election_id: str) -> list[Candidate]:
    """The candidates, by name."""
    rows = session.execute(
        select(*_CANDIDATE)
        .where(t.Candidate.election_id == election_id)
        .order_by(t.Candidate.name, t.Candidate.id)
    )
    return [
        Candidate(
            id=row.id,
            name=row.name,
            statement=row.statement,
            groups=frozenset(row.groups),
            stands_for=frozenset(row.stands_for),
            answers=row.answers,
            application_id=row.application_id,
        )
        for row in rows
    ]


def add_holder(session: Session, election_id: str, holder: KeyHolder, token_hash: str) -> None:
    """Store a key holder."""
    session.execute(
        insert(t.TrusteeRow).values(
            id=holder.id,
            election_id=election_id,
            owner=holder.owner,
            name=holder.name,
            token_hash=token_hash,
        )
    )


def remove_holder(session: Session, election_id: str, holder_id: str) -> bool:
    """Take a key holder off a draft, and count the others on from 1; whether there was one."""
    gone = session.execute(
        delete(t.TrusteeRow)
        .where(t.TrusteeRow.election_id == election_id, t.TrusteeRow.id == holder_id)
        .returning(t.TrusteeRow.id)
    ).first()
    for owner, holder in enumerate(holders(session, election_id), start=1):
        change_holder(session, holder.id, owner=owner)
    return gone is not None


def holders(session: Session, election_id: str) -> list[KeyHolder]:
    """The key holders, in the order of the archive."""
    rows = session.execute(
        select(*_HOLDER).where(t.TrusteeRow.election_id == election_id).order_by(t.TrusteeRow.owner)
    )
    return [KeyHolder(*row) for row in rows]


def holder(session: Session, holder_id: str) -> tuple[str, KeyHolder, str] | None:
    """Election, holder and hash of the token; ``None`` when there is no such holder."""
    row = session.execute(
        select(*_HOLDER, t.TrusteeRow.election_id, t.TrusteeRow.token_hash).where(
            t.TrusteeRow.id == holder_id
        )
    ).one_or_none()
    if row is None:
        return None
    *held, election_id, token_hash = row
    return election_id, KeyHolder(*held), token_hash


def change_holder(session: Session, holder_id: str, **values: Any) -> None:
    """Note the key or the decryption of a holder."""
    session.execute(update(t.TrusteeRow).where(t.TrusteeRow.id == holder_id).values(**values))
