"""What a profile would do, tried on made-up elections before it is fixed (counting §2.4).

Every made-up election (:mod:`..drawing`) goes through the count that the real one will go through.
Chances that follow from the shares alone are computed, not drawn.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from consult.council.core.rules import Person
from consult.elections.core.count import count
from consult.elections.core.drawing import (
    Setting,
    Sorts,
    chance_of_too_few,
    elections,
    share_of,
)
from consult.elections.core.feasibility import pool
from consult.elections.core.outcome import Count, Status
from consult.elections.core.profile import Attribute, Reserved
from consult.elections.core.steps import MinimumLowered, PassedOver
from consult.elections.core.target import target

DRAWS = 200
FEWEST_STANDING, MOST_STANDING = 10, 60
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


class SeatTrial(NamedTuple):
    """What became of one group's reserved seats.

    ``short``: the exact chance, in thousandths, that fewer people of the group stand than there
    are seats. ``lowered``: in how many elections the minimum could not be kept. ``displaced``: in
    how many it kept somebody out who had been elected by votes alone. ``loss``: of every hundred
    votes of those, how many fewer those had who were elected instead, on average.
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
    stayed empty for a group, ``displaced``: somebody was elected instead of others with more votes.
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

    def add(self, result: Count, votes: dict[str, int]) -> None:
        """One election more."""
        self.statuses[result.status] += 1
        self.held += bool(result.held)
        self.lowered.update(s.rule for s in result.steps if isinstance(s, MinimumLowered))
        out = set(result.by_votes.elected) - set(result.elected)
        instead = set(result.elected) - set(result.by_votes.elected)
        if not out or not instead:
            return
        self.displaced += 1
        blamed = {
            block.rule
            for step in result.steps
            if isinstance(step, PassedOver) and step.candidate in out
            for block in step.blocks
        }
        lost = 100 - 100 * _mean(votes, instead) // max(1, _mean(votes, out))
        self.displacing.update(blamed)
        self.losses.update(dict.fromkeys(blamed, lost))


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


def _mean(votes: Mapping[str, int], people: Collection[str]) -> int:
    return sum(votes[one] for one in people) // len(people)


def _unattainable(setting: Setting) -> set[str]:
    """Reserved seats that stay empty even if everybody in the register stood: found exactly."""
    known = Sorts(setting.needs, setting.strata)
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
        loss=found.losses[rule] // max(1, found.displacing[rule]),
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
