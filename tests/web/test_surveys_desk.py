"""The secretary's way from a new consultation to its publication, and who may do what."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing
from consult.surveys.core.consultation import Consultation
from consult.surveys.store import consultations
from tests.consultations import (
    AFTER,
    CLOSES,
    OPENS,
    PREPARED,
    WHILE_OPEN,
    Running,
    answer,
    drafted,
    estate,
    running,
    unsealed,
    with_key,
)

Staff = Callable[..., FlaskClient]
PLAN = {
    "title": "Groen in uw buurt",
    "intro": "Wij willen weten wat u vindt.",
    "reference_date": "2026-10-01",
    "opens_at": "2026-11-09T09:00",
    "closes_at": "2026-11-30T23:59",
}


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with time_machine.travel(PREPARED, tick=False):
        yield


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def only(database: Database) -> Consultation:
    with database.read() as session:
        [found] = consultations.every(session)
    return found


def answered(database: Database, settings: Settings, people: int = 30) -> Running:
    with database.write() as session:
        run = running(session, settings, people + 5)
        for code in run.codes[:people]:
            answer(session, settings, run, code)
    return run


def test_a_draft_is_made_and_its_plan_changed(staff: Staff, database: Database) -> None:
    secretary = staff(Role.SECRETARY)
    made = secretary.post("/raad/raadplegingen/nieuw", data=PLAN)
    assert made.status_code == 303
    assert (only(database).opens_at, only(database).closes_at) == (OPENS, CLOSES)
    page = secretary.get(f"{made.location}/plan").text
    assert 'value="2026-11-09T09:00"' in page
    secretary.post(f"{made.location}/plan", data={**PLAN, "title": "Water"})
    assert only(database).title == "Water"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Vul een titel in."),
        ("title", "x" * 121, "Er passen 120 tekens in."),
        ("reference_date", "", "Vul dit in."),
        ("closes_at", "2026-11-09T09:00", "Het einde moet na het begin liggen."),
        ("opens_at", "2027-03-28T02:30", "Die tijd bestaat niet"),
        ("opens_at", "2026-10-25T02:30", "Die tijd komt twee keer"),
    ],
)
def test_a_plan_that_cannot_be_is_told_at_the_field(
    staff: Staff, database: Database, field: str, value: str, words: str
) -> None:
    page = staff(Role.SECRETARY).post("/raad/raadplegingen/nieuw", data={**PLAN, field: value}).text
    assert page.count(words) == 2
    assert f'href="#{field}"' in page
    with database.read() as session:
        assert consultations.every(session) == []


QUESTIONS = {
    "one": {"text": "Is er groen?", "options": "Ja\nNee\n\n", "required": "y"},
    "several": {"text": "Wat mist u?", "options": "Bomen\nWater\nGras", "most": "2"},
    "scale": {"text": "Tevreden?", "steps": "5", "low": "Niet", "high": "Heel", "required": "y"},
    "text": {"text": "Wat nog meer?", "limit": "300"},
}


def test_questions_of_each_kind_are_added_changed_moved_and_dropped(
    staff: Staff, database: Database
) -> None:
    secretary = staff(Role.SECRETARY)
    with database.write() as session:
        made = drafted(session)
        for question in ("q1", "q2", "q3", "q4"):
            asked = consultations.get(session, made)
            assert asked is not None
            consultations.change(session, made, questions=asked.questions.drop(question))
    base = f"/raad/raadplegingen/{made}/vragen"
    assert "Er zijn nog geen vragen." in secretary.get(base).text
    for kind, data in QUESTIONS.items():
        assert secretary.get(f"{base}/nieuw/{kind}").status_code == 200
        assert secretary.post(f"{base}/nieuw/{kind}", data=data).location == base
    asked = only(database).questions
    assert [q.kind for q in asked.questions] == ["one", "several", "scale", "text"]
    assert [q.required for q in asked.questions] == [True, False, True, False]
    first, second = asked.questions[0].id, asked.questions[1].id
    assert "Ja\nNee" in secretary.get(f"{base}/{first}").text
    secretary.post(f"{base}/{first}", data={**QUESTIONS["one"], "text": "Is er genoeg groen?"})
    secretary.post(f"{base}/{first}/schikken", data={"act": "down"})
    secretary.post(f"{base}/{second}/schikken", data={"act": "drop"})
    kept = only(database).questions.questions
    assert [q.text for q in kept] == ["Is er genoeg groen?", "Tevreden?", "Wat nog meer?"]


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("one", {"text": ""}, "text"),
        ("one", {"options": "Ja"}, "options"),
        ("several", {"most": "9"}, "most"),
        ("several", {"most": "veel"}, "most"),
        ("scale", {"steps": "2"}, "steps"),
        ("scale", {"low": ""}, "low"),
        ("text", {"limit": "0"}, "limit"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_at_the_field(
    staff: Staff, database: Database, kind: str, change: dict[str, str], field: str
) -> None:
    with database.write() as session:
        made = drafted(session)
    page = staff(Role.SECRETARY).post(
        f"/raad/raadplegingen/{made}/vragen/nieuw/{kind}", data={**QUESTIONS[kind], **change}
    )
    assert page.status_code == 200
    assert f'href="#{field}"' in page.text
    assert len(only(database).questions) == 4


def test_an_unknown_kind_and_an_unknown_question_are_not_found(
    staff: Staff, database: Database
) -> None:
    with database.write() as session:
        made = drafted(session)
    secretary = staff(Role.SECRETARY)
    for path in ("nieuw/anders", "niets"):
        assert secretary.get(f"/raad/raadplegingen/{made}/vragen/{path}").status_code == 404


def test_a_key_is_downloaded_once_and_proved(staff: Staff, database: Database) -> None:
    secretary = staff(Role.SECRETARY)
    with database.write() as session:
        made = drafted(session)
    page = f"/raad/raadplegingen/{made}/sleutel"
    file = secretary.post(f"{page}/maken")
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert b"private_key" in file.data
    assert "private_key" not in secretary.get(page).text
    wrong = secretary.post(page, data={"file": (BytesIO(b"{}"), "x.json")})
    assert "Dit is geen sleutelbestand." in wrong.text
    none = secretary.post(page)
    assert "Dit is geen sleutelbestand." in none.text
    assert only(database).key_proved_at is None
    secretary.post(page, data={"file": (BytesIO(file.data), "sleutel.json")})
    assert only(database).key_proved_at == PREPARED
    assert "De sleutel past" in secretary.get(page).text


def test_it_opens_only_when_the_list_is_done(staff: Staff, database: Database) -> None:
    secretary = staff(Role.SECRETARY)
    with database.write() as session:
        estate(session, 3)
        bare, (ready, _) = drafted(session), with_key(session)
    page = secretary.get(f"/raad/raadplegingen/{bare}/openen").text
    assert "Er is nog geen sleutel gemaakt." in page
    refused = secretary.post(f"/raad/raadplegingen/{bare}/openen")
    assert refused.status_code == 409
    assert "Alles is klaar." in secretary.get(f"/raad/raadplegingen/{ready}/openen").text
    opened = secretary.post(f"/raad/raadplegingen/{ready}/openen")
    assert opened.location == f"/raad/raadplegingen/{ready}"
    assert "gaat nog open" in secretary.get(opened.location).text


def test_the_registrar_gets_the_letters_once(staff: Staff, database: Database) -> None:
    secretary, registrar = staff(Role.SECRETARY), staff(Role.REGISTRAR)
    with database.write() as session:
        estate(session, 3)
        made, _ = with_key(session)
    page = f"/raad/raadplegingen/{made}/brieven"
    assert registrar.post(page).status_code == 409
    secretary.post(f"/raad/raadplegingen/{made}/openen")
    registrar.head(page)
    assert "Dit kan maar één keer." in registrar.get(page).text
    letters = registrar.post(page).text
    codes = re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", letters)
    assert len(set(codes)) == 3
    assert "De brieven zijn gemaakt" in registrar.get(page).text
    again = registrar.post(page)
    assert again.status_code == 409
    assert not set(codes) & set(re.findall(r"\d{4}-\d{4}-\d{4}-\d{4}", again.text))
    with at(WHILE_OPEN):
        entered = registrar.application.test_client().post("/meedoen", data={"code": codes[0]})
    assert entered.status_code == 303


def test_while_it_is_open_only_a_coarse_number_is_shown(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings, 17)
    with at(WHILE_OPEN):
        clients = [staff(role) for role in (Role.SECRETARY, Role.FACILITATOR, Role.OBSERVER)]
        for client in clients:
            assert "minder dan 10" in client.get(f"/raad/raadplegingen/{run.id}").text
        with database.write() as session:
            closing.pass_time(session, WHILE_OPEN, WHILE_OPEN.date())
        for client in clients:
            page = client.get(f"/raad/raadplegingen/{run.id}").text
            assert "ongeveer 10" in page
            assert ">17<" not in page


def test_before_opening_the_seals_there_are_no_results(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings)
    with at(WHILE_OPEN):
        secretary = staff(Role.SECRETARY)
        base = f"/raad/raadplegingen/{run.id}"
        assert secretary.get(f"{base}/uitslag").status_code == 409
        assert secretary.get(f"{base}/publiceren").status_code == 409
        refused = secretary.post(
            f"{base}/zegels", data={"file": (BytesIO(run.key_file), "sleutel.json")}
        )
        assert refused.status_code == 409
        assert "nog niet gesloten" in secretary.get(f"{base}/zegels").text


def test_from_closing_to_publication(
    app: Flask, staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings)
    base = f"/raad/raadplegingen/{run.id}"
    with at(AFTER):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        wrong = secretary.post(f"{base}/zegels", data={"file": (BytesIO(b"{}"), "x")})
        assert "Dit is geen sleutelbestand." in wrong.text
        opened = secretary.post(
            f"{base}/zegels", data={"file": (BytesIO(run.key_file), "sleutel.json")}
        )
        assert opened.location == f"{base}/uitslag"
        page = member.get(f"{base}/uitslag").text
        assert "30 mensen deden mee" in page
        assert "Meer bomen graag." not in page
        assert "Meer bomen graag." in secretary.get(f"{base}/teksten/q4").text
        assert member.get(f"{base}/teksten/q4").status_code == 403
        empty = secretary.post(f"{base}/terugkoppeling", data={"heard": "Bomen.", "will_do": ""})
        assert "Vertel wat de raad gaat doen." in empty.text
        secretary.post(f"{base}/terugkoppeling", data={"heard": "Bomen.", "will_do": "Planten."})
        assert "Bomen." in secretary.get(f"{base}/terugkoppeling").text
        assert member.post(f"{base}/publiceren", data={"act": "approve"}).status_code == 409
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        assert secretary.post(f"{base}/publiceren", data={"act": "approve"}).status_code == 409
        assert "Keur goed" in member.get(f"{base}/publiceren").text
        agree(member, base)
        public = app.test_client().get(f"/uitslagen/raadpleging-{run.slug}").text
        assert "Wat wij gaan doen" in public
        assert "Planten." in public
        assert "Dit staat op de website" in member.get(f"{base}/publiceren").text


def test_nobody_agrees_on_another_text_than_she_was_shown(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings)
    base = f"/raad/raadplegingen/{run.id}"
    with database.write() as session:
        unsealed(session, run)
    with at(AFTER):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        secretary.post(f"{base}/terugkoppeling", data={"heard": "Bomen.", "will_do": "Planten."})
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        before = shown(member, base)
        secretary.post(f"{base}/terugkoppeling", data={"heard": "Auto’s.", "will_do": "Niets."})
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        late = member.post(f"{base}/publiceren", data={"act": "approve", "shown": before})
        assert late.status_code == 409
        assert "veranderd" in late.text
        assert member.post(f"{base}/publiceren", data={"act": "approve"}).status_code == 409
        assert agree(member, base).status_code == 303


def shown(client: FlaskClient, base: str) -> str:
    """What the page says that it shows."""
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', client.get(f"{base}/publiceren").text)
    assert found is not None
    return found[1]


def agree(client: FlaskClient, base: str) -> TestResponse:
    """Agree on what the page shows."""
    data = {"act": "approve", "shown": shown(client, base)}
    return client.post(f"{base}/publiceren", data=data)


def test_results_of_few_people_are_not_shown_to_anybody(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings, 9)
    with database.write() as session:
        unsealed(session, run)
    with at(AFTER):
        page = staff(Role.SECRETARY).get(f"/raad/raadplegingen/{run.id}/uitslag").text
    assert "Minder dan 10 mensen deden mee" in page
    assert "genoeg groen" not in page


ALL = frozenset(Role)
DESK = ALL - {Role.SELECTION}
READS = {Role.SECRETARY, Role.CHAIR, Role.MEMBER}
PAGES: dict[str, frozenset[Role] | set[Role]] = {
    "": DESK,
    "/vragen": {Role.SECRETARY},
    "/vragen/nieuw/one": {Role.SECRETARY},
    "/sleutel": {Role.SECRETARY},
    "/openen": {Role.SECRETARY},
    "/brieven": {Role.REGISTRAR},
    "/zegels": {Role.SECRETARY},
    "/uitslag": READS,
    "/teksten": READS,
    "/teksten/q4": {Role.SECRETARY},
    "/terugkoppeling": {Role.SECRETARY},
    "/publiceren": READS,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_pages_and_no_others(
    staff: Staff, database: Database, settings: Settings, role: Role
) -> None:
    run = answered(database, settings, 12)
    with database.write() as session:
        unsealed(session, run)
        consultations.change(session, run.id, heard="Bomen.", will_do="Planten.")
    with at(AFTER):
        client = staff(role)
        for page, roles in PAGES.items():
            status = client.get(f"/raad/raadplegingen/{run.id}{page}").status_code
            assert (page, status) == (page, 200 if role in roles else 403)


def test_an_unknown_consultation_is_told_in_words(staff: Staff) -> None:
    page = staff(Role.SECRETARY).get("/raad/raadplegingen/niets")
    assert page.status_code == 409
    assert "Wij kennen deze raadpleging niet." in page.text


def test_a_consultation_that_has_reached_its_end_is_closed_when_somebody_looks(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings, 3)
    with at(AFTER):
        page = staff(Role.SECRETARY).get(f"/raad/raadplegingen/{run.id}").text
    assert "gesloten" in page
    assert only(database).closed_at == CLOSES
