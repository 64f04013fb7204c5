"""Rows of who stands for election, and who holds a share of the key."""

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id


class Candidate(Base):
    """Somebody who stands. ``customer_number`` is for the eligibility test and never shown."""

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("election_id", "customer_number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    customer_number: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    statement: Mapped[str] = mapped_column(Text)
    groups: Mapped[list[str]] = mapped_column(JSON)
    stands_for: Mapped[list[str]] = mapped_column(JSON, server_default='["board"]')
    answers: Mapped[dict[str, str]] = mapped_column(JSON, server_default="{}")
    application_id: Mapped[str | None] = mapped_column(Id)


class TrusteeRow(Base):
    """A holder of a share of the key. The private key never comes here."""

    __tablename__ = "trustee"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    owner: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64))
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    decryption: Mapped[bytes | None] = mapped_column(LargeBinary)
    lot: Mapped[str | None] = mapped_column(String(64))
    reveal: Mapped[str | None] = mapped_column(String(64))
