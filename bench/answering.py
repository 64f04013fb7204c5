"""How many pages a second people fill in and send, beside a floor of the same machine.

Run ``python bench/answering.py [people]``: granian as ``consult serve`` starts it, SQLite with
every commit on the disk, eight clients on the loopback that keep their connection and each come
with a session of their own, as people with a code do. The questionnaire is the real one of 25
questions in four languages. Two requests are measured: sending the form of one page, and sending
all answers. The floor: a bare Flask page that reads the same form and stores it with one durable
raw sqlite3 transaction. Ratios of CPU time hold on a machine that does other work too.
"""

import os
import secrets
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Flask, request

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from ballot_box import CLIENTS, CORES, Measured, Server, serving, show  # noqa: E402

from consult.app import create_app  # noqa: E402
from consult.config import Settings  # noqa: E402
from consult.db import migrate  # noqa: E402
from consult.db.session import Database  # noqa: E402
from consult.surveys.core.format import load  # noqa: E402
from consult.surveys.store import consultations  # noqa: E402

PAGE = {"answer": "pump"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUESTIONS = ROOT / "consult" / "demo" / "warmth.json"
GIVEN = {
    "welcome": {},
    "heating": PAGE,
    "people": {"answer": "3"},
    "since": {},
    "warm": {"answer": "4"},
    "degrees": {"answer": "19,5"},
    "complaint": {"answer": "no"},
    "amount": {"answer": "85,50"},
    "bill_read": {"answer": "no"},
    "services": {"answer": "garden"},
    "order": [("answer", "price"), ("answer", "repairs"), ("answer", "control")],
    "share": {},
    "change": {"answer": "any"},
}

bare = Flask(__name__)


@bare.post("/<path:_page>")
def store(_page: str) -> str:
    """The floor: a form, one durable transaction, and nothing else."""
    with sqlite3.connect(os.environ["FLOOR"], timeout=30, isolation_level=None) as held:
        held.execute("PRAGMA synchronous=FULL")
        held.execute("INSERT INTO answer VALUES (?)", [request.form["answer"]])
    return ""


class Sent(NamedTuple):
    """One request: its address, body and cookie."""

    path: str
    body: bytes
    cookie: str


def prepared(settings: Settings, people: int) -> tuple[str, list[tuple[str, str]]]:
    """An open consultation and, for each person, a session that is ready to send: its cookie and
    a token for its forms."""
    from tests import consultations as story  # noqa: PLC0415 - stands beside the package

    now = datetime.now(UTC)
    plan = replace(story.PLAN, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1))
    migrate.upgrade(settings.database_url)
    database = Database(settings.database_url)
    with database.write() as session:
        run = story.running(session, settings, people, plan)
        asked = load(QUESTIONS.read_text(encoding="utf-8"))
        languages = ("nl", "en", "tr", "ar")
        consultations.change(session, run.id, questions=asked, languages=languages)
    app = create_app(settings, database)
    app.config["WTF_CSRF_ENABLED"] = False
    ready = []
    for code in run.codes:
        client = app.test_client()
        client.post(f"/meedoen/{run.slug}", data={"code": str(code)})
        for question, values in GIVEN.items():
            client.post(f"/meedoen/{run.slug}/vraag/{question}", data=dict_of(values))
        cookie = client.get_cookie("consult")
        if cookie is None:
            raise RuntimeError("nobody was let in")
        page = client.get(f"/meedoen/{run.slug}/vraag/heating").text
        ready.append(
            (f"consult={cookie.value}", page.split('name="csrf_token" value="')[1].split('"')[0])
        )
    database.dispose()
    return f"/meedoen/{run.slug}", ready


def dict_of(values: dict[str, str] | list[tuple[str, str]]) -> dict[str, object]:
    """A form as the test client takes it."""
    if isinstance(values, dict):
        return dict(values)
    return {"answer": [value for _, value in values]}


def posted(server: Server, requests: Sequence[Sent], status: int) -> Measured:
    """Post all of them, by clients that keep their connection."""
    left, taken, turn = iter(requests), [], threading.Lock()

    def client() -> None:
        connection = HTTPConnection("localhost", server.port)
        while True:
            with turn:
                one = next(left, None)
            if one is None:
                return
            before = time.perf_counter()
            connection.request("POST", one.path, one.body, {**FORM, "Cookie": one.cookie})
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
    if len(taken) != len(requests):
        raise RuntimeError(f"{len(requests) - len(taken)} requests were refused")
    return Measured(len(requests) / seconds, taken, (server.cpu() - cpu) / len(requests))


def _sent(path: str, ready: tuple[str, str], **fields: str) -> Sent:
    cookie, token = ready
    return Sent(path, urlencode({**fields, "csrf_token": token}).encode(), cookie)


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(f"{CLIENTS} clients, {CORES} processes, {people} people, 25 questions in 4 languages")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(
            secret=secrets.token_urlsafe(48),
            database_url=f"sqlite:///{folder / 'consult.db'}",
            base_url="http://localhost",
            hosts=("localhost",),
            secure_cookies=False,
            var=folder,
        )
        path, ready = prepared(settings, people)
        pages = [_sent(f"{path}/vraag/heating", one, **PAGE) for one in ready]
        sendings = [_sent(f"{path}/controle", one) for one in ready]
        environment = {
            "CONSULT_SECRET": settings.secret,
            "DATABASE_URL": settings.database_url,
            "CONSULT_BASE_URL": settings.base_url,
            "CONSULT_VAR": str(folder),
        }
        with serving("wsgi:app", ROOT, environment) as server:
            posted(server, pages[: 8 * CORES], 303)  # every process has read the questions
            page = posted(server, pages, 303)
            sending = posted(server, sendings, 303)
        floor = folder / "floor.db"
        with sqlite3.connect(floor) as held:
            held.execute("PRAGMA journal_mode=WAL")
            held.execute("CREATE TABLE answer (body TEXT)")
        with serving("answering:bare", ROOT / "bench", {"FLOOR": str(floor)}) as server:
            posted(server, pages[: 8 * CORES], 200)
            stored = posted(server, pages, 200)
    for what, found in (("a page", page), ("sending all", sending), ("floor", stored)):
        show(what, found)
    print("\n  ratio to the floor        per second      p50      p99      CPU")
    for what, found in (("a page", page), ("sending all", sending)):
        print(f"  {what:24}{_ratios(found, stored)}")


def _ratios(found: Measured, floor: Measured) -> str:
    worst = quantiles(found.taken, n=100)[98] / quantiles(floor.taken, n=100)[98]
    middle = median(found.taken) / median(floor.taken)
    rate, cpu = found.rate / floor.rate, found.cpu / floor.cpu
    return f"{rate:12.2f}{middle:9.1f}{worst:9.1f}{cpu:9.1f}"


if __name__ == "__main__":
    main()
