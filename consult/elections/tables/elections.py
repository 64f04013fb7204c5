"""Rows of elections, and of what became of them after the count."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime


def of_election() -> Mapped[str]:
    """The key of a row that belongs to an election."""
    return mapped_column(Id, ForeignKey("election.id"), primary_key=True)


class Election(Base):
    """One election of the board: what was decided about it, and when."""

    __tablename__ = "election"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    uuid: Mapped[str] = mapped_column(String(22), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    profile: Mapped[str] = mapped_column(Text)
    max_board: Mapped[int]
    max_choices: Mapped[int]
    reference_date: Mapped[date]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seats_from: Mapped[date]
    seats_until: Mapped[date]
    preselection: Mapped[str] = mapped_column(String(20), server_default="none")
    nominate_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nominate_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs: Mapped[dict[str, Any]] = mapped_column(JSON, server_default="{}")
    extend_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    profile_seal: Mapped[bytes | None] = mapped_column(LargeBinary)
    profile_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ties: Mapped[str] = mapped_column(String(20))
    beacon: Mapped[str] = mapped_column(String(300))
    roll_id: Mapped[str | None] = mapped_column(Id)
    codes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paper: Mapped[bytes | None] = mapped_column(LargeBinary)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tally: Mapped[bytes | None] = mapped_column(LargeBinary)
    voters: Mapped[int | None]
    totals: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True))
    lot_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lots: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    verified: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RefillRow(Base):
    """Empty seats filled on the old votes; without ``done_at`` it is not decided on yet."""

    __tablename__ = "election_refill"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    start: Mapped[date]
    available: Mapped[list[str]] = mapped_column(JSON)
    lot: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    count_file: Mapped[bytes | None] = mapped_column(LargeBinary)
    record: Mapped[bytes | None] = mapped_column(LargeBinary)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Signature(Base):
    """That somebody signed the official record with this SHA-256; void when the record changes."""

    __tablename__ = "election_signature"

    election_id: Mapped[str] = of_election()
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
