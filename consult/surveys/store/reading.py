"""Where open answers, what people say of them and the topics are kept; bodies stay sealed here."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from consult.canonical import canonical
from consult.db.upsert import insert_into
from consult.surveys.core.open_answers.coding import Frame, Topic
from consult.surveys.core.open_answers.redaction import Reason, State
from consult.surveys.store.envelopes import Tally
from consult.surveys.tables import (
    ApartAnswerRow,
    ConsultationRow,
    ReadingCoderRow,
    ReadingFrameRow,
    ReadingMarkRow,
    ReadingQuoteRow,
    ReadingTextRow,
    TallyRow,
)

SETTLED = "settled"
"""Stands for a coder where a difference between two was settled."""

Asked = tuple[str, str]
"""The ids of a consultation and of one of its open questions."""

_Row = type[ApartAnswerRow | ReadingTextRow | ReadingMarkRow | ReadingQuoteRow | ReadingCoderRow]


def texts(session: Session, asked: Asked) -> dict[str, bytes]:
    """The open answers by their random ids, in the order of these."""
    row = ApartAnswerRow
    wanted = select(row.id, row.body).where(*_of(row, asked)).order_by(row.id)
    return dict(session.execute(wanted).all())


def replace_text(session: Session, text_id: str, body: bytes) -> None:
    """Keep ``body`` in the place of what was there, which is gone."""
    session.execute(update(ApartAnswerRow).where(ApartAnswerRow.id == text_id).values(body=body))


def states(session: Session, asked: Asked) -> dict[str, tuple[State, Reason | None]]:
    """How far each text is that somebody looked at; erased ones as well."""
    row = ReadingTextRow
    found = session.execute(select(row.id, row.state, row.reason).where(*_of(row, asked)))
    return {one: (State(state), Reason(reason) if reason else None) for one, state, reason in found}


def put_state(
    session: Session, asked: Asked, text_id: str, state: State, reason: Reason | None
) -> None:
    """Note how far a text is."""
    values = {"state": state.value, "reason": reason.value if reason else ""}
    made = insert_into(session, ReadingTextRow).values(
        id=text_id, consultation_id=asked[0], question_id=asked[1], **values
    )
    session.execute(made.on_conflict_do_update(index_elements=["id"], set_=values))


def frame(session: Session, asked: Asked) -> Frame:
    """The topics; none where nobody made any."""
    row = ReadingFrameRow
    found = session.execute(select(row.topics, row.frozen).where(*_of(row, asked))).one_or_none()
    if found is None:
        return Frame()
    return Frame(tuple(Topic(**one) for one in json.loads(found.topics)), found.frozen)


def put_frame(session: Session, asked: Asked, kept: Frame) -> None:
    """Keep the topics in the place of the earlier ones."""
    topics = canonical([asdict(topic) for topic in kept.topics]).decode()
    values = {"topics": topics, "frozen": kept.frozen}
    made = insert_into(session, ReadingFrameRow).values(
        consultation_id=asked[0], question_id=asked[1], **values
    )
    where = ["consultation_id", "question_id"]
    session.execute(made.on_conflict_do_update(index_elements=where, set_=values))


def hold_frame(session: Session, asked: Asked) -> None:
    """Let nobody else change the frame or its coders until this transaction ends."""
    wanted = select(ReadingFrameRow.frozen).where(*_of(ReadingFrameRow, asked))
    session.execute(wanted.with_for_update())


def coders(session: Session, asked: Asked) -> dict[str, bool]:
    """Who codes, and whether she handed in; in a fixed order."""
    row = ReadingCoderRow
    wanted = select(row.account_id, row.handed_in).where(*_of(row, asked)).order_by(row.account_id)
    return dict(session.execute(wanted).all())


def put_coder(session: Session, asked: Asked, account_id: str, *, handed_in: bool) -> None:
    """Note somebody as a coder."""
    made = insert_into(session, ReadingCoderRow).values(
        consultation_id=asked[0], question_id=asked[1], account_id=account_id, handed_in=handed_in
    )
    where = ["consultation_id", "question_id", "account_id"]
    change = {"handed_in": handed_in}
    session.execute(made.on_conflict_do_update(index_elements=where, set_=change))


def marks(session: Session, asked: Asked, coder: str) -> dict[str, bytes]:
    """What a coder said, by text."""
    row = ReadingMarkRow
    wanted = select(row.text_id, row.body).where(*_of(row, asked), row.coder == coder)
    return dict(session.execute(wanted).all())


def put_mark(session: Session, asked: Asked, coder: str, text_id: str, body: bytes) -> None:
    """Keep what a coder says of a text, in the place of what she said before."""
    made = insert_into(session, ReadingMarkRow).values(
        text_id=text_id, coder=coder, consultation_id=asked[0], question_id=asked[1], body=body
    )
    where = ["text_id", "coder"]
    session.execute(made.on_conflict_do_update(index_elements=where, set_={"body": body}))


def drop_coding(session: Session, asked: Asked) -> None:
    """Forget who codes and what they said."""
    for row in (ReadingMarkRow, ReadingCoderRow):
        session.execute(delete(row).where(*_of(row, asked)))


def quotes(session: Session, asked: Asked) -> dict[str, bytes]:
    """The chosen quotes, by the text that they were taken from, in the order of ids."""
    row = ReadingQuoteRow
    wanted = select(row.text_id, row.body).where(*_of(row, asked)).order_by(row.text_id)
    return dict(session.execute(wanted).all())


def put_quote(session: Session, asked: Asked, text_id: str, body: bytes) -> None:
    """Keep a quote."""
    made = insert_into(session, ReadingQuoteRow).values(
        text_id=text_id, consultation_id=asked[0], question_id=asked[1], body=body
    )
    session.execute(made.on_conflict_do_update(index_elements=["text_id"], set_={"body": body}))


def drop_quote(session: Session, text_id: str) -> None:
    """Forget a quote, if it was one."""
    session.execute(delete(ReadingQuoteRow).where(ReadingQuoteRow.text_id == text_id))


def unerased_before(session: Session, moment: datetime) -> list[str]:
    """Consultations opened by ``moment`` whose open answers were not erased yet."""
    erased = select(TallyRow.consultation_id).where(TallyRow.name == Tally.TEXTS_ERASED)
    wanted = (
        select(ConsultationRow.id)
        .where(
            ConsultationRow.unsealed_at.is_not(None),
            ConsultationRow.unsealed_at <= moment,
            ConsultationRow.id.not_in(erased),
        )
        .order_by(ConsultationRow.id)
    )
    return list(session.scalars(wanted))


def _of(row: _Row | type[ReadingFrameRow], asked: Asked) -> tuple[ColumnElement[bool], ...]:
    return row.consultation_id == asked[0], row.question_id == asked[1]
