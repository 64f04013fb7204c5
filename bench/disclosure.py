"""What it costs to audit a whole publication: 25 questions of all kinds, by 3 and by 14 groups.

Run ``python bench/disclosure.py``. Counting, hiding and the audit are timed apart; the audit is the
one that knows nothing of how cells were chosen. The promise: no finding, a few seconds for 4,600
people (the response that the reference expects), under a minute whatever their number.
"""

import itertools
import random
import time
from collections import Counter

from consult.surveys.core.conditions import NO_CONDITION, Compare, Condition, Rule
from consult.surveys.core.cube import cube
from consult.surveys.core.disclosure import OUTSIDE, audit, protect
from consult.surveys.core.questionnaire import Answers, Questionnaire, Section
from consult.surveys.core.questions.amounts import Number, Points
from consult.surveys.core.questions.base import Answer, Declined, Option, Question
from consult.surveys.core.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.results import views
from consult.surveys.core.tables import Respondent, tally
from consult.surveys.core.words import words

SIZES = (400, 1_500, 4_600, 20_000)
SECONDS = 60
NEIGHBOURHOODS = 14


def main() -> None:
    """Print a line for each number of people."""
    asked = questionnaire()
    print("people  counts  small hidden   count  protect   audit   both views with weights")
    for size in SIZES:
        chance = random.Random(size)
        told, texts = people(asked, size, chance)
        moments = [time.process_time()]
        counted = tally(asked, told, texts)
        moments.append(time.process_time())
        publication = cube(counted, OUTSIDE)
        hidden = protect(publication)
        moments.append(time.process_time())
        assert audit(publication, hidden) == ()
        moments.append(time.process_time())
        views(asked, told, texts, self_selected=False)
        moments.append(time.process_time())
        spent = [late - early for early, late in itertools.pairwise(moments)]
        cells = Counter(cell.small for cell in publication.cells.values())
        print(
            f"{size:6} {cells.total():7} {cells[True]:6} {len(hidden - publication.untold()):6}"
            f"{spent[0]:7.1f}s {spent[1]:7.1f}s {spent[2]:6.1f}s {spent[3]:12.1f}s"
        )
        assert sum(spent[:3]) < SECONDS


def questionnaire(size: int = 25) -> Questionnaire:
    """Questions of each kind in turn, some of them routed."""
    return Questionnaire((Section("s1", questions=tuple(map(question, range(size)))),))


def question(number: int) -> Question:
    """The question in that place."""
    name, text = f"q{number}", words(f"Vraag {number}?")
    declines = (Declined.DONT_KNOW, Declined.RATHER_NOT)
    only_a = Condition((Rule("q0", Compare.ANY_OF, ("a",)),))
    match number % 8:
        case 0:
            return OneChoice(id=name, text=text, options=options(4), declines=declines[:1])
        case 1:
            return SeveralChoices(
                id=name, text=text, options=options(6), most=3, none="f", required=False
            )
        case 2:
            low, high = words("laag"), words("hoog")
            return Scale(id=name, text=text, steps=5, low=low, high=high, declines=declines)
        case 3:
            return Ranking(id=name, text=text, options=options(5), places=5, required=False)
        case 4:
            return Number(id=name, text=text, low=0, high=5000, required=False)
        case 5:
            routed = only_a if number else NO_CONDITION
            return OneChoice(id=name, text=text, options=options(5), required=False, when=routed)
        case 6:
            return Points(id=name, text=text, options=options(4), total=10)
    return OpenText(id=name, text=text, limit=300, required=False)


def options(count: int) -> tuple[Option, ...]:
    """Options with the codes a, b, c …"""
    return tuple(Option(code, words(code.upper())) for code in "abcdefgh"[:count])


def people(
    asked: Questionnaire, size: int, chance: random.Random
) -> tuple[list[Respondent], dict[str, list[Answer]]]:
    """Respondents with skewed answers, and what they wrote."""
    told = []
    texts: dict[str, list[Answer]] = {q.id: [] for q in asked.questions if isinstance(q, OpenText)}
    for _ in range(size):
        given: Answers = {}
        for one in asked.questions:
            answer = answered(one, chance) if one.when.holds(given) else None
            if answer is not None:
                given[one.id] = answer
        for name, written in texts.items():
            if name in given:
                written.append(given.pop(name))
        groups = {
            "age": chance.choices(["18-34", "35-64", "65+"], [1, 3, 2])[0],
            "neighbourhood": f"n{chance.randrange(NEIGHBOURHOODS):02}",
        }
        weight = {"18-34": 1.6, "35-64": 0.8, "65+": 1.0}[groups["age"]]
        told.append(Respondent(given, weight, groups))
    return told, texts


def answered(one: Question, chance: random.Random) -> Answer | None:
    """Somebody's answer."""
    if not one.required and chance.random() < 0.1:
        return None
    if one.declines and chance.random() < 0.04:
        return chance.choice(one.declines)
    match one:
        case OneChoice():
            return chance.choices(one.codes(), [2.0**-n for n in range(len(one.options))])[0]
        case SeveralChoices():
            if chance.random() < 0.05:
                return (one.none,)
            ticked = set(chance.sample(one.codes()[:-1], chance.randint(1, 3)))
            return tuple(code for code in one.codes() if code in ticked)
        case Scale():
            return chance.choices(one.range(), [1, 2, 4, 6, 3])[0]
        case Ranking():
            return tuple(chance.sample(one.codes(), 5))
        case Number():
            return int(chance.lognormvariate(6.3, 0.4))
        case Points():
            first = chance.randint(0, 7)
            second = chance.randint(0, 10 - first)
            return (first, second, 10 - first - second, 0)
    return "x"


if __name__ == "__main__":
    main()
