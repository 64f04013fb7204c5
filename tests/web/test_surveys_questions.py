"""Each kind of question on its page: filled in with a plain form, wrong, declined, changed."""

import html
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.config import Settings
from consult.db.session import Database
from tests.consultations import WHILE_OPEN, Running
from tests.every_kind import of_every_kind


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return of_every_kind(session, settings)


@pytest.fixture(autouse=True)
def _open() -> Iterator[None]:
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield


@pytest.fixture
def tenant(client: FlaskClient, run: Running) -> FlaskClient:
    """Somebody who entered her code and said that it is cold."""
    client.post(f"/meedoen/{run.slug}", data={"code": str(run.codes[0])})
    put(client, run, "hello")
    put(client, run, "heat", "cold")
    return client


def path(run: Running, question: str) -> str:
    return f"/meedoen/{run.slug}/vraag/{question}"


def put(
    client: FlaskClient, run: Running, question: str, *values: str, **more: str
) -> TestResponse:
    return client.post(path(run, question), data={"answer": list(values), **more})


def shown(client: FlaskClient, run: Running, question: str, language: str = "nl") -> str:
    page = client.get(f"{path(run, question)}?taal={language}")
    assert page.status_code == 200
    return html.unescape(page.text)


def review(client: FlaskClient, run: Running) -> str:
    return html.unescape(client.get(f"/meedoen/{run.slug}/controle").text)


def led_to(response: TestResponse) -> str:
    assert response.status_code == 303, response.text
    return response.location.rsplit("/", 1)[-1]


GOOD = {
    "how_cold": (("4",), "4"),
    "rooms": (("bed", "hall"), "Slaapkamer · Gang"),
    "costs": (("12,50",), "12,50 euro per maand"),
    "works": (("lift", "roof", "paint"), "1. Lift · 2. Dak · 3. Schilderen"),
    "share": (("7", "", "3"), "Groen: 7 · Veilig: 0 · Schoon: 3"),
    "since": (("1 2 1999",), "1-2-1999"),
    "floor": (("  derde   etage ",), "derde etage"),
    "more": (("Warmer.\r\nEn droger.",), "Warmer.\nEn droger."),
}


@pytest.mark.parametrize("question", GOOD)
def test_an_answer_of_each_kind_is_kept_and_shown_back(
    tenant: FlaskClient, run: Running, question: str
) -> None:
    values, said = GOOD[question]
    led_to(put(tenant, run, question, *values))
    assert said in review(tenant, run)
    page = shown(tenant, run, question)
    assert "Geef een antwoord" not in page
    again = form_values(page)
    led_to(put(tenant, run, question, *again))
    assert said in review(tenant, run), "what the page shows is the answer"


def form_values(page: str) -> list[str]:
    """What a browser would send as the answer from this page."""
    ticked = re.findall(r'name="answer" type="\w+" value="([^"]*)" checked', page)
    hidden = re.findall(r'type="hidden" name="answer" value="([^"]*)"', page)
    typed = re.findall(r'name="answer"(?: type="text")? value="([^"]*)"(?! checked)', page)
    area = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    return ticked or hidden or area or typed


WRONG = [
    ("how_cold", ("9",), "Kies een van de antwoorden."),
    ("rooms", ("bed", "no"), "Dit antwoord gaat niet samen met een ander."),
    ("rooms", ("bed", "bath", "hall"), "Kies hoogstens 2 antwoorden."),
    ("rooms", ("bed", "!dont_know"), "Dit antwoord gaat niet samen met een ander."),
    ("costs", ("veel",), "Vul een getal in"),
    ("costs", ("900",), "Dit getal kan hier niet."),
    ("works", ("lift",), "Zet er 3 op volgorde."),
    ("share", ("7", "1", "1"), "Verdeel precies 10 punten."),
    ("share", ("veel", "1", "1"), "Vul bij elk antwoord een heel getal in."),
    ("since", ("gisteren",), "Vul een dag in"),
    ("since", ("1-1-2030",), "Deze dag kan hier niet."),
    ("floor", ("e" * 21,), "Er passen 20 tekens in."),
]


@pytest.mark.parametrize(("question", "values", "told"), WRONG)
def test_what_is_wrong_is_told_at_the_field_and_kept(
    tenant: FlaskClient, run: Running, question: str, values: tuple[str, ...], told: str
) -> None:
    page = html.unescape(put(tenant, run, question, *values).text)
    assert told in page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert told in page[page.index('id="answer-error"') :]
    assert 'href="#answer"' in page
    assert 'id="answer"' in page
    assert "<title>Fout:" in page
    kept = form_values(page)
    assert question == "how_cold" or set(values) <= set(kept)


@pytest.mark.parametrize("question", ["rooms", "costs", "since", "health"])
def test_who_may_decline_does_so_with_a_tick(
    tenant: FlaskClient, run: Running, question: str
) -> None:
    assert "Zeg ik liever niet" in shown(tenant, run, question)
    if question == "rooms":
        led_to(put(tenant, run, question, "!rather_not"))
    else:
        led_to(put(tenant, run, question, "", declined="rather_not"))
    assert "Zeg ik liever niet" in review(tenant, run)
    assert "checked" in shown(tenant, run, question)


def test_declining_and_answering_at_once_is_told(tenant: FlaskClient, run: Running) -> None:
    page = put(tenant, run, "costs", "12", declined="dont_know").text
    assert "Dit antwoord gaat niet samen met een ander." in page
    assert 'value="12"' in page
    assert 'value="dont_know" checked' in page


def test_nobody_declines_where_that_is_not_offered(tenant: FlaskClient, run: Running) -> None:
    assert "Weet ik niet" not in shown(tenant, run, "how_cold")
    assert "Kies een van de antwoorden." in put(tenant, run, "how_cold", "!dont_know").text


def test_a_ranking_is_made_with_buttons_that_any_browser_has(
    tenant: FlaskClient, run: Running
) -> None:
    def press(act: str) -> list[str]:
        values = form_values(shown(tenant, run, "works"))
        assert led_to(put(tenant, run, "works", *values, move=act)) == "works"
        return form_values(shown(tenant, run, "works"))

    assert press("add:paint") == ["paint"]
    assert press("add:roof") == ["paint", "roof"]
    assert press("add:lift") == ["paint", "roof", "lift"]
    assert press("add:doors") == ["paint", "roof", "lift"], "there are three places"
    assert press("up:lift") == ["paint", "lift", "roof"]
    assert press("down:paint") == ["lift", "paint", "roof"]
    assert press("up:lift") == ["lift", "paint", "roof"], "the first stays first"
    assert press("drop:paint") == ["lift", "roof"]
    assert press("up:nothing") == ["lift", "roof"]
    assert "Zet op 3" in shown(tenant, run, "works")
    assert press("add:paint") == ["lift", "roof", "paint"]
    assert led_to(put(tenant, run, "works", "lift", "roof", "paint")) == "share"


def test_half_a_ranking_waits_for_who_comes_back(tenant: FlaskClient, run: Running) -> None:
    put(tenant, run, "works", move="add:roof")
    assert led_to(put(tenant, run, "works", "roof", go="back")) == "costs"
    assert form_values(shown(tenant, run, "works")) == ["roof"]
    assert "Hier ontbreekt nog een antwoord" in review(tenant, run)


def test_the_points_that_are_left_stand_on_the_page(tenant: FlaskClient, run: Running) -> None:
    assert "Nog te verdelen: <strong>10</strong>" in shown(tenant, run, "share")
    page = put(tenant, run, "share", "4", "3", "1").text
    assert "Nog te verdelen: <strong>2</strong>" in page


def test_what_was_not_reached_is_neither_asked_nor_sent(tenant: FlaskClient, run: Running) -> None:
    put(tenant, run, "how_cold", "5")
    assert led_to(put(tenant, run, "heat", "warm")) == "costs"
    assert "Hoe erg is het" not in review(tenant, run)


def test_a_question_that_an_answer_shut_off_cannot_be_opened(
    tenant: FlaskClient, run: Running
) -> None:
    put(tenant, run, "heat", "warm")
    assert led_to(tenant.get(path(run, "how_cold"))) == "costs"
    assert led_to(put(tenant, run, "how_cold", "3")) == "costs"


def test_changing_an_earlier_answer_back_finds_what_was_filled_in(
    tenant: FlaskClient, run: Running
) -> None:
    put(tenant, run, "how_cold", "5")
    put(tenant, run, "heat", "warm")
    put(tenant, run, "heat", "wet")
    assert 'value="5" checked' in shown(tenant, run, "how_cold")


def test_a_change_at_the_check_that_opens_questions_asks_them_first(
    tenant: FlaskClient, run: Running
) -> None:
    put(tenant, run, "heat", "warm")
    for question in ("costs", "works", "share", "since", "floor", "more", "health"):
        put(tenant, run, question, *GOOD.get(question, ((),))[0])
    changed = tenant.post(f"{path(run, 'heat')}?naar=controle", data={"answer": "cold"})
    assert led_to(changed) == "how_cold"


def test_progress_tells_the_most_that_may_still_come(tenant: FlaskClient, run: Running) -> None:
    assert "Stap 2, hierna nog hoogstens 9" in shown(tenant, run, "heat")
    assert "Stap 3, hierna nog hoogstens 8" in shown(tenant, run, "how_cold")
    put(tenant, run, "heat", "warm")
    assert "Stap 3, hierna nog hoogstens 6" in shown(tenant, run, "costs")
    assert "Stap 9, de laatste" in shown(tenant, run, "health")


def test_an_earlier_answer_stands_in_a_later_text(tenant: FlaskClient, run: Running) -> None:
    assert "Hoe erg is het dat u ‘Te koud’ zei?" in shown(tenant, run, "how_cold")


def test_a_section_says_what_it_is_about_and_jargon_is_explained(
    tenant: FlaskClient, run: Running
) -> None:
    first = shown(tenant, run, "hello")
    assert "Uw woning" in first
    assert "het overleg over <dfn>servicekosten</dfn>." in first
    assert "Wij vragen dit" not in shown(tenant, run, "heat")
    page = shown(tenant, run, "costs")
    assert "Wat betaalt u aan <dfn>servicekosten</dfn>?" in page
    assert "Wat betekent ‘servicekosten’?" in page
    assert "Wat u betaalt naast de huur." in page


def test_a_page_to_read_asks_nothing(tenant: FlaskClient, run: Running) -> None:
    page = shown(tenant, run, "hello")
    assert "Het duurt tien minuten." in page
    assert 'name="answer"' not in page
    assert led_to(put(tenant, run, "hello")) == "heat"


def test_texts_come_in_the_language_of_the_page_and_say_where_they_do_not(
    tenant: FlaskClient, run: Running
) -> None:
    page = shown(tenant, run, "heat", "en")
    assert "Is your home warm?" in page
    assert '<span lang="nl" dir="ltr">Te koud</span>' in page
    assert "Verder" not in page
    arabic = shown(tenant, run, "heat", "ar")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "مسكنك" in arabic
    assert '<span lang="nl" dir="ltr">Is uw woning warm?</span>' in arabic


def test_an_answer_given_in_one_language_is_the_same_in_another(
    tenant: FlaskClient, run: Running
) -> None:
    put(tenant, run, "costs", "١٢٫٥")
    assert "12,50 euro per maand" in review(tenant, run)
    assert 'value="12,50"' in shown(tenant, run, "costs", "ar")


def test_only_own_words_about_nothing_sensitive_may_be_quoted_and_only_with_consent(
    tenant: FlaskClient, run: Running
) -> None:
    asks = "De raad mag dit aanhalen, zonder mijn naam"
    assert asks in shown(tenant, run, "more")
    assert asks not in shown(tenant, run, "health")
    assert asks not in shown(tenant, run, "costs")
    put(tenant, run, "more", "Warmer.", quote="y")
    assert 'value="y" checked' in shown(tenant, run, "more")
    assert review(tenant, run).count(asks) == 1
    put(tenant, run, "more", "Warmer.")
    assert asks not in review(tenant, run)


def test_what_goes_along_is_shown_before_sending_with_her_own_values(
    tenant: FlaskClient, run: Running
) -> None:
    page = review(tenant, run)
    assert "Met uw antwoorden gaat dit mee:" in page
    for told in ("U bent huurder", "Uw leeftijd: 35 tot en met 64 jaar"):
        assert told in page
    assert re.search("Uw wijk: <bdi>(Noord|Zuid)</bdi>", page)
    begin = html.unescape(tenant.get(f"/meedoen/{run.slug}").text)
    assert "Dit gaat wel mee: of u huurder, koper of ondernemer bent, uw leeftijdsgroep" in begin


def test_the_public_page_shows_questions_without_marks(client: FlaskClient, run: Running) -> None:
    page = client.get(f"/raadplegingen/{run.slug}").text
    assert "Wat betaalt u aan servicekosten?" in page
    assert "{heat|" not in page
