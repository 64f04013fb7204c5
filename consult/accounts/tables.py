"""Staff accounts, their roles, invitations, and what waits for a second person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.actor import Role
from consult.db.types import Base, Id, UtcDateTime

_ROLES = ",".join(f"'{role}'" for role in Role)


class StaffAccount(Base):
    """A member of staff. E-mail, password and second factor are erased when she stops."""

    __tablename__ = "staff_account"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(200))
    totp: Mapped[bytes | None] = mapped_column(LargeBinary)
    used_step: Mapped[int] = mapped_column(default=0)
    wanted: Mapped[str | None] = mapped_column(String(200))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffRole(Base):
    """A role that a member of staff holds."""

    __tablename__ = "staff_role"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", "role"),)

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class StaffInvitation(Base):
    """A link by which an account is taken up once; ``id`` is the SHA-256 of its token."""

    __tablename__ = "staff_invitation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_account.id"))
    expires: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffProposal(Base):
    """An act that one person proposed and another approves; ``effect`` is a SHA-256."""

    __tablename__ = "staff_proposal"
    __table_args__ = (
        CheckConstraint("approver <> proposer", "two_persons"),
        CheckConstraint("(approver IS NULL) = (approved_at IS NULL)", "approved"),
        Index(None, "act", "subject"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    effect: Mapped[str] = mapped_column(String(64))
    proposer: Mapped[str] = mapped_column(ForeignKey("staff_account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approver: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
