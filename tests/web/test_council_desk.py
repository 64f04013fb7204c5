"""The board for the council's own people: what happened to a member, and who gets an office."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from consult.actor import Role
from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.core.agreement import Office
from consult.council.core.board import Ending
from consult.council.core.events import Happening
from consult.council.store import board as store
from consult.db.session import Database
from tests.boards import happens, seven
from tests.rules import adopted, file, two
from tests.web.pages import day, text

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)
POST = "/raad/bestuur/functie?functie={}&dag={}&soort={}"


@pytest.fixture
def members(database: Database) -> dict[str, str]:
    """A lawful board of seven since yesterday, five of them tenants; ids by name."""
    with database.write() as session:
        return seven(session)


def holder(database: Database, office: Office) -> str | None:
    """Who holds the office today."""
    with database.read() as session:
        found = actions.status(session, now()).holder(office)
    return found and found.name


@pytest.mark.parametrize("role", READERS)
def test_four_roles_read_what_is_coming(staff: Staff, members: dict[str, str], role: Role) -> None:
    page = text(staff(role), "/raad/bestuur")
    assert "Wat komt eraan?" in page
    assert ("Geef iemand een functie" in page) == (role is Role.SECRETARY)
    assert ("Er is iets gebeurd" in page) == (role is Role.SECRETARY)


def test_the_file_of_a_member_shows_what_happened_and_only_the_secretary_corrects(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        happens(session, members["Tom"], Happening.STADSWONEN, later=3)
    url = f"/raad/bestuur/lid/{members['Tom']}"
    for role in READERS:
        page = text(staff(role), url)
        assert "Huurt alleen nog bij Stadswonen" in page
        assert ("Dit was een vergissing" in page) == (role is Role.SECRETARY)


def test_the_secretary_notes_that_the_chair_bought_a_home(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    url = f"/raad/bestuur/lid/{members['Thea']}/gebeurtenis"
    assert "koopt de woning" in text(page, url)
    assert page.post(url, data={"happened": "bought", "day": day()}).status_code == 303
    after = text(page, "/raad/bestuur")
    assert "Nee, het bestuur klopt vandaag niet." in after
    assert "nog niet ingevuld" in after
    assert "Er is geen voorzitter." in after
    assert holder(database, Office.CHAIR) is None
    assert "Het lid huurt een woning." in text(page, url)


@pytest.mark.parametrize("ending", list(Ending))
def test_the_secretary_notes_that_a_member_leaves_and_why(
    staff: Staff, database: Database, members: dict[str, str], ending: Ending
) -> None:
    page = staff(Role.SECRETARY)
    url = f"/raad/bestuur/lid/{members['Nico']}/gebeurtenis"
    assert page.post(url, data={"happened": ending.value, "day": day(4)}).status_code == 303
    with database.read() as session:
        (left,) = [one for one in store.mandates(session) if one.ending]
        assert (left.name, left.end.isoformat(), left.ending) == ("Nico", day(4), ending)
    refused = page.post(url, data={"happened": ending.value, "day": day(40)})
    assert "Nico zit op die dag niet in het bestuur." in refused.text


def test_the_secretary_notes_that_somebody_lays_down_an_office(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    url = f"/raad/bestuur/lid/{members['Thea']}/gebeurtenis"
    form = {"happened": "left_office-chair", "day": day()}
    assert page.post(url, data=form).status_code == 303
    assert holder(database, Office.CHAIR) is None
    other = f"/raad/bestuur/lid/{members['Tom']}/gebeurtenis"
    assert "Er klopt nog iets niet" in page.post(other, data=form).text


def test_what_was_noted_by_mistake_is_corrected_and_stays_in_the_file(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        event = happens(session, members["Thea"], Happening.BOUGHT)
    page, url = staff(Role.SECRETARY), f"/raad/bestuur/lid/{members['Thea']}"
    assert page.post(f"{url}/gebeurtenis/{event}/herstel").status_code == 303
    assert holder(database, Office.CHAIR) == "Thea"
    assert "Dit was een vergissing en telt niet mee" in text(page, url)
    again = page.post(f"{url}/gebeurtenis/{event}/herstel")
    assert (again.status_code, "al hersteld" in again.text) == (409, True)


def test_an_empty_form_is_sent_back_with_its_errors(staff: Staff, members: dict[str, str]) -> None:
    page = staff(Role.SECRETARY)
    for url in (
        POST.format("secretary", day(), "vast"),
        f"/raad/bestuur/lid/{members['Tom']}/gebeurtenis",
    ):
        answer = page.post(url)
        assert answer.status_code == 200
        assert "Er klopt nog iets niet" in answer.text


def test_only_lawful_names_are_offered_for_the_day(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        happens(session, members["Tom"], Happening.BOUGHT, later=3)
    page = staff(Role.SECRETARY)
    now_ = text(page, POST.format("chair", day(), "vast"))
    later = text(page, POST.format("chair", day(3), "vast"))
    assert "Nora" not in now_
    assert ("Tom" in now_, "Tom" in later) == (True, False)


def test_the_secretary_gives_an_office_as_it_was_agreed(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    form = {
        "member": members["Nora"],
        "decided_on": day(),
        "reservations": "Tom: liever om de beurt.\nTilly: ik denk nog na.",
    }
    assert page.post(POST.format("secretary", day(), "vast"), data=form).status_code == 303
    assert holder(database, Office.SECRETARY) == "Nora"
    seen = text(page, f"/raad/bestuur/lid/{members['Nora']}")
    assert "Voorbehoud van Tom: liever om de beurt." in seen
    assert "Voorbehoud van Tilly: ik denk nog na." in seen


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reservations": "liever om de beurt"}, "Schrijf op elke regel: naam"),
        ({"decided_on": day(2)}, "Het besluit valt na vandaag"),
        ({"member": "nobody"}, "Er klopt nog iets niet"),
        ({"decided_on": ""}, "Vul een dag in."),
    ],
)
def test_a_refused_appointment_says_why_and_changes_nothing(
    staff: Staff,
    database: Database,
    members: dict[str, str],
    change: dict[str, str],
    words: str,
) -> None:
    form = {"member": members["Tom"], "decided_on": day(), **change}
    url = POST.format("secretary", day(3), "vast")
    assert words in staff(Role.SECRETARY).post(url, data=form).text
    assert holder(database, Office.SECRETARY) is None


def test_who_is_no_tenant_cannot_be_sent_in_as_the_chair(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    form = {"member": members["Nora"], "decided_on": day()}
    answer = staff(Role.SECRETARY).post(POST.format("chair", day(), "vast"), data=form)
    assert "Er klopt nog iets niet" in answer.text
    assert holder(database, Office.CHAIR) == "Thea"


def test_an_acting_chair_is_given_and_taken_back(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    form = {"member": members["Tom"], "decided_on": day()}
    assert page.post(POST.format("chair", day(), "waarnemend"), data=form).status_code == 303
    with database.read() as session:
        found = actions.status(session, now()).holder(Office.CHAIR)
    assert found is not None
    assert (found.name, found.acting(day_of(now()))) == ("Tom", (Office.CHAIR,))
    (term,) = found.terms
    assert page.post(f"/raad/bestuur/functie/{term.id}/herstel").status_code == 303
    assert holder(database, Office.CHAIR) == "Thea"
    assert page.post(f"/raad/bestuur/functie/{term.id}/herstel").status_code == 409


def test_a_day_on_which_nobody_may_says_so_and_a_strange_day_asks_again(
    staff: Staff, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    assert "Niemand mag deze functie op die dag hebben" in text(
        page, POST.format("chair", "2040-01-01", "vast")
    )
    assert "Voor die dag zijn geen regels bekend" in text(
        page, POST.format("chair", "2001-01-01", "vast")
    )
    for asked in ("?functie=koning&dag=2027-01-01", "?functie=chair&dag=morgen", "?functie=chair"):
        assert "Welke functie?" in text(page, f"/raad/bestuur/functie{asked}")


def test_a_customer_number_is_kept_and_never_shown(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page, url = staff(Role.SECRETARY), f"/raad/bestuur/lid/{members['Tom']}"
    answer = page.post(f"{url}/klantnummer", data={"number": "K404"})
    assert "Klantnummer K404 staat niet in het klantenbestand" in answer.text
    long = page.post(f"{url}/klantnummer", data={"number": "K" * 40})
    assert "hoogstens 32 tekens" in long.text
    with database.write() as session:
        store.keep_customer(session, members["Tom"], "K7788")
    for reader in (page, *(staff(role) for role in READERS[1:])):
        for shown in (url, "/raad/bestuur", "/bestuur", "/bestuur.json"):
            assert "K7788" not in text(reader, shown)
    assert page.post(f"{url}/klantnummer", data={"number": ""}).status_code == 303
    with database.read() as session:
        assert store.customer_numbers(session) == {}


def test_nobody_unknown_can_be_changed(staff: Staff, members: dict[str, str]) -> None:
    page = staff(Role.SECRETARY)
    for url in ("/raad/bestuur/lid/nobody", "/raad/bestuur/lid/nobody/gebeurtenis"):
        assert page.get(url).status_code == 404
    assert page.post("/raad/bestuur/lid/nobody/gebeurtenis/x/herstel").status_code == 409


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_the_secretary_writes(staff: Staff, members: dict[str, str], role: Role) -> None:
    page, url = staff(role), f"/raad/bestuur/lid/{members['Tom']}"
    assert page.get("/raad/bestuur/functie").status_code == 403
    for path in ("gebeurtenis", "gebeurtenis/x/herstel", "klantnummer"):
        assert page.post(f"{url}/{path}").status_code == 403
    assert page.post("/raad/bestuur/functie/x/herstel").status_code == 403
    assert page.post("/raad/bestuur/alarm", data={"text": "x"}).status_code == 403


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REGISTRAR, Role.SELECTION])
def test_the_landlords_staff_and_others_see_nothing_of_it(
    staff: Staff, members: dict[str, str], role: Role
) -> None:
    page = staff(role)
    for path in ("", f"/lid/{members['Tom']}", "/alarm", "/wat-als", "/signalen"):
        assert page.get(f"/raad/bestuur{path}").status_code == 403


def test_where_the_voters_choose_the_chair_the_page_offers_an_acting_one(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    today = day_of(now())
    with database.write() as session:
        adopted(session, now(), two(session), file(today, ("settings", "chair_by", "voters")))
    page, url = staff(Role.SECRETARY), POST.format("chair", day(), "vast")
    assert "De kiezers kiezen deze functie" in text(page, url)
    assert "Alleen waarnemend: de kiezers kiezen deze functie." not in text(page, "/raad/bestuur")
    form = {"member": members["Tom"], "decided_on": day()}
    assert page.post(url, data=form).status_code == 303
    with database.read() as session:
        found = actions.status(session, now()).holder(Office.CHAIR)
    assert found is not None
    assert (found.name, found.acting(today)) == ("Tom", (Office.CHAIR,))
