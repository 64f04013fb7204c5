"""What goes along with answers, and which groups stay."""

import pytest

from consult.register.core.base import AgeBand, Kind
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.strata import (
    LEAST,
    Grouping,
    coarse_age,
    counted,
    going_along,
    grouping,
    plan_problem,
    spread,
)

KIND, AGE, PLACE = Stratum.KIND, Stratum.AGE, Stratum.NEIGHBOURHOOD


@pytest.mark.parametrize(
    ("band", "coarse"),
    [
        (AgeBand.MINOR, "unknown"),
        (AgeBand.YOUNG, "18-34"),
        (AgeBand.EARLY_MIDDLE, "35-64"),
        (AgeBand.LATE_MIDDLE, "35-64"),
        (AgeBand.OLDER, "65+"),
        (AgeBand.OLDEST, "65+"),
        (AgeBand.UNKNOWN, "unknown"),
    ],
)
def test_an_age_goes_along_in_four_groups(band: AgeBand, coarse: str) -> None:
    assert coarse_age(band) == coarse


def test_only_what_was_chosen_goes_along() -> None:
    person = (Kind.TENANT, AgeBand.OLDER, "Crooswijk")
    assert going_along([], *person) == {}
    assert going_along([AGE], *person) == {"age": "65+"}
    assert going_along(Stratum, *person) == {
        "kind": "tenant",
        "age": "65+",
        "neighbourhood": "Crooswijk",
    }


def test_a_long_name_is_cut_and_an_empty_one_is_unknown() -> None:
    assert going_along([PLACE], Kind.TENANT, AgeBand.YOUNG, "x" * 200) == {
        "neighbourhood": "x" * 60
    }
    assert going_along([PLACE], Kind.TENANT, AgeBand.YOUNG, "") == {"neighbourhood": "unknown"}


def test_people_are_counted_by_coarse_cells() -> None:
    people = {
        (Kind.TENANT, AgeBand.OLDER, "Noord"): 3,
        (Kind.TENANT, AgeBand.OLDEST, "Zuid"): 4,
        (Kind.OWNER, AgeBand.YOUNG, "Zuid"): 5,
    }
    assert counted(people, [KIND, AGE]) == {("tenant", "65+"): 7, ("owner", "18-34"): 5}
    assert counted(people, []) == {(): 12}


@pytest.mark.parametrize(
    ("invited", "response", "share"),
    [
        ({("a",): 200, ("b",): 200}, 0.05, 0.0),
        ({("a",): 200, ("b",): 199}, 0.05, 199 / 399),
        ({("a",): 9900, ("b",): 100}, 0.05, 0.01),
        ({("a",): 10}, 0.05, 1.0),
        ({}, 0.05, 0.0),
    ],
)
def test_the_share_in_small_cells_is_of_expected_respondents(
    invited: dict[tuple[str, ...], int], response: float, share: float
) -> None:
    assert spread(invited, response) == pytest.approx(share)


def estate(tenants: int, owners: int, places: int) -> dict[tuple[Kind, AgeBand, str], int]:
    bands = (AgeBand.YOUNG, AgeBand.EARLY_MIDDLE, AgeBand.OLDER)
    return {
        (kind, band, f"w{place}"): people
        for kind, people in ((Kind.TENANT, tenants), (Kind.OWNER, owners))
        for band in bands
        for place in range(places)
    }


def test_a_plan_within_one_percent_has_no_problem() -> None:
    assert plan_problem(estate(1000, 1000, 14), (AGE, PLACE), 0.05) is None
    assert plan_problem(estate(1, 1, 1), (), 0.05) is None
    assert plan_problem({}, (AGE, PLACE), 0.05) is None


def test_a_plan_that_leaves_too_many_in_small_cells_names_what_to_leave_out() -> None:
    young = {(Kind.TENANT, AgeBand.YOUNG, f"w{place}"): 100 for place in range(10)}
    older = {(Kind.TENANT, AgeBand.OLDER, f"w{place}"): 500 for place in range(10)}
    found = plan_problem({**young, **older}, (AGE, PLACE), 0.05)
    assert found == Problem("strata_without_age", 17)
    many = plan_problem(estate(60, 60, 40), (KIND, PLACE), 0.01)
    assert many == Problem("strata_without_neighbourhood", 100)
    few_owners = plan_problem(estate(1000, 20, 14), (KIND, PLACE), 0.05)
    assert few_owners == Problem("strata_without_kind", 2)


def test_where_no_attribute_can_stay_that_is_what_is_said() -> None:
    assert plan_problem(estate(1, 1, 14), (KIND, AGE), 0.05) == Problem("strata_without_any", 100)
    assert plan_problem(estate(1, 1, 14), (PLACE,), 0.05) == Problem("strata_without_any", 100)


def test_three_groups_are_one_too_many() -> None:
    assert plan_problem({}, tuple(Stratum), 0.05) == Problem("strata_many", 2)


def test_large_cells_stay_as_they_are() -> None:
    found = grouping(
        {("tenant", "65+"): 10, ("owner", "65+"): 10, ("owner", "18-34"): 11}, (KIND, AGE)
    )
    assert found.groups({"kind": "owner", "age": "65+", "neighbourhood": "x"}) == {
        "kind": "owner",
        "age": "65+",
    }


def test_small_bins_are_put_together() -> None:
    people = {("a",): 50, ("b",): 4, ("c",): 3, ("d",): 5}
    found = grouping(people, (PLACE,))
    assert found == Grouping({PLACE: {"a": "a", "b": "other", "c": "other", "d": "other"}})


def test_others_that_are_still_too_few_take_in_the_next_smallest() -> None:
    found = grouping({("a",): 50, ("b",): 20, ("c",): 3}, (PLACE,))
    assert found == Grouping({PLACE: {"a": "a", "b": "other", "c": "other"}})


def test_a_group_of_which_one_bin_is_left_is_dropped() -> None:
    assert grouping({("a",): 50, ("b",): 3}, (PLACE,)) == Grouping({})
    assert grouping({("a",): 5}, (PLACE,)) == Grouping({})
    assert grouping({}, (KIND, PLACE)) == Grouping({})
    assert grouping({(): 50}, ()) == Grouping({})


def test_few_owners_in_many_neighbourhoods_cost_no_neighbourhood() -> None:
    people = {("tenant", f"w{n}"): 200 for n in range(14)}
    people |= {("owner", f"w{n}"): 25 for n in range(14)}
    people |= {("entrepreneur", f"w{n}"): 2 for n in range(14)}
    found = grouping(people, (KIND, PLACE))
    assert len(set(found.bins[PLACE].values())) == 14
    assert found.bins[KIND] == {"tenant": "tenant", "owner": "other", "entrepreneur": "other"}


def test_a_value_that_nobody_had_is_with_the_others() -> None:
    found = grouping({("a",): 50, ("b",): 50}, (PLACE,))
    assert found.groups({"neighbourhood": "z"}) == {"neighbourhood": "other"}
    assert LEAST == 10
