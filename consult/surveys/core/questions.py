"""The kinds of question, and what counts as an answer to each.

An answer is a whole number (the option or the step), a tuple of whole numbers (options, ascending)
or a text; ``None`` means that the question was left open. Options are numbered from 0 in the order
in which they are asked.
"""

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

Answer = int | tuple[int, ...] | str

LONGEST_TEXT: Final = 300
LONGEST_OPTION: Final = 200
LONGEST_ANSWER: Final = 2000
MOST_OPTIONS: Final = 20
_BYTES_PER_SIGN: Final = 4
_BYTES_PER_NUMBER: Final = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is refused: a reason code, and the limit that it speaks of."""

    code: str
    limit: int = 0


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """What is asked. ``id`` is unique within a questionnaire and stays when questions move."""

    kind: ClassVar[str]
    id: str
    text: str
    help: str = ""
    required: bool = True

    def parse(self, values: Sequence[str]) -> Answer | Problem | None:
        """The answer in the ``values`` of a form field, ``None`` for none, or the problem."""
        given = [value for value in map(clean, values) if value]
        if not given:
            return Problem("answer_missing") if self.required else None
        return self._parse(given)

    def problem(self) -> Problem | None:
        """What is wrong with the question itself, or ``None``."""
        if not self.text:
            return Problem("text_missing")
        if max(len(self.text), len(self.help)) > LONGEST_TEXT:
            return Problem("text_long", LONGEST_TEXT)
        return self._problem()

    @abstractmethod
    def _parse(self, given: list[str]) -> Answer | Problem: ...

    @abstractmethod
    def _problem(self) -> Problem | None: ...

    @abstractmethod
    def holds(self, answer: object) -> bool:
        """Whether ``answer`` (as read from JSON, lists for tuples) is one to this question."""

    @abstractmethod
    def longest(self) -> int:
        """The most bytes that an answer takes as canonical JSON."""

    @abstractmethod
    def words(self, answer: Answer) -> str:
        """An answer that this question :meth:`holds`, in the words of the question."""


@dataclass(frozen=True, kw_only=True)
class OneChoice(Question):
    """One of the options."""

    kind = "one"
    options: tuple[str, ...]

    def _parse(self, given: list[str]) -> Answer | Problem:
        chosen = _numbers(given, range(len(self.options)))
        return chosen[0] if len(chosen) == len(given) == 1 else Problem("answer_unknown")

    def _problem(self) -> Problem | None:
        return _options_problem(self.options)

    def holds(self, answer: object) -> bool:
        """A whole number below the number of options."""
        return type(answer) is int and 0 <= answer < len(self.options)

    def longest(self) -> int:
        """Two digits."""
        return _BYTES_PER_NUMBER

    def words(self, answer: Answer) -> str:
        """The option."""
        return self.options[answer] if isinstance(answer, int) else ""


@dataclass(frozen=True, kw_only=True)
class SeveralChoices(Question):
    """Any of the options, at most ``most`` of them."""

    kind = "several"
    options: tuple[str, ...]
    most: int

    def _parse(self, given: list[str]) -> Answer | Problem:
        chosen = _numbers(given, range(len(self.options)))
        if len(chosen) != len(set(given)):
            return Problem("answer_unknown")
        return Problem("answer_too_many", self.most) if len(chosen) > self.most else tuple(chosen)

    def _problem(self) -> Problem | None:
        if not 2 <= self.most <= len(self.options):
            return Problem("most_wrong", len(self.options))
        return _options_problem(self.options)

    def holds(self, answer: object) -> bool:
        """Different options, ascending."""
        return (
            isinstance(answer, list)
            and 0 < len(answer) <= self.most
            and all(type(option) is int and 0 <= option < len(self.options) for option in answer)
            and answer == sorted(set(answer))
        )

    def longest(self) -> int:
        """The numbers with their commas, and two brackets."""
        return _BYTES_PER_NUMBER * self.most + 2

    def words(self, answer: Answer) -> str:
        """The options."""
        chosen = answer if isinstance(answer, tuple) else ()
        return " · ".join(self.options[option] for option in chosen)


@dataclass(frozen=True, kw_only=True)
class Scale(Question):
    """A step from 1 to ``steps``; both ends are labelled."""

    kind = "scale"
    steps: int
    low: str
    high: str

    def _parse(self, given: list[str]) -> Answer | Problem:
        chosen = _numbers(given, range(1, self.steps + 1))
        return chosen[0] if len(chosen) == len(given) == 1 else Problem("answer_unknown")

    def _problem(self) -> Problem | None:
        if not 3 <= self.steps <= 10:
            return Problem("steps_wrong")
        if not self.low or not self.high:
            return Problem("ends_missing")
        return _length_problem((self.low, self.high))

    def holds(self, answer: object) -> bool:
        """One of the steps."""
        return type(answer) is int and 1 <= answer <= self.steps

    def longest(self) -> int:
        """Two digits."""
        return _BYTES_PER_NUMBER

    def words(self, answer: Answer) -> str:
        """The step, and at an end its label."""
        label = {1: self.low, self.steps: self.high}.get(answer) if isinstance(answer, int) else ""
        return f"{answer} – {label}" if label else str(answer)


@dataclass(frozen=True, kw_only=True)
class OpenText(Question):
    """An answer in the person's own words, of at most ``limit`` signs."""

    kind = "text"
    limit: int

    def _parse(self, given: list[str]) -> Answer | Problem:
        text = given[0]
        return text if len(text) <= self.limit else Problem("answer_too_long", self.limit)

    def _problem(self) -> Problem | None:
        if not 1 <= self.limit <= LONGEST_ANSWER:
            return Problem("limit_wrong", LONGEST_ANSWER)
        return None

    def holds(self, answer: object) -> bool:
        """A cleaned text within the limit."""
        return isinstance(answer, str) and 0 < len(answer) <= self.limit and answer == clean(answer)

    def longest(self) -> int:
        """Each sign as the longest in UTF-8, and two quotes."""
        return _BYTES_PER_SIGN * self.limit + 2

    def words(self, answer: Answer) -> str:
        """The text itself."""
        return str(answer)


def clean(text: str) -> str:
    """``text`` in Unicode's composed form, without control signs other than line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    return unicodedata.normalize("NFC", kept).strip()


def _numbers(given: list[str], allowed: range) -> list[int]:
    """The allowed numbers that stand in ``given``, ascending."""
    wanted = set(given)
    return [number for number in allowed if str(number) in wanted]


def _options_problem(options: tuple[str, ...]) -> Problem | None:
    if not 2 <= len(options) <= MOST_OPTIONS:
        return Problem("options_count", MOST_OPTIONS)
    if len(set(options)) != len(options):
        return Problem("options_double")
    return _length_problem(options)


def _length_problem(labels: tuple[str, ...]) -> Problem | None:
    if any(len(label) > LONGEST_OPTION for label in labels):
        return Problem("options_long", LONGEST_OPTION)
    return None
