"""Pages are compressed where their length tells nobody a secret."""

import re

import brotli
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from consult.config import Settings
from consult.db.session import Database
from tests import consultations
from tests import elections as story

BROTLI = {"Accept-Encoding": "gzip, br"}


def test_the_booth_is_compressed_and_reads_the_same(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
    address = f"/stemmen/{run.uuid}/"
    small, plain = client.get(address, headers=BROTLI), client.get(address)
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2


@pytest.fixture
def guarded(app: Flask) -> FlaskClient:
    """Somebody whose forms are checked for their token."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.fixture
def run(database: Database, settings: Settings) -> consultations.Running:
    with database.write() as session:
        return consultations.running(session, settings)


def test_a_sign_in_form_is_not_compressed(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/inloggen", headers=BROTLI).headers


def test_a_page_of_tenants_is_compressed_to_whole_steps(
    guarded: FlaskClient, run: consultations.Running
) -> None:
    page = f"/meedoen/{run.slug}"
    for path in ("/", page, f"{page}?taal=ar"):
        small = guarded.get(path, headers=BROTLI)
        assert small.headers["Content-Encoding"] == "br"
        assert (len(small.data) + len(small.headers["Padding"])) % 256 == 0
        assert brotli.decompress(small.data).decode().startswith("<!doctype html>")
    with time_machine.travel(consultations.WHILE_OPEN):
        form = guarded.get(page, headers=BROTLI)
        code = {
            "code": str(run.codes[0]),
            "csrf_token": token(brotli.decompress(form.data).decode()),
        }
        assert guarded.post(page, data=code).status_code == 303
        question = guarded.get(f"{page}/vraag/q1", headers=BROTLI)
    assert question.headers["Content-Encoding"] == "br"


def test_a_page_that_may_repeat_what_stands_in_its_address_is_not_compressed(
    guarded: FlaskClient, run: consultations.Running
) -> None:
    for asked in ("?x=guess", "?taal=en&x=guess", "?naar=controle"):
        page = guarded.get(f"/meedoen/{run.slug}{asked}", headers=BROTLI)
        assert "Content-Encoding" not in page.headers, asked
    assert b"guess" not in guarded.get(f"/meedoen/{run.slug}?taal=guess").data


def test_an_answer_to_what_was_sent_is_not_compressed(
    client: FlaskClient, run: consultations.Running
) -> None:
    with time_machine.travel(consultations.WHILE_OPEN):
        page = client.post(f"/meedoen/{run.slug}", data={"code": "1"}, headers=BROTLI)
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers


def test_a_page_with_the_bare_token_is_not_compressed(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Content-Encoding" in client.get("/", headers=BROTLI).headers
    monkeypatch.setitem(app.view_functions, "site.home", lambda: generate_csrf() + " " * 2000)
    assert "Content-Encoding" not in client.get("/", headers=BROTLI).headers


def test_the_token_is_another_at_every_answer_and_each_is_good(
    guarded: FlaskClient, run: consultations.Running
) -> None:
    path = f"/meedoen/{run.slug}"
    with time_machine.travel(consultations.WHILE_OPEN):
        tokens = [token(guarded.get(path).text) for _ in range(3)]
        for one in tokens:
            answer = guarded.post(path, data={"code": "1", "csrf_token": one})
            assert answer.status_code == 200
        with guarded.session_transaction() as session:
            secret = session["csrf_token"]
    assert len(set(tokens)) == len(tokens)
    parts = {one[at : at + 8] for one in tokens for at in range(len(one) - 7)}
    assert len(parts) == sum(len(one) - 7 for one in tokens)
    assert not any(secret in one for one in tokens)


@pytest.mark.parametrize("sent", ["", "x", "é", "AAAA", "=", "A" * 54, "A" * 55, "\0"])
def test_a_token_that_was_not_given_is_refused(
    guarded: FlaskClient, run: consultations.Running, sent: str
) -> None:
    path = f"/meedoen/{run.slug}"
    with time_machine.travel(consultations.WHILE_OPEN):
        guarded.get(path)
        answer = guarded.post(path, data={"code": "1", "csrf_token": sent})
    assert answer.status_code == 400


def test_the_token_of_somebody_else_is_refused(
    app: Flask, guarded: FlaskClient, run: consultations.Running
) -> None:
    path = f"/meedoen/{run.slug}"
    with time_machine.travel(consultations.WHILE_OPEN):
        guarded.get(path)
        theirs = token(app.test_client().get(path).text)
        assert guarded.post(path, data={"csrf_token": theirs}).status_code == 400
