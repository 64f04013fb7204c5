"""Indicators of responses that might have been: a parametric bootstrap on cells.

Exact where the formulas of :mod:`consult.reports.core.response.indicators` are conservative (those
of the coefficient of variation) or missing.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consult.reports.core.response.design import Codes, Numbers, Responses, grouped
from consult.reports.core.response.propensity import Model, fit
from consult.reports.core.response.variation import Sums


@dataclass(frozen=True, slots=True)
class Draws:
    """Indicators of repeated responses: ``r``, ``cv`` per draw; partial CVs draws × variables."""

    r: Numbers
    cv: Numbers
    alone: Numbers
    beside: Numbers


def bootstrap(model: Model, draws: int, random: np.random.Generator) -> Draws:
    """Let everybody decide anew, ``draws`` times, and measure each time (parametric bootstrap).

    The propensities are first drawn towards their mean by sqrt(1 - B/S²): as fitted they vary more
    than the true ones, and each refit would add that much again.
    """
    sums = Sums(model)
    chance = np.clip(model.mean + sums.factor * sums.gap, 0.0, 1.0)
    answers = model.responses
    found: list[tuple[float, float, list[float], list[float]]] = []
    groups = [
        grouped(np.delete(answers.codes, place, axis=1))[0]
        for place in range(len(answers.variables))
    ]
    while len(found) < draws:
        came = random.binomial(answers.people, chance)
        if 0 < came.sum() < sums.size:
            again = Responses(answers.variables, answers.codes, answers.people, came)
            found.append(_once(fit(again, at_limit=True), groups))
    r, cv, alone, beside = zip(*found, strict=True)
    return Draws(np.array(r), np.array(cv), np.array(alone), np.array(beside))


def _once(model: Model, groups: list[Codes]) -> tuple[float, float, list[float], list[float]]:
    """R, CV and partial CVs, without standard errors."""
    sums = Sums(model)
    kept, people, chance = sums.factor, sums.people, model.propensity
    spread = sqrt(sums.variance) * kept
    scale = kept / sqrt(sums.size) / model.mean
    alone, beside = [], []
    for codes, group in zip(sums.design.codes, groups, strict=True):
        by_level, by_group = _means(codes, people, chance), _means(group, people, chance)
        alone.append(scale * sqrt((people * (by_level - model.mean) ** 2).sum()))
        beside.append(scale * sqrt((people * (chance - by_group) ** 2).sum()))
    return 1 - 2 * spread, spread / model.mean, alone, beside


def _means(group: Codes, people: Codes, values: Numbers) -> Numbers:
    there = np.bincount(group, people)
    found: Numbers = (np.bincount(group, people * values) / np.maximum(there, 1))[group]
    return found
