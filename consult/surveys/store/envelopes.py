"""Where participation, sealed envelopes and opened answers are kept, apart from each other."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from sqlalchemy import Executable, delete, func, insert, select
from sqlalchemy.orm import Session

from consult.db.types import new_id
from consult.db.upsert import insert_into
from consult.surveys.tables import (
    AnswerRow,
    ApartAnswerRow,
    EnvelopeRow,
    OpenedPartRow,
    ParticipationRow,
    ShuffledEnvelopeRow,
    TallyRow,
)

_T = TypeVar("_T")

CHUNK = 500
"""Rows at once: few round trips, and little memory with the largest envelopes."""


class Tally(StrEnum):
    """Counts that are kept, sealed, of what was erased."""

    PARTICIPATION = "participation"
    CHANNELS = "channels"
    TEXTS_ERASED = "texts_erased"


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
    """How many people took part, until their marks are erased."""
    return _count(session, ParticipationRow, consultation_id)


def participants(session: Session, consultation_id: str) -> frozenset[str]:
    """The marks of those who took part."""
    wanted = select(ParticipationRow.mark).where(
        ParticipationRow.consultation_id == consultation_id
    )
    return frozenset(session.scalars(wanted))


def count_envelopes(session: Session, consultation_id: str) -> int:
    """How many envelopes stand in their slots."""
    return _count(session, EnvelopeRow, consultation_id)


def shuffle(session: Session, consultation_id: str) -> int:
    """Move all envelopes, in a random order and under new random ids, to where no slots are.

    The answer is how many there were. Only slots and ids are in memory together.
    """
    slots = select(EnvelopeRow.slot).where(EnvelopeRow.consultation_id == consultation_id)
    order = sorted((new_id(), slot) for slot in session.scalars(slots))
    for chunk in _chunks(order):
        bodies = _by_key(session, EnvelopeRow, "slot", [slot for _, slot in chunk])
        rows = [
            {"id": new, "consultation_id": consultation_id, "body": bodies[slot]}
            for new, slot in chunk
        ]
        session.execute(insert(ShuffledEnvelopeRow), rows)
    session.execute(delete(EnvelopeRow).where(EnvelopeRow.consultation_id == consultation_id))
    return len(order)


def count_shuffled(session: Session, consultation_id: str) -> int:
    """How many envelopes wait for a key."""
    return _count(session, ShuffledEnvelopeRow, consultation_id)


def shuffled(session: Session, consultation_id: str) -> Iterator[bytes]:
    """All envelopes without slots, in a random order of this moment that is kept nowhere."""
    mine = ShuffledEnvelopeRow.consultation_id == consultation_id
    order = list(session.scalars(select(ShuffledEnvelopeRow.id).where(mine)))
    secrets.SystemRandom().shuffle(order)
    for chunk in _chunks(order):
        bodies = _by_key(session, ShuffledEnvelopeRow, "id", chunk)
        yield from (bodies[one] for one in chunk)


def drop_shuffled(session: Session, consultation_id: str) -> None:
    """Erase the envelopes."""
    mine = ShuffledEnvelopeRow.consultation_id == consultation_id
    session.execute(delete(ShuffledEnvelopeRow).where(mine))


def drop_participation(session: Session, consultation_id: str) -> None:
    """Erase the marks of who took part."""
    session.execute(
        delete(ParticipationRow).where(ParticipationRow.consultation_id == consultation_id)
    )


def keep_tally(session: Session, consultation_id: str, name: Tally, body: bytes) -> None:
    """Keep sealed counts of a consultation."""
    values = {"consultation_id": consultation_id, "name": name, "body": body}
    session.execute(insert(TallyRow).values(values))


def tally(session: Session, consultation_id: str, name: Tally) -> bytes | None:
    """What :func:`keep_tally` kept, or ``None`` before that."""
    return session.scalar(
        select(TallyRow.body).where(
            TallyRow.consultation_id == consultation_id, TallyRow.name == name
        )
    )


def lay_apart(session: Session, parts: Iterable[bytes]) -> None:
    """Keep parts of opened envelopes, each under a new random id, for this transaction only."""
    rows = ({"id": new_id(), "body": body} for body in parts)
    _insert(session, insert(OpenedPartRow), rows)


def parts(session: Session) -> Iterator[bytes]:
    """The parts that this transaction laid apart, in the order of their random ids."""
    after = ""
    while chunk := session.execute(
        select(OpenedPartRow.id, OpenedPartRow.body)
        .where(OpenedPartRow.id > after)
        .order_by(OpenedPartRow.id)
        .limit(CHUNK)
    ).all():
        yield from (body for _, body in chunk)
        after = chunk[-1][0]


def drop_parts(session: Session) -> None:
    """Erase the parts."""
    session.execute(delete(OpenedPartRow))


def add_answers(session: Session, consultation_id: str, bodies: Iterable[bytes]) -> None:
    """Keep opened answers, which come in a random order, each under a new random id."""
    rows = ({"id": new_id(), "consultation_id": consultation_id, "body": one} for one in bodies)
    _insert(session, insert(AnswerRow), rows)


def add_apart(session: Session, consultation_id: str, rows: Iterable[tuple[str, bytes]]) -> None:
    """Keep pairs of question and answer that stand by themselves, each under a new random id."""
    made = (
        {
            "id": new_id(),
            "consultation_id": consultation_id,
            "question_id": question,
            "body": body,
        }
        for question, body in rows
    )
    _insert(session, insert(ApartAnswerRow), made)


def answers(session: Session, consultation_id: str) -> Iterator[bytes]:
    """The opened answers of each person as they were put away, in the order of their random ids.

    Taken out, each is ``{"answers": …, "weight": number, "groups": {attribute: group}}``.
    """
    wanted = (
        select(AnswerRow.body)
        .where(AnswerRow.consultation_id == consultation_id)
        .order_by(AnswerRow.id)
        .execution_options(yield_per=CHUNK)
    )
    yield from session.scalars(wanted)


def apart(session: Session, consultation_id: str, question_id: str) -> Iterator[bytes]:
    """The answers to a question whose answers stand by themselves, in the order of random ids.

    Taken out, each is ``{"answer": …, "quote": whether it may be quoted}``.
    """
    wanted = (
        select(ApartAnswerRow.body)
        .where(
            ApartAnswerRow.consultation_id == consultation_id,
            ApartAnswerRow.question_id == question_id,
        )
        .order_by(ApartAnswerRow.id)
        .execution_options(yield_per=CHUNK)
    )
    yield from session.scalars(wanted)


def _count(
    session: Session,
    row: type[ParticipationRow] | type[EnvelopeRow] | type[ShuffledEnvelopeRow],
    consultation_id: str,
) -> int:
    wanted = select(func.count()).where(row.consultation_id == consultation_id)
    return session.execute(wanted).scalar_one()


def _by_key(
    session: Session,
    row: type[EnvelopeRow] | type[ShuffledEnvelopeRow],
    key: str,
    wanted: Sequence[str],
) -> dict[str, bytes]:
    column = row.__table__.c[key]
    found = session.execute(select(column, row.body).where(column.in_(wanted)))
    return {row[0]: row[1] for row in found}


def _insert(session: Session, statement: Executable, rows: Iterable[Mapping[str, object]]) -> None:
    for chunk in _chunks(rows):
        session.execute(statement, chunk)


def _chunks(rows: Iterable[_T]) -> Iterator[list[_T]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
