"""Fields that WTForms has not: a text in several languages, options, rules and terms.

A field reads the languages that were sent and leaves the others as they are, so what is not on the
page is not lost. Rows have a name of their own, which stays when they move: the code of an option.
Everything typed is kept in ``data``, also what is wrong, so that nobody types it twice.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, Final

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

from consult.surveys.core.asking.arranging import fresh
from consult.surveys.core.asking.checking import NAME
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import MOST_TERMS, Term
from consult.surveys.core.asking.questions.amounts import LARGEST, Number
from consult.surveys.core.asking.questions.base import MOST_OPTIONS, Option, Question
from consult.surveys.core.asking.questions.choices import Choice
from consult.surveys.core.asking.words import LANGUAGES, NOTHING, SOURCE, Words, words

Sent = MultiDict[str, str]
MOST_RULES: Final = 10


class WordsField(Field):  # type: ignore[misc] # WTForms has no types
    """A text, one input for each language: ``<name>-nl``, ``<name>-tr``, …"""

    data: Words

    def __init__(self, label: Any = None, *, rows: int = 1, **more: Any) -> None:
        super().__init__(label, **more)
        self.rows = rows

    def process(self, formdata: Sent | None, data: Any = unset_value, **more: Any) -> None:
        """Take what the form begins with, then what was typed over it."""
        super().process(None, data, **more)
        self.data = typed_words(formdata, self.name, self.data or NOTHING)


class OptionsField(Field):  # type: ignore[misc] # WTForms has no types
    """Options in their order: ``<name>`` is a row's code, ``<name>-<code>-nl`` its text."""

    data: tuple[Option, ...]

    def process(self, formdata: Sent | None, data: Any = unset_value, **more: Any) -> None:
        """Take what the form begins with, then the rows that were sent."""
        super().process(None, data, **more)
        held = {option.code: option.words for option in self.data or ()}
        if formdata and self.name in formdata:
            self.data = tuple(
                Option(code, typed_words(formdata, f"{self.name}-{code}", held.get(code, NOTHING)))
                for code in _codes(formdata.getlist(self.name))
            )
        self.data = tuple(self.data or ())

    def filled(self) -> tuple[Option, ...]:
        """The rows in which something was typed."""
        return tuple(option for option in self.data if option.words)

    def add(self, taken: AbstractSet[str]) -> None:
        """One more row, under a code that is not ``taken``."""
        if len(self.data) < MOST_OPTIONS:
            known = taken | {option.code for option in self.data}
            self.data = (*self.data, Option(fresh("o", known), NOTHING))

    def move(self, code: str, steps: int) -> None:
        """Put a row ``steps`` places later, or earlier below 0."""
        self.data = _moved(self.data, _place(self.data, code), steps)

    def drop(self, code: str) -> None:
        """Take a row away."""
        self.data = tuple(option for option in self.data if option.code != code)


@dataclass(frozen=True, slots=True)
class TypedRule:
    """A rule as it was filled in; ``number`` is text that may be none."""

    question: str
    compare: str = ""
    codes: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """A condition as it was filled in."""

    rules: tuple[TypedRule, ...] = ()
    every: bool = True


class RulesField(Field):  # type: ignore[misc] # WTForms has no types
    """When something is asked: ``<name>`` numbers the rows, ``<name>-every`` is ``all`` or ``any``,
    ``<name>-<row>-question`` and so on are a rule."""

    data: TypedCondition
    questions: Mapping[str, Question]
    """The questions that rules may be about, by their ids; the form sets them."""

    def process(self, formdata: Sent | None, data: Any = unset_value, **more: Any) -> None:
        """Take the condition that the form begins with, or the rows that were sent."""
        super().process(None, data, **more)
        self.questions = {}
        if data is unset_value or data is None:
            self.data = TypedCondition()
        if formdata and f"{self.name}-every" in formdata:
            rows = formdata.getlist(self.name)[:MOST_RULES]
            rules = tuple(self._row(formdata, row) for row in rows)
            self.data = TypedCondition(rules, formdata[f"{self.name}-every"] != "any")

    def condition(self) -> Condition | None:
        """What was filled in, or ``None`` when a rule is not finished."""
        found = [self._rule(typed) for typed in self.data.rules]
        rules = tuple(rule for rule in found if rule is not None)
        return Condition(rules, self.data.every) if len(rules) == len(found) else None

    def add(self, question_id: str) -> None:
        """One more rule, about that question."""
        if question_id in self.questions and len(self.data.rules) < MOST_RULES:
            self.data = replace(self.data, rules=(*self.data.rules, TypedRule(question_id)))

    def drop(self, row: str) -> None:
        """Take the rule of that row away."""
        kept = (rule for place, rule in enumerate(self.data.rules) if str(place) != row)
        self.data = replace(self.data, rules=tuple(kept))

    def _row(self, sent: Sent, row: str) -> TypedRule:
        name = f"{self.name}-{row}"
        return TypedRule(
            sent.get(f"{name}-question", ""),
            sent.get(f"{name}-compare", ""),
            tuple(sent.getlist(f"{name}-codes")),
            sent.get(f"{name}-number", ""),
        )

    def _rule(self, typed: TypedRule) -> Rule | None:
        question = self.questions.get(typed.question)
        if question is None or typed.compare not in set(Compare):
            return None
        compare = Compare(typed.compare)
        by_code = compare in {Compare.ANY_OF, Compare.NONE_OF}
        if isinstance(question, Choice):
            known = tuple(code for code in question.codes() if code in typed.codes)
            return Rule(question.id, compare, known) if known and by_code else None
        number = read_number(typed.number, decimals(question))
        if number is None or by_code:
            return None
        return Rule(question.id, compare, number=number)


class TermsField(Field):  # type: ignore[misc] # WTForms has no types
    """Words and their meanings: ``<name>`` numbers the rows, by which they are known while the page
    is worked on."""

    data: dict[int, Term]

    def process(self, formdata: Sent | None, data: Any = unset_value, **more: Any) -> None:
        """Take what the form begins with, then the rows that were sent."""
        super().process(None, data, **more)
        held: dict[int, Term] = dict(enumerate(data if isinstance(data, tuple) else ()))
        self.data = held
        if formdata and f"{self.name}-sent" in formdata:
            rows = (row for row in formdata.getlist(self.name) if row.isdecimal())
            self.data = {row: self._row(formdata, row, held) for row in map(int, rows)}

    def filled(self) -> tuple[Term, ...]:
        """The rows in which something was typed."""
        return tuple(term for term in self.data.values() if term.word or term.meaning)

    def add(self) -> None:
        """One more row."""
        if len(self.data) < MOST_TERMS:
            self.data[max(self.data, default=MOST_TERMS) + 1] = Term(NOTHING, NOTHING)

    def drop(self, row: str) -> None:
        """Take a row away."""
        self.data = {number: term for number, term in self.data.items() if str(number) != row}

    def _row(self, sent: Sent, row: int, held: Mapping[int, Term]) -> Term:
        old, name = held.get(row, Term(NOTHING, NOTHING)), f"{self.name}-{row}"
        return Term(
            typed_words(sent, f"{name}-word", old.word),
            typed_words(sent, f"{name}-meaning", old.meaning),
        )


def typed_condition(condition: Condition, questions: Mapping[str, Question]) -> TypedCondition:
    """A condition as somebody would fill it in."""
    return TypedCondition(
        tuple(
            TypedRule(r.question, r.compare, r.codes, spelt(questions.get(r.question), r.number))
            for r in condition.rules
        ),
        condition.every,
    )


def typed_words(sent: Sent | None, name: str, held: Words) -> Words:
    """``held`` with the texts that were sent under ``name``."""
    found = {
        language: sent[f"{name}-{language}"]
        for language in LANGUAGES
        if sent and f"{name}-{language}" in sent
    }
    return words({**held.as_dict(), **found}) if found else held


def decimals(question: Question | None) -> int:
    """How many decimals answers to the question have."""
    return question.places if isinstance(question, Number) else 0


def read_number(text: str, places: int) -> int | None:
    """A number of at most so many decimals, in its smallest parts; ``None`` when it is none."""
    ruler = Number(
        id="n", text=words({SOURCE: "n"}), low=-LARGEST, high=LARGEST, places=max(0, places)
    )
    found = ruler.parse([text])
    return found if isinstance(found, int) else None


def spelt(question: Question | None, number: int) -> str:
    """A number as people type it."""
    return question.spelt(number) if isinstance(question, Number) else str(number)


def _codes(sent: Sequence[str]) -> list[str]:
    good = (code for code in sent if NAME.fullmatch(code))
    return list(dict.fromkeys(good))[:MOST_OPTIONS]


def _place(rows: Sequence[Option], code: str) -> int | None:
    return next((place for place, row in enumerate(rows) if row.code == code), None)


def _moved(rows: tuple[Option, ...], place: int | None, steps: int) -> tuple[Option, ...]:
    if place is None:
        return rows
    order = list(rows)
    order.insert(max(0, place + steps), order.pop(place))
    return tuple(order)
