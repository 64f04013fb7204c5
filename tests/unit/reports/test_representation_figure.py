"""Figures show the numbers of their table, in its order, and nothing that is hidden."""

import json
from typing import Any

import pytest

from consult.reports.core.chain import Cell, Chain, Dimension
from consult.reports.core.report import Table, Verdict, representation
from consult.reports.figures.representation import LEAST, MOST, Words, representation_figure

WORDS = Words(
    label=str,
    together="Niet getoonde groepen samen",
    axis="Index",
    verdicts={Verdict.UNDER: "minder", Verdict.EQUAL: "gelijk", Verdict.OVER: "meer"},
    decimal=",.",
)


def table(*groups: tuple[str, int, int]) -> Table:
    cells = (Cell("tenant", "18-34", place, base, base, n) for place, base, n in groups)
    return representation(Chain(tuple(cells)), Dimension.NEIGHBOURHOOD)


TABLE = table(("Noord", 900, 20), ("Zuid", 900, 60), ("West", 900, 100), ("Oost", 400, 5))


def dots(figure: dict[str, Any]) -> dict[int, tuple[float, float, float, str]]:
    """Index, low, high and shape by place."""
    return {
        place: (index, index - minus, index + plus, trace["marker"]["symbol"])
        for trace in figure["data"][2:]
        for place, index, minus, plus in zip(
            trace["y"],
            trace["x"],
            trace["error_x"]["arrayminus"],
            trace["error_x"]["array"],
            strict=True,
        )
    }


def test_each_dot_is_the_index_of_its_row_with_its_interval() -> None:
    figure = representation_figure(TABLE, WORDS)
    shown = dots(figure)
    rows = [*TABLE.rows, TABLE.together]
    for place, row in enumerate(rows):
        assert row is not None
        assert shown[place][:3] == pytest.approx((row.index, row.low, row.high))
    assert len(shown) == len(rows)


def test_groups_stand_in_the_order_of_the_table_the_first_on_top() -> None:
    axis = representation_figure(TABLE, WORDS)["layout"]["yaxis"]
    assert axis["ticktext"][:2] == ["Zuid", "West"]
    assert axis["range"][0] > axis["range"][1]


def test_a_verdict_shows_in_the_shape_as_well_as_in_the_colour() -> None:
    figure = representation_figure(TABLE, WORDS)
    looks = {(trace["marker"]["symbol"], trace["marker"]["color"]) for trace in figure["data"][2:]}
    assert len({shape for shape, _ in looks}) == len({colour for _, colour in looks}) == 3
    for place, row in enumerate(TABLE.rows):
        pointing = {Verdict.UNDER: "left", Verdict.OVER: "right", Verdict.EQUAL: "circle"}
        assert pointing[row.verdict] in dots(figure)[place][3]


def test_a_hidden_group_is_not_in_the_figure() -> None:
    assert {hidden.label for hidden in TABLE.hidden} == {"Oost", "Noord"}
    assert "Oost" not in json.dumps(representation_figure(TABLE, WORDS))


def test_the_line_of_an_equal_share_stands_in_the_band_of_ordinary_ones() -> None:
    band, line = representation_figure(TABLE, WORDS)["data"][:2]
    assert line["x"] == [1, 1]
    assert (min(band["x"]), max(band["x"])) == (0.8, 1.25)


def test_the_axis_holds_every_interval_and_ends_somewhere() -> None:
    figure = representation_figure(table(("A", 100_000, 12), ("B", 200, 180)), WORDS)
    low, high = (10**end for end in figure["layout"]["xaxis"]["range"])
    for index, least, most, _ in dots(figure).values():
        assert low <= least <= index <= most <= high
    assert low > LEAST / 1.2
    assert high < MOST * 1.2


def test_a_name_from_the_register_is_text_and_never_markup() -> None:
    hostile = "<a href='https://evil.example'>Zuid</a> & <b>co</b>"
    made = table((hostile, 900, 60), ("Noord", 900, 60))
    drawn = json.dumps(representation_figure(made, WORDS))
    assert "<a" not in drawn
    assert "<b>" not in drawn
    assert "&lt;a" in drawn


def test_a_long_name_is_broken_so_that_it_fits_a_phone() -> None:
    made = table(("Nieuw-Mathenesse en omstreken", 900, 60), ("Noord", 900, 60))
    names = representation_figure(made, WORDS)["layout"]["yaxis"]["ticktext"]
    assert all(len(line) <= 20 for name in names for line in name.split("<br>"))


def test_a_figure_grows_with_its_groups_and_needs_no_other_data() -> None:
    few, many = table(("A", 900, 60)), table(*((str(n), 900, 60) for n in range(20)))
    heights = [representation_figure(t, WORDS)["layout"]["height"] for t in (few, many)]
    assert heights[1] - heights[0] == 19 * 40
    assert len(json.dumps(representation_figure(many, WORDS))) < 10_000
