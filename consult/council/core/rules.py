"""Rules on who may make up a board together.

Everything is in whole numbers, because a share is where rounding goes wrong: on a board of ten,
seven tenants are exactly 70 % and therefore too few (agreement, art. 3.1b: *more than* 70 %).

The values here and in the count are named tuples, not dataclasses: those would add a quarter to the
time in which the command line counts a case (ADR 0005).
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

TENANT = "tenant"
"""The group of tenants of a dwelling (*huurders van een woning*)."""


class IfShort(StrEnum):
    """What happens to reserved seats that no candidate can take."""

    RELEASE = "release"
    HOLD = "hold"


class Person(NamedTuple):
    """Somebody on a board, or standing for it, with the groups that rules may speak of."""

    id: str
    groups: frozenset[str] = frozenset()


class ShareGt(NamedTuple):
    """More than ``num/den`` of the board belongs to the group."""

    id: str
    group: str
    num: int
    den: int
    type: str = "share_gt"

    def least(self, size: int) -> int:
        """The fewest members of the group on a board of ``size``."""
        return self.num * size // self.den + 1

    def most(self, size: int) -> int:
        """The most members of the group on a board of ``size``."""
        return size


class Max(NamedTuple):
    """At most ``value`` of the board belong to the group."""

    id: str
    group: str
    value: int
    type: str = "max"

    def least(self, size: int) -> int:
        """The fewest members of the group: none are asked for."""
        del size
        return 0

    def most(self, size: int) -> int:
        """The most members of the group on a board of ``size``."""
        return min(self.value, size)


class MinHard(NamedTuple):
    """At least ``value`` of the board belong to the group; without them there is no board."""

    id: str
    group: str
    value: int
    type: str = "min_hard"

    def least(self, size: int) -> int:
        """The fewest members of the group on any board."""
        del size
        return self.value

    def most(self, size: int) -> int:
        """The most members of the group on a board of ``size``."""
        return size


class Min(NamedTuple):
    """``value`` seats for the group as far as people stand for them; gives way to hard rules."""

    id: str
    group: str
    value: int
    if_short: IfShort = IfShort.RELEASE
    type: str = "min"

    def least(self, size: int) -> int:
        """The fewest members of the group on any board."""
        del size
        return self.value

    def most(self, size: int) -> int:
        """The most members of the group on a board of ``size``."""
        return size


Rule = ShareGt | Max | MinHard | Min


class RuleSet(NamedTuple):
    """The rules of one board. Minima stand in order of priority."""

    rules: tuple[Rule, ...] = ()

    @property
    def hard(self) -> tuple[Rule, ...]:
        """The rules that make a board lawful or not."""
        return tuple(rule for rule in self.rules if not isinstance(rule, Min))

    @property
    def minima(self) -> tuple[Min, ...]:
        """The reserved seats, the most important first."""
        return tuple(rule for rule in self.rules if isinstance(rule, Min))


class Breach(NamedTuple):
    """A rule that a board does not keep: it has ``have``, it needs ``least`` to ``most``."""

    rule: Rule
    have: int
    least: int
    most: int


def in_group(board: Iterable[Person], group: str) -> int:
    """How many people on the board belong to the group."""
    return sum(group in person.groups for person in board)


def breaches(board: Collection[Person], rules: RuleSet) -> tuple[Breach, ...]:
    """The hard rules that the board does not keep."""
    size = len(board)
    found = []
    for rule in rules.hard:
        have, least, most = in_group(board, rule.group), rule.least(size), rule.most(size)
        if not least <= have <= most:
            found.append(Breach(rule, have, least, most))
    return tuple(found)


def lawful(board: Collection[Person], rules: RuleSet) -> bool:
    """Whether the board keeps every hard rule. A board of nobody is not a board."""
    return bool(board) and not breaches(board, rules)


def limits(rules: Sequence[Rule], size: int) -> dict[str, tuple[int, int]]:
    """Per group the fewest and the most members that the rules together allow at ``size``."""
    found: dict[str, tuple[int, int]] = {}
    for rule in rules:
        least, most = found.get(rule.group, (0, size))
        found[rule.group] = (max(least, rule.least(size)), min(most, rule.most(size)))
    return found


def as_json(rules: RuleSet) -> list[dict[str, object]]:
    """The rules as the schema composition-cases/1 writes them."""
    return [rule._asdict() for rule in rules.rules]
