"""Where imports are kept, with their files for as long as they wait."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.register.core.imports import OVER, Import, State
from consult.register.core.plan import ImportPlan, Numbers
from consult.register.core.problems import Problem
from consult.register.store.seal import Seal
from consult.register.tables import RegisterImport

_COLUMNS = (
    RegisterImport.id,
    RegisterImport.state,
    RegisterImport.filename,
    RegisterImport.uploaded_by,
    RegisterImport.uploaded_at,
    RegisterImport.ended_at,
    RegisterImport.job_id,
    RegisterImport.plan_serial,
    RegisterImport.fingerprint,
    RegisterImport.numbers,
    RegisterImport.problems,
)


def add(session: Session, handed_in: Import, file: bytes, seal: Seal) -> None:
    """Keep a file that was handed in."""
    session.execute(
        insert(RegisterImport).values(
            id=handed_in.id,
            state=handed_in.state,
            filename=handed_in.filename,
            uploaded_by=handed_in.uploaded_by,
            uploaded_at=handed_in.uploaded_at,
            file=seal.close(file),
        )
    )


def get(session: Session, import_id: str) -> Import | None:
    """The import of that id."""
    row = session.execute(select(*_COLUMNS).where(RegisterImport.id == import_id)).one_or_none()
    return None if row is None else _import(row)


def newest(session: Session, uploaded_by: str | None, limit: int) -> list[Import]:
    """The last imports, newest first; of one person, or of everybody."""
    chosen = select(*_COLUMNS).order_by(RegisterImport.uploaded_at.desc(), RegisterImport.id)
    if uploaded_by is not None:
        chosen = chosen.where(RegisterImport.uploaded_by == uploaded_by)
    return [_import(row) for row in session.execute(chosen.limit(limit))]


def file(session: Session, import_id: str, seal: Seal) -> bytes | None:
    """The file of an import that is not over yet."""
    sealed = session.scalar(select(RegisterImport.file).where(RegisterImport.id == import_id))
    return None if sealed is None else seal.open(sealed)


def serial(session: Session) -> int:
    """How many imports have changed the base."""
    return session.scalar(select(func.max(RegisterImport.serial))) or 0


def claim_serial(session: Session, import_id: str, number: int) -> bool:
    """Make this import the one that changes the base next; whether no other was before it."""
    try:
        session.execute(
            update(RegisterImport).where(RegisterImport.id == import_id).values(serial=number)
        )
    except IntegrityError:
        return False
    return True


def wait_for_job(session: Session, import_id: str, job_id: str) -> None:
    """Note the job that works on the import."""
    session.execute(
        update(RegisterImport).where(RegisterImport.id == import_id).values(job_id=job_id)
    )


def keep_plan(session: Session, import_id: str, plan: ImportPlan) -> None:
    """Note what the plan comes down to."""
    session.execute(
        update(RegisterImport)
        .where(RegisterImport.id == import_id)
        .values(
            plan_serial=plan.serial,
            fingerprint=plan.fingerprint,
            numbers=asdict(plan.numbers),
            problems=[asdict(problem) for problem in plan.problems],
        )
    )


def move(
    session: Session, import_id: str, come_from: Collection[State], to: State, now: datetime
) -> bool:
    """Bring an import from one of some states to another; whether it was in one of them.

    The file is erased when the import is over.
    """
    changes: dict[str, Any] = {"state": to}
    if to in OVER:
        changes |= {"file": None, "ended_at": now}
    moved = session.execute(
        update(RegisterImport)
        .where(RegisterImport.id == import_id, RegisterImport.state.in_(come_from))
        .values(changes)
        .returning(RegisterImport.id)
    )
    return moved.first() is not None


def _import(row: Row[Any]) -> Import:
    return Import(
        id=row.id,
        state=State(row.state),
        filename=row.filename,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        ended_at=row.ended_at,
        job_id=row.job_id,
        plan_serial=row.plan_serial,
        fingerprint=row.fingerprint,
        numbers=Numbers(**row.numbers),
        problems=tuple(Problem(**problem) for problem in row.problems),
    )
