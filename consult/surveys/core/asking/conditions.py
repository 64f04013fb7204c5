"""On which earlier answers something is asked: its routing.

There are no jumps. A question or a section is asked when its condition holds of the answers given
before it, and is passed over otherwise; so the order never changes and nobody runs in a circle. A
rule about a question that was not reached, left open or declined does not hold, in either
direction: what nobody said decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Compare(StrEnum):
    """What a rule asks of an answer."""

    ANY_OF = "any_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one earlier answer.

    ``codes``: of options, for ``ANY_OF`` and ``NONE_OF`` (one choice, several). ``number``: a step
    of a scale or a number (in the question's own decimals), for ``AT_LEAST`` and ``AT_MOST``.
    """

    question: str
    compare: Compare
    codes: tuple[str, ...] = ()
    number: int = 0

    def holds(self, answer: object) -> bool:
        """Whether it holds of ``answer``; of something else than it speaks of, it does not."""
        if self.compare in {Compare.ANY_OF, Compare.NONE_OF}:
            given = {answer} if isinstance(answer, str) else answer
            if not isinstance(given, set | tuple) or not given:
                return False
            return bool(set(given) & set(self.codes)) == (self.compare is Compare.ANY_OF)
        if type(answer) is not int:
            return False
        low = self.compare is Compare.AT_LEAST
        return answer >= self.number if low else answer <= self.number


@dataclass(frozen=True, slots=True)
class Condition:
    """Rules that all hold, or, with ``every`` false, of which one holds; without rules it holds."""

    rules: tuple[Rule, ...] = ()
    every: bool = True

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether it holds of ``answers``, which are those that were reached."""
        if not self.rules:
            return True
        held = (rule.holds(answers.get(rule.question)) for rule in self.rules)
        return all(held) if self.every else any(held)

    def __bool__(self) -> bool:
        return bool(self.rules)


NO_CONDITION: Final = Condition()
