"""What keeps somebody from using a page, found in a real browser.

axe is blind to some of it: over a see-through page it takes the background for white. So the ground
of a page is looked at too, and each check is shown faults of its kind.
"""

from functools import cache
from pathlib import Path
from typing import Any

from tests.browser.visitor import PHONE, Visitor

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
COLOURS = ("cat.color",)
NARROW, LARGE = {"width": 320, "height": 640}, {"width": 1280, "height": 4000}
FIGURE_REDRAWS_MS = 600
_RUN = """tags => axe.run({
  runOnly: tags,
  rules: {"target-size": {enabled: true}},
  resultTypes: ["violations", "incomplete"],
  elementRef: true,
}).then(({violations, incomplete}) => [violations, incomplete].map(found => found.flatMap(
  rule => rule.nodes
    .filter(({element}) => found === violations || !(element instanceof SVGElement))
    .map(({target, html}) => `${rule.id}: ${target} ${html.slice(0, 120)}`))))"""
_SEE_THROUGH = """() => ["html", "body"].filter(name => {
  const ground = getComputedStyle(document.querySelector(name)).backgroundColor;
  return ground === "transparent" || /^rgba\\(.*, 0(\\.\\d+)?\\)$/.test(ground);
})"""
_WIDE = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  const out = [...document.querySelectorAll("body *:not(.scroll *)")]
    .filter(one => one.getBoundingClientRect().right > clientWidth + 1);
  return scrollWidth > clientWidth
    ? [`${scrollWidth} px`, ...out.map(one => `${one.tagName} ${one.className}`).slice(-2)]
    : [];
}"""
# WCAG 2.2, 1.4.12 (text spacing) and 1.4.4 (twice the size), as a reader's own style would do it.
_STYLES = {
    "as it is": "",
    "letters twice as large": "html { font-size: 200% }",
    "text spacing": """* { line-height: 1.5 !important; letter-spacing: .12em !important;
      word-spacing: .16em !important } p { margin-bottom: 2em !important }""",
}
_RESTYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""


@cache
def _axe() -> str:
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def violations(visitor: Visitor, tags: tuple[str, ...] = WCAG) -> list[str]:
    """What axe finds wrong, and what it cannot decide.

    On a phone part of a wide table is out of sight, where axe decides nothing; on a large screen
    all of it can be seen. The text of figures it never decides: those colours are reckoned with in
    ``tests/unit/test_tokens.py``.
    """
    found, undecided = _run_axe(visitor, tags)
    if undecided:
        visitor.page.set_viewport_size(LARGE)
        more, undecided = _run_axe(visitor, tags)
        visitor.page.set_viewport_size(PHONE)
        found += more
    return found + [f"undecided {one}" for one in undecided]


def _run_axe(visitor: Visitor, tags: tuple[str, ...]) -> list[list[str]]:
    if not visitor.page.evaluate("typeof axe === 'object'"):
        visitor.page.evaluate(_axe())  # by the debugger's way in: the page's own policy stays on
    found: Any = visitor.page.evaluate(_RUN, list(tags))
    return list(found)


def see_through(visitor: Visitor) -> list[str]:
    """``html`` or ``body`` when it has no ground of its own."""
    found: Any = visitor.page.evaluate(_SEE_THROUGH)
    return [f"see-through: {name}" for name in found]


def too_wide(visitor: Visitor) -> list[str]:
    """What sticks out of a screen of 320 pixels, also with large letters and with wide spacing."""
    found = []
    visitor.page.set_viewport_size(NARROW)
    for name, css in _STYLES.items():
        visitor.page.evaluate(_RESTYLE, css)
        if visitor.page.evaluate(_WIDE):
            visitor.page.wait_for_timeout(FIGURE_REDRAWS_MS)
        found += [f"too wide, {name}: {one}" for one in visitor.page.evaluate(_WIDE)]
    visitor.page.evaluate(_RESTYLE, "")
    visitor.page.set_viewport_size(PHONE)
    return found


def in_both_schemes(visitor: Visitor) -> list[str]:
    """Everything by day; by night what depends on colours, for the page is the same."""
    found = violations(visitor) + see_through(visitor)
    visitor.page.emulate_media(color_scheme="dark")
    found += [f"dark {one}" for one in violations(visitor, COLOURS) + see_through(visitor)]
    visitor.page.emulate_media(color_scheme="light")
    return found
