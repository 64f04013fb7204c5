"""A committee at work in the browser: three phones, one conflict, one shortlist, one verdict."""

from datetime import timedelta

import pytest
from flask import session as browsing

from consult.actor import Role
from consult.elections.core.nomination import Standing
from consult.elections.store import applications
from tests import preselections
from tests.browser.accessibility import in_both_schemes, too_wide
from tests.browser.office import Office, sign_in
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.cast import join
from tests.consultations import estate
from tests.preselections import APPLICANTS, MEMBERS, UNTIL

pytestmark = pytest.mark.browser

BEGINS = UNTIL + timedelta(hours=10)
WHY = "Dat staat in de aanmelding."


def test_a_committee_goes_from_its_appointment_to_the_verdict(server: Server, visit: Visit) -> None:
    server.clock.go(BEGINS)
    with server.database.write() as session:
        estate(session, 20)
        made = preselections.drafted(session)
        for name in APPLICANTS:
            preselections.applied(session, made, name)
    members = [join(server.app, server.database, [Role.SELECTION], name) for name in MEMBERS[:3]]
    appoint(Office(server, visit), made)
    phones = [visit() for _ in members]
    for phone, member in zip(phones, members, strict=True):
        sign_in(server, phone, member)
        begin(phone)
    evi, fons, gita = phones

    declare_conflict(evi, APPLICANTS[0])
    for phone in phones:
        for place, name in enumerate(APPLICANTS):
            if (phone, place) != (evi, 0):
                score(phone, name, 5 - place)
        phone.press("Lever in")
        assert "U hebt ingeleverd." in phone.text or phone is gita

    fons.page.reload()
    fons.follow("Alle cijfers naast elkaar")
    assert WHY in fons.text
    assert "Oordeelt niet: Zij is mijn zus." in fons.text
    assert in_both_schemes(fons) + too_wide(fons) == []
    propose(fons)
    assert in_both_schemes(fons) + too_wide(fons) == []
    gita.go("/raad")
    gita.follow("Beslissen wie kandidaat wordt")
    gita.decide("approve")
    assert "Dit besluit staat vast." in gita.text

    with server.database.read() as session:
        found = {one.name: one.id for one in applications.every(session, made, Standing.SUBMITTED)}
    applicant = enter(server, visit(), made, found[APPLICANTS[2]])
    assert "U bent niet toegelaten." in applicant.text
    assert "Dank u wel. Dit past nu niet." in applicant.text
    assert in_both_schemes(applicant) + too_wide(applicant) == []
    applicant.fill(reasons="Ik heb ervaring die er niet in stond.")
    applicant.press("Vraag om nog eens te kijken")
    assert "Het antwoord komt hier." in applicant.text
    assert in_both_schemes(applicant) + too_wide(applicant) == []


def appoint(office: Office, made: str) -> None:
    """The secretary proposes the committee and the chair agrees."""
    secretary = office.desk(Role.SECRETARY)
    secretary.go(f"/raad/verkiezingen/{made}")
    secretary.follow("Voorselectie")
    secretary.follow("Wie beoordelen?")
    secretary.choose(*MEMBERS[:3])
    secretary.decide("propose")
    chair = office.desk(Role.CHAIR)
    chair.go("/raad")
    chair.follow("Aanwijzen wie kandidaten beoordelen")
    chair.decide("approve")
    assert "is gevraagd" in chair.text


def begin(phone: Visitor) -> None:
    """From the first page to the list of applicants, by way of the declaration."""
    phone.follow("Voorselectie")
    phone.follow("Bestuur 2027")
    phone.follow("Begin")
    phone.choose("Ja")
    phone.press("Verder")
    assert all(name in phone.text for name in APPLICANTS)


def declare_conflict(phone: Visitor, name: str) -> None:
    """She does not judge her sister."""
    phone.follow(name)
    phone.fill(conflict="Zij is mijn zus.")
    phone.press("Ik oordeel niet over deze kandidaat")
    assert "u oordeelt niet" in phone.text


def score(phone: Visitor, name: str, value: int) -> None:
    """A figure with a reason for each competence."""
    phone.follow(name)
    for competence in ("listen", "plan"):
        phone.page.check(f"[name=value_{competence}][value='{value}']")
        phone.page.fill(f"[name=reason_{competence}]", WHY)
    phone.press("Bewaar de cijfers")


def propose(phone: Visitor) -> None:
    """The third does not come on the list."""
    phone.page.go_back()
    phone.follow("Besluit voorstellen")
    for place, name in enumerate(APPLICANTS):
        row = phone.page.get_by_role("group", name=f"Mag {name} meedoen?")
        row.get_by_label("Nee" if place == 2 else "Ja", exact=True).check()
        said = "Dank u wel. Dit past nu niet." if place == 2 else "Welkom op de lijst."
        phone.page.get_by_label(f"Reden voor {name}").fill(said)
    phone.press("Stel dit voor")
    assert "Iemand anders keurt het goed." in phone.text


def enter(server: Server, visitor: Visitor, election: str, application: str) -> Visitor:
    """The applicant came in with her code; that is another page's work, so it is done here."""

    def came_in() -> str:
        browsing["nomination"] = {"election": election, "application": application}
        return '<title>in</title><link rel="icon" href="data:,">'

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(server.app.view_functions, "site.privacy", came_in)
        visitor.go("/privacy")
    visitor.go("/kandidaat/besluit")
    return visitor
