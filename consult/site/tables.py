"""Rows of the public site."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, UtcDateTime


class PublicationRow(Base):
    """A version of a document. Rows are added, never changed."""

    __tablename__ = "site_publications"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    canonical: Mapped[bytes] = mapped_column(LargeBinary)


class AnnouncementRow(Base):
    """Something to take part in, on the first page."""

    __tablename__ = "site_announcements"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    texts: Mapped[dict[str, object]] = mapped_column(JSON)
    href: Mapped[str] = mapped_column(String(400))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
