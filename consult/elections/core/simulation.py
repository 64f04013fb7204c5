"""What a profile would do, tried on made-up elections before it is fixed (counting §2.4).

Candidates are drawn from the register's own numbers and, where there was an election before, half
of them from who stood then; votes are made up. Every made-up election goes through the count that
the real one will go through. The randomness is a stream of SHA-256 from a seed, so whoever knows
the profile gets the same trial. Chances that follow from the shares alone are computed, not drawn.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from itertools import count as natural
from math import comb
from typing import NamedTuple

from consult.council.core.rules import Person, RuleSet
from consult.elections.core.count import count
from consult.elections.core.feasibility import pool
from consult.elections.core.outcome import Contest, Count, Status
from consult.elections.core.profile import Attribute, Needs, Reserved, Traits, groups_of, rules_of
from consult.elections.core.steps import MinimumLowered, PassedOver
from consult.elections.core.target import target
from consult.register.core.roll import Stratum

DRAWS = 200
FEWEST_STANDING, MOST_STANDING = 10, 60
BACKGROUND = Fraction(1, 10)
"""How many candidates say to have a background: assumed, for the register knows of none."""

_VOTES = 1000
_OFTEN_SHORT = Fraction(2, 10)
_OFTEN_SMALLER = Fraction(1, 10)
_OFTEN_DISPLACED = Fraction(3, 10)
_FEW_GROUPS = 2


class Warn(StrEnum):
    """What people should know before they fix such a profile."""

    UNATTAINABLE = "unattainable"
    OFTEN_SHORT = "often_short"
    OFTEN_SMALLER = "often_smaller"
    OFTEN_DISPLACED = "often_displaced"
    MANY_GROUPS = "many_groups"


class Advice(StrEnum):
    """What would help."""

    FEWER = "fewer"
    RELEASE = "release"
    RECRUIT = "recruit"


@dataclass(frozen=True, slots=True)
class Setting:
    """The board that is tried: its needs, the agreement's rules, who stays, and who may stand.

    ``strata``: those of the register; ``last``: those of who stood the last time, if anybody.
    """

    needs: Needs
    board: RuleSet
    max_board: int
    sitting: tuple[Person, ...]
    strata: tuple[Stratum, ...]
    last: tuple[Stratum, ...] = ()

    @property
    def rules(self) -> RuleSet:
        """The rules of the count."""
        return rules_of(self.board, self.needs)


class SeatTrial(NamedTuple):
    """What became of one group's reserved seats.

    ``short``: the exact chance, in thousandths, that fewer people of the group stand than there
    are seats. ``lowered``: in how many elections the minimum could not be kept. ``displaced``: in
    how many it kept somebody out who had been elected by votes alone. ``loss``: of every hundred
    votes of such a person, how many fewer the last elected had, on average.
    """

    reserved: str
    short: int
    unattainable: bool
    lowered: int
    displaced: int
    loss: int


class Trial(NamedTuple):
    """What happened in ``draws`` made-up elections with so many candidates.

    ``smaller``: the board was smaller than wanted, ``none``: no board was possible, ``held``: seats
    stayed empty for a group, ``displaced``: somebody was elected who would not be by votes alone.
    """

    draws: int
    candidates: int
    smaller: int
    none: int
    held: int
    displaced: int
    seats: tuple[SeatTrial, ...]
    warnings: tuple[Warn, ...]
    advice: tuple[Advice, ...]


class _Tally:
    """What is counted while elections go by."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.held = self.displaced = 0
        self.lowered: Counter[str] = Counter()
        self.displacing: Counter[str] = Counter()
        self.losses: Counter[str] = Counter()
        self.displaced_people: Counter[str] = Counter()

    def add(self, result: Count, votes: dict[str, int]) -> None:
        """One election more."""
        self.statuses[result.status] += 1
        self.held += bool(result.held)
        out = set(result.by_votes.elected) - set(result.elected)
        self.displaced += bool(out) and result.status is not Status.NO_LAWFUL_BOARD
        self.lowered.update(s.rule for s in result.steps if isinstance(s, MinimumLowered))
        last = min((votes[one] for one in result.elected), default=0)
        blamed: set[str] = set()
        for step in result.steps:
            if isinstance(step, PassedOver) and step.candidate in out:
                for block in step.blocks:
                    blamed.add(block.rule)
                    self.displaced_people[block.rule] += 1
                    self.losses[block.rule] += 100 * (step.votes - last) // max(1, step.votes)
        self.displacing.update(blamed)


def numbers(seed: bytes) -> Iterator[float]:
    """An endless stream of numbers from 0 up to 1: the same for the same seed, everywhere."""
    for block in natural():
        raw = hashlib.sha256(b"simulation/1|" + seed + b"|%d" % block).digest()
        for start in range(0, len(raw), 8):
            yield (int.from_bytes(raw[start : start + 8]) >> 11) / (1 << 53)


def simulate(setting: Setting, standing: int, seed: bytes, draws: int = DRAWS) -> Trial:
    """Try the profile on ``draws`` made-up elections in which ``standing`` people stand.

    Raises:
        Refusal: ``elections.count_too_hard`` when the rules cross too wildly for an exact answer.
        ValueError: when nobody is in the register.
    """
    found = _Tally()
    for contest, votes in elections(setting, standing, seed, draws):
        result = count(contest, votes, setting.rules, tuple(votes))
        if isinstance(result, Count):
            found.add(result, votes)
    never = _unattainable(setting)
    seats = tuple(_seat(setting, one, standing, found, never) for one in setting.needs.reserved)
    smaller, none = found.statuses[Status.REDUCED], found.statuses[Status.NO_LAWFUL_BOARD]
    trial = Trial(draws, standing, smaller, none, found.held, found.displaced, seats, (), ())
    trial = trial._replace(warnings=tuple(_warnings(trial)))
    return trial._replace(advice=tuple(_advice(trial)))


def elections(
    setting: Setting, standing: int, seed: bytes, draws: int = DRAWS
) -> Iterator[tuple[Contest, dict[str, int]]]:
    """The made-up elections, each with its votes; equal votes are taken in the order given."""
    stream = numbers(seed)
    sources = _sources(setting)
    for _ in range(draws):
        people = tuple(
            Person(f"c{number}", _groups(setting.needs, sources, stream))
            for number in range(standing)
        )
        votes = {person.id: int(_VOTES * next(stream) ** 2) for person in people}
        yield Contest(setting.max_board, setting.sitting, people), votes


def chance_of_too_few(share: Fraction, standing: int, seats: int) -> Fraction:
    """The chance that fewer than ``seats`` of those who stand are in a group of that share."""
    some = (
        comb(standing, few) * share**few * (1 - share) ** (standing - few)
        for few in range(min(seats, standing + 1))
    )
    return sum(some, Fraction(0))


def share_of(setting: Setting, reserved: Reserved) -> Fraction:
    """The chance that somebody who stands is in the group."""
    if reserved.attribute is Attribute.BACKGROUND:
        return 1 - (1 - BACKGROUND) ** len(reserved.values)
    sources = _sources(setting)
    return sum((one.share(reserved.group) for one in sources), Fraction(0)) / len(sources)


class _Sorts:
    """Sorts of people by their groups, with how many there are of each."""

    def __init__(self, needs: Needs, strata: Sequence[Stratum]) -> None:
        people: Counter[frozenset[str]] = Counter()
        for one in strata:
            traits = Traits(one.kind, one.age_band, one.neighbourhood)
            people[groups_of(traits, needs)] += one.people
        self.groups = sorted(people, key=sorted)
        self.people = [people[groups] for groups in self.groups]
        self._upto = list(accumulate(self.people))
        if not self._upto or not self._upto[-1]:
            raise ValueError("nobody is in the register")

    def draw(self, number: float) -> frozenset[str]:
        """The groups of the person at that place between 0 and 1."""
        return self.groups[bisect_right(self._upto, int(number * self._upto[-1]))]

    def share(self, group: str) -> Fraction:
        """Which part of the people is in the group."""
        inside = (n for groups, n in zip(self.groups, self.people, strict=True) if group in groups)
        return Fraction(sum(inside), self._upto[-1])


def _sources(setting: Setting) -> list[_Sorts]:
    known = _Sorts(setting.needs, setting.strata)
    return [known, _Sorts(setting.needs, setting.last)] if setting.last else [known]


def _groups(needs: Needs, sources: Sequence[_Sorts], stream: Iterator[float]) -> frozenset[str]:
    source = sources[int(next(stream) * len(sources))]
    groups = source.draw(next(stream))
    said = frozenset(value for value in needs.backgrounds if next(stream) < BACKGROUND)
    named = (one for one in needs.reserved if one.attribute is Attribute.BACKGROUND)
    return groups | {one.group for one in named if said & set(one.values)}


def _unattainable(setting: Setting) -> set[str]:
    """Reserved seats that stay empty even if everybody in the register stood: found exactly."""
    known = _Sorts(setting.needs, setting.strata)
    said = {one.group for one in setting.needs.reserved if one.attribute is Attribute.BACKGROUND}
    everybody = [
        Person(f"{sort}-{number}", groups | said)
        for sort, (groups, people) in enumerate(zip(known.groups, known.people, strict=True))
        for number in range(min(people, setting.max_board))
    ]
    rules = setting.rules
    aim = target(pool(setting.sitting, everybody, rules.rules), rules, setting.max_board)
    reached = aim.minima if aim else {}
    return {one.id for one in setting.needs.reserved if reached.get(one.id, 0) < one.seats}


def _seat(
    setting: Setting, reserved: Reserved, standing: int, found: _Tally, never: set[str]
) -> SeatTrial:
    rule = reserved.id
    chance = chance_of_too_few(share_of(setting, reserved), standing, reserved.seats)
    return SeatTrial(
        reserved=rule,
        short=round(1000 * chance),
        unattainable=rule in never,
        lowered=found.lowered[rule],
        displaced=found.displacing[rule],
        loss=found.losses[rule] // max(1, found.displaced_people[rule]),
    )


def _warnings(trial: Trial) -> Iterator[Warn]:
    def often(times: int, limit: Fraction) -> bool:
        return times >= limit * trial.draws

    checks = (
        (Warn.UNATTAINABLE, any(seat.unattainable for seat in trial.seats)),
        (Warn.OFTEN_SHORT, any(often(seat.lowered, _OFTEN_SHORT) for seat in trial.seats)),
        (Warn.OFTEN_SMALLER, often(trial.smaller + trial.none, _OFTEN_SMALLER)),
        (Warn.OFTEN_DISPLACED, often(trial.displaced, _OFTEN_DISPLACED)),
        (Warn.MANY_GROUPS, len(trial.seats) > _FEW_GROUPS),
    )
    yield from (warning for warning, stands in checks if stands)


def _advice(trial: Trial) -> Iterator[Advice]:
    warned = set(trial.warnings)
    if warned - {Warn.OFTEN_SMALLER}:
        yield Advice.FEWER
    if trial.held >= _OFTEN_SMALLER * trial.draws:
        yield Advice.RELEASE
    if warned & {Warn.OFTEN_SHORT, Warn.OFTEN_SMALLER}:
        yield Advice.RECRUIT
