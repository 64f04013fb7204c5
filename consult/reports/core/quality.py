"""How evenly people took part, as an edition may tell it.

The model knows hidden groups of a dimension as one group only. What it says of participants follows
from how many of each of its groups took part, and those numbers are in the tables: they are what
the likelihood of a model of main effects depends on. So whoever holds the register finds nothing in
it that the tables do not tell; and as the values are rounded, nobody else finds the register in it.
"""

from collections.abc import Mapping
from typing import Final

from consult.refusal import Refusal
from consult.reports.core.chain import CROSSED, Chain, Dimension
from consult.reports.core.edition import Estimate, Partial, Quality
from consult.reports.core.response.design import responses
from consult.reports.core.response.indicators import Indicators, indicators
from consult.reports.core.response.indicators import Partial as Found
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.variation import Measure

TOGETHER: Final = "\0"
"""All hidden groups of a dimension; no name from a register holds this sign."""
DECIMALS: Final = 3


def quality(chain: Chain, shown: Mapping[Dimension, frozenset[str]]) -> Quality | None:
    """Indicators of a model with the groups in ``shown``; ``None`` when there is nothing to model.

    Only dimensions that are crossed in the chain are in the model.
    """
    cells = [cell for cell in chain.cells if cell.invited]
    columns = {
        dimension: [
            label if (label := getattr(cell, dimension)) in shown[dimension] else TOGETHER
            for cell in cells
        ]
        for dimension in CROSSED
    }
    told = {dimension: labels for dimension, labels in columns.items() if len(set(labels)) > 1}
    if not told:
        return None
    answers = responses(
        {str(dimension): labels for dimension, labels in told.items()},
        [cell.participants for cell in cells],
        [cell.invited for cell in cells],
    )
    try:
        found = indicators(fit(answers))
    except Refusal:  # the groups tell entirely who took part, so there is no model of them
        return None
    return _rounded(tuple(told), found)


def _rounded(dimensions: tuple[Dimension, ...], found: Indicators) -> Quality:
    return Quality(
        dimensions,
        _estimate(found.cv, 0.0, float("inf")),
        _estimate(found.r, found.lowest_r, 1.0),
        round(found.lowest_r, DECIMALS),
        tuple(
            _partial(dimension, partial, found.mean)
            for dimension, partial in zip(dimensions, found.partials, strict=True)
        ),
    )


def _partial(dimension: Dimension, found: Found, mean: float) -> Partial:
    return Partial(
        dimension,
        _estimate(found.alone.over(mean), 0.0, float("inf")),
        _estimate(found.beside.over(mean), 0.0, float("inf")),
        {
            one.level: round(one.alone.over(mean).value, DECIMALS)
            for one in found.categories
            if one.level != TOGETHER
        },
    )


def _estimate(measure: Measure, least: float, most: float) -> Estimate:
    low, high = measure.interval(least, most)
    return Estimate(round(measure.value, DECIMALS), round(low, DECIMALS), round(high, DECIMALS))
