"""The board on a phone: the chair buys her home, and what the council does about it."""

import pytest

from consult.actor import Role
from consult.clock import day_of
from tests.boards import seven
from tests.browser.accessibility import in_both_schemes, too_wide
from tests.browser.office import Office
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser


def test_the_chair_buys_and_the_council_sees_what_it_can_do(server: Server, visit: Visit) -> None:
    with server.database.write() as session:
        seven(session)
    today = day_of(server.clock.now(None)).isoformat()
    secretary = Office(server, visit).desk(Role.SECRETARY)
    secretary.follow("Bestuur")
    secretary.follow("Wat als iemand stopt of koopt?")
    suppose(secretary, today, ("Thea", "bought"))
    assert "klopt niet" in secretary.text
    assert "Voorzitter kan worden: Teun, Tilly, Tom, Trui." in secretary.text
    suppose(secretary, today, ("Thea", "bought"), ("Nora", "resigned"))
    assert "Van de 7 leden" not in secretary.text, "four tenants of six are too few as well"
    suppose(secretary, today, ("Thea", "bought"), ("Nora", "resigned"), ("Nico", "resigned"))
    assert in_both_schemes(secretary) + too_wide(secretary) == []

    secretary.follow("Bestuur")
    assert "Ja, het bestuur klopt vandaag." in secretary.text, "nothing was kept"
    secretary.follow("Er is iets gebeurd")
    assert "Thea" in secretary.heading
    secretary.choose("Het lid koopt de woning en blijft klant.")
    secretary.fill(day=today)
    secretary.press("Bewaar")
    assert "Nee, het bestuur klopt vandaag niet." in secretary.text
    secretary.follow("Alarm: wat kan de raad doen?")
    assert "Er is geen voorzitter." in secretary.text
    assert in_both_schemes(secretary) + too_wide(secretary) == []

    secretary.go(f"/raad/bestuur/functie?functie=chair&dag={today}&soort=waarnemend")
    offered = secretary.page.locator("[name=member] option").all_inner_texts()
    assert offered == ["", "Teun", "Tilly", "Tom", "Trui"], "tenants only, and not who left it"
    secretary.page.select_option("[name=member]", label="Tilly")
    secretary.fill(decided_on=today, reservations="Nico: liever iemand anders.")
    secretary.press("Besloten in overleg: geef de functie")
    assert "waarnemend voorzitter" in secretary.text

    tenant = visit()
    tenant.go("/bestuur")
    assert "Tilly" in tenant.text
    assert "waarnemend voorzitter" in tenant.text
    assert "Nee, het bestuur klopt vandaag niet." in tenant.text
    for private in ("koopt", "Nico: liever"):
        assert private not in tenant.text
    assert in_both_schemes(tenant) + too_wide(tenant) == []


def suppose(visitor: Visitor, day: str, *events: tuple[str, str]) -> None:
    """Fill in what could happen, and look."""
    for number, (name, what) in enumerate(events, 1):
        visitor.page.select_option(f"[name=lid{number}]", label=name)
        visitor.page.select_option(f"[name=wat{number}]", value=what)
        visitor.page.fill(f"[name=dag{number}]", day)
    visitor.press("Laat zien")
