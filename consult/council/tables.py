"""Rows of the board over time, and of the rules that it is judged by."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime


class MandateRow(Base):
    """A seat that somebody was given; the name is public. ``end`` is the first day without it."""

    __tablename__ = "council_mandates"
    __table_args__ = (CheckConstraint('"end" > start', name="period"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    start: Mapped[date]
    end: Mapped[date]
    election_id: Mapped[str | None] = mapped_column(Id)
    ending: Mapped[str | None] = mapped_column(String(20))


class TenancyRow(Base):
    """From which day on a member is, or is not, a tenant of a dwelling."""

    __tablename__ = "council_tenancies"

    mandate_id: Mapped[str] = mapped_column(ForeignKey(MandateRow.id), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    tenant: Mapped[bool]


class TermRow(Base):
    """An office that a member holds. One office begins at most once on a day."""

    __tablename__ = "council_terms"
    __table_args__ = (CheckConstraint('"end" >= start', name="period"),)

    office: Mapped[str] = mapped_column(String(20), primary_key=True)
    start: Mapped[date] = mapped_column(primary_key=True)
    mandate_id: Mapped[str] = mapped_column(ForeignKey(MandateRow.id), index=True)
    end: Mapped[date | None]


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
