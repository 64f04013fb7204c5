"""Who was asked to join the board without an election, until it is decided."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.council.core.co_optation import Newcomer
from consult.council.tables import CoOptationRow


def add(session: Session, request_id: str, newcomer: Newcomer, now: datetime) -> None:
    """Keep a request."""
    session.execute(
        insert(CoOptationRow).values(
            id=request_id,
            name=newcomer.name,
            tenant=newcomer.tenant,
            start=newcomer.start,
            end=newcomer.end,
            asked_at=now,
        )
    )


def asked(session: Session) -> dict[str, Newcomer]:
    """The requests that wait, by id, oldest first."""
    rows = session.scalars(select(CoOptationRow).order_by(CoOptationRow.asked_at, CoOptationRow.id))
    return {row.id: Newcomer(row.name, row.tenant, row.start, row.end) for row in rows}


def drop(session: Session, request_id: str) -> None:
    """Forget a request."""
    session.execute(delete(CoOptationRow).where(CoOptationRow.id == request_id))
