"""Questions that are answered with a number, points or a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from consult.surveys.core.asking.questions.base import Answer, Problem, Question, length_problem
from consult.surveys.core.asking.questions.choices import Choice
from consult.surveys.core.asking.words import NOTHING, Words

MOST_PLACES: Final = 2
LARGEST: Final = 10**9
_NUMBER: Final = re.compile(r"(-?)(\d{1,12})(?:[.,](\d+))?", re.ASCII)
_GROUPED: Final = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number of ``unit`` from ``low`` to ``high``, with ``places`` decimals.

    Answers and limits are whole numbers of the smallest part: 12,50 with two decimals is 1250.
    """

    kind = "number"
    low: int
    high: int
    places: int = 0
    unit: Words = NOTHING

    def example(self) -> Answer | None:
        """The smallest number."""
        return self.low

    def _parse(self, given: list[str]) -> Answer | Problem:
        found = self._read(_western(given[0]))
        if found is None:
            return Problem("number_unreadable", self.places)
        return found if self.low <= found <= self.high else Problem("number_outside")

    def _read(self, typed: str) -> int | None:
        text = typed.replace(" ", "").replace("\u00a0", "")
        if _GROUPED.fullmatch(text) and not (
            self.places and text.count(".") == 1 and "," not in text
        ):
            text = text.replace(".", "")
        match = _NUMBER.fullmatch(text)
        if match is None or len(match[3] or "") > self.places:
            return None
        whole = int(match[2] + (match[3] or "").ljust(self.places, "0"))
        return -whole if match[1] else whole

    def _problem(self) -> Problem | None:
        if not 0 <= self.places <= MOST_PLACES:
            return Problem("decimals_wrong", MOST_PLACES)
        if not -LARGEST <= self.low < self.high <= LARGEST:
            return Problem("range_wrong")
        return length_problem((self.unit,))

    def _texts(self) -> Iterator[Words]:
        yield self.unit

    def _holds(self, answer: object) -> bool:
        return type(answer) is int and self.low <= answer <= self.high

    def _longest(self) -> int:
        return 11

    def _said(self, answer: Answer, language: str) -> str:
        number = self.spelt(answer) if isinstance(answer, int) else ""
        return f"{number} {self.unit.to(language)}".strip()

    def spelt(self, number: int) -> str:
        """A number as people type it: a comma before the decimals."""
        sign, digits = "-" * (number < 0), str(abs(number)).rjust(self.places + 1, "0")
        if not self.places:
            return sign + digits
        return f"{sign}{digits[: -self.places]},{digits[-self.places :]}"


@dataclass(frozen=True, kw_only=True)
class Day(Question):
    """A day from ``first`` to ``last``."""

    kind = "date"
    first: date
    last: date

    def example(self) -> Answer | None:
        """The first day."""
        return self.first.isoformat()

    def _parse(self, given: list[str]) -> Answer | Problem:
        found = _day(_western(given[0]))
        if found is None:
            return Problem("date_unreadable")
        return found.isoformat() if self.first <= found <= self.last else Problem("date_outside")

    def _problem(self) -> Problem | None:
        return None if self.first < self.last else Problem("range_wrong")

    def _holds(self, answer: object) -> bool:
        found = _day(answer) if isinstance(answer, str) else None
        return found is not None and found.isoformat() == answer and self._within(found)

    def _within(self, found: date) -> bool:
        return self.first <= found <= self.last

    def _longest(self) -> int:
        return 12

    def _said(self, answer: Answer, language: str) -> str:
        found = _day(str(answer))
        if not found:
            return ""
        said = f"{found.day}-{found.month}-{found.year}"
        return f"\u2066{said}\u2069" if language in _RIGHT_TO_LEFT else said


@dataclass(frozen=True, kw_only=True)
class Points(Choice):
    """``total`` points to divide among the options, in whole points."""

    kind = "points"
    total: int

    def example(self) -> Answer | None:
        """All points to the first option."""
        return (self.total, *(0 for _ in self.options[1:]))

    def _parse(self, given: list[str]) -> Answer | Problem:
        if len(given) != len(self.options) or not all(_western(one).isdecimal() for one in given):
            return Problem("points_unreadable", len(self.options))
        points = tuple(int(_western(one)[:9]) for one in given)
        return points if sum(points) == self.total else Problem("points_sum", self.total)

    def _problem(self) -> Problem | None:
        if not 2 <= self.total <= 1000:
            return Problem("points_wrong", 1000)
        return super()._problem()

    def _holds(self, answer: object) -> bool:
        return (
            isinstance(answer, tuple)
            and len(answer) == len(self.options)
            and all(type(one) is int and one >= 0 for one in answer)
            and sum(one for one in answer if isinstance(one, int)) == self.total
        )

    def _longest(self) -> int:
        return 5 * len(self.options) + 2

    def _said(self, answer: Answer, language: str) -> str:
        given = answer if isinstance(answer, tuple) else ()
        pairs = zip(self.options, given, strict=False)
        return " · ".join(f"{option.words.to(language)}: {one}" for option, one in pairs)


_RIGHT_TO_LEFT: Final = frozenset({"ar"})
"""Where the day comes first on the right; marks keep the parts of a date in their order."""


def _western(typed: str) -> str:
    """Arabic and Persian digits and signs as those of the keyboard."""
    digits = {sign: str(place % 10) for place, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
    return "".join({**digits, "٫": ",", "٬": ".", "−": "-"}.get(sign, sign) for sign in typed)


def _day(text: str) -> date | None:
    """A day written as 2026-11-26 (as a browser sends it) or as 26-11-2026."""
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    order = (1, 2, 3)
    if parts is None:
        parts = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text, re.ASCII)
        order = (3, 2, 1)
    if parts is None:
        return None
    try:
        return date(*(int(parts[place]) for place in order))
    except ValueError:
        return None
