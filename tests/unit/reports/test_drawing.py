"""A figure is drawn on the server as Plotly draws it, or not at all."""

import time
from typing import Any

import pytest

from consult.reports.figures.canvas import (
    FORMS,
    NARROW,
    SIDE,
    STEPS,
    Canvas,
    Frame,
    Key,
    Type,
    colour,
    lines,
    ticks,
)
from consult.reports.figures.drawing import hatch, picture
from consult.reports.figures.figure import Figure
from consult.reports.figures.simplify import simplified
from consult.site.core import Table
from consult.site.pictures import LOOKS, TENTHS, Area, Dot, Line, Said, Shape

TABLE = Table("Tabel", ("Groep",), (("A",),))


def shapes(canvas: Canvas) -> tuple[Shape, ...]:
    return picture(figure(canvas)).shapes


def figure(canvas: Canvas) -> Figure:
    return Figure("naam", "Titel", "Onder.", "Wat er is.", TABLE, canvas.drawn())


def test_a_value_stands_where_its_axis_puts_it() -> None:
    canvas = Canvas()
    canvas.frame(Frame((0, 10)))
    canvas.marks([(0, 20), (10, 40)], "part", "dot", size=12)
    canvas.y = 50
    [dot] = shapes(canvas)
    right = (NARROW - SIDE) * TENTHS
    assert dot == Dot("part", 60, (SIDE * TENTHS, 200, right, 400))


def test_on_a_logarithmic_axis_a_half_and_a_double_are_as_far_from_one() -> None:
    canvas = Canvas()
    canvas.frame(Frame((0.25, 4), log=True))
    canvas.marks([(0.5, 5), (1, 5), (2, 5)], "part", "dot")
    canvas.said("1", 1, 5, frame=2)
    canvas.y = 10
    dot, said = shapes(canvas)
    assert isinstance(dot, Dot)
    assert isinstance(said, Said)
    half, one, double = dot.path[::2]
    assert one - half == double - one > 0
    assert said.across == one


def test_a_value_that_rises_stands_between_the_ends_of_its_frame() -> None:
    canvas = Canvas()
    frame = canvas.frame(Frame((0, 1), 0.5, 1, 10, 60, (0, 5)))
    canvas.line([[(0, 0), (1, 5)]], "part", 3, frame=frame)
    assert canvas.height_of(5, frame) == 10
    assert canvas.ends(frame) == (0, 5)
    canvas.y = 100
    middle = (NARROW / 2) * TENTHS
    right = (NARROW - SIDE) * TENTHS
    assert shapes(canvas) == (Line("part", 30, ((round(middle), 600, right, 100),)),)


def test_an_even_frame_keeps_a_square_square_and_in_the_middle() -> None:
    canvas = Canvas()
    frame = canvas.frame(Frame((0, 1), top=0, bottom=100, rising=(0, 1), even=True))
    canvas.area([[(0, 0), (1, 0), (1, 1), (0, 1)]], "step-1", frame=frame)
    canvas.y = 100
    [area] = shapes(canvas)
    assert isinstance(area, Area)
    [ring] = area.paths
    xs, ys = ring[::2], ring[1::2]
    assert max(xs) - min(xs) == max(ys) - min(ys) == 100 * TENTHS
    assert (max(xs) + min(xs)) / 2 == NARROW * TENTHS / 2


def test_a_gap_parts_two_paths_and_a_filled_one_is_closed() -> None:
    canvas = Canvas()
    canvas.area(
        [[(0, 0), (1, 0), (1, 9)], [(0, 0), (1, 0), (1, 5)]], "part", outline="ink", frame=1
    )
    canvas.line([[(0, 5), (1, 5)]], "quiet", dashed=True, frame=1)
    canvas.y = 10
    area, outline, line = shapes(canvas)
    assert isinstance(area, Area)
    assert isinstance(outline, Line)
    assert isinstance(line, Line)
    assert [len(path) for path in area.paths] == [6, 6]
    assert [path[:2] == path[-2:] for path in outline.paths] == [True, True]
    assert line.dashed
    assert not outline.dashed


@pytest.mark.parametrize("form", FORMS)
def test_every_shape_of_a_mark_looks_like_no_other(form: str) -> None:
    def drawn(one: str) -> tuple[Shape, ...]:
        canvas = Canvas()
        canvas.marks([(0.5, 5)], "part", one, frame=1)
        canvas.y = 10
        return shapes(canvas)

    assert drawn(form)
    assert not [other for other in FORMS if other != form and drawn(other) == drawn(form)]


def test_what_is_not_seen_is_not_drawn_but_told_when_pointed_at() -> None:
    canvas = Canvas()
    canvas.marks([(0.5, 5)], "ink", "dot", told=["<Noord>"], frame=1, seen=False)
    canvas.y = 10
    made = figure(canvas)
    assert picture(made).shapes == ()
    assert made.drawn["data"][0]["text"] == ["&lt;Noord&gt;"]


def test_text_is_as_it_was_written_and_stands_by_its_anchor() -> None:
    canvas = Canvas()
    canvas.y = 20
    canvas.said("Huur & <zorg>", 1, kind=Type("quiet", "right", 13, bold=True, shift=-5))
    canvas.y = 40
    [said] = shapes(canvas)
    assert said == Said(
        "quiet", 130, (NARROW - SIDE - 5) * TENTHS, 247, "Huur & <zorg>", "end", True
    )


def test_a_legend_has_a_mark_and_a_text_for_each_key() -> None:
    canvas = Canvas()
    canvas.legend([Key("ring", "base", "allen"), Key("cross", "quiet", "geen")])
    made = shapes(canvas)
    assert [shape.text for shape in made if isinstance(shape, Said)] == ["allen", "geen"]
    assert canvas.y == 2 * 19 + 6


@pytest.mark.parametrize(
    "change",
    [
        {"type": "bar"},
        {"mode": "lines+markers"},
        {"line": {"color": "#ff0000", "width": 2}},
        {"line": {"color": "var(--figure-pink)", "width": 2}},
    ],
)
def test_what_cannot_be_drawn_is_refused(change: dict[str, Any]) -> None:
    canvas = Canvas()
    canvas.line([[(0, 0), (1, 1)]], "part", frame=1)
    canvas.y = 10
    made = figure(canvas)
    made.drawn["data"][0].update(change)
    with pytest.raises((KeyError, ValueError)):
        picture(made)


def test_plotly_itself_refuses_what_it_does_not_know() -> None:
    canvas = Canvas()
    canvas.line([[(0, 0), (1, 1)]], "part", width=-1, frame=1)
    canvas.y = 10
    with pytest.raises(ValueError, match="width"):
        canvas.drawn()


def test_a_colour_without_a_name_is_refused() -> None:
    assert {colour(look) for look in LOOKS} == {f"var(--figure-{look})" for look in LOOKS}
    assert set(STEPS) <= LOOKS
    with pytest.raises(KeyError):
        colour("pink")


def test_a_hatch_lies_within_its_shape_and_leaves_its_hole_open() -> None:
    square = (0, 0, 1000, 0, 1000, 1000, 0, 1000)
    hole = (300, 300, 700, 300, 700, 700, 300, 700)
    strokes = list(hatch([square, hole], 60))
    assert len(strokes) > 20
    for x1, y1, x2, y2 in strokes:
        assert x1 + y1 == pytest.approx(x2 + y2, abs=1)
        assert 0 <= min(x1, y1, x2, y2) <= max(x1, y1, x2, y2) <= 1000
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        assert not all(310 < place < 690 for place in middle)
    assert list(hatch([], 60)) == []


@pytest.mark.parametrize(
    ("high", "found"),
    [
        (1, [0, 0.25, 0.5, 0.75, 1]),
        (0.28, [0, 0.1, 0.2]),
        (0.04, [0, 0.01, 0.02, 0.03, 0.04]),
        (7, [0, 2, 4, 6]),
    ],
)
def test_a_scale_has_few_round_values(high: float, found: list[float]) -> None:
    assert ticks(high) == found


def test_lines_of_bold_text_are_shorter_and_a_long_word_is_broken() -> None:
    text = "Groot-IJsselmonde en Reyeroord " * 3
    assert len(lines(text, 200, bold=True)) > len(lines(text, 200))
    assert max(map(len, lines("x" * 90, 200))) <= 28
    assert lines("", 200) == [""]


def test_an_outline_of_nothing_but_teeth_is_drawn_in_seconds() -> None:
    """Each next tooth stands out the most: once, twice the points took four times as long."""
    most = 20_000
    ring = [(n * 300 / most, (150 + n / 200) * (n % 2) - n / 200) for n in range(most)]
    began = time.process_time()
    assert len(simplified(ring, 0.5)) > most / 2
    assert time.process_time() - began < 10


def test_a_simplified_outline_keeps_its_corners_and_loses_what_lies_on_a_line() -> None:
    ring = [(0, 0), (5, 0.2), (10, 0), (10, 10), (5, 10.1), (0, 10), (0, 0)]
    assert simplified(ring, 1) == [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert len(simplified([(x, y * 10) for x, y in ring], 1)) == 6
    assert simplified([(0, 0), (1, 1), (0, 0)], 1) == []
