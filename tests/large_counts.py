"""Elections of a size and crossing that no council has, to measure and to compare with.

Three kinds (reference, counting §3), each of one seed. *realistic*: tenants, three ages, four
districts, two backgrounds, with minima and caps as a council could write them. *adversarial*: ten
groups that cross without order, each with a floor and a cap one above it or equal. *exact*: the
same with floor and cap equal for every group.
"""

from random import Random
from typing import NamedTuple

from consult.council.core.rules import TENANT, Max, Min, MinHard, Person, Rule, RuleSet, ShareGt
from consult.elections.core.outcome import Contest

SEATS = 13
AGES = {"age<35": 2, "age35-64": 5, "age65+": 3}
DISTRICTS = {"dN": 4, "dE": 3, "dS": 2, "dW": 1}
MINIMA = {
    "age<35": 2,
    "age35-64": 3,
    "age65+": 2,
    "dN": 2,
    "dE": 2,
    "dS": 1,
    "dW": 1,
    "bg1": 2,
    "bg2": 1,
}
CAPS = {"age35-64": 7, "age65+": 5, "dN": 5, "dE": 5, "dS": 5, "dW": 5}
CROSSING = (TENANT, *(f"g{n}" for n in range(9)))


class Election(NamedTuple):
    """The arguments of a count."""

    contest: Contest
    totals: dict[str, int]
    rules: RuleSet
    draws: tuple[str, ...]


def realistic(random: Random, number: int) -> Election:
    """Rules as a council could write them."""
    people = []
    for n in range(number):
        groups = {
            random.choices(list(AGES), list(AGES.values()))[0],
            random.choices(list(DISTRICTS), list(DISTRICTS.values()))[0],
        }
        groups |= {
            g
            for g, share in ((TENANT, 0.75), ("bg1", 0.2), ("bg2", 0.1))
            if random.random() < share
        }
        people.append(Person(f"c{n}", frozenset(groups)))
    rules: list[Rule] = [ShareGt("tenant_share", TENANT, 7, 10)]
    rules += [Min(f"{group}_min", group, value) for group, value in MINIMA.items()]
    rules += [Max(f"{group}_max", group, value) for group, value in CAPS.items()]
    return _election(random, people, rules)


def adversarial(random: Random, number: int) -> Election:
    """Ten groups that cross without order, with narrow bounds."""
    people = crossing(random, number)
    rules: list[Rule] = []
    for group in CROSSING:
        least = random.randint(3, 5)
        kind = MinHard if random.random() < 0.5 else Min
        rules += [kind(f"{group}_min", group, least)]
        rules += [Max(f"{group}_max", group, least + random.randint(0, 1))]
    return _election(random, people, rules)


def exact(random: Random, number: int) -> Election:
    """As many of each group as on some board that was drawn, and no other number."""
    people = crossing(random, number)
    board = random.sample(people, SEATS)
    rules: list[Rule] = []
    for group in CROSSING:
        have = sum(group in person.groups for person in board)
        rules += [MinHard(f"{group}_min", group, have), Max(f"{group}_max", group, have)]
    return _election(random, people, rules)


def crossing(random: Random, number: int) -> list[Person]:
    """People in ten groups at random: about 150 kinds among 200."""
    return [
        Person(
            f"c{n}",
            frozenset(g for g in CROSSING if random.random() < random.choice((0.2, 0.3, 0.4))),
        )
        for n in range(number)
    ]


def _election(random: Random, people: list[Person], rules: list[Rule]) -> Election:
    totals = {person.id: min(9999, int(200 * random.paretovariate(1.2))) for person in people}
    lot = random.sample(list(totals), len(totals))
    return Election(Contest(SEATS, (), tuple(people)), totals, RuleSet(tuple(rules)), tuple(lot))
