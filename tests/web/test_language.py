"""Dutch unless somebody asks for another language; the switch keeps the page and its question.

Pages of tenants speak Turkish and Arabic too; all others fall back to Dutch, and forget nothing.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import gettext, ngettext

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.core.asking.words import LANGUAGES as WRITTEN
from consult.surveys.core.asking.words import words
from consult.web import locale
from consult.wording import TENANT_LANGUAGES, direction
from tests import consultations
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
    for language, name, told, other in (
        ("nl", dutch, zin, "en"),
        ("en", english, sentence, "nl"),
        ("nl", dutch, zin, "en"),
    ):
        assert f'<html lang="{language}" dir="ltr">' in page
        assert title(page) == name
        assert told in page
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


@pytest.fixture
def run(database: Database, settings: Settings) -> consultations.Running:
    """A consultation in every language of tenants."""
    plan = replace(consultations.PLAN, languages=tuple(TENANT_LANGUAGES))
    with database.write() as session:
        return consultations.running(session, settings, plan=plan)


def test_council_and_pages_mean_the_same_languages() -> None:
    assert WRITTEN == TENANT_LANGUAGES


@pytest.mark.parametrize(
    ("language", "written", "told"),
    [
        ("nl", "ltr", "Uw code van 16 cijfers"),
        ("en", "ltr", "Your code of 16 digits"),
        ("tr", "ltr", "16 rakamlı kodunuz"),
        ("ar", "rtl", "رمزكم المكوّن من 16 رقمًا"),
    ],
)
def test_a_page_of_tenants_speaks_four_languages(
    client: FlaskClient, run: consultations.Running, language: str, written: str, told: str
) -> None:
    with time_machine.travel(consultations.WHILE_OPEN):
        page = client.get(f"/meedoen/{run.slug}?taal={language}").text
    assert f'<html lang="{language}" dir="{written}">' in page
    assert told in page
    for other in TENANT_LANGUAGES.keys() - {language}:
        assert switch(page, other) == f"?taal={other}"
        assert f'hreflang="{other}" dir="{direction(other)}"' in page
    assert switch(page, language) == ""


def test_a_language_of_tenants_alone_is_kept_past_a_page_that_lacks_it(
    client: FlaskClient, run: consultations.Running
) -> None:
    client.get(f"/meedoen/{run.slug}?taal=ar")
    assert '<html lang="nl" dir="ltr">' in client.get("/privacy").text
    assert switch(client.get("/privacy").text, "ar") == ""
    assert '<html lang="ar" dir="rtl">' in client.get(f"/meedoen/{run.slug}").text


def test_a_page_that_lacks_a_language_does_not_take_it(
    client: FlaskClient, staff: Staff, run: consultations.Running
) -> None:
    assert '<html lang="nl"' in client.get("/?taal=tr").text
    assert '<html lang="nl"' in client.get(f"/meedoen/{run.slug}").text
    assert '<html lang="nl"' in staff(Role.CHAIR).get("/raad?taal=tr").text


def test_a_consultation_offers_the_languages_that_its_texts_are_in(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown() -> str:
        locale.offer(("nl", "tr"))
        return str(locale._context())

    monkeypatch.setitem(app.view_functions, "surveys.answering.start", shown)
    client.get("/meedoen?taal=ar")
    assert "'language': 'nl'" in client.get("/meedoen?taal=ar").text
    page = client.get("/meedoen?taal=tr").text
    assert "'language': 'tr'" in page
    assert "('ar'" not in page
    assert "('en'" in page


def test_an_error_is_told_in_the_language_of_the_tenant(
    client: FlaskClient, run: consultations.Running
) -> None:
    client.get(f"/meedoen/{run.slug}?taal=tr")
    for path in ("/meedoen/zomaar", "/zomaar"):
        page = client.get(path)
        assert page.status_code == 404
        assert "Bu sayfa yok" in page.text
        assert '<html lang="tr" dir="ltr">' in page.text


def test_a_wrong_code_is_told_in_arabic(client: FlaskClient, run: consultations.Running) -> None:
    with time_machine.travel(consultations.WHILE_OPEN):
        page = client.post(f"/meedoen/{run.slug}?taal=ar", data={"code": "12"}).text
    assert "أدخلوا 16 رقمًا. العدد الآن أكثر أو أقل." in page
    assert title(page).startswith("خطأ:")


def test_numbers_of_things_have_the_forms_of_their_language(app: Flask) -> None:
    told = {}
    for language in ("tr", "ar"):
        with app.test_request_context(f"/meedoen?taal={language}"):
            app.preprocess_request()
            told[language] = [
                ngettext("Het is 1 vraag.", "Het zijn %(num)s vragen.", n)
                for n in (0, 1, 2, 3, 11, 100)
            ]
    assert told["tr"] == [f"{n} soru var." for n in (0, 1, 2, 3, 11, 100)]
    assert told["ar"] == [
        "لا توجد أسئلة.",
        "هناك سؤال واحد.",
        "هناك سؤالان.",
        "هناك 3 أسئلة.",
        "هناك 11 سؤالًا.",
        "هناك 100 سؤال.",
    ]


NOTICE = "Een deel van deze pagina is er nog niet in uw taal. Dat staat er in het Nederlands."
PAGE = """{% extends 'layout/base.html' %}{% import 'components/page.html' as p with context %}
{% block main %}<h1>{{ p.words(title) }}</h1><p>{{ p.words(text) }}</p>{% endblock %}"""


@pytest.mark.parametrize(("language", "told"), [("nl", 0), ("tr", 0), ("ar", 1), ("en", 1)])
def test_a_page_says_once_that_a_text_is_not_there_in_its_language(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str, told: int
) -> None:
    green, trees = words({"nl": "Groen", "tr": "Yeşil"}), words({"nl": "Bomen", "tr": "Ağaçlar"})
    shown = partial(render_template_string, PAGE, title=green, text=trees)
    monkeypatch.setitem(app.view_functions, "surveys.answering.start", shown)
    page = client.get(f"/meedoen?taal={language}").text
    with app.test_request_context(f"/meedoen?taal={language}"):
        app.preprocess_request()
        notice = gettext(NOTICE)
    assert page.count(notice) == told
    assert page.count('<span lang="nl" dir="ltr">') == 2 * told
    assert page.index("<h1>") > page.find(notice)


def test_a_form_that_was_not_sent_goes_along_when_the_language_changes(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = "{% extends 'layout/base.html' %}{% set unsent = 'answers' %}"
    shown = partial(render_template_string, template)
    monkeypatch.setitem(app.view_functions, "surveys.answering.start", shown)
    page = client.get("/meedoen").text
    assert 'form="answers" name="taal" value="ar" lang="ar" dir="rtl"' in page
    assert switch(page, "ar") == ""
