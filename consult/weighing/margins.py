"""Thin levels go together with a neighbour that was declared beforehand, and it is written down.

A level with few participants gives them large weights, and one without any cannot be weighed at
all. Which level it joins is decided by the plan of its variable and by numbers of participants,
never by what they answered.

Source: reference/representativeness.md, section 10: 10 participants in a level, or it merges; 5 at
the least, and 100 in all, or there is no weighing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.weighing.cells import Cells, Variable, recoded
from consult.weighing.targets import Targets

THIN: Final = 10
"""Levels with fewer participants merge."""
LEAST: Final = 5
"""A level with fewer, for which there is no neighbour, is not weighed by."""
FEWEST: Final = 100
"""Fewer participants are not weighed."""

Group = tuple[str, ...]
"""Levels that count as one."""


class Plan(Protocol):
    """Which levels of a variable go together."""

    def joined(self, groups: Sequence[Group], people: Mapping[str, int], least: int) -> list[Group]:
        """The groups after one merge; the same when none is thin or nothing can be done."""

    def name(self, group: Group) -> str:
        """What a group of several levels is called."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Levels in an order, such as ages: a thin one joins the smaller of the two beside it.

    A level outside the order, such as unknown, joins the largest.
    """

    levels: tuple[str, ...]

    def joined(self, groups: Sequence[Group], people: Mapping[str, int], least: int) -> list[Group]:
        thin = _thinnest(groups, people, least)
        if thin is None or len(groups) == 1:
            return list(groups)
        line = sorted(groups, key=self._at)
        others = [group for group in line if group != thin]
        beside = others
        if self._at(thin) < len(self.levels):
            line = [group for group in line if self._at(group) < len(self.levels)]
            place = line.index(thin)
            beside = [line[n] for n in (place - 1, place + 1) if 0 <= n < len(line)] or others
            chosen = min(beside, key=lambda group: (_people(group, people), self._at(group)))
        else:
            chosen = max(beside, key=lambda group: (_people(group, people), -self._at(group)))
        return [_one(chosen, thin, self._at) if group == chosen else group for group in others]

    def name(self, group: Group) -> str:
        return " + ".join(group)

    def _at(self, group: Group | str) -> int:
        first = group if isinstance(group, str) else min(group, key=self._at)
        return self.levels.index(first) if first in self.levels else len(self.levels)


@dataclass(frozen=True, slots=True)
class Other:
    """Levels without an order, such as neighbourhoods: thin ones go together under one name.

    While they are still thin together, the smallest level besides joins them.
    """

    called: str

    def joined(self, groups: Sequence[Group], people: Mapping[str, int], least: int) -> list[Group]:
        thin = _thinnest(groups, people, least)
        if thin is None or len(groups) == 1:
            return list(groups)
        rest = sorted(
            (group for group in groups if group != thin),
            key=lambda group: (not self._is(group), _people(group, people), group),
        )
        return [_one(rest[0], thin, str), *rest[1:]]

    def name(self, group: Group) -> str:
        return self.called if len(group) > 1 else group[0]

    def _is(self, group: Group) -> bool:
        return len(group) > 1 or group[0] == self.called
