"""Each kind of question, and what counts as an answer to it."""

from datetime import date

import pytest

from consult.surveys.core.asking.cleaning import clean
from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Answer, Declined, Option, Problem, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText, Statement
from consult.surveys.core.asking.words import words


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{n}", words(label)) for n, label in enumerate(labels))


ASK = words("?")
ONE = OneChoice(id="a", text=words("Hoe woont u?"), options=options("Huur", "Koop", "Anders"))
SEVERAL = SeveralChoices(
    id="b",
    text=words("Wat telt?"),
    options=options("Prijs", "Rust", "Groen", "Niets hiervan"),
    most=2,
    none="o3",
    required=False,
)
SCALE = Scale(id="c", text=words("Tevreden?"), steps=5, low=words("Niet"), high=words("Heel"))
TEXT = OpenText(id="d", text=words("Wat wilt u kwijt?"), limit=20)
RANKING = Ranking(id="e", text=ASK, options=options("x", "y", "z"), places=2)
RENT = Number(id="f", text=ASK, low=0, high=250_000, places=2, unit=words("euro"))
PEOPLE = Number(id="g", text=ASK, low=1, high=12)
DAY = Day(id="h", text=ASK, first=date(2000, 1, 1), last=date(2026, 12, 31))
POINTS = Points(id="i", text=ASK, options=options("x", "y", "z"), total=10)
READ = Statement(id="j", text=words("Lees dit."))
UNSURE = OneChoice(id="k", text=ASK, options=options("x", "y"), declines=(Declined.DONT_KNOW,))
ALL = (ONE, SEVERAL, SCALE, TEXT, RANKING, RENT, PEOPLE, DAY, POINTS, READ, UNSURE)


@pytest.mark.parametrize(
    ("question", "values", "answer"),
    [
        (ONE, ["o0"], "o0"),
        (ONE, [" o2 "], "o2"),
        (SEVERAL, ["o2", "o0"], ("o0", "o2")),
        (SEVERAL, ["o1", "o1"], ("o1",)),
        (SEVERAL, ["o3"], ("o3",)),
        (SEVERAL, [], None),
        (SEVERAL, [""], None),
        (SCALE, ["5"], 5),
        (TEXT, ["  Mooi!\r\nGroen. "], "Mooi!\nGroen."),
        (TEXT, ["a" * 20], "a" * 20),
        (RANKING, ["o2", "o0"], ("o2", "o0")),
        (RENT, ["650"], 65_000),
        (RENT, ["650,5"], 65_050),
        (RENT, ["1.250,75"], 125_075),
        (RENT, ["1250.75"], 125_075),
        (RENT, ["٦٥٠٫٢٥"], 65_025),
        (PEOPLE, ["۴"], 4),
        (DAY, ["2026-11-26"], "2026-11-26"),
        (DAY, ["26-11-2026"], "2026-11-26"),
        (DAY, ["1/2/2003"], "2003-02-01"),
        (POINTS, ["5", "0", "5"], (5, 0, 5)),
        (READ, [], None),
        (UNSURE, ["!dont_know"], Declined.DONT_KNOW),
    ],
)
def test_an_answer_is_read_from_the_form(
    question: Question, values: list[str], answer: object
) -> None:
    assert question.parse(values) == answer


@pytest.mark.parametrize(
    ("question", "values", "code"),
    [
        (ONE, [], "answer_missing"),
        (ONE, ["o3"], "answer_unknown"),
        (ONE, ["0"], "answer_unknown"),
        (ONE, ["!dont_know"], "answer_unknown"),
        (ONE, ["o0", "o1"], "answer_unknown"),
        (SEVERAL, ["o0", "o7"], "answer_unknown"),
        (SEVERAL, ["o0", "o1", "o2"], "answer_too_many"),
        (SEVERAL, ["o0", "o3"], "answer_exclusive"),
        (SCALE, ["0"], "answer_unknown"),
        (SCALE, ["6"], "answer_unknown"),
        (TEXT, [" \x00 "], "answer_missing"),
        (TEXT, ["a" * 21], "answer_too_long"),
        (RANKING, ["o0"], "ranking_short"),
        (RANKING, ["o0", "o0"], "answer_unknown"),
        (RANKING, ["o0", "o1", "o2"], "answer_too_many"),
        (RENT, ["veel"], "number_unreadable"),
        (RENT, ["6,505"], "number_unreadable"),
        (RENT, ["-1"], "number_outside"),
        (PEOPLE, ["2,5"], "number_unreadable"),
        (PEOPLE, ["13"], "number_outside"),
        (DAY, ["31-2-2020"], "date_unreadable"),
        (DAY, ["gisteren"], "date_unreadable"),
        (DAY, ["1-1-1999"], "date_outside"),
        (POINTS, ["5", "5"], "points_unreadable"),
        (POINTS, ["5", "x", "5"], "points_unreadable"),
        (POINTS, ["5", "5", "5"], "points_sum"),
        (UNSURE, ["!rather_not"], "answer_unknown"),
    ],
)
def test_what_is_no_answer_is_a_problem_with_a_code(
    question: Question, values: list[str], code: str
) -> None:
    found = question.parse(values)
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (OneChoice(id="a", text=words(""), options=options("x", "y")), "text_missing"),
        (OneChoice(id="a", text=words({"en": "x"}), options=options("x", "y")), "text_missing"),
        (OneChoice(id="a", text=words("x" * 501), options=options("x", "y")), "text_long"),
        (OneChoice(id="a", text=ASK, options=options("x")), "options_count"),
        (OneChoice(id="a", text=ASK, options=options(*map(str, range(21)))), "options_count"),
        (OneChoice(id="a", text=ASK, options=options("x", "x")), "options_double"),
        (OneChoice(id="a", text=ASK, options=options("x", "")), "options_empty"),
        (OneChoice(id="a", text=ASK, options=options("x", "y" * 201)), "options_long"),
        (SeveralChoices(id="a", text=ASK, options=options("x", "y"), most=3), "most_wrong"),
        (
            SeveralChoices(id="a", text=ASK, options=options("x", "y"), most=1, least=2),
            "most_wrong",
        ),
        (
            SeveralChoices(id="a", text=ASK, options=options("x", "y"), most=2, none="z"),
            "none_unknown",
        ),
        (
            SeveralChoices(id="a", text=ASK, options=options("x", "y"), most=2, none="o1"),
            "most_wrong",
        ),
        (Ranking(id="a", text=ASK, options=options("x", "y"), places=3), "places_wrong"),
        (Scale(id="a", text=ASK, steps=2, low=ASK, high=ASK), "steps_wrong"),
        (Scale(id="a", text=ASK, steps=5, low=words(""), high=ASK), "ends_missing"),
        (Scale(id="a", text=ASK, steps=5, low=words("x" * 201), high=ASK), "options_long"),
        (Number(id="a", text=ASK, low=5, high=5), "range_wrong"),
        (Number(id="a", text=ASK, low=0, high=5, places=3), "decimals_wrong"),
        (Day(id="a", text=ASK, first=date(2026, 1, 2), last=date(2026, 1, 1)), "range_wrong"),
        (Points(id="a", text=ASK, options=options("x", "y"), total=1), "points_wrong"),
        (OpenText(id="a", text=ASK, limit=0), "limit_wrong"),
        (OpenText(id="a", text=ASK, limit=2001), "limit_wrong"),
        (OpenText(id="a", text=ASK, limit=101, short=True), "limit_wrong"),
        (Statement(id="a", text=ASK, required=True), "statement_asks"),
        (OpenText(id="a", text=ASK, limit=9, sensitive=True), "sensitive_required"),
        (OpenText(id="a", text=ASK, limit=9, sensitive=True, required=False), "sensitive_required"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(question: Question, code: str) -> None:
    found = question.problem()
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("question", ALL)
def test_a_good_question_has_no_problem(question: Question) -> None:
    assert question.problem() is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ONE, "o3"),
        (ONE, 0),
        (ONE, Declined.DONT_KNOW),
        (SEVERAL, ()),
        (SEVERAL, ("o1", "o0")),
        (SEVERAL, ("o0", "o0")),
        (SEVERAL, ("o0", "o1", "o2")),
        (SEVERAL, ("o0", "o3")),
        (SEVERAL, "o1"),
        (SCALE, 0),
        (SCALE, True),
        (TEXT, ""),
        (TEXT, " a"),
        (TEXT, "a" * 21),
        (RANKING, ("o0",)),
        (RENT, 250_001),
        (DAY, "2027-01-01"),
        (DAY, "1-1-2020"),
        (POINTS, (5, 6, -1)),
        (POINTS, (10,)),
        (READ, ""),
    ],
)
def test_an_answer_outside_the_domain_is_seen(question: Question, answer: object) -> None:
    assert not question.holds(answer)


def test_a_text_is_composed_and_rid_of_control_signs() -> None:
    assert clean("e\u0301\x00\x07\r\nb\rc\t") == "é\nb\nc"


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (ONE, "o1", "Koop"),
        (SEVERAL, ("o0", "o2"), "Prijs · Groen"),
        (SCALE, 1, "1 – Niet"),
        (SCALE, 3, "3"),
        (SCALE, 5, "5 – Heel"),
        (TEXT, "Mooi!", "Mooi!"),
        (RANKING, ("o2", "o0"), "1. z · 2. x"),
        (RENT, 65_050, "650,50 euro"),
        (RENT, 5, "0,05 euro"),
        (DAY, "2026-11-05", "5-11-2026"),
        (POINTS, (5, 0, 5), "x: 5 · y: 0 · z: 5"),
    ],
)
def test_an_answer_is_told_in_the_words_of_the_question(
    question: Question, answer: Answer, said: str
) -> None:
    assert question.said(answer, "nl") == said


def test_the_day_of_a_date_stays_first_in_a_text_from_right_to_left() -> None:
    assert DAY.said("2026-11-05", "ar") == "\u20665-11-2026\u2069"
