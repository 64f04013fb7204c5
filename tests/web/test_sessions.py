"""Sessions stand on the server, and a copy of the database opens none of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, session
from flask.testing import FlaskClient
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from sqlalchemy import func, select

from consult import app as application
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.web.sessions import IDLE, forget_idle, renew
from consult.web.tables import WebSession

SECRET_WORDS = "ik woon aan de Maas"


@pytest.fixture
def speaking(app: Flask) -> FlaskClient:
    """A browser whose session holds something."""
    client = app.test_client()
    with client.session_transaction() as held:
        held["answer"] = SECRET_WORDS
    return client


def rows(database: Database) -> list[tuple[str, bytes]]:
    with database.read() as tx:
        return [(r.id, r.body) for r in tx.execute(select(WebSession.id, WebSession.body))]


def test_a_visitor_without_anything_to_keep_gets_no_session(
    client: FlaskClient, database: Database
) -> None:
    assert "Set-Cookie" not in client.get("/").headers
    assert rows(database) == []


def test_what_a_session_holds_cannot_be_read_from_the_database(
    speaking: FlaskClient, database: Database
) -> None:
    ((key, body),) = rows(database)
    cookie = speaking.get_cookie("consult")
    assert cookie is not None
    assert SECRET_WORDS.encode() not in body
    assert cookie.value not in key
    with pytest.raises(CryptoError):
        SecretBox(bytes.fromhex(key)).decrypt(body)


def test_the_length_of_a_session_does_not_tell_what_a_tenant_holds(
    app: Flask, database: Database
) -> None:
    strata = ({}, {"kind": "home"}, {"kind": "home", "age": "18-34", "neighbourhood": "é" * 60})
    for along in strata:
        with app.test_client().session_transaction() as held:
            held["code"] = {"consultation": "c" * 26, "mark": "e" * 64, "slot": "5" * 64}
            held["code"]["strata"] = along
    assert len({len(body) for _, body in rows(database)}) == 1
    assert len(rows(database)) == len(strata)


def test_a_session_that_is_longer_than_any_is_kept_all_the_same(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as held:
        held["code"], held["answer"] = {}, "a" * 100_000
    with client.session_transaction() as held:
        assert held["answer"] == "a" * 100_000


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(client: FlaskClient) -> None:
    cookie = client.get("/?taal=en").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_bound_to_this_host(
    settings: Settings, database: Database
) -> None:
    made = application.create_app(
        replace(settings, base_url="https://localhost", secure_cookies=True), database
    )
    answer = made.test_client().get("/?taal=en", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-consult=")
    assert "Secure" in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_made_up_cookie_opens_nothing(client: FlaskClient, database: Database) -> None:
    client.set_cookie("consult", "a" * 43)
    assert client.get("/").status_code == 200
    assert rows(database) == []


def test_a_renewed_session_is_empty_and_the_old_cookie_is_worth_nothing(
    app: Flask, speaking: FlaskClient, database: Database
) -> None:
    before = speaking.get_cookie("consult")
    assert before is not None
    with app.test_request_context("/", headers={"Cookie": f"consult={before.value}"}):
        assert session["answer"] == SECRET_WORDS
        renew()
        session["fresh"] = True
        response = app.process_response(app.response_class())
    assert before.value not in response.headers["Set-Cookie"]
    with app.test_request_context("/", headers={"Cookie": f"consult={before.value}"}):
        assert "answer" not in session
    assert len(rows(database)) == 1


def test_a_request_under_way_does_not_bring_an_ended_session_back(
    app: Flask, speaking: FlaskClient, database: Database
) -> None:
    cookie = speaking.get_cookie("consult")
    assert cookie is not None
    with app.test_request_context("/", headers={"Cookie": f"consult={cookie.value}"}):
        session["answer"] = "too late"
        forget_idle(database, now() + IDLE + timedelta(seconds=1))
        app.process_response(app.response_class())
    assert rows(database) == []


def test_a_session_that_rested_too_long_opens_nothing(app: Flask, speaking: FlaskClient) -> None:
    cookie = speaking.get_cookie("consult")
    assert cookie is not None
    headers = {"Cookie": f"consult={cookie.value}"}
    with (
        time_machine.travel(now() + IDLE + timedelta(seconds=1), tick=False),
        app.test_request_context("/", headers=headers),
    ):
        assert "answer" not in session


def test_sessions_that_rest_too_long_are_erased(speaking: FlaskClient, database: Database) -> None:
    forget_idle(database, now())
    assert len(rows(database)) == 1
    forget_idle(database, now() + IDLE + timedelta(seconds=1))
    with database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(WebSession)) == 0
