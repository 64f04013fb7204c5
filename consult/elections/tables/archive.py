"""Rows of the archive. No row joins a person to a ballot; ballots carry no time."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base
from consult.elections.tables.elections import of_election


class Ballot(Base):
    """A ballot in the archive: its tracker, and where it stands. Nothing of when.

    ``credential`` is the SHA-256 of the public credential. The ballot's own bytes are the first
    member of its block in the archive, ``size`` long.
    """

    __tablename__ = "ballot"

    election_id: Mapped[str] = of_election()
    tracker: Mapped[str] = mapped_column(String(43), primary_key=True)
    credential: Mapped[str] = mapped_column(String(64))
    height: Mapped[int]
    event: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]

    __table_args__ = (Index("ix_ballot_credential", "election_id", "credential"),)


class ArchiveBlock(Base):
    """One event of the public archive with its data, as the exact bytes; 0 is the header."""

    __tablename__ = "archive_block"

    election_id: Mapped[str] = of_election()
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    block: Mapped[bytes] = mapped_column(LargeBinary)


class ArchiveHead(Base):
    """Where the next event is appended. Its row is the lock of the archive."""

    __tablename__ = "archive_head"

    election_id: Mapped[str] = of_election()
    timestamp: Mapped[int]
    height: Mapped[int]
    head: Mapped[str | None] = mapped_column(String(64))
    last: Mapped[str | None] = mapped_column(String(20))
