"""Rows of elections. No row joins a person to a ballot; ballots carry no time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime


def _election() -> Mapped[str]:
    return mapped_column(Id, ForeignKey("election.id"), primary_key=True)


class Election(Base):
    """One election of the board: what was decided about it, and when."""

    __tablename__ = "election"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    uuid: Mapped[str] = mapped_column(String(22), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    profile: Mapped[str] = mapped_column(Text)
    max_board: Mapped[int]
    max_choices: Mapped[int]
    reference_date: Mapped[date]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seats_from: Mapped[date]
    seats_until: Mapped[date]
    preselection: Mapped[str] = mapped_column(String(20), server_default="none")
    nominate_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nominate_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs: Mapped[dict[str, Any]] = mapped_column(JSON, server_default="{}")
    extend_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    profile_seal: Mapped[bytes | None] = mapped_column(LargeBinary)
    profile_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ties: Mapped[str] = mapped_column(String(20))
    beacon: Mapped[str] = mapped_column(String(300))
    roll_id: Mapped[str | None] = mapped_column(Id)
    codes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paper: Mapped[bytes | None] = mapped_column(LargeBinary)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tally: Mapped[bytes | None] = mapped_column(LargeBinary)
    voters: Mapped[int | None]
    totals: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True))
    lot_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lots: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    verified: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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


class PreselectionRow(Base):
    """Whom somebody proposed to let assess the applicants of an election."""

    __tablename__ = "preselection"

    election_id: Mapped[str] = _election()
    wanted: Mapped[list[str]] = mapped_column(JSON)


class AssessorRow(Base):
    """Somebody who was appointed to assess the applicants of an election."""

    __tablename__ = "assessor"

    election_id: Mapped[str] = _election()
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left: Mapped[str | None] = mapped_column(String(20))
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AssessmentRow(Base):
    """What one assessor says of one applicant; erased when the election is published."""

    __tablename__ = "assessment"

    election_id: Mapped[str] = _election()
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


class CredentialFile(Base):
    """The public credentials of an election, as the file that its archive will carry."""

    __tablename__ = "credential_file"

    election_id: Mapped[str] = _election()
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PublicCredential(Base):
    """SHA-256 of a public credential: says that somebody may vote, not who."""

    __tablename__ = "public_credential"

    election_id: Mapped[str] = _election()
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class VoterMark(Base):
    """Who may take part, marked with a keyed hash of the credential.

    Without the key, which is not in the database, nobody can join the two. It serves to count
    turnout per group after closing, and is erased when the result is published.
    """

    __tablename__ = "voter_mark"

    election_id: Mapped[str] = _election()
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry_id: Mapped[str] = mapped_column(Id)


class RefillRow(Base):
    """Empty seats filled on the old votes; without ``done_at`` it is not decided on yet."""

    __tablename__ = "election_refill"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    election_id: Mapped[str] = mapped_column(Id, ForeignKey("election.id"), index=True)
    start: Mapped[date]
    available: Mapped[list[str]] = mapped_column(JSON)
    lot: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    count_file: Mapped[bytes | None] = mapped_column(LargeBinary)
    record: Mapped[bytes | None] = mapped_column(LargeBinary)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Ballot(Base):
    """A ballot in the archive: its tracker, and where it stands. Nothing of when.

    ``credential`` is the SHA-256 of the public credential. The ballot's own bytes are the first
    member of its block in the archive, ``size`` long.
    """

    __tablename__ = "ballot"

    election_id: Mapped[str] = _election()
    tracker: Mapped[str] = mapped_column(String(43), primary_key=True)
    credential: Mapped[str] = mapped_column(String(64))
    height: Mapped[int]
    event: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]

    __table_args__ = (Index("ix_ballot_credential", "election_id", "credential"),)


class ArchiveBlock(Base):
    """One event of the public archive with its data, as the exact bytes; 0 is the header."""

    __tablename__ = "archive_block"

    election_id: Mapped[str] = _election()
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    block: Mapped[bytes] = mapped_column(LargeBinary)


class ArchiveHead(Base):
    """Where the next event is appended. Its row is the lock of the archive."""

    __tablename__ = "archive_head"

    election_id: Mapped[str] = _election()
    timestamp: Mapped[int]
    height: Mapped[int]
    head: Mapped[str | None] = mapped_column(String(64))
    last: Mapped[str | None] = mapped_column(String(20))


class Turnout(Base):
    """How many of a group were invited and voted, counted once after closing."""

    __tablename__ = "turnout"

    election_id: Mapped[str] = _election()
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    age_band: Mapped[str] = mapped_column(String(20), primary_key=True)
    neighbourhood: Mapped[str] = mapped_column(String(80), primary_key=True)
    invited: Mapped[int]
    participants: Mapped[int]


class Signature(Base):
    """That somebody signed the official record with this SHA-256; void when the record changes."""

    __tablename__ = "election_signature"

    election_id: Mapped[str] = _election()
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
