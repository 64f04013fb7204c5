"""Where the versions of questionnaires are kept."""

from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from consult.surveys.core.asking.format import dump, load
from consult.surveys.core.asking.versions import Version
from consult.surveys.tables import QuestionnaireVersionRow

_TABLE = QuestionnaireVersionRow.__table__
_VERSION = select(_TABLE.c.number, _TABLE.c.body, _TABLE.c.saved_at, _TABLE.c.saved_by)


def add(session: Session, consultation_id: str, version: Version) -> None:
    """Keep a version."""
    session.execute(
        insert(QuestionnaireVersionRow).values(
            consultation_id=consultation_id,
            number=version.number,
            body=dump(version.questions),
            saved_at=version.saved_at,
            saved_by=version.saved_by,
        )
    )


def latest(session: Session, consultation_id: str) -> int:
    """The number of the last version; 0 when there is none."""
    wanted = select(func.max(_TABLE.c.number)).where(_TABLE.c.consultation_id == consultation_id)
    return session.scalar(wanted) or 0


def every(session: Session, consultation_id: str) -> list[Version]:
    """All versions, the first one first."""
    wanted = _VERSION.where(_TABLE.c.consultation_id == consultation_id)
    return [_read(row) for row in session.execute(wanted.order_by(_TABLE.c.number))]


def get(session: Session, consultation_id: str, number: int) -> Version | None:
    """The version of that number."""
    wanted = _VERSION.where(_TABLE.c.consultation_id == consultation_id, _TABLE.c.number == number)
    row = session.execute(wanted).one_or_none()
    return None if row is None else _read(row)


def _read(row: Any) -> Version:
    return Version(row.number, load(row.body), row.saved_at, row.saved_by)
