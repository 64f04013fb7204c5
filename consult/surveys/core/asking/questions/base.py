"""What all questions have, and what counts as an answer.

An answer is, by the kind of its question: the code of an option (one choice), a tuple of codes
(several, in the order of the options; ranking, best first), a whole number (scale; number, in its
smallest part), a tuple of whole numbers (points, in the order of the options), a text (open
question; a day as 2026-11-26), or :class:`Declined`. A question that was left open has no answer at
all. Codes are the same in every language, so answers join across languages.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

from consult.surveys.core.asking.cleaning import clean
from consult.surveys.core.asking.conditions import NO_CONDITION, Condition
from consult.surveys.core.asking.words import NOTHING, Words

LONGEST_TEXT: Final = 500
LONGEST_OPTION: Final = 200
MOST_OPTIONS: Final = 20
BYTES_PER_SIGN: Final = 4
BYTES_PER_CODE: Final = 24


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is refused: a reason code, the limit that it speaks of, and the place of it
    (the id of a question or section, where it is about one)."""

    code: str
    limit: int = 0
    place: str = ""


class Declined(Enum):
    """That somebody answered by not answering. Not a text: an open answer may read the same."""

    DONT_KNOW = "dont_know"
    RATHER_NOT = "rather_not"


Answer = int | str | tuple[int, ...] | tuple[str, ...] | Declined


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. ``code``: one to twenty of a–z, 0–9 and ``_``; it never changes."""

    code: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """What is asked. ``id`` is unique within a questionnaire and stays when questions move.

    ``declines``: by which answers people may decline. ``when``: on which earlier answers it is
    asked. ``sensitive``: about something that the law protects; it may be declined or skipped, and
    its answers are kept apart from all others (security L4).
    """

    kind: ClassVar[str]
    asks: ClassVar[bool] = True
    """Whether there is anything to answer."""

    id: str
    text: Words
    help: Words = NOTHING
    required: bool = True
    declines: tuple[Declined, ...] = ()
    when: Condition = NO_CONDITION
    sensitive: bool = False

    def parse(self, values: Sequence[str]) -> Answer | Problem | None:
        """The answer in the ``values`` of a form field, ``None`` for none, or the problem."""
        given = [value for value in map(clean, values) if value]
        if declined := self._declined(given):
            return declined
        if not given:
            return Problem("answer_missing") if self.required and self.asks else None
        return self._parse(given)

    def holds(self, answer: object) -> bool:
        """Whether ``answer`` is one to this question."""
        if isinstance(answer, Declined):
            return answer in self.declines
        return self._holds(answer)

    def problem(self) -> Problem | None:
        """What is wrong with the question itself, or ``None``."""
        if not str(self.text):
            return Problem("text_missing")
        if max(self.text.longest(), self.help.longest()) > LONGEST_TEXT:
            return Problem("text_long", LONGEST_TEXT)
        if self.sensitive and (self.required or Declined.RATHER_NOT not in self.declines):
            return Problem("sensitive_required")
        return self._problem()

    def longest(self) -> int:
        """The most bytes that an answer takes as canonical JSON."""
        return max(self._longest(), len('{"declined":"rather_not"}'))

    def said(self, answer: Answer, language: str) -> str:
        """An answer that this question :meth:`holds` (other than declined), in words."""
        return "" if isinstance(answer, Declined) else self._said(answer, language)

    def texts(self) -> Iterator[Words]:
        """All texts of the question that people read."""
        yield self.text
        yield self.help
        yield from self._texts()

    def _declined(self, given: list[str]) -> Declined | None:
        return next((one for one in self.declines if given == [f"!{one.value}"]), None)

    def _texts(self) -> Iterator[Words]:
        yield from ()

    @abstractmethod
    def example(self) -> Answer | None:
        """Some answer to it; ``None`` where nothing is asked."""

    @abstractmethod
    def _parse(self, given: list[str]) -> Answer | Problem: ...

    @abstractmethod
    def _problem(self) -> Problem | None: ...

    @abstractmethod
    def _holds(self, answer: object) -> bool: ...

    @abstractmethod
    def _longest(self) -> int: ...

    @abstractmethod
    def _said(self, answer: Answer, language: str) -> str: ...


def options_problem(options: Sequence[Option]) -> Problem | None:
    """What is wrong with a list of options, or ``None``."""
    if not 2 <= len(options) <= MOST_OPTIONS:
        return Problem("options_count", MOST_OPTIONS)
    if len({option.code for option in options}) != len(options):
        return Problem("options_double")
    if len({str(option.words) for option in options}) != len(options):
        return Problem("options_double")
    if not all(str(option.words) for option in options):
        return Problem("options_empty")
    return length_problem([option.words for option in options])


def length_problem(labels: Sequence[Words]) -> Problem | None:
    """That a label is too long, or ``None``."""
    if any(label.longest() > LONGEST_OPTION for label in labels):
        return Problem("options_long", LONGEST_OPTION)
    return None
