"""Who applied, as those who assess may see it: never by customer number."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from consult.elections import tables as t
from consult.elections.core.nomination import Application, Standing

_NAMES: Final = tuple(field.name for field in fields(Application))
_SETS: Final = ("backgrounds", "stands_for", "groups")


def submitted(session: Session, election_id: str) -> list[Application]:
    """Who applied and stays, by name."""
    found = _applications(session, election_id)
    return [one for one in found if one.standing is Standing.SUBMITTED]


def withdrawn(session: Session, election_id: str) -> int:
    """How many applied and withdrew."""
    found = _applications(session, election_id)
    return sum(one.standing is Standing.WITHDRAWN and one.submitted_at is not None for one in found)


def election_of(session: Session, application_id: str) -> str | None:
    """The election that somebody applied for; ``None`` when there is no such application."""
    return session.scalar(
        select(t.ApplicationRow.election_id).where(t.ApplicationRow.id == application_id)
    )


def photo(session: Session, application_id: str) -> bytes | None:
    """The photo of an applicant, if she gave one."""
    return session.scalar(
        select(t.PhotoRow.jpeg).where(t.PhotoRow.application_id == application_id)
    )


def photos(session: Session, application_ids: Iterable[str]) -> frozenset[str]:
    """Those of the applicants who gave a photo."""
    chosen = select(t.PhotoRow.application_id).where(
        t.PhotoRow.application_id.in_(tuple(application_ids))
    )
    return frozenset(session.scalars(chosen))


def _applications(session: Session, election_id: str) -> list[Application]:
    rows = session.execute(
        select(*(getattr(t.ApplicationRow, name) for name in _NAMES))
        .where(t.ApplicationRow.election_id == election_id)
        .order_by(func.lower(t.ApplicationRow.name), t.ApplicationRow.id)
    )
    return [_application(row) for row in rows]


def _application(row: Row[Any]) -> Application:
    held = {name: getattr(row, name) for name in _NAMES}
    return Application(**(held | {name: frozenset(held[name]) for name in _SETS}))
