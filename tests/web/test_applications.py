"""The desk's side of applications: the call, numbers and names, paper, reminders, the list."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import call, nomination, overview
from consult.elections.core.election import Preselection
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.register.core.codes import CONSULTATION_DIGITS, Code, parse
from tests import elections as story
from tests.consultations import person
from tests.nominations import (
    CALLED,
    CALLING,
    CONFLICT,
    LATE,
    ON_PAPER,
    OVER,
    WHILE,
    Calling,
    applications_in,
    applied,
    calling,
    drafted,
    filled,
    jpeg,
    left,
    listed,
)
from tests.web.election_desk import DESK, Staff, agree, errors, words

SHEET = {name: list(given) for name, given in ON_PAPER.items()} | {"customer_number": ["K00005"]}


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    with at(WHILE):
        yield


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def run(database: Database, settings: Settings) -> Calling:
    """One person applied, and one began."""
    with database.write() as session:
        made = calling(session, settings)
        applied(session, made, 0)
        filled(session, made, 1, "Bilal Berg")
        return made


# the call


def test_the_registrar_makes_the_letters_of_the_call_once(
    staff: Staff, client: FlaskClient, database: Database
) -> None:
    with database.write() as session:
        made = drafted(session)
        uuid = store.get(session, made).uuid
    registrar, page = staff(Role.REGISTRAR), f"{DESK}/{made}/oproep"
    assert "Met deze code kan niemand stemmen." in registrar.get(page).text
    answer = registrar.post(page)
    assert f"brieven-stand-{uuid}.html" in answer.headers["Content-Disposition"]
    letters = answer.text
    assert "U kunt zich kandidaat stellen." in words(letters)
    assert "Voor het stemmen krijgt u later een andere brief." in letters
    assert "http://localhost/kandidaat en typ uw code" in letters
    printed = re.findall(r'class="letter__code"><bdi[^>]*>([\d-]+)<', letters)
    assert len(printed) == 12
    assert isinstance(parse(printed[0], CONSULTATION_DIGITS), Code)
    assert client.post("/kandidaat", data={"code": printed[0]}).status_code == 303
    assert "De codes staan nergens meer." in registrar.get(page).text
    again = registrar.post(page)
    assert (again.status_code, "Dat kan maar één keer." in again.text) == (409, True)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"profile_at": None}, "De raad moet eerst het profiel publiceren."),
        ({"nominate_from": None}, "melden klanten zich niet zelf aan"),
        ({"nominate_until": CALLED}, "De tijd om zich aan te melden is voorbij."),
    ],
)
def test_the_registrar_reads_why_there_are_no_letters(
    staff: Staff, database: Database, values: dict[str, object], told: str
) -> None:
    with database.write() as session:
        made = drafted(session)
        store.mark(session, made, **values)
    registrar, page = staff(Role.REGISTRAR), f"{DESK}/{made}/oproep"
    assert told in registrar.get(page).text
    assert registrar.post(page).status_code == 409


# reminders


def test_reminders_go_out_once_a_day_without_a_code(
    staff: Staff, database: Database, run: Calling
) -> None:
    page = f"{DESK}/{run.id}/herinneringen"
    with at(LATE), database.write() as session:
        assert call.remind(session, LATE) == 1
    with at(LATE):
        registrar = staff(Role.REGISTRAR)
        assert "Er wacht 1 brief." in registrar.get(page).text
        letters = registrar.post(page).text
        assert "Uw aanmelding is nog niet af." in words(letters)
        assert "K00001" in letters
        assert "K00000" not in letters
        assert "letter__code" not in letters.partition("<body")[2]
        assert not [code for code in run.codes if code.digits in letters or str(code) in letters]
        assert "Er wachten nu geen brieven." in registrar.get(page).text
        again = registrar.post(page)
        assert (again.status_code, "Vandaag zijn er al" in again.text) == (409, True)


def test_without_anybody_late_there_is_nothing_to_make(staff: Staff, run: Calling) -> None:
    answer = staff(Role.REGISTRAR).post(f"{DESK}/{run.id}/herinneringen")
    assert (answer.status_code, "Er wachten nu geen" in answer.text) == (409, True)


# who sees what


def test_the_secretary_sees_who_applied_and_of_others_a_number(staff: Staff, run: Calling) -> None:
    page = staff(Role.SECRETARY).get(f"{DESK}/{run.id}/aanmeldingen").text
    assert "Anna Appel" in page
    assert "Ik luister graag naar mijn buren." in page
    assert "Bilal Berg" not in page
    assert "Nog niet af 1" in words(page)
    assert CONFLICT not in page
    assert "K0000" not in page


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.OBSERVER])
def test_others_see_numbers_only(staff: Staff, run: Calling, role: Role) -> None:
    page = staff(role).get(f"{DESK}/{run.id}/aanmeldingen").text
    assert "Verstuurd 1" in words(page)
    assert "Anna Appel" not in page


@pytest.mark.parametrize("chosen_by", [Preselection.COUNCIL, Preselection.COMMITTEE])
def test_where_others_choose_the_desk_sees_numbers_and_why(
    staff: Staff, database: Database, settings: Settings, chosen_by: Preselection
) -> None:
    with database.write() as session:
        made = calling(session, settings, replace(CALLING, preselection=chosen_by))
        applied(session, made)
    page = staff(Role.SECRETARY).get(f"{DESK}/{made.id}/aanmeldingen").text
    assert "Verstuurd 1" in words(page)
    assert "Anna Appel" not in page
    assert "Zo kan niemand zich daarmee bemoeien." in page


def test_the_landlords_staff_sees_nothing_and_the_registrar_only_letters(
    staff: Staff, run: Calling
) -> None:
    pages = ("oproep", "herinneringen", "aanmeldingen", "aanmeldingen/papier", "kandidatenlijst")
    roles = (Role.FACILITATOR, Role.REGISTRAR, Role.SELECTION, Role.OBSERVER)
    inside = {role: staff(role) for role in roles}
    seen = {
        role: [page for page in pages if _opens(inside[role], f"{DESK}/{run.id}/{page}")]
        for role in roles
    }
    assert seen == {
        Role.FACILITATOR: [],
        Role.REGISTRAR: ["oproep", "herinneringen"],
        Role.SELECTION: [],
        Role.OBSERVER: ["aanmeldingen"],
    }
    for role in (Role.FACILITATOR, Role.REGISTRAR):
        desk = inside[role].get(f"{DESK}/{run.id}").text
        assert "aanmeldingen" not in desk


def _opens(client: FlaskClient, page: str) -> bool:
    return client.get(page).status_code == 200


def test_an_election_without_a_call_says_so(staff: Staff, database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
    secretary = staff(Role.SECRETARY)
    assert "niet zelf aan" in secretary.get(f"{DESK}/{made}/aanmeldingen").text
    assert "aanmeldingen" not in secretary.get(f"{DESK}/{made}").text


def test_the_page_of_candidates_leads_to_the_applications(staff: Staff, run: Calling) -> None:
    secretary = staff(Role.SECRETARY)
    page = secretary.get(f"{DESK}/{run.id}/kandidaten").text
    assert f"{DESK}/{run.id}/aanmeldingen" in page
    assert "Kandidaat toevoegen" not in page
    form = {"customer_number": "K00002", "name": "Cora Citroen", "statement": "Ik."}
    answer = secretary.post(f"{DESK}/{run.id}/kandidaten", data=form)
    assert (answer.status_code, "zelf aan" in answer.text) == (409, True)


# paper


def test_the_secretary_enters_a_form_on_paper(
    staff: Staff, run: Calling, database: Database
) -> None:
    secretary, page = staff(Role.SECRETARY), f"{DESK}/{run.id}/aanmeldingen/papier"
    shown = secretary.get(page).text
    assert "Luisteren" in shown
    assert "Bewaar het formulier met de handtekening." in shown
    answer = secretary.post(page, data=SHEET)
    assert (answer.status_code, answer.location) == (303, f"{DESK}/{run.id}/aanmeldingen")
    listing = secretary.get(answer.location).text
    assert "Papa Papier" in listing
    assert "op papier" in listing
    with database.read() as session:
        mine = nomination.mine(session, WHILE, run.applicant(5))
        assert overview.overview(session, WHILE, run.id).numbers.on_paper == 1
    assert mine.application is not None
    assert mine.application.on_paper


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"customer_number": "K99999"}, "customer_number", "Klantnummer K99999 mag niet meedoen."),
        ({"customer_number": "K00001"}, "customer_number", "begon al met een aanmelding"),
        ({"name": "Anna Appel"}, "name", "Iemand anders stelde zich kandidaat"),
        ({"name": ""}, "name", "Vul uw naam in."),
        ({"statement": "w " * 151}, "statement", "Er passen 150 woorden in."),
        ({"committee": "yes"}, "committee", "Wie in de selectiecommissie zit"),
        ({"consent": ""}, "consent", "Zonder uw toestemming"),
    ],
)
def test_what_is_wrong_on_paper_is_told_at_its_field_and_nothing_is_kept(
    staff: Staff,
    run: Calling,
    database: Database,
    changed: dict[str, str],
    field: str,
    told: str,
) -> None:
    before = applications_in(database)
    page = staff(Role.SECRETARY).post(
        f"{DESK}/{run.id}/aanmeldingen/papier", data={**SHEET, **changed}
    )
    ((there, said),) = errors(page.text)
    assert there == field
    assert told in said
    assert "Ik schrijf liever." in page.text or field == "statement"
    assert applications_in(database) == before


def test_whoever_moved_out_is_refused_on_paper_too(
    staff: Staff, run: Calling, database: Database
) -> None:
    with database.write() as session:
        left(session, 5)
    answer = staff(Role.SECRETARY).post(f"{DESK}/{run.id}/aanmeldingen/papier", data=SHEET)
    assert (answer.status_code, "geen contract meer" in answer.text) == (409, True)


# the list


def test_two_people_fix_the_list_and_it_stands_on_the_site(
    staff: Staff, client: FlaskClient, run: Calling, database: Database
) -> None:
    page = f"{DESK}/{run.id}/kandidatenlijst"
    with at(OVER):
        secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
        assert "Anna Appel" in secretary.get(page).text
        assert secretary.post(page, data={"act": "propose"}).status_code == 303
        assert "De lijst met kandidaten vaststellen" in chair.get("/raad/goedkeuringen").text
        assert agree(chair, page).status_code == 303
        assert "De lijst ligt vast" in chair.get(page).text
        public = client.get(f"/uitslagen/kandidaten-{run.uuid.lower()}").text
    assert "Anna Appel" in public
    assert "Bilal Berg" not in public
    assert CONFLICT not in public
    with database.read() as session:
        assert [one.name for one in people.candidates(session, run.id)] == ["Anna Appel"]


def test_two_people_take_somebody_off_the_list_and_one_does_not(
    staff: Staff, client: FlaskClient, run: Calling, database: Database
) -> None:
    page = f"{DESK}/{run.id}/kandidatenlijst"
    with at(OVER):
        secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
        secretary.post(page, data={"act": "propose"})
        agree(chair, page)
        with database.read() as session:
            (anna,) = people.candidates(session, run.id)
        alone = secretary.post(f"{DESK}/{run.id}/kandidaten/{anna.id}/weg")
        assert (alone.status_code, "ligt al vast" in alone.text) == (409, True)
        assert "van de lijst" not in secretary.get(f"{DESK}/{run.id}/kandidaten").text
        sent = {"act": "strike", "candidate": anna.id}
        assert chair.post(page, data=sent).status_code == 409
        assert secretary.post(page, data=sent).status_code == 303
        assert "De voorzitter moet dit goedkeuren." in secretary.get(page).text
        assert "Iemand van de lijst" in chair.get("/raad/goedkeuringen").text
        before = chair.get(page).text
        assert "Voorstel: Anna Appel gaat van de lijst" in before
        shown = before.split('name="shown" value="')[1].split('"')[0]
        agreed = chair.post(page, data={"act": "approve_strike", "shown": shown})
        assert agreed.status_code == 303
        public = client.get(f"/uitslagen/kandidaten-{run.uuid.lower()}").text
    assert "Anna Appel" not in public


@pytest.mark.parametrize(
    ("chosen_by", "moment", "told"),
    [
        (Preselection.NONE, WHILE, "Klanten kunnen zich nog aanmelden"),
        (Preselection.COMMITTEE, OVER, "De voorselectie is nog niet klaar."),
        (Preselection.NONE, OVER, "Er is niemand die op de lijst kan."),
    ],
)
def test_the_page_of_the_list_says_why_it_cannot_be_fixed(
    staff: Staff,
    database: Database,
    settings: Settings,
    chosen_by: Preselection,
    moment: datetime,
    told: str,
) -> None:
    with database.write() as session:
        made = calling(session, settings, replace(CALLING, preselection=chosen_by))
        if chosen_by is Preselection.COMMITTEE:
            applied(session, made)
    page = f"{DESK}/{made.id}/kandidatenlijst"
    with at(moment):
        secretary = staff(Role.SECRETARY)
        assert told in secretary.get(page).text
        answer = secretary.post(page, data={"act": "propose"})
    assert (answer.status_code, told in answer.text) == (409, True)


# what everybody sees


def test_the_public_page_shows_photo_answers_and_who_stepped_back(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        two = (person(session, Role.SECRETARY), person(session, Role.CHAIR))
        made = calling(session, settings)
        applied(session, made, 0)
        applied(session, made, 1, "Bilal Berg")
        nomination.put_photo(session, WHILE, made.applicant(0), jpeg())
        nomination.accept(session, WHILE, made.applicant(0))
        listed(session, made, two)
        anna, _ = people.candidates(session, made.id)
        story.prepare.draw_roll(session, two[0], OVER, made.id)
        election = story.equipped(session, settings, made.id, two)
        story.opened(session, election)
        nomination.withdraw(session, story.WHILE_OPEN, made.applicant(1))
    photo = f"/verkiezing/{made.uuid}/foto/{anna.id}.jpg"
    with at(story.WHILE_OPEN):
        page = client.get(f"/verkiezing/{made.uuid}").text
        booth = client.get(f"/stemmen/{made.uuid}/").text
        shown = client.get(photo)
    assert f'<img src="{photo}" width="160" height="160" alt="Foto van Anna Appel">' in page
    assert page.count("<img") == booth.count("<img") == 1
    assert photo in booth
    assert "Antwoorden van Anna Appel" in page
    assert words(page).count("trok zich terug") == 1
    assert (shown.data, shown.mimetype) == (jpeg(), "image/jpeg")
    assert shown.headers["Cache-Control"].startswith("public")
    for secret in (CONFLICT, "K0000", anna.application_id or "-"):
        assert secret not in page + booth


def test_no_other_photo_is_public(client: FlaskClient, run: Calling, database: Database) -> None:
    with database.write() as session:
        nomination.put_photo(session, WHILE, run.applicant(1), jpeg())
        own = nomination.mine(session, WHILE, run.applicant(1)).application
    assert own is not None
    assert client.get(f"/verkiezing/{run.uuid}/foto/{own.id}.jpg").status_code == 404
    assert client.get(f"/verkiezing/bestaatniet/foto/{own.id}.jpg").status_code == 409


def test_the_first_page_of_the_site_leads_to_the_call(client: FlaskClient, run: Calling) -> None:
    page = client.get("/").text
    assert f'href="/kandidaat/{run.uuid}"' in page
    assert "Kandidaat worden" in page
