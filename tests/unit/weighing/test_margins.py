"""Thin levels join the neighbour that their plan names, and it is written down."""

import pytest

from consult.refusal import Refusal
from consult.weighing.cells import cross
from consult.weighing.margins import Merge, Merged, Ordered, Other, Plan, enough, merge
from consult.weighing.targets import Targets
from consult.wording import sentence

AGES = Ordered(("18-34", "35-49", "50-64", "65-79", "80+"))


def merged(
    people: dict[str, int], plan: Plan, population: dict[str, float] | None = None
) -> Merged:
    column = [level for level, number in people.items() for _ in range(number)]
    margin = population or dict.fromkeys(people, 100.0)
    return merge(cross({"v": column}), Targets({"v": margin}), {"v": plan})


def test_nothing_merges_where_no_level_is_thin() -> None:
    people = {"18-34": 10, "35-49": 11}
    found = merged(people, AGES)
    assert found.merges == ()
    assert found.cells.counted("v") == people
    assert found.targets.margins == {"v": {"18-34": 100.0, "35-49": 100.0}}


def test_a_thin_age_joins_the_smaller_of_the_two_beside_it() -> None:
    found = merged({"18-34": 50, "35-49": 4, "50-64": 40, "65-79": 12, "80+": 30}, AGES)
    assert found.merges == (Merge("v", ("35-49", "50-64"), "35-49 + 50-64", 44),)
    assert found.targets.margins["v"]["35-49 + 50-64"] == 200.0
    assert found.cells.counted("v")["35-49 + 50-64"] == 44


def test_thin_ages_go_on_merging_until_they_are_enough() -> None:
    found = merged({"18-34": 50, "35-49": 60, "50-64": 3, "65-79": 4, "80+": 2}, AGES)
    assert [one.levels for one in found.merges] == [("35-49", "50-64", "65-79", "80+")]
    assert found.merges[0].people == 69


def test_an_age_at_the_end_joins_the_only_one_beside_it() -> None:
    found = merged({"18-34": 3, "35-49": 60, "50-64": 30, "65-79": 40, "80+": 0}, AGES)
    assert [one.name for one in found.merges] == ["18-34 + 35-49", "65-79 + 80+"]


def test_an_age_outside_the_order_joins_the_largest() -> None:
    found = merged({"18-34": 30, "35-49": 60, "onbekend": 2}, AGES)
    assert [one.levels for one in found.merges] == [("35-49", "onbekend")]


def test_an_age_whose_only_companion_is_outside_the_order_joins_that() -> None:
    found = merged({"18-34": 3, "onbekend": 60}, AGES)
    assert [one.levels for one in found.merges] == [("18-34", "onbekend")]


def test_thin_neighbourhoods_go_together_as_others() -> None:
    found = merged({"Noord": 40, "Oost": 3, "Zuid": 5, "West": 6, "Kade": 30}, Other("overig"))
    assert found.merges == (Merge("v", ("Oost", "West", "Zuid"), "overig", 14),)
    assert found.cells.counted("v") == {"Noord": 40, "Kade": 30, "overig": 14}


def test_others_that_are_still_thin_take_in_the_next_smallest() -> None:
    found = merged({"Noord": 40, "Oost": 3, "Zuid": 5, "Kade": 30}, Other("overig"))
    assert found.merges[0].levels == ("Kade", "Oost", "Zuid")


def test_a_level_that_is_called_so_already_is_among_the_others() -> None:
    found = merged({"Noord": 40, "Oost": 3, "overig": 12, "Kade": 11}, Other("overig"))
    assert found.merges[0].levels == ("Oost", "overig")


def test_a_level_without_participants_merges_too() -> None:
    found = merged(
        {"Noord": 40, "Oost": 20}, Other("overig"), {"Noord": 10.0, "Oost": 5.0, "Zuid": 7.0}
    )
    assert found.merges == (Merge("v", ("Oost", "Zuid"), "overig", 20),)
    assert found.targets.margins["v"] == {"Noord": 10.0, "overig": 12.0}


def test_levels_that_the_population_does_not_have_are_left_to_be_refused() -> None:
    found = merged(
        {"Noord": 40, "Oost": 3, "Zuid": 2, "Elders": 5},
        Other("overig"),
        {"Noord": 10.0, "Oost": 5.0, "Zuid": 0.0},
    )
    assert found.cells.counted("v") == {"Elders": 5, "Zuid": 2, "overig": 43}
    assert found.targets.margins["v"] == {"Zuid": 0.0, "overig": 15.0}


def test_a_variable_without_a_plan_stays_as_it_is() -> None:
    cells = cross({"a": list("xxxy"), "b": list("xyxy")})
    targets = Targets({"a": {"x": 1.0, "y": 2.0}, "b": {"x": 2.0, "y": 1.0}})
    found = merge(cells, targets, {"a": Other("rest")})
    assert found.targets.margins == {"a": {"rest": 3.0}, "b": {"x": 2.0, "y": 1.0}}
    assert found.cells.counted("b") == {"x": 2, "y": 2}


def test_a_plan_for_a_variable_without_a_margin_is_refused() -> None:
    with pytest.raises(Refusal, match=r"weighing\.variable_unknown"):
        merge(cross({"a": ["x"]}), Targets({"a": {"x": 1.0}}), {"b": AGES})


def test_too_few_participants_are_not_weighed() -> None:
    targets = Targets({"a": {"x": 1.0, "y": 2.0}})
    enough(cross({"a": ["x"] * 95 + ["y"] * 5}), targets)
    with pytest.raises(Refusal, match=r"weighing\.few") as found:
        enough(cross({"a": ["x"] * 94 + ["y"] * 5}), targets)
    assert found.value.facts == {"people": 99, "least": 100}
    assert "99" in sentence(found.value)


def test_a_level_with_too_few_participants_is_not_weighed_by() -> None:
    targets = Targets({"a": {"x": 1.0, "y": 2.0}})
    with pytest.raises(Refusal, match=r"weighing\.level_thin") as found:
        enough(cross({"a": ["x"] * 200 + ["y"] * 4}), targets)
    assert found.value.facts == {"variable": "a", "level": "y", "people": 4}
    assert "a: y" in sentence(found.value)
