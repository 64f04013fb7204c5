"""Refills: what is filled in, and what was decided."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.elections.core.vacancy import Worksheet
from consult.elections.tables.elections import RefillRow as Row


def worksheet(session: Session, election_id: str) -> Worksheet | None:
    """What is filled in of a refill that is not decided on yet."""
    row = session.scalar(select(Row).where(Row.election_id == election_id, Row.done_at.is_(None)))
    if row is None:
        return None
    lot = {office: tuple(order) for office, order in row.lot.items()}
    return Worksheet(row.id, row.election_id, row.start, frozenset(row.available), lot)


def keep(session: Session, sheet: Worksheet) -> None:
    """Keep what is filled in; it takes the place of what was there of this election."""
    session.execute(delete(Row).where(Row.election_id == sheet.election_id, Row.done_at.is_(None)))
    session.execute(
        insert(Row).values(
            id=sheet.id,
            election_id=sheet.election_id,
            start=sheet.start,
            available=sorted(sheet.available),
            lot={office: list(order) for office, order in sheet.lot.items()},
        )
    )


def finish(session: Session, refill_id: str, now: datetime, case: bytes, record: bytes) -> None:
    """The refill was decided on: what was counted, and each decision."""
    session.execute(
        update(Row).where(Row.id == refill_id).values(count_file=case, record=record, done_at=now)
    )


def files(session: Session, election_id: str, refill_id: str) -> tuple[bytes, bytes] | None:
    """What was counted and how, of a refill that is done."""
    row = session.execute(
        select(Row.count_file, Row.record).where(
            Row.id == refill_id, Row.election_id == election_id, Row.done_at.is_not(None)
        )
    ).one_or_none()
    return None if row is None else (row.count_file, row.record)
