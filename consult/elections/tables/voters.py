"""Rows of who may vote, and of how many did. No row joins a person to a ballot."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id
from consult.elections.tables.elections import of_election


class CredentialFile(Base):
    """The public credentials of an election, as the file that its archive will carry."""

    __tablename__ = "credential_file"

    election_id: Mapped[str] = of_election()
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PublicCredential(Base):
    """SHA-256 of a public credential: says that somebody may vote, not who."""

    __tablename__ = "public_credential"

    election_id: Mapped[str] = of_election()
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class VoterMark(Base):
    """Who may take part, marked with a keyed hash of the credential.

    Without the key, which is not in the database, nobody can join the two. It serves to count
    turnout per group after closing, and is erased when the result is published.
    """

    __tablename__ = "voter_mark"

    election_id: Mapped[str] = of_election()
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry_id: Mapped[str] = mapped_column(Id)


class Turnout(Base):
    """Turnout in clear, as it was kept once. The jobs seal what is left of it, and erase it."""

    __tablename__ = "turnout"

    election_id: Mapped[str] = of_election()
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    age_band: Mapped[str] = mapped_column(String(20), primary_key=True)
    neighbourhood: Mapped[str] = mapped_column(String(80), primary_key=True)
    invited: Mapped[int]
    participants: Mapped[int]


class SealedTurnout(Base):
    """How many people were invited and voted, by groups; counted once after closing.

    ``body`` is sealed under a key outside the database, for there are groups of one person among
    them. ``participants``: how many voted, over all groups.
    """

    __tablename__ = "sealed_turnout"

    election_id: Mapped[str] = of_election()
    participants: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
