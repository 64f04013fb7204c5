"""All SQL of the public site. There is no function that changes a publication."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.site import core
from consult.site.core import Announcement, Publication
from consult.site.tables import AnnouncementRow, PublicationRow


def add(session: Session, publication: Publication) -> None:
    """Keep a new version."""
    session.execute(
        insert(PublicationRow).values(
            slug=publication.document.slug,
            version=publication.version,
            published_at=publication.published_at,
            canonical=publication.canonical,
        )
    )


def publication(session: Session, slug: str, version: int | None = None) -> Publication | None:
    """One version of a document, or its newest; ``None`` when there is none."""
    query = select(PublicationRow.canonical).where(PublicationRow.slug == slug)
    if version is not None:
        query = query.where(PublicationRow.version == version)
    found = session.scalar(query.order_by(PublicationRow.version.desc()).limit(1))
    return core.read(found) if found is not None else None


def versions(session: Session, slug: str) -> list[tuple[int, datetime]]:
    """All versions of a document with their moment, newest first."""
    rows = session.execute(
        select(PublicationRow.version, PublicationRow.published_at)
        .where(PublicationRow.slug == slug)
        .order_by(PublicationRow.version.desc())
    )
    return [(version, published_at) for version, published_at in rows]


def newest(session: Session, limit: int | None = None) -> list[Publication]:
    """The newest version of every document; the latest first."""
    last = (
        select(PublicationRow.slug, func.max(PublicationRow.version).label("version"))
        .group_by(PublicationRow.slug)
        .subquery()
    )
    query = (
        select(PublicationRow.canonical)
        .join(
            last,
            (last.c.slug == PublicationRow.slug) & (last.c.version == PublicationRow.version),
        )
        .order_by(PublicationRow.published_at.desc(), PublicationRow.slug)
        .limit(limit)
    )
    return [core.read(content) for content in session.scalars(query)]


def put_announcement(session: Session, announcement: Announcement) -> None:
    """Keep an announcement in the place of the one with the same slug."""
    session.execute(delete(AnnouncementRow).where(AnnouncementRow.slug == announcement.slug))
    session.execute(
        insert(AnnouncementRow).values(
            slug=announcement.slug,
            kind=announcement.kind,
            texts=core.texts_to_data(announcement.texts),
            href=announcement.href,
            opens_at=announcement.opens_at,
            closes_at=announcement.closes_at,
        )
    )


def announcements(session: Session, now: datetime) -> list[Announcement]:
    """Everything that has not closed at ``now``, the first to close first."""
    table = AnnouncementRow.__table__
    rows = session.execute(
        select(table).where(table.c.closes_at > now).order_by(table.c.closes_at, table.c.slug)
    )
    return [
        Announcement(
            slug=row.slug,
            kind=row.kind,
            texts=core.texts_from_data(row.texts),
            href=row.href,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
        )
        for row in rows
    ]
