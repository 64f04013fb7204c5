"""Rows of consultations.

Who took part and what was answered are kept apart (security D3, T34): no column of ``envelope`` or
``answer`` tells who, when, from where, in which language or in which order. On SQLite these tables
have no hidden row number either. ``tests/db/test_surveys_schema.py`` holds the list of columns.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, Id, UtcDateTime

_NO_ROW_NUMBER = {"sqlite_with_rowid": False}


class ConsultationRow(Base):
    """One consultation: what is asked and when, and the decisions about it."""

    __tablename__ = "consultation"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(Text)
    intro: Mapped[str] = mapped_column(Text)
    questions: Mapped[str] = mapped_column(Text)
    reference_date: Mapped[date]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mode: Mapped[str] = mapped_column(String(20))
    languages: Mapped[str] = mapped_column(Text)
    strata: Mapped[str] = mapped_column(Text)
    groups: Mapped[str] = mapped_column(Text)
    expected_response: Mapped[int]
    recipients: Mapped[bytes | None] = mapped_column(LargeBinary)
    roll_id: Mapped[str | None] = mapped_column(Id)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unsealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard: Mapped[str] = mapped_column(Text)
    will_do: Mapped[str] = mapped_column(Text)
    shown_count: Mapped[int]
    shown_on: Mapped[date | None]


class QuestionnaireVersionRow(Base):
    """The questions of a consultation as somebody saved them, numbered from 1; never changed."""

    __tablename__ = "questionnaire_version"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(Id)


class KeyHolderRow(Base):
    """Who of the council holds a key, of which only the public half is here."""

    __tablename__ = "key_holder"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClosingStepRow(Base):
    """A step of the closing that was taken."""

    __tablename__ = "closing_step"
    __table_args__ = (
        CheckConstraint("step in ('frozen','shuffled','cut','opened','clean')", "step"),
    )

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(10), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ParticipationRow(Base):
    """That somebody on the roll took part: a keyed hash of the roll's entry, whose key is not in
    the database. A row never changes: answering again adds nothing."""

    __tablename__ = "participation"
    __table_args__ = (_NO_ROW_NUMBER,)

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


class EnvelopeRow(Base):
    """Somebody's sealed answers. The slot is a keyed hash of the code, so that answers can be
    replaced; neither key nor code is in the database."""

    __tablename__ = "envelope"
    __table_args__ = (_NO_ROW_NUMBER,)

    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class TallyRow(Base):
    """Counts of what was erased, sealed under a key that is not in the database: how many took part
    in each stratum of the roll, and how many answers came by which channel."""

    __tablename__ = "tally"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ShuffledEnvelopeRow(Base):
    """A sealed envelope after closing: under a new random id, without its slot."""

    __tablename__ = "shuffled_envelope"
    __table_args__ = (_NO_ROW_NUMBER,)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class OpenedPartRow(Base):
    """A part of what came out of an envelope, under a new random id and sealed under a key that
    exists in memory during the opening alone. Rows are made and erased in that one transaction."""

    __tablename__ = "opened_part"
    __table_args__ = (_NO_ROW_NUMBER,)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AnswerRow(Base):
    """Somebody's answers after opening, under a new random id: for the council alone, so sealed
    under a key that is not in the database."""

    __tablename__ = "answer"
    __table_args__ = (_NO_ROW_NUMBER,)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ApartAnswerRow(Base):
    """One answer to an open or sensitive question, which nothing joins to the other answers of the
    same person; sealed as those are."""

    __tablename__ = "apart_answer"
    __table_args__ = (Index(None, "consultation_id", "question_id"), _NO_ROW_NUMBER)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"))
    question_id: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class DraftRow(Base):
    """What somebody has filled in and not sent yet, under a key that comes from her code and is in
    no table. All drafts of one consultation are of one length. Erased at sending and at closing."""

    __tablename__ = "draft"
    __table_args__ = (_NO_ROW_NUMBER,)

    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class HelpedRow(Base):
    """That a helper entered a draft from paper or by telephone, and another is to look at it."""

    __tablename__ = "helped"
    __table_args__ = (_NO_ROW_NUMBER,)

    slot: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    entered_by: Mapped[str] = mapped_column(Id, ForeignKey("staff_account.id"))


class ReadingTextRow(Base):
    """That somebody looked at an open answer. ``id`` is its random id; it outlives the text."""

    __tablename__ = "reading_text"
    __table_args__ = (Index(None, "consultation_id", "question_id"), _NO_ROW_NUMBER)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"))
    question_id: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(20))


class ReadingFrameRow(Base):
    """The topics by which the open answers to one question are coded, as canonical JSON."""

    __tablename__ = "reading_frame"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    topics: Mapped[str] = mapped_column(Text)
    frozen: Mapped[bool]


class ReadingCoderRow(Base):
    """Who codes the open answers to a question, and whether she handed in."""

    __tablename__ = "reading_coder"

    consultation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("consultation.id"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[str] = mapped_column(Id, primary_key=True)
    handed_in: Mapped[bool]


class ReadingMarkRow(Base):
    """The topics that a coder (or ``settled``, the last word on a difference) gave a text; sealed
    as the answers are. It outlives the text."""

    __tablename__ = "reading_mark"
    __table_args__ = (Index(None, "consultation_id", "question_id"), _NO_ROW_NUMBER)

    text_id: Mapped[str] = mapped_column(Id, primary_key=True)
    coder: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"))
    question_id: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ReadingQuoteRow(Base):
    """A redacted text that the council will print, with its writer's consent; sealed until then.
    It outlives the text that it was taken from."""

    __tablename__ = "reading_quote"
    __table_args__ = (Index(None, "consultation_id", "question_id"), _NO_ROW_NUMBER)

    text_id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id, ForeignKey("consultation.id"))
    question_id: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)
