"""Everything about who took part in whatever was asked, from one table of the base.

The statistics of a report for any file: one function, its result ready for JSON. Nothing is hidden
here; who publishes the result has to protect small groups.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.reports.core.response.design import Responses, Term, responses
from consult.reports.core.response.indicators import Indicators, Partial, indicators
from consult.reports.core.response.propensity import Model, fit
from consult.reports.core.response.representation import Comparison, compare
from consult.reports.core.response.variation import Measure
from consult.weighing.cells import Variable


def represent(
    base: pd.DataFrame, took_part: NDArray[np.bool_], by: Sequence[str]
) -> dict[str, Any]:
    """Compare who took part with the base, by each of the columns ``by`` and all together.

    ``base``: one row per person; ``took_part``: as many truth values; ``by``: names of columns,
    which are read as text. The result, all of plain values::

        {"base": N, "took_part": n, "response": n/N,
         "variables": {name: {
            "groups": {level: {"base", "took_part", "rate", "base_share", "share", "share_interval",
                               "difference", "index", "index_interval", "residual", "p_holm"}},
            "dissimilarity", "noise_floor", "chi_square", "degrees_of_freedom", "p"}},
         "overall": {the same five, over the combinations of all variables that occur},
         "r": {measure, "lowest"}, "cv": measure,
         "partials": {name: {"alone": both, "beside": both,
                             "categories": {level: {"alone": both, "beside": both}}}},
         "model": {"terms", "iterations", "log_likelihood", "at_limit", "follow"}}

    A measure is {"value", "se", "interval", "unadjusted", "by_factor"}: see
    :class:`consult.reports.core.response.variation.Measure`. Both is {"r": measure, "cv": the same
    divided by the response}. "alone" is the unconditional and "beside" the conditional partial
    indicator. ``at_limit``: levels in which nobody or everybody took part, ``follow``: levels that
    follow from other variables; both without a coefficient.

    Raises:
        Refusal: ``reports.no_variables``, ``reports.variable_twice``, ``reports.variable_unknown``,
            ``reports.value_missing``, ``reports.nobody_took_part``,
            ``reports.everybody_took_part``, ``reports.too_many_levels``.
    """
    answers = _answers(base, took_part, by)
    model = fit(answers, at_limit=True)
    found = indicators(model)
    return {
        "base": found.people,
        "took_part": int(answers.took_part.sum()),
        "response": found.mean,
        "variables": {
            variable.name: _variable(variable, answers.only([variable.name]))
            for variable in answers.variables
        },
        "overall": _overall(compare(answers.people, answers.took_part)),
        "r": {**_measure(found.r), "lowest": found.lowest_r},
        "cv": _measure(found.cv),
        "partials": {partial.variable: _partial(partial, found) for partial in found.partials},
        "model": _model(model),
    }


def _answers(base: pd.DataFrame, took_part: NDArray[np.bool_], by: Sequence[str]) -> Responses:
    if not by:
        raise Refusal("reports.no_variables")
    for place, name in enumerate(by):
        if name in by[:place]:
            raise Refusal("reports.variable_twice", variable=name)
        if name not in base.columns:
            known = ", ".join(str(column) for column in base.columns)
            raise Refusal("reports.variable_unknown", variable=name, known=known)
    return responses({name: base[name] for name in by}, np.asarray(took_part, dtype=bool))


def _variable(variable: Variable, groups: Responses) -> dict[str, Any]:
    people, came = groups.people, groups.took_part
    found = compare(people, came)
    rows = {
        variable.levels[level]: _group(place, people, came, found)
        for place, level in enumerate(groups.codes[:, 0])
    }
    return {"groups": dict(sorted(rows.items())), **_overall(found)}


def _group(
    place: int, people: NDArray[np.int64], came: NDArray[np.int64], found: Comparison
) -> dict[str, Any]:
    base, n = int(people[place]), int(came[place])
    base_share, share = base / int(people.sum()), n / int(came.sum())
    return {
        "base": base,
        "took_part": n,
        "rate": n / base,
        "base_share": base_share,
        "share": share,
        "share_interval": [float(found.share_low[place]), float(found.share_high[place])],
        "difference": share - base_share,
        "index": float(found.index[place]),
        "index_interval": [float(found.low[place]), float(found.high[place])],
        "residual": float(found.residual[place]),
        "p_holm": float(found.p_value[place]),
    }


def _overall(found: Comparison) -> dict[str, Any]:
    return {
        "dissimilarity": found.dissimilarity,
        "noise_floor": found.noise_floor,
        "chi_square": found.chi_square,
        "degrees_of_freedom": found.freedom,
        "p": found.p_overall,
    }


def _measure(found: Measure) -> dict[str, Any]:
    return {
        "value": found.value,
        "se": found.error,
        "interval": [found.low, found.high],
        "unadjusted": found.unadjusted,
        "by_factor": found.by_factor,
    }


def _both(found: Measure, mean: float) -> dict[str, Any]:
    return {"r": _measure(found), "cv": _measure(found.over(mean))}


def _partial(partial: Partial, found: Indicators) -> dict[str, Any]:
    return {
        "alone": _both(partial.alone, found.mean),
        "beside": _both(partial.beside, found.mean),
        "categories": {
            category.level: {
                "alone": _both(category.alone, found.mean),
                "beside": _both(category.beside, found.mean),
            }
            for category in partial.categories
        },
    }


def _model(model: Model) -> dict[str, Any]:
    return {
        "terms": len(model.terms),
        "iterations": model.iterations,
        "log_likelihood": model.log_likelihood,
        "at_limit": [_term(term) for term in model.limits],
        "follow": [_term(term) for term in model.followed],
    }


def _term(term: Term) -> dict[str, str]:
    return {"variable": term.variable, "level": term.level}
