"""Dutch unless somebody asks for English; the switch keeps the page and what was asked of it."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from tests import elections as story

Staff = Callable[..., Any]
PAGES = (
    ("/", "Uw stem telt mee", "Wie zijn wij?", "Your voice counts", "Who are we?"),
    ("/uitslagen", "Uitslagen", "Er zijn nog geen", "Results", "There are no results yet."),
    ("/privacy", "Privacy", "Wat wij van u hebben", "Privacy", "What we have about you"),
    ("/toegankelijkheid", "Toegankelijkheid", "Hoe wij testen", "Accessibility", "How we test"),
    ("/hoe-werkt-het", "Hoe werkt dit?", "Uw code", "How does this work?", "Your code"),
    ("/bestuur", "Het bestuur", "staat hier nog niet", "The board", "is not shown here yet"),
    ("/meedoen", "Meedoen", "Er is nu geen", "Take part", "No consultation is open now."),
    ("/inloggen", "Inloggen", "Bent u klant?", "Sign in", "Are you a customer?"),
)
DESKS = (
    ("/raad", "Overzicht", "Overview"),
    ("/raad/mensen", "Mensen", "People"),
    ("/raad/raadplegingen", "Raadplegingen", "Consultations"),
    ("/raad/verkiezingen", "Verkiezingen", "Elections"),
    ("/raad/klantenbestand", "Klantenbestand", "Customer register"),
    ("/raad/bestuur", "Bestuur", "Board"),
    ("/raad/logboek", "Logboek", "Log"),
)


def title(page: str) -> str:
    """The page's own name."""
    found = re.search(r"<title>\s*(.*?) – ", page, re.DOTALL)
    return unescape(found.group(1)) if found else ""


def switch(page: str, language: str) -> str:
    """Where the link to the page in ``language`` leads."""
    found = re.search(rf'href="([^"]+)" lang="{language}" hreflang="{language}"', page)
    return unescape(found.group(1)) if found else ""


@pytest.mark.parametrize(("path", "dutch", "zin", "english", "sentence"), PAGES)
def test_a_page_can_be_switched_to_english_and_back(
    client: FlaskClient, path: str, dutch: str, zin: str, english: str, sentence: str
) -> None:
    page = client.get(path).text
    for language, name, words, other in (
        ("nl", dutch, zin, "en"),
        ("en", english, sentence, "nl"),
        ("nl", dutch, zin, "en"),
    ):
        assert f'<html lang="{language}" dir="ltr">' in page
        assert title(page) == name
        assert words in page
        page = client.get(path + switch(page, other)).text


@pytest.mark.parametrize(("path", "dutch", "english"), DESKS)
def test_the_work_of_the_council_can_be_done_in_english(
    staff: Staff, path: str, dutch: str, english: str
) -> None:
    chair = staff(Role.CHAIR)
    assert title(chair.get(path).text) == dutch
    assert title(chair.get(f"{path}?taal=en").text) == english


def test_the_switch_keeps_what_was_asked_of_the_page(client: FlaskClient) -> None:
    page = client.get("/uitslagen?versie=2&soort=a&soort=b%26c").text
    assert switch(page, "en") == "?versie=2&soort=a&soort=b%26c&taal=en"
    page = client.get(f"/uitslagen{switch(page, 'en')}").text
    assert switch(page, "nl") == "?versie=2&soort=a&soort=b%26c&taal=nl"


def test_the_language_is_kept_on_the_pages_that_follow(client: FlaskClient) -> None:
    client.get("/?taal=en")
    assert title(client.get("/privacy").text) == "Privacy"
    assert '<html lang="en"' in client.get("/privacy").text
    client.get("/?taal=nl")
    assert '<html lang="nl"' in client.get("/privacy").text


def test_what_the_browser_prefers_changes_nothing(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert title(page) == "Uw stem telt mee"


@pytest.mark.parametrize("asked", ["xx", "", "EN", "en_GB", "../en"])
def test_a_language_that_we_do_not_speak_is_dutch(client: FlaskClient, asked: str) -> None:
    assert title(client.get("/", query_string={"taal": asked}).text) == "Uw stem telt mee"


def test_the_booth_speaks_the_language_of_its_address_and_of_nothing_else(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
    booth = f"/stemmen/{run.uuid}/"
    page = client.get(f"/verkiezing/{run.uuid}?taal=en").text
    assert "Whom is the council looking for?" in page
    assert f'lang="nl">{story.PLAN.profile}<' in page
    assert f'href="{booth}?taal=en"' in page
    assert "Choose at most 2 names" in client.get(f"{booth}?taal=en").text
    assert "Kies hoogstens 2 namen" in client.get(booth).text


def test_a_published_result_is_told_in_english_too(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        for code, other in zip(
            run.codes, ("Bilal Berg", "Bilal Berg", "Cora Citroen"), strict=False
        ):
            ballot = story.ballot_of(session, run, code, "Anna Appel", other)
            story.cast(session, settings, run, ballot)
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    page = client.get(f"/uitslagen/verkiezing-{run.uuid.lower()}?taal=en").text
    assert "Votes for each candidate" in page
    assert "Anna Appel got 3 votes and is elected." in page
    assert "Turnout" in page
    assert "Opkomst" not in page


def test_a_refusal_is_told_in_the_language_of_the_reader(client: FlaskClient) -> None:
    client.get("/?taal=en")
    page = client.post("/inloggen", data={"email": "niemand@example.org", "password": "x"}).text
    assert "This e-mail address and password do not belong together." in page
    assert title(page) == "Error: Sign in"
