"""What weights have to add up to, and what is wrong with it before anything is computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

from consult.refusal import Refusal
from consult.weighing.cells import UNKNOWN, Cells

SAME: Final = 1e-11
"""Totals of margins that differ by less are the same number, written as a sum in another order.

With more, no weights meet both to 1e-10.
"""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the population has.

    ``margins``: for each categorical variable the total of each level; ``totals``: for each numeric
    variable its sum over the population.
    """

    margins: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    totals: Mapping[str, float] = field(default_factory=dict)

    @property
    def people(self) -> float | None:
        """How many the margins say there are; nothing when there are totals of numbers only."""
        return next((sum(margin.values()) for margin in self.margins.values()), None)


def check(cells: Cells, targets: Targets) -> None:
    """That sample and population know the same levels, and that margins agree on their total.

    Raises:
        Refusal: the codes are those of the functions below.
    """
    if not targets.margins and not targets.totals:
        raise Refusal("weighing.nothing_to_meet")
    if cells.rows == 0:
        raise Refusal("weighing.nobody")
    for name in targets.totals:
        if name not in cells.numeric:
            raise Refusal("weighing.variable_unknown", variable=name)
    _check_numbers(targets)
    for name, margin in targets.margins.items():
        counted = cells.counted(name)
        _check_sample(name, counted, margin)
        _check_population(name, counted, margin)
    _check_totals(targets)


def _check_numbers(targets: Targets) -> None:
    """``weighing.margin_invalid``, ``weighing.total_invalid`` and ``weighing.margin_empty``."""
    for name, margin in targets.margins.items():
        for level, total in margin.items():
            if not isfinite(total) or total < 0:
                raise Refusal("weighing.margin_invalid", variable=name, level=level, total=total)
        if sum(margin.values()) == 0:
            raise Refusal("weighing.margin_empty", variable=name)
    for name, total in targets.totals.items():
        if not isfinite(total):
            raise Refusal("weighing.total_invalid", variable=name, total=total)


def _check_sample(name: str, counted: Mapping[str, int], margin: Mapping[str, float]) -> None:
    """``weighing.missing``, ``weighing.level_unknown`` and ``weighing.zero_margin``."""
    for level, people in counted.items():
        if not people:
            continue
        if level not in margin:
            if level == UNKNOWN:
                raise Refusal("weighing.missing", variable=name, level=level, people=people)
            raise Refusal("weighing.level_unknown", variable=name, level=level, people=people)
        if margin[level] == 0:
            raise Refusal("weighing.zero_margin", variable=name, level=level, people=people)


def _check_population(name: str, counted: Mapping[str, int], margin: Mapping[str, float]) -> None:
    """``weighing.level_empty``."""
    for level, total in margin.items():
        if total > 0 and not counted.get(level):
            raise Refusal("weighing.level_empty", variable=name, level=level, total=total)


def _check_totals(targets: Targets) -> None:
    """``weighing.totals_differ``."""
    sums = {name: sum(margin.values()) for name, margin in targets.margins.items()}
    for name, total in sums.items():
        first, wanted = next(iter(sums.items()))
        if abs(total - wanted) > SAME * wanted:
            raise Refusal(
                "weighing.totals_differ", variable=first, total=wanted, other=name, others=total
            )
