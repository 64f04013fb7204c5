"""Short ways to put people on a board or on a paper."""

from collections.abc import Iterable, Sequence

from consult.council.core.rules import TENANT, Person, Rule, RuleSet, ShareGt
from consult.elections.core.outcome import Contest

SHARE = ShareGt("tenant_share", TENANT, 7, 10)


def board(
    *, tenants: int, others: int, rules: Sequence[Rule] = (SHARE,)
) -> tuple[list[Person], RuleSet]:
    """A board of tenants of a dwelling and others, and the rules that it is under."""
    people = [Person(f"T{n}", frozenset({TENANT})) for n in range(tenants)]
    return people + [Person(f"N{n}") for n in range(others)], RuleSet(tuple(rules))


def person(name: str) -> Person:
    """``"T1 young"``: an id and groups; an id with a T is a tenant's."""
    first, *groups = name.split()
    tenant = {TENANT} if first.startswith("T") else set()
    return Person(first, frozenset(groups) | tenant)


def contest(
    max_board: int, candidates: Iterable[str], sitting: Iterable[str] = ()
) -> tuple[Contest, dict[str, int]]:
    """A contest of people as :func:`person` reads them, with votes: ``"T1 young 90"``."""
    people, totals = [], {}
    for line in candidates:
        name, _, votes = line.rpartition(" ")
        people.append(person(name))
        totals[people[-1].id] = int(votes)
    return Contest(max_board, tuple(person(name) for name in sitting), tuple(people)), totals
