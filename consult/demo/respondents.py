"""How made-up people answer: more or less what people of their age do, and else anything."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from consult.demo.chance import Chance
from consult.demo.questions import Subject
from consult.register.core.base import AgeBand
from consult.register.core.roll import Entry
from consult.surveys.core.questionnaire import Answers
from consult.surveys.core.questions.amounts import Day, Number, Points
from consult.surveys.core.questions.base import Answer, Question
from consult.surveys.core.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText

_OLDER: Final = frozenset({AgeBand.OLDER, AgeBand.OLDEST})
Odds = Sequence[int]


def answers(chance: Chance, subject: Subject, person: Entry) -> Answers:
    """What somebody answers who goes through it from the first page to the last."""
    found: Answers = {}
    for section in subject.questions.sections:
        for question in section.questions if section.when.holds(found) else ():
            asked = question.asks and question.when.holds(found)
            if asked and (question.required or chance.random() < 0.5):
                found[question.id] = _answer(chance, subject, question, person)
    return found


def _answer(chance: Chance, subject: Subject, question: Question, person: Entry) -> Answer:
    if question.declines and chance.random() < 0.05:
        return question.declines[0]
    if isinstance(question, OpenText):
        return chance.choice(subject.remarks)[: question.limit].strip()
    odds = subject.likely.get(question.id)
    row = odds[person.age_band in _OLDER] if odds else ()
    return _BY_KIND[type(question)](chance, question, row)


def _one(chance: Chance, question: OneChoice, odds: Odds) -> Answer:
    return chance.choices(question.codes(), odds or _falling(question.options))[0]


def _step(chance: Chance, question: Scale, odds: Odds) -> Answer:
    return chance.choices(question.range(), odds or [1] * len(question.range()))[0]


def _some(chance: Chance, question: SeveralChoices, odds: Odds) -> Answer:
    weights = odds or _falling(question.options)
    drawn = chance.choices(question.codes(), weights, k=chance.randint(1, question.most))
    chosen = set(drawn) - {question.none}
    found = tuple(code for code in question.codes() if code in chosen)
    return found if question.holds(found) else question.example() or ()


def _order(chance: Chance, question: Ranking, _: Odds) -> Answer:
    return tuple(chance.sample(question.codes(), question.places))


def _number(chance: Chance, question: Number, _: Odds) -> Answer:
    return round(chance.triangular(question.low, question.high))


def _day(chance: Chance, question: Day, _: Odds) -> Answer:
    days = (question.last - question.first).days
    return (question.first + timedelta(chance.randrange(days))).isoformat()


def _points(chance: Chance, question: Points, _: Odds) -> Answer:
    """Points in fives, one after the other to somebody's liking."""
    points = [0] * len(question.options)
    for _five in range(question.total // 5):
        points[chance.choices(range(len(points)), _falling(points))[0]] += 5
    points[0] += question.total % 5
    return tuple(points)


def _falling(all_: Sequence[object]) -> Odds:
    """The first twice as likely as the last."""
    return range(2 * len(all_), len(all_), -1)


_BY_KIND: Final[Mapping[type[Question], Callable[[Chance, Any, Odds], Answer]]] = {
    OneChoice: _one,
    Scale: _step,
    SeveralChoices: _some,
    Ranking: _order,
    Number: _number,
    Day: _day,
    Points: _points,
}
