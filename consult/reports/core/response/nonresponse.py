"""What goes with staying away: a model on everybody who was invited, in two blocks.

First what the register knows of people, then how they were reached (channel, reminder, language).
A block is tested by the likelihood ratio against the model without it. The second block describes
and does not explain: a reminder goes to people who had not answered yet, so having had one goes
with staying away whatever it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, log, sqrt

import numpy as np
from scipy.special import gammaincc

from consult.refusal import Refusal
from consult.reports.core.response.design import Responses
from consult.reports.core.response.propensity import Model, fit
from consult.weighing.intervals import Z


@dataclass(frozen=True, slots=True)
class Odds:
    """The odds to take part in a level, divided by those in ``reference``, other things equal.

    ``low`` to ``high``: 95 % interval (Wald); ``p_value``: two-sided. ``reference``: the level of
    that variable with the most people.
    """

    variable: str
    level: str
    reference: str
    ratio: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Block:
    """What a block of variables adds to those before it.

    ``likelihood_ratio``: 2 (l - l before it), chi-square with ``freedom`` degrees if it adds
    nothing; ``pseudo_r2``: McFadden's 1 - l/l_0 of the model up to and with this block.
    """

    variables: tuple[str, ...]
    likelihood_ratio: float
    freedom: int
    p_value: float
    pseudo_r2: float


@dataclass(frozen=True, slots=True)
class Nonresponse:
    """The model with all blocks: how much each adds, and the odds of each level."""

    people: int
    took_part: int
    blocks: tuple[Block, ...]
    odds: tuple[Odds, ...]


def nonresponse(
    answers: Responses, register: Sequence[str], paradata: Sequence[str] = ()
) -> Nonresponse:
    """Fit both blocks on all invited people. An empty block is left out.

    Raises:
        Refusal: ``reports.no_variables``; as :func:`consult.reports.core.response.propensity.fit`.
    """
    blocks = [tuple(block) for block in (register, paradata) if block]
    if not blocks:
        raise Refusal("reports.no_variables")
    people, came = int(answers.people.sum()), int(answers.took_part.sum())
    names: list[str] = []
    found: list[Block] = []
    nothing = likelihood = 0.0
    terms = 0
    for block in blocks:
        names.extend(block)
        model = fit(answers.only(names))
        if not found:
            nothing = likelihood = came * log(came / people) + (people - came) * log(
                1 - came / people
            )
        ratio, freedom = 2 * (model.log_likelihood - likelihood), len(model.terms) - terms
        found.append(
            Block(
                variables=block,
                likelihood_ratio=max(0.0, ratio),
                freedom=freedom,
                p_value=float(gammaincc(freedom / 2, max(0.0, ratio) / 2)) if freedom else 1.0,
                pseudo_r2=1 - model.log_likelihood / nothing,
            )
        )
        likelihood, terms = model.log_likelihood, len(model.terms)
    return Nonresponse(people, came, tuple(found), odds_ratios(model))


def odds_ratios(model: Model) -> tuple[Odds, ...]:
    """The odds ratio of every level but the largest of each variable.

    Levels that follow from other variables have none.
    """
    design, answers = model.design, model.responses
    column = {int(full): place for place, full in enumerate(design.kept)}
    followed = {int(full) for full in design.followed}
    found: list[Odds] = []
    for start, codes, variable in zip(design.starts, design.codes, answers.variables, strict=True):
        people = np.bincount(codes, answers.people, len(variable.levels))
        usable = [
            level
            for level in range(len(variable.levels))
            if people[level] and start + level not in followed
        ]
        largest = max(usable, key=lambda level: people[level])
        found.extend(
            _odds(
                model,
                (column.get(start + level), column.get(start + largest)),
                (variable.name, variable.levels[level], variable.levels[largest]),
            )
            for level in usable
            if level != largest
        )
    return tuple(found)


def _odds(model: Model, places: tuple[int | None, int | None], names: tuple[str, str, str]) -> Odds:
    """``places``: the coefficients of the level and its reference; ``None``: that is 0."""
    contrast = np.zeros(len(model.coefficients))
    for place, sign in zip(places, (1.0, -1.0), strict=True):
        if place is not None:
            contrast[place] = sign
    middle = float(contrast @ model.coefficients)
    error = sqrt(float(contrast @ model.covariance @ contrast))
    return Odds(
        *names,
        ratio=exp(middle),
        low=exp(middle - Z * error),
        high=exp(middle + Z * error),
        p_value=erfc(abs(middle) / error / sqrt(2)),
    )
