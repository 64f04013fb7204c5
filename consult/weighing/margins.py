"""Thin levels go together with a neighbour that was declared beforehand, and it is written down.

A level with few participants gives them large weights, and one without any cannot be weighed at
all. Which level it joins is decided by the plan of its variable and by numbers of participants,
never by what they answered.

Source: reference/representativeness.md, section 10: 10 participants in a level, or it merges; 5 at
the least, and 100 in all, or there is no weighing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np

from consult.refusal import Refusal
from consult.weighing.cells import Cells, Variable
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

    def partner(self, thin: Group, others: Sequence[Group], people: Mapping[str, int]) -> Group:
        """The one of ``others``, which are not empty, that a thin group joins."""

    def key(self, level: str) -> tuple[int, str]:
        """The order of levels within a group."""

    def name(self, group: Group) -> str:
        """What a group of several levels is called."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Levels in an order, such as ages: a thin one joins the smaller of the two beside it.

    A level outside the order, such as unknown, joins the largest.
    """

    levels: tuple[str, ...]

    def partner(self, thin: Group, others: Sequence[Group], people: Mapping[str, int]) -> Group:
        below = [group for group in others if self._place(group) < self._place(thin)]
        above = [group for group in others if self._inside(group) and group not in below]
        if not self._inside(thin) or not (below or above):
            return max(others, key=lambda group: (_people(group, people), group))
        beside = [*sorted(below, key=self._place)[-1:], *sorted(above, key=self._place)[:1]]
        return min(beside, key=lambda group: _people(group, people))

    def key(self, level: str) -> tuple[int, str]:
        known = level in self.levels
        return (self.levels.index(level) if known else len(self.levels), level)

    def name(self, group: Group) -> str:
        return " + ".join(group)

    def _place(self, group: Group) -> int:
        return min(self.key(level)[0] for level in group)

    def _inside(self, group: Group) -> bool:
        return self._place(group) < len(self.levels)


@dataclass(frozen=True, slots=True)
class Other:
    """Levels without an order, such as neighbourhoods: thin ones go together under one name.

    While they are still thin together, the smallest level besides joins them.
    """

    called: str

    def partner(
        self,
        thin: Group,  # noqa: ARG002 - it does not matter which
        others: Sequence[Group],
        people: Mapping[str, int],
    ) -> Group:
        return min(
            others, key=lambda group: (not self._taken(group), _people(group, people), group)
        )

    def key(self, level: str) -> tuple[int, str]:
        return (0, level)

    def name(self, group: Group) -> str:
        return self.called if len(group) > 1 else group[0]

    def _taken(self, group: Group) -> bool:
        return len(group) > 1 or self.called in group


@dataclass(frozen=True, slots=True)
class Merge:
    """Levels of a variable that count as one, under ``name``, with so many participants."""

    variable: str
    levels: Group
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells and targets in which no level is thin that could merge, and what went together."""

    cells: Cells
    targets: Targets
    merges: tuple[Merge, ...]


def merge(cells: Cells, targets: Targets, plans: Mapping[str, Plan], least: int = THIN) -> Merged:
    """Levels with fewer than ``least`` participants merged, by the plan of their variable.

    Levels of participants that the population does not have are left as they are, for
    :func:`consult.weighing.targets.check` to refuse. Of a variable without a plan nothing merges.

    Raises:
        Refusal: ``weighing.variable_unknown``.
    """
    margins: dict[str, Mapping[str, float]] = dict(targets.margins)
    log: list[Merge] = []
    for name, plan in plans.items():
        if name not in margins:
            raise Refusal("weighing.variable_unknown", variable=name)
        margin = margins[name]
        people = {**dict.fromkeys(margin, 0), **cells.counted(name)}
        groups = _groups(plan, [level for level in margin if margin[level]], people, least)
        margins[name] = {level: 0.0 for level in margin if not margin[level]} | {
            plan.name(group): sum(margin[level] for level in group) for group in groups
        }
        wide = [group for group in groups if len(group) > 1]
        log += [Merge(name, group, plan.name(group), _people(group, people)) for group in wide]
        called = {level: plan.name(group) for group in wide for level in group}
        cells = _renamed(cells, name, called)
    return Merged(cells, Targets(margins, targets.totals), tuple(log))


def enough(cells: Cells, targets: Targets, fewest: int = FEWEST, least: int = LEAST) -> None:
    """That there are participants enough to weigh, in all and in each level.

    Raises:
        Refusal: ``weighing.few``, ``weighing.level_thin``.
    """
    if cells.rows < fewest:
        raise Refusal("weighing.few", people=cells.rows, least=fewest)
    for name, margin in targets.margins.items():
        counted = cells.counted(name)
        for level, total in margin.items():
            if total > 0 and 0 < counted.get(level, 0) < least:
                raise Refusal(
                    "weighing.level_thin", variable=name, level=level, people=counted[level]
                )


def _groups(
    plan: Plan, levels: Sequence[str], people: Mapping[str, int], least: int
) -> list[Group]:
    groups: list[Group] = [(level,) for level in levels]
    while len(groups) > 1:
        thin = min(groups, key=lambda group: (_people(group, people), group))
        if _people(thin, people) >= least:
            break
        others = [group for group in groups if group != thin]
        chosen = plan.partner(thin, others, people)
        both = tuple(sorted((*chosen, *thin), key=plan.key))
        groups = [both if group == chosen else group for group in others]
    return sorted(groups, key=lambda group: plan.key(group[0]))


def _people(group: Group, people: Mapping[str, int]) -> int:
    return sum(people[level] for level in group)


def _renamed(cells: Cells, name: str, called: Mapping[str, str]) -> Cells:
    place = cells.place(name)
    old = cells.variables[place].levels
    names = tuple(sorted({called.get(level, level) for level in old}))
    to = np.array([names.index(called.get(level, level)) for level in old], dtype=np.int32)
    codes = cells.codes.copy()
    codes[:, place] = to[codes[:, place]]
    variables = list(cells.variables)
    variables[place] = Variable(name, names)
    return replace(cells, variables=tuple(variables), codes=codes)
