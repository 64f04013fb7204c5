"""Pictures are data: they come back as they were, and nothing else than they are is drawn."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pypdf import PdfReader

from consult.config import ROOT
from consult.refusal import Refusal
from consult.site import core
from consult.site.core import Document, Paragraph, Text
from consult.site.drawn import PAPER, WIDE
from consult.site.pdf import Sheet, pdf
from consult.site.pictures import LOOKS, Area, Dot, Line, Picture, Said, Shape
from tests.unit.test_tokens import colours, contrast, luminance

AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SHAPES: tuple[Shape, ...] = (
    Line("grid", 10, ((140, 100, 3140, 100), (140, 200, 3140, 200)), dashed=True),
    Area("step-3", ((140, 100, 900, 100, 900, 400), (200, 120, 300, 120, 300, 200))),
    Dot("part", 60, (500, 500, 900, 500)),
    Said("ink", 140, 140, 800, "Noord & <b>Zuid</b>", "middle", bold=True),
)
PICTURE = Picture("Zuid deed mee", "n = 12.", "Twee punten.", 3280, 1000, SHAPES)


def document(picture: Picture) -> Document:
    return Document("rapport", "report", {"nl": Text("Rapport", (Paragraph("Zo."), picture))})


def refused(picture: Picture) -> bool:
    with pytest.raises(Refusal) as caught:
        core.publication(document(picture), AT, None)
    return caught.value.code == "site.picture_unusable"


def test_a_picture_comes_back_from_the_published_bytes_as_it_was() -> None:
    published = core.publication(document(PICTURE), AT, None)
    assert core.read(published.canonical).document == document(PICTURE)
    assert core.same(document(PICTURE), published)


def test_a_publication_holds_numbers_and_names_and_no_markup() -> None:
    published = core.publication(document(PICTURE), AT, None)
    block = json.loads(published.canonical)["texts"]["nl"]["blocks"][1]
    assert block["shapes"][0] == {
        "shape": "line",
        "look": "grid",
        "width": 10,
        "paths": [[140, 100, 3140, 100], [140, 200, 3140, 200]],
        "dashed": True,
    }
    assert b"svg" not in published.canonical


def test_a_document_from_before_there_were_pictures_still_reads() -> None:
    plain = Document("oud", "report", {"nl": Text("Oud", (Paragraph("Zo."),))})
    assert core.read(core.publication(plain, AT, None).canonical).document == plain


@pytest.mark.parametrize(
    "shape",
    [
        Line("pink", 10, ((1, 2, 3, 4),)),
        Line("grid", 10, ((1, 2, 3),)),
        Line("grid", 10, ((),)),
        Line("grid", 1.5, ((1, 2, 3, 4),)),  # type: ignore[arg-type]
        Area("part", ((1, 2, float("nan"), 4),)),  # type: ignore[arg-type]
        Area("part", ((1, 2, float("inf"), 4),)),  # type: ignore[arg-type]
        Area("part", ((1, 2, 10**7, 4),)),
        Area('ink" onload="', ((1, 2, 3, 4),)),
        Dot("part", True, (1, 2)),  # type: ignore[arg-type]
        Dot("part", 20, ("1", "2")),  # type: ignore[arg-type]
        Said("ink", 140, 1, 2, "A", "left"),
        Paragraph("Zo."),  # type: ignore[list-item]
    ],
)
def test_a_shape_of_an_unknown_kind_look_or_number_is_refused(shape: Shape) -> None:
    assert refused(replace(PICTURE, shapes=(shape,)))


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"description": ""},
        {"width": 0},
        {"height": -1},
        {"height": 10**6},
        {"shapes": (Line("grid", 10, (tuple(range(60_002)),)),)},
    ],
)
def test_a_picture_without_words_or_without_bounds_is_refused(change: dict[str, Any]) -> None:
    assert refused(replace(PICTURE, **change))


def drawn(picture: Picture) -> str:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
    )
    source = "{% import 'components/picture.html' as d with context %}{{ d.picture(picture) }}"
    return environment.from_string(source).render(picture=picture)


def test_a_page_draws_each_shape_with_the_class_of_its_look() -> None:
    page = drawn(PICTURE)
    assert '<path class="look-grid" d="M140 100 3140 100M140 200 3140 200"' in page
    assert 'd="M140 100 900 100 900 400ZM200 120 300 120 300 200Z"' in page
    assert page.count('<circle class="look-part"') == 2
    assert "style" not in page


def test_a_picture_says_what_it_shows_to_who_does_not_see_it() -> None:
    page = drawn(PICTURE)
    assert 'role="img"><title>Zuid deed mee</title><desc>Twee punten.</desc>' in page
    assert "Noord &amp; &lt;b&gt;Zuid&lt;/b&gt;</text>" in page
    assert "n = 12." in page


def paper(picture: Picture) -> PdfReader:
    sheet = Sheet("nl", "Klantenraad", AT, "https://stem.example.nl")
    return PdfReader(BytesIO(pdf(Text("Rapport", (picture,)), sheet)))


def test_on_paper_a_picture_is_a_figure_with_a_text_instead_of_it() -> None:
    reader = paper(PICTURE)
    [root] = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
    tags = [one.get_object() for one in root["/K"]]
    [figure] = [one for one in tags if one["/S"] == "/Figure"]
    assert figure["/Alt"] == "Zuid deed mee. Twee punten."
    assert [one["/S"] for one in tags] == ["/H1", "/Caption", "/Figure", "/P"]
    assert "Noord & <b>Zuid</b>" in reader.pages[0].extract_text()


def test_on_paper_a_picture_has_its_colours_and_stays_within_its_page() -> None:
    tall = replace(PICTURE, height=20_000)
    reader = paper(tall)
    assert len(reader.pages) == 2  # it does not fit below the title
    content = reader.pages[1].get_contents()
    assert content is not None
    operators = content.get_data().decode("latin-1")
    red, green, blue = (int(PAPER["part"][at : at + 2], 16) / 255 for at in (1, 3, 5))
    assert f"{red:.3f} {green:.3f} {blue:.3f} rg" in operators
    assert WIDE < 170


def test_paper_has_the_colours_of_the_style_sheet_by_day() -> None:
    assert set(PAPER) == LOOKS
    day = colours("light")
    found = {look: day[f"figure-{look}"] for look in LOOKS}
    assert {look: _long(colour) for look, colour in found.items()} == PAPER


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_steps_run_one_way_and_can_be_told_apart_in_grey(scheme: str) -> None:
    found = colours(scheme)
    steps = [found[f"figure-step-{number}"] for number in range(1, 8)]
    ways = [luminance(one) < luminance(other) for one, other in pairwise(steps)]
    assert len(set(ways)) == 1
    assert all(contrast(one, other) >= 1.15 for one, other in pairwise(steps))
