"""Means and medians, where they cannot undo what is hidden.

A mean is a sum of counts in disguise. So that of a scale or a ranking is only told where every
count in it is shown; that of numbers where no bin is hidden, and by group for all groups of a
question or for none: what is missing would follow from the mean of everybody.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from statistics import fmean, quantiles
from typing import Final

from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.questions.choices import Ranking, Scale
from consult.surveys.core.counts.deduction import Key
from consult.surveys.core.counts.tables import EVERYBODY, Slice, Tally

FEWEST: Final = 10
"""The fewest people of whom a mean is told, to anybody."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What sums up the answers.

    ``mean``, ``median`` and ``quartiles`` are in the question's own numbers
    (days: of the calendar, as ordinals). ``means``: the mean place or the mean points, by option.
    """

    mean: float | None = None
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    means: Mapping[str, float] = field(default_factory=dict)


NOTHING: Final = Numbers()


def numbers(
    tally: Tally, question: Question, where: Slice, hidden: AbstractSet[Key], least: int
) -> Numbers:
    """What may be told of a table, given the counts that are ``hidden``."""
    same = [where]
    if where != EVERYBODY:
        same = [one for one in tally.slices(question) if one[:1] == where[:1]]
    match question:
        case Scale():
            return _scale(tally, question, where, hidden)
        case Ranking():
            return _ranking(tally, question, where, hidden)
        case Points():
            return _points(tally, question, same, where, hidden)
        case Number() | Day():
            return _amounts(tally, question, same, where, hidden, least)
    return NOTHING


def _scale(tally: Tally, question: Scale, where: Slice, hidden: AbstractSet[Key]) -> Numbers:
    keys = [(question.id, "row", str(step), *where) for step in question.range()]
    values = tally.values.get((question.id, *where), [])
    if not hidden.isdisjoint(keys) or len(values) < FEWEST:
        return NOTHING
    return Numbers(fmean(values))


def _ranking(tally: Tally, question: Ranking, where: Slice, hidden: AbstractSet[Key]) -> Numbers:
    if where != EVERYBODY or question.places < len(question.options):
        return NOTHING
    means = {}
    for code in question.codes():
        held = {
            place: (question.id, "row", f"{code}.{place}")
            for place in range(1, question.places + 1)
        }
        people = sum(tally.counts[key] for key in held.values())
        if people >= FEWEST and hidden.isdisjoint(held.values()):
            total = sum(place * tally.counts[key] for place, key in held.items())
            means[code] = total / people
    return Numbers(means=means)


def _points(
    tally: Tally, question: Points, same: list[Slice], where: Slice, hidden: AbstractSet[Key]
) -> Numbers:
    """Mean points of the options to which enough people gave any; never of all but one."""
    if any(tally.counts[question.id, "answered", "", *one] < FEWEST for one in same):
        return NOTHING
    told = [
        code
        for code in question.codes()
        if hidden.isdisjoint([(question.id, "row", code, *one) for one in same])
    ]
    if len(told) == len(question.options) - 1:
        told.pop()
    people = tally.counts[question.id, "answered", "", *where]
    points = {code: tally.points[question.id, "points", code, *where] for code in told}
    return Numbers(means={code: given / people for code, given in points.items()})


def _amounts(
    tally: Tally,
    question: Question,
    same: list[Slice],
    where: Slice,
    hidden: AbstractSet[Key],
    least: int,
) -> Numbers:
    """At least ``least`` people stand on either side of what is told."""
    keys = [(question.id, "row", code) for code in tally.rows[question.id].codes]
    every = [tally.values.get((question.id, *one), []) for one in same]
    if not hidden.isdisjoint([(*key, *one) for key in keys for one in same]):
        return NOTHING
    if not all(map(_telling, every)):
        return NOTHING
    values, fewest = tally.values[question.id, *where], min(map(len, every))
    middle = quantiles(values, n=4, method="inclusive")
    return Numbers(
        fmean(values),
        middle[1] if fewest >= 2 * least else None,
        (middle[0], middle[2]) if fewest >= 4 * least else None,
    )


def _telling(values: list[int]) -> bool:
    """Whether there are enough, and none is more than half of all together."""
    sizes = [abs(one) for one in values]
    return len(values) >= FEWEST and 2 * max(sizes) <= max(sum(sizes), 1)
