"""Both journeys with the keyboard alone, and with everything that has the focus in sight."""

import pytest

from tests import consultations, elections
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser
MOST_TABS = 40
_FOCUSED = """() => {
  const held = document.activeElement;
  const box = held.getBoundingClientRect();
  const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const label = seen?.closest("label");
  return {
    name: (held.labels?.[0] ?? held).innerText.trim(),
    inSight: held.contains(seen) || (label !== null && label?.control === held),
  };
}"""


def reach(visitor: Visitor, name: str) -> None:
    """Press Tab until what is called so has the focus; all on the way has to be in sight."""
    for _ in range(MOST_TABS):
        visitor.page.keyboard.press("Tab")
        focused = visitor.page.evaluate(_FOCUSED)
        assert focused["inSight"], f"hidden while it has the focus: {focused['name']}"
        if focused["name"] == name:
            return
    pytest.fail(f"Tab never comes to {name!r}")


def press(visitor: Visitor, name: str) -> None:
    """Go to a button or a link and press Enter, which leads to another page."""
    reach(visitor, name)
    visitor.await_page(lambda: visitor.page.keyboard.press("Enter"))


def test_a_consultation_is_answered_with_the_keyboard_alone(server: Server, visit: Visit) -> None:
    with server.database.write() as session:
        run = consultations.running(session, server.settings)
    tenant = visit(has_touch=False, is_mobile=False)
    tenant.go(f"/meedoen/{run.slug}")
    reach(tenant, "Uw code van 16 cijfers")
    tenant.page.keyboard.type(str(run.codes[0]))
    press(tenant, "Begin")
    reach(tenant, "Ja")
    tenant.page.keyboard.press("ArrowDown")
    press(tenant, "Verder")
    reach(tenant, "Perken")
    tenant.page.keyboard.press("Space")
    press(tenant, "Verder")
    press(tenant, "Verder")
    assert "Geef een antwoord op deze vraag." in tenant.page.inner_text(":focus")
    reach(tenant, "1 – Ontevreden")
    tenant.page.keyboard.press("Space")
    press(tenant, "Verder")
    reach(tenant, "Uw antwoord")
    tenant.page.keyboard.type("Bankjes.")
    press(tenant, "Verder")
    assert all(part in tenant.text for part in ("Nee", "Perken", "1 – Ontevreden", "Bankjes."))
    press(tenant, "Verstuur mijn antwoorden")
    assert "Uw antwoorden zijn binnen." in tenant.text


def test_a_vote_is_cast_with_the_keyboard_alone(server: Server, visit: Visit) -> None:
    with server.database.write() as session:
        run = elections.running(session, server.settings, people=0)
    voter = visit(has_touch=False, is_mobile=False)
    voter.go(f"/stemmen/{run.uuid}/")
    voter.step("code")
    reach(voter, "Uw code van 26 cijfers")
    voter.page.keyboard.type(run.codes[0].digits)
    voter.page.keyboard.press("Enter")
    voter.step("choose")
    for name in voter.page.locator(".paper label").all_inner_texts():
        reach(voter, name)
    voter.page.keyboard.press("Space")
    reach(voter, "Verder")
    voter.page.keyboard.press("Enter")
    voter.step("review")
    assert voter.page.locator("[data-chosen] li").count() == 1
    reach(voter, "Stem uitbrengen")
    voter.page.keyboard.press("Enter")
    voter.step("done")
