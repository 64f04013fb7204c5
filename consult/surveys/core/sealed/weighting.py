"""Weights that make respondents resemble the roll, and classes of them that point at nobody.

Raking (Deming and Stephan): the weights of each attribute's groups are scaled to the roll, in turn,
until all of them fit; in between they are cut to at most 5 and at least 0.2 times the mean. Cells
are those of :mod:`consult.surveys.core.sealed.strata`; a weight is relative, so that its mean is 1.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consult.surveys.core.sealed.strata import LEAST, OTHER, Cell

LOWEST: Final = 0.2
HIGHEST: Final = 5.0
FEWEST: Final = 100
"""Fewer respondents are not weighed (reference/representativeness.md, section 8)."""
ROUNDS: Final = 500
NEAR: Final = 1e-6
_DECIMALS: Final = 4


class Outcome(StrEnum):
    """Whether answers were weighed, or why not."""

    WEIGHED = "weighed"
    FEW = "few"
    """Too few respondents."""
    NOTHING = "nothing"
    """Nothing of the person went along."""
    APART = "apart"
    """Within the bounds no weights fit: the respondents differ too much from the roll."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each cell with respondents; all 1 when they were not weighed."""

    outcome: Outcome
    of: Mapping[Cell, float]


def weigh(respondents: Mapping[Cell, int], roll: Mapping[Cell, int]) -> Weights:
    """Weights of respondents by cell, to the margins of the roll by the same attributes.

    Values with fewer than ten respondents are taken together before anything else.
    """
    held = {cell: people for cell, people in respondents.items() if people}
    even = dict.fromkeys(held, 1.0)
    if sum(held.values()) < FEWEST:
        return Weights(Outcome.FEW, even)
    if () in held:
        return Weights(Outcome.NOTHING, even)
    names = _together(held, roll)
    raked = rake(_renamed(held, names), _margins(roll, names, sum(held.values())))
    if raked is None:
        return Weights(Outcome.APART, even)
    return Weights(Outcome.WEIGHED, {cell: raked[_name(cell, names)] for cell in held})


def rake(
    respondents: Mapping[Cell, int],
    margins: Sequence[Mapping[str, float]],
    lowest: float = LOWEST,
    highest: float = HIGHEST,
) -> dict[Cell, float] | None:
    """A weight for each cell, between the bounds, so that all margins are met; ``None`` if none.

    Args:
        respondents: people by cell, each at least 1.
        margins: for each place of a cell, the people that its values ought to have; they add up to
            the respondents.
        lowest: bound on a weight, whose mean is 1.
        highest: the other bound.
    """
    weights = dict.fromkeys(respondents, 1.0)
    if any(not wanted.get(cell[n]) for cell in respondents for n, wanted in enumerate(margins)):
        return None
    for _ in range(ROUNDS):
        for place, wanted in enumerate(margins):
            found = _margin(respondents, weights, place)
            weights = {
                cell: weight * wanted[cell[place]] / found[cell[place]]
                for cell, weight in weights.items()
            }
        weights = {cell: min(max(weight, lowest), highest) for cell, weight in weights.items()}
        if _fits(respondents, weights, margins):
            return weights
    return None


def classes(
    respondents: Mapping[Cell, int], weights: Mapping[Cell, float], homes: Mapping[Cell, Cell]
) -> dict[Cell, float]:
    """Weights that ten people or more share with others in the same group.

    Within each group, that is the cells with one ``homes``, cells next to each other in weight are
    taken together until they hold ten people, and get the mean of their weights. So the weight that
    stays with somebody's answers does not stand for a smaller stratum than that.
    """
    coarse: dict[Cell, float] = {}
    for home in sorted(set(homes.values())):
        inside = [cell for cell in respondents if homes[cell] == home]
        for together in _classes(sorted(inside, key=lambda one: (weights[one], one)), respondents):
            people = sum(respondents[cell] for cell in together)
            total = sum(respondents[cell] * weights[cell] for cell in together)
            coarse |= dict.fromkeys(together, round(total / people, _DECIMALS))
    return coarse


def _classes(cells: Sequence[Cell], people: Mapping[Cell, int]) -> list[list[Cell]]:
    made: list[list[Cell]] = [[]]
    for cell in cells:
        if sum(people[one] for one in made[-1]) >= LEAST:
            made.append([])
        made[-1].append(cell)
    if len(made) > 1 and sum(people[one] for one in made[-1]) < LEAST:
        last = made.pop()
        made[-1] += last
    return made


Names = Sequence[Mapping[str, str]]
"""For each place of a cell, under which name a value is counted."""


def _together(respondents: Mapping[Cell, int], roll: Mapping[Cell, int]) -> Names:
    """Values with too few respondents under one name, with more values until it has enough."""
    named: list[Mapping[str, str]] = []
    for place in range(len(next(iter(respondents)))):
        people = Counter({cell[place]: 0 for cell in (*respondents, *roll)})
        for cell, number in respondents.items():
            people[cell[place]] += number
        small: set[str] = set()
        taken = 0
        for value, number in sorted(people.items(), key=lambda pair: (pair[1], pair[0])):
            if number >= LEAST and (not small or taken >= LEAST):
                break
            small.add(value)
            taken += number
        named.append({value: OTHER if value in small else value for value in people})
    return named


def _name(cell: Cell, names: Names) -> Cell:
    return tuple(of[value] for of, value in zip(names, cell, strict=True))


def _renamed(respondents: Mapping[Cell, int], names: Names) -> dict[Cell, int]:
    renamed: Counter[Cell] = Counter()
    for cell, people in respondents.items():
        renamed[_name(cell, names)] += people
    return dict(renamed)


def _margins(roll: Mapping[Cell, int], names: Names, people: int) -> list[dict[str, float]]:
    """The margins of the roll, scaled to so many people."""
    whole, margins = sum(roll.values()) or 1, []
    for place, of in enumerate(names):
        counted = Counter(dict.fromkeys(of.values(), 0))
        for cell, number in roll.items():
            counted[of[cell[place]]] += number
        margins.append({name: number * people / whole for name, number in counted.items()})
    return margins


def _margin(
    respondents: Mapping[Cell, int], weights: Mapping[Cell, float], place: int
) -> dict[str, float]:
    found = dict.fromkeys((cell[place] for cell in respondents), 0.0)
    for cell, people in respondents.items():
        found[cell[place]] += people * weights[cell]
    return found


def _fits(
    respondents: Mapping[Cell, int],
    weights: Mapping[Cell, float],
    margins: Sequence[Mapping[str, float]],
) -> bool:
    return all(
        abs(total - wanted[value]) <= NEAR * wanted[value]
        for place, wanted in enumerate(margins)
        for value, total in _margin(respondents, weights, place).items()
    )
