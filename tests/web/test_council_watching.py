"""Alarms, what if, and signals of the register, as the council's people see them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM, Role
from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.core.events import Happening
from consult.council.core.signals import Proposal, State
from consult.council.store import signals as store
from consult.db.session import Database
from tests.boards import happens, seven
from tests.web.pages import day, text

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)


@pytest.fixture
def members(database: Database) -> dict[str, str]:
    """A lawful board of seven since yesterday, five of them tenants; ids by name."""
    with database.write() as session:
        return seven(session)


@pytest.mark.parametrize("role", READERS)
def test_an_alarm_says_what_is_missing_what_can_be_done_and_by_when(
    staff: Staff, database: Database, members: dict[str, str], role: Role
) -> None:
    with database.write() as session:
        happens(session, members["Thea"], Happening.BOUGHT)
    page = text(staff(role), "/raad/bestuur/alarm")
    assert "Er is geen voorzitter." in page
    assert "Voorzitter kan worden: Teun, Tilly, Tom, Trui." in page.replace("\n", " ")
    assert "Van de 7 leden moeten er minstens 5 een woning huren. Het zijn er 4." in page
    assert "Bij 4 plaatsen moeten minstens 4 gekozenen een woning huren." in " ".join(page.split())
    assert "als 1 lid die geen woning huurt" not in page
    assert "Oplossen uiterlijk" in page
    offered = f"/raad/bestuur/functie?functie=chair&amp;dag={day()}&amp;soort=vast"
    assert (offered in page) == (role is Role.SECRETARY)
    assert "Het huishoudelijk reglement beslist." in page
    assert ("Zet dit op de openbare pagina" in page) == (role is Role.SECRETARY)


def test_the_secretary_says_in_public_what_the_council_does(
    staff: Staff, client: FlaskClient, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    assert (
        "Gebruik hoogstens 1000 tekens."
        in page.post("/raad/bestuur/alarm", data={"text": "x" * 1001}).text
    )
    form = {"text": "In mei kiest u een nieuw lid."}
    assert page.post("/raad/bestuur/alarm", data=form).status_code == 303
    assert "Er staat nu een tekst op de openbare pagina" in text(page, "/raad/bestuur/alarm")
    assert "In mei kiest u een nieuw lid." in text(page, "/raad/bestuur/alarm")
    assert "In mei kiest u een nieuw lid." in text(client, "/bestuur")
    assert page.post("/raad/bestuur/alarm", data={"text": " "}).status_code == 303
    assert "Wat doet de raad?" not in text(client, "/bestuur")


@pytest.mark.parametrize("role", READERS)
def test_a_supposition_shows_the_board_and_keeps_nothing(
    staff: Staff, database: Database, members: dict[str, str], role: Role
) -> None:
    asked = f"lid1={members['Tom']}&wat1=bought&dag1={day(5)}"
    asked += f"&lid2={members['Nora']}&wat2=resigned&dag2={day(9)}"
    page = text(staff(role), f"/raad/bestuur/wat-als?{asked}")
    assert "Van de 7 leden moeten er minstens 5 een woning huren. Het zijn er 4." in page
    assert "7 leden, van wie er 4 een woning huren." in page
    assert "Wat de raad dan kan doen" in page
    with database.read() as session:
        assert actions.status(session, now()).tenants == 5
        assert len(actions.overview(session, day_of(now())).coming) == 1


def test_without_a_question_the_page_shows_what_the_board_cannot_take(
    staff: Staff, members: dict[str, str]
) -> None:
    page = text(staff(Role.MEMBER), "/raad/bestuur/wat-als")
    assert "Zo wordt het bestuur dan" not in page
    assert "de voorzitter koopt" in page
    assert "1 huurder stopt" in page
    assert ">12<" in page.replace(" ", "")  # five tenants: two things each; two others: one


@pytest.mark.parametrize(
    "asked",
    [
        "lid1=nobody&wat1=bought&dag1=2027-01-01",
        "lid1=&wat1=bought",
        "wat1=koning",
        "dag1=morgen",
        "lid1=x&wat1=left_office&dag1=2027-01-01",
    ],
)
def test_a_question_that_is_not_whole_is_left_out(
    staff: Staff, members: dict[str, str], asked: str
) -> None:
    page = text(staff(Role.MEMBER), f"/raad/bestuur/wat-als?{asked}")
    assert "Zo wordt het bestuur dan" not in page


def test_what_if_without_a_board_says_so(staff: Staff) -> None:
    assert "Er zit nog niemand in het bestuur." in text(staff(Role.MEMBER), "/raad/bestuur/wat-als")


@pytest.fixture
def signal(database: Database, members: dict[str, str]) -> str:
    """The register says that Tom is no customer any more; the signal's id."""
    proposal = Proposal(members["Tom"], Happening.NOT_CUSTOMER, day_of(now()))
    with database.write() as session:
        return store.add(session, proposal, now())


def state(database: Database, signal: str) -> State:
    """Where the signal stands."""
    with database.read() as session:
        found = store.signal(session, signal)
    assert found is not None
    return found.state


@pytest.mark.parametrize("role", READERS)
def test_a_signal_waits_for_a_decision_of_the_secretary(
    staff: Staff, signal: str, role: Role
) -> None:
    reader = staff(role)
    page = text(reader, "/raad/bestuur/signalen")
    assert "Tom" in page
    assert "heeft geen contract meer" in page
    assert ("Beslis" in page) == (role is Role.SECRETARY)
    assert "1 signaal uit het klantenbestand wacht op een besluit" in text(reader, "/raad/bestuur")
    assert "Van 7 leden kennen wij het klantnummer niet." in page


def test_the_secretary_confirms_with_the_reason_and_the_day_that_people_know(
    staff: Staff, database: Database, signal: str, at: datetime
) -> None:
    page, url = staff(Role.SECRETARY), f"/raad/bestuur/signalen/{signal}"
    assert "Het lid is overleden." in text(page, url)
    wrong = page.post(url, data={"happened": "bought", "day": day()})
    assert "Er klopt nog iets niet" in wrong.text
    late = page.post(url, data={"happened": "died", "day": "2040-01-01"})
    assert "Tom zit op die dag niet in het bestuur." in late.text
    assert state(database, signal) is State.OPEN
    assert page.post(url, data={"happened": "died", "day": day()}).status_code == 303
    assert state(database, signal) is State.CONFIRMED
    assert "bevestigd" in text(page, "/raad/bestuur/signalen")
    assert "Over dit signaal is al beslist" in text(page, url)
    assert (
        "Over dit signaal is al beslist"
        in page.post(url, data={"happened": "died", "day": day()}).text
    )


def test_the_secretary_rejects_a_signal_with_a_reason(
    staff: Staff, database: Database, signal: str
) -> None:
    page, url = staff(Role.SECRETARY), f"/raad/bestuur/signalen/{signal}/afwijzen"
    assert "Schrijf kort waarom dit niet klopt." in page.post(url).text
    assert page.post(url, data={"reason": "Nieuw contract komt eraan."}).status_code == 303
    assert state(database, signal) is State.REJECTED
    assert "Nieuw contract komt eraan." in text(page, "/raad/bestuur/signalen")
    assert page.post(url, data={"reason": "x"}).status_code == 409


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_the_secretary_decides_on_a_signal(staff: Staff, signal: str, role: Role) -> None:
    page, url = staff(role), f"/raad/bestuur/signalen/{signal}"
    assert page.post(url).status_code == 403
    assert page.post(f"{url}/afwijzen").status_code == 403


def test_an_unknown_signal_is_not_found(staff: Staff) -> None:
    assert staff(Role.SECRETARY).get("/raad/bestuur/signalen/nothing").status_code == 404


def test_the_old_totals_of_the_last_election_are_within_reach_of_the_secretary(
    staff: Staff, database: Database
) -> None:
    today, election = day_of(now()), "e" * 26
    with database.write() as session:
        elected = [
            actions.NewMandate(name, name[0] == "T", today, today + timedelta(900), election)
            for name in ("Thea", "Tom", "Tilly", "Nora")
        ]
        first, *_ = actions.seat(session, SYSTEM, now(), elected)
        happens(session, first, Happening.RESIGNED, later=1)
    url = f'href="/raad/verkiezingen/{election}/opvolging"'
    assert url in text(staff(Role.SECRETARY), "/raad/bestuur/alarm")
    page = text(staff(Role.MEMBER), "/raad/bestuur/alarm")
    assert url not in page
    assert "De stemmen van de laatste verkiezing kunnen een plaats vullen" in page
