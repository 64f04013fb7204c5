"""Jobs survive a runner that dies, and one broken job does not end the runner."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
import time_machine
from sqlalchemy import delete

from consult.config import Settings
from consult.db import migrate
from consult.db.session import Database
from consult.elections.tables.voters import VoterMark
from consult.refusal import Refusal
from consult.serving import run_jobs
from consult.surveys.store import consultations as store
from consult.web import logs
from consult.web.queue import LEASE, Report, enqueue, job, run_next
from tests import consultations, elections


class Died(BaseException):
    """Like kill -9: nothing after it is carried out."""


def run(database: Database, settings: Settings, now: datetime, handler: Any) -> str | None:
    return run_next(database, settings, {"test": handler}, lambda: now)


def put(database: Database, at: datetime) -> str:
    with database.write() as session:
        return enqueue(session, at, "test", {"n": 1})


def state(database: Database, job_id: str) -> tuple[str, str | None]:
    with database.read() as session:
        found = job(session, job_id)
    assert found is not None
    return found.state, found.problem


def test_a_job_is_done_once_and_shows_how_far_it_is(
    database: Database, settings: Settings, at: datetime
) -> None:
    job_id = put(database, at)
    seen = []

    def handler(_d: Database, _s: Settings, args: Mapping[str, Any], report: Report) -> None:
        report(1, 2)
        seen.append(args["n"])

    assert run(database, settings, at, handler) == job_id
    assert run(database, settings, at, handler) is None
    assert (seen, state(database, job_id)) == ([1], ("done", None))
    with database.read() as session:
        found = job(session, job_id)
    assert found is not None
    assert (found.done, found.total) == (1, 2)


def test_a_job_whose_runner_died_is_taken_up_when_its_lease_has_run_out(
    database: Database, settings: Settings, at: datetime
) -> None:
    job_id = put(database, at)

    def dies(*_: object) -> None:
        raise Died

    with pytest.raises(Died):
        run(database, settings, at, dies)
    assert run(database, settings, at + LEASE / 2, lambda *_: None) is None
    assert run(database, settings, at + LEASE + timedelta(seconds=1), lambda *_: None) == job_id
    assert state(database, job_id) == ("done", None)


def test_a_long_job_that_reports_is_not_taken_over(
    database: Database, settings: Settings, at: datetime
) -> None:
    job_id = put(database, at)
    times = iter((at, at + LEASE / 2))
    later = at + LEASE + timedelta(seconds=1)

    def slow(_d: Database, _s: Settings, _args: Mapping[str, Any], report: Report) -> None:
        report(1, 2)
        assert run(database, settings, later, lambda *_: None) is None

    assert run_next(database, settings, {"test": slow}, lambda: next(times)) == job_id
    assert state(database, job_id) == ("done", None)


def test_a_refused_job_says_why(database: Database, settings: Settings, at: datetime) -> None:
    job_id = put(database, at)

    def refuses(*_: object) -> None:
        raise Refusal("register.base_changed")

    run(database, settings, at, refuses)
    assert state(database, job_id) == ("failed", "register.base_changed")


def test_a_broken_job_does_not_end_the_runner(
    database: Database, settings: Settings, at: datetime
) -> None:
    first, second = put(database, at), put(database, at + timedelta(seconds=1))

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    run(database, settings, at, breaks)
    run(database, settings, at, lambda *_: None)
    assert state(database, first) == ("failed", "web.job_failed")
    assert state(database, second) == ("done", None)


def test_an_election_that_cannot_be_closed_stops_neither_the_others_nor_the_runner(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    used = replace(settings, database_url=f"sqlite:///{tmp_path / 'runner.db'}")
    migrate.upgrade(used.database_url)
    database = Database(used.database_url)
    with database.write() as session:
        asked = consultations.running(session, used)
        run = elections.running(session, used, people=0)
        elections.cast(session, used, run, elections.ballot_of(session, run, run.codes[0]))
        session.execute(delete(VoterMark))  # as somebody with access to the database might
    logs.configure()
    with time_machine.travel(consultations.AFTER, tick=False):
        assert run_jobs(used, once=True, stop=threading.Event()) == 0
    with database.read() as session:
        found = store.get(session, asked.id)
        assert found is not None
        assert found.closed_at == consultations.CLOSES
    database.dispose()
    structlog.reset_defaults()
    assert '"error": "KeyError", "event": "tick failed"' in capsys.readouterr().err
