"""A tenant answers a consultation on a phone, with a script and without, by finger and by key."""

import pytest

from tests.browser.accessibility import in_both_schemes, too_wide, violations
from tests.browser.conftest import Visit
from tests.browser.server import Server
from tests.browser.visitor import Visitor
from tests.consultations import PLAN, Running, running

pytestmark = pytest.mark.browser
THANKS = "Uw antwoorden zijn binnen."


@pytest.fixture(scope="module")
def run(server: Server) -> Running:
    """A consultation with a question of each kind that is open now."""
    with server.database.write() as session:
        return running(session, server.settings)


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
    assert tenant.heading == PLAN.title
    assert tenant.text.index("vertrouwelijk") < tenant.text.index("Uw code van 16 cijfers")
    assert "#" not in tenant.page.url
    assert tenant.page.input_value("#code") == run.codes[0].digits
    tenant.press("Begin")

    assert tenant.heading == "Is er genoeg groen?"
    assert "Vraag 1 van 4" in tenant.text
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
    tenant.go(f"/meedoen/{run.slug}/vraag/4")
    assert tenant.heading == PLAN.title, "whoever has the phone next sees no answers"


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
    tenant.go(f"/meedoen/{run.slug}#code={run.codes[2].digits}")
    tenant.press("Begin")
    tenant.choose("Ja")
    tenant.press("Verder")
    answer_the_rest(tenant)
    tenant.page.locator("#row-1").tap()
    tenant.page.wait_for_url("**/vraag/1*")
    tenant.choose("Weet ik niet")
    tenant.press("Verder")
    assert tenant.heading == "Kloppen uw antwoorden?"
    assert "Weet ik niet" in tenant.text


def test_the_language_changes_without_losing_the_question(visit: Visit, run: Running) -> None:
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}#code={run.codes[3].digits}")
    tenant.press("Begin")
    tenant.choose("Ja")
    tenant.press("Verder")
    tenant.follow("English")
    assert tenant.page.get_attribute("html", "lang") == "en"
    assert tenant.heading == "Wat mist u?"
    assert tenant.page.locator("h1").evaluate("h1 => h1.closest('[lang]').lang") == "nl"
