"""What each mode promises, word for word, and open polls (security D1)."""

import html
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import ROOT, Settings
from consult.db.session import Database
from consult.surveys.actions.answering import POLLS_ALTOGETHER, POLLS_PER_NETWORK
from consult.surveys.store import envelopes
from tests.consultations import CLOSES, WHILE_OPEN, Running, running
from tests.every_kind import of_every_kind, poll

Staff = Callable[..., FlaskClient]

CONFIDENTIAL = """\
Uw antwoorden zijn vertrouwelijk
Na het versturen gaan uw antwoorden op slot. De raad opent ze pas na de sluiting.
Uw naam en adres gaan niet mee. Wij noteren apart dát u meedeed.
Op de website laten wij groepen van minder dan 10 mensen nooit zien."""
ALONG = (
    "Dit gaat wel mee: of u huurder, koper of ondernemer bent, uw leeftijdsgroep, uw wijk. "
    "U ziet het voordat u verstuurt."
)
POLL = """\
Iedereen kan meedoen
De uitkomst zegt alleen iets over wie meedeed.
Wij vragen geen naam en geen code. Dus zien wij niet of iemand vaker meedoet.
Na het versturen gaan uw antwoorden op slot. De raad opent ze pas na de sluiting.
Op de website laten wij groepen van minder dan 10 mensen nooit zien."""


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def asked(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return poll(session, settings)


def promise(client: FlaskClient, run: Running) -> str:
    """The words about what becomes of answers."""
    page = client.get(f"/meedoen/{run.slug}").text
    part = re.search(r"(<h2>(?:Uw antwoorden zijn|Iedereen).*?</ul>)", page, re.DOTALL)
    assert part is not None
    lines = html.unescape(re.sub(r"<[^>]*>", "", part[1])).splitlines()
    return "\n".join(line for line in lines if line.strip())


def begin(client: FlaskClient, run: Running) -> str | None:
    return client.post(f"/meedoen/{run.slug}").location


def test_a_confidential_consultation_promises_this_and_no_more(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, 3)
    assert promise(client, run) == CONFIDENTIAL


def test_it_tells_beforehand_what_goes_along(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = of_every_kind(session, settings)
    lines = CONFIDENTIAL.splitlines()
    assert promise(client, run) == "\n".join([*lines[:3], ALONG, *lines[3:]])


def test_an_open_poll_promises_this_and_no_more(client: FlaskClient, asked: Running) -> None:
    assert promise(client, asked) == POLL


@pytest.mark.parametrize("folder", ["answering", "helping"])
def test_nothing_is_ever_called_anonymous(folder: str) -> None:
    pages = list((ROOT / "templates" / "surveys" / folder).glob("*.html"))
    assert pages
    assert [one.name for one in pages if "noniem" in one.read_text(encoding="utf-8")] == []


def test_whoever_comes_by_fills_in_an_open_poll_without_a_code(
    client: FlaskClient, asked: Running, database: Database
) -> None:
    path = f"/meedoen/{asked.slug}"
    page = client.get(path).text
    assert 'name="code"' not in page
    assert "Later verdergaan kan hier niet." in page
    assert begin(client, asked) == f"{path}/vraag/q1"
    shown = client.get(f"{path}/vraag/q1").text
    assert "Daarna begint u opnieuw." in shown
    client.post(f"{path}/vraag/q1", data={"answer": "no"})
    client.post(f"{path}/vraag/q3", data={"answer": "2"})
    check = client.get(f"{path}/controle").text
    assert "De uitkomst zegt alleen iets over wie meedeed." in check
    assert "Met uw antwoorden gaat niets anders mee." in check
    assert client.post(f"{path}/controle").location == f"{path}/bedankt"
    assert "Vul dan uw code" not in client.get(f"{path}/bedankt").text
    with database.read() as session:
        assert envelopes.count_envelopes(session, asked.id) == 1
        assert envelopes.participants(session, asked.id) == frozenset()


def test_one_browser_sends_once_and_another_sends_besides(
    client: FlaskClient, app: Flask, asked: Running, database: Database
) -> None:
    path = f"/meedoen/{asked.slug}"
    for one in (client, app.test_client()):
        begin(one, asked)
        one.post(f"{path}/vraag/q1", data={"answer": "no"})
        one.post(f"{path}/vraag/q3", data={"answer": "2"})
        for _ in range(3):
            assert one.post(f"{path}/controle").location == f"{path}/bedankt"
        assert begin(one, asked) == f"{path}/bedankt"
    with database.read() as session:
        assert envelopes.count_envelopes(session, asked.id) == 2


def test_a_poll_among_others_is_listed_without_asking_for_a_code(
    client: FlaskClient, asked: Running
) -> None:
    page = client.get("/meedoen").text
    assert "zonder code" in page
    assert 'name="code"' not in page


def test_a_network_begins_a_poll_so_often_and_no_more(
    app: Flask, asked: Running, database: Database
) -> None:
    for _ in range(POLLS_PER_NETWORK):
        assert begin(app.test_client(), asked) is not None
    client = app.test_client()
    page = client.post(f"/meedoen/{asked.slug}").text
    assert "Het is nu te druk." in page
    elsewhere = client.post(f"/meedoen/{asked.slug}", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert elsewhere.status_code == 303


def test_all_networks_together_begin_a_poll_so_often_and_no_more(
    client: FlaskClient, asked: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert POLLS_ALTOGETHER > POLLS_PER_NETWORK
    monkeypatch.setattr("consult.surveys.actions.answering.POLLS_ALTOGETHER", 1)
    assert begin(client, asked) is not None
    page = client.post(f"/meedoen/{asked.slug}", environ_base={"REMOTE_ADDR": "192.0.2.1"}).text
    assert "Het is nu te druk." in page


def test_a_poll_that_is_closed_is_not_begun(client: FlaskClient, asked: Running) -> None:
    with time_machine.travel(CLOSES, tick=False):
        page = client.post(f"/meedoen/{asked.slug}")
        assert page.status_code == 200
        assert "is gesloten" in page.text


def test_the_desk_of_a_poll_has_no_step_that_a_poll_has_not(staff: Staff, asked: Running) -> None:
    page = staff(Role.SECRETARY).get(f"/raad/raadplegingen/{asked.id}").text
    assert "Open peiling" in page
    assert "Brieven met codes" not in page
    assert "Wie deden mee?" not in page


def test_the_desk_of_a_confidential_consultation_has_letters_and_a_report(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings)
    page = staff(Role.SECRETARY).get(f"/raad/raadplegingen/{run.id}").text
    assert "Vertrouwelijk: op uitnodiging, met een code" in page
    assert "Brieven met codes" in page
    assert "Wie deden mee?" in page
