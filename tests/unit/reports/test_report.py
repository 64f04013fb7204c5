"""Reports: margins, what is shown, what is found, and in what words numbers are told."""

from dataclasses import replace

import pytest

from consult.reports.core.chain import CROSSED, Cell, Chain, Dimension, Group
from consult.reports.core.disclosure import conceal, conceal_base
from consult.reports.core.report import Report, Row, TooFew, Verdict, out_of, report, representation
from consult.reports.wording import Wording


def cell(age: str, place: str, base: int, participants: int, kind: str = "tenant") -> Cell:
    return Cell(kind, age, place, base, base, participants)


CHAIN = Chain(
    (
        cell("18-34", "Noord", 1_000, 30),
        cell("18-34", "Zuid", 500, 15),
        cell("35-49", "Noord", 1_500, 150),
        cell("35-49", "Zuid", 500, 50),
        cell("75+", "Noord", 400, 60),
        cell("75+", "Zuid", 100, 3, kind="owner"),
    )
)


def group(label: str, base: int, participants: int, invited: int | None = None) -> Group:
    return Group(label, base, base if invited is None else invited, participants)


def test_a_margin_sums_the_cells_of_each_group() -> None:
    assert CHAIN.margin(Dimension.AGE_BAND) == (
        group("18-34", 1_500, 45),
        group("35-49", 2_000, 200),
        group("75+", 500, 63),
    )


def test_a_chain_without_people_has_no_groups() -> None:
    assert Chain(()).margin(Dimension.KIND) == ()
    assert report(Chain(())) == TooFew()


@pytest.mark.parametrize("counts", [(10, 10, 11), (10, 11, 5), (0, 0, 0), (10, 10, -1)])
def test_a_stage_larger_than_the_one_before_it_is_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="invited"):
        Cell("tenant", "18-34", "Noord", *counts)


@pytest.mark.parametrize(
    ("dimension", "label", "name", "people"),
    [
        (Dimension.AGE_BAND, "35-64", "35 tot en met 64 jaar", "Klanten van 35 tot en met 64 jaar"),
        (Dimension.AGE_BAND, "unknown", "Leeftijd onbekend", "Klanten van onbekende leeftijd"),
        (Dimension.KIND, "other", "Overige", "Overige"),
        (Dimension.NEIGHBOURHOOD, "other", "Overige", "Overige"),
        (Dimension.NEIGHBOURHOOD, "unknown", "Wijk onbekend", "Klanten zonder wijk"),
    ],
)
def test_groups_of_results_have_names(
    dimension: Dimension, label: str, name: str, people: str
) -> None:
    wording = Wording(lambda text, **facts: text % facts, "nl")
    assert wording.group(dimension, label) == name
    assert wording.people(dimension, label) == people


def test_a_table_whose_sizes_are_told_elsewhere_hides_nothing_or_is_left_out() -> None:
    small = Chain((*CHAIN.cells, cell("65-74", "Noord", 200, 4)))
    for chain, kept in ((CHAIN, True), (small, False)):
        made = report(chain, {Dimension.AGE_BAND})
        assert isinstance(made, Report)
        assert (Dimension.AGE_BAND in {table.dimension for table in made.tables}) is kept
        assert Dimension.NEIGHBOURHOOD in {table.dimension for table in made.tables}


def test_ages_keep_their_order() -> None:
    table = representation(CHAIN, Dimension.AGE_BAND)
    assert [row.group.label for row in table.rows] == ["18-34", "35-49", "75+"]


def test_other_groups_stand_from_the_least_to_the_best_represented() -> None:
    cells = (cell("18-34", "A", 900, 90), cell("18-34", "B", 900, 30), cell("18-34", "C", 900, 60))
    table = representation(Chain(cells), Dimension.NEIGHBOURHOOD)
    assert [row.group.label for row in table.rows] == ["B", "C", "A"]


def test_a_row_tells_rate_and_shares() -> None:
    young = representation(CHAIN, Dimension.AGE_BAND).rows[0]
    assert young.rate == 45 / 1_500
    assert young.share == 45 / 308
    assert young.base_share == 1_500 / 4_000


def test_the_group_that_deviates_by_the_most_people_comes_first() -> None:
    table = representation(CHAIN, Dimension.AGE_BAND)
    assert [row.group.label for row in table.deviating(Verdict.UNDER)] == ["18-34"]
    assert [row.group.label for row in table.deviating(Verdict.OVER)] == ["35-49", "75+"]


def test_a_small_deviation_is_no_finding_however_certain_it_is() -> None:
    cells = (cell("18-34", "A", 100_000, 9_500), cell("35-49", "A", 100_000, 10_500))
    table = representation(Chain(cells), Dimension.AGE_BAND)
    assert {row.verdict for row in table.rows} == {Verdict.EQUAL}
    assert table.deviating(Verdict.UNDER) == ()


def test_a_large_deviation_that_chance_can_give_is_no_finding() -> None:
    cells = (cell("18-34", "A", 300, 12), cell("35-49", "A", 300, 17))
    table = representation(Chain(cells), Dimension.AGE_BAND)
    assert {row.verdict for row in table.rows} == {Verdict.EQUAL}


def test_a_group_too_small_to_show_takes_another_with_it() -> None:
    table = representation(CHAIN, Dimension.KIND)
    assert table.rows == ()
    assert {hidden.label for hidden in table.hidden} == {"owner", "tenant"}
    assert table.together is not None
    assert table.together.group == group("", 4_000, 308)


def test_hidden_groups_that_cover_each_other_take_nobody_with_them() -> None:
    groups = (group("A", 400, 9), group("B", 400, 8), group("C", 400, 40))
    assert conceal(groups) == {"A", "B"}


def test_two_hidden_groups_of_fewer_than_ten_together_take_a_third() -> None:
    groups = (group("A", 400, 4), group("B", 400, 5), group("C", 400, 40), group("D", 400, 60))
    assert conceal(groups) == {"A", "B", "C"}


def test_the_group_that_is_taken_along_is_the_one_with_the_largest_base() -> None:
    groups = (group("A", 400, 4), group("B", 500, 40), group("C", 300, 60))
    assert conceal(groups) == {"A", "B"}


def test_hidden_groups_that_are_all_just_below_ten_do_not_give_that_away() -> None:
    groups = (group("A", 400, 9), group("B", 400, 9), group("C", 400, 60), group("D", 400, 60))
    assert conceal(groups) == {"A", "B", "C"}


def test_a_group_in_which_nearly_everybody_took_part_is_hidden_too() -> None:
    groups = (group("A", 50, 45), group("B", 400, 40), group("C", 400, 60))
    assert conceal(groups) == {"A", "B"}


def test_hiding_goes_on_while_a_tiny_group_leaves_another_nearly_known() -> None:
    groups = (group("A", 5, 2), group("B", 400, 40), group("C", 400, 60), group("D", 400, 80))
    assert conceal(groups) == {"A", "B", "C"}


def test_a_few_uninvited_people_are_not_told_by_subtraction() -> None:
    groups = (group("A", 400, 40, invited=397), group("B", 400, 40), group("C", 400, 60))
    assert conceal(groups) == {"A", "B", "C"}


def test_a_hidden_group_still_tells_how_many_customers_it_has() -> None:
    cells = (cell("18-34", "A", 300, 4), cell("35-49", "A", 300, 9), cell("75+", "A", 300, 90))
    table = representation(Chain(cells), Dimension.AGE_BAND)
    assert [(hidden.label, hidden.base) for hidden in table.hidden] == [
        ("18-34", 300),
        ("35-49", 300),
    ]


def test_a_base_below_ten_hides_and_takes_another_base_with_it() -> None:
    assert conceal_base((group("A", 7, 2), group("B", 300, 40), group("C", 90, 3))) == {"A", "B"}
    assert conceal_base((group("A", 70, 2), group("B", 300, 40))) == frozenset()


def test_a_report_has_one_table_per_dimension() -> None:
    made = report(CHAIN)
    assert isinstance(made, Report)
    assert [table.dimension for table in made.tables] == list(CROSSED)
    assert made.total == group("", 4_000, 308)


@pytest.mark.parametrize(("base", "participants"), [(500, 9), (500, 495), (29, 15)])
def test_too_few_people_give_no_report(base: int, participants: int) -> None:
    assert report(Chain((cell("18-34", "A", base, participants),))) == TooFew()


def row(share: float, base_share: float) -> Row:
    one = representation(CHAIN, Dimension.AGE_BAND).rows[0]
    return replace(one, share=share, base_share=base_share)


@pytest.mark.parametrize(
    ("share", "base_share", "people"),
    [
        (0.08, 0.21, 100),
        (0.026, 0.034, 1_000),
        (0.004, 0.02, 1_000),
        (0.0004, 0.002, 10_000),
        (0.5, 0.5, 100),
    ],
)
def test_shares_are_told_out_of_the_fewest_people_that_tell_them_apart(
    share: float, base_share: float, people: int
) -> None:
    assert out_of(row(share, base_share)) == people
