"""The pages of the board: the public one, and what the secretary does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM, Role
from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.core.agreement import Office
from consult.council.core.board import Ending
from consult.council.store import board as store
from consult.db.session import Database

Staff = Callable[..., FlaskClient]
READERS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.OBSERVER)


@pytest.fixture
def members(database: Database) -> dict[str, str]:
    """A lawful board of seven since yesterday, five of them tenants; ids by name."""
    moment = now()
    start, end = day_of(moment) - timedelta(1), day_of(moment) + timedelta(1000)
    names = ("Thea", "Tom", "Tilly", "Teun", "Trui", "Nora", "Nico")
    with database.write() as session:
        elected = [actions.NewMandate(name, name[0] == "T", start, end) for name in names]
        ids = actions.seat(session, SYSTEM, moment, elected)
        actions.appoint_office(session, SYSTEM, moment, ids[0], Office.CHAIR, start)
    return dict(zip(names, ids, strict=True))


def day(later: int = 0) -> str:
    """Today, or days later, as a date field sends it."""
    return (day_of(now()) + timedelta(later)).isoformat()


def text(page: FlaskClient, url: str) -> str:
    """A page that opens."""
    answer = page.get(url)
    assert answer.status_code == 200
    return answer.text


def test_without_a_board_the_page_says_so(client: FlaskClient) -> None:
    assert "Het bestuur staat hier nog niet." in text(client, "/bestuur")


def test_everybody_sees_who_sits_and_that_the_board_is_lawful(
    client: FlaskClient, members: dict[str, str]
) -> None:
    page = text(client, "/bestuur")
    assert all(name in page for name in members)
    assert "voorzitter" in page
    assert "Ja, het bestuur klopt vandaag." in page
    assert "Van de 7 leden huren er 5 een woning." in page


def test_an_unlawful_board_is_shown_with_a_plain_reason(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        actions.change_status(
            session, SYSTEM, now(), members["Tom"], tenant=False, since=day_of(now())
        )
    page = text(client, "/bestuur")
    assert "Nee, het bestuur klopt vandaag niet." in page
    assert "Van de 7 leden moeten er minstens 5 een woning huren. Het zijn er 4." in page


def test_the_public_page_tells_no_private_facts(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        today = day_of(now())
        actions.end_mandate(session, SYSTEM, now(), members["Nico"], today, Ending.NOT_CUSTOMER)
    page = text(client, "/bestuur")
    assert "Nico" not in page
    assert "geen klant" not in page
    assert "Huurt een woning" not in page


def test_an_english_reader_gets_a_page_too(client: FlaskClient, members: dict[str, str]) -> None:
    assert 'lang="en"' in text(client, "/bestuur?taal=en")


@pytest.mark.parametrize("role", READERS)
def test_four_roles_read_what_is_coming(staff: Staff, members: dict[str, str], role: Role) -> None:
    page = text(staff(role), "/raad/bestuur")
    assert "Wat komt eraan?" in page
    assert ("Geef iemand een functie" in page) == (role is Role.SECRETARY)


def test_the_secretary_gives_an_office(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    form = {"office": "secretary", "member": members["Nora"], "start": day()}
    assert page.post("/raad/bestuur/functie", data=form).status_code == 303
    with database.read() as session:
        holder = actions.status(session, now()).holder(Office.SECRETARY)
        assert holder is not None
        assert holder.name == "Nora"


def test_a_refused_appointment_says_why_and_changes_nothing(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    form = {"office": "chair", "member": members["Nora"], "start": day()}
    answer = staff(Role.SECRETARY).post("/raad/bestuur/functie", data=form)
    assert "Nora huurt op die dag geen woning." in answer.text
    with database.read() as session:
        holder = actions.status(session, now()).holder(Office.CHAIR)
        assert holder is not None
        assert holder.name == "Thea"


def test_an_empty_form_is_sent_back_with_its_errors(staff: Staff, members: dict[str, str]) -> None:
    page = staff(Role.SECRETARY)
    for url in (
        "/raad/bestuur/functie",
        f"/raad/bestuur/{members['Tom']}/huurder",
        f"/raad/bestuur/{members['Tom']}/einde",
    ):
        answer = page.post(url)
        assert answer.status_code == 200
        assert "Er klopt nog iets niet" in answer.text


def test_the_secretary_notes_that_the_chair_bought_a_home(
    staff: Staff, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    url = f"/raad/bestuur/{members['Thea']}/huurder"
    assert page.post(url, data={"tenant": "no", "since": day()}).status_code == 303
    after = text(page, "/raad/bestuur")
    assert "Nee, het bestuur klopt vandaag niet." in after
    assert "nog niet ingevuld" in after
    refused = page.post(url, data={"tenant": "no", "since": day(3)})
    assert "Dit staat al zo bij Thea." in refused.text


def test_the_secretary_notes_that_a_member_leaves(
    staff: Staff, database: Database, members: dict[str, str]
) -> None:
    page = staff(Role.SECRETARY)
    url = f"/raad/bestuur/{members['Nico']}/einde"
    assert page.post(url, data={"end": day(4), "ending": "resigned"}).status_code == 303
    with database.read() as session:
        (left,) = [one for one in store.mandates(session) if one.ending]
        assert (left.name, left.end.isoformat()) == ("Nico", day(4))
    refused = page.post(url, data={"end": day(40), "ending": "resigned"})
    assert "Nico zit op die dag niet in het bestuur." in refused.text


def test_nobody_unknown_can_be_changed(staff: Staff, members: dict[str, str]) -> None:
    page = staff(Role.SECRETARY)
    assert page.get("/raad/bestuur/nobody/einde").status_code == 404
    assert page.get("/raad/bestuur/nobody/huurder").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARY])
def test_only_the_secretary_writes(staff: Staff, members: dict[str, str], role: Role) -> None:
    page = staff(role)
    assert page.get("/raad/bestuur/functie").status_code == 403
    assert page.post(f"/raad/bestuur/{members['Tom']}/einde").status_code == 403
