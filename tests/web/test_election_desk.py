"""Preparing an election at the desk: each refusal stands at the field that it is about."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from consult.actor import Role
from consult.config import Settings
from consult.council.core.agreement import Ties
from consult.db.session import Database
from consult.elections.store import elections as store
from consult.elections.store import people
from tests import elections as story
from tests.consultations import PREPARED, estate
from tests.elections import AFTER, NAMES, Running
from tests.rules import adopted, file, two
from tests.web.election_desk import DESK, PLAN, Staff, at, errors


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with at(PREPARED):
        yield


@pytest.fixture
def draft(database: Database) -> str:
    with database.write() as session:
        return story.drafted(session)


@pytest.fixture
def ready(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return story.ready(session, settings)


# The plan


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "Vul dit in."),
        ("title", "  ", "Vul dit in."),
        ("title", "x" * 121, "Maak dit korter. Er passen 120 tekens in."),
        ("profile", " ", "Vul dit in."),
        ("max_board", "14", "Kies een getal van 1 tot en met 13."),
        ("max_choices", "4", "Kies een getal van 1 tot het aantal leden van het bestuur."),
        ("max_choices", "", "Vul dit in."),
        ("reference_date", "2026-11-10", "De peildatum mag niet na het begin"),
        ("opens_at", "2027-03-28T02:30", "Die tijd bestaat niet"),
        ("opens_at", "2026-10-25T02:30", "Die tijd komt twee keer"),
        ("closes_at", "2026-11-09T09:00", "Het einde moet na het begin liggen."),
        ("closes_at", "2026-10-31T09:00", "Het einde moet na het begin liggen."),
        ("seats_from", "2026-11-29", "Kies een dag na het einde van het stemmen."),
        ("seats_until", "2027-01-01", "Kies een dag na het begin."),
        ("seats_until", "2031-01-02", "Een lid blijft hoogstens 4 jaar."),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_at_the_field(
    staff: Staff, database: Database, field: str, value: str, said: str
) -> None:
    page = staff(Role.SECRETARY).post(f"{DESK}/nieuw", data={**PLAN, field: value}).text
    [(at_field, told)] = errors(page)
    assert (at_field, said in told) == (field, True)
    assert page.count(said) == 2  # in the summary and at the field
    with database.read() as session:
        assert store.every(session) == []


def test_of_all_that_was_left_empty_the_summary_names_each_field(staff: Staff) -> None:
    said = dict(errors(staff(Role.SECRETARY).post(f"{DESK}/nieuw", data={}).text))
    assert said["title"] == "Naam van de verkiezing: Vul dit in."
    assert said["max_choices"] == "Hoeveel namen mag iemand kiezen? Vul dit in."
    assert len({*said.values()}) == len(said) > 5


def test_what_is_still_to_be_done_leads_to_where_it_is_done(staff: Staff, draft: str) -> None:
    page = staff(Role.SECRETARY).get(f"{DESK}/{draft}").text
    to_do = page.partition("Nog te doen")[2].partition("</ul>")[0]
    assert f'<a href="{DESK}/{draft}/sleutelhouders">Naar de sleutelhouders</a>' in to_do
    assert f"{DESK}/{draft}/brieven" not in to_do  # the registrar's


@pytest.mark.parametrize("field", ["max_board", "reference_date", "opens_at"])
def test_what_is_no_number_day_or_moment_is_told_in_dutch(staff: Staff, field: str) -> None:
    page = staff(Role.SECRETARY).post(f"{DESK}/nieuw", data={**PLAN, field: "morgen"}).text
    [(at_field, told)] = errors(page)
    assert at_field == field
    assert "Not" not in told


@pytest.mark.parametrize("ties", Ties)
def test_a_new_plan_begins_with_the_lot_that_the_rules_in_force_say(
    staff: Staff, database: Database, ties: Ties
) -> None:
    raw = file(PREPARED.date(), ("settings", "ties", ties.value), ("settings", "term_years", 3))
    with database.write() as session:
        adopted(session, PREPARED, two(session), raw)
    page = staff(Role.SECRETARY).get(f"{DESK}/nieuw").text
    assert re.findall(r'name="ties"[^>]* value="(\w+)"[^>]* checked', page) == [ties.value]


def test_an_end_in_the_past_is_told_at_its_field(staff: Staff) -> None:
    with at(AFTER):
        page = staff(Role.SECRETARY).post(f"{DESK}/nieuw", data=PLAN).text
    assert ("closes_at", "Dit moment is al voorbij. Kies een later moment.") in errors(page)


def test_a_plan_can_be_changed_and_the_reference_date_only_before_the_roll(
    staff: Staff, database: Database, draft: str
) -> None:
    secretary = staff(Role.SECRETARY)
    page = secretary.get(f"{DESK}/{draft}/plan").text
    for value in ("Bestuur 2027", "2026-11-09T09:00", "2026-11-30T23:59", "2027-01-01"):
        assert f'value="{value}"' in page
    changed = secretary.post(f"{DESK}/{draft}/plan", data={**PLAN, "title": "Nieuw bestuur"})
    assert changed.status_code == 303
    later = {**PLAN, "reference_date": "2026-10-02"}
    page = secretary.post(f"{DESK}/{draft}/plan", data=later).text
    assert [field for field, _ in errors(page)] == ["reference_date"]
    with database.read() as session:
        assert store.get(session, draft).plan.title == "Nieuw bestuur"


# Candidates and key holders


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("customer_number", "", "Vul dit in."),
        ("customer_number", "9" * 41, "Maak dit korter. Er passen 40 tekens in."),
        ("customer_number", "K99999", "Klantnummer K99999 mag niet meedoen."),
        ("customer_number", "K00000", "Klantnummer K00000 staat al op de lijst."),
        ("name", "  ", "Vul dit in."),
        ("name", "x" * 81, "Maak dit korter. Er passen 80 tekens in."),
        ("name", "Anna Appel", "Er staat al een Anna Appel op de lijst."),
        ("statement", "", "Vul dit in."),
        ("statement", "x" * 601, "De tekst heeft 601 tekens."),
    ],
)
def test_why_somebody_cannot_stand_is_told_at_the_field(
    staff: Staff, database: Database, draft: str, field: str, value: str, said: str
) -> None:
    who = {"customer_number": "K00009", "name": "Piet Peer", "statement": "Ik wil graag."}
    page = staff(Role.SECRETARY).post(f"{DESK}/{draft}/kandidaten", data={**who, field: value}).text
    [(at_field, told)] = errors(page)
    assert (at_field, said in told) == (field, True)
    assert page.count(said) == 2
    with database.read() as session:
        assert len(people.candidates(session, draft)) == len(NAMES)


def test_a_candidate_is_taken_off_the_list_of_her_own_election_only(
    staff: Staff, database: Database, draft: str
) -> None:
    with database.write() as session:
        other = story.drafted(session, people=0)
        candidate = people.candidates(session, other)[0].id
    secretary = staff(Role.SECRETARY)
    answer = secretary.post(f"{DESK}/{draft}/kandidaten/{candidate}/weg")
    assert answer.status_code == 409
    assert "Deze kandidaat staat niet op de lijst." in answer.text
    assert secretary.post(f"{DESK}/{other}/kandidaten/{candidate}/weg").status_code == 303
    with database.read() as session:
        assert len(people.candidates(session, draft)) == len(NAMES)
        assert len(people.candidates(session, other)) == len(NAMES) - 1


def test_before_the_roll_nobody_can_be_put_on_the_list(staff: Staff, database: Database) -> None:
    with database.write() as session:
        estate(session, 3)
    secretary = staff(Role.SECRETARY)
    base = secretary.post(f"{DESK}/nieuw", data=PLAN).location
    assert "Maak eerst de lijst van wie mag stemmen." in secretary.get(f"{base}/kandidaten").text
    who = {"customer_number": "K00001", "name": "Piet", "statement": "Ik wil graag."}
    assert secretary.post(f"{base}/kandidaten", data=who).status_code == 409
    assert secretary.post(f"{base}/kiezerslijst").status_code == 303
    assert secretary.post(f"{base}/kiezerslijst").status_code == 409


def test_a_key_holder_without_a_name_is_told_at_the_field(staff: Staff, draft: str) -> None:
    page = staff(Role.SECRETARY).post(f"{DESK}/{draft}/sleutelhouders", data={"name": " "}).text
    assert errors(page) == [("name", "Naam van de sleutelhouder: Vul dit in.")]
    assert "#token=" not in page


# Letters


def test_letters_are_made_once_by_the_registrar_and_kept_nowhere(
    staff: Staff, app: Flask, database: Database, draft: str
) -> None:
    with database.write() as session:
        for name in ("Truus", "Umar"):
            story.hold_key(session, draft, name)
    registrar = staff(Role.REGISTRAR)
    page = f"{DESK}/{draft}/brieven"
    assert "Maak alle brieven" in registrar.get(page).text
    answer = registrar.post(page)
    codes = re.findall(r"letter__code\"><bdi[^>]*>([\d -]+)<", answer.text)
    assert (answer.status_code, len(set(codes))) == (200, 12)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "#code=" not in answer.text  # the link is in the square alone
    again = registrar.post(page)
    assert again.status_code == 409
    assert "De brieven zijn al gemaakt." in again.text
    assert "De codes staan nergens meer." in registrar.get(page).text


def test_letters_wait_for_what_could_not_be_mended_after_them(
    staff: Staff, database: Database, draft: str
) -> None:
    registrar = staff(Role.REGISTRAR)
    page = f"{DESK}/{draft}/brieven"
    assert "Vraag minstens twee sleutelhouders." in registrar.get(page).text
    assert "Maak alle brieven" not in registrar.get(page).text
    assert registrar.post(page).status_code == 409
    with database.read() as session:
        assert store.get(session, draft).codes_at is None


def test_letters_before_the_roll_are_refused(staff: Staff, database: Database) -> None:
    with database.write() as session:
        estate(session, 3)
    base = staff(Role.SECRETARY).post(f"{DESK}/nieuw", data=PLAN).location
    registrar = staff(Role.REGISTRAR)
    assert registrar.post(f"{base}/brieven").status_code == 409
    assert "is er nog niet" in registrar.get(f"{base}/brieven").text


def test_after_the_letters_every_change_is_refused_in_words(staff: Staff, ready: Running) -> None:
    secretary = staff(Role.SECRETARY)
    base = f"{DESK}/{ready.id}"
    who = {"customer_number": "K00009", "name": "Piet Peer", "statement": "Ik wil graag."}
    for page, data in (
        ("plan", PLAN),
        ("kiezerslijst", {}),
        ("kandidaten", who),
        ("kandidaten/zzz/weg", {}),
        ("sleutelhouders", {"name": "Vera"}),
    ):
        answer = secretary.post(f"{base}/{page}", data=data)
        assert (page, answer.status_code) == (page, 409)
        assert "De brieven zijn al gemaakt. Daarom ligt dit vast." in answer.text
    for page in ("kandidaten", "sleutelhouders"):
        assert "<form" not in secretary.get(f"{base}/{page}").text.partition("<main")[2]
