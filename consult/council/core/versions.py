"""Sets of rules over time: which hold, which are to come, and what a new one changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from consult.council.core.agreement import BOARD_SIZE, Agreement, Settings, rules_on
from consult.council.core.board import Mandate, Part, Status, ahead, composition
from consult.council.core.rules import Rule, RuleSet


class State(StrEnum):
    """Where a set of rules stands. ``NEVER``: another one took its place before it began."""

    WAITING = "waiting"
    COMING = "coming"
    IN_FORCE = "in_force"
    PAST = "past"
    NEVER = "never"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Version:
    """One set of rules as it is kept. The set that the program ships with was never handed in."""

    id: str
    agreement: Agreement
    sha256: str
    handed_in_at: datetime | None = None
    adopted_at: datetime | None = None
    dropped_at: datetime | None = None

    @property
    def adopted(self) -> bool:
        """Whether two people agreed on it, or the program came with it."""
        return self.adopted_at is not None or self.handed_in_at is None


class Stated(NamedTuple):
    """A rule, or the largest board, with the article that says so."""

    value: Rule | int
    article: str


class Topic(StrEnum):
    """What two sets of rules can differ in, besides their first day."""

    SOURCE = "source"
    END = "end"
    SIZE = "size"
    RULE = "rule"
    ORDER = "order"
    SETTING = "setting"


class Difference(NamedTuple):
    """What is new: ``before`` and ``after``, each ``None`` where there is nothing.

    ``name``: the id of the rule, or the name of the setting.
    """

    topic: Topic
    name: str
    before: object
    after: object
    part: Part = Part.BOARD


@dataclass(frozen=True, slots=True)
class Day:
    """The board on a day, under the rules that would hold without the new set, and with it."""

    before: Status
    after: Status


def state(versions: Sequence[Version], one: Version, day: date) -> State:
    """Where ``one`` stands on a day; ``versions`` are those adopted, in their order."""
    if not one.adopted:
        return State.WAITING if one.dropped_at is None else State.DROPPED
    if rules_on((version.agreement for version in versions), one.agreement.start) != one.agreement:
        return State.NEVER
    if one.agreement.start > day:
        return State.COMING
    now = rules_on((version.agreement for version in versions), day)
    return State.IN_FORCE if now == one.agreement else State.PAST


def until(versions: Sequence[Version], one: Version) -> date | None:
    """The first day on which newer rules hold; ``None`` while none are known."""
    later = (version.agreement.start for version in versions)
    return min((start for start in later if start > one.agreement.start), default=None)


def differences(before: Agreement, after: Agreement) -> tuple[Difference, ...]:
    """What is new, in the order in which the file says it; the first day is not among it."""
    return tuple(_differences(before, after))


def effect(
    mandates: Sequence[Mandate], known: Sequence[Agreement], new: Agreement, today: date
) -> tuple[Day, ...]:
    """What new rules do to the board: as if they held today, then on each day that they will.

    Those are their first day and the later days on which something is known to change.
    """
    coming = {one.day: one for one in ahead(mandates, (*known, new), today)}
    days = [Day(*(composition(mandates, one, today) for one in (rules_on(known, today), new)))]
    for day, after in coming.items():
        if day >= new.start:
            days.append(Day(composition(mandates, rules_on(known, day), day), after))
    return tuple(days)


def _differences(before: Agreement, after: Agreement) -> Iterator[Difference]:
    if before.source != after.source:
        yield Difference(Topic.SOURCE, "source", before.source, after.source)
    if before.end != after.end:
        yield Difference(Topic.END, "end", before.end, after.end)
    old, new = (Stated(one.largest_board, one.articles[BOARD_SIZE]) for one in (before, after))
    if old != new:
        yield Difference(Topic.SIZE, BOARD_SIZE, old, new)
    for part in Part:
        yield from _rules(part, before, after)
    for name in Settings.__dataclass_fields__:
        was, becomes = getattr(before.settings, name), getattr(after.settings, name)
        if was != becomes:
            yield Difference(Topic.SETTING, name, was, becomes)


def _rules(part: Part, before: Agreement, after: Agreement) -> Iterator[Difference]:
    old, new = (_stated(one, getattr(one, part)) for one in (before, after))
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield Difference(Topic.RULE, name, old.get(name), new.get(name), part)
    stayed = [[name for name in one if name in old and name in new] for one in (old, new)]
    if stayed[0] != stayed[1]:
        yield Difference(Topic.ORDER, part, tuple(stayed[0]), tuple(stayed[1]), part)


def _stated(agreement: Agreement, rules: RuleSet) -> dict[str, Stated]:
    return {rule.id: Stated(rule, agreement.articles[rule.id]) for rule in rules.rules}
