"""Rows of mail: who asked for it, and what waits to be sent.

A follower is an address and nothing else: no column tells which code, answers, person or moment it
came with (``tests/db/test_following_schema.py`` holds the list of columns), and on SQLite there is
no hidden row number. Addresses are sealed under a key that is not in the database.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime

_NO_ROW_NUMBER = {"sqlite_with_rowid": False}


class FollowerRow(Base):
    """Somebody who wants to know what comes of a consultation: ``id`` is a keyed hash."""

    __tablename__ = "follower"
    __table_args__ = (_NO_ROW_NUMBER,)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class MailingRow(Base):
    """What all mails of one round share."""

    __tablename__ = "mailing"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, index=True)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)


class MailRow(Base):
    """One mail of a round. The address is erased with the outcome; the row stays, so that nobody
    gets the same round twice. ``lease`` names the worker that has it until ``leased_until``."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("state in ('waiting','sent','undelivered')", name="state"),
        _NO_ROW_NUMBER,
    )

    mailing_id: Mapped[str] = mapped_column(ForeignKey(MailingRow.id), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(20))
    tries: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    lease: Mapped[str | None] = mapped_column(Id)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply: Mapped[int | None]
