"""Questions with options to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from consult.surveys.core.asking.questions.base import (
    BYTES_PER_CODE,
    Answer,
    Option,
    Problem,
    Question,
    length_problem,
    options_problem,
)
from consult.surveys.core.asking.words import Words

FEWEST_STEPS: Final = 3
MOST_STEPS: Final = 11


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """A question with options."""

    options: tuple[Option, ...]

    def option(self, code: str) -> Option | None:
        """The option with that code."""
        return next((option for option in self.options if option.code == code), None)

    def codes(self) -> tuple[str, ...]:
        """The codes of all options, in order."""
        return tuple(option.code for option in self.options)

    def label(self, code: str, language: str) -> str:
        """The option in words."""
        found = self.option(code)
        return found.words.to(language) if found else ""

    def _texts(self) -> Iterator[Words]:
        return (option.words for option in self.options)

    def _problem(self) -> Problem | None:
        return options_problem(self.options)


@dataclass(frozen=True, kw_only=True)
class OneChoice(Choice):
    """One of the options."""

    kind = "one"

    def example(self) -> Answer | None:
        """The first option."""
        return self.options[0].code

    def _parse(self, given: list[str]) -> Answer | Problem:
        return given[0] if len(given) == 1 and self._holds(given[0]) else Problem("answer_unknown")

    def _holds(self, answer: object) -> bool:
        return isinstance(answer, str) and answer in self.codes()

    def _longest(self) -> int:
        return BYTES_PER_CODE

    def _said(self, answer: Answer, language: str) -> str:
        return self.label(str(answer), language)


@dataclass(frozen=True, kw_only=True)
class SeveralChoices(Choice):
    """Any of the options, from ``least`` to ``most`` of them.

    ``none``: the code of the option that goes with no other ("none of these"), or empty.
    """

    kind = "several"
    most: int
    least: int = 1
    none: str = ""

    def example(self) -> Answer | None:
        """As few as may be, from the first on."""
        return tuple(code for code in self.codes() if code != self.none)[: self.least]

    def _parse(self, given: list[str]) -> Answer | Problem:
        chosen = tuple(code for code in self.codes() if code in set(given))
        if len(chosen) != len(set(given)):
            return Problem("answer_unknown")
        if self.none in chosen:
            return chosen if len(chosen) == 1 else Problem("answer_exclusive")
        if len(chosen) > self.most:
            return Problem("answer_too_many", self.most)
        return chosen if len(chosen) >= self.least else Problem("answer_too_few", self.least)

    def _problem(self) -> Problem | None:
        if self.none and self.option(self.none) is None:
            return Problem("none_unknown")
        choices = len(self.options) - bool(self.none)
        if not 1 <= self.least <= self.most <= choices:
            return Problem("most_wrong", choices)
        return super()._problem()

    def _holds(self, answer: object) -> bool:
        return isinstance(answer, tuple) and self._parse([str(code) for code in answer]) == answer

    def _longest(self) -> int:
        return BYTES_PER_CODE * len(self.options) + 2

    def _said(self, answer: Answer, language: str) -> str:
        chosen = answer if isinstance(answer, tuple) else ()
        return " · ".join(self.label(str(code), language) for code in chosen)


@dataclass(frozen=True, kw_only=True)
class Ranking(Choice):
    """The best ``places`` of the options, the best first."""

    kind = "ranking"
    places: int

    def example(self) -> Answer | None:
        """The options as they stand."""
        return self.codes()[: self.places]

    def _parse(self, given: list[str]) -> Answer | Problem:
        if not set(given) <= set(self.codes()) or len(set(given)) != len(given):
            return Problem("answer_unknown")
        if len(given) > self.places:
            return Problem("answer_too_many", self.places)
        return tuple(given) if len(given) == self.places else Problem("ranking_short", self.places)

    def _problem(self) -> Problem | None:
        if not 2 <= self.places <= len(self.options):
            return Problem("places_wrong", len(self.options))
        return super()._problem()

    def _holds(self, answer: object) -> bool:
        return isinstance(answer, tuple) and self._parse([str(code) for code in answer]) == answer

    def _longest(self) -> int:
        return BYTES_PER_CODE * self.places + 2

    def _said(self, answer: Answer, language: str) -> str:
        ranked = answer if isinstance(answer, tuple) else ()
        places = enumerate(ranked, 1)
        return " · ".join(f"{place}. {self.label(str(code), language)}" for place, code in places)


@dataclass(frozen=True, kw_only=True)
class Scale(Question):
    """A step from ``low_step`` (0 or 1) to ``steps``; both ends are labelled."""

    kind = "scale"
    steps: int
    low: Words
    high: Words
    low_step: int = 1

    def range(self) -> range:
        """All steps."""
        return range(self.low_step, self.steps + 1)

    def example(self) -> Answer | None:
        """The lowest step."""
        return self.low_step

    def _parse(self, given: list[str]) -> Answer | Problem:
        steps = {str(step): step for step in self.range()}
        return (
            steps[given[0]] if len(given) == 1 and given[0] in steps else Problem("answer_unknown")
        )

    def _problem(self) -> Problem | None:
        if self.low_step not in {0, 1} or not FEWEST_STEPS <= len(self.range()) <= MOST_STEPS:
            return Problem("steps_wrong")
        if not str(self.low) or not str(self.high):
            return Problem("ends_missing")
        return length_problem((self.low, self.high))

    def _texts(self) -> Iterator[Words]:
        yield self.low
        yield self.high

    def _holds(self, answer: object) -> bool:
        return type(answer) is int and answer in self.range()

    def _longest(self) -> int:
        return 2

    def _said(self, answer: Answer, language: str) -> str:
        ends = {self.low_step: self.low, self.steps: self.high}
        label = ends.get(answer) if isinstance(answer, int) else None
        return f"{answer} – {label.to(language)}" if label else str(answer)
