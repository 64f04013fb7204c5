"""The pre-flight, against enumeration of every board and of every withdrawal."""

from itertools import combinations
from random import Random

import pytest

from consult.council.core.rules import TENANT, Person, RuleSet
from consult.elections.core.outcome import Contest, Status
from consult.elections.core.preflight import Outlook, preflight
from tests.property.test_count import Case, aimed_at, all_lawful, random_case

CASES = [random_case(Random(seed)) for seed in range(5000, 6200)]


def outlook(contest: Contest, rules: RuleSet) -> Outlook:
    aim = aimed_at(contest, rules)
    if aim is None:
        return Outlook(None)
    return Outlook(
        aim.size, min(aim.short, contest.max_board - aim.size), tuple(aim.minima.items())
    )


def without(contest: Contest, gone: tuple[str, ...]) -> Contest:
    left = tuple(person for person in contest.candidates if person.id not in gone)
    return contest._replace(candidates=left)


def losses_by_enumeration(case: Case) -> dict[frozenset[str], Outlook]:
    """Every withdrawal of one or two that changes the outlook, two only if worse than each."""
    contest, rules = case.contest, case.rules
    base = outlook(contest, rules)
    ids = [person.id for person in contest.candidates]
    alone = {one: outlook(without(contest, (one,)), rules) for one in ids}
    found = {frozenset({one}): after for one, after in alone.items() if after != base}
    for one, other in combinations(ids, 2):
        after = outlook(without(contest, (one, other)), rules)
        if after not in (alone[one], alone[other]):
            found[frozenset({one, other})] = after
    return found


def tenants_for(contest: Contest, rules: RuleSet) -> int | None:
    """The fewest tenants more with whom a board of full size keeps the hard rules."""
    for extra in range(contest.max_board + 1):
        more = tuple(Person(f"x{n}", frozenset({TENANT})) for n in range(extra))
        wider = contest._replace(candidates=contest.candidates + more)
        full = contest.max_board - len(contest.sitting)
        if any(len(board) == full for board in all_lawful(wider, rules)):
            return extra
    return None


@pytest.mark.parametrize("part", range(4))
def test_the_outlook_is_what_enumeration_finds(part: int) -> None:
    seen = set()
    for case in CASES[part::4]:
        found = preflight(case.contest.candidates, case.contest.sitting, case.rules, case[0][0])
        assert found.outlook == outlook(case.contest, case.rules)
        lawful = [
            len(board) + len(case.contest.sitting) for board in all_lawful(case[0], case.rules)
        ]
        assert found.largest == max(lawful, default=None)
        seen.add(found.status)
    assert seen == set(Status)


@pytest.mark.parametrize("part", range(4))
def test_the_withdrawals_that_matter_are_all_named_and_no_others(part: int) -> None:
    seen = set()
    for case in CASES[part::4]:
        found = preflight(case.contest.candidates, case.contest.sitting, case.rules, case[0][0])
        told: dict[frozenset[str], Outlook] = {}
        for loss in found.losses:
            first, second = loss.people[0], loss.people[-1]
            pairs = {frozenset({a, b}) for a in first for b in second}
            size = len(loss.people)
            seen.add(size)
            told |= {pair: loss.outlook for pair in pairs if len(pair) == size}
        expected = losses_by_enumeration(case) if found.outlook.size is not None else {}
        assert told == expected
    assert seen == {1, 2}


def test_the_tenants_that_are_missing_are_counted_as_enumeration_counts_them() -> None:
    seen = set()
    for case in CASES:
        hard = RuleSet(case.rules.hard)
        found = preflight(case.contest.candidates, case.contest.sitting, hard, case[0][0])
        assert found.extra_for_full == tenants_for(case.contest, hard)
        seen.add(found.extra_for_full)
    assert {None, 0, 1, 2} <= seen
