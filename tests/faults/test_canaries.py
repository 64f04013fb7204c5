"""What is secret stands nowhere afterwards: not in the database's files, its log, ours, or a job.

A journey with codes, answers and passwords that can be recognised, and then a search through all
that a copy of the machine's disk holds, but for the installation's secret (security T5, T8).
"""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from consult.accounts.actions.people import invite
from consult.accounts.core.people import person
from consult.actor import SYSTEM, Role
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.register import jobs
from consult.register.core.codes import Code
from consult.schema import metadata
from consult.web import logs
from consult.web.queue import run_next
from tests import consultations, elections, nominations
from tests.cast import PASSWORD, Member, join, sign_in
from tests.consultations import AFTER, WHILE_OPEN

ANSWER = "De lift in de Kanariestraat staat al weken stil."
MAIL = "kanarie@voliere.example"
INTEREST = "Mijn kanarie woont bij de directeur."
TYPO = "4929000011112222"
Secrets = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_after_a_whole_journey_no_secret_stands_anywhere(
    app: Flask, database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    with time_machine.travel(WHILE_OPEN, tick=False):
        secrets = [
            *signed_in(app, database),
            *imported(app, database, settings),
            *answered(app, database, settings),
            *voted(app, database, settings),
            *applied(app, database, settings),
        ]
    said = "".join(capsys.readouterr())
    places = {**tables(database), **files(settings), "what the program said": said.encode()}
    assert '"route": "/meedoen/<slug>/controle"' in said
    assert b"register.apply" in places["job"]
    told = places["what the program said"] + places["audit_event"]
    assert b"elections.called" in told
    assert not [
        secret for secret in (INTEREST, "Kanarie Geel", "K00000") if secret.encode() in told
    ]
    for name, held in places.items():
        assert (name, [kind for kind, secret in secrets if secret.encode() in held]) == (name, [])


def signed_in(app: Flask, database: Database) -> Secrets:
    """Somebody is invited, and somebody else signs in after a wrong password."""
    with database.write() as session:
        newcomer = person("Otto Bos", "otto@example.org", [Role.OBSERVER])
        token = invite(session, SYSTEM, now(), newcomer)
    member, client = join(app, database, [Role.CHAIR]), app.test_client()
    client.get(f"/uitnodiging/{token}?token={token}")
    client.post("/inloggen", data={"email": member.email, "password": f"{PASSWORD}?"})
    sign_in(client, member)
    cookie = client.get_cookie("consult")
    assert cookie is not None
    assert client.get("/raad").status_code == 200
    return [
        ("password", PASSWORD),
        ("second factor", member.secret),
        ("link of an invitation", token),
        ("session", cookie.value),
    ]


def imported(app: Flask, database: Database, settings: Settings) -> Secrets:
    """A file with an address is agreed on and applied; one with a mistake is refused."""
    facilitator, secretary, chair = (
        sign_in(app.test_client(), join(app, database, [role], f"Nog een {role}"))
        for role in (Role.FACILITATOR, Role.SECRETARY, Role.CHAIR)
    )
    sound = f"klantnummer;soort;wijk;e-mail\nX1;huurder;Cool;{MAIL}\n"
    for file in (f"{sound}X2;kanarie;Cool;{MAIL}\n", sound):
        data = {"file": (io.BytesIO(file.encode()), "klanten.csv"), "send": "1"}
        url = facilitator.post("/raad/klantenbestand/nieuw", data=data).location
        run_next(database, settings, jobs.HANDLERS, now)
        secretary.post(f"{url}/voorstellen")
        chair.post(f"{url}/goedkeuren")
        run_next(database, settings, jobs.HANDLERS, now)
    assert "Alles is verwerkt" in facilitator.get(url).text
    return [("address of a tenant", MAIL)]


def answered(app: Flask, database: Database, settings: Settings) -> Secrets:
    """Somebody mistypes a code, answers, and changes it; the answers are opened and read."""
    with database.write() as session:
        run = consultations.running(session, settings)
    client, page, code = app.test_client(), f"/meedoen/{run.slug}", run.codes[0]
    client.post(page, data={"code": TYPO})
    for typed in (str(code), code.digits):
        client.post(f"{page}?code={typed}", data={"code": typed})
        given = {"q1": "no", "q2": "trees", "q3": "4", "q4": ANSWER}
        for question, value in given.items():
            client.post(f"{page}/vraag/{question}", data={"answer": value})
        assert client.post(f"{page}/controle").location == f"{page}/bedankt"
    with database.write() as session:
        for other in run.codes[1:12]:
            consultations.answer(session, settings, run, other, {"q1": "no", "q3": 2, "q4": ANSWER})
        consultations.unsealed(session, run)
    with time_machine.travel(AFTER, tick=False):
        secretary = sign_in(app.test_client(), secretary_of(app, database))
        assert ANSWER in secretary.get(f"/raad/raadplegingen/{run.id}/teksten/q4").text
    private = json.loads(run.key_file)["private_key"]
    secrets = [("answer", ANSWER), ("key of answers", private), ("typo", TYPO)]
    return [*secrets, ("passphrase", consultations.PASSPHRASE), *spellings(run.codes)]


def voted(app: Flask, database: Database, settings: Settings) -> Secrets:
    """Somebody votes, and asks by mistake whether the code itself is a credential."""
    with database.write() as session:
        run = elections.running(session, settings, people=0)
        raw = elections.ballot_of(session, run, run.codes[0], "Anna Appel")
    client: FlaskClient = app.test_client()
    box = f"/stemmen/{run.uuid}/stembus"
    assert client.post(box, data=raw, content_type="application/json").status_code == 201
    client.post(f"/stemmen/{run.uuid}/code", json={"credential": run.codes[1].digits})
    client.get(f"/stemmen/{run.uuid}/?code={run.codes[1]}")
    keys = [("key holder's link", token) for _id, token, _private in run.keys]
    keys += [("key holder's key", str(private)) for _id, _token, private in run.keys]
    return [*keys, *spellings(run.codes)]


def applied(app: Flask, database: Database, settings: Settings) -> Secrets:
    """Somebody applies to stand, with a photo, and gives it up; her draft is erased."""
    with database.write() as session:
        plan = replace(
            nominations.CALLING,
            nominate_from=WHILE_OPEN,
            nominate_until=elections.AFTER,
            opens_at=elections.AFTER,
            closes_at=elections.AFTER + timedelta(days=9),
        )
        run = nominations.calling(session, settings, plan, people=0)
    client, page = app.test_client(), f"/kandidaat/{run.uuid}"
    client.post(page, data={"code": str(run.codes[0])})
    client.post(f"{page}/stap/1", data={"name": "Kanarie Geel"})
    client.post(f"{page}/stap/7", data={"staff": "no", "committee": "no", "interests": INTEREST})
    assert INTEREST in client.get(f"{page}/controle").text
    assert client.post(f"{page}/terugtrekken").location == f"{page}/mijn"
    return [*spellings(run.codes[:1])]


def secretary_of(app: Flask, database: Database) -> Member:
    return join(app, database, [Role.SECRETARY], "Sara Secretaris")


def spellings(codes: tuple[Code, ...]) -> Secrets:
    """How codes may be written down."""
    texts = (text for one in codes for text in (one.digits, str(one), str(one).replace("-", " ")))
    return [("code", text) for text in texts]


def tables(database: Database) -> dict[str, bytes]:
    """The content of every table, by its name."""
    with database.engine.connect() as connection:
        return {
            table.name: b"\n".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in connection.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608 - our own tables
                for cell in row
            )
            for table in metadata().sorted_tables
        }


def files(settings: Settings) -> dict[str, bytes]:
    """The files of the embedded database, write-ahead log and all, with what was erased in them."""
    if not settings.database_url.startswith("sqlite"):
        return {}
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    found = {one.name: one.read_bytes() for one in path.parent.glob(f"{path.name}*")}
    assert f"{path.name}-wal" in found
    return found
