"""What checking and walking a questionnaire costs, beside parsing its file as plain JSON.

60 questions in four languages, each asked on two rules about earlier ones.
"""

import json
import time
from collections.abc import Callable

from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.format import dump, read
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Option
from consult.surveys.core.asking.questions.choices import OneChoice
from consult.surveys.core.asking.reaching import paths
from consult.surveys.core.asking.words import LANGUAGES, words

QUESTIONS = 60
CODES = ("a", "b", "c", "d")


def question(number: int) -> OneChoice:
    """One that the two before it guard."""
    said = words({language: f"Vraag {number} in het {language}?" for language in LANGUAGES})
    options = tuple(Option(code, words(f"Antwoord {code}")) for code in CODES)
    guards = [Rule(f"q{n}", Compare.NONE_OF, ("d",)) for n in (number - 1, number - 2) if n >= 0]
    when = Condition(tuple(guards), every=bool(number % 3))
    return OneChoice(id=f"q{number}", text=said, options=options, when=when)


def took(act: Callable[[], object], times: int) -> float:
    """Milliseconds of CPU, the least of five runs."""
    runs = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(times):
            act()
        runs.append((time.process_time() - start) / times * 1000)
    return min(runs)


def main() -> None:
    """Print a table."""
    asked = Questionnaire((Section("s", questions=tuple(map(question, range(QUESTIONS)))),))
    raw = dump(asked).encode()
    assert not check(asked).problems
    answers = paths(asked)[f"q{QUESTIONS - 1}"]
    floor = took(lambda: json.loads(raw), 50)
    rows = {
        "json.loads of the file (floor)": floor,
        "read strictly": took(lambda: read(raw), 20),
        "what somebody comes by (each page)": took(lambda: asked.asked(answers), 200),
        "check all, with a way to each question": took(lambda: check(asked), 3),
    }
    print(f"{QUESTIONS} questions, {len(LANGUAGES)} languages, {len(raw) / 1000:.0f} kB")
    for name, cost in rows.items():
        print(f"{name:42} {cost:9.3f} ms  {cost / floor:7.1f} x")


if __name__ == "__main__":
    main()
