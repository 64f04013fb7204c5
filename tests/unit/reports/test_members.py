"""Traits of candidates, applicants and a board: in totals, and never of who was refused."""

from fractions import Fraction

import pytest

from consult.elections.core.mirror import Mirror
from consult.elections.core.profile import Attribute
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entry
from consult.register.core.tallying import Tally
from consult.reports.core.chain import Dimension
from consult.reports.core.members import applied, spoken_of, totals

YOUNG, OLD = AgeBand.YOUNG, AgeBand.OLDEST
BASE = Tally(
    {(Kind.TENANT, YOUNG, "Noord"): (500, 0), (Kind.TENANT, OLD, "Zuid"): (400, 0)},
)


def people(*bands: AgeBand) -> list[Entry | None]:
    return [Entry(str(n), f"K{n}", Kind.TENANT, band, "Noord") for n, band in enumerate(bands)]


def test_kind_and_age_are_counted_and_nothing_else() -> None:
    found = totals([*people(YOUNG, OLD, OLD), None])
    assert found == {
        Dimension.KIND: {"tenant": 3, "unknown": 1},
        Dimension.AGE_BAND: {"18-34": 1, "75+": 2, "unknown": 1},
    }


def test_of_applicants_all_is_told_where_nobody_was_left_out() -> None:
    listed = people(YOUNG, OLD)
    assert applied(listed, [], BASE) == totals(listed)


@pytest.mark.parametrize(
    ("young", "old", "ages"),
    [(10, 10, True), (10, 9, False), (20, 0, False), (1, 0, False)],
)
def test_ages_of_applicants_are_told_where_ten_of_each_group_are_not_on_the_list(
    young: int, old: int, *, ages: bool
) -> None:
    others = people(*[YOUNG] * young, *[OLD] * old)
    found = applied(people(YOUNG), others, BASE)
    assert (Dimension.AGE_BAND in found) is ages
    assert (Dimension.KIND in found) is (young + old >= 10)


def test_one_of_unknown_age_among_those_left_out_hides_all_ages() -> None:
    others = [*people(*[YOUNG] * 10, *[OLD] * 10), None]
    assert applied([], others, BASE) == {}


def mirror(
    attribute: Attribute, *values: str, base: Fraction | None = Fraction(1, 2), told: int | None = 5
) -> Mirror:
    return Mirror("group", attribute, values, base, told, 3)


def test_outside_only_groups_that_rules_speak_of_are_counted() -> None:
    mirrors = (
        mirror(Attribute.KIND, "tenant"),
        mirror(Attribute.AGE, "18-34"),
        mirror(Attribute.NEIGHBOURHOOD, "Cool", told=None),
    )
    assert spoken_of(mirrors, applicants=False) == {
        Dimension.KIND: {"tenant": 3},
        Dimension.AGE_BAND: {"18-34": 3},
        Dimension.NEIGHBOURHOOD: {"Cool": 3},
    }
    assert spoken_of(mirrors, applicants=True) == {
        Dimension.KIND: {"tenant": 5},
        Dimension.AGE_BAND: {"18-34": 5},
    }


@pytest.mark.parametrize(
    "one",
    [
        mirror(Attribute.BACKGROUND, "zorg"),
        mirror(Attribute.AGE, "18-34", "35-49"),
        mirror(Attribute.AGE, "18-34", base=None),
    ],
    ids=["background", "several values", "small in the base"],
)
def test_a_group_that_the_base_cannot_be_set_beside_is_left_out(one: Mirror) -> None:
    assert spoken_of([one], applicants=False) == {}
