"""Signatures under the official record."""

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.actor import Role
from consult.elections.core.signing import Signature
from consult.elections.tables.elections import Signature as Row


def keep(session: Session, election_id: str, signature: Signature) -> None:
    """Keep a signature; a second one of the same person for the same record takes its place."""
    session.execute(
        delete(Row).where(
            Row.election_id == election_id,
            Row.account_id == signature.account_id,
            Row.record == signature.record,
        )
    )
    session.execute(
        insert(Row).values(
            election_id=election_id,
            account_id=signature.account_id,
            name=signature.name,
            role=str(signature.role),
            record=signature.record,
            signed_at=signature.signed_at,
        )
    )


def signatures(session: Session, election_id: str) -> list[Signature]:
    """All of them, in the order of signing, also for a record that has changed since."""
    rows = session.execute(
        select(Row.account_id, Row.name, Row.role, Row.record, Row.signed_at)
        .where(Row.election_id == election_id)
        .order_by(Row.signed_at, Row.name)
    )
    return [Signature(r.account_id, r.name, Role(r.role), r.record, r.signed_at) for r in rows]
