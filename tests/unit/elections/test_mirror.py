"""What a shortlist does to mirroring, and that no refused applicant can be singled out by it."""

from fractions import Fraction
from itertools import product

import pytest

from consult.council.core.rules import TENANT
from consult.elections.core.mirror import Mirror, base_of, mirrors, tells_refused
from consult.elections.core.profile import Attribute, Needs, Reserved
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entry

YOUNG = Reserved("young", Attribute.AGE, (AgeBand.YOUNG,), 1)
FAITH = Reserved("faith", Attribute.BACKGROUND, ("Surinaams",), 1)
NEEDS = Needs(reserved=(YOUNG, FAITH))
BOTH = frozenset({TENANT, YOUNG.group})
PLAIN = frozenset({TENANT})
NONE = frozenset[str]()


def customers(young: int, others: int, owners: int = 0) -> list[Entry]:
    made = [(Kind.TENANT, AgeBand.YOUNG)] * young + [(Kind.TENANT, AgeBand.OLDER)] * others
    made += [(Kind.OWNER, AgeBand.OLDER)] * owners
    return [Entry(str(n), f"K{n}", kind, age, "Cool") for n, (kind, age) in enumerate(made)]


def told(
    candidates: list[frozenset[str]], refused: list[frozenset[str]], base: list[Entry] | None = None
) -> dict[str, Mirror]:
    found = mirrors(NEEDS, base_of(base or customers(20, 60, 20), NEEDS), candidates, refused)
    return {one.group: one for one in found}


def test_the_base_is_counted_per_group_of_the_register_and_backgrounds_are_not_in_it() -> None:
    assert base_of(customers(20, 60, 20), NEEDS) == (100, {TENANT: 80, YOUNG.group: 20})
    assert told([], [])[FAITH.group].base is None


def test_a_share_of_the_base_is_shown_beside_the_candidates_of_the_group() -> None:
    found = told([BOTH, PLAIN, NONE], [])[YOUNG.group]
    assert (found.base, found.candidates, found.applicants) == (Fraction(1, 5), 1, 1)


@pytest.mark.parametrize(("young", "shown"), [(9, False), (10, True), (90, True), (91, False)])
def test_a_small_group_of_the_base_and_its_small_remainder_stay_hidden(
    young: int, shown: bool
) -> None:
    found = told([], [], customers(young, 100 - young))[YOUNG.group]
    assert (found.base is not None) is shown


@pytest.mark.parametrize("refused", [[BOTH], [PLAIN] * 12, [BOTH] * 10 + [PLAIN] * 9])
def test_applicants_are_not_counted_by_group_where_that_tells_of_few_refused(
    refused: list[frozenset[str]],
) -> None:
    assert told([BOTH], refused)[YOUNG.group].applicants is None
    assert told([BOTH], refused)[YOUNG.group].candidates == 1


def test_many_refused_in_and_outside_a_group_are_counted() -> None:
    found = told([BOTH], [BOTH] * 10 + [PLAIN] * 10)
    assert found[YOUNG.group].applicants == 11
    assert found[TENANT].applicants is None, "all refused are tenants: that tells of each of them"


def test_one_more_group_of_the_attribute_hides_what_its_remainder_would_tell() -> None:
    older = Reserved("older", Attribute.AGE, (AgeBand.OLDER,), 1)
    needs = Needs(reserved=(YOUNG, older))
    groups = [frozenset({YOUNG.group})] * 10 + [frozenset({older.group})] * 10
    found = mirrors(needs, base_of(customers(20, 60), needs), [], [*groups, NONE])
    assert all(one.applicants is None for one in found if one.attribute is Attribute.AGE)


def test_no_number_of_few_refused_follows_from_what_is_told() -> None:
    for inside, outside in product(range(14), repeat=2):
        found = told([BOTH], [BOTH] * inside + [NONE] * outside)[YOUNG.group]
        if found.applicants is not None and inside + outside:
            assert min(inside, outside) >= 10


@pytest.mark.parametrize(("refused", "told_of"), [(0, True), (1, False), (9, False), (10, True)])
def test_the_effect_on_the_board_is_told_of_nobody_or_of_many(refused: int, told_of: bool) -> None:
    assert tells_refused(refused) is told_of
