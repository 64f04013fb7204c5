"""Rows of the board over time."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id


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
