"""Made-up elections: who stands, drawn from the register's own numbers, and what votes they get.

The randomness is a stream of SHA-256 from a seed, so whoever knows the seed gets the same ones.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from itertools import count as natural
from math import comb

from consult.council.core.rules import Person, RuleSet
from consult.elections.core.outcome import Contest
from consult.elections.core.profile import Attribute, Needs, Reserved, Traits, groups_of, rules_of
from consult.register.core.roll import Stratum

BACKGROUND = Fraction(1, 10)
"""How many candidates say to have a background: assumed, for the register knows of none."""

_LEAST, _SPREAD = 200, 800
"""Made-up votes: many people get few, few get many, the most about five times the fewest."""


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


def numbers(seed: bytes) -> Iterator[float]:
    """An endless stream of numbers from 0 up to 1: the same for the same seed, everywhere."""
    for block in natural():
        raw = hashlib.sha256(b"simulation/1|" + seed + b"|%d" % block).digest()
        for start in range(0, len(raw), 8):
            yield (int.from_bytes(raw[start : start + 8]) >> 11) / (1 << 53)


def elections(
    setting: Setting, standing: int, seed: bytes, draws: int
) -> Iterator[tuple[Contest, dict[str, int]]]:
    """The made-up elections, each with its votes; equal votes are taken in the order given."""
    stream = numbers(seed)
    sources = _sources(setting)
    for _ in range(draws):
        people = tuple(
            Person(f"c{number}", _groups(setting.needs, sources, stream))
            for number in range(standing)
        )
        votes = {person.id: _LEAST + int(_SPREAD * next(stream) ** 2) for person in people}
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


class Sorts:
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


def _sources(setting: Setting) -> list[Sorts]:
    known = Sorts(setting.needs, setting.strata)
    return [known, Sorts(setting.needs, setting.last)] if setting.last else [known]


def _groups(needs: Needs, sources: Sequence[Sorts], stream: Iterator[float]) -> frozenset[str]:
    source = sources[int(next(stream) * len(sources))]
    groups = source.draw(next(stream))
    said = frozenset(value for value in needs.backgrounds if next(stream) < BACKGROUND)
    named = (one for one in needs.reserved if one.attribute is Attribute.BACKGROUND)
    return groups | {one.group for one in named if said & set(one.values)}
