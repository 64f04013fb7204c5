"""Rows of applications. After publication nothing of them stays."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime


class ApplicationRow(Base):
    """Somebody who applies to stand. After publication nothing of it stays.

    ``begun_at``: the first page was saved; ``reminder_due``: a letter is to say that it is not
    complete; ``reminded_at``: that letter was made.
    """

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("election_id", "customer_number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    customer_number: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    statement: Mapped[str] = mapped_column(Text)
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    backgrounds: Mapped[list[str]] = mapped_column(JSON)
    stands_for: Mapped[list[str]] = mapped_column(JSON)
    conflicts: Mapped[str] = mapped_column(Text)
    groups: Mapped[list[str]] = mapped_column(JSON)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    staff: Mapped[bool | None]
    committee: Mapped[bool | None]
    on_paper: Mapped[bool] = mapped_column(server_default=false())
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminder_due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PhotoRow(Base):
    """The photo of an applicant: small, without anything that the camera wrote into it."""

    __tablename__ = "application_photo"

    application_id: Mapped[str] = mapped_column(Id, ForeignKey("application.id"), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
