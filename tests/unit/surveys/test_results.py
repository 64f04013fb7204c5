"""Tables of answers, with small groups kept back."""

from consult.surveys.core.questionnaire import Answers, Questionnaire
from consult.surveys.core.questions.choices import OneChoice, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.results import Row, permille, tabulate, texts

ONE = OneChoice(id="q", text="?", options=("Ja", "Nee", "Anders"))
OPEN_ONE = OneChoice(id="q", text="?", options=("Ja", "Nee"), required=False)
SEVERAL = SeveralChoices(id="q", text="?", options=("x", "y", "z"), most=3, required=False)
SCALE = Scale(id="q", text="?", steps=3, low="l", high="h")
TEXT = OpenText(id="q", text="?", limit=20, required=False)


def sheets(*counts: tuple[object, int]) -> list[Answers]:
    return [
        {} if answer is None else {"q": answer}  # type: ignore[dict-item]  # short to write
        for answer, times in counts
        for _ in range(times)
    ]


def test_large_groups_are_counted_with_their_shares() -> None:
    found = tabulate(Questionnaire((ONE,)), sheets((0, 10), (1, 20), (2, 15)))
    assert found.base == 45
    [table] = found.questions
    assert table.answered == 45
    assert table.rows == (Row("Ja", 10, 222), Row("Nee", 20, 444), Row("Anders", 15, 333))
    assert table.together is None


def test_a_small_count_is_hidden_and_so_is_what_would_give_it_away() -> None:
    [table] = tabulate(Questionnaire((ONE,)), sheets((0, 3), (1, 40), (2, 17))).questions
    assert [row.count for row in table.rows] == [None, 40, None]
    assert table.together == Row(None, 20, 333)
    assert table.answered == 60


def test_when_all_agree_nothing_is_told_of_the_options() -> None:
    [table] = tabulate(Questionnaire((ONE,)), sheets((1, 30))).questions
    assert [row.count for row in table.rows] == [None, None, None]
    assert table.together == Row(None, 30, 1000)


def test_a_question_with_fewer_than_ten_answers_tells_nothing_else() -> None:
    found = tabulate(Questionnaire((OPEN_ONE,)), sheets((0, 9), (None, 50)))
    [table] = found.questions
    assert found.base == 59
    assert not table.enough
    assert (table.answered, table.rows, table.together) == (None, (), None)


def test_a_consultation_with_fewer_than_ten_people_does_not_even_tell_how_many() -> None:
    found = tabulate(Questionnaire((ONE,)), sheets((0, 9)))
    assert found.base is None
    assert not found.questions[0].enough


def test_leaving_a_question_open_is_a_cell_of_its_table() -> None:
    [table] = tabulate(Questionnaire((OPEN_ONE,)), sheets((0, 30), (1, 20), (None, 15))).questions
    assert table.rows[-1] == Row(None, 15, 231)
    assert table.answered == 50


def test_how_few_left_a_question_open_is_not_told() -> None:
    [table] = tabulate(Questionnaire((OPEN_ONE,)), sheets((0, 30), (1, 20), (None, 5))).questions
    assert [row.count for row in table.rows] == [30, None, None]
    assert table.answered is None


def test_several_choices_hide_both_who_are_few_and_who_are_nearly_all() -> None:
    found = tabulate(
        Questionnaire((SEVERAL,)), sheets(((0,), 40), ((0, 1), 20), ((0, 2), 5), (None, 3))
    )
    [table] = found.questions
    assert [row.count for row in table.rows] == [None, 20, None]
    assert table.answered is None
    assert table.together is None


def test_a_scale_has_a_row_for_each_step() -> None:
    [table] = tabulate(Questionnaire((SCALE,)), sheets((1, 10), (2, 10), (3, 12))).questions
    assert [(row.label, row.count) for row in table.rows] == [
        ("1 – l", 10),
        ("2", 10),
        ("3 – h", 12),
    ]


def test_open_texts_are_counted_but_never_in_the_tables() -> None:
    [table] = tabulate(Questionnaire((TEXT,)), sheets(("Naam en adres", 12), (None, 20))).questions
    assert (table.answered, table.rows) == (12, ())


def test_texts_come_in_the_order_of_the_alphabet_and_only_from_ten_people_on() -> None:
    given = [{"q": sign} for sign in "jihgfedcba"]
    assert texts(TEXT, [*given, {}]) == tuple("abcdefghij")
    assert texts(TEXT, given[:9]) == ()


def test_shares_are_exact_and_rounded_half_up() -> None:
    assert permille(1, 2000) == 1
    assert permille(1, 2001) == 0
    assert permille(2, 3) == 667
    assert permille(7, 7) == 1000
