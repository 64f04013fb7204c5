"""Where drafts are kept until they are sent, and which of them wait for a second helper."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from consult.db.upsert import insert_into
from consult.surveys.core.consultation import Channel
from consult.surveys.tables import (
    ConsultationRow,
    DraftRow,
    EnvelopeRow,
    HelpedRow,
    ParticipationRow,
)

_OF_ONE = (DraftRow, HelpedRow)


class Helped(NamedTuple):
    """How a draft came in, and the account of the helper who entered it."""

    channel: Channel
    entered_by: str


def hold_open(session: Session, consultation_id: str, now: datetime) -> bool:
    """Whether a consultation is open; it then stays so until this transaction ends."""
    wanted = (
        select(ConsultationRow.closes_at)
        .where(ConsultationRow.id == consultation_id, ConsultationRow.closed_at.is_(None))
        .with_for_update(read=True)
    )
    closes_at = session.scalar(wanted)
    return closes_at is not None and now < closes_at


def begin(session: Session, slot: str, consultation_id: str, body: bytes) -> None:
    """Keep a new draft, unless there is one."""
    session.execute(
        insert_into(session, DraftRow)
        .values(slot=slot, consultation_id=consultation_id, body=body)
        .on_conflict_do_nothing(index_elements=["slot"])
    )


def body(session: Session, slot: str) -> bytes | None:
    """A draft, still locked up."""
    return session.scalar(select(DraftRow.body).where(DraftRow.slot == slot))


def claim(session: Session, slot: str) -> bytes | None:
    """A draft, for this transaction alone to change."""
    return session.scalar(select(DraftRow.body).where(DraftRow.slot == slot).with_for_update())


def change(session: Session, slot: str, body: bytes) -> None:
    """Keep a draft in the place of the one that is there."""
    session.execute(update(DraftRow).where(DraftRow.slot == slot).values(body=body))


def drop(session: Session, slot: str) -> None:
    """Erase one draft: it was sent."""
    for row in _OF_ONE:
        session.execute(delete(row).where(row.slot == slot))


def forget(session: Session, consultation_id: str) -> None:
    """Erase all drafts of a consultation: it is closed."""
    for row in _OF_ONE:
        session.execute(delete(row).where(row.consultation_id == consultation_id))


def was_sent(session: Session, slot: str) -> bool:
    """Whether answers were sent under this slot."""
    return bool(session.scalar(select(exists().where(EnvelopeRow.slot == slot))))


def took_part(session: Session, consultation_id: str, mark: str) -> bool:
    """Whether the person with this mark has sent answers."""
    found = exists().where(
        ParticipationRow.consultation_id == consultation_id, ParticipationRow.mark == mark
    )
    return bool(session.scalar(select(found)))


def hand_over(session: Session, slot: str, consultation_id: str, helped: Helped) -> None:
    """Let a draft wait for a second helper."""
    values = {"slot": slot, "consultation_id": consultation_id, **helped._asdict()}
    session.execute(insert(HelpedRow).values(values))


def helped(session: Session, slot: str) -> Helped | None:
    """How this draft came in, when it waits for a second helper."""
    wanted = select(HelpedRow.channel, HelpedRow.entered_by).where(HelpedRow.slot == slot)
    row = session.execute(wanted.with_for_update()).one_or_none()
    return None if row is None else Helped(Channel(row.channel), row.entered_by)


def take_back(session: Session, slot: str) -> None:
    """Let a draft wait no longer; it stays a draft."""
    session.execute(delete(HelpedRow).where(HelpedRow.slot == slot))


def count_waiting(session: Session, consultation_id: str) -> int:
    """How many drafts of a consultation wait for a second helper."""
    wanted = select(func.count()).where(HelpedRow.consultation_id == consultation_id)
    return session.execute(wanted).scalar_one()
