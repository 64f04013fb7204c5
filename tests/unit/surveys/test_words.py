"""Every problem and obstacle has words, and no words are left over."""

import re
from pathlib import Path

from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.forms.words import WORDS, words

PART = Path(__file__).resolve().parents[3] / "consult" / "surveys"


def _codes() -> set[str]:
    sources = "".join(path.read_text("utf-8") for path in PART.rglob("*.py"))
    plan = (PART / "core" / "consultation.py").read_text("utf-8")
    obstacles = re.findall(r'"([a-z_]+)": self\.', plan)
    return {*obstacles, *re.findall(r'Problem\(\s*"([a-z_]+)"', sources)}


def test_every_problem_has_words_and_no_words_are_left_over() -> None:
    assert _codes() == set(WORDS)


def test_the_limit_stands_in_the_words() -> None:
    assert words(Problem("code_length", 16)).startswith("Vul 16 cijfers in.")
