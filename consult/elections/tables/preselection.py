"""Rows of choosing among applicants."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime
from consult.elections.tables.elections import of_election


class PreselectionRow(Base):
    """Whom somebody proposed to let assess the applicants of an election."""

    __tablename__ = "preselection"

    election_id: Mapped[str] = of_election()
    wanted: Mapped[list[str]] = mapped_column(JSON)


class AssessorRow(Base):
    """Somebody who was appointed to assess the applicants of an election."""

    __tablename__ = "assessor"

    election_id: Mapped[str] = of_election()
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left: Mapped[str | None] = mapped_column(String(20))
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AssessmentRow(Base):
    """What one assessor says of one applicant; erased when the election is published."""

    __tablename__ = "assessment"

    election_id: Mapped[str] = of_election()
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    application_id: Mapped[str] = mapped_column(Id, primary_key=True)
    conflict: Mapped[str] = mapped_column(Text)
    scores: Mapped[dict[str, Any]] = mapped_column(JSON)


class VerdictRow(Base):
    """Whether an applicant may stand; proposed as long as nobody else has approved it."""

    __tablename__ = "verdict"

    application_id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    admitted: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    against: Mapped[str] = mapped_column(Text)
    proposer: Mapped[str] = mapped_column(Id)
    approver: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReviewRow(Base):
    """That an applicant asked to look again at the verdict, and what became of it."""

    __tablename__ = "verdict_review"

    application_id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reasons: Mapped[str] = mapped_column(Text)
    admits: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text)
    proposer: Mapped[str] = mapped_column(Id)
    approver: Mapped[str | None] = mapped_column(Id)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
