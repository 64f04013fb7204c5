"""Answers on paper and by telephone: entered by one helper, looked at and sent by another."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing
from consult.surveys.store import envelopes
from tests.consultations import CLOSES, NOBODYS_CODE, WHILE_OPEN, Running, answer, running
from tests.every_kind import poll

HELPING = "/raad/helpen"
Staff = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return running(session, settings, people=3)


@pytest.fixture
def helper(staff: Staff) -> FlaskClient:
    return staff(Role.HELPER, name="Hanna Helper")


@pytest.fixture
def other(staff: Staff) -> FlaskClient:
    return staff(Role.HELPER, name="Piet Helper")


def begin(
    client: FlaskClient, run: Running, number: int = 0, channel: str = "paper", code: str = ""
) -> TestResponse:
    typed = code or str(run.codes[number])
    data = {"consultation": run.id, "channel": channel, "code": typed}
    return client.post(HELPING, data=data)


def enter(client: FlaskClient, run: Running, channel: str = "paper") -> TestResponse:
    """Type the code and all that stands on the paper, and hand it over."""
    begin(client, run, channel=channel)
    for question, value in (("q1", "no"), ("q2", ""), ("q3", "2"), ("q4", "Meer bomen.")):
        client.post(f"/meedoen/{run.slug}/vraag/{question}", data={"answer": value})
    return client.post(f"{HELPING}/klaar")


def check(client: FlaskClient, act: str = "send") -> TestResponse:
    page = client.get(f"{HELPING}/nakijken").text
    shown = re.search(r'name="shown" value="(\w+)"', page)
    return client.post(f"{HELPING}/nakijken", data={"act": act, "shown": shown[1] if shown else ""})


def told(client: FlaskClient, response: TestResponse) -> str:
    assert response.status_code == 303, response.text
    return html.unescape(client.get(response.location).text)


def sent(database: Database, run: Running) -> int:
    with database.read() as session:
        return envelopes.count_envelopes(session, run.id)


def events(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        rows = session.execute(text("SELECT kind, payload FROM audit_event ORDER BY number"))
        return [(row[0], str(row[1])) for row in rows if "helped" in row[0]]


@pytest.mark.parametrize("channel", ["paper", "phone"])
def test_one_helper_enters_and_another_sends(
    helper: FlaskClient, other: FlaskClient, run: Running, database: Database, channel: str
) -> None:
    assert "Dit wacht op een tweede helper" in told(helper, enter(helper, run, channel))
    assert sent(database, run) == 0
    assert "1 wacht op een tweede helper" in helper.get(HELPING).text
    assert begin(other, run).location == f"{HELPING}/nakijken"
    page = html.unescape(other.get(f"{HELPING}/nakijken").text)
    assert "Meer bomen." in page
    assert "Wijzig" not in page
    assert "De antwoorden zijn verstuurd" in told(other, check(other))
    assert sent(database, run) == 1
    with database.read() as session:
        assert envelopes.count_participants(session, run.id) == 1
    assert check(other).location == HELPING, "nothing is held any more"


def test_a_helper_fills_in_the_same_pages_and_is_told_for_whom(
    helper: FlaskClient, run: Running
) -> None:
    assert begin(helper, run).location == f"/meedoen/{run.slug}/vraag/q1"
    page = helper.get(f"/meedoen/{run.slug}/vraag/q1").text
    assert "U vult dit in voor iemand anders" in page
    assert helper.get("/raad").status_code == 200, "she stays signed in"


def test_nobody_sends_alone(helper: FlaskClient, run: Running, database: Database) -> None:
    enter(helper, run)
    again = begin(helper, run)
    assert "Een andere helper kijkt het na." in again.text
    assert helper.get(f"{HELPING}/nakijken").location == HELPING
    begin(helper, run, number=1)
    for question, value in (("q1", "no"), ("q3", "2")):
        helper.post(f"/meedoen/{run.slug}/vraag/{question}", data={"answer": value})
    page = helper.post(f"/meedoen/{run.slug}/controle")
    assert page.status_code == 200
    assert "Klaar voor de tweede helper" in page.text
    assert sent(database, run) == 0


def test_who_looks_cannot_change(
    helper: FlaskClient, other: FlaskClient, run: Running, database: Database
) -> None:
    enter(helper, run)
    begin(other, run)
    path = f"/meedoen/{run.slug}"
    for page in ("vraag/q1", "controle"):
        assert other.get(f"{path}/{page}").location == path
        assert other.post(f"{path}/{page}", data={"answer": "yes"}).location == path
    assert other.post(f"{HELPING}/klaar").location == HELPING
    assert sent(database, run) == 0


def test_what_changed_since_it_was_looked_at_is_not_sent(
    helper: FlaskClient, other: FlaskClient, app: Flask, run: Running, database: Database
) -> None:
    enter(helper, run)
    begin(other, run)
    page = other.get(f"{HELPING}/nakijken").text
    shown = re.search(r'name="shown" value="(\w+)"', page)
    assert shown is not None
    tenant = app.test_client()
    tenant.post(f"/meedoen/{run.slug}", data={"code": str(run.codes[0])})
    tenant.post(f"/meedoen/{run.slug}/vraag/q1", data={"answer": "yes"})
    told = other.post(f"{HELPING}/nakijken", data={"act": "send", "shown": shown[1]})
    assert "Er is iets veranderd." in told.text
    assert sent(database, run) == 0


def test_what_is_wrong_goes_back_and_may_be_entered_anew(
    helper: FlaskClient, other: FlaskClient, run: Running, database: Database
) -> None:
    enter(helper, run)
    begin(other, run)
    assert "Dit gaat terug" in told(other, check(other, "back"))
    assert begin(helper, run).status_code == 303
    page = helper.get(f"/meedoen/{run.slug}/vraag/q4").text
    assert "Meer bomen." in page
    helper.post(f"/meedoen/{run.slug}/vraag/q4", data={"answer": "Minder bomen."})
    assert "Dit wacht op een tweede helper" in told(helper, helper.post(f"{HELPING}/klaar"))
    begin(other, run)
    assert "Minder bomen." in other.get(f"{HELPING}/nakijken").text
    check(other)
    assert sent(database, run) == 1


def test_handing_over_twice_is_handing_over_once(
    helper: FlaskClient, run: Running, database: Database
) -> None:
    enter(helper, run)
    assert helper.post(f"{HELPING}/klaar").location == HELPING
    assert [kind for kind, _ in events(database)] == ["surveys.helped_entered"]


def test_what_is_not_finished_is_not_handed_over(helper: FlaskClient, run: Running) -> None:
    begin(helper, run)
    answered = helper.post(f"{HELPING}/klaar")
    assert answered.location == f"/meedoen/{run.slug}/controle?mist=1"
    assert "Geef een antwoord op deze vraag." in helper.get(answered.location).text


def test_who_answered_herself_is_not_answered_for(
    helper: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        answer(session, settings, run, run.codes[0])
    assert "Deze persoon heeft al geantwoord." in begin(helper, run).text
    assert sent(database, run) == 1


def test_who_answers_herself_meanwhile_has_the_word(
    helper: FlaskClient, other: FlaskClient, run: Running, database: Database, settings: Settings
) -> None:
    enter(helper, run)
    begin(other, run)
    with database.write() as session:
        answer(session, settings, run, run.codes[0])
    assert "Deze persoon heeft al geantwoord." in check(other).text
    assert "Deze persoon heeft al geantwoord." in check(other, "back").text


def test_what_she_sends_herself_waits_for_nobody(
    helper: FlaskClient, app: Flask, run: Running, database: Database
) -> None:
    enter(helper, run)
    tenant = app.test_client()
    tenant.post(f"/meedoen/{run.slug}", data={"code": str(run.codes[0])})
    assert "bedankt" in (tenant.post(f"/meedoen/{run.slug}/controle").location or "")
    assert "wacht op een tweede" not in helper.get(HELPING).text
    assert sent(database, run) == 1


def test_after_closing_nothing_is_handed_over_or_sent(
    helper: FlaskClient, other: FlaskClient, run: Running, database: Database
) -> None:
    enter(helper, run)
    begin(other, run)
    begin(helper, run, number=1)
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    late = other.post(f"{HELPING}/nakijken", data={"act": "send", "shown": "0" * 64})
    assert "Dit is niet verstuurd" in told(other, late)
    assert "Dit is niet verstuurd" in told(helper, helper.post(f"{HELPING}/klaar"))
    assert sent(database, run) == 0
    assert "Er is nu geen raadpleging open." in helper.get(HELPING).text


def test_wrong_codes_of_helpers_have_to_wait_too(helper: FlaskClient, run: Running) -> None:
    for _ in range(10):
        assert "Wij kennen deze code niet." in begin(helper, run, code=NOBODYS_CODE).text
    assert "Wacht 10 minuten" in begin(helper, run).text


@pytest.mark.parametrize(("channel", "known"), [("", True), ("web", True), ("paper", False)])
def test_a_consultation_and_how_it_came_in_have_to_be_chosen(
    helper: FlaskClient, run: Running, channel: str, known: bool
) -> None:
    consultation = run.id if known else "x"
    data = {"consultation": consultation, "channel": channel, "code": str(run.codes[0])}
    page = helper.post(HELPING, data=data)
    assert "Kies de raadpleging, en papier of telefoon." in page.text
    assert str(run.codes[0]) not in page.text


def test_a_poll_has_no_helpers(helper: FlaskClient, database: Database, settings: Settings) -> None:
    with database.write() as session:
        poll(session, settings)
    assert "Er is nu geen raadpleging open." in helper.get(HELPING).text


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.HELPER])
def test_only_helpers_help(staff: Staff, role: Role) -> None:
    client = staff(role)
    for page in ("", "/nakijken"):
        assert client.get(HELPING + page).status_code == 403


def test_the_log_tells_who_helped_and_never_whom(
    helper: FlaskClient, other: FlaskClient, run: Running, database: Database
) -> None:
    enter(helper, run)
    begin(other, run)
    check(other, "back")
    enter(helper, run, "phone")
    begin(other, run)
    check(other)
    found = events(database)
    assert [kind.removeprefix("surveys.helped_") for kind, _ in found] == [
        "entered",
        "returned",
        "entered",
        "sent",
    ]
    for _, payload in found:
        assert set(re.findall(r'"(\w+)":', payload)) == {"consultation", "channel"}
