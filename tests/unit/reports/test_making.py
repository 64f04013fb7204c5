"""One edition of a report: its tables, what crosses, its seats, the model, and its opinions."""

from collections.abc import Mapping, Sequence

import pytest

from consult.reports.core.chain import Cell, Chain, Dimension, Group, Members, Stage
from consult.reports.core.edition import Readers, Report, Table, TooFew, Verdict
from consult.reports.core.fingerprint import fingerprint
from consult.reports.core.making import make, verdict
from consult.reports.core.quality import quality
from consult.surveys.core.asking.questions.base import Option
from consult.surveys.core.asking.questions.choices import OneChoice
from consult.surveys.core.asking.words import words
from consult.surveys.core.counts.results import Line, QuestionResult, Results, Share
from consult.surveys.core.counts.results import Table as Answers
from consult.surveys.core.counts.rows import Rows, Shape
from consult.weighing.intervals import Interval

AGES = ("18-34", "35-49", "50-64")
CAME = {"Noord": (20, 40, 60), "Oost": (30, 50, 80), "Zuid": (24, 44, 81), "West": (25, 45, 3)}
"""Of 403 people in each age of each neighbourhood."""


def chain(
    margins: Mapping[Dimension, tuple[Group, ...]] | None = None, bodies: Sequence[Members] = ()
) -> Chain:
    cells = tuple(
        Cell("tenant", age, place, 403, 403, came)
        for place, by_age in CAME.items()
        for age, came in zip(AGES, by_age, strict=True)
    )
    return Chain(cells, margins or {}, tuple(bodies))


def made(readers: Readers, of: Chain | None = None) -> Report:
    found = make(of or chain(), readers)
    assert isinstance(found, Report)
    return found


def table(report: Report, dimension: Dimension) -> Table:
    return next(one for one in report.tables if one.dimension is dimension)


def test_ages_keep_their_order_and_others_go_from_under_to_over() -> None:
    report = made(Readers.INSIDE)
    ages = [row.group.label for row in table(report, Dimension.AGE_BAND).rows]
    around = [row.group.label for row in table(report, Dimension.NEIGHBOURHOOD).rows]
    assert ages == list(AGES)
    assert around == ["West", "Noord", "Zuid", "Oost"]


def test_inside_counts_are_exact_and_outside_the_base_is_rounded() -> None:
    inside, outside = made(Readers.INSIDE), made(Readers.OUTSIDE)
    assert inside.total == Group("", 4836, 4836, 502)
    assert outside.total == Group("", 4835, 4835, 502)
    first = table(outside, Dimension.NEIGHBOURHOOD).rows[0]
    assert first.group == Group("West", 1210, 1210, 73)
    assert first.rate == 73 / 1210
    assert first.base_share == 0.25
    assert table(inside, Dimension.NEIGHBOURHOOD).rows[0].rate == 73 / 1209


def test_a_table_is_compared_by_its_own_rows() -> None:
    found = table(made(Readers.INSIDE), Dimension.AGE_BAND)
    young = found.rows[0]
    assert young.share.value == 99 / 502
    assert young.index.value == pytest.approx(99 / 502 * 3)
    assert young.index.low < young.index.value < young.index.high < 1
    assert (young.verdict, found.freedom) == (Verdict.UNDER, 2)
    assert found.dissimilarity > found.noise_floor
    assert found.deviating(Verdict.UNDER) == (young,)


def test_the_crossing_that_is_small_is_left_out_with_what_would_tell_on_it() -> None:
    crossed = made(Readers.INSIDE).crossed
    assert crossed is not None
    assert crossed.columns == AGES
    assert crossed.overall == (99 / 1612, 179 / 1612, 224 / 1612)
    west = next(row for row in crossed.rows if row.label == "West")
    assert west.rates[2] is None
    assert west.people[2] is None
    assert sum(rate is None for rate in west.rates) > 1
    whole = next(row for row in crossed.rows if None not in row.rates)
    assert whole.people == (403, 403, 403)


def test_dimensions_that_cross_nothing_have_a_table_of_their_own() -> None:
    homes = (Group("flat", 4000, 4000, 400), Group("house", 836, 836, 102))
    report = made(Readers.INSIDE, chain({Dimension.DWELLING: homes}))
    assert [row.group.label for row in table(report, Dimension.DWELLING).rows] == ["flat", "house"]
    assert report.quality is not None
    assert Dimension.DWELLING not in report.quality.dimensions


def test_percentages_of_fewer_than_thirty_are_told_inside_alone() -> None:
    cells = tuple(
        Cell("tenant", "18-34", place, base, base, base // 2)
        for place, base in (("Noord", 400), ("Oost", 400), ("Zuid", 24))
    )
    for readers in Readers:
        found = table(made(readers, Chain(cells)), Dimension.NEIGHBOURHOOD)
        row = next(one for one in found.rows if one.group.label == "Zuid")
        assert (row.rate is None) is (readers is Readers.OUTSIDE)


def test_so_few_people_took_part_that_nothing_is_told() -> None:
    assert make(Chain((Cell("tenant", "18-34", "A", 500, 500, 9),)), Readers.OUTSIDE) == TooFew()


def test_how_evenly_people_took_part_is_told_with_its_least_r() -> None:
    found = made(Readers.INSIDE).quality
    assert found is not None
    assert found.dimensions == (Dimension.AGE_BAND, Dimension.NEIGHBOURHOOD)
    assert 0 < found.cv.low < found.cv.value < found.cv.high
    assert found.lowest_r < found.r.value < 1
    by_age, around = found.partials
    assert by_age.alone.value > around.alone.value
    assert by_age.groups["18-34"] < 0 < by_age.groups["50-64"]
    values = (found.cv.value, found.r.low, *by_age.groups.values())
    assert all(round(value, 3) == value for value in values)


def test_of_one_group_alone_there_is_no_model() -> None:
    report = made(Readers.INSIDE, Chain((Cell("tenant", "18-34", "A", 500, 500, 50),)))
    assert report.quality is None


def test_a_board_of_nine_without_the_young_can_be_chance() -> None:
    """27 % of the base is under 35: nine members without any have a chance of 5.8 %."""
    cells = (
        Cell("tenant", "18-34", "A", 2700, 2700, 300),
        Cell("tenant", "35-49", "A", 7300, 7300, 900),
    )
    boards = [
        Members(Stage.BOARD, size, {Dimension.AGE_BAND: {"18-34": 0, "35-49": size}})
        for size in (9, 11)
    ]
    nine, eleven = made(Readers.INSIDE, Chain(cells, {}, tuple(boards))).bodies
    young, *_ = nine.seats[Dimension.AGE_BAND]
    assert (young.label, young.members) == ("18-34", 0)
    assert young.expected == pytest.approx(2.43)
    assert young.base_share == 0.27
    assert round(young.chance, 3) == 0.059
    assert young.verdict is Verdict.EQUAL
    assert round(eleven.seats[Dimension.AGE_BAND][0].chance, 3) == 0.031


def test_members_of_groups_whose_base_hides_count_in_the_whole_alone() -> None:
    cells = (
        Cell("tenant", "18-34", "A", 500, 500, 60),
        Cell("tenant", "35-49", "A", 500, 500, 60),
        Cell("owner", "unknown", "A", 3, 3, 1),
    )
    board = Members(Stage.BOARD, 5, {Dimension.AGE_BAND: {"18-34": 1, "35-49": 3, "unknown": 1}})
    (body,) = made(Readers.INSIDE, Chain(cells, {}, (board,))).bodies
    assert body.members == 5
    assert "unknown" not in [seat.label for seat in body.seats.get(Dimension.AGE_BAND, ())]


def test_where_no_group_of_a_body_can_be_told_there_is_no_table_of_it() -> None:
    cells = tuple(Cell("tenant", age, "A", 500, 500, 60) for age in ("18-34", "35-49"))
    board = Members(Stage.BOARD, 5, {Dimension.AGE_BAND: {"75+": 2}})
    (body,) = made(Readers.INSIDE, Chain(cells, {}, (board,))).bodies
    assert body.seats == {}


def test_a_group_that_is_not_told_is_not_said_to_have_no_members() -> None:
    """Outside only the tenants of a board are told: its other members may well be owners."""
    cells = (
        Cell("tenant", "18-34", "A", 900, 900, 60),
        Cell("owner", "18-34", "A", 100, 100, 40),
    )
    kinds = ({"tenant": 7}, {"tenant": 9})
    bodies = tuple(Members(Stage.BOARD, 9, {Dimension.KIND: kind}) for kind in kinds)
    some, everybody = made(Readers.OUTSIDE, Chain(cells, {}, bodies)).bodies
    told = [
        {seat.label: seat.members for seat in body.seats[Dimension.KIND]}
        for body in (some, everybody)
    ]
    assert told == [{"tenant": 7}, {"owner": 0, "tenant": 9}]


def test_nothing_becomes_surer_by_telling_less() -> None:
    """Eight tenants of twelve where 10.9 are expected: 1.9 %, but two kinds are tested."""
    cells = (
        Cell("tenant", "18-34", "A", 9100, 9100, 600),
        Cell("owner", "18-34", "A", 700, 700, 400),
        Cell("entrepreneur", "18-34", "A", 200, 200, 60),
    )
    standing = Members(Stage.CANDIDATES, 12, {Dimension.KIND: {"tenant": 8}})
    (body,) = made(Readers.OUTSIDE, Chain(cells, {}, (standing,))).bodies
    (seats,) = body.seats[Dimension.KIND]
    assert round(seats.chance, 3) == 0.018
    assert seats.verdict is Verdict.EQUAL


def share(part: float) -> Share:
    return Share(part, Interval(part - 0.05, part + 0.05))


def results(*lines: Line, effective: float | None = 400.0) -> Results:
    question = OneChoice(id="q", text=words("V?"), options=(Option("a", words("A")),))
    rows = Rows(Shape.PARTS, tuple(line.code for line in lines))
    asked = QuestionResult(question, rows, Answers((), 502, lines))
    return Results(5, 502, False, effective, {}, (asked,))


def test_opinions_stand_beside_weighted_ones_with_their_sensitivity() -> None:
    told = results(
        Line("row", "a", 301, share(0.6), share(0.55)),
        Line("row", "b", 100, share(0.2)),
        Line("open", "", 101, share(0.2), share(0.25)),
    )
    report = make(chain(), Readers.INSIDE, results=told)
    assert isinstance(report, Report)
    assert report.opinions is not None
    (line,) = report.opinions.lines
    assert (line.question, line.option) == ("q", "a")
    assert line.moved == pytest.approx(-0.05)
    assert line.plain.low == pytest.approx(0.55)
    assert line.weighted.high == pytest.approx(0.6)
    assert line.weighted.value > line.sensitivity[1.25] > line.sensitivity[1.5]
    assert report.asked


def test_digits_that_are_not_printed_leave_no_trace_in_fingerprint_or_figure() -> None:
    """They follow from the weights: with the register, hidden groups could be tried on them."""
    prints = set()
    for unseen in (0.0, 0.000_2):
        weighted = Share(0.55, Interval(0.5 + unseen, 0.6))
        line = Line("row", "a", 301, share(0.6), weighted)
        report = make(
            chain(), Readers.OUTSIDE, results=results(line, effective=400.1 + 1000 * unseen)
        )
        assert isinstance(report, Report)
        assert report.opinions is not None
        prints.add(fingerprint(report))
    assert len(prints) == 1


def test_without_weighted_shares_there_are_no_opinions_but_something_was_asked() -> None:
    report = make(chain(), Readers.INSIDE, results=results(Line("row", "a", 301, share(0.6))))
    assert isinstance(report, Report)
    assert report.opinions is None
    assert report.asked
    assert not made(Readers.INSIDE).asked


@pytest.mark.parametrize(
    ("index", "p_value", "found"),
    [
        (0.79, 0.049, Verdict.UNDER),
        (0.79, 0.05, Verdict.EQUAL),
        (0.8, 0.001, Verdict.EQUAL),
        (1.25, 0.001, Verdict.EQUAL),
        (1.26, 0.001, Verdict.OVER),
    ],
)
def test_a_group_deviates_beyond_chance_and_by_more_than_a_trifle(
    index: float, p_value: float, found: Verdict
) -> None:
    assert verdict(index, p_value) is found


@pytest.mark.parametrize(("invited", "told"), [(27, None), (28, 12 / 30), (30, 12 / 30)])
def test_outside_thirty_people_have_a_percentage_and_fewer_have_none(
    invited: int, told: float | None
) -> None:
    """By the rounded count, for that is the one that is shown: 28 are told as 30."""
    cells = (
        Cell("tenant", "18-34", "Noord", invited, invited, 12),
        Cell("tenant", "35-49", "Noord", 400, 400, 90),
        Cell("tenant", "50-64", "Noord", 400, 400, 110),
    )
    young = table(made(Readers.OUTSIDE, Chain(cells)), Dimension.AGE_BAND).rows[0]
    assert (young.group.label, young.rate) == ("18-34", told)


def test_the_model_knows_hidden_groups_as_one() -> None:
    """Who came of Zuid and who of West makes no difference to it while both are hidden."""
    one = chain()
    names = {"Zuid": "West", "West": "Zuid"}
    other = Chain(
        tuple(
            Cell(held.kind, held.age_band, names.get(held.neighbourhood, held.neighbourhood),
                 held.base, held.invited, held.participants)
            for held in one.cells
        )
    )  # fmt: skip
    every = {dim: frozenset(group.label for group in one.margin(dim)) for dim in Dimension}
    some = {**every, Dimension.NEIGHBOURHOOD: frozenset({"Noord", "Oost"})}
    assert quality(one, some) == quality(other, some)
    assert quality(one, every) != quality(other, every)


def test_partial_indicators_of_an_edition_are_coefficients_of_variation() -> None:
    """Of one variable alone: its groups' spread around the mean response, divided by that."""
    cells = tuple(
        Cell("tenant", age, "Noord", 4_000, 4_000, came)
        for age, came in zip(AGES, (200, 400, 900), strict=True)
    )
    found = quality(Chain(cells), {one: frozenset(AGES) for one in Dimension})
    assert found is not None
    (only,) = found.partials
    mean = 1_500 / 12_000
    for age, came in zip(AGES, (200, 400, 900), strict=True):
        told = (1 / 3) ** 0.5 * (came / 4_000 - mean) / mean
        assert only.groups[age] == pytest.approx(told, abs=0.0006)
    assert only.alone.value == pytest.approx(found.cv.value, abs=0.002)
    assert only.alone.value > 0.5
