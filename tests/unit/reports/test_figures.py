"""Figures show the values of their edition, nothing that is hidden, and fit a phone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from typing import Any

import pytest
from PIL import ImageFont

from consult.reports.core.chain import Dimension, Stage
from consult.reports.core.edition import Estimate, Report, Row, Table, Verdict
from consult.reports.core.geography import Boundaries
from consult.reports.figures.canvas import FORMS, NARROW
from consult.reports.figures.drawing import picture
from consult.reports.figures.every import figures
from consult.reports.figures.figure import Figure
from consult.reports.figures.neighbourhoods import kind_of
from consult.reports.figures.over_time import over_time
from consult.reports.telling.wording import Wording
from consult.site.core import Document, Paragraph, Text, check, publication
from consult.site.pdf import _FONTS
from consult.site.pictures import TENTHS, Dot, Said
from consult.wording import gettext
from tests import editions
from tests.editions import BOUNDARIES, BY_AGE, BY_KIND, BY_PLACE, OPINIONS, REPORT, asked
from tests.reference import reference


def said(text: str, **facts: object) -> str:
    return text % facts if facts else text


MOMENT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DUTCH = Wording(said, "nl")
TURNS = [("Raadpleging over de huur", REPORT), ("Verkiezing van het bestuur", REPORT)]


@cache
def every() -> dict[str, Figure]:
    found = (*figures(REPORT, DUTCH, BOUNDARIES, asked), *over_time(TURNS, DUTCH))
    return {figure.name: figure for figure in found}


def of(report: Report, name: str) -> Figure:
    return next(one for one in figures(report, DUTCH, BOUNDARIES, asked) if one.name == name)


def titled(table: Table, kind: str) -> str:
    return of(replace(REPORT, tables=(table,)), f"{kind}-{table.dimension.value}").title


def marks(figure: Figure, form: str) -> list[tuple[float, float]]:
    """Where the marks of a shape stand, but for those of the legend."""
    return [
        (x, y)
        for trace in figure.drawn["data"]
        if trace["mode"] == "markers" and trace["marker"]["symbol"] == FORMS[form]
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if trace["xaxis"] != "x"
    ]


def pieces(figure: Figure, **looks: Any) -> list[list[float]]:
    """Where paths that look so run across, each by itself, from the top down."""
    found = []
    for trace in figure.drawn["data"]:
        if trace["mode"] == "lines" and all(looks[name](trace) for name in looks):
            path: list[tuple[float, float]] = []
            for x, y in [*zip(trace["x"], trace["y"], strict=True), (None, None)]:
                if x is not None:
                    path.append((x, y))
                    continue
                found.append((min(y for _, y in path), [x for x, _ in path]))
                path = []
    return [across for _, across in sorted(found)]


def filled(trace: dict[str, Any]) -> bool:
    return "fill" in trace


def across(figure: Figure, form: str) -> list[float]:
    return [x for x, _ in sorted(marks(figure, form), key=lambda at: at[1])]


def test_an_edition_with_everything_has_every_figure() -> None:
    assert list(every()) == [
        *("chain-age_band", "shares-age_band", "index-age_band", "pyramid-age_band"),
        *("shares-neighbourhood", "index-neighbourhood", "map", "multiples-neighbourhood"),
        *("shares-kind", "index-kind", "partials", "weighted-1", "weighted-2"),
        *("years-response", "years-cv"),
    ]


def test_what_an_edition_does_not_have_is_left_out() -> None:
    bare = Report(REPORT.readers, REPORT.total, (BY_KIND,))
    assert [one.name for one in figures(bare, DUTCH)] == ["shares-kind", "index-kind"]
    nowhere = Boundaries("CBS", {"Elders": BOUNDARIES.areas["Noord"]})
    names = [one.name for one in figures(REPORT, DUTCH, nowhere)]
    assert "map" not in names
    assert not any(name.startswith("weighted") for name in names)


@pytest.mark.parametrize("name", every())
def test_a_title_is_a_short_sentence_and_there_is_a_table_and_a_description(name: str) -> None:
    figure = every()[name]
    assert all(3 <= len(part.split(" ")) <= 15 for part in figure.title.split(". "))
    assert figure.title[0].isupper()
    assert figure.description.endswith(".")
    assert figure.caption.endswith(".")
    assert len(figure.table.rows) >= 2


@pytest.mark.parametrize("name", every())
def test_a_figure_and_its_table_can_be_published(name: str) -> None:
    figure = every()[name]
    blocks = (Paragraph("Zo."), picture(figure), figure.table)
    texts = {"nl": Text("Rapport", blocks)}
    check("rapport", texts)
    made = publication(Document("rapport", "report", texts), MOMENT, None)
    assert made.document.texts["nl"].blocks == blocks


def test_the_shares_of_a_group_are_those_of_its_row_with_its_interval() -> None:
    figure = every()["shares-neighbourhood"]
    rows = [*BY_PLACE.rows, BY_PLACE.together]
    assert across(figure, "ring") == [row.base_share for row in rows if row]
    assert across(figure, "dot") == [row.share.value for row in rows if row]
    drawn = pieces(figure, thick=lambda trace: trace["line"]["width"] == 4)
    assert drawn == [[row.share.low, row.share.high] for row in rows if row]


def test_the_index_of_a_group_has_the_shape_and_the_colour_of_its_verdict() -> None:
    figure = every()["index-neighbourhood"]
    rows = [row for row in (*BY_PLACE.rows, BY_PLACE.together) if row]
    for form, verdict in (
        ("left", Verdict.UNDER),
        ("dot", Verdict.EQUAL),
        ("right", Verdict.OVER),
    ):
        assert across(figure, form) == [r.index.value for r in rows if r.verdict is verdict]
    looks = {
        (trace["marker"]["symbol"], trace["marker"]["color"])
        for trace in figure.drawn["data"]
        if trace["mode"] == "markers"
    }
    assert len(looks) == 3


def test_the_line_of_the_index_is_logarithmic_and_holds_what_lies_beyond_its_ends() -> None:
    far = replace(BY_KIND.rows[0], index=Estimate(7.0, 0.01, 30.0))
    figure = of(
        replace(REPORT, tables=(replace(BY_KIND, rows=(far, *BY_KIND.rows[1:])),)), "index-kind"
    )
    axis = figure.drawn["layout"]["xaxis2"]
    assert axis["type"] == "log"
    low, high = (10**end for end in axis["range"])
    assert low == pytest.approx(0.2)
    assert high == pytest.approx(2.5)
    assert across(figure, "dot")[0] == 2.5
    assert "7,00" in [note["text"] for note in figure.drawn["layout"]["annotations"]]


def test_bars_of_ages_are_mirrored_and_as_long_as_their_shares() -> None:
    figure = every()["pyramid-age_band"]
    bars = pieces(figure, filled=filled)
    assert [min(x) for x in bars[::2]] == [-row.base_share for row in reversed(BY_AGE.rows)]
    assert [max(x) for x in bars[1::2]] == [row.share.value for row in reversed(BY_AGE.rows)]
    axis = figure.drawn["layout"]["xaxis2"]["range"]
    assert axis[0] == -axis[1]
    patterns = ["fillpattern" in trace for trace in figure.drawn["data"] if filled(trace)]
    assert patterns == [True, False]  # told apart without colour


def test_a_stage_of_the_chain_adds_up_and_only_recorded_stages_are_there() -> None:
    figure = every()["chain-age_band"]
    head = figure.table.head
    assert head[1:] == ("Alle klanten", "Uitgenodigd", "Deden mee", *head[4:])
    assert head[4:] == ("Kandidaten", "Voorselectie", "Bestuur")
    assert figure.table.rows[-1][1:] == (60_000, 60_000, 4_600, 24, 14, 9)
    ends = [max(path) for path in pieces(figure, filled=filled)]
    assert max(ends) <= 1 + 1e-9
    bare = of(replace(REPORT, bodies=()), "chain-age_band")
    assert bare.table.head[1:] == head[1:4]


def test_seats_of_hidden_groups_count_together_and_unknown_ones_leave_room() -> None:
    hidden = table_with_hidden_ages()
    figure = of(replace(REPORT, tables=(hidden,)), "chain-age_band")
    rows = {row[0]: row for row in figure.table.rows}
    assert rows["Overige groepen samen"][4:] == ("9", "5", "3")
    assert rows["65 t/m 74 jaar"][1:] == ("–",) * 6
    candidates = sum(int(row[4]) for row in figure.table.rows[:-1] if row[4] != "–")
    assert candidates == 23  # of 24: of one the register says nothing


def table_with_hidden_ages() -> Table:
    groups = {"18-34": (16_200, 520), "35-49": (14_400, 900), "50-64": (13_800, 1_180)}
    return editions.table(Dimension.AGE_BAND, groups, ("65-74", "75+"), (15_600, 2_000))


def test_a_hidden_group_is_in_no_drawing_but_as_hatching_on_the_map() -> None:
    hidden = {one.label for one in BY_PLACE.hidden}
    for name, figure in every().items():
        drawn = json.dumps(figure.drawn)
        assert not [label for label in hidden if label in drawn], name
    patterns = [one for one in every()["map"].drawn["data"] if "fillpattern" in one]
    assert len(patterns) == 1
    assert patterns[0]["x"].count(None) == len(hidden) - 1


def test_a_hidden_cell_of_a_panel_is_a_cross_and_never_a_dot() -> None:
    figure = every()["multiples-neighbourhood"]
    rates = [rate for row in REPORT.crossed.rows for rate in row.rates] if REPORT.crossed else []
    assert len(marks(figure, "cross")) == rates.count(None)
    assert sorted(y for _, y in marks(figure, "dot")) == sorted(r for r in rates if r is not None)


def test_a_line_is_broken_where_a_cell_is_hidden() -> None:
    figure = every()["multiples-neighbourhood"]
    solid = [
        trace
        for trace in figure.drawn["data"]
        if trace["mode"] == "lines" and trace["line"]["width"] == 3
    ]
    second = solid[1]["x"]
    assert (min(second), max(second)) == (1, 3)


def test_boundaries_that_enclose_nothing_leave_an_empty_map() -> None:
    """One flat area in a file, and no report on anything could be opened any more."""
    flat = Boundaries("CBS", {"Noord": (((4.0, 51.0), (4.1, 51.1), (4.2, 51.2), (4.0, 51.0)),)})
    drawn = next(one for one in figures(REPORT, DUTCH, flat, asked) if one.name == "map")
    assert picture(drawn).shapes


def test_the_map_has_one_fill_per_class_and_names_who_drew_the_boundaries() -> None:
    figure = every()["map"]
    fills = [one for one in figure.drawn["data"] if "fill" in one and "fillpattern" not in one]
    kinds = {kind_of(row.index.value) for row in BY_PLACE.rows}
    assert len(fills) == len(kinds)
    assert "CBS en Kadaster" in figure.caption


@pytest.mark.parametrize(
    ("index", "kind"), [(0.1, 0), (0.5, 1), (0.79, 1), (0.8, 2), (1.25, 3), (2, 4), (9, 4)]
)
def test_a_class_begins_where_the_one_before_it_ends(index: float, kind: int) -> None:
    assert kind_of(index) == kind


def test_results_stand_beside_weighted_ones_each_with_its_interval() -> None:
    figure = every()["weighted-1"]
    lines = [one for one in OPINIONS.lines if one.question == "q1"]
    assert across(figure, "ring") == [one.plain.value for one in lines]
    assert across(figure, "diamond") == [one.weighted.value for one in lines]
    assert figure.table.rows[0][-2:] == ("47,0\u00a0%", "42,0\u00a0%")


def test_partials_start_at_nought_and_the_strongest_is_on_top() -> None:
    figure = every()["partials"]
    bars = pieces(figure, filled=filled)
    assert [max(x) for x in bars] == [0.45, 0.41, 0.35, 0.31, 0.02, 0.01]
    assert {min(x) for x in bars} == {0}


# What the titles say.


def test_a_title_names_the_group_that_is_missing_most_or_says_that_none_is() -> None:
    assert every()["shares-age_band"].title == (
        "Klanten van 18 t/m 34 jaar: 27,0\u00a0% van de klanten, 11,3\u00a0% van de deelnemers"
    )
    assert every()["shares-kind"].title == "De deelnemers lijken op alle klanten"


def test_a_title_counts_the_groups_that_deviate() -> None:
    def verdicts(*found: Verdict) -> Table:
        rows = (replace(row, verdict=one) for row, one in zip(BY_KIND.rows, found, strict=True))
        return replace(BY_KIND, rows=tuple(rows))

    under, equal, over = Verdict.UNDER, Verdict.EQUAL, Verdict.OVER
    assert titled(verdicts(equal, equal, equal), "index") == (
        "Geen groep deed duidelijk meer of minder mee"
    )
    assert titled(verdicts(equal, under, equal), "index") == (
        "Kopers deden als enige groep duidelijk minder mee"
    )
    assert titled(verdicts(equal, over, equal), "index") == (
        "Kopers deden als enige groep duidelijk meer mee"
    )
    assert "2 van 3 groepen was de deelname duidelijk lager" in titled(
        verdicts(under, under, equal), "index"
    )
    assert titled(verdicts(over, over, equal), "index").endswith("duidelijk hoger")
    assert titled(verdicts(over, under, equal), "index").endswith("bij 1 duidelijk hoger")


def test_participants_are_called_older_only_when_they_clearly_are() -> None:
    assert titled(BY_AGE, "pyramid") == "De deelnemers zijn gemiddeld ouder dan alle klanten"
    by_chance = replace(BY_AGE, p_value=0.3)
    assert "even oud" in titled(by_chance, "pyramid")
    flipped = tuple(
        replace(row, base_share=row.share.value, share=replace(row.share, value=row.base_share))
        for row in BY_AGE.rows
    )
    assert "jonger" in titled(replace(BY_AGE, rows=flipped), "pyramid")


def test_a_body_that_may_be_so_by_chance_is_said_to_be() -> None:
    assert every()["chain-age_band"].title.endswith("0 van 9 bestuursleden. Dat kan toeval zijn.")
    [*others, board] = REPORT.bodies
    seats = board.seats[Dimension.AGE_BAND]
    rare = replace(seats[0], chance=0.01, verdict=Verdict.UNDER)
    sure = replace(board, seats={Dimension.AGE_BAND: (rare, *seats[1:])})
    title = of(replace(REPORT, bodies=(*others, sure)), "chain-age_band").title
    assert title.endswith("0 van 9 bestuursleden")
    assert REPORT.bodies[0].stage is Stage.CANDIDATES
    first = of(replace(REPORT, bodies=REPORT.bodies[:1]), "chain-age_band").title
    assert "1 van 24 kandidaten" in first
    none = of(replace(REPORT, bodies=()), "chain-age_band").title
    assert none == "Van 60.000 klanten deden er 4.600 mee"


def test_small_changes_by_weighting_are_called_small() -> None:
    assert every()["weighted-1"].title == (
        "Wegen verandert “Ja” het meest: van 48,1\u00a0% naar 52,3\u00a0%"
    )
    assert every()["weighted-2"].title == ("Wegen verandert hier weinig: hooguit 0,4 procentpunt")


def test_a_characteristic_is_called_the_strongest_only_when_intervals_do_not_touch() -> None:
    assert every()["partials"].title == "Leeftijd hangt het sterkst samen met meedoen"
    quality = REPORT.quality
    assert quality is not None
    age, place, kind = quality.partials

    def title(*found: Any) -> str:
        return of(replace(REPORT, quality=replace(quality, partials=found)), "partials").title

    assert "niet duidelijk het sterkst" in title(
        age, replace(place, alone=editions.estimate(0.44, 0.03)), kind
    )
    assert title(kind) == "Geen kenmerk hangt duidelijk samen met meedoen"


def test_activities_are_compared_only_by_the_same_model() -> None:
    quality = REPORT.quality
    assert quality is not None
    other = replace(REPORT, quality=replace(quality, dimensions=(Dimension.AGE_BAND,)))
    names = [one.name for one in over_time([("Een", REPORT), ("Twee", other)], DUTCH)]
    assert names == ["years-response"]
    assert list(over_time(TURNS[:1], DUTCH)) == []


# Room.


def sizes(figure: Figure) -> Iterator[tuple[Said, float, float]]:
    """Each text with its left and right end, in the letters that the PDF has."""
    for shape in picture(figure).shapes:
        if isinstance(shape, Said):
            face = "NotoSans-Bold.ttf" if shape.bold else "NotoSans-Regular.ttf"
            wide = ImageFont.truetype(str(_FONTS / face), 100).getlength(shape.text)
            wide *= shape.size / 100
            start = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            yield shape, shape.across - start, shape.across - start + wide


def overlaps(figure: Figure) -> list[str]:
    """Texts that stand in each other's way, or stick out of a phone."""
    found = list(sizes(figure))
    out = [one.text for one, left, right in found if left < -20 or right > (NARROW + 2) * TENTHS]
    for (one, left, right), (other, start, end) in combinations(found, 2):
        aside = right <= start or end <= left
        if not aside and abs(one.down - other.down) < min(one.size, other.size) * 0.9:
            out.append(f"{one.text} / {other.text}")
    return out


@pytest.mark.parametrize("name", every())
def test_no_text_stands_in_the_way_of_another_on_a_phone(name: str) -> None:
    assert overlaps(every()[name]) == []


LONG = "Nieuwe Westen-Middelland en Oude Noorden (Agniesebuurt/Provenierswijk)"


def test_a_very_long_name_is_broken_into_lines() -> None:
    rows = (replace(BY_PLACE.rows[0], group=replace(BY_PLACE.rows[0].group, label=LONG)),)
    table = replace(BY_PLACE, rows=(*rows, *BY_PLACE.rows[1:]))
    crossed = REPORT.crossed
    assert crossed is not None
    long = replace(crossed, rows=(replace(crossed.rows[0], label=LONG), *crossed.rows[1:]))
    for figure in figures(replace(REPORT, tables=(table,), crossed=long), DUTCH):
        assert overlaps(figure) == []


@pytest.mark.parametrize("name", every())
def test_letters_are_large_enough_on_a_phone_and_marks_stay_within_the_picture(name: str) -> None:
    made = picture(every()[name])
    assert made.width == NARROW * TENTHS
    assert min(shape.size for shape in made.shapes if isinstance(shape, Said)) >= 12 * TENTHS
    for shape in made.shapes:
        if isinstance(shape, Dot):
            assert all(0 <= x <= made.width for x in shape.path[::2])
            assert all(0 <= y <= made.height for y in shape.path[1::2])


def many(count: int) -> Table:
    groups = {f"Wijk {n:02d}": (400 + 7 * n, 20 + n * n % 60) for n in range(count)}
    return editions.table(Dimension.NEIGHBOURHOOD, groups)


def test_of_many_groups_the_ones_that_differ_most_are_drawn_and_all_are_in_the_table() -> None:
    table = many(75)
    made = of(replace(REPORT, tables=(table,)), "shares-neighbourhood")
    assert len(made.table.rows) == 75
    assert "Alle 75 staan in de tabel." in made.caption
    shown = across(made, "ring")
    gaps = sorted((abs(row.difference) for row in table.rows), reverse=True)
    drawn = {row.base_share for row in table.rows if abs(row.difference) >= gaps[15]}
    assert set(shown) == drawn
    assert len(shown) == 16
    assert len(json.dumps(made.drawn)) < 40_000


def test_the_map_of_a_whole_city_is_light() -> None:
    found = json.loads(reference("rotterdam_buurten.geojson").read_text())
    areas = {
        str(feature["properties"]["name"]): tuple(
            tuple((x, y) for x, y, *_ in ring)
            for shape in _polygons(feature["geometry"])
            for ring in shape
        )
        for feature in found["features"]
    }
    groups = {name: (500 + at, 30 + at % 40) for at, name in enumerate(areas)}
    report = replace(REPORT, tables=(editions.table(Dimension.NEIGHBOURHOOD, groups),))
    made = next(
        one for one in figures(report, DUTCH, Boundaries("CBS", areas)) if one.name == "map"
    )
    assert len(areas) == 91
    assert len(json.dumps(made.drawn, separators=(",", ":"))) < 60_000


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    found = geometry["coordinates"]
    return list(found) if geometry["type"] == "MultiPolygon" else [found]


# What a name can do.


def test_a_name_from_the_register_is_text_and_never_markup() -> None:
    hostile = "<a href='https://evil.example'>Zuid</a> & <b>co</b>"
    row = replace(BY_PLACE.rows[0], group=replace(BY_PLACE.rows[0].group, label=hostile))
    made = of(replace(REPORT, tables=(replace(BY_PLACE, rows=(row,)),)), "index-neighbourhood")
    drawn = json.dumps(made.drawn)
    assert "<a" not in drawn
    assert "<b>" not in drawn
    texts = [shape.text for shape in picture(made).shapes if isinstance(shape, Said)]
    assert {"<a", "href='https://evil.example'>Zuid</a>", "& <b>co</b>"} <= set(texts)


# Whatever the numbers are.


def english(text: str, **facts: object) -> str:
    told = gettext("en")(text)
    return told % facts if facts else told


def test_in_english_too_no_text_stands_in_the_way_of_another() -> None:
    words = Wording(english, "en")
    found = (*figures(REPORT, words, BOUNDARIES, asked), *over_time(TURNS, words))
    assert {figure.name: overlaps(figure) for figure in found if overlaps(figure)} == {}
    assert found[1].title == (
        "Customers aged 18 to 34 years: 27.0\u00a0% of customers, 11.3\u00a0% of participants"
    )


def extreme(row: Row, share: float, index: float) -> Row:
    return replace(
        row,
        rate=None,
        share=Estimate(share, 0.0, min(1.0, share + 0.3)),
        index=Estimate(index, index / 10, index * 10),
    )


@pytest.mark.parametrize(("share", "index"), [(0.0, 0.0), (1e-6, 1e-6), (0.5, 1.0), (1.0, 1e6)])
def test_extreme_values_are_drawn_within_the_figure(share: float, index: float) -> None:
    tables = tuple(
        replace(one, rows=tuple(extreme(row, share, index) for row in one.rows))
        for one in REPORT.tables
    )
    for figure in figures(replace(REPORT, tables=tables), DUTCH, BOUNDARIES, asked):
        if figure.name.startswith("chain"):
            continue  # its parts are one whole, which these shares are not
        made = picture(figure)
        assert overlaps(figure) == []
        for shape in made.shapes:
            if isinstance(shape, Dot):
                assert all(-70 <= x <= made.width + 70 for x in shape.path[::2])


def test_of_one_group_there_is_nothing_to_compare() -> None:
    def names(table: Table) -> set[str]:
        crossed = replace(editions.CROSSED, columns=("18-34",))
        report = replace(REPORT, tables=(table,), crossed=crossed, bodies=())
        return {one.name for one in figures(report, DUTCH, BOUNDARIES, asked)}

    one = replace(BY_PLACE, rows=BY_PLACE.rows[:1])
    figures_of_two = {"shares-neighbourhood", "index-neighbourhood", "map"}
    assert names(one) >= figures_of_two  # the other is the hidden ones together
    for alone in (replace(one, together=None), replace(BY_PLACE, rows=())):
        assert not names(alone) & figures_of_two
    assert "multiples-neighbourhood" not in names(BY_PLACE)


def test_panels_in_which_all_is_hidden_say_so() -> None:
    crossed = REPORT.crossed
    assert crossed is not None
    nothing = tuple(replace(row, rates=(None,) * 5) for row in crossed.rows)
    bare = replace(crossed, rows=nothing, overall=(None,) * 5)
    figure = of(replace(REPORT, crossed=bare), "multiples-neighbourhood")
    assert figure.title == "Per wijk zijn de groepen te klein om te vergelijken"
    assert len(marks(figure, "cross")) == 35
    assert marks(figure, "dot") == []
