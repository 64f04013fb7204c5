"""Where participation, sealed envelopes and opened answers are kept, apart from each other."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.db.upsert import insert_into
from consult.surveys.tables import AnswerRow, EnvelopeRow, ParticipationRow

CHUNK = 1_000


def put_envelope(session: Session, consultation_id: str, slot: str, body: bytes) -> None:
    """Keep an envelope in its slot, in the place of an earlier one."""
    upsert = insert_into(session, EnvelopeRow).values(
        slot=slot, consultation_id=consultation_id, body=body
    )
    session.execute(
        upsert.on_conflict_do_update(index_elements=["slot"], set_={"body": upsert.excluded.body})
    )


def mark_participation(session: Session, consultation_id: str, mark: str) -> None:
    """Note that somebody took part; a second time changes nothing."""
    session.execute(
        insert_into(session, ParticipationRow)
        .values(consultation_id=consultation_id, mark=mark)
        .on_conflict_do_nothing()
    )


def count_participants(session: Session, consultation_id: str) -> int:
    """How many people took part."""
    return _count(session, ParticipationRow, consultation_id)


def participants(session: Session, consultation_id: str) -> frozenset[str]:
    """The marks of those who took part."""
    wanted = select(ParticipationRow.mark).where(
        ParticipationRow.consultation_id == consultation_id
    )
    return frozenset(session.scalars(wanted))


def count_envelopes(session: Session, consultation_id: str) -> int:
    """How many envelopes wait for the key."""
    return _count(session, EnvelopeRow, consultation_id)


def envelopes(session: Session, consultation_id: str) -> Iterator[bytes]:
    """All envelopes, without their slots."""
    wanted = select(EnvelopeRow.body).where(EnvelopeRow.consultation_id == consultation_id)
    yield from session.scalars(wanted.execution_options(yield_per=CHUNK))


def drop_envelopes(session: Session, consultation_id: str) -> None:
    """Erase the envelopes and their slots."""
    session.execute(delete(EnvelopeRow).where(EnvelopeRow.consultation_id == consultation_id))


def add_answers(
    session: Session, consultation_id: str, sheets: Iterable[tuple[str, bytes]]
) -> None:
    """Keep opened answers, in the order of their random ids: the order of rows says nothing."""
    rows = (
        {"id": sheet_id, "consultation_id": consultation_id, "body": body}
        for sheet_id, body in sorted(sheets)
    )
    while chunk := list(islice(rows, CHUNK)):
        session.execute(insert(AnswerRow), chunk)


def answers(session: Session, consultation_id: str) -> Iterator[bytes]:
    """The opened answers of each person as they were put away, in the order of their random ids."""
    wanted = (
        select(AnswerRow.body)
        .where(AnswerRow.consultation_id == consultation_id)
        .order_by(AnswerRow.id)
        .execution_options(yield_per=CHUNK)
    )
    yield from session.scalars(wanted)


def _count(
    session: Session, row: type[ParticipationRow] | type[EnvelopeRow], consultation_id: str
) -> int:
    wanted = select(func.count()).where(row.consultation_id == consultation_id)
    return session.execute(wanted).scalar_one()
