"""The board on a day: agreement of 2016, art. 3.1, and the table of the 70 % rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult.council.core.agreement import Office, rules_on
from consult.council.core.board import (
    Check,
    Mandate,
    Status,
    Term,
    Verdict,
    ahead,
    composition,
)
from consult.council.core.rules import RuleSet, ShareGt
from consult.refusal import Refusal
from tests.agreements import AGREEMENT_2016

START, END = date(2026, 1, 1), date(2030, 1, 1)
DAY = date(2026, 6, 1)
CHAIR, SECRETARY, TREASURER = Office


def member(name: str, *offices: Office, buys: date | None = None) -> Mandate:
    """A member from START to END; a name with a T is a tenant's, until she ``buys``."""
    tenancy = [(START, name.startswith("T"))]
    tenancy += [(buys, False)] if buys else []
    return Mandate(
        name, name, START, END, tuple(tenancy), tuple(Term(office, START) for office in offices)
    )


def board(tenants: int, others: int) -> list[Mandate]:
    """A board without offices."""
    return [member(f"T{n}") for n in range(tenants)] + [member(f"N{n}") for n in range(others)]


def check(status: Status, rule: str) -> Check:
    """The check of one rule."""
    return next(one for one in status.checks if one.rule == rule)


LEAST = {2: 2, 3: 3, 4: 3, 5: 4, 6: 5, 7: 5, 8: 6, 9: 7, 10: 8, 11: 8, 12: 9, 13: 10}


@pytest.mark.parametrize(("size", "least"), LEAST.items())
def test_a_board_at_the_minimum_is_lawful_and_one_tenant_fewer_is_not(
    size: int, least: int
) -> None:
    assert composition(board(least, size - least), AGREEMENT_2016, DAY).lawful
    fewer = composition(board(least - 1, size - least + 1), AGREEMENT_2016, DAY)
    assert fewer.broken[0].rule == "tenant_share"
    assert check(fewer, "tenant_share").least == least


def test_seven_of_ten_is_not_more_than_seventy_percent() -> None:
    status = composition(board(7, 3), AGREEMENT_2016, DAY)
    assert not status.lawful
    assert check(status, "tenant_share") == Check(
        "tenant_share", "3.1b", Verdict.BROKEN, 10, 7, 8, 10, of=AGREEMENT_2016.board.rules[0]
    )


@pytest.mark.parametrize("size", range(3, 14))
def test_one_tenant_can_leave_a_board_at_the_minimum_but_for_three_sizes(size: int) -> None:
    status = composition(board(LEAST[size], size - LEAST[size]), AGREEMENT_2016, DAY)
    assert (status.may_leave == 0) == (size in {4, 7, 11})


@pytest.mark.parametrize("size", range(3, 14))
def test_no_tenant_can_buy_on_a_board_at_the_minimum(size: int) -> None:
    assert composition(board(LEAST[size], size - LEAST[size]), AGREEMENT_2016, DAY).may_change == 0


@pytest.mark.parametrize("size", range(4, 14))
def test_with_one_tenant_to_spare_one_can_buy_or_leave(size: int) -> None:
    status = composition(board(LEAST[size] + 1, size - LEAST[size] - 1), AGREEMENT_2016, DAY)
    assert status.may_change >= 1
    assert status.may_leave >= 1


def test_a_board_of_tenants_alone_stays_lawful_down_to_two() -> None:
    status = composition(board(5, 0), AGREEMENT_2016, DAY)
    assert (status.may_leave, status.may_change) == (3, 1)


def test_fourteen_members_are_one_too_many() -> None:
    status = composition(board(14, 0), AGREEMENT_2016, DAY)
    assert [one.rule for one in status.broken] == ["board_size"]


def test_a_board_of_nobody_is_not_lawful() -> None:
    status = composition([], AGREEMENT_2016, DAY)
    assert not status.lawful
    assert (status.size, status.may_change, status.may_leave) == (0, 0, 0)


def test_somebody_sits_from_the_first_day_up_to_the_day_of_the_end() -> None:
    days = (START - timedelta(1), START, END - timedelta(1), END)
    assert [composition(board(2, 0), AGREEMENT_2016, day).size for day in days] == [0, 2, 2, 0]


def test_a_member_who_buys_is_no_tenant_from_that_day_on() -> None:
    people = [*board(3, 1), member("Tb", buys=DAY)]
    assert composition(people, AGREEMENT_2016, DAY - timedelta(1)).tenants == 4
    after = composition(people, AGREEMENT_2016, DAY)
    assert (after.tenants, after.lawful) == (3, False)


def test_the_days_ahead_show_when_the_board_breaks_a_rule() -> None:
    people = [*board(3, 1), member("Tb", buys=DAY)]
    coming = ahead(people, [AGREEMENT_2016], START)
    assert [(one.day, one.lawful) for one in coming] == [(DAY, False), (END, False)]


def test_vacant_posts_break_no_rule() -> None:
    status = composition(board(4, 1), AGREEMENT_2016, DAY)
    assert status.lawful
    for rule in ("chair_tenant", "executive_tenants"):
        assert check(status, rule).verdict is Verdict.OPEN


EXECUTIVES = {
    "chair alone": ([member("T1", CHAIR)], Verdict.OPEN),
    "two tenants": ([member("T1", CHAIR), member("T2", SECRETARY)], Verdict.KEPT),
    "one of each, a post vacant": ([member("T1", CHAIR), member("N1", SECRETARY)], Verdict.OPEN),
    "one tenant of three": (
        [member("T1", CHAIR), member("N1", SECRETARY), member("N2", TREASURER)],
        Verdict.BROKEN,
    ),
    "two of three": (
        [member("T1", CHAIR), member("N1", SECRETARY), member("T2", TREASURER)],
        Verdict.KEPT,
    ),
    "one tenant with two posts counts once": (
        [member("T1", CHAIR, SECRETARY), member("N1", TREASURER)],
        Verdict.BROKEN,
    ),
    "one tenant with two posts, the third vacant": (
        [member("T1", CHAIR, SECRETARY), member("N1")],
        Verdict.OPEN,
    ),
    "two others, the chair vacant": (
        [member("N1", SECRETARY), member("N2", TREASURER)],
        Verdict.BROKEN,
    ),
}


@pytest.mark.parametrize("name", EXECUTIVES)
def test_the_executive_board_counts_persons_and_vacant_posts(name: str) -> None:
    people, verdict = EXECUTIVES[name]
    status = composition([*people, *board(0, 0)], AGREEMENT_2016, DAY)
    assert check(status, "executive_tenants").verdict is verdict


@pytest.mark.parametrize(
    ("num", "den", "verdict"),
    [(1, 2, Verdict.OPEN), (2, 3, Verdict.BROKEN)],
)
def test_a_share_of_the_executive_board_counts_what_vacant_posts_can_still_bring(
    num: int, den: int, verdict: Verdict
) -> None:
    """One of three posts is another's: two tenants can still come, two of three is no more."""
    share = RuleSet((ShareGt("executive_tenants", "tenant", num, den),))
    rules = replace(AGREEMENT_2016, executive=share)
    status = composition([*board(4, 0), member("N9", SECRETARY)], rules, DAY)
    assert check(status, "executive_tenants").verdict is verdict


def test_newer_rules_are_a_day_ahead_on_which_something_changes() -> None:
    newer = replace(AGREEMENT_2016, start=DAY, largest_board=3)
    coming = ahead(board(4, 0), [AGREEMENT_2016, newer], START)
    assert [(one.day, one.lawful) for one in coming] == [(DAY, False), (END, False)]


def test_a_chair_who_is_no_tenant_breaks_a_rule() -> None:
    status = composition([*board(4, 0), member("N9", CHAIR)], AGREEMENT_2016, DAY)
    assert check(status, "chair_tenant").verdict is Verdict.BROKEN


def test_an_office_ends_with_the_mandate() -> None:
    one = member("T1", CHAIR)
    assert one.offices(END - timedelta(1)) == (CHAIR,)
    assert one.offices(END) == ()


def test_the_holder_of_an_office_is_found() -> None:
    people = [member("T1", CHAIR), member("T2")]
    assert composition(people, AGREEMENT_2016, DAY).holder(CHAIR) == people[0]
    assert composition(people, AGREEMENT_2016, DAY).holder(TREASURER) is None


def test_before_the_first_agreement_there_are_no_rules() -> None:
    assert rules_on([AGREEMENT_2016], date(2016, 7, 1)) is AGREEMENT_2016
    with pytest.raises(Refusal) as refused:
        rules_on([AGREEMENT_2016], date(2016, 6, 30))
    assert refused.value.code == "council.no_rules"


def test_every_rule_of_the_agreement_names_its_article() -> None:
    rules = AGREEMENT_2016
    named = {rule.id for part in (rules.board, rules.chair, rules.executive) for rule in part.rules}
    assert named | {"board_size"} == set(rules.articles)
