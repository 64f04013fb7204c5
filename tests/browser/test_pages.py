"""Every page can be used by everybody: with axe, by day and night, narrow, in both languages."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    Forbidden,
    NotFound,
    RequestEntityTooLarge,
    ServiceUnavailable,
)

from consult.actor import Role
from consult.config import ROOT
from consult.refusal import Refusal
from tests.browser.accessibility import in_both_schemes, too_wide, violations
from tests.browser.office import sign_in
from tests.browser.pages import (
    APPLICANT,
    ASKED,
    ELSEWHERE,
    FILES,
    HALFWAY,
    PAGES,
    TENANT,
    Shown,
)
from tests.browser.server import Server
from tests.browser.visitor import Visitor
from tests.browser.world import World, build
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser

STEPS = "() => [...document.querySelectorAll('[data-step]')].map(one => one.dataset.step)"
SHOW = """step => {
  const [script] = document.querySelectorAll("script[type=module]");
  return import(script.src.replace(/[^/]+.[^/]+$/, "booth/page.mjs")).then(page => page.show(step));
}"""
ERRORS = {
    "csrf": CSRFError(),
    "error": ZeroDivisionError(),
    "forbidden": Forbidden(),
    "not_found": NotFound(),
    "refusal": Refusal("surveys.unknown"),
    "too_large": RequestEntityTooLarge(),
    "unavailable": ServiceUnavailable(),
}
"""What goes wrong, by the page that says so."""
Who = Callable[[str | None], Visitor]


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    """An installation with something in every state."""
    return build(server)


@pytest.fixture(scope="module")
def who(chromium: Any, world: World) -> Iterator[Who]:
    """``who(Role.CHAIR)``: the browser of that kind of person, who came in when first asked for."""
    held: dict[str | None, Visitor] = {}

    def come(kind: str | None) -> Visitor:
        if kind not in held:
            held[kind] = Visitor(chromium, world.server.url)
            _enter(world, held[kind], kind)
        return held[kind]

    yield come
    for visitor in held.values():
        visitor.context.close()


def _enter(world: World, visitor: Visitor, kind: str | None) -> None:
    if kind is None:
        return
    if kind == TENANT:
        code = world.codes["open"][-1]
        visitor.go(f"/meedoen/{world.ids['open page']}#code={code.digits}")
        visitor.press("Begin")
    elif kind == APPLICANT:
        code = world.codes["calling"][2]
        visitor.go(f"/kandidaat/{world.ids['calling page']}#code={code.digits}")
        visitor.press("Begin")
    elif kind == HALFWAY:
        visitor.go("/inloggen")
        visitor.fill(email=next(iter(world.staff.values())).email, password=PASSWORD)
        visitor.press("Verder")
    else:
        sign_in(world.server, visitor, world.staff[kind])


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_can_be_used_by_everybody(world: World, who: Who, shown: Shown) -> None:
    visitor, path = who(shown.who), world.path(shown.endpoint, shown.values)
    visitor.forget()
    visitor.go(f"{path}?taal=nl")
    assert visitor.page.url.startswith(visitor.home + path), visitor.page.url
    found = examined(visitor, shown.name)
    visitor.go(f"{path}?taal=en")
    assert visitor.page.get_attribute("html", "lang") == "en"
    assert found + violations(visitor) + visitor.complaints() == []


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_an_answer_to_a_question_in_the_address_can_be_used_by_everybody(
    world: World, who: Who, number: int
) -> None:
    endpoint, question = ASKED[number]
    visitor = who(Role.SECRETARY)
    visitor.forget()
    visitor.go(f"{world.path(endpoint, {})}?{world.ids.get(question, question)}&taal=nl")
    assert examined(visitor, f"{endpoint}-asked-{number}") + visitor.complaints() == []


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


@pytest.mark.parametrize("page", sorted(one.stem for one in ROOT.glob("templates/errors/*.html")))
def test_an_error_page_can_be_used_by_everybody(world: World, who: Who, page: str) -> None:
    def fail() -> str:
        raise ERRORS[page]

    visitor = who(None)
    visitor.forget()
    visitor.expected = {400, 403, 404, 409, 413, 500, 503}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(world.server.app.view_functions, "site.privacy", fail)
        visitor.go("/privacy?taal=nl")
    assert visitor.page.locator("h1").count() == 1
    found = examined(visitor, f"errors-{page}")
    visitor.expected = set()
    assert found + visitor.complaints() == []


def test_every_page_of_the_program_is_among_these(world: World) -> None:
    rules = world.server.app.url_map.iter_rules()
    pages = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    assert pages == {shown.endpoint for shown in PAGES} | FILES | ELSEWHERE


def examined(visitor: Visitor, name: str) -> list[str]:
    """Everything that is wrong with the page before this person, by day, by night and narrow.

    With ``CONSULT_SCREENSHOTS=1`` a picture is kept of it, for people to look at.
    """
    if os.environ.get("CONSULT_SCREENSHOTS"):
        path = ROOT / "var" / "screenshots" / f"{name}.png"
        visitor.page.screenshot(path=path, full_page=True)
    return in_both_schemes(visitor) + too_wide(visitor)
