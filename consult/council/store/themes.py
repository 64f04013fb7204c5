"""Where themes, working groups and what consultations belong to are kept."""

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.council.core.subject import Form, Organiser, Subject
from consult.council.core.themes import Theme, WorkingGroup
from consult.council.tables import SubjectRow, ThemeRow, WorkingGroupRow
from consult.db.upsert import insert_into


def themes(session: Session) -> tuple[Theme, ...]:
    """All themes, the newest year first."""
    rows = session.scalars(select(ThemeRow).order_by(ThemeRow.year.desc(), ThemeRow.title))
    return tuple(Theme(row.id, row.year, row.title, row.contact, row.closed) for row in rows)


def groups(session: Session) -> tuple[WorkingGroup, ...]:
    """All working groups, by name."""
    rows = session.scalars(select(WorkingGroupRow).order_by(WorkingGroupRow.name))
    return tuple(
        WorkingGroup(row.id, row.name, row.theme_id, row.contact, tuple(row.members), row.closed)
        for row in rows
    )


def put_theme(session: Session, theme: Theme) -> None:
    """Keep a theme, in the place of the one with its id."""
    values = {
        "year": theme.year,
        "title": theme.title,
        "contact": theme.contact,
        "closed": theme.closed,
    }
    changed = session.execute(
        update(ThemeRow).where(ThemeRow.id == theme.id).values(**values).returning(ThemeRow.id)
    )
    if changed.first() is None:
        session.execute(insert(ThemeRow).values(id=theme.id, **values))


def put_group(session: Session, group: WorkingGroup) -> None:
    """Keep a working group, in the place of the one with its id."""
    row = WorkingGroupRow
    values = {
        "name": group.name,
        "theme_id": group.theme_id,
        "contact": group.contact,
        "members": list(group.members),
        "closed": group.closed,
    }
    changed = session.execute(
        update(row).where(row.id == group.id).values(**values).returning(row.id)
    )
    if changed.first() is None:
        session.execute(insert(row).values(id=group.id, **values))


def put_subject(session: Session, consultation_id: str, subject: Subject) -> None:
    """Keep what a consultation belongs to, in the place of what was said before."""
    values: dict[str, Any] = {
        "topics": list(subject.topics),
        "organiser": subject.organiser,
        "form": subject.form,
        "own_initiative": subject.own_initiative,
        "theme_id": subject.theme_id,
        "group_id": subject.group_id,
    }
    upsert = insert_into(session, SubjectRow).values(consultation_id=consultation_id, **values)
    session.execute(upsert.on_conflict_do_update(index_elements=["consultation_id"], set_=values))


def subject(session: Session, consultation_id: str) -> Subject | None:
    """What a consultation belongs to."""
    row = session.get(SubjectRow, consultation_id)
    return None if row is None else _read(row)


def subjects(session: Session) -> dict[str, Subject]:
    """What each consultation belongs to, by its id."""
    return {row.consultation_id: _read(row) for row in session.scalars(select(SubjectRow))}


def _read(row: SubjectRow) -> Subject:
    return Subject(
        tuple(row.topics),
        Organiser(row.organiser),
        Form(row.form),
        row.own_initiative,
        row.theme_id,
        row.group_id,
    )
