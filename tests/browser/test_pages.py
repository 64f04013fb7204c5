"""Every page of the council and of its consultations, and every error: everybody can use it."""

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
from tests.browser.looking import Who, examined, looked_at
from tests.browser.pages import ABOUT_ELECTIONS, ASKED, ELSEWHERE, FILES, PAGES, Shown
from tests.browser.world import World

pytestmark = pytest.mark.browser

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
OTHERS = [shown for shown in PAGES if shown not in ABOUT_ELECTIONS]


@pytest.mark.parametrize("shown", OTHERS, ids=lambda shown: shown.name)
def test_a_page_can_be_used_by_everybody(world: World, who: Who, shown: Shown) -> None:
    assert looked_at(world, who, shown) == []


@pytest.mark.parametrize("number", range(len(ASKED)))
def test_an_answer_to_a_question_in_the_address_can_be_used_by_everybody(
    world: World, who: Who, number: int
) -> None:
    endpoint, question = ASKED[number]
    visitor = who(Role.SECRETARY)
    visitor.forget()
    visitor.go(f"{world.path(endpoint, {})}?{world.ids.get(question, question)}&taal=nl")
    assert examined(visitor, f"{endpoint}-asked-{number}") + visitor.complaints() == []


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
