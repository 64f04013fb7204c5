"""Rows of the board over time, of its rules, and of what comes of consultations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime


class MandateRow(Base):
    """A seat that somebody was given; the name is public. ``end`` is the first day without it.

    ``tenant``: whether the person was a tenant of a dwelling on the day of seating. Whatever
    happened since, an early end too, is an event.
    """

    __tablename__ = "council_mandates"
    __table_args__ = (CheckConstraint('"end" > start', name="period"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    start: Mapped[date]
    end: Mapped[date]
    election_id: Mapped[str | None] = mapped_column(Id)
    tenant: Mapped[bool]


class MemberCustomerRow(Base):
    """Which customer of the register a member is; apart, so that no page reads it by chance.

    ``term``: which term in a row this is, since what came before is forgotten.
    """

    __tablename__ = "council_member_customers"

    mandate_id: Mapped[str] = mapped_column(ForeignKey(MandateRow.id), primary_key=True)
    customer_number: Mapped[str] = mapped_column(String(40))
    term: Mapped[int] = mapped_column(default=1)


class EventRow(Base):
    """Something that happened to a member. ``number`` is the order of noting.

    One that was noted by mistake stays, with the moment from which it does not count.
    """

    __tablename__ = "council_events"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    mandate_id: Mapped[str] = mapped_column(ForeignKey(MandateRow.id), index=True)
    happened: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    office: Mapped[str | None] = mapped_column(String(20))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AppointmentRow(Base):
    """An office that a member was given; ``reservations`` are pairs of who and what.

    ``decided_on`` is the day of the meeting that agreed on it; voters' choice has none.
    """

    __tablename__ = "council_appointments"
    __table_args__ = (CheckConstraint('"end" >= start', name="period"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[str] = mapped_column(ForeignKey(MandateRow.id), index=True)
    office: Mapped[str] = mapped_column(String(20))
    start: Mapped[date]
    end: Mapped[date | None]
    acting: Mapped[bool]
    decided_on: Mapped[date | None]
    reservations: Mapped[list[Any]] = mapped_column(JSON)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignalRow(Base):
    """An event that the register suggests, and what people made of it."""

    __tablename__ = "council_signals"
    __table_args__ = (
        CheckConstraint("state in ('open','confirmed','rejected','lapsed')", name="state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[str] = mapped_column(ForeignKey(MandateRow.id), index=True)
    happened: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    event_id: Mapped[str | None] = mapped_column(Id)


class LookedRow(Base):
    """Up to which applied import of the register the board was compared with it; one row."""

    __tablename__ = "council_looked"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    serial: Mapped[int]


class NoteRow(Base):
    """What the council says it does about an unlawful board; the newest one is public."""

    __tablename__ = "council_notes"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    text: Mapped[str] = mapped_column(Text)


class CoOptationRow(Base):
    """Somebody whom the board wants to take in without an election; gone once decided."""

    __tablename__ = "council_co_optation"
    __table_args__ = (CheckConstraint('"end" > start', name="period"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    tenant: Mapped[bool]
    start: Mapped[date]
    end: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AgreementRow(Base):
    """A set of rules that was handed in; once adopted, it stays for good.

    ``body`` is its one spelling, of which ``sha256`` is the name.
    """

    __tablename__ = "council_agreement"
    __table_args__ = (
        CheckConstraint('"end" > start', name="period"),
        CheckConstraint("adopted_at IS NULL OR dropped_at IS NULL", name="decided"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    start: Mapped[date]
    end: Mapped[date | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    handed_in_by: Mapped[str] = mapped_column(Id)
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ThemeRow(Base):
    """A year theme; ``contact`` is a role at the landlord, never a name."""

    __tablename__ = "council_theme"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    year: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(200))
    closed: Mapped[bool]


class WorkingGroupRow(Base):
    """A working group; ``members`` are ids of seats."""

    __tablename__ = "council_working_group"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    theme_id: Mapped[str | None] = mapped_column(ForeignKey(ThemeRow.id))
    contact: Mapped[str] = mapped_column(String(200))
    members: Mapped[list[Any]] = mapped_column(JSON)
    closed: Mapped[bool]


class SubjectRow(Base):
    """What a consultation belongs to; ``topics`` are codes of the powers matrix."""

    __tablename__ = "consultation_subject"

    consultation_id: Mapped[str] = mapped_column(Id, primary_key=True)
    topics: Mapped[list[Any]] = mapped_column(JSON)
    organiser: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(20))
    own_initiative: Mapped[bool]
    theme_id: Mapped[str | None] = mapped_column(ForeignKey(ThemeRow.id))
    group_id: Mapped[str | None] = mapped_column(ForeignKey(WorkingGroupRow.id))


class DossierEntryRow(Base):
    """One entry of a dossier. A row never changes; a correction is a new one."""

    __tablename__ = "council_dossier_entry"

    consultation_id: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    due: Mapped[date | None]
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    way: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(20))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    corrects: Mapped[int | None]
