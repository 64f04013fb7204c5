"""Rows that every page may need: sessions, attempts, jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime


class WebSession(Base):
    """One browser's session. The body is sealed with a key that only the cookie holds."""

    __tablename__ = "web_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    touched: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Attempts(Base):
    """How often something went wrong in a window of time; buckets name no person."""

    __tablename__ = "web_attempts"

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]


class Job(Base):
    """Work that takes longer than a request, with how far it has come."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("state in ('queued','running','done','failed')", "state"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(String(200))
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
