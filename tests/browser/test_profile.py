"""A profile in the browser: written, tried, published by two people, and held against a list."""

from datetime import UTC, datetime

import pytest

from consult.actor import Role
from tests.browser.accessibility import in_both_schemes, too_wide
from tests.browser.office import Office
from tests.browser.server import Server
from tests.browser.visitor import Visit
from tests.profiles import mixed_estate, stand

pytestmark = pytest.mark.browser

WHILE_APPLYING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PLAN = {
    "title": "Bestuur 2027",
    "profile": "Mensen die luisteren.",
    "nominate_from": "2026-11-23T09:00",
    "nominate_until": "2026-11-27T17:00",
    "max_board": "13",
    "max_choices": "3",
    "reference_date": "2026-11-01",
    "opens_at": "2026-12-01T09:00",
    "closes_at": "2026-12-14T20:00",
    "seats_from": "2027-01-01",
    "seats_until": "2031-01-01",
}
CANDIDATES = {"M0": "Anna Appel", "M1": "Bilal Berg", "M2": "Cora Citroen", "M4": "Daan Dorp"}


def test_a_profile_goes_from_its_first_line_to_what_is_missing(
    server: Server, visit: Visit
) -> None:
    with server.database.write() as session:
        mixed_estate(session)
    office = Office(server, visit)
    desk = write(office)
    warned(office)
    publish(office, visit, desk)
    office.later(WHILE_APPLYING)
    missing(office, desk)


def write(office: Office) -> str:
    """The secretary plans an election and writes what the board needs; the address of its desk."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go("/raad/verkiezingen/nieuw")
    secretary.fill(**PLAN)
    secretary.press("Bewaar het plan")
    desk = secretary.page.url
    assert "Publiceer het profiel." in secretary.text
    secretary.follow("Profiel")
    secretary.follow("Voeg iets toe")
    secretary.press("Bewaar dit")
    assert "Vul dit in." in secretary.text
    secretary.fill(name="Luisteren", explanation="Ook als iemand boos is.")
    secretary.press("Bewaar dit")
    young = "18 tot en met 34 jaar"
    for attribute, value in (("Leeftijd", young), ("Wijk", "Noord"), ("Wijk", "Zuid")):
        secretary.follow(attribute)
        secretary.choose(value)
        secretary.fill(seats="6" if attribute == "Leeftijd" else "3")
        secretary.press("Bewaar dit")
        assert secretary.heading == "Profiel", secretary.text
    assert in_both_schemes(secretary) + too_wide(secretary) == []
    return desk


def warned(office: Office) -> None:
    """The trial warns of three groups, and of young people who do not stand often enough."""
    secretary = office.desk(Role.SECRETARY)
    secretary.follow("Probeer dit profiel uit")
    for said in (
        "Voor een groep melden zich vaak te weinig mensen.",
        "Er zijn plaatsen voor meer dan twee groepen.",
        "Kies minder groepen, of minder plaatsen per groep.",
    ):
        assert said in secretary.text
    secretary.fill(kandidaten="61")
    secretary.press("Probeer opnieuw")
    assert "Kies een getal van 10 tot en met 60." in secretary.text
    secretary.page.go_back()
    secretary.follow("Profiel")
    secretary.press("Haal weg mensen uit Zuid")
    assert "mensen uit Zuid" not in secretary.text


def publish(office: Office, visit: Visit, desk: str) -> None:
    """Secretary and chair fix the profile; anybody can read it on a phone."""
    secretary = office.desk(Role.SECRETARY)
    secretary.follow("Publiceer het profiel")
    secretary.decide("propose")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("Het profiel van een verkiezing publiceren")
    chair.decide("approve")
    chair.follow("Openbare pagina van het profiel")
    tenant = visit()
    tenant.go(chair.page.url)
    for said in ("mensen uit Noord", "U kunt zich aanmelden vanaf", "Deze regel gaat altijd voor."):
        assert said in tenant.text
    assert in_both_schemes(tenant) + too_wide(tenant) == []
    secretary.go(desk)
    assert "Plan wijzigen" not in secretary.text


def missing(office: Office, desk: str) -> None:
    """Four people stand; the pre-flight says what board they can make, and what it lacks."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(desk)
    with office.server.database.write() as session:
        stand(session, desk.rpartition("/")[2], CANDIDATES)
    secretary.go(desk)
    secretary.follow("Kan er een bestuur komen?")
    for said in (
        "Het bestuur kan hoogstens 4 leden krijgen, en niet 13",
        "huurders van een woning (artikel 3.1b)",
        "Met nog 9 huurders van een woning kan het bestuur vol worden.",
        "Er zijn 6 plaatsen voor mensen van 18 tot en met 34 jaar.",
        "Trekt zich terug: Bilal Berg.",
    ):
        assert said in secretary.text
    assert in_both_schemes(secretary) + too_wide(secretary) == []
    secretary.follow("Geef mensen langer de tijd om zich aan te melden")
    secretary.fill(until="2026-11-30T17:00")
    secretary.press("Stel dit voor")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("Mensen langer de tijd geven om zich aan te melden")
    chair.decide("approve")
    assert "Geef mensen langer de tijd" in chair.text
