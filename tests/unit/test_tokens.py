"""The colours of the compiled style sheet can be told apart, by day and by night.

Contrast as WCAG 2.2 defines it: 4.5 for text, 3 for what controls and figures are made of. Axe
measures neither the second nor the text of figures.
"""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "consult" / "static"
CSS = (STATIC / "css" / "consult.css").read_text()
DARK = "@media screen and (prefers-color-scheme: dark)"

PAGE, SURFACE = "govuk-body-background-colour", "govuk-surface-background-colour"
INK, QUIET = "govuk-text-colour", "govuk-secondary-text-colour"
LINK, VISITED, HOVER = "govuk-link-colour", "govuk-link-visited-colour", "govuk-link-hover-colour"
ERROR, SUCCESS = "govuk-error-colour", "govuk-success-colour"
CONTROL = "govuk-input-border-colour"

TEXT = [
    *((text, ground) for text in (INK, QUIET, LINK, HOVER) for ground in (PAGE, SURFACE, "ground")),
    *((text, ground) for text in (VISITED, ERROR, "accent") for ground in (PAGE, SURFACE)),
    *((text, "tint") for text in (INK, QUIET, LINK, HOVER)),
    ("govuk-surface-text-colour", SURFACE),
    ("action-text", "action"),
    ("action-text", "action-hover"),
    ("danger-text", "danger"),
    ("danger-text", "danger-hover"),
    ("good-text", "good"),
    ("care-text", "care"),
    ("bad-text", "bad"),
    ("govuk-focus-text-colour", "govuk-focus-colour"),
    *((f"figure-{text}", "figure-ground") for text in ("ink", "quiet")),
    *(("figure-light", f"figure-step-{step}") for step in (1, 2, 3)),
    *(("figure-dark", f"figure-step-{step}") for step in (4, 5, 6, 7)),
]
PARTS = [
    *(
        (part, ground)
        for part in (CONTROL, "action", "ring", "danger")
        for ground in (PAGE, SURFACE)
    ),
    (CONTROL, "tint"),
    ("action", "tint"),
    ("ring", "ground"),
    ("bar", PAGE),
    ("bar", SURFACE),
    ("bar", "bar-ground"),
    (ERROR, SURFACE),
    (SUCCESS, "good"),
    ("accent", "care"),
    *(
        (f"figure-{mark}", "figure-ground")
        for mark in ("base", "part", "under", "equal", "over", "hidden", "step-1", "step-3")
    ),
    ("figure-ink", "figure-step-4"),
    *((f"figure-{mark}", "figure-band") for mark in ("under", "equal", "over")),
]


def colours(scheme: str) -> dict[str, str]:
    """The tokens of a scheme; by night, those that are not set again are the day's."""
    day, _, rest = CSS.partition(DARK)
    night = rest[: rest.index("}}")]
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", day)
    if scheme == "dark":
        found += re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", night)
    return dict(found)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read_on_its_ground(scheme: str, text: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[text], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_controls_and_bars_stand_out_from_their_ground(scheme: str, part: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[part], found[ground]) >= 3


def test_the_night_sets_every_colour_of_the_day_again() -> None:
    day = re.findall(r"--([\w-]+): #", CSS.partition(DARK)[0])
    night = CSS.partition(DARK)[2]
    apart = {"govuk-print-text-colour"}
    assert {name for name in day if f"--{name}: #" not in night} == apart


def test_no_style_asks_another_server_for_anything() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS


def test_the_vendored_files_are_the_ones_in_the_list() -> None:
    listed = dict(
        re.findall(
            r"^\| `([^`]+)` .*\| `([0-9a-f]{64})` \|$", (STATIC / "LICENSES.md").read_text(), re.M
        )
    )
    vendored = {f"vendor/{path.name}" for path in (STATIC / "vendor").glob("*.*s")}
    assert listed.keys() == {"css/consult.css", *vendored}
    for path, digest in listed.items():
        assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == digest, path


def test_every_part_that_a_template_uses_has_its_rules() -> None:
    ruled = set(re.findall(r"\.(govuk-[\w-]+)", CSS))
    named = {
        name
        for folder in (STATIC, STATIC.parents[1] / "templates")
        for path in [*folder.rglob("*.html"), *folder.rglob("*.mjs")]
        for name in re.findall(r"govuk-[\w-]*\w", path.read_text(encoding="utf-8"))
    }
    plain = {"govuk-link", "govuk-list", "govuk-heading", "govuk-template", "govuk-checkboxes"}
    unruled = {
        name for name in named - ruled if re.split(r"(?<=\w)(?:--|__|-l$)", name)[0] not in plain
    }
    assert unruled - {"govuk-input--width"} == set()


def test_no_rule_knows_left_from_right() -> None:
    sided = re.findall(r"[{;](?:margin|padding|border)-(?:left|right):(?!max)[^;}]*", CSS)
    sided += re.findall(r"[{;](?:left|right):[^;}]*|text-align:(?:left|right)", CSS)
    assert sided == []
