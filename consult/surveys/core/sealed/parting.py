"""What of one envelope stays, in parts that nothing joins to each other.

Open and sensitive answers each become a part of their own; the rest stays together, with a weight
and at most two coarse groups (security D3, T33, L4).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.surveys.core.asking.answers import to_data
from consult.surveys.core.asking.conditions import Condition
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.strata import Cell, grouping
from consult.surveys.core.sealed.weighting import Outcome, classes, weigh

Mask = Callable[[str], str]
"""What takes personal data out of a text."""


@dataclass(frozen=True, slots=True)
class Apart:
    """An answer that stands by itself: a JSON value, and whether it may be quoted."""

    question: str
    answer: Any
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Remains:
    """What stays with the answers of somebody from a cell."""

    weight: float
    groups: Mapping[str, str]


def standing_apart(questionnaire: Questionnaire) -> dict[str, bool]:
    """The ids of questions whose answers are parts of their own, with whether they are texts.

    These are open questions, sensitive ones, and those that are only asked after a certain answer
    to a sensitive one, which would tell it.
    """
    telling: set[str] = set()
    for section in questionnaire.sections:
        follows = _about(section.when, telling)
        for question in section.questions:
            if question.sensitive or follows or _about(question.when, telling):
                telling.add(question.id)
    texts = {q.id for q in questionnaire.questions if isinstance(q, OpenText)}
    return {question: question in texts for question in telling | texts}


def part(
    answers: Answers, quotes: Sequence[str], alone: Mapping[str, bool], mask: Mask
) -> tuple[dict[str, Any], list[Apart]]:
    """The answers that stay together as JSON values, and those that stand apart, texts masked.

    ``alone`` is :func:`standing_apart` of the questionnaire.
    """
    together, apart = {}, []
    for question, value in to_data(answers).items():
        if question not in alone:
            together[question] = value
            continue
        written = alone[question] and isinstance(value, str)
        apart.append(Apart(question, mask(value) if written else value, question in quotes))
    return together, apart


def remains(
    respondents: Mapping[Cell, int],
    roll: Mapping[Cell, int],
    strata: Sequence[Stratum],
    groups: Sequence[Stratum],
) -> tuple[Outcome, dict[Cell, Remains]]:
    """What stays of each cell of ``strata``, and whether answers were weighed.

    Args:
        respondents: by cell.
        roll: everybody invited, by cell.
        strata: what went along, in the order of the cells.
        groups: those of it that may stay.
    """
    kept = [one for one in strata if one in groups]
    places = [strata.index(one) for one in kept]
    crossed: Counter[Cell] = Counter()
    for cell, people in respondents.items():
        crossed[tuple(cell[place] for place in places)] += people
    found = grouping(crossed, kept)
    stays = {cell: found.groups(dict(zip(strata, cell, strict=True))) for cell in respondents}
    homes = {cell: tuple(stays[cell].values()) for cell in respondents}
    weights = weigh(respondents, roll, strata)
    coarse = classes(respondents, weights.of, homes)
    return weights.outcome, {cell: Remains(coarse[cell], stays[cell]) for cell in respondents}


def _about(condition: Condition, questions: set[str]) -> bool:
    return any(rule.question in questions for rule in condition.rules)
