"""Weights that make respondents resemble the roll, and classes of them that point at nobody.

The weights are those of :mod:`consult.weighing`: raking to the margins of the roll, none above five
times the mean. Cells are those of :mod:`consult.surveys.core.sealed.strata`; a weight is relative,
so that its mean is 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from consult.refusal import Refusal
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.strata import AGES, LEAST, OTHER, Cell

if TYPE_CHECKING:
    from consult.weighing.cells import Cells
    from consult.weighing.margins import Plan
    from consult.weighing.targets import Targets

SHARING: Final = 2 * LEAST
"""The fewest people with one weight. Of ten people no number can stay open by ten, so that weighted
shares beside counts would always give something away (ADR 20)."""
_DECIMALS: Final = 4


class Outcome(StrEnum):
    """Whether answers were weighed, or why not."""

    WEIGHED = "weighed"
    FEW = "few"
    """Too few respondents."""
    NOTHING = "nothing"
    """Nothing of the person went along."""
    APART = "apart"
    """Under the cap no weights fit: the respondents differ too much from the roll."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each cell with respondents; all 1 when they were not weighed."""

    outcome: Outcome
    of: Mapping[Cell, float]


def weigh(
    respondents: Mapping[Cell, int], roll: Mapping[Cell, int], strata: Sequence[Stratum] = ()
) -> Weights:
    """Weights of respondents by cell, to the margins of the roll by the same attributes.

    Values with fewer than ten respondents are taken together before anything else: ages with the
    one beside them, values of other attributes with each other.

    Args:
        respondents: by cell.
        roll: everybody invited, by cell.
        strata: the attributes, in the order of the cells.
    """
    from consult.weighing.margins import FEWEST, enough, merge  # noqa: PLC0415 - NumPy is slow to load
    from consult.weighing.trimming import trimmed  # noqa: PLC0415

    held = {cell: people for cell, people in respondents.items() if people}
    even = dict.fromkeys(held, 1.0)
    if sum(held.values()) < FEWEST:
        return Weights(Outcome.FEW, even)
    if () in held:
        return Weights(Outcome.NOTHING, even)
    try:
        merged = merge(*_counted(held, roll), _plans(len(next(iter(held))), strata), LEAST)
        enough(merged.cells, merged.targets)
        found = trimmed(merged.cells, merged.targets)
    except Refusal:
        return Weights(Outcome.APART, even)
    relative = (found.weights / found.mean).tolist()
    return Weights(Outcome.WEIGHED, dict(zip(held, relative, strict=True)))


def _counted(respondents: Mapping[Cell, int], roll: Mapping[Cell, int]) -> "tuple[Cells, Targets]":
    """Respondents as cells, in the same order, and the margins of the roll; by place."""
    from consult.weighing.cells import Variable, tabulated  # noqa: PLC0415 - as above
    from consult.weighing.targets import Targets  # noqa: PLC0415

    places = range(len(next(iter(respondents))))
    levels = [sorted({cell[place] for cell in respondents}) for place in places]
    codes = [[levels[place].index(cell[place]) for place in places] for cell in respondents]
    margins: dict[str, dict[str, float]] = {str(place): {} for place in places}
    for cell, people in roll.items():
        for place, value in enumerate(cell):
            margins[str(place)][value] = margins[str(place)].get(value, 0) + people
    variables = tuple(Variable(str(place), tuple(held)) for place, held in enumerate(levels))
    return tabulated(variables, codes, tuple(respondents.values())), Targets(margins)


def _plans(places: int, strata: Sequence[Stratum]) -> "dict[str, Plan]":
    """Which values are taken together, for each place of a cell."""
    from consult.weighing.margins import Ordered, Other  # noqa: PLC0415 - as above

    plans: dict[str, Plan] = {str(place): Other(OTHER) for place in range(places)}
    return plans | {
        str(place): Ordered(AGES) for place, stratum in enumerate(strata) if stratum is Stratum.AGE
    }


def classes(
    respondents: Mapping[Cell, int], weights: Mapping[Cell, float], homes: Mapping[Cell, Cell]
) -> dict[Cell, float]:
    """Weights that twenty people or more share with others in the same group.

    Within each group, that is the cells with one ``homes``, cells next to each other in weight are
    taken together until they hold twenty, and get the mean of their weights. So the weight that
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
        if sum(people[one] for one in made[-1]) >= SHARING:
            made.append([])
        made[-1].append(cell)
    if len(made) > 1 and sum(people[one] for one in made[-1]) < SHARING:
        last = made.pop()
        made[-1] += last
    return made
