"""Running the program: the web server, and the runner of jobs beside it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Final
from urllib.request import urlopen

import structlog

from consult.clock import now
from consult.config import ROOT, Settings
from consult.db import migrate
from consult.db.session import Database
from consult.schema import PARTS
from consult.web.queue import Handler, run_next

PAUSE_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 10.0
Tick = Callable[[Database, Settings], None]


def handlers() -> Mapping[str, Handler]:
    """Who does which kind of job, from each part's ``jobs``."""
    found: dict[str, Handler] = {}
    for part in PARTS:
        if find_spec(f"consult.{part}.jobs") is not None:
            found.update(getattr(import_module(f"consult.{part}.jobs"), "HANDLERS", {}))
    return found


def ticks() -> tuple[Tick, ...]:
    """What each part does as time passes, such as closing what has reached its end."""
    found = []
    for part in PARTS:
        if find_spec(f"consult.{part}.jobs") is not None:
            module = import_module(f"consult.{part}.jobs")
            if hasattr(module, "tick"):
                found.append(module.tick)
    return tuple(found)


def run_jobs(settings: Settings, *, once: bool, stop: threading.Event | None = None) -> int:
    """Work off the queue until stopped, or with ``once`` until nothing waits."""
    database = Database(settings.database_url)
    migrate.check_current(database, settings.database_url)
    known, passing = handlers(), ticks()
    ended = stop or _stopped_by_signal()
    while not ended.is_set():
        for tick in passing:
            _pass(tick, database, settings)
        if run_next(database, settings, known, now) is None:
            if once:
                break
            ended.wait(PAUSE_SECONDS)
    database.dispose()
    return 0


def _pass(tick: Tick, database: Database, settings: Settings) -> None:
    try:
        tick(database, settings)
    except Exception as error:  # noqa: BLE001 - what one part cannot do must not end the others
        told = {"tick": tick.__module__, "error": type(error).__name__}
        structlog.get_logger().error("tick failed", **told, exc_info=error)


def serve(
    settings: Settings,
    port: int,
    *,
    ready: Callable[[], None] = lambda: None,
    log: IO[bytes] | None = None,
) -> int:
    """Serve the web application on all cores, with one runner of jobs beside it, until stopped.

    ``ready`` is called once, when the first page can be asked for; ``log`` takes the log lines
    that else go to standard output.
    """
    database = Database(settings.database_url)
    migrate.check_current(database, settings.database_url)
    database.dispose()
    environment = {
        **os.environ,
        "CONSULT_SECRET": settings.secret,
        "DATABASE_URL": settings.database_url,
        "CONSULT_BASE_URL": settings.base_url,
        "CONSULT_HOSTS": ",".join(settings.hosts),
        "CONSULT_COUNCIL": settings.council,
        "CONSULT_HELPLINE": settings.helpline,
        "CONSULT_VAR": str(settings.var),
        "CONSULT_MOST_OPEN": str(settings.most_open),
        "CONSULT_DEMO": "1" if settings.demo else "0",
    }
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    server += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(os.cpu_count() or 1)]
    server += ["--blocking-threads", "8", "--log-level", "warning", "wsgi:app"]
    runner = [sys.executable, "-m", "consult.cli", "jobs", "run"]
    ended, told = _stopped_by_signal(), False
    with _running(server, environment, log) as web, _running(runner, environment, log) as jobs:
        while not ended.wait(PAUSE_SECONDS / 4) and web.poll() is None and jobs.poll() is None:
            if not told and _answers(port):
                told = True
                ready()
    return 0 if ended.is_set() else 1


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes] | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own: Ctrl-C reaches us alone, and we ask it to end, once."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command
        command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except OSError:
        return False


def _stopped_by_signal() -> threading.Event:
    ended = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return ended
