"""Jobs: work that outlives a request, exactly once in effect, with progress to look at.

A runner leases a job and keeps the lease for as long as it reports progress; when it dies the lease
runs out and another takes over. So a handler must be able to start again: it does its lasting
effect in one transaction of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from consult.config import Settings
from consult.db.session import Database
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.web.tables import Job

LEASE = timedelta(minutes=5)
Report = Callable[[int, int], None]
Handler = Callable[[Database, Settings, Mapping[str, Any], Report], None]
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job has come; ``problem`` is the code of the refusal that ended it."""

    id: str
    kind: str
    state: str
    done: int
    total: int
    problem: str | None


def enqueue(session: Session, now: datetime, kind: str, args: Mapping[str, Any]) -> str:
    """Put a job in the queue, in the caller's transaction; the answer is its id."""
    job = Job(id=new_id(), kind=kind, args=dict(args), state="queued", done=0, total=0, created=now)
    session.add(job)
    session.flush()
    return job.id


def job(session: Session, job_id: str) -> JobState | None:
    """How far the job has come, or ``None`` when there is no such job."""
    row = session.get(Job, job_id)
    if row is None:
        return None
    return JobState(row.id, row.kind, row.state, row.done, row.total, row.problem)


def states_of(session: Session, kind: str, args: Mapping[str, Any]) -> list[str]:
    """The states of all jobs of a kind with these arguments, those that are over included."""
    rows = session.execute(select(Job.args, Job.state).where(Job.kind == kind))
    return [row.state for row in rows if row.args == dict(args)]


def run_next(
    database: Database,
    settings: Settings,
    handlers: Mapping[str, Handler],
    now: Callable[[], datetime],
) -> str | None:
    """Work off one job. The answer is its id, or ``None`` when nothing waits."""
    taken = _take(database, now())
    if taken is None:
        return None
    job_id, kind, args = taken
    state, problem = "done", None

    def report(done: int, total: int) -> None:
        _note(database, job_id, done=done, total=total, leased_until=now() + LEASE)

    try:
        handlers[kind](database, settings, args, report)
    except Refusal as refusal:
        state, problem = "failed", refusal.code
    except Exception as error:  # noqa: BLE001 - one broken job must not end the runner
        _log.error("job failed", kind=kind, job=job_id, error=type(error).__name__)
        state, problem = "failed", "web.job_failed"
    _note(database, job_id, state=state, problem=problem, leased_until=None)
    return job_id


def _note(database: Database, job_id: str, **values: Any) -> None:
    """Note something about a job, in a transaction of its own, for all to see at once."""
    with database.write() as session:
        session.execute(update(Job).where(Job.id == job_id).values(values))


def _take(database: Database, now: datetime) -> tuple[str, str, dict[str, Any]] | None:
    with database.write() as session:
        row = session.execute(
            select(Job)
            .where(or_(Job.state == "queued", (Job.state == "running") & (Job.leased_until < now)))
            .order_by(Job.created)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).scalar_one_or_none()
        if row is None:
            return None
        row.state, row.leased_until = "running", now + LEASE
        return row.id, row.kind, dict(row.args)
