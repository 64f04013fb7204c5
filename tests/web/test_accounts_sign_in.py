"""Signing in with two factors, and out again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consult.accounts.actions.people import disable
from consult.accounts.store.people import set_roles
from consult.actor import Actor, Role
from consult.clock import now
from consult.db.session import Database
from tests.cast import PASSWORD, Member, join, sign_in

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Clock = time_machine.Traveller


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def amina(app: Flask, database: Database) -> Member:
    return join(app, database, [Role.CHAIR])


def session_id(client: FlaskClient) -> str:
    cookie = client.get_cookie("consult")
    return "" if cookie is None else cookie.value


def with_session(app: Flask, token: str) -> FlaskClient:
    browser = app.test_client()
    browser.set_cookie("consult", token)
    return browser


def is_in(client: FlaskClient) -> bool:
    return client.get("/raad").status_code == 200


def test_password_and_code_open_the_staff_pages(client: FlaskClient, amina: Member) -> None:
    first = client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    assert (first.status_code, first.location) == (303, "/inloggen/code")
    second = client.post("/inloggen/code", data={"code": amina.code()})
    assert (second.status_code, second.location) == (303, "/raad")
    assert "Dag Amina Voorzitter" in client.get("/raad").text


def test_a_password_alone_opens_nothing(client: FlaskClient, amina: Member) -> None:
    client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    for page in ("/raad", "/raad/mensen", "/raad/goedkeuringen", "/raad/logboek"):
        answer = client.get(page)
        assert (answer.status_code, answer.location) == (303, "/inloggen")


def test_a_code_without_a_password_is_not_looked_at(client: FlaskClient, amina: Member) -> None:
    answer = client.post("/inloggen/code", data={"code": amina.code()})
    assert (answer.status_code, answer.location) == (303, "/inloggen")
    assert not is_in(client)


def test_the_code_has_to_follow_within_five_minutes(
    client: FlaskClient, amina: Member, clock: Clock
) -> None:
    client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    clock.shift(timedelta(minutes=5))
    assert client.post("/inloggen/code", data={"code": amina.code()}).location == "/inloggen"
    assert not is_in(client)


def test_a_wrong_code_is_refused(client: FlaskClient, amina: Member) -> None:
    client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    answer = client.post("/inloggen/code", data={"code": "000000"})
    assert answer.status_code == 401
    assert "Deze code klopt niet" in answer.text
    assert not is_in(client)


def test_a_code_cannot_be_used_again(app: Flask, client: FlaskClient, amina: Member) -> None:
    code = amina.code()
    assert is_in(sign_in(client, amina))
    thief = app.test_client()
    thief.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    assert thief.post("/inloggen/code", data={"code": code}).status_code == 401
    assert not is_in(thief)


def test_nothing_tells_an_unknown_address_from_a_wrong_password(
    client: FlaskClient, amina: Member
) -> None:
    shown = []
    for email in (amina.email, "niemand@example.org"):
        answer = client.post("/inloggen", data={"email": email, "password": "verkeerd"})
        assert answer.status_code == 401
        body = answer.text.replace(email, "EMAIL")
        shown.append("".join(line for line in body.splitlines() if "csrf_token" not in line))
    assert shown[0] == shown[1]


def test_too_many_wrong_passwords_have_to_wait(
    client: FlaskClient, amina: Member, clock: Clock
) -> None:
    for _ in range(5):
        client.post("/inloggen", data={"email": amina.email, "password": "verkeerd"})
    answer = client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wacht 15 minuten" in answer.text
    clock.shift(timedelta(minutes=15))
    answer = client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    assert answer.status_code == 303


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.post("/inloggen", data={})
    assert answer.text.count("Vul dit in.") >= 2


def test_the_session_gets_a_new_id_at_each_step(client: FlaskClient, amina: Member) -> None:
    client.get("/?taal=en")
    ids = [session_id(client)]
    client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    ids.append(session_id(client))
    client.post("/inloggen/code", data={"code": amina.code()})
    ids.append(session_id(client))
    assert all(ids)
    assert len(set(ids)) == 3


def test_a_session_that_was_planted_before_does_not_become_hers(
    app: Flask, client: FlaskClient, amina: Member
) -> None:
    client.get("/?taal=en")
    planted = session_id(client)
    sign_in(client, amina)
    assert is_in(client)
    assert not is_in(with_session(app, planted))


def test_a_made_up_session_id_is_never_taken_over(
    app: Flask, client: FlaskClient, amina: Member
) -> None:
    client.set_cookie("consult", "chosen-by-somebody-else")
    sign_in(client, amina)
    assert is_in(client)
    assert session_id(client) != "chosen-by-somebody-else"


def test_the_id_between_the_steps_is_of_no_use_afterwards(
    app: Flask, client: FlaskClient, amina: Member
) -> None:
    client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    between = session_id(client)
    client.post("/inloggen/code", data={"code": amina.code()})
    other = with_session(app, between)
    assert not is_in(other)
    assert other.get("/inloggen/code").location == "/inloggen"


def test_the_old_session_is_dead_after_signing_out(
    app: Flask, client: FlaskClient, amina: Member
) -> None:
    sign_in(client, amina)
    held = session_id(client)
    answer = client.post("/uitloggen")
    assert (answer.status_code, answer.location) == (303, "/inloggen")
    assert not is_in(client)
    assert not is_in(with_session(app, held))


def test_looking_at_the_way_out_signs_nobody_out(client: FlaskClient, amina: Member) -> None:
    sign_in(client, amina)
    assert client.get("/uitloggen").status_code == 405
    assert is_in(client)


def test_half_an_hour_of_rest_ends_the_session(
    client: FlaskClient, amina: Member, clock: Clock
) -> None:
    sign_in(client, amina)
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        assert is_in(client)
    clock.shift(timedelta(minutes=30))
    assert not is_in(client)


def test_eight_hours_end_the_session_however_busy(
    client: FlaskClient, amina: Member, clock: Clock
) -> None:
    sign_in(client, amina)
    for _ in range(23):
        clock.shift(timedelta(minutes=20))
        assert is_in(client)
    clock.shift(timedelta(minutes=20))
    assert not is_in(client)


def test_stopping_an_account_ends_its_sessions_at_once(
    client: FlaskClient, amina: Member, database: Database
) -> None:
    sign_in(client, amina)
    with database.write() as session:
        disable(session, Actor("somebody"), now(), amina.id)
    assert not is_in(client)


def test_a_change_of_roles_holds_at_once(
    client: FlaskClient, amina: Member, database: Database
) -> None:
    sign_in(client, amina)
    assert client.get("/raad/mensen").status_code == 200
    with database.write() as session:
        set_roles(session, amina.id, [Role.MEMBER])
    assert client.get("/raad/mensen").status_code == 403


def test_who_has_no_role_yet_gets_no_session(
    client: FlaskClient, amina: Member, database: Database
) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM staff_role")
    client.post("/inloggen", data={"email": amina.email, "password": PASSWORD})
    answer = client.post("/inloggen/code", data={"code": amina.code()})
    assert answer.location == "/inloggen/wachten"
    assert "moet uw rol nog goedkeuren" in client.get("/inloggen/wachten").text
    assert not is_in(client)


def test_a_tenants_code_is_gone_after_signing_in(client: FlaskClient, amina: Member) -> None:
    with client.session_transaction() as session:
        session["code"] = {"voter": "x"}
    sign_in(client, amina)
    with client.session_transaction() as session:
        assert "code" not in session


def test_who_is_in_need_not_sign_in_again(client: FlaskClient, amina: Member) -> None:
    sign_in(client, amina)
    assert client.get("/inloggen").location == "/raad"


def test_nothing_is_sent_without_the_forms_token(
    app: Flask, client: FlaskClient, amina: Member
) -> None:
    sign_in(client, amina)
    app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/uitloggen", "/inloggen", "/inloggen/code", "/uitnodiging/x"):
        assert client.post(path, data={}).status_code == 400
    assert is_in(client)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "null"}, 303),
    ],
)
def test_no_other_site_signs_anybody_in(
    client: FlaskClient, amina: Member, headers: dict[str, str], status: int
) -> None:
    data = {"email": amina.email, "password": PASSWORD}
    assert client.post("/inloggen", data=data, headers=headers).status_code == status
