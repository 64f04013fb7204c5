"""A consultation of 25 questions of all kinds, and made-up answers, by 3 and by 14 groups."""

import random
from collections.abc import Callable, Mapping
from typing import Any

from consult.surveys.core.conditions import Compare, Condition, Rule
from consult.surveys.core.questionnaire import Answers, Questionnaire, Section
from consult.surveys.core.questions.amounts import Number, Points
from consult.surveys.core.questions.base import Answer, Declined, Option, Question
from consult.surveys.core.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.tables import Respondent
from consult.surveys.core.words import words

NEIGHBOURHOODS = 14
DECLINES = (Declined.DONT_KNOW, Declined.RATHER_NOT)
ONLY_A = Condition((Rule("q0", Compare.ANY_OF, ("a",)),))


def options(count: int) -> tuple[Option, ...]:
    """Options with the codes a, b, c …"""
    return tuple(Option(code, words(code.upper())) for code in "abcdefgh"[:count])


KINDS: tuple[tuple[Callable[..., Question], Mapping[str, Any]], ...] = (
    (OneChoice, {"options": options(4), "declines": DECLINES[:1]}),
    (SeveralChoices, {"options": options(6), "most": 3, "none": "f", "required": False}),
    (Scale, {"steps": 5, "low": words("laag"), "high": words("hoog"), "declines": DECLINES}),
    (Ranking, {"options": options(5), "places": 5, "required": False}),
    (Number, {"low": 0, "high": 5000, "required": False}),
    (OneChoice, {"options": options(5), "required": False, "when": ONLY_A}),
    (Points, {"options": options(4), "total": 10}),
    (OpenText, {"limit": 300, "required": False}),
)


def questionnaire(size: int = 25) -> Questionnaire:
    """Questions of each kind in turn, some of them routed."""
    questions = tuple(
        KINDS[n % len(KINDS)][0](id=f"q{n}", text=words(f"Vraag {n}?"), **KINDS[n % len(KINDS)][1])
        for n in range(size)
    )
    return Questionnaire((Section("s1", questions=questions),))


def people(
    asked: Questionnaire, size: int, chance: random.Random
) -> tuple[list[Respondent], dict[str, list[Answer]]]:
    """Respondents with skewed answers, and what they wrote."""
    told = []
    texts: dict[str, list[Answer]] = {q.id: [] for q in asked.questions if isinstance(q, OpenText)}
    for _ in range(size):
        given: Answers = {}
        for one in asked.questions:
            answer = _answer(one, chance) if one.when.holds(given) else None
            if answer is not None:
                given[one.id] = answer
        for name, written in texts.items():
            if name in given:
                written.append(given.pop(name))
        age = chance.choices(["18-34", "35-64", "65+"], [1, 3, 2])[0]
        groups = {"age": age, "neighbourhood": f"n{chance.randrange(NEIGHBOURHOODS):02}"}
        told.append(Respondent(given, {"18-34": 1.6, "35-64": 0.8, "65+": 1.0}[age], groups))
    return told, texts


def _answer(one: Question, chance: random.Random) -> Answer | None:
    if not one.required and chance.random() < 0.1:
        return None
    if one.declines and chance.random() < 0.04:
        return chance.choice(one.declines)
    return _ANSWERS[type(one)](one, chance)


def _ticked(one: Any, chance: random.Random) -> Answer:
    if chance.random() < 0.05:
        return (one.none,)
    ticked = set(chance.sample(one.codes()[:-1], chance.randint(1, 3)))
    return tuple(code for code in one.codes() if code in ticked)


def _points(one: Any, chance: random.Random) -> Answer:
    first = chance.randint(0, 7)
    second = chance.randint(0, one.total - first)
    return (first, second, one.total - first - second, 0)


_ANSWERS: Mapping[type[Question], Callable[[Any, random.Random], Answer]] = {
    OneChoice: lambda q, c: c.choices(q.codes(), [2.0**-n for n in range(len(q.options))])[0],
    SeveralChoices: _ticked,
    Scale: lambda q, c: c.choices(q.range(), [1, 2, 4, 6, 3])[0],
    Ranking: lambda q, c: tuple(c.sample(q.codes(), q.places)),
    Number: lambda _, c: int(c.lognormvariate(6.3, 0.4)),
    Points: _points,
    OpenText: lambda _q, _c: "x",
}
