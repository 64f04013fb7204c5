"""What if? A few events that did not happen, and what they would do to the board."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations_with_replacement
from math import comb

from consult.council.core.agreement import Agreement, Office, rules_on
from consult.council.core.board import (
    Mandate,
    Status,
    changes,
    composition,
)
from consult.council.core.events import Event, Happening, settle


class Effect(StrEnum):
    """What an event comes to for the rules: a tenant becomes something else, or a seat less."""

    CHANGES = "changes"
    LEAVES = "leaves"


@dataclass(frozen=True, slots=True)
class Kind:
    """Members whom the rules cannot tell apart. Who holds an office is a kind of her own."""

    tenant: bool
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One event, by the kind of member and what it comes to."""

    kind: Kind
    effect: Effect


@dataclass(frozen=True, slots=True)
class Combination:
    """Events that together break ``broken``; ``ways``: for how many choices of members."""

    steps: tuple[tuple[Step, int], ...]
    ways: int
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """All choices of ``events`` events, how many of them break a rule, and the smallest causes.

    ``causes``: combinations that break a rule while fewer of the same events would not.
    """

    events: int
    ways: int
    breaking: int
    causes: tuple[Combination, ...]


def suppose(
    mandates: Sequence[Mandate],
    agreements: Sequence[Agreement],
    events: Sequence[Event],
    today: date,
) -> tuple[tuple[Mandate, ...], tuple[Status, ...]]:
    """The board if the events happened, and its composition today and on each day ahead."""
    settled = settle(mandates, events, agreements)
    days = {day for day in changes(settled, agreements) if day > today} | {today}
    found = (composition(settled, rules_on(agreements, day), day) for day in sorted(days))
    return settled, tuple(found)


def exposure(
    mandates: Sequence[Mandate], agreements: Sequence[Agreement], day: date, most: int = 3
) -> tuple[Exposure, ...]:
    """Which one, two … ``most`` events on the day would break a rule, each to another member.

    Exhaustive, but counted by kinds: members of one kind give the same board, so that a few hundred
    compositions stand for thousands. A post that falls vacant breaks no rule by itself.
    """
    mandates = [one for one in mandates if one.sits(day)]
    groups = _kinds(mandates, day)
    steps = [
        Step(kind, effect)
        for kind in groups
        for effect in Effect
        if kind.tenant or effect is Effect.LEAVES
    ]
    broken: dict[tuple[Step, ...], tuple[str, ...]] = {
        (): _broken(mandates, agreements, groups, (), day)
    }
    found = []
    for events in range(1, most + 1):
        ways = breaking = 0
        causes = []
        for chosen in combinations_with_replacement(steps, events):
            count = _ways(Counter(chosen), groups)
            if not count:
                continue
            broken[chosen] = _broken(mandates, agreements, groups, chosen, day)
            ways += count
            if broken[chosen]:
                breaking += count
                if not any(broken[fewer] for fewer in _fewer(chosen)):
                    steps_taken = tuple(Counter(chosen).items())
                    causes.append(Combination(steps_taken, count, broken[chosen]))
        found.append(Exposure(events, ways, breaking, tuple(causes)))
    return tuple(found)


def _kinds(mandates: Iterable[Mandate], day: date) -> dict[Kind, list[str]]:
    found: dict[Kind, list[str]] = {}
    for one in mandates:
        if one.sits(day):
            found.setdefault(Kind(one.is_tenant(day), one.offices(day)), []).append(one.id)
    return found


def _ways(chosen: Mapping[Step, int], groups: Mapping[Kind, Sequence[str]]) -> int:
    """For how many choices of different members; none when a kind has too few."""
    ways, taken = 1, Counter[Kind]()
    for step, times in chosen.items():
        ways *= comb(max(0, len(groups[step.kind]) - taken[step.kind]), times)
        taken[step.kind] += times
    return ways


def _fewer(chosen: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for place in range(len(chosen)):
        yield chosen[:place] + chosen[place + 1 :]


def _broken(
    mandates: Sequence[Mandate],
    agreements: Sequence[Agreement],
    groups: Mapping[Kind, Sequence[str]],
    chosen: Sequence[Step],
    day: date,
) -> tuple[str, ...]:
    """The rules that the board breaks on the day when these things happen to some members."""
    left = {kind: list(ids) for kind, ids in groups.items()}
    events = [_event(left[step.kind].pop(), step.effect, day) for step in chosen]
    rules = rules_on(agreements, day)
    status = composition(settle(mandates, events, agreements), rules, day)
    return tuple(one.rule for one in status.broken if status.size or one.of is None)


def _event(mandate_id: str, effect: Effect, day: date) -> Event:
    happened = Happening.BOUGHT if effect is Effect.CHANGES else Happening.RESIGNED
    return Event("", mandate_id, happened, day)
