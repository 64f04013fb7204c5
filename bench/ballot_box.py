"""How many ballots a second the whole program takes in, beside two floors of the same machine.

Run ``python bench/ballot_box.py [ballots]``: real ballots, eight clients on the loopback, granian
as ``consult serve`` starts it, SQLite with every commit on the disk. The floors: checking the same
ballots on all cores and nothing else, and a bare Flask page that stores the same bytes with one
durable raw sqlite3 transaction. Ratios are of CPU time in the server, so that they hold on a
machine that does other work too: what is above the floors is what our layers add.
"""

import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from flask import Flask, request

from consult.belenios import ballot, credential, election
from consult.belenios.group import Q
from consult.belenios.parallel import spread
from consult.config import Settings
from consult.db import migrate
from consult.db.session import Database
from consult.elections.actions import prepare, voting
from consult.elections.actions.prepare import Nomination
from consult.elections.store import people

ROOT = Path(__file__).resolve().parents[1]
CLIENTS, CORES = 8, os.cpu_count() or 1
CONTESTS = ((14, 5, 100), (3, 1, 240))
GRANIAN = f"-m granian --interface wsgi --no-ws --workers {CORES} --blocking-threads 8"

bare = Flask(__name__)


@bare.post("/")
def store() -> str:
    """The floor: one durable transaction and nothing else."""
    with sqlite3.connect(os.environ["FLOOR"], timeout=30, isolation_level=None) as held:
        held.execute("PRAGMA synchronous=FULL")
        held.execute("INSERT INTO ballot VALUES (?)", [request.get_data()])
    return ""


def draw() -> int:
    return secrets.randbelow(int(Q))


def made(paper: bytes, codes: Sequence[str]) -> list[bytes]:
    """A ballot for each code, with as many choices as there may be."""
    read = election.parse(paper)
    [question] = read.questions
    choice = [[int(place < question.max) for place in range(question.length)]]
    keys = (credential.secret_exponent(code, read.uuid) for code in codes)
    return [ballot.create(read, key, choice, draw) for key in keys]


def checked(paper: bytes, ballots: Sequence[bytes]) -> list[float]:
    """CPU seconds for each check."""
    read, taken = election.parse(paper), []
    for raw in ballots:
        before = time.thread_time()
        ballot.check(raw, read)
        taken.append(time.thread_time() - before)
    return taken


def prepared(
    settings: Settings, candidates: int, most: int, voters: int
) -> tuple[str, bytes, list[bytes]]:
    """An open election on a fresh database: its name, its paper, and a ballot of every voter."""
    sys.path.insert(0, str(ROOT))
    from tests import elections as story  # noqa: PLC0415 - stands beside the package

    now = datetime.now(UTC)
    plan = replace(
        story.PLAN,
        max_board=max(most, 3),
        max_choices=most,
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        seats_from=now.date() + timedelta(days=9),
        seats_until=now.date() + timedelta(days=99),
    )
    migrate.upgrade(settings.database_url)
    database = Database(settings.database_url)
    with database.write() as session:
        made_id = story.drafted(session, plan, voters)
        for number in range(len(story.NAMES), candidates):
            who = Nomination(f"K{number:05}", f"Kandidaat {number}", "Ik wil graag.")
            prepare.nominate(session, story.SECRETARY, story.PREPARED, made_id, who)
        for one in people.candidates(session, made_id)[candidates:]:
            prepare.withdraw(session, story.SECRETARY, story.PREPARED, made_id, one.id)
        run = story.equipped(session, settings, made_id)
        story.opened(session, run)
        paper = voting.paper_of(session, run.id).raw
    database.dispose()
    parts = spread(partial(made, paper), [str(code) for code in run.codes], CORES, 20)
    return run.uuid, paper, [raw for part in parts for raw in part]


class Server(NamedTuple):
    pid: int
    port: int

    def cpu(self) -> float:
        """CPU seconds of its processes so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if self.pid in {int(fields[1]), int(stat.parent.name)}:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


class Measured(NamedTuple):
    """Bodies a second, the seconds that each took, and CPU seconds of the server for each."""

    rate: float
    taken: list[float]
    cpu: float


@contextmanager
def serving(target: str, folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """A server on a free port, until the block ends."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    command = [sys.executable, *GRANIAN.split(), "--port", str(port), "--log-level", "error"]
    with subprocess.Popen(
        [*command, target],
        env=os.environ | environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            while not _listens(port):
                time.sleep(0.05)
            yield Server(server.pid, port)
        finally:
            server.terminate()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def posted(server: Server, path: str, bodies: Sequence[bytes], status: int) -> Measured:
    """Post all bodies, by clients that keep their connection."""
    left, taken, turn = iter(bodies), [], threading.Lock()

    def client() -> None:
        connection = HTTPConnection("localhost", server.port)
        while True:
            with turn:
                body = next(left, None)
            if body is None:
                return
            before = time.perf_counter()
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status == status:
                taken.append(time.perf_counter() - before)

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    cpu, before = server.cpu(), time.perf_counter()
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    seconds = time.perf_counter() - before
    if len(taken) != len(bodies):
        raise RuntimeError(f"{len(bodies) - len(taken)} bodies were refused")
    return Measured(len(bodies) / seconds, taken, (server.cpu() - cpu) / len(bodies))


def show(what: str, found: Measured) -> None:
    worst = quantiles(found.taken, n=100)[98]
    print(
        f"  {what:24}{found.rate:8.1f} /s   p50 {median(found.taken) * 1e3:6.1f} ms"
        f"   p99 {worst * 1e3:6.1f} ms   CPU {found.cpu * 1e3:6.2f} ms"
    )


def contest(folder: Path, candidates: int, most: int, voters: int) -> None:
    settings = Settings(
        secret=secrets.token_urlsafe(48),
        database_url=f"sqlite:///{folder / 'consult.db'}",
        base_url="http://localhost",
        hosts=("localhost",),
        secure_cookies=False,
        var=folder,
    )
    uuid, paper, ballots = prepared(settings, candidates, most, voters)
    size = sum(map(len, ballots)) / len(ballots) / 1000
    print(f"{candidates} candidates, at most {most} of them: {voters} ballots of {size:.1f} kB")
    environment = {
        "CONSULT_SECRET": settings.secret,
        "DATABASE_URL": settings.database_url,
        "CONSULT_BASE_URL": settings.base_url,
        "CONSULT_VAR": str(folder),
    }
    with serving("wsgi:app", ROOT, environment) as server:
        first, rest = ballots[: 4 * CORES], ballots[4 * CORES :]
        posted(server, f"/stemmen/{uuid}/stembus", first, 201)  # each process reads the paper once
        cast = posted(server, f"/stemmen/{uuid}/stembus", rest, 201)
        known = posted(server, f"/stemmen/{uuid}/code", _codes(rest), 200)
    checks = [one for part in spread(partial(checked, paper), rest, CORES, 20) for one in part]
    check = Measured(CORES * len(checks) / sum(checks), checks, sum(checks) / len(checks))
    floor = folder / "floor.db"
    with sqlite3.connect(floor) as held:
        held.execute("PRAGMA journal_mode=WAL")
        held.execute("CREATE TABLE ballot (body BLOB)")
    with serving("ballot_box:bare", ROOT / "bench", {"FLOOR": str(floor)}) as server:
        posted(server, "/", first, 200)
        stored = posted(server, "/", rest, 200)
    show("cast", cast)
    show("floor: check alone", check)
    show("floor: store alone", stored)
    show("is this code known", known)
    both = check.cpu + stored.cpu
    print(f"  CPU: cast ÷ check {cast.cpu / check.cpu:.2f}, cast ÷ (check + store)", end=" ")
    print(f"{cast.cpu / both:.2f}, our layers {(cast.cpu - both) * 1e3:.1f} ms a ballot\n")


def _codes(ballots: Sequence[bytes]) -> list[bytes]:
    return [b'{"credential":"%s"}' % ballot.credential_of(raw).encode() for raw in ballots]


def main() -> None:
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else None
    print(f"{CLIENTS} clients, {CORES} processes")
    for candidates, most, voters in CONTESTS:
        with tempfile.TemporaryDirectory() as folder:
            contest(Path(folder), candidates, most, asked or voters)


if __name__ == "__main__":
    main()
