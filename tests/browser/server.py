"""The real application on a port of its own, with a fresh database and a clock that can be set."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

import consult.clock
from consult.app import create_app
from consult.config import Settings
from consult.db.session import Database
from consult.schema import metadata
from consult.serving import handlers, ticks
from consult.web import assets
from consult.web.queue import run_next
from tests.conftest import SECRET


class Clock:
    """Stands in for ``datetime`` in ``consult.clock``, which asks it for nothing but ``now``."""

    def __init__(self, start: datetime) -> None:
        self.ahead = start - datetime.now(start.tzinfo)

    def now(self, zone: tzinfo) -> datetime:
        """The real time, as far ahead as was asked for; it goes on running."""
        return datetime.now(zone) + self.ahead

    def go(self, moment: datetime) -> None:
        """From here on it is ``moment`` and later. Staff have to sign in again."""
        self.ahead = moment - datetime.now(moment.tzinfo)

    def wait(self, seconds: int) -> None:
        """That much later."""
        self.ahead += timedelta(seconds=seconds)


class Quiet(WSGIRequestHandler):
    """Keeps connections open, as the server of an installation does, and writes no log."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@dataclass
class Server:
    """A running installation, seen from behind: what tests prepare goes in through here."""

    url: str
    app: Flask
    settings: Settings
    database: Database
    clock: Clock

    def work(self) -> None:
        """What the runner of jobs does beside the server, until nothing waits."""
        known = handlers()
        while True:
            for tick in ticks():
                tick(self.database, self.settings)
            if run_next(self.database, self.settings, known, consult.clock.now) is None:
                return


@contextmanager
def serving(folder: Path, static: Path, start: datetime) -> Iterator[Server]:
    """Serve an installation that keeps its data in ``folder`` until the block ends.

    ``static`` are the static files with their compressed forms beside them, as the Makefile makes
    them where Consult is installed; a copy, for those in the source may be older than the source.
    """
    port = make_server("127.0.0.1", 0, _nothing, threaded=True, request_handler=Quiet)
    settings = Settings(
        secret=SECRET,
        database_url=f"sqlite:///{folder / 'consult.db'}",
        base_url=f"http://localhost:{port.server_port}",
        hosts=("localhost",),
        secure_cookies=False,
        helpline="010 - 123 45 67",
        var=folder,
    )
    database = Database(settings.database_url)
    with database.write() as session:
        metadata().create_all(session.connection())
    clock = Clock(start)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(consult.clock, "datetime", clock)
        patch.setattr(assets, "STATIC", static)
        port.app = app = create_app(settings, database)
        thread = threading.Thread(target=port.serve_forever, daemon=True)
        thread.start()
        yield Server(settings.base_url, app, settings, database, clock)
        port.shutdown()
        thread.join()
        port.server_close()
    database.dispose()


def _nothing(_environ: object, _start: object) -> list[bytes]:
    return []
