"""Small bodies exactly: published chances, sums over all possibilities, and when it is certain."""

from itertools import combinations
from math import comb

import pytest

from consult.reports.core.response.small_bodies import chances, shares

YOUNG, EVERYBODY = 16_284, 60_000
"""27 % of the base under 35 (27.14 % before rounding)."""


@pytest.mark.parametrize(("board", "percent"), [(7, 10.9), (9, 5.8), (11, 3.1)])
def test_a_board_without_anybody_under_35_has_the_published_chance(
    board: int, percent: float
) -> None:
    assert round(YOUNG / EVERYBODY, 2) == 0.27
    (young, _) = shares([YOUNG, EVERYBODY - YOUNG], [0, board])
    assert round(100 * young.so_few, 1) == percent
    assert young.one_sided == young.so_few


def test_chances_are_shares_of_all_bodies_that_could_be() -> None:
    people = "aaabbbbb"
    every = [body.count("a") for body in combinations(people, 4)]
    assert chances(8, 3, 4) == tuple(every.count(k) / len(every) for k in range(5))


@pytest.mark.parametrize(
    ("size", "group", "members"), [(60_000, 16_200, 9), (37, 20, 25), (5, 5, 5)]
)
def test_chances_add_up_to_one(size: int, group: int, members: int) -> None:
    assert sum(chances(size, group, members)) == pytest.approx(1, rel=1e-12)


def test_both_sides_count_every_number_that_is_as_unlikely() -> None:
    """R: fisher.test(matrix(c(0, 3, 9, 8), 2)) has 0.2184 by the same rule."""
    (found, _) = shares([3, 17], [0, 9])
    expected = sum(
        comb(3, k) * comb(17, 9 - k) / comb(20, 9)
        for k in range(4)
        if comb(3, k) * comb(17, 9 - k) <= comb(17, 9)
    )
    assert found.both == pytest.approx(expected, rel=1e-12)
    assert found.both == pytest.approx(0.2184, abs=5e-5)


def test_equal_chances_are_on_the_same_side_whatever_rounding_does() -> None:
    (found, other) = shares([50, 50], [3, 7])
    assert found.both == pytest.approx(2 * found.so_few, rel=1e-12)
    assert other.both == pytest.approx(found.both, rel=1e-12)


def test_what_can_be_chance_is_not_certain() -> None:
    young, old = shares([YOUNG, EVERYBODY - YOUNG], [0, 9])
    assert not young.certain
    assert young.expected == pytest.approx(9 * 0.2714)
    assert old.one_sided == old.so_many == pytest.approx(young.so_few)


def test_a_far_larger_body_without_them_is_certain() -> None:
    young, _ = shares([YOUNG, EVERYBODY - YOUNG], [0, 40])
    assert young.certain


def test_looking_at_more_groups_asks_for_more() -> None:
    base, seen = [100, 100, 100, 100, 100], [8, 1, 1, 1, 1]
    found = shares(base, seen)
    assert found[0].p_value == pytest.approx(5 * found[0].both)
    assert [each.p_value >= each.both for each in found] == [True] * 5


def test_members_of_whom_the_register_says_nothing_count_in_the_whole() -> None:
    known = shares([400, 500], [2, 5], unknown=(100, 2))
    assert known[0].expected == pytest.approx(9 * 0.4)
    assert known[0].so_few == pytest.approx(sum(chances(1_000, 400, 9)[:3]))
    assert len(known) == 2


def test_a_body_that_is_everybody_is_certain_to_mirror_the_base() -> None:
    found = shares([3, 4], [3, 4])
    assert [(each.so_few, each.so_many, each.both) for each in found] == [(1, 1, 1)] * 2


def test_members_that_cannot_be_are_an_error() -> None:
    with pytest.raises(ValueError, match="members of a group"):
        shares([3, 50], [4, 5])
    with pytest.raises(ValueError, match="part of the base"):
        chances(10, 11, 3)
