"""Activities compared: did people take part more, and more evenly, than the last time?

An indicator depends on the variables and levels of its model, so two are compared by the same model
only. Differences are tested as if the responses were independent. The same people are mostly asked
again and do much the same, which makes the true error smaller: the test is careful.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import erfc, sqrt

from consult.refusal import Refusal
from consult.reports.core.response.design import Responses
from consult.reports.core.response.indicators import indicators
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.variation import Measure
from consult.weighing.cells import Variable
from consult.weighing.intervals import Z


@dataclass(frozen=True, slots=True)
class Wave:
    """One activity. ``response``: participants per invited person, with its error by chance."""

    name: str
    people: int
    response: Measure
    r: Measure
    cv: Measure


@dataclass(frozen=True, slots=True)
class Change:
    """A later value less an earlier one. ``p_value``: two-sided, of no change at all."""

    value: float
    error: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Step:
    """What changed from one activity to the next."""

    earlier: str
    later: str
    response: Change
    r: Change
    cv: Change


@dataclass(frozen=True, slots=True)
class Waves:
    """Activities in the order given, and the steps between them."""

    variables: tuple[str, ...]
    waves: tuple[Wave, ...]
    steps: tuple[Step, ...]


def waves(activities: Mapping[str, Responses]) -> Waves:
    """Compare activities, first to last, each with the one before.

    Raises:
        Refusal: ``reports.waves_too_few``, ``reports.waves_variables``, ``reports.waves_levels``,
            and as :func:`consult.reports.core.response.propensity.fit`.
    """
    if len(activities) < 2:
        raise Refusal("reports.waves_too_few", count=len(activities))
    (first, base), *others = activities.items()
    for name, answers in others:
        _same(first, base.variables, name, answers.variables)
    measured = tuple(_wave(name, answers) for name, answers in activities.items())
    return Waves(
        variables=tuple(variable.name for variable in base.variables),
        waves=measured,
        steps=tuple(
            Step(
                earlier.name,
                later.name,
                _change(earlier.response, later.response),
                _change(earlier.r, later.r),
                _change(earlier.cv, later.cv),
            )
            for earlier, later in pairwise(measured)
        ),
    )


def _same(first: str, one: tuple[Variable, ...], second: str, other: tuple[Variable, ...]) -> None:
    """Refuse unless both models have the same variables in the same order with the same levels."""
    names, others = [each.name for each in one], [each.name for each in other]
    if names != others:
        raise Refusal(
            "reports.waves_variables",
            first=first,
            second=second,
            these=", ".join(names),
            those=", ".join(others),
        )
    for each, again in zip(one, other, strict=True):
        differing = sorted(set(each.levels) ^ set(again.levels))
        if differing:
            raise Refusal(
                "reports.waves_levels",
                first=first,
                second=second,
                variable=each.name,
                level=differing[0],
                where=first if differing[0] in each.levels else second,
            )


def _wave(name: str, answers: Responses) -> Wave:
    model = fit(answers, at_limit=True)
    found = indicators(model)
    error = sqrt(float((answers.people * model.slope).sum())) / found.people
    mean = found.mean
    response = Measure(mean, mean, mean, error, mean - Z * error, mean + Z * error)
    return Wave(name, found.people, response, found.r, found.cv)


def _change(earlier: Measure, later: Measure) -> Change:
    value, error = later.value - earlier.value, sqrt(earlier.error**2 + later.error**2)
    return Change(value, error, erfc(abs(value) / error / sqrt(2)) if error else 1.0)
