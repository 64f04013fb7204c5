"""A tenant answers in Arabic or Turkish: every page of the way, on a phone and on a narrow one."""

import os

import pytest

from consult.config import ROOT
from tests.browser.accessibility import NARROW, in_both_schemes, too_wide
from tests.browser.conftest import Visit
from tests.browser.server import Server
from tests.browser.visitor import PHONE, Visitor
from tests.consultations import Running, running

pytestmark = pytest.mark.browser
BUTTONS = {
    "tr": {"begin": "Başla", "next": "Devam", "send": "Cevaplarımı gönder"},
    "ar": {"begin": "البدء", "next": "التالي", "send": "إرسال إجاباتي"},
}
"""What is pressed on the way, by language."""
_MIRRORED = """() => {
  const input = document.querySelector(".govuk-radios__input, .govuk-checkboxes__input");
  const {left, right} = input.parentElement.getBoundingClientRect();
  const mark = getComputedStyle(input.labels[0], "::before");
  return [parseFloat(mark.left), parseFloat(mark.right), right - left];
}"""


@pytest.fixture(scope="module")
def run(server: Server) -> Running:
    """A consultation with a question of each kind that is open now."""
    with server.database.write() as session:
        return running(session, server.settings)


def looked_at(visitor: Visitor, name: str) -> list[str]:
    """What is wrong with the page; with ``CONSULT_SCREENSHOTS=1`` pictures are kept of it."""
    if os.environ.get("CONSULT_SCREENSHOTS"):
        folder = ROOT / "var" / "screenshots"
        for size in (NARROW, PHONE):
            visitor.page.set_viewport_size(size)
            visitor.page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=True)
    return in_both_schemes(visitor) + too_wide(visitor)


@pytest.mark.parametrize("language", BUTTONS)
def test_the_whole_way_can_be_gone(visit: Visit, run: Running, language: str) -> None:
    press = BUTTONS[language]
    tenant = visit()
    number = list(BUTTONS).index(language)
    tenant.go(f"/meedoen/{run.slug}?taal={language}#code={run.codes[number].digits}")
    found = looked_at(tenant, f"{language}-consultation")
    tenant.press(press["begin"])
    tenant.press(press["next"])
    found += looked_at(tenant, f"{language}-error")
    tenant.choose("Ja")
    tenant.press(press["next"])
    tenant.choose("Bomen", "Water")
    found += looked_at(tenant, f"{language}-several")
    tenant.press(press["next"])
    tenant.choose("4")
    found += looked_at(tenant, f"{language}-scale")
    tenant.press(press["next"])
    tenant.page.fill("#answer", "Meer bomen graag. 12%\nالمزيد من الأشجار.")
    found += looked_at(tenant, f"{language}-text")
    tenant.press(press["next"])
    found += looked_at(tenant, f"{language}-review")
    tenant.press(press["send"])
    found += looked_at(tenant, f"{language}-thanks")
    assert tenant.page.get_attribute("html", "lang") == language
    assert found == []


def test_a_choice_has_its_mark_where_its_line_begins(visit: Visit, run: Running) -> None:
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}?taal=ar#code={run.codes[2].digits}")
    tenant.press(BUTTONS["ar"]["begin"])
    left, right, width = tenant.page.evaluate(_MIRRORED)
    assert right < width / 4 < left
    tenant.follow("Nederlands")
    left, right, width = tenant.page.evaluate(_MIRRORED)
    assert left < width / 4 < right
