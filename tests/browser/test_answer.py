"""A tenant answers a consultation on a phone, with a script and without, by finger and by key."""

import json
import re

import pytest

from consult.actor import Role
from consult.config import ROOT
from consult.surveys.core.format import load
from consult.surveys.store import consultations
from tests.browser.accessibility import in_both_schemes, too_wide, violations
from tests.browser.conftest import Visit
from tests.browser.office import sign_in
from tests.browser.server import Server
from tests.browser.visitor import Visitor
from tests.cast import join
from tests.consultations import PLAN, Running, running
from tests.every_kind import of_every_kind, poll

pytestmark = pytest.mark.browser
THANKS = "Uw antwoorden zijn binnen."
LONG = (ROOT / "consult" / "demo" / "warmth.json").read_text(encoding="utf-8")
NEXT = {"nl": "Verder", "ar": "التالي"}
SEND = {"nl": "Verstuur mijn antwoorden", "ar": "إرسال إجاباتي"}


@pytest.fixture(scope="module")
def run(server: Server) -> Running:
    """A consultation with a question of four kinds that is open now."""
    with server.database.write() as session:
        return running(session, server.settings)


@pytest.fixture(scope="module")
def long(server: Server, run: Running) -> Running:
    """A real one: 25 questions in four languages, with routing."""
    with server.database.write() as session:
        made = running(session, server.settings, 0, PLAN)
        languages = ("nl", "en", "tr", "ar")
        consultations.change(session, made.id, questions=load(LONG), languages=languages)
        return made


@pytest.fixture(scope="module")
def kinds(server: Server, run: Running) -> Running:
    """One with every kind of question."""
    with server.database.write() as session:
        return of_every_kind(session, server.settings, 0)


def begin(tenant: Visitor, run: Running, number: int, language: str = "nl") -> None:
    tenant.go(f"/meedoen/{run.slug}?taal={language}#code={run.codes[number].digits}")
    if not tenant.page.input_value("#code"):
        tenant.fill(code=run.codes[number].digits)
    tenant.await_page(tenant.page.locator("form button[type=submit]").last.tap)


def answer_the_rest(tenant: Visitor) -> None:
    """From the second question to the review, with an answer to each."""
    tenant.choose("Bomen", "Water")
    tenant.press("Verder")
    tenant.choose("4")
    tenant.press("Verder")
    tenant.fill(answer="Meer bomen graag.\nEn bankjes.")
    tenant.press("Verder")


def test_an_answer_goes_from_the_letter_to_thanks(visit: Visit, run: Running) -> None:
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}#code={run.codes[0].digits}")
    assert tenant.heading == str(PLAN.title)
    assert tenant.text.index("vertrouwelijk") < tenant.text.index("Uw code van 16 cijfers")
    assert "#" not in tenant.page.url
    assert tenant.page.input_value("#code") == run.codes[0].digits
    tenant.press("Begin")

    assert tenant.heading == "Is er genoeg groen?"
    assert "Stap 1 van 4" in tenant.text
    tenant.press("Verder")
    assert tenant.page.title().startswith("Fout: ")
    assert "Geef een antwoord op deze vraag." in tenant.page.inner_text(":focus")
    assert in_both_schemes(tenant) + too_wide(tenant) == []
    tenant.page.get_by_role("link", name="Geef een antwoord op deze vraag.").tap()
    assert tenant.page.evaluate("document.activeElement.id") == "answer"
    tenant.choose("Nee")
    tenant.press("Verder")

    answer_the_rest(tenant)
    assert tenant.heading == "Kloppen uw antwoorden?"
    assert all(part in tenant.text for part in ("Nee", "Bomen", "Water", "4", "En bankjes."))
    tenant.follow("Vorige vraag")
    tenant.press("Vorige vraag")
    assert tenant.page.get_by_label("4", exact=True).is_checked()
    tenant.press("Verder")
    assert tenant.page.input_value("#answer") == "Meer bomen graag.\nEn bankjes."
    tenant.press("Verder")
    tenant.press("Verstuur mijn antwoorden")
    assert THANKS in tenant.text
    assert in_both_schemes(tenant) + too_wide(tenant) == []
    tenant.follow("English")
    assert violations(tenant) == []
    tenant.follow("Nederlands")
    assert THANKS in tenant.text
    tenant.go(f"/meedoen/{run.slug}/vraag/q4")
    assert tenant.heading == str(PLAN.title), "whoever has the phone next sees no answers"
    assert tenant.complaints() == []


def test_the_whole_way_works_without_a_script(visit: Visit, run: Running) -> None:
    tenant = visit(java_script_enabled=False)
    tenant.go("/")
    tenant.follow("Meedoen")
    tenant.fill(code=str(run.codes[1]).replace("-", " ")[:-1] + "x")
    tenant.press("Begin")
    assert "Er klopt een cijfer niet." in tenant.page.inner_text(".govuk-error-summary")
    tenant.fill(code=str(run.codes[1]).replace("-", " "))
    tenant.press("Begin")
    tenant.choose("Ja")
    tenant.press("Verder")
    answer_the_rest(tenant)
    tenant.press("Verstuur mijn antwoorden")
    assert THANKS in tenant.text


def test_one_answer_is_changed_from_the_review(visit: Visit, run: Running) -> None:
    tenant = visit()
    begin(tenant, run, 2)
    tenant.choose("Ja")
    tenant.press("Verder")
    answer_the_rest(tenant)
    tenant.await_page(tenant.page.locator("#row-q1").tap)
    tenant.choose("Weet ik niet")
    tenant.press("Verder")
    assert tenant.heading == "Kloppen uw antwoorden?"
    assert "Weet ik niet" in tenant.text


def test_another_language_loses_nothing_that_was_filled_in(visit: Visit, run: Running) -> None:
    tenant = visit()
    begin(tenant, run, 3)
    tenant.choose("Ja")
    tenant.await_page(tenant.page.get_by_role("button", name="English").tap)
    assert tenant.page.get_attribute("html", "lang") == "en"
    assert tenant.heading == "Is er genoeg groen?"
    assert tenant.page.locator("h1 [lang]").get_attribute("lang") == "nl"
    assert tenant.page.get_by_label("Ja", exact=True).is_checked()


def test_who_stops_goes_on_with_the_same_code_on_another_device(visit: Visit, run: Running) -> None:
    tenant = visit()
    begin(tenant, run, 4)
    tenant.choose("Nee")
    tenant.press("Verder")
    computer = visit(viewport={"width": 1280, "height": 800}, is_mobile=False)
    begin(computer, run, 4)
    assert computer.heading == "Wat mist u?"
    computer.press("Vorige vraag")
    assert computer.page.get_by_label("Nee", exact=True).is_checked()


def test_a_lost_network_is_told_and_what_was_typed_stays(visit: Visit, run: Running) -> None:
    tenant = visit()
    begin(tenant, run, 5)
    tenant.choose("Nee")
    tenant.context.set_offline(True)
    tenant.page.get_by_role("button", name="Verder").tap()
    tenant.page.wait_for_selector("#offline:not([hidden])")
    assert "Wat u invulde, staat er nog." in tenant.text
    assert tenant.page.get_by_label("Nee", exact=True).is_checked()
    assert violations(tenant) == []
    assert len(tenant.complaints()) == 1, "the browser notes that it is not connected"
    tenant.forget()
    tenant.context.set_offline(False)
    tenant.press("Verder")
    assert tenant.heading == "Wat mist u?"


def test_an_impatient_double_click_is_one_click(visit: Visit, run: Running) -> None:
    tenant = visit()
    begin(tenant, run, 6)
    tenant.choose("Nee")
    tenant.await_page(tenant.page.get_by_role("button", name="Verder").dblclick)
    assert tenant.heading == "Wat mist u?"


def test_a_warning_comes_before_the_session_ends_and_gives_more_time(
    visit: Visit, run: Running
) -> None:
    tenant = visit()
    tenant.page.clock.install()
    begin(tenant, run, 7)
    assert "Voor deze bladzijde hebt u tot" in tenant.text
    tenant.page.clock.fast_forward("57:00")
    assert tenant.page.locator("#ending").is_hidden()
    tenant.page.clock.fast_forward("02:00")
    assert "Uw tijd is bijna om." in tenant.text
    tenant.page.get_by_role("button", name="Ga door").tap()
    tenant.page.wait_for_selector("#ending", state="hidden")
    tenant.page.clock.fast_forward("59:00")
    assert "Uw tijd is bijna om." in tenant.text


# Every kind of question


def test_a_ranking_is_made_by_keyboard_alone(visit: Visit, kinds: Running) -> None:
    tenant = visit(java_script_enabled=False, has_touch=False, is_mobile=False)
    begin_by_hand(tenant, kinds, 0)
    to_question(tenant, kinds, "works")

    def press(label: str, option: str) -> None:
        tenant.page.get_by_role("button", name=re.compile(f"{label}.*{option}")).focus()
        tenant.await_page(lambda: tenant.page.keyboard.press("Enter"))

    press("Zet op 1", "Deuren")
    press("Zet op 2", "Lift")
    press("Zet op 3", "Dak")
    assert "Uw lijst is klaar." in tenant.text
    press("Omhoog", "Dak")
    assert "Dak" in tenant.page.inner_text("li:has(:focus)"), "the focus moves along"
    order = re.findall(r"(\d)\. (\w+)", tenant.text)
    assert order == [("1", "Deuren"), ("2", "Dak"), ("3", "Lift")]


def begin_by_hand(tenant: Visitor, run: Running, number: int) -> None:
    """Without a script nothing fills in the code."""
    tenant.go(f"/meedoen/{run.slug}")
    tenant.fill(code=run.codes[number].digits)
    tenant.await_page(tenant.page.locator("main form button").first.click)


def to_question(tenant: Visitor, run: Running, question: str, language: str = "nl") -> None:
    """To the page of a question that anybody may open."""
    tenant.go(f"/meedoen/{run.slug}/vraag/{question}?taal={language}")


def test_every_kind_of_question_can_be_used_by_everybody(visit: Visit, kinds: Running) -> None:
    tenant, found = visit(), []
    begin(tenant, kinds, 1)
    to_question(tenant, kinds, "heat")
    tenant.choose("Te koud")
    tenant.press("Verder")
    for one in ("hello", "how_cold", "rooms", "costs", "works", "share", "since", "floor", "more"):
        for language in ("nl", "ar"):
            to_question(tenant, kinds, one, language)
            tenant.page.screenshot(path=ROOT / "var" / f"q-{one}-{language}.png", full_page=True)
            found += [f"{one} {language}: {wrong}" for wrong in violations(tenant)]
            found += [f"{one} {language}: {wrong}" for wrong in too_wide(tenant)]
    to_question(tenant, kinds, "works")
    tenant.await_page(tenant.page.locator("[name=move][value='add:roof']").tap)
    found += in_both_schemes(tenant) + too_wide(tenant)
    to_question(tenant, kinds, "share")
    tenant.page.locator("input[name=answer]").first.fill("4")
    assert "Nog te verdelen: 6" in tenant.text
    tenant.press("Verder")
    found += in_both_schemes(tenant) + too_wide(tenant)
    tenant.go(f"/meedoen/{kinds.slug}/controle")
    tenant.page.screenshot(path=ROOT / "var" / "q-review.png", full_page=True)
    found += in_both_schemes(tenant) + too_wide(tenant)
    assert found + tenant.complaints() == []


# A real questionnaire, from beginning to end

TYPED = {
    "people": "3",
    "since": "1-2-2003",
    "degrees": "19,5",
    "complaint_days": "14",
    "complaint_story": "Het duurde lang.",
    "city_supplier": "Eneco",
    "amount": "85,50",
    "last": "Dank u wel.",
}
CHOSEN = {
    "heating": ["city"],
    "warm": ["2"],
    "cold_rooms": ["living", "bath"],
    "complaint": ["yes"],
    "complaint_help": ["2"],
    "city_bill": ["2"],
    "bill_read": ["partly"],
    "bill_clear": ["1"],
    "bill_unclear": ["words"],
    "services": ["lift", "garden"],
    "lift_works": ["4"],
    "change": ["cheap"],
    "health": ["!rather_not"],
}


def fill_in(tenant: Visitor, question: str, go_on: str) -> None:
    """Answer the question before this person, whatever its language."""
    page = tenant.page
    if question in TYPED:
        page.fill("[name=answer]", TYPED[question])
    for value in CHOSEN.get(question, ()):
        page.check(f"[name=answer][value='{value}']")
    if question == "order":
        for code in ("repairs", "price", "control"):
            tenant.await_page(page.locator(f"[name=move][value='add:{code}']").tap)
    if question == "share":
        for place, points in enumerate(("50", "30", "20")):
            page.locator("[name=answer]").nth(place).fill(points)
    tenant.press(go_on)


@pytest.mark.parametrize(
    ("language", "script", "number"),
    [("nl", True, 0), ("nl", False, 1), ("ar", True, 2), ("ar", False, 3)],
)
def test_25_questions_are_filled_in_on_a_phone(
    visit: Visit, long: Running, language: str, script: bool, number: int
) -> None:
    tenant, met = visit(java_script_enabled=script), []
    tenant.go(f"/meedoen/{long.slug}?taal={language}")
    tenant.fill(code=long.codes[number].digits)
    tenant.await_page(tenant.page.locator("main form button").first.tap)
    found = []
    while "/vraag/" in tenant.page.url:
        question = tenant.page.url.rsplit("/", 1)[-1]
        assert question not in met, "nobody runs in a circle"
        met.append(question)
        if script and len(met) % 6 == 0:
            found += violations(tenant) + too_wide(tenant)
        fill_in(tenant, question, NEXT[language])
    asked = {one["id"] for part in json.loads(LONG)["sections"] for one in part["questions"]}
    assert set(met) < asked
    assert {"city_bill", "complaint_story", "lift_works"} <= set(met)
    assert not {"block_meter", "block_fair"} & set(met)
    assert tenant.page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    tenant.press(SEND[language])
    assert tenant.page.url.endswith("/bedankt")
    assert found + tenant.complaints() == []


# Open polls and helpers


def test_whoever_comes_by_answers_an_open_poll(visit: Visit, server: Server, run: Running) -> None:
    with server.database.write() as session:
        asked = poll(session, server.settings, 0)
    tenant = visit()
    tenant.go(f"/meedoen/{asked.slug}")
    assert "Iedereen kan meedoen" in tenant.text
    tenant.press("Begin")
    tenant.choose("Nee")
    tenant.press("Verder")
    answer_the_rest(tenant)
    assert "De uitkomst zegt alleen iets over wie meedeed." in tenant.text
    tenant.press("Verstuur mijn antwoorden")
    assert THANKS in tenant.text


def test_two_helpers_enter_and_look_at_what_came_on_paper(
    visit: Visit, server: Server, run: Running
) -> None:
    one, other = visit(), visit()
    for helper, name in ((one, "Hanna Helper"), (other, "Piet Helper")):
        sign_in(server, helper, join(server.app, server.database, [Role.HELPER], name))
        helper.go("/raad/helpen")
        assert in_both_schemes(helper) + too_wide(helper) == []
        helper.page.check(f"[name=consultation][value='{run.id}']")
        helper.choose("Op papier")
        helper.fill(code=run.codes[8].digits)
        helper.press("Verder")
        if helper is one:
            helper.choose("Nee")
            helper.press("Verder")
            answer_the_rest(helper)
            helper.press("Klaar voor de tweede helper")
            assert "Dit wacht op een tweede helper" in helper.text
    assert "En bankjes." in other.text
    assert in_both_schemes(other) + too_wide(other) == []
    other.press("Klopt, verstuur")
    assert "De antwoorden zijn verstuurd" in other.text
