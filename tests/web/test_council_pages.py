"""The board for everybody: who sits, whether it is lawful, what is coming, and for machines."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM
from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.actions.events import new_event, note_event
from consult.council.actions.offices import appoint_office
from consult.council.actions.watching import say
from consult.council.core.agreement import Office
from consult.council.core.appointing import Decision, Reservation
from consult.council.core.events import ENDS, Happening
from consult.db.session import Database
from tests.boards import happens, seven
from tests.web.pages import text

Staff = Callable[..., FlaskClient]


@pytest.fixture
def members(database: Database) -> dict[str, str]:
    """A lawful board of seven since yesterday, five of them tenants; ids by name."""
    with database.write() as session:
        return seven(session)


def test_without_a_board_the_page_says_so(client: FlaskClient) -> None:
    assert "Het bestuur staat hier nog niet." in text(client, "/bestuur")
    assert client.get("/bestuur.json").json["lawful"] is False


def test_everybody_sees_who_sits_and_that_the_board_is_lawful(
    client: FlaskClient, members: dict[str, str]
) -> None:
    page = text(client, "/bestuur")
    assert all(name in page for name in members)
    assert "voorzitter" in page
    assert "Ja, het bestuur klopt vandaag." in page
    assert "Van de 7 leden huren er 5 een woning." in page
    assert "Er zijn nu 6 plaatsen vrij." in page
    assert "lopen de plaatsen van 7 leden af" in page


def test_an_unlawful_board_is_shown_with_a_plain_reason_and_since_when(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        happens(session, members["Tom"], Happening.BOUGHT)
    page = text(client, "/bestuur")
    assert "Nee, het bestuur klopt vandaag niet." in page
    assert "Van de 7 leden moeten er minstens 5 een woning huren. Het zijn er 4." in page
    assert "Dit is zo sinds" in page
    assert "De raad heeft nog niet gezegd wat hij hieraan doet." in page


def test_the_council_says_what_it_does_about_it(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        say(session, SYSTEM, now(), "In maart is er een <b>verkiezing</b>.")
    page = text(client, "/bestuur")
    assert "In maart is er een &lt;b&gt;verkiezing&lt;/b&gt;." in page
    assert client.get("/bestuur.json").json["council_says"].startswith("In maart")


def test_an_acting_chair_is_called_acting(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        today = day_of(now())
        appoint_office(session, SYSTEM, now(), members["Tom"], Office.CHAIR, today, acting=True)
    assert "waarnemend" in text(client, "/bestuur")
    offices = [one["offices"] for one in client.get("/bestuur.json").json["members"]]
    assert [{"office": "chair", "acting": True}] in offices


def test_everybody_sees_how_an_office_was_given_and_how_many_reservations_there_were(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    today = day_of(now())
    decision = Decision(today, (Reservation("Nora", "Liever een ander."),))
    with database.write() as session:
        appoint_office(
            session, SYSTEM, now(), members["Tom"], Office.SECRETARY, today, decision=decision
        )
    page = text(client, "/bestuur")
    assert "Besloten in overleg op" in page
    assert "1 voorbehoud." in page
    assert "Liever een ander" not in page


@pytest.mark.parametrize("happened", [*sorted(ENDS), Happening.BOUGHT, Happening.NO_DWELLING])
def test_no_public_page_tells_what_happened_to_somebody_or_what_will(
    client: FlaskClient, database: Database, members: dict[str, str], happened: Happening
) -> None:
    before = text(client, "/bestuur"), text(client, "/bestuur.json")
    with database.write() as session:
        happens(session, members["Trui"], happened, later=20)
    page, file = text(client, "/bestuur"), text(client, "/bestuur.json")
    for word in ("Trui kocht", "reden", "Stadswonen", "overleden", "verhuis", happened.value):
        assert word not in page.replace("aan de reden", "")
        assert word not in file
    soon = (day_of(now()) + timedelta(20)).isoformat()
    assert _member(file, "Trui") == _member(before[1], "Trui")
    breaks = json.loads(file)["breaks_ahead"]
    assert {one["day"] for one in breaks} <= {soon}
    assert all(one.keys() == {"day", "rule", "article"} for one in breaks)


def _member(file: str, name: str) -> object:
    return next(one for one in json.loads(file)["members"] if one["name"] == name)


def test_a_rule_that_will_be_broken_is_announced_without_a_name(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        happens(session, members["Tom"], Happening.BOUGHT, later=20)
    page = text(client, "/bestuur")
    announced = page.partition("klopt het bestuur niet met deze regel:")[2].partition("</li>")[0]
    assert "huren een woning" in announced
    assert "Tom" not in announced


def test_the_file_for_machines_says_the_same_and_nothing_of_one_persons_tenancy(
    client: FlaskClient, members: dict[str, str]
) -> None:
    answer = client.get("/bestuur.json")
    assert answer.mimetype == "application/json"
    found = answer.json
    assert (found["schema"], found["lawful"], found["size"], found["tenants"]) == (
        "consult-board/1",
        True,
        7,
        5,
    )
    assert found["spare"] == {"may_change": 0, "may_leave": 0}
    assert found["free_seats"] == 6
    assert all(one.keys() == {"name", "offices", "since", "until"} for one in found["members"])


def test_an_english_reader_gets_a_page_too(client: FlaskClient, members: dict[str, str]) -> None:
    assert 'lang="en"' in text(client, "/bestuur?taal=en")


def test_a_member_who_left_is_gone_and_the_note_of_it_names_no_reason(
    client: FlaskClient, database: Database, members: dict[str, str]
) -> None:
    with database.write() as session:
        event = new_event(members["Nico"], Happening.NOT_CUSTOMER, day_of(now()))
        note_event(session, SYSTEM, now(), members["Nico"], event)
        assert actions.status(session, now()).size == 6
    page = text(client, "/bestuur")
    assert "Nico" not in page
    assert "geen klant" not in page
    assert "Huurt een woning" not in page
