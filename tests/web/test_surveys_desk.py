"""The secretary's way from a new consultation to its publication, and who may do what."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Consultation, Mode, Stratum
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
from tests.every_kind import poll

Staff = Callable[..., FlaskClient]
PLAN: dict[str, str | list[str]] = {
    "title-nl": "Groen in uw buurt",
    "intro-nl": "Wij willen weten wat u vindt.",
    "mode": "confidential",
    "languages": ["tr", "ar"],
    "with_kind": "along",
    "with_age": "group",
    "with_neighbourhood": "no",
    "expected_response": "15",
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
    drafted = only(database)
    assert (drafted.mode, drafted.languages) == (Mode.CONFIDENTIAL, ("nl", "tr", "ar"))
    assert (drafted.strata, drafted.groups) == ((Stratum.KIND, Stratum.AGE), (Stratum.AGE,))
    assert drafted.expected_response == 15
    assert re.search(r'name="title-ar"[^>]* lang="ar" dir="rtl"', page)
    assert re.search(r'value="group" selected', page)
    change = {**PLAN, "title-nl": "Water", "title-ar": "ماء", "mode": "poll"}
    secretary.post(f"{made.location}/plan", data=change)
    assert only(database).title.as_dict() == {"nl": "Water", "ar": "ماء"}
    assert only(database).mode is Mode.POLL


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title-nl", "", "Vul een titel in."),
        ("title-nl", "x" * 121, "Er passen 120 tekens in."),
        ("reference_date", "", "Vul dit in."),
        ("closes_at", "2026-11-09T09:00", "Het einde moet na het begin liggen."),
        ("opens_at", "2027-03-28T02:30", "Die tijd bestaat niet"),
        ("opens_at", "2026-10-25T02:30", "Die tijd komt twee keer"),
        ("expected_response", "0", "Vul een getal in van 1 tot en met 100."),
    ],
)
def test_a_plan_that_cannot_be_is_told_at_the_field(
    staff: Staff, database: Database, field: str, value: str, words: str
) -> None:
    page = staff(Role.SECRETARY).post("/raad/raadplegingen/nieuw", data={**PLAN, field: value}).text
    assert page.count(words) == 2
    assert f'href="#{field.removesuffix("-nl")}"' in page
    with database.read() as session:
        assert consultations.every(session) == []


def test_it_opens_only_when_the_list_is_done(staff: Staff, database: Database) -> None:
    secretary = staff(Role.SECRETARY)
    with database.write() as session:
        estate(session, 3)
        bare, (ready, _) = drafted(session), with_key(session)
    page = secretary.get(f"/raad/raadplegingen/{bare}/openen").text
    assert "Er zijn nog geen 2 mensen met een sleutel." in page
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


def test_an_open_poll_asks_for_no_letters_and_leads_to_its_public_page(
    staff: Staff, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = poll(session, settings)
    with at(WHILE_OPEN):
        page = staff(Role.SECRETARY).get(f"/raad/raadplegingen/{run.id}").text
    assert f'href="/raadplegingen/{run.slug}"' in page
    for foreign in ("Peildatum", "Brieven met codes", "Wie deden mee?"):
        assert foreign not in page


def test_before_opening_the_seals_there_are_no_results(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = answered(database, settings)
    with at(WHILE_OPEN):
        secretary = staff(Role.SECRETARY)
        base = f"/raad/raadplegingen/{run.id}"
        assert secretary.get(f"{base}/uitslag").status_code == 409
        assert secretary.get(f"{base}/publiceren").status_code == 409


ALL = frozenset(Role)
DESK = ALL - {Role.SELECTION, Role.HELPER}
READS = {Role.SECRETARY, Role.CHAIR, Role.MEMBER}
PAGES: dict[str, frozenset[Role] | set[Role]] = {
    "": DESK,
    "/vragen": {Role.SECRETARY},
    "/vragen.json": READS,
    "/nieuwe-vraag/one": {Role.SECRETARY},
    "/delen/nieuw": {Role.SECRETARY},
    "/delen/s1/bewerken": {Role.SECRETARY},
    "/woorden": {Role.SECRETARY},
    "/vertalingen": {Role.SECRETARY},
    "/versies": READS,
    "/versies/1": READS,
    "/kaart": READS,
    "/voorlezen": READS,
    "/inlezen": {Role.SECRETARY},
    "/kopie": {Role.SECRETARY},
    "/sleutel": READS,
    "/openen": {Role.SECRETARY},
    "/brieven": {Role.REGISTRAR},
    "/zegels": READS,
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
        consultations.change(session, run.id, heard=words("Bomen."), will_do=words("Planten."))
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
