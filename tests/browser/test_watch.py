"""What watches the pages sees what it is there for: each fault is planted once, and found."""

import re
from typing import Any

import pytest

from tests.browser.accessibility import see_through, too_wide, violations
from tests.browser.server import Server
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FAULTS = {
    "color-contrast": "document.querySelector('h1').style.color = '#8888'",
    "label": "document.querySelector('main').append(document.createElement('input'))",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "target-size": """for (const name of ["a", "b"]) {
        const button = document.createElement("button");
        button.style = "width: 12px; height: 12px; padding: 0; border: 0; background: #000";
        button.ariaLabel = name;
        document.querySelector("main").append(button);
    }""",
    "see-through": """for (const element of [document.documentElement, document.body]) {
        element.style.background = "transparent";
    }""",
    "too wide": "document.querySelector('h1').style.width = '40rem'",
}
"""What is planted, by the check that has to find it."""
FORBIDDEN = {
    "an inline script": "document.head.append(Object.assign(document.createElement('script'), "
    "{textContent: '1'}))",
    "an inline style": "document.body.setAttribute('style', 'color: red')",
    "another host": "new Image().src = 'https://elders.example/een.png'",
    "an error": "setTimeout(() => { throw new Error('stuk'); })",
    "a missing file": "fetch('/static/weg.mjs')",
}


@pytest.fixture
def visitor(chromium: Any, server: Server) -> Visitor:
    """Somebody on the first page, about whom nothing is asserted at the end."""
    come = Visitor(chromium, server.url)
    come.go("/")
    assert come.complaints() == []
    return come


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_shuts_somebody_out_is_found(
    visitor: Visitor, fault: str, scheme: Any
) -> None:
    visitor.page.emulate_media(color_scheme=scheme)
    assert violations(visitor) + see_through(visitor) + too_wide(visitor) == []
    visitor.page.evaluate(FAULTS[fault])
    found = violations(visitor) + see_through(visitor) + too_wide(visitor)
    assert fault in {re.split("[:,]", one)[0] for one in found}
    visitor.context.close()


@pytest.mark.parametrize("act", FORBIDDEN)
def test_what_no_page_may_do_is_noticed(visitor: Visitor, act: str) -> None:
    visitor.page.evaluate(FORBIDDEN[act])
    visitor.page.wait_for_timeout(300)
    assert visitor.complaints()
    visitor.context.close()
