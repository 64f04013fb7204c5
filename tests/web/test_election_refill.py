"""Filling an empty seat over the web: who may, what the page says, what anybody can download."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import vacancy
from consult.elections.core.recount import read
from tests import elections as story
from tests.db.test_refill import (
    ANNA,
    BILAL,
    CORA,
    DAAN,
    DAY,
    LATER,
    elected,
    ids,
    leaves,
    sitting,
)
from tests.elections import PLAN, Running
from tests.web.election_desk import DESK, Staff, agree, at, errors, words


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    made = elected(database, settings)
    with database.write() as session:
        leaves(session, BILAL)
    return made


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with at(LATER):
        yield


def page(run: Running) -> str:
    return f"{DESK}/{run.id}/opvolging"


def fill_in(client: FlaskClient, database: Database, run: Running, *names: str, **more: str):  # type: ignore[no-untyped-def]
    with database.read() as session:
        known = ids(session, run)
    data = {"act": "fill_in", "start": DAY.isoformat(), **more}
    return client.post(page(run), data={**data, "available": [known[name] for name in names]})


def test_secretary_and_chair_fill_a_seat_and_anybody_can_read_how(
    client: FlaskClient, database: Database, staff: Staff, run: Running
) -> None:
    secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
    assert "Lege plaatsen vullen" in words(secretary.get(f"{DESK}/{run.id}").text)
    first = words(secretary.get(page(run)).text)
    assert "Plaatsen die leeg zijn 1" in first
    assert DAAN in first
    assert CORA not in first
    assert fill_in(secretary, database, run, DAAN).status_code == 303
    shown = words(secretary.get(page(run)).text)
    assert f"Nieuw in het bestuur vanaf 1 februari 2027: {DAAN}" in shown
    assert f"{DAAN} kreeg 0 stemmen en is gekozen." in shown
    with database.read() as session:
        sheet = vacancy.vacancy(session, run.id, LATER).sheet
    assert sheet is not None
    files = f"/verkiezing/{run.uuid}/opvolging/{sheet.id}"
    assert client.get(f"{files}/telling.json").status_code == 409
    secretary.post(page(run), data={"act": "propose"})
    assert "Een lege plaats in het bestuur vullen" in chair.get("/raad/goedkeuringen").text
    assert agree(chair, page(run)).status_code == 303
    with database.read() as session:
        assert DAAN in sitting(session)
    read(client.get(f"{files}/telling.json").data)
    assert DAAN not in client.get(f"{files}/proces-verbaal.jsonl").text
    public = client.get(f"/uitslagen/verkiezing-{run.uuid.lower()}-{sheet.id}").text
    assert "Nieuwe leden op een lege plaats" in public
    assert DAAN in public
    log = words(secretary.get("/raad/logboek").text)
    assert "Lege plaats in het bestuur gevuld" in log
    assert "Ingevuld wie er nog in het bestuur wil" in log


def test_the_proposer_alone_fills_nothing(database: Database, staff: Staff, run: Running) -> None:
    secretary = staff(Role.SECRETARY)
    fill_in(secretary, database, run, DAAN)
    secretary.post(page(run), data={"act": "propose"})
    assert agree(secretary, page(run)).status_code == 200
    with database.read() as session:
        assert DAAN not in sitting(session)


def test_what_is_wrong_is_told_at_its_field(database: Database, staff: Staff, run: Running) -> None:
    secretary = staff(Role.SECRETARY)
    wrong = fill_in(secretary, database, run, DAAN, start="")
    assert errors(wrong.text) == [("start", "Eerste dag in het bestuur: Vul dit in.")]
    early = fill_in(secretary, database, run, DAAN, start=PLAN.seats_from.isoformat())
    assert errors(early.text) == [
        ("start", "Kies een dag vanaf 1 februari 2027 en voor 1 januari 2031.")
    ]
    nobody = secretary.post(page(run), data={"act": "propose"})
    assert errors(nobody.text) == [("", "Vul eerst in wie er nog in het bestuur wil.")]


def test_equal_votes_ask_for_a_draw_on_the_page(
    database: Database, staff: Staff, settings: Settings
) -> None:
    made = elected(database, settings, [(ANNA, BILAL), (ANNA, CORA), (BILAL, DAAN)], max_board=2)
    with database.write() as session:
        leaves(session, ANNA)
        known = ids(session, made)
    secretary = staff(Role.SECRETARY)
    fill_in(secretary, database, made, CORA, DAAN)
    shown = words(secretary.get(page(made)).text)
    assert "kregen evenveel stemmen" in shown
    assert f"Plaats van {CORA}" in shown
    twice = {known[CORA]: "1", known[DAAN]: "1", "act": "enter"}
    assert errors(secretary.post(page(made), data=twice).text) == [
        ("", "Geef elke kandidaat een eigen plaats.")
    ]
    order = {known[CORA]: "2", known[DAAN]: "1", "act": "enter"}
    assert secretary.post(page(made), data=order).status_code == 303
    assert f"Nieuw in het bestuur vanaf 1 februari 2027: {DAAN}" in words(
        secretary.get(page(made)).text
    )


@pytest.mark.parametrize(
    "role", [Role.FACILITATOR, Role.REGISTRAR, Role.OBSERVER, Role.MEMBER, Role.SELECTION]
)
def test_nobody_else_sees_the_page(staff: Staff, run: Running, role: Role) -> None:
    assert staff(role).get(page(run)).status_code == 403


def test_before_publication_there_is_nothing_to_fill(
    database: Database, staff: Staff, settings: Settings
) -> None:
    with database.write() as session:
        other = story.running(session, settings)
    assert staff(Role.SECRETARY).get(page(other)).status_code == 409
