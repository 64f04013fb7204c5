"""The count, against enumeration of every board, and the laws that it keeps.

The second implementation below shares nothing with the first but the definitions (reference,
counting §2.2, §2.3 and §2.7): it lists all boards and takes the words literally.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.council.core.rules import (
    TENANT,
    IfShort,
    Max,
    Min,
    MinHard,
    Person,
    Rule,
    RuleSet,
    ShareGt,
    lawful,
)
from consult.elections.core.count import count
from consult.elections.core.outcome import Contest, Count, DrawNeeded, Status

GROUPS = ("young", "south", "east")
Board = frozenset[str]


class Case(NamedTuple):
    """A random contest, its votes, its rules and a lot of everybody."""

    contest: Contest
    totals: dict[str, int]
    rules: RuleSet
    lot: tuple[str, ...]


class Aim(NamedTuple):
    """What enumeration finds before it looks at votes."""

    boards: list[Board]
    size: int
    minima: dict[str, int]
    short: int


def random_case(random: Random, *, most_votes: int = 6) -> Case:
    """A small contest with crossing groups; few different totals, so that ties are common."""

    def people(prefix: str, number: int) -> tuple[Person, ...]:
        return tuple(
            Person(
                f"{prefix}{n}",
                frozenset(group for group in GROUPS if random.random() < 0.4)
                | ({TENANT} if random.random() < 0.65 else set()),
            )
            for n in range(number)
        )

    contest = Contest(
        random.randint(1, 6),
        people("s", random.choice((0, 0, 1, 2))),
        people("c", random.randint(0, 8)),
    )
    totals = {person.id: random.randint(0, most_votes) for person in contest.candidates}
    rules: list[Rule] = [ShareGt("share", TENANT, *random.choice(((7, 10), (1, 2), (0, 1))))]
    for number in range(random.randint(0, 4)):
        group, value = random.choice((*GROUPS, TENANT)), random.randint(0, 4)
        name = f"rule{number}"
        rules.append(
            random.choice(
                (
                    Max(name, group, value),
                    MinHard(name, group, min(value, 2)),
                    Min(name, group, value, IfShort.RELEASE),
                    Min(name, group, value, IfShort.HOLD),
                )
            )
        )
    random.shuffle(rules)
    lot = random.sample(list(totals), len(totals))
    return Case(contest, totals, RuleSet(tuple(rules)), tuple(lot))


def all_lawful(contest: Contest, rules: RuleSet) -> list[Board]:
    """Every set of candidates that makes a lawful board with those who stay."""
    free = contest.max_board - len(contest.sitting)
    return [
        frozenset(person.id for person in chosen)
        for number in range(min(free, len(contest.candidates)) + 1)
        for chosen in combinations(contest.candidates, number)
        if lawful([*contest.sitting, *chosen], rules)
    ]


def aimed_at(contest: Contest, rules: RuleSet) -> Aim | None:
    """§2.2, by looking at every board."""
    return aimed_among(all_lawful(contest, rules), contest, rules)


def aimed_among(boards: list[Board], contest: Contest, rules: RuleSet) -> Aim | None:
    """§2.2, among the boards that count as lawful."""
    if not boards:
        return None
    people = {person.id: person for person in contest.candidates}

    def have(board: Board, group: str) -> int:
        whole = [*contest.sitting, *(people[one] for one in board)]
        return sum(group in person.groups for person in whole)

    minima, short = {}, 0
    for rule in rules.minima:
        effective = min(rule.value, max(have(board, rule.group) for board in boards))
        boards = [board for board in boards if have(board, rule.group) >= effective]
        minima[rule.id] = effective
        short += rule.value - effective if rule.if_short is IfShort.HOLD else 0
    sizes = {len(contest.sitting) + len(board) for board in boards}
    fitting = [size for size in sizes if size <= contest.max_board - short]
    size = max(fitting) if fitting else min(sizes)
    of_size = [board for board in boards if len(contest.sitting) + len(board) == size]
    return Aim(of_size, size, minima, short)


def elected_in(order: Iterable[str], boards: Sequence[Board]) -> tuple[list[str], list[str]]:
    """§2.3: down the list; passed over if no board holds everybody elected and this one."""
    elected: list[str] = []
    passed: list[str] = []
    for one in order:
        if len(elected) == len(boards[0]):
            break
        fits = any({*elected, one} <= board for board in boards)
        (elected if fits else passed).append(one)
    return elected, passed


def by_lot(case: Case) -> list[str]:
    """Candidates by votes, ties by the lot."""
    return sorted(case.totals, key=lambda one: (-case.totals[one], case.lot.index(one)))


def orders(case: Case) -> Iterator[list[str]]:
    """Every order that some lot could give, a tie at a time (the others as drawn)."""
    base = by_lot(case)
    for votes in set(case.totals.values()):
        tied = [one for one in base if case.totals[one] == votes]
        start = base.index(tied[0])
        for shuffled in permutations(tied):
            yield [*base[:start], *shuffled, *base[start + len(tied) :]]


def small(case: Case) -> bool:
    """Whether all orders of its ties can be tried."""
    totals = list(case.totals.values())
    return all(totals.count(votes) <= 5 for votes in totals)


CASES = [random_case(Random(seed)) for seed in range(4000)]


@pytest.mark.parametrize("part", range(8))
def test_the_count_agrees_with_enumeration_of_every_board(part: int) -> None:
    statuses = set()
    for case in CASES[part::8]:
        result = count(*case)
        assert isinstance(result, Count)
        statuses.add(result.status)
        aim = aimed_at(case.contest, case.rules)
        if aim is None:
            assert (result.status, result.elected) == (Status.NO_LAWFUL_BOARD, ())
            continue
        elected, passed = elected_in(by_lot(case), aim.boards)
        assert (list(result.elected), list(result.passed_over)) == (elected, passed)
        assert result.board_size == aim.size
        assert result.effective_minima == aim.minima
        assert result.vacant == case.contest.max_board - aim.size
        assert result.held == min(aim.short, result.vacant)
    assert statuses == set(Status)


def test_extra_tenants_are_counted_as_enumeration_counts_them() -> None:
    seen = set()
    for case in CASES:
        result = count(*case)
        assert isinstance(result, Count)
        if result.status is Status.NO_LAWFUL_BOARD:
            assert result.extra_needed == extra_by_enumeration(case.contest, case.rules)
            seen.add(result.extra_needed)
    assert {None, 1, 2} <= seen


def extra_by_enumeration(contest: Contest, rules: RuleSet) -> int | None:
    """The fewest tenants to add to the candidates before any lawful board exists."""
    for extra in range(1, contest.max_board + 1):
        more = tuple(Person(f"x{n}", frozenset({TENANT})) for n in range(extra))
        wider = contest._replace(candidates=contest.candidates + more)
        if all_lawful(wider, rules):
            return extra
    return None


def test_a_draw_is_asked_for_where_the_order_of_a_tie_matters_and_nowhere_else() -> None:
    asked = 0
    for case in filter(small, CASES):
        aim = aimed_at(case.contest, case.rules)
        if aim is None:
            continue
        results = {frozenset(elected_in(order, aim.boards)[0]) for order in orders(case)}
        result = count(case.contest, case.totals, case.rules)
        assert isinstance(result, DrawNeeded) == (len(results) > 1)
        if isinstance(result, DrawNeeded):
            asked += 1
            assert set(result.tied) == undecided(case, result, aim)
            assert {case.totals[one] for one in result.tied} == {result.votes}
    assert asked > 100


def undecided(case: Case, needed: DrawNeeded, aim: Aim) -> set[str]:
    """Those of the tie who are elected after some lots and not after others."""
    tied = [one for one in case.totals if case.totals[one] == needed.votes]
    above = [one for one in by_lot(case) if case.totals[one] > needed.votes]
    results = [
        set(elected_in([*above, *shuffled], aim.boards)[0]) for shuffled in permutations(tied)
    ]
    return (set.union(*results) - set.intersection(*results)) & set(tied)


def test_a_lot_among_those_asked_for_is_enough_to_finish() -> None:
    for case in CASES:
        drawn: list[str] = []
        result = count(case.contest, case.totals, case.rules, drawn)
        while isinstance(result, DrawNeeded):
            drawn += [one for one in case.lot if one in result.tied]
            result = count(case.contest, case.totals, case.rules, drawn)
        whole = count(*case)
        assert isinstance(whole, Count)
        assert set(result.elected) == set(whole.elected)


def test_more_votes_never_hurt_somebody_who_was_elected() -> None:
    for seed, case in enumerate(CASES[:1500]):
        before = count(*case)
        assert isinstance(before, Count)
        if before.elected:
            one = Random(seed).choice(before.elected)
            more = {**case.totals, one: case.totals[one] + 1 + seed % 4}
            after = count(case.contest, more, case.rules, case.lot)
            assert isinstance(after, Count)
            assert one in after.elected


@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_paper_decides_nothing(seed: int, random: Random) -> None:
    case = random_case(Random(seed))
    shuffled = random.sample(case.contest.candidates, len(case.contest.candidates))
    again = case.contest._replace(candidates=tuple(shuffled))
    assert count(again, case.totals, case.rules, case.lot) == count(*case)


@given(st.integers(0, 10**6))
@settings(max_examples=150, deadline=None)
def test_names_of_people_and_groups_decide_nothing(seed: int) -> None:
    case = random_case(Random(seed))

    def renamed(name: str) -> str:
        return name if name == TENANT else f"z{name[::-1]}"

    def person(one: Person) -> Person:
        return Person(renamed(one.id), frozenset(renamed(group) for group in one.groups))

    contest = Contest(
        case.contest.max_board,
        tuple(map(person, case.contest.sitting)),
        tuple(map(person, case.contest.candidates)),
    )
    totals = {renamed(one): votes for one, votes in case.totals.items()}
    rules = RuleSet(tuple(rule._replace(group=renamed(rule.group)) for rule in case.rules.rules))
    first = count(*case)
    second = count(contest, totals, rules, [renamed(one) for one in case.lot])
    assert isinstance(first, Count)
    assert isinstance(second, Count)
    assert second.elected == tuple(map(renamed, first.elected))
    assert second.passed_over == tuple(map(renamed, first.passed_over))
