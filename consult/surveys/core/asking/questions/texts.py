"""Open questions, and pages on which nothing is asked."""

from dataclasses import dataclass
from typing import Final

from consult.surveys.core.asking.cleaning import clean
from consult.surveys.core.asking.questions.base import BYTES_PER_SIGN, Answer, Problem, Question

LONGEST_ANSWER: Final = 2000
LONGEST_LINE: Final = 100


@dataclass(frozen=True, kw_only=True)
class OpenText(Question):
    """An answer in the person's own words, of at most ``limit`` signs; ``short``: on one line."""

    kind = "text"
    limit: int
    short: bool = False

    def example(self) -> Answer | None:
        """One letter."""
        return "x"

    def _parse(self, given: list[str]) -> Answer | Problem:
        text = " ".join(given[0].split()) if self.short else given[0]
        return text if len(text) <= self.limit else Problem("answer_too_long", self.limit)

    def _problem(self) -> Problem | None:
        most = LONGEST_LINE if self.short else LONGEST_ANSWER
        return None if 1 <= self.limit <= most else Problem("limit_wrong", most)

    def _holds(self, answer: object) -> bool:
        return isinstance(answer, str) and 0 < len(answer) <= self.limit and answer == clean(answer)

    def _longest(self) -> int:
        return BYTES_PER_SIGN * self.limit + 2

    def _said(self, answer: Answer, language: str) -> str:
        return str(answer)


@dataclass(frozen=True, kw_only=True)
class Statement(Question):
    """A page with something to read."""

    kind = "statement"
    asks = False
    required: bool = False

    def example(self) -> Answer | None:
        """Nothing."""
        return None

    def _parse(self, given: list[str]) -> Answer | Problem:
        return Problem("answer_unknown")

    def _problem(self) -> Problem | None:
        return Problem("statement_asks") if self.required or self.declines else None

    def _holds(self, answer: object) -> bool:
        return False

    def _longest(self) -> int:
        return 0

    def _said(self, answer: Answer, language: str) -> str:
        return ""
