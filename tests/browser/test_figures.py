"""Figures in a real browser: all that they say can be read, at every width and in every light.

With ``CONSULT_SCREENSHOTS=1`` a picture of each is kept, for people to look at.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import render_template_string
from PIL import Image

from consult.config import ROOT
from consult.reports.figures.drawing import picture
from consult.reports.figures.every import figures
from consult.reports.figures.figure import Figure
from consult.reports.figures.over_time import over_time
from consult.reports.telling.wording import Wording
from consult.site.pictures import Said
from tests.browser.accessibility import in_both_schemes, too_wide
from tests.browser.server import Server
from tests.browser.visitor import PHONE, Visitor
from tests.editions import BOUNDARIES, REPORT, asked

pytestmark = pytest.mark.browser

REDRAWN_MS = 500
INK = ("rgb(29, 43, 45)", "rgb(243, 237, 226)")
"""By day and by night."""
WIDE = {"width": 1280, "height": 900}
PAGE = """{% extends 'layout/staff.html' %}
{% import 'components/picture.html' as d with context %}
{% block title %}Figuren{% endblock %}
{% block main %}<h1>Figuren</h1>{% for _ in range(before) %}<p>Tekst.</p>{% endfor %}
{% for figure, picture in found %}
{% if live %}{{ d.chart(picture, figure.drawn) }}{% else %}{{ d.picture(picture) }}{% endif %}
{% endfor %}{% endblock %}
{% block scripts %}
{% if live %}<script type="module" src="{{ asset('charts.mjs') }}"></script>{% endif %}
{% endblock %}"""
# The texts of each figure that can be seen, of the picture or of what Plotly drew.
SEEN = """() => [...document.querySelectorAll("figure")].map(one =>
  [...one.querySelectorAll("svg text")]
    .filter(text => {
      const {width, height} = text.getBoundingClientRect();
      return width > 1 && height > 1 && getComputedStyle(text).visibility === "visible"
        && getComputedStyle(text).opacity !== "0";
    })
    .map(text => text.textContent))"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("svg.picture__drawn text")].map(one =>
  parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a))"""
COLOURS = """() => [...new Set([...document.querySelectorAll(".plot__drawn .annotation-text")]
  .map(one => getComputedStyle(one).fill))]"""


def said(text: str, **facts: object) -> str:
    return text % facts if facts else text


def every() -> list[Figure]:
    words = Wording(said, "nl")
    turns = [("Raadpleging over de huur", REPORT), ("Verkiezing van het bestuur", REPORT)]
    return [*figures(REPORT, words, BOUNDARIES, asked), *over_time(turns, words)]


KINDS = (
    *("chain-age_band", "shares-neighbourhood", "index-neighbourhood", "pyramid-age_band", "map"),
    *("multiples-neighbourhood", "partials", "weighted-1", "years-cv"),
)
"""One of each kind."""
FOUND = [(figure, picture(figure)) for figure in every() if figure.name in KINDS]
TEXTS = [
    sorted(shape.text for shape in made.shapes if isinstance(shape, Said)) for _, made in FOUND
]


class Shelf:
    """The page of figures, as it is asked for."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.live, self.before, self.found = visitor, False, 0, FOUND

    def page(self) -> str:
        """What the server answers."""
        return render_template_string(PAGE, found=self.found, live=self.live, before=self.before)

    def go(self, *, live: bool = False, before: int = 0, most: int = len(FOUND)) -> Any:
        """Open the page; with a script, wait until all figures came near and were drawn."""
        self.live, self.before, self.found = live, before, FOUND[:most]
        self.visitor.requests.clear()
        self.visitor.go(f"/privacy?after={before}&live={live}")  # a new page starts at its top
        page = self.visitor.page
        if live and not before:
            for one in page.locator(".plot").all():
                one.scroll_into_view_if_needed()
            page.wait_for_selector(".plot:not(:has(.annotation-text))", state="detached")
        return page


@pytest.fixture(scope="module")
def shelf(chromium: Any, server: Server) -> Iterator[Shelf]:
    visitor = Visitor(chromium, server.url)
    made = Shelf(visitor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(server.app.view_functions, "site.privacy", made.page)
        yield made
    assert visitor.complaints() == []
    visitor.context.close()


def kept(page: Any, name: str) -> None:
    """A picture of each figure, in colour and in grey."""
    if not os.environ.get("CONSULT_SCREENSHOTS"):
        return
    folder = ROOT / "var" / "screenshots" / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for (figure, _), element in zip(FOUND, page.locator("figure").all(), strict=True):
        shot = element.screenshot()
        (folder / f"{figure.name}-{name}.png").write_bytes(shot)
        if name.endswith("day"):
            grey = Image.open(BytesIO(shot)).convert("L")
            grey.save(folder / f"{figure.name}-{name}-grey.png")


@pytest.mark.parametrize(
    ("size", "live"),
    [(PHONE, False), (PHONE, True), (WIDE, True)],
    ids=["picture on a phone", "chart on a phone", "chart on a desk"],
)
def test_every_text_of_every_figure_can_be_seen_by_day_and_by_night(
    shelf: Shelf, size: dict[str, int], live: bool
) -> None:
    shelf.visitor.page.set_viewport_size(size)
    page = shelf.go(live=live)
    kind = f"{'chart' if live else 'picture'}-{size['width']}"
    assert [sorted(texts) for texts in page.evaluate(SEEN)] == TEXTS
    for figure, _ in FOUND:
        assert page.get_by_text(figure.title, exact=True).first.is_visible()
    kept(page, f"{kind}-day")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(REDRAWN_MS if live else 0)
    assert [sorted(texts) for texts in page.evaluate(SEEN)] == TEXTS
    kept(page, f"{kind}-night")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)


@pytest.mark.parametrize("live", [False, True], ids=["picture", "chart"])
def test_figures_can_be_used_by_everybody_and_are_never_too_wide(shelf: Shelf, live: bool) -> None:
    page = shelf.go(live=live, most=4)
    page.wait_for_timeout(REDRAWN_MS if live else 0)
    assert in_both_schemes(shelf.visitor) + too_wide(shelf.visitor) == []
    if live:
        names = [one.get_attribute("aria-label") for one in page.locator(".plot__drawn").all()]
        assert names == [figure.title for figure, _ in FOUND[:4]]


def test_letters_of_a_picture_are_large_enough_on_a_phone(shelf: Shelf) -> None:
    assert shelf.go().evaluate(SMALLEST) >= 12


def test_the_colours_of_a_chart_follow_those_of_the_page(shelf: Shelf) -> None:
    page = shelf.go(live=True)
    day = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(REDRAWN_MS)
    night = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="light")
    assert INK[0] in day
    assert INK[0] not in night
    assert INK[1] in night


def test_paper_gets_the_picture_and_never_the_chart(shelf: Shelf) -> None:
    page = shelf.go(live=True)
    page.emulate_media(media="print")
    shown = [one.is_visible() for one in page.locator("svg.picture__drawn").all()]
    drawn = [one.is_visible() for one in page.locator(".plot__drawn").all()]
    kept(page, "print")
    page.emulate_media(media="screen")
    assert shown == [True] * len(FOUND)
    assert drawn == [False] * len(FOUND)


def test_nothing_is_loaded_before_a_figure_comes_near(shelf: Shelf) -> None:
    page = shelf.go(live=True, before=80)
    page.wait_for_load_state("networkidle")
    assert not [one.url for one in shelf.visitor.requests if "plotly" in one.url]
    assert page.locator("svg.picture__drawn").count() == len(FOUND)
    page.locator(".plot").first.scroll_into_view_if_needed()
    page.wait_for_selector(".plot__drawn .main-svg")
    assert [one.url for one in shelf.visitor.requests if "plotly-basic" in one.url]
    assert page.locator(".plot__drawn").count() < len(FOUND)


def test_without_a_script_and_in_forced_colours_the_picture_stays(
    chromium: Any, server: Server, shelf: Shelf
) -> None:
    shelf.live, shelf.before = True, 0
    for options in ({"java_script_enabled": False}, {"forced_colors": "active"}):
        visitor = Visitor(chromium, server.url, **options)
        visitor.go("/privacy")
        assert visitor.page.locator("svg.picture__drawn").first.is_visible()
        assert visitor.page.locator(".plot--live").count() == 0
        visitor.context.close()
