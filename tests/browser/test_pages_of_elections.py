"""Every page about elections, of the site, and of who signs in: everybody can use it."""

import pytest

from tests.browser.accessibility import violations
from tests.browser.looking import Who, examined, looked_at
from tests.browser.pages import ABOUT_ELECTIONS, Shown
from tests.browser.world import World

pytestmark = pytest.mark.browser

STEPS = "() => [...document.querySelectorAll('[data-step]')].map(one => one.dataset.step)"
SHOW = """step => {
  const [script] = document.querySelectorAll("script[type=module]");
  return import(script.src.replace(/[^/]+.[^/]+$/, "booth/page.mjs")).then(page => page.show(step));
}"""


@pytest.mark.parametrize("shown", ABOUT_ELECTIONS, ids=lambda shown: shown.name)
def test_a_page_can_be_used_by_everybody(world: World, who: Who, shown: Shown) -> None:
    assert looked_at(world, who, shown) == []


@pytest.mark.parametrize(
    ("room", "values"),
    [
        ("elections.booth.paper", {"uuid": "voting page"}),
        ("elections.trustee.room", {"holder_id": "planned holder"}),
    ],
)
def test_each_step_of_a_room_that_changes_by_itself_can_be_used(
    world: World, who: Who, room: str, values: dict[str, str | int]
) -> None:
    visitor, found = who(None), []
    visitor.forget()
    for language in ("nl", "en"):
        visitor.go(f"{world.path(room, values)}?taal={language}")
        visitor.page.wait_for_selector('[data-step="start"][hidden]', state="attached")
        for step in visitor.page.evaluate(STEPS):
            visitor.page.evaluate(SHOW, step)
            if language == "nl":
                found += examined(visitor, f"{room}-{step}")
            else:
                found += violations(visitor)
    assert found + visitor.complaints() == []


def test_what_is_wrong_with_a_code_or_a_choice_can_be_read_by_everybody(
    world: World, who: Who
) -> None:
    visitor = who(None)
    visitor.forget()
    visitor.go(world.path("elections.booth.paper", {"uuid": "voting page"}))
    visitor.step("code")
    visitor.page.fill("#code", "123")
    visitor.page.tap("[data-step=code] form button")
    found = examined(visitor, "elections.booth.paper-code-refused")
    visitor.page.fill("#code", str(world.codes["voting"][-1]))
    visitor.page.tap("[data-step=code] form button")
    visitor.step("choose")
    visitor.choose("Anna Appel", "Bilal Berg", "Cora Citroen")
    visitor.page.tap("[data-step=choose] form button")
    found += examined(visitor, "elections.booth.paper-choose-refused")
    assert found + visitor.complaints() == []
