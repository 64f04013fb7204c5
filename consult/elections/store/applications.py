"""Applications to stand, and their photos. The customer number never leaves by another way than
:func:`number_of`."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from consult.db.upsert import insert_into
from consult.elections.core.nomination import Application, Standing
from consult.elections.tables import applications as t

_NAMES: Final = tuple(field.name for field in fields(Application))
_COLUMNS: Final = [getattr(t.ApplicationRow, name) for name in _NAMES]
_SETS: Final = ("backgrounds", "stands_for", "groups")


def add(session: Session, application: Application, customer_number: str, now: datetime) -> bool:
    """Keep a new application; ``False`` when that customer has one already."""
    made = session.execute(
        insert_into(session, t.ApplicationRow)
        .values(
            id=application.id,
            customer_number=customer_number,
            begun_at=now,
            **_values(application),
        )
        .on_conflict_do_nothing(index_elements=["election_id", "customer_number"])
        .returning(t.ApplicationRow.id)
    )
    return made.first() is not None


def change(session: Session, application: Application) -> None:
    """Keep an application as it now is."""
    session.execute(
        update(t.ApplicationRow)
        .where(t.ApplicationRow.id == application.id)
        .values(**_values(application))
    )


def get(session: Session, application_id: str) -> Application | None:
    """The application of that id."""
    return _one(session, t.ApplicationRow.id == application_id)


def election_of(session: Session, application_id: str) -> str | None:
    """The election that somebody applied for; ``None`` when there is no such application."""
    found = get(session, application_id)
    return found.election_id if found else None


def of(session: Session, election_id: str, customer_number: str) -> Application | None:
    """That customer's application."""
    return _one(
        session,
        (t.ApplicationRow.election_id == election_id)
        & (t.ApplicationRow.customer_number == customer_number),
    )


def every(
    session: Session, election_id: str, standing: Standing | None = None
) -> list[Application]:
    """All applications, or those that far, by name."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(t.ApplicationRow.election_id == election_id)
        .order_by(t.ApplicationRow.name, t.ApplicationRow.id)
    )
    found = [_application(row) for row in rows]
    return [one for one in found if standing is None or one.standing is standing]


def number_of(session: Session, application_id: str) -> str:
    """The customer number of an applicant: for the test against the register, and for letters."""
    return session.execute(
        select(t.ApplicationRow.customer_number).where(t.ApplicationRow.id == application_id)
    ).scalar_one()


def put_photo(session: Session, application_id: str, jpeg: bytes) -> None:
    """Keep the photo, in the place of an earlier one."""
    drop_photo(session, application_id)
    session.execute(insert(t.PhotoRow).values(application_id=application_id, jpeg=jpeg))


def drop_photo(session: Session, application_id: str) -> bool:
    """Erase the photo; whether there was one."""
    gone = session.execute(
        delete(t.PhotoRow)
        .where(t.PhotoRow.application_id == application_id)
        .returning(t.PhotoRow.application_id)
    )
    return gone.first() is not None


def photo(session: Session, application_id: str) -> bytes | None:
    """The photo, a JPEG."""
    return session.scalar(
        select(t.PhotoRow.jpeg).where(t.PhotoRow.application_id == application_id)
    )


def with_photo(session: Session, election_id: str) -> frozenset[str]:
    """Ids of the applications that have a photo."""
    found = session.scalars(
        select(t.PhotoRow.application_id)
        .join(t.ApplicationRow, t.ApplicationRow.id == t.PhotoRow.application_id)
        .where(t.ApplicationRow.election_id == election_id)
    )
    return frozenset(found)


def count_overdue(session: Session, election_id: str, begun_before: datetime) -> int:
    """How many began before, are not ready, and no letter reminded them yet."""
    wanted = _overdue(election_id, begun_before)
    return session.scalar(select(func.count()).select_from(t.ApplicationRow).where(*wanted)) or 0


def make_due(session: Session, election_id: str, now: datetime, begun_before: datetime) -> None:
    """Let a letter remind these, once."""
    session.execute(
        update(t.ApplicationRow)
        .where(*_overdue(election_id, begun_before))
        .values(reminder_due=now)
    )


def due(session: Session, election_id: str) -> Sequence[tuple[str, str]]:
    """Id and customer number of who is to be reminded and still is not ready."""
    rows = session.execute(
        select(t.ApplicationRow.id, t.ApplicationRow.customer_number)
        .where(
            t.ApplicationRow.election_id == election_id,
            t.ApplicationRow.reminder_due.is_not(None),
            t.ApplicationRow.reminded_at.is_(None),
            *_INCOMPLETE,
        )
        .order_by(t.ApplicationRow.id)
    )
    return [(row.id, row.customer_number) for row in rows]


def note_reminded(session: Session, application_ids: Sequence[str], now: datetime) -> None:
    """The letters were made."""
    session.execute(
        update(t.ApplicationRow)
        .where(t.ApplicationRow.id.in_(application_ids))
        .values(reminded_at=now)
    )


def last_reminded(session: Session, election_id: str) -> datetime | None:
    """When letters were last made."""
    return session.scalar(
        select(t.ApplicationRow.reminded_at)
        .where(
            t.ApplicationRow.election_id == election_id, t.ApplicationRow.reminded_at.is_not(None)
        )
        .order_by(t.ApplicationRow.reminded_at.desc())
        .limit(1)
    )


def drop(session: Session, application_id: str) -> None:
    """Erase one application with its photo."""
    drop_photo(session, application_id)
    session.execute(delete(t.ApplicationRow).where(t.ApplicationRow.id == application_id))


def forget(session: Session, election_id: str) -> int:
    """Erase all applications with their photos; how many there were."""
    mine = select(t.ApplicationRow.id).where(t.ApplicationRow.election_id == election_id)
    session.execute(delete(t.PhotoRow).where(t.PhotoRow.application_id.in_(mine)))
    gone = session.execute(
        delete(t.ApplicationRow)
        .where(t.ApplicationRow.election_id == election_id)
        .returning(t.ApplicationRow.id)
    )
    return len(gone.all())


_INCOMPLETE: Final = (
    t.ApplicationRow.submitted_at.is_(None),
    t.ApplicationRow.withdrawn_at.is_(None),
)


def _overdue(election_id: str, begun_before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        t.ApplicationRow.election_id == election_id,
        t.ApplicationRow.reminder_due.is_(None),
        t.ApplicationRow.begun_at < begun_before,
        *_INCOMPLETE,
    )


def _one(session: Session, wanted: ColumnElement[bool]) -> Application | None:
    row = session.execute(select(*_COLUMNS).where(wanted)).one_or_none()
    return None if row is None else _application(row)


def _values(application: Application) -> dict[str, Any]:
    held = {name: getattr(application, name) for name in _NAMES if name != "id"}
    sets = {name: sorted(held[name]) for name in _SETS}
    return held | sets | {"answers": dict(application.answers)}


def _application(row: Row[Any]) -> Application:
    held = {name: getattr(row, name) for name in _NAMES}
    return Application(**(held | {name: frozenset(held[name]) for name in _SETS}))
