"""Each kind of question, and what counts as an answer to it."""

import pytest

from consult.surveys.core.questions import (
    Answer,
    OneChoice,
    OpenText,
    Problem,
    Question,
    Scale,
    SeveralChoices,
    clean,
)

ONE = OneChoice(id="a", text="Hoe woont u?", options=("Huur", "Koop", "Anders"))
SEVERAL = SeveralChoices(
    id="b", text="Wat telt?", options=("Prijs", "Rust", "Groen"), most=2, required=False
)
SCALE = Scale(id="c", text="Hoe tevreden?", steps=5, low="Niet", high="Heel")
TEXT = OpenText(id="d", text="Wat wilt u kwijt?", limit=20)


@pytest.mark.parametrize(
    ("question", "values", "answer"),
    [
        (ONE, ["0"], 0),
        (ONE, [" 2 "], 2),
        (SEVERAL, ["2", "0"], (0, 2)),
        (SEVERAL, ["1", "1"], (1,)),
        (SEVERAL, [], None),
        (SEVERAL, [""], None),
        (SCALE, ["5"], 5),
        (TEXT, ["  Mooi!\r\nGroen. "], "Mooi!\nGroen."),
        (TEXT, ["a" * 20], "a" * 20),
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
        (ONE, ["3"], "answer_unknown"),
        (ONE, ["-1"], "answer_unknown"),
        (ONE, ["01"], "answer_unknown"),
        (ONE, ["²"], "answer_unknown"),
        (ONE, ["0", "1"], "answer_unknown"),
        (SEVERAL, ["0", "7"], "answer_unknown"),
        (SEVERAL, ["0", "1", "2"], "answer_too_many"),
        (SCALE, ["0"], "answer_unknown"),
        (SCALE, ["6"], "answer_unknown"),
        (TEXT, [" \x00 "], "answer_missing"),
        (TEXT, ["a" * 21], "answer_too_long"),
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
        (OneChoice(id="a", text="", options=("x", "y")), "text_missing"),
        (OneChoice(id="a", text="x" * 301, options=("x", "y")), "text_long"),
        (OneChoice(id="a", text="?", options=("x",)), "options_count"),
        (OneChoice(id="a", text="?", options=tuple(map(str, range(21)))), "options_count"),
        (OneChoice(id="a", text="?", options=("x", "x")), "options_double"),
        (OneChoice(id="a", text="?", options=("x", "y" * 201)), "options_long"),
        (SeveralChoices(id="a", text="?", options=("x", "y"), most=3), "most_wrong"),
        (SeveralChoices(id="a", text="?", options=("x", "y"), most=1), "most_wrong"),
        (Scale(id="a", text="?", steps=2, low="x", high="y"), "steps_wrong"),
        (Scale(id="a", text="?", steps=5, low="", high="y"), "ends_missing"),
        (Scale(id="a", text="?", steps=5, low="x" * 201, high="y"), "options_long"),
        (OpenText(id="a", text="?", limit=0), "limit_wrong"),
        (OpenText(id="a", text="?", limit=2001), "limit_wrong"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(question: Question, code: str) -> None:
    found = question.problem()
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("question", [ONE, SEVERAL, SCALE, TEXT])
def test_a_good_question_has_no_problem(question: Question) -> None:
    assert question.problem() is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ONE, 3),
        (ONE, True),
        (ONE, "0"),
        (SEVERAL, []),
        (SEVERAL, [1, 0]),
        (SEVERAL, [0, 0]),
        (SEVERAL, [0, 1, 2]),
        (SEVERAL, 1),
        (SCALE, 0),
        (TEXT, ""),
        (TEXT, " a"),
        (TEXT, "a" * 21),
    ],
)
def test_an_answer_outside_the_domain_is_seen(question: Question, answer: object) -> None:
    assert not question.holds(answer)


def test_a_text_is_composed_and_rid_of_control_signs() -> None:
    assert clean("e\u0301\x00\x07\r\nb\rc\t") == "é\nb\nc"


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        (ONE, 1, "Koop"),
        (SEVERAL, (0, 2), "Prijs · Groen"),
        (SCALE, 1, "1 – Niet"),
        (SCALE, 3, "3"),
        (SCALE, 5, "5 – Heel"),
        (TEXT, "Mooi!", "Mooi!"),
    ],
)
def test_an_answer_is_told_in_the_words_of_the_question(
    question: Question, answer: Answer, words: str
) -> None:
    assert question.words(answer) == words
