"""A customer stands for election on a phone: with a script and without, by finger and by key."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consult.elections.actions import nomination
from consult.elections.core.nomination import Application, Standing
from tests.browser.accessibility import in_both_schemes, too_wide, violations
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.consultations import WHILE_OPEN
from tests.nominations import CALLING, Calling, calling, jpeg
from tests.unit.elections.test_photo import tagged

pytestmark = pytest.mark.browser
STANDS = "U stelde zich kandidaat."


@pytest.fixture(scope="module")
def run(server: Server) -> Calling:
    """An election that customers can stand for now."""
    plan = replace(
        CALLING,
        nominate_from=WHILE_OPEN - timedelta(days=3),
        nominate_until=WHILE_OPEN + timedelta(days=14),
        opens_at=WHILE_OPEN + timedelta(days=30),
        closes_at=WHILE_OPEN + timedelta(days=40),
        seats_from=(WHILE_OPEN + timedelta(days=60)).date(),
    )
    with server.database.write() as session:
        return calling(session, server.settings, plan)


def own(server: Server, run: Calling, number: int) -> Application:
    with server.database.read() as session:
        found = nomination.mine(session, WHILE_OPEN, run.applicant(number)).application
    assert found is not None
    return found


def begin(customer: Visitor, run: Calling, number: int) -> None:
    customer.go(f"/kandidaat/{run.uuid}")
    customer.fill(code=str(run.codes[number]))
    customer.press("Begin")


def fill_in_the_words(customer: Visitor, name: str) -> None:
    """From the first page to the photo."""
    customer.fill(name=name)
    customer.press("Verder")
    customer.fill(statement="Ik luister graag naar mijn buren.")
    customer.press("Verder")
    customer.fill(answer="Dat doe ik al jaren.")
    customer.press("Verder")
    customer.fill(answer="Op een telraam.")
    customer.press("Verder")
    customer.press("Verder")


def fill_in_the_rest(customer: Visitor) -> None:
    """From the photo to the check."""
    customer.press("Verder")
    customer.page.locator('input[name="staff"][value="no"]').check()
    customer.page.locator('input[name="committee"][value="no"]').check()
    customer.press("Verder")
    customer.choose("Ja, dit mag openbaar worden")
    customer.press("Verder")


def test_from_the_letter_to_candidate_and_back_and_again(
    visit: Visit, run: Calling, server: Server, tmp_path: Path
) -> None:
    customer = visit()
    customer.go(f"/kandidaat/{run.uuid}#code={run.codes[0].digits}")
    assert customer.heading == "Kandidaat worden"
    assert "#" not in customer.page.url
    assert customer.page.input_value("#code") == run.codes[0].digits
    customer.press("Begin")
    assert customer.heading == "Uw naam op het stembiljet"

    customer.press("Verder")
    assert customer.page.title().startswith("Fout: ")
    assert "Vul uw naam in." in customer.page.inner_text(":focus")
    fill_in_the_words(customer, "Anna Appel")

    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(tagged())
    customer.page.set_input_files("#photo", photo)
    customer.press("Bewaar deze foto")
    shown = customer.page.get_by_role("img", name="Uw foto")
    assert shown.evaluate("image => image.complete && image.naturalWidth") == 480
    assert in_both_schemes(customer) + too_wide(customer) == []
    fill_in_the_rest(customer)

    assert customer.heading == "Klopt uw aanmelding?"
    assert all(part in customer.text for part in ("Anna Appel", "mijn buren", "Op een telraam."))
    customer.press("Ik stel mij kandidaat")
    assert STANDS in customer.text
    assert in_both_schemes(customer) + too_wide(customer) == []
    customer.follow("English")
    assert violations(customer) == []
    customer.follow("Nederlands")

    customer.page.locator("#row-1").tap()
    customer.page.wait_for_url("**/stap/1*")
    customer.fill(name="Anna Peer")
    customer.press("Verder")
    assert "nog niet verstuurd" in customer.text
    customer.press("Ik stel mij kandidaat")
    assert own(server, run, 0).name == "Anna Peer"

    customer.follow("Trek mij terug")
    customer.press("Ja, trek mij terug")
    assert "U trok zich terug" in customer.text
    assert in_both_schemes(customer) + too_wide(customer) == []
    customer.follow("Stel mij toch kandidaat")
    customer.press("Ik stel mij kandidaat")
    assert STANDS in customer.text
    assert own(server, run, 0).standing is Standing.SUBMITTED


def test_the_whole_way_works_without_a_script(
    visit: Visit, run: Calling, server: Server, tmp_path: Path
) -> None:
    customer = visit(java_script_enabled=False)
    customer.go("/kandidaat")
    customer.fill(code=str(run.codes[1]).replace("-", " ")[:-1] + "x")
    customer.press("Begin")
    assert "Er klopt een cijfer niet." in customer.page.inner_text(".govuk-error-summary")
    customer.fill(code=str(run.codes[1]).replace("-", " "))
    customer.press("Begin")
    fill_in_the_words(customer, "Bilal Berg")
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(jpeg())
    customer.page.set_input_files("#photo", photo)
    customer.press("Bewaar deze foto")
    assert customer.page.get_by_role("img", name="Uw foto").count() == 1
    customer.press("Haal de foto weg")
    assert customer.page.get_by_role("img", name="Uw foto").count() == 0
    fill_in_the_rest(customer)
    customer.press("Ik stel mij kandidaat")
    assert STANDS in customer.text
    assert own(server, run, 1).standing is Standing.SUBMITTED


def test_words_are_counted_while_they_are_written_as_the_server_counts_them(
    visit: Visit, run: Calling
) -> None:
    customer = visit()
    begin(customer, run, 2)
    customer.fill(name="Cora Citroen")
    customer.press("Verder")
    told = customer.page.locator("[data-words=statement]")
    assert told.inner_text() == "Woorden die u nog over hebt: 150."
    customer.fill(statement="Ik luister – huis-aan-huis 🙂 en/of bij u thuis.")
    told.filter(has_text="Woorden die u nog over hebt: 143.").wait_for()
    customer.fill(statement="woord " * 152)
    told.filter(has_text="Woorden te veel: 2.").wait_for()
    customer.press("Verder")
    assert "Er passen 150 woorden in." in customer.text


def test_she_goes_on_with_the_same_code_on_another_device(visit: Visit, run: Calling) -> None:
    first = visit()
    begin(first, run, 3)
    fill_in_the_words(first, "Daan Dorp")
    second = visit()
    begin(second, run, 3)
    assert second.heading == "Andere belangen"
    second.go(f"/kandidaat/{run.uuid}/controle")
    assert "Daan Dorp" in second.text


def test_whoever_takes_the_phone_next_sees_nothing(visit: Visit, run: Calling) -> None:
    customer = visit()
    begin(customer, run, 4)
    customer.fill(name="Els Eik")
    customer.press("Verder")
    customer.go(f"/kandidaat/{run.uuid}/mijn")
    customer.press("Sluit mijn aanmelding op dit toestel")
    customer.go(f"/kandidaat/{run.uuid}/mijn")
    assert "Vul eerst uw code in" in customer.text
