"""Taking up an account by the link of an invitation."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consult.accounts.actions.entry import SECOND_FACTOR
from consult.accounts.actions.people import invite
from consult.accounts.core.people import person
from consult.accounts.factors import invited_secret
from consult.actor import SYSTEM, Role
from consult.clock import now
from consult.db.session import Database
from tests.cast import PASSWORD, join, sign_in

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Clock = time_machine.Traveller


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def token(database: Database) -> str:
    with database.write() as session:
        return invite(
            session, SYSTEM, now(), person("Otto Bos", "otto@example.org", [Role.OBSERVER])
        )


def filled_in(app: Flask, token: str, **changed: str) -> dict[str, str]:
    secret = invited_secret(app.extensions["consult.settings"].key(SECOND_FACTOR), token)
    code = pyotp.TOTP(secret).now()
    return {"password": PASSWORD, "again": PASSWORD, "code": code, **changed}


def test_the_link_shows_who_is_invited_and_a_picture_to_scan(
    client: FlaskClient, token: str
) -> None:
    page = client.get(f"/uitnodiging/{token}").text
    assert "Welkom, Otto Bos" in page
    assert 'src="data:image/svg+xml' in page
    assert page == client.get(f"/uitnodiging/{token}").text or "csrf_token" in page


def test_password_and_code_take_up_the_account_and_sign_in(
    app: Flask, client: FlaskClient, token: str
) -> None:
    answer = client.post(f"/uitnodiging/{token}", data=filled_in(app, token))
    assert (answer.status_code, answer.location) == (303, "/raad")
    assert "Dag Otto Bos" in client.get("/raad").text


def test_looking_again_and_again_uses_nothing_up(
    app: Flask, client: FlaskClient, token: str
) -> None:
    for _ in range(5):
        assert client.head(f"/uitnodiging/{token}").status_code == 200
        assert client.get(f"/uitnodiging/{token}").status_code == 200
    assert client.post(f"/uitnodiging/{token}", data=filled_in(app, token)).status_code == 303


def test_the_secret_is_the_same_at_every_look(app: Flask, client: FlaskClient, token: str) -> None:
    secret = invited_secret(app.extensions["consult.settings"].key(SECOND_FACTOR), token)
    assert all(secret[:4] in client.get(f"/uitnodiging/{token}").text for _ in range(2))


def test_a_link_works_once(app: Flask, client: FlaskClient, token: str) -> None:
    client.post(f"/uitnodiging/{token}", data=filled_in(app, token))
    other = app.test_client()
    for answer in (
        other.get(f"/uitnodiging/{token}"),
        other.post(f"/uitnodiging/{token}", data=filled_in(app, token)),
    ):
        assert answer.status_code == 409
        assert "al gebruikt" in answer.text
    assert other.get("/raad").status_code == 303


def test_a_link_is_dead_after_seven_days(
    app: Flask, client: FlaskClient, token: str, clock: Clock
) -> None:
    clock.shift(timedelta(days=7))
    for answer in (
        client.get(f"/uitnodiging/{token}"),
        client.post(f"/uitnodiging/{token}", data=filled_in(app, token)),
    ):
        assert answer.status_code == 409
        assert "verlopen" in answer.text


def test_a_made_up_link_is_refused(app: Flask, client: FlaskClient) -> None:
    for answer in (
        client.get("/uitnodiging/verzonnen"),
        client.post("/uitnodiging/verzonnen", data=filled_in(app, "verzonnen")),
    ):
        assert answer.status_code == 409
        assert "kennen wij niet" in answer.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "kort", "again": "kort"}, "te kort"),
        ({"password": "wachtwoord123", "again": "wachtwoord123"}, "makkelijk te raden"),
        ({"again": "iets anders dan eerst"}, "niet gelijk"),
        ({"code": "000000"}, "code klopt niet"),
        ({"code": ""}, "Vul dit in"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_can_be_mended(
    app: Flask, client: FlaskClient, token: str, changed: dict[str, str], said: str
) -> None:
    answer = client.post(f"/uitnodiging/{token}", data=filled_in(app, token, **changed))
    assert said in answer.text
    assert "<title>Fout:" in answer.text
    assert client.post(f"/uitnodiging/{token}", data=filled_in(app, token)).status_code == 303


def test_the_first_code_cannot_be_used_to_sign_in_again(
    app: Flask, client: FlaskClient, token: str
) -> None:
    data = filled_in(app, token)
    client.post(f"/uitnodiging/{token}", data=data)
    other = app.test_client()
    other.post("/inloggen", data={"email": "otto@example.org", "password": PASSWORD})
    assert other.post("/inloggen/code", data={"code": data["code"]}).status_code == 401


def test_taking_up_an_account_ends_the_session_of_whoever_was_in(
    app: Flask, client: FlaskClient, database: Database, token: str
) -> None:
    sign_in(client, join(app, database, [Role.CHAIR]))
    client.post(f"/uitnodiging/{token}", data=filled_in(app, token))
    assert "Dag Otto Bos" in client.get("/raad").text
