"""What the paper asks: which offices, how many names, and under which rules."""

from dataclasses import replace

import pytest

from consult.council.core.agreement import Agreement, Elects, Office, Settings
from consult.council.core.rules import TENANT, MinHard, RuleSet
from consult.elections.core.election import Candidate, paper_order
from consult.elections.core.gaps import Gap, gaps
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.paper import Asked, contests, offices, paper, standing
from tests.agreements import AGREEMENT_2016
from tests.elections import PLAN
from tests.unit.elections.test_election import BEFORE, DRAFT

VOTERS, COUNCIL = Elects.VOTERS, Elects.BOARD
ALL_FOR_ALL = [
    Candidate(str(n), f"Naam {n}", "", frozenset({TENANT}), frozenset({BOARD, CHAIR, EXECUTIVE}))
    for n in range(6)
]


def by(chair: Elects, executive: Elects) -> Agreement:
    return replace(AGREEMENT_2016, settings=Settings(chair_by=chair, executive_by=executive))


def asked(agreement: Agreement, **held: str) -> dict[str, Asked]:
    posts = {Office(post): member for post, member in held.items()}
    made = paper("uuid", PLAN, ALL_FOR_ALL, agreement, agreement.board, posts)
    return {one.office: one for one in made}


@pytest.mark.parametrize(
    ("chair", "executive", "expected"),
    [
        (COUNCIL, COUNCIL, [BOARD]),
        (VOTERS, COUNCIL, [CHAIR, BOARD]),
        (COUNCIL, VOTERS, [EXECUTIVE, BOARD]),
        (VOTERS, VOTERS, [CHAIR, EXECUTIVE, BOARD]),
    ],
)
def test_the_rules_say_which_offices_voters_elect(
    chair: Elects, executive: Elects, expected: list[str]
) -> None:
    assert list(asked(by(chair, executive))) == expected


def test_a_post_that_somebody_keeps_is_not_asked_about() -> None:
    rules = by(VOTERS, VOTERS)
    assert offices(rules, {Office.CHAIR: "m1"}) == (EXECUTIVE, BOARD)
    both = {Office.SECRETARY: "m1", Office.TREASURER: "m1"}
    assert offices(rules, both) == (CHAIR, BOARD)


def test_the_executive_has_two_seats_beside_a_chair_who_is_elected_too() -> None:
    found = asked(by(VOTERS, VOTERS))
    assert (found[CHAIR].seats, found[CHAIR].choices) == (1, 1)
    assert (found[EXECUTIVE].seats, found[EXECUTIVE].choices) == (3, 2)
    assert (found[BOARD].seats, found[BOARD].choices) == (PLAN.max_board, PLAN.max_choices)
    assert found[EXECUTIVE].rules == AGREEMENT_2016.executive
    assert found[CHAIR].rules == AGREEMENT_2016.chair


def test_who_keeps_a_post_stays_in_the_executive_and_counts_once() -> None:
    found = asked(by(VOTERS, VOTERS), chair="m1", treasurer="m1")[EXECUTIVE]
    assert (found.seats, found.choices, found.stays) == (2, 1, ("m1",))
    found = asked(by(VOTERS, VOTERS), secretary="m2")[EXECUTIVE]
    assert (found.seats, found.choices, found.stays) == (3, 1, ("m2",))


def test_beside_a_chair_whom_the_board_will_choose_one_tenant_is_enough() -> None:
    found = asked(by(COUNCIL, VOTERS))[EXECUTIVE]
    assert (found.seats, found.choices) == (2, 2)
    assert [rule.value for rule in found.rules.rules if isinstance(rule, MinHard)] == [1]
    free = replace(by(COUNCIL, VOTERS), chair=RuleSet())
    assert asked(free)[EXECUTIVE].rules == AGREEMENT_2016.executive


def test_nobody_stands_first_in_every_question() -> None:
    orders = {
        office: [one.id for one in paper_order("uuid", ALL_FOR_ALL, office)]
        for office in (CHAIR, EXECUTIVE, BOARD)
    }
    assert len({tuple(order) for order in orders.values()}) == 3
    assert orders[BOARD] == [one.id for one in paper_order("uuid", ALL_FOR_ALL)]
    assert list(asked(by(VOTERS, VOTERS))[CHAIR].candidates) == orders[CHAIR]


def test_only_those_who_stand_for_an_office_are_named_in_its_question() -> None:
    two = [replace(ALL_FOR_ALL[0], stands_for=frozenset({BOARD})), ALL_FOR_ALL[1]]
    assert [one.id for one in standing(two, CHAIR)] == ["1"]
    made = paper("uuid", PLAN, two, by(VOTERS, VOTERS), AGREEMENT_2016.board, {})
    assert [len(one.candidates) for one in made] == [1, 1, 2]
    assert [one.choices for one in made] == [1, 1, 2]


def test_an_office_that_voters_elect_and_nobody_wants_is_a_gap() -> None:
    only_board = [replace(one, stands_for=frozenset({BOARD})) for one in ALL_FOR_ALL]
    offered = (CHAIR, EXECUTIVE, BOARD)
    found = gaps(DRAFT, only_board, [], BEFORE, offered)
    assert found[:2] == (Gap.NO_CHAIR, Gap.NO_EXECUTIVE)
    assert Gap.NO_CHAIR not in gaps(DRAFT, [*only_board, ALL_FOR_ALL[0]], [], BEFORE, offered)
    assert gaps(DRAFT, [], [], BEFORE, offered)[0] is Gap.NO_CANDIDATES
    assert Gap.NO_CHAIR not in gaps(DRAFT, only_board, [], BEFORE)


def test_a_seal_from_before_there_were_contests_says_one() -> None:
    old = {
        "max_board": 3,
        "max_choices": 2,
        "candidates": [{"id": "a"}],
        "rules": {"board": [{"id": "r"}]},
    }
    [found] = contests(old)
    assert found == {
        "office": BOARD,
        "seats": 3,
        "choices": 1,
        "candidates": ["a"],
        "rules": [{"id": "r"}],
        "stays": [],
        "posts": [],
    }
    sealed = [one.json() for one in asked(by(VOTERS, COUNCIL)).values()]
    assert contests({**old, "contests": sealed}) == sealed
