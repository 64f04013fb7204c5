"""Storms on the ballot box: equal ballots at once, and a server that dies in the middle."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest

from consult.belenios import wire
from consult.belenios.verify import verify_archive
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import public, voting
from consult.elections.store import archive as box
from tests import elections as story
from tests.elections import Running

SERVER = """
import sys
from datetime import datetime
from wsgiref.simple_server import WSGIServer, make_server
from socketserver import ThreadingMixIn
import consult.clock
import consult.elections.views.booth as booth
from consult import config
from consult.app import create_app

booth.now = lambda: datetime.fromisoformat(sys.argv[2])

class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 200

with make_server("127.0.0.1", int(sys.argv[1]), create_app(config.read()), Server) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
"""


@contextmanager
def serving(settings: Settings, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], int]]:
    environment = {
        **os.environ,
        "CONSULT_SECRET": settings.secret,
        "DATABASE_URL": settings.database_url,
        "CONSULT_BASE_URL": "http://localhost",
        "CONSULT_VAR": str(settings.var),
    }
    command = [sys.executable, "-c", SERVER, str(port), story.WHILE_OPEN.isoformat()]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


def post(port: int, run: Running, raw: bytes) -> bytes | None:
    """The receipt; ``None`` when no answer came."""
    request = urllib.request.Request(
        f"http://localhost:{port}/stemmen/{run.uuid}/stembus",
        raw,
        {"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError:
        raise
    except (OSError, HTTPException):  # also when it broke off in the middle of the answer
        return None


@pytest.fixture
def running(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return story.running(session, settings, people=40)


def test_fifty_equal_ballots_at_once_give_one_ballot_and_fifty_equal_receipts(
    database: Database, settings: Settings, running: Running
) -> None:
    with database.read() as session:
        raw = story.ballot_of(session, running, running.codes[0], "Anna Appel")
    with serving(settings) as (_, port), ThreadPoolExecutor(50) as pool:
        receipts = list(pool.map(lambda _: post(port, running, raw), range(50)))
    assert None not in receipts
    assert len(set(receipts)) == 1
    with database.read() as session:
        assert box.count_voters(session, running.id) == 1
        raw = b"".join(public.archive_blocks(session, running.id))
    report = verify_archive(raw, unfinished=True)
    assert (report.valid, report.figures.ballots) == (True, 1)


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_a_killed_server_loses_no_ballot_that_it_acknowledged(
    database: Database, settings: Settings, kills: int
) -> None:
    with database.write() as session:
        running = story.running(session, settings, people=12 * kills)
        ballots = [story.ballot_of(session, running, code) for code in running.codes]
    acknowledged: set[str] = set()
    left = list(ballots)
    for _ in range(kills):
        with serving(settings) as (process, port), ThreadPoolExecutor(4) as pool:
            waiting = {pool.submit(post, port, running, raw): raw for raw in left}
            for _ in zip(range(5), as_completed(waiting), strict=False):
                pass
            os.kill(process.pid, signal.SIGKILL)
            answers = {raw: one.result() for one, raw in waiting.items()}
        acknowledged |= {json.loads(one)["tracker"] for one in answers.values() if one}
        left = [raw for raw, answer in answers.items() if answer is None]
        assert left, "the server was killed when all was done"
        _holds(database, running, acknowledged)
    with serving(settings) as (_, port):
        receipts = [post(port, running, raw) for raw in ballots]
    assert None not in receipts
    _holds(database, running, {wire.hash_base64(raw) for raw in ballots})


def _holds(database: Database, running: Running, trackers: set[str]) -> None:
    """Every one of the trackers is in the archive, and the archive is whole."""
    with database.read() as session:
        for tracker in trackers:
            assert box.place(session, running.id, tracker) is not None
        raw = b"".join(public.archive_blocks(session, running.id))
        report = verify_archive(raw, unfinished=True)
        assert report.valid
        assert report.figures.fingerprint == voting.paper_of(session, running.id).fingerprint
