"""Where consultations are kept."""

import json
import struct
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, insert, select, update
from sqlalchemy.orm import Session

from consult.surveys.core.asking.format import dump, load
from consult.surveys.core.asking.words import Words, words
from consult.surveys.core.consultation import Consultation, Mode, Stratum
from consult.surveys.core.sealed.sealing import KEY_BYTES
from consult.surveys.tables import ConsultationRow

_FIELDS = tuple(field.name for field in fields(Consultation))
_TABLE = ConsultationRow.__table__  # not the class: the pages of tenants do without the ORM
_CONSULTATION = select(*(_TABLE.c[name] for name in _FIELDS))


def add(session: Session, consultation: Consultation) -> None:
    """Keep a new consultation."""
    values = {name: _kept(name, getattr(consultation, name)) for name in _FIELDS}
    session.execute(insert(ConsultationRow).values(values))


def change(session: Session, consultation_id: str, **values: object) -> None:
    """Set some fields of a consultation, each as the consultation has it."""
    kept = {name: _kept(name, value) for name, value in values.items()}
    session.execute(
        update(ConsultationRow).where(ConsultationRow.id == consultation_id).values(**kept)
    )


def get(session: Session, consultation_id: str) -> Consultation | None:
    """The consultation with that id."""
    return _one(session, _CONSULTATION.where(_TABLE.c.id == consultation_id))


def by_slug(session: Session, slug: str) -> Consultation | None:
    """The consultation with that address."""
    return _one(session, _CONSULTATION.where(_TABLE.c.slug == slug))


def hold(session: Session, consultation_id: str) -> Consultation | None:
    """The consultation, which stays as it is until this transaction ends."""
    wanted = _CONSULTATION.where(_TABLE.c.id == consultation_id)
    return _one(session, wanted.with_for_update(read=True))


def claim(session: Session, consultation_id: str) -> Consultation | None:
    """The consultation, for this transaction alone to change."""
    wanted = _CONSULTATION.where(_TABLE.c.id == consultation_id)
    return _one(session, wanted.with_for_update())


def every(session: Session) -> list[Consultation]:
    """All consultations, the one that closes last first."""
    return _many(session)


def running(session: Session) -> list[Consultation]:
    """Those that somebody decided to open and whose closing is not stored yet."""
    return _many(session, _TABLE.c.opened_at.is_not(None), _TABLE.c.closed_at.is_(None))


def slugs(session: Session) -> frozenset[str]:
    """All addresses in use."""
    return frozenset(session.scalars(select(ConsultationRow.slug)))


def close(session: Session, consultation_id: str, at: datetime) -> bool:
    """Store the closing unless it is stored already; whether that happened."""
    closed = session.execute(
        update(ConsultationRow)
        .where(ConsultationRow.id == consultation_id, ConsultationRow.closed_at.is_(None))
        .values(closed_at=at)
        .returning(ConsultationRow.id)
    )
    return closed.first() is not None


def show_count(session: Session, consultation_id: str, count: int, on: date) -> None:
    """Keep the coarse number of participants that may be seen from a day on."""
    change(session, consultation_id, shown_count=count, shown_on=on)


def _many(session: Session, *conditions: ColumnElement[bool]) -> list[Consultation]:
    order = (_TABLE.c.closes_at.desc(), _TABLE.c.id)
    rows: Iterable[Row[Any]] = session.execute(_CONSULTATION.where(*conditions).order_by(*order))
    return [_read(row) for row in rows]


def _one(session: Session, wanted: Select[Any]) -> Consultation | None:
    row = session.execute(wanted).one_or_none()
    return None if row is None else _read(row)


def _kept(name: str, value: Any) -> Any:
    match value:
        case Words():
            return json.dumps(value.as_dict(), ensure_ascii=False)
        case tuple() if name == "recipients":
            return b"".join(value) or None
        case tuple():
            return ",".join(value)
    return dump(value) if name == "questions" else value


def _read(row: Row[Any]) -> Consultation:
    values = dict(zip(_FIELDS, row, strict=True))
    return Consultation(**{name: _given(name, value) for name, value in values.items()})


def _given(name: str, value: Any) -> Any:
    match name:
        case "title" | "intro" | "heard" | "will_do":
            return words(json.loads(value))
        case "questions":
            return load(value)
        case "mode":
            return Mode(value)
        case "languages":
            return tuple(value.split(","))
        case "strata" | "groups":
            return tuple(Stratum(one) for one in value.split(",") if one)
    return _keys(value) if name == "recipients" else value


def _keys(kept: bytes | None) -> tuple[bytes, ...]:
    return tuple(key for (key,) in struct.iter_unpack(f"{KEY_BYTES}s", kept or b""))
