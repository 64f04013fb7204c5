"""Counts too large to enumerate, against a solver that we did not write (HiGHS)."""

from random import Random

import pytest

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
)
from consult.elections.core.count import count
from consult.elections.core.outcome import Contest, Count, Status
from tests.large_counts import Election, adversarial, exact, realistic
from tests.property.test_count import random_case
from tests.solver import elected_by

GROUPS = tuple(f"g{n}" for n in range(6))


def crossing(random: Random) -> Election:
    """25 to 60 candidates for 13 seats, three to six groups that cross, every kind of rule."""
    groups = GROUPS[: random.randint(3, 6)]

    def people(prefix: str, number: int) -> tuple[Person, ...]:
        return tuple(
            Person(
                f"{prefix}{n}",
                frozenset(group for group in groups if random.random() < 0.35)
                | ({TENANT} if random.random() < 0.7 else set()),
            )
            for n in range(number)
        )

    contest = Contest(
        13, people("s", random.choice((0, 0, 2, 4))), people("c", random.randint(25, 60))
    )
    rules: list[Rule] = [ShareGt("share", TENANT, 7, 10)]
    for group in groups:
        least = random.randint(2, 6)
        rules.append(
            random.choice(
                (
                    Min(f"min-{group}", group, least),
                    Min(f"min-{group}", group, least + 4, IfShort.HOLD),
                    MinHard(f"min-{group}", group, least - 1),
                )
            )
        )
        if random.random() < 0.7:
            rules.append(Max(f"max-{group}", group, least + random.randint(0, 1)))
    random.shuffle(rules)
    totals = {person.id: random.randint(0, 400) for person in contest.candidates}
    lot = random.sample(list(totals), len(totals))
    return Election(contest, totals, RuleSet(tuple(rules)), tuple(lot))


def agree(election: Election) -> Status:
    """Both ways elect the same people in the same order."""
    result = count(*election)
    assert isinstance(result, Count)
    expected = elected_by(*election)
    assert (None if result.board_size is None else list(result.elected)) == expected
    return result.status


def test_large_counts_agree_with_another_solver() -> None:
    statuses = {agree(crossing(Random(seed))) for seed in range(20)}
    assert statuses == set(Status)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_many_large_counts_agree_with_another_solver(part: int) -> None:
    for seed in range(100 + part, 500, 4):
        agree(crossing(Random(seed)))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_the_small_counts_that_are_enumerated_agree_with_another_solver_too(part: int) -> None:
    for seed in range(part, 4000, 4):
        case = random_case(Random(seed))
        if case.contest.sitting or case.contest.candidates:  # HiGHS takes no programme of nobody
            agree(Election(*case))


@pytest.mark.slow
@pytest.mark.parametrize("profile", [realistic, adversarial, exact], ids=lambda one: one.__name__)
def test_the_hardest_counts_agree_with_another_solver(profile: object) -> None:
    for number in (30, 200):
        for seed in range(10):
            agree(profile(Random(seed), number))  # type: ignore[operator] # one of three functions
