"""The chain in the database."""

from collections.abc import Iterator

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.audit.core import Event, Head
from consult.audit.tables import AuditEvent, AuditHead

_EVENT = AuditEvent.__table__.c
_BATCH = 500


def head(session: Session) -> Head:
    """The newest link."""
    row = session.execute(select(AuditHead.number, AuditHead.hash)).one_or_none()
    return Head() if row is None else Head(row.number, row.hash)


def hold_head(session: Session) -> Head:
    """The newest link, held until the transaction ends."""
    held = select(AuditHead.number, AuditHead.hash).with_for_update()
    row = session.execute(held).one_or_none()
    if row is None:
        _begin_chain(session)
        row = session.execute(held).one()
    return Head(row.number, row.hash)


def append(session: Session, event: Event) -> None:
    """Write the event and move the head, which the caller holds."""
    session.execute(
        insert(AuditEvent).values(
            number=event.number,
            at=event.at,
            who=event.who,
            kind=event.kind,
            payload=event.payload,
            parent=event.parent,
            hash=event.hash,
        )
    )
    session.execute(update(AuditHead).values(number=event.number, hash=event.hash))


def events(session: Session) -> Iterator[Event]:
    """The whole chain, oldest first, read in batches."""
    query = select(*_EVENT).order_by(_EVENT.number).limit(_BATCH)
    batch = session.execute(query).all()
    while batch:
        yield from map(_event, batch)
        batch = session.execute(query.where(_EVENT.number > batch[-1].number)).all()


def latest(session: Session, limit: int, before: int | None = None) -> list[Event]:
    """At most ``limit`` events, newest first; only those older than number ``before``."""
    query = select(*_EVENT).order_by(_EVENT.number.desc()).limit(limit)
    if before is not None:
        query = query.where(_EVENT.number < before)
    return [_event(row) for row in session.execute(query)]


def _begin_chain(session: Session) -> None:
    try:
        with session.begin_nested():
            begin = Head()
            session.execute(insert(AuditHead).values(id=1, number=begin.number, hash=begin.hash))
    except IntegrityError:
        pass  # somebody else began it in the same moment


def _event(row: Row[tuple[object, ...]]) -> Event:
    return Event(**row._mapping)  # noqa: SLF001 - the documented name of a row's columns
