"""Made-up questionnaires with routing, and people who answer them."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from consult.surveys.core.asking.conditions import NO_CONDITION, Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire, Section
from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Answer, Declined, Option, Question
from consult.surveys.core.asking.questions.choices import (
    Choice,
    OneChoice,
    Ranking,
    Scale,
    SeveralChoices,
)
from consult.surveys.core.asking.questions.texts import OpenText, Statement
from consult.surveys.core.asking.words import LANGUAGES, Words, words

texts = st.text("abc éışğ{}[]|\"'<&\nبج", min_size=1, max_size=12).filter(str.strip)
Common = dict[str, Any]
LATER = st.sampled_from([language for language in LANGUAGES if language != "nl"])


@st.composite
def phrases(draw: st.DrawFn) -> Words:
    """A text in Dutch and perhaps in other languages."""
    return words({"nl": draw(texts), **draw(st.dictionaries(LATER, texts, max_size=3))})


@st.composite
def option_lists(draw: st.DrawFn) -> tuple[Option, ...]:
    """Two to five options."""
    labels = draw(st.lists(phrases(), min_size=2, max_size=5, unique_by=str))
    return tuple(Option(f"o{place}", label) for place, label in enumerate(labels))


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """A question of any kind that has no problem."""
    make = draw(st.sampled_from(MAKERS))
    declines = draw(st.sets(st.sampled_from(Declined)))
    asked = {
        "id": name,
        "text": draw(phrases()),
        "help": draw(st.just(Words()) | phrases()),
        "required": draw(st.booleans()),
        "declines": tuple(one for one in Declined if one in declines),
    }
    return make(draw, asked)


def _one(draw: st.DrawFn, asked: Common) -> Question:
    return OneChoice(**asked, options=draw(option_lists()))


def _several(draw: st.DrawFn, asked: Common) -> Question:
    options = draw(option_lists())
    none = draw(st.sampled_from(["", options[-1].code]))
    most = draw(st.integers(1, len(options) - bool(none)))
    least = draw(st.integers(1, most))
    return SeveralChoices(**asked, options=options, most=most, least=least, none=none)


def _scale(draw: st.DrawFn, asked: Common) -> Question:
    low = draw(st.integers(0, 1))
    ends = {"low": draw(phrases()), "high": draw(phrases())}
    return Scale(**asked, steps=draw(st.integers(low + 2, 9)), low_step=low, **ends)


def _ranking(draw: st.DrawFn, asked: Common) -> Question:
    options = draw(option_lists())
    return Ranking(**asked, options=options, places=draw(st.integers(2, len(options))))


def _number(draw: st.DrawFn, asked: Common) -> Question:
    low = draw(st.integers(-5, 5))
    high = low + draw(st.integers(1, 9))
    return Number(**asked, low=low, high=high, places=draw(st.integers(0, 2)))


def _day(_draw: st.DrawFn, asked: Common) -> Question:
    return Day(**asked, first=date(2020, 1, 1), last=date(2020, 1, 20))


def _points(draw: st.DrawFn, asked: Common) -> Question:
    return Points(**asked, options=draw(option_lists()), total=draw(st.integers(2, 10)))


def _text(draw: st.DrawFn, asked: Common) -> Question:
    return OpenText(**asked, limit=draw(st.integers(1, 40)), short=draw(st.booleans()))


def _statement(_draw: st.DrawFn, asked: Common) -> Question:
    return Statement(id=asked["id"], text=asked["text"], help=asked["help"])


MAKERS = (_one, _several, _scale, _ranking, _number, _day, _points, _text, _statement)


@st.composite
def conditions(draw: st.DrawFn, before: list[Question]) -> Condition:
    """Rules about earlier questions, which may or may not be possible together."""
    about = [q for q in before if isinstance(q, OneChoice | SeveralChoices | Scale | Number)]
    if not about or draw(st.booleans()):
        return NO_CONDITION
    rules = []
    for question in draw(st.lists(st.sampled_from(about), min_size=1, max_size=3)):
        if isinstance(question, Choice):
            codes = draw(st.sets(st.sampled_from(question.codes()), min_size=1))
            compare = draw(st.sampled_from([Compare.ANY_OF, Compare.NONE_OF]))
            rules.append(Rule(question.id, compare, tuple(sorted(codes))))
        else:
            numbers = [answer for answer in domain(question) if isinstance(answer, int)]
            number = draw(st.sampled_from(numbers))
            compare = draw(st.sampled_from([Compare.AT_LEAST, Compare.AT_MOST]))
            rules.append(Rule(question.id, compare, number=number))
    return Condition(tuple(rules), draw(st.booleans()))


@st.composite
def questionnaires(draw: st.DrawFn, most: int = 8) -> Questionnaire:
    """Questions in one to three sections with any routing on what came before."""
    asked: list[Question] = []
    sections: list[Section] = []
    for place in range(draw(st.integers(1, 3))):
        before = list(asked)
        mine: list[Question] = []
        for number in range(draw(st.integers(1, max(1, most // 3)))):
            name = f"q{place}_{number}"
            question = replace(draw(questions(name)), when=draw(conditions(asked)))
            asked.append(question)
            mine.append(question)
        when = draw(conditions(before))
        sections.append(Section(f"s{place}", draw(phrases()), Words(), tuple(mine), when))
    return Questionnaire(tuple(sections))


def domain(question: Question) -> list[Answer]:
    """Answers to a question: all of them where they are few, else some of each sort."""
    found: list[Answer] = list(question.declines)
    match question:
        case OneChoice():
            found += question.codes()
        case SeveralChoices():
            codes = question.codes()
            subsets = (
                tuple(code for place, code in enumerate(codes) if number >> place & 1)
                for number in range(1, 2 ** len(codes))
            )
            found += [one for one in subsets if question.holds(one)]
        case Scale():
            found += question.range()
        case Number():
            found += range(question.low, question.high + 1)
        case Ranking() | Day() | Points() | OpenText():
            example = question.example()
            assert example is not None
            found.append(example)
    return found


@st.composite
def sheets(draw: st.DrawFn, questionnaire: Questionnaire) -> Answers:
    """Somebody goes through it from the first page to the last."""
    answers: Answers = {}
    for section in questionnaire.sections:
        if not section.when.holds(answers):
            continue
        for question in section.questions:
            if not question.asks or not question.when.holds(answers):
                continue
            if question.required or draw(st.booleans()):
                answers[question.id] = draw(st.sampled_from(domain(question)))
    return answers
