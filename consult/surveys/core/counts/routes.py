"""What earlier answers say of how many were asked a question.

A condition on one option says it exactly; one on several options, or on several questions, says it
between bounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.questions.choices import SeveralChoices
from consult.surveys.core.counts.deduction import Key, Relation, whole
from consult.surveys.core.counts.rows import bin_of
from consult.surveys.core.counts.tables import Slice, Tally

Terms = tuple[tuple[Key, float], ...]
"""A sum of factor × count."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Sums that are never above (``lows``) or never below (``highs``) the number of people."""

    lows: tuple[Terms, ...]
    highs: tuple[Terms, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts within one slice."""

    tally: Tally
    where: Slice

    def row(self, question: Question, code: str, kind: str = "row") -> Key:
        """The key of a row."""
        return (question.id, kind, code, *self.where)


def route(
    counted: Counted, asked: Key, everybody: Key, conditions: Sequence[Condition]
) -> Iterator[Relation]:
    """How ``asked`` hangs together with the answers of which the ``conditions`` speak."""
    each = [_condition(counted, everybody, condition) for condition in conditions]
    found = each[0] if len(each) == 1 else _both(each, everybody)
    if len(found.lows) == len(found.highs) == 1 and found.lows == found.highs:
        yield whole(asked, (key for key, _ in found.lows[0]))
        return
    for low in found.lows:
        yield Relation((*low, (asked, -1.0)), -float("inf"), 0)
    for high in found.highs:
        yield Relation((*high, (asked, -1.0)), 0, float("inf"))


def _condition(counted: Counted, everybody: Key, condition: Condition) -> Bounds:
    each = [_rule(counted, rule) for rule in condition.rules]
    if len(each) == 1:
        return each[0]
    if condition.every:
        return _both(each, everybody)
    highs = chain.from_iterable(one.highs[0] for one in each)
    return Bounds(tuple(chain.from_iterable(one.lows for one in each)), (tuple(highs),))


def _both(each: Sequence[Bounds], everybody: Key) -> Bounds:
    """All of them: no more than any one, and at least what they must have in common."""
    lows = tuple(chain.from_iterable(one.lows[0] for one in each if one.lows))
    common = ((*lows, (everybody, 1.0 - len(each))),) if all(one.lows for one in each) else ()
    return Bounds(common, tuple(chain.from_iterable(one.highs for one in each)))


def _rule(counted: Counted, rule: Rule) -> Bounds:
    question = counted.tally.questionnaire.find(rule.question)
    if question is None:
        return Bounds((), ())
    if isinstance(question, SeveralChoices):
        return _ticked(counted, question, rule)
    sure: list[tuple[Key, float]] = []
    maybe: list[tuple[Key, float]] = []
    for code in counted.tally.rows[question.id].codes:
        certain, possible = _bin(counted, question, rule, code)
        term = (counted.row(question, code), 1.0)
        sure += [term] * certain
        maybe += [term] * possible
    return Bounds((tuple(sure),), (tuple(maybe),))


def _bin(counted: Counted, question: Question, rule: Rule, code: str) -> tuple[bool, bool]:
    """Whether the rule holds of everybody in a row, and of anybody."""
    if rule.compare in {Compare.ANY_OF, Compare.NONE_OF}:
        return (rule.holds(code),) * 2
    if question.kind == "scale":
        return (rule.holds(int(code)),) * 2
    low, high = bin_of(counted.tally.rows[question.id], code)
    first = rule.holds(low) if low is not None else rule.compare is Compare.AT_MOST
    last = rule.holds(high - 1) if high is not None else rule.compare is Compare.AT_LEAST
    return first and last, first or last


def _ticked(counted: Counted, question: SeveralChoices, rule: Rule) -> Bounds:
    kind = "row" if rule.compare is Compare.ANY_OF else "not"
    each = [((counted.row(question, code, kind), 1.0),) for code in rule.codes]
    if len(each) == 1 or kind == "not":
        return Bounds(tuple(each[:1]) if len(each) == 1 else (), tuple(each))
    return Bounds(tuple(each), (tuple(chain.from_iterable(each)),))
