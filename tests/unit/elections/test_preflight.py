"""Whether a lawful board can be made: what is missing, and whose withdrawal matters."""

import pytest

from consult.council.core.agreement import Office
from consult.council.core.rules import IfShort, Max, Min, MinHard, Person, RuleSet
from consult.elections.core import search
from consult.elections.core.outcome import Status
from consult.elections.core.preflight import (
    Loss,
    Outlook,
    Preflight,
    effect_of,
    office_possible,
    preflight,
)
from consult.refusal import Refusal
from tests.agreements import AGREEMENT_2016
from tests.people import person

BOARD = AGREEMENT_2016.board


def people(tenants: int, others: int = 0) -> list[Person]:
    return [person(f"T{n}") for n in range(tenants)] + [person(f"N{n}") for n in range(others)]


def flight(tenants: int, others: int = 0, *, most: int = 13, rules: RuleSet = BOARD) -> Preflight:
    return preflight(people(tenants, others), (), rules, most)


def with_minima(*minima: Min) -> RuleSet:
    return RuleSet((*BOARD.rules, *minima))


def test_enough_tenants_make_a_full_board() -> None:
    found = flight(16, 4)
    assert (found.status, found.largest, found.extra_for_full) == (Status.FULL, 13, 0)
    assert (found.shortages, found.losses, found.blocks) == ((), (), ())


def test_six_tenants_make_at_most_eight_members_and_four_more_fill_the_board() -> None:
    found = flight(6, 20)
    assert (found.status, found.outlook.size, found.largest) == (Status.REDUCED, 8, 8)
    [missing] = found.shortages
    assert (missing.rule, missing.needed, missing.available) == ("tenant_share", 10, 6)
    assert (missing.short, found.extra_for_full, found.extra_for_board) == (4, 4, 0)
    assert [block.rule for block in found.blocks] == ["tenant_share"]


def test_of_ten_seats_seven_tenants_fill_nine() -> None:
    assert flight(7, 9, most=10).outlook.size == 9


def test_without_two_tenants_no_board_is_possible_and_the_conflict_is_named() -> None:
    found = flight(1, 9)
    assert (found.status, found.outlook, found.largest) == (
        Status.NO_LAWFUL_BOARD,
        Outlook(None),
        None,
    )
    assert found.conflict == ("executive_possible",)
    assert (found.extra_for_board, found.extra_for_full) == (1, 9)
    assert found.losses == ()


def test_nobody_who_stands_is_told_as_people_who_are_missing() -> None:
    found = flight(0)
    assert (found.extra_for_board, found.extra_for_full) == (2, 13)
    anybody = found.shortages[0]
    assert (anybody.rule, anybody.short) == ("", 13)


def test_sitting_members_who_break_a_maximum_leave_no_way_out() -> None:
    rules = RuleSet((*BOARD.rules, Max("owners", "owner", 1)))
    sitting = [person("N1 owner"), person("N2 owner")]
    found = preflight(people(12), sitting, rules, 13)
    assert (found.conflict, found.extra_for_board, found.extra_for_full) == (
        ("owners",),
        None,
        None,
    )


def test_a_maximum_asks_for_people_outside_the_group() -> None:
    rules = RuleSet((Max("owners", "owner", 1),))
    owners = [person(f"N{n} owner") for n in range(3)]
    found = preflight([*owners, person("T1")], (), rules, 4)
    [missing] = found.shortages
    assert (missing.inside, missing.needed, missing.available) == (False, 3, 1)


def test_a_minimum_without_enough_candidates_is_lowered_and_told() -> None:
    rules = with_minima(Min("young", "young", 2))
    found = preflight([person("T0 young"), *people(9)[1:]], (), rules, 5)
    [lowered] = found.lowered
    assert (lowered.rule, lowered.asked, lowered.effective) == ("young", 2, 1)
    assert (found.status, found.outlook.minima) == (Status.FULL, (("young", 1),))


def test_a_seat_that_is_held_makes_the_board_smaller() -> None:
    rules = with_minima(Min("young", "young", 1, IfShort.HOLD))
    found = flight(9, rules=rules, most=5)
    assert found.outlook == Outlook(4, 1, (("young", 0),))
    assert (found.status, found.largest) == (Status.REDUCED, 5)


def test_the_only_one_of_a_group_matters_and_is_named() -> None:
    rules = with_minima(Min("young", "young", 1))
    found = preflight([person("T0 young"), *people(9)[1:]], (), rules, 5)
    assert found.losses == (Loss((("T0",),), Outlook(5, 0, (("young", 0),))),)


def test_of_two_of_a_group_only_both_matter() -> None:
    rules = with_minima(Min("young", "young", 1))
    young = [person("T0 young"), person("T1 young")]
    found = preflight([*young, *people(9)[2:]], (), rules, 5)
    both = ("T0", "T1")
    assert found.losses == (Loss((both, both), Outlook(5, 0, (("young", 0),))),)


def test_the_withdrawal_of_one_tenant_can_cost_somebody_else_a_seat() -> None:
    found = flight(8, 5)
    assert found.outlook.size == 11
    tenants = tuple(f"T{n}" for n in range(8))
    assert found.losses == (
        Loss((tenants,), Outlook(9)),
        Loss((tenants, tenants), Outlook(8)),
    )


def test_each_withdrawal_shows_how_the_next_one_makes_it_worse() -> None:
    rules = RuleSet((MinHard("tenants", "tenant", 3),))
    found = flight(4, 6, most=5, rules=rules)
    [loss] = found.losses
    assert (len(loss.people), loss.outlook) == (2, Outlook(None))


def test_a_shorter_list_that_still_makes_the_same_board_does_no_harm() -> None:
    effect = effect_of(people(16, 4), people(12, 3), (), BOARD, 13)
    assert not effect.harms


@pytest.mark.parametrize(("tenants", "others"), [(9, 3), (1, 3)])
def test_a_shorter_list_that_makes_the_board_smaller_does_harm(tenants: int, others: int) -> None:
    effect = effect_of(people(16, 4), people(tenants, others), (), BOARD, 13)
    assert effect.harms


def test_a_shorter_list_that_loses_a_reserved_seat_does_harm() -> None:
    rules = with_minima(Min("young", "young", 1))
    effect = effect_of([person("T0 young"), *people(20)[1:]], people(20)[1:], (), rules, 13)
    assert effect.harms


@pytest.mark.parametrize(("tenants", "chair", "executive"), [(0, 0, 0), (1, 1, 0), (2, 1, 1)])
def test_a_chair_takes_one_tenant_and_an_executive_board_two(
    tenants: int, chair: int, executive: int
) -> None:
    standing = people(tenants, 5)
    assert office_possible(standing, AGREEMENT_2016.chair, 1) == bool(chair)
    assert office_possible(standing, AGREEMENT_2016.executive, len(Office)) == bool(executive)


def test_a_pre_flight_without_a_certain_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "BRANCHES", 0)
    with pytest.raises(Refusal, match=r"elections\.count_too_hard"):
        flight(9, 5)
