"""Rows of the register: imports, customers, contracts, rolls and codes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime

Number = String(32)
Text = String(200)
Word = String(20)


class RegisterImport(Base):
    """One file that was handed in, and what became of it.

    ``file`` is sealed, and erased as soon as the import is over. ``serial`` counts the applied
    imports from 1; it is unique, so that two imports never build on the same base.
    """

    __tablename__ = "register_import"
    __table_args__ = (
        CheckConstraint(
            "state in ('uploaded','planned','approved','applied','refused','rejected')", "state"
        ),
        UniqueConstraint("serial"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    state: Mapped[str] = mapped_column(Word)
    filename: Mapped[str] = mapped_column(Text)
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
    uploaded_by: Mapped[str] = mapped_column(Id)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    job_id: Mapped[str | None] = mapped_column(Id)
    plan_serial: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    serial: Mapped[int | None]


class CustomerRow(Base):
    """One customer: a number and what deciding and comparing need. The e-mail is sealed."""

    __tablename__ = "customer"

    number: Mapped[str] = mapped_column(Number, primary_key=True)
    birth_year: Mapped[int | None]
    age_band: Mapped[str | None] = mapped_column(Word)
    household_size: Mapped[int | None]
    email: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(3))


class ContractRow(Base):
    """One contract. It never changes but for ending: a correction is a new contract."""

    __tablename__ = "contract"
    __table_args__ = (CheckConstraint("kind in ('tenant','owner','entrepreneur','space')", "kind"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    customer_number: Mapped[str] = mapped_column(Number, ForeignKey("customer.number"), index=True)
    kind: Mapped[str] = mapped_column(Word)
    dwelling_type: Mapped[str] = mapped_column(Text)
    complex: Mapped[str] = mapped_column(Text)
    neighbourhood: Mapped[str] = mapped_column(Text)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class RollRow(Base):
    """Who may take part in one activity. Nothing about it changes once it is frozen."""

    __tablename__ = "roll"
    __table_args__ = (
        CheckConstraint("purpose in ('consultation','election','nomination')", "purpose"),
        UniqueConstraint("purpose", "activity_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    purpose: Mapped[str] = mapped_column(Word)
    activity_id: Mapped[str] = mapped_column(Id)
    reference_date: Mapped[date]
    size: Mapped[int]
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fingerprint: Mapped[str] = mapped_column(String(64))
    kinds: Mapped[list[str]] = mapped_column(JSON)


class RollEntryRow(Base):
    """One person on a roll, with the strata of the reference date.

    Rolls that were drawn before they had the last three know none of them.
    """

    __tablename__ = "roll_entry"
    __table_args__ = (UniqueConstraint("roll_id", "customer_number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    roll_id: Mapped[str] = mapped_column(Id, ForeignKey("roll.id"))
    customer_number: Mapped[str] = mapped_column(Number, ForeignKey("customer.number"))
    kind: Mapped[str] = mapped_column(Word)
    age_band: Mapped[str] = mapped_column(Word)
    neighbourhood: Mapped[str] = mapped_column(Text)
    dwelling: Mapped[str] = mapped_column(Word, server_default="unknown")
    tenancy: Mapped[str] = mapped_column(Word, server_default="unknown")
    household: Mapped[str] = mapped_column(Word, server_default="unknown")


class RollCodeRow(Base):
    """A consultation code, of which only a keyed hash is kept."""

    __tablename__ = "roll_code"

    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry_id: Mapped[str] = mapped_column(Id, ForeignKey("roll_entry.id"), unique=True)
