"""Questions in order, and their form as JSON."""

from consult.surveys.core.questionnaire import Questionnaire, dump, load
from consult.surveys.core.questions import OneChoice, OpenText, Problem
from tests.unit.surveys.test_questions import ONE, SCALE, SEVERAL, TEXT

ALL = Questionnaire((ONE, SEVERAL, SCALE, TEXT))


def test_a_questionnaire_is_the_same_after_writing_and_reading() -> None:
    assert load(dump(ALL)) == ALL


def test_its_written_form_is_canonical() -> None:
    assert dump(load(dump(ALL))) == dump(ALL)
    assert ": " not in dump(ALL)


def test_a_question_is_added_at_the_end_replaced_in_place_and_taken_out() -> None:
    changed = OneChoice(id="b", text="Anders", options=("x", "y"))
    assert ALL.put(changed).questions == (ONE, changed, SCALE, TEXT)
    assert Questionnaire().put(ONE).questions == (ONE,)
    assert ALL.drop("b").questions == (ONE, SCALE, TEXT)


def test_a_question_moves_as_far_as_there_is_room() -> None:
    assert [q.id for q in ALL.move("c", -1).questions] == ["a", "c", "b", "d"]
    assert [q.id for q in ALL.move("a", -1).questions] == ["a", "b", "c", "d"]
    assert [q.id for q in ALL.move("d", 1).questions] == ["a", "b", "c", "d"]
    assert ALL.move("unknown", 1) == ALL


def test_a_questionnaire_without_questions_cannot_be_asked() -> None:
    assert Questionnaire().problem() == Problem("questions_missing")


def test_more_questions_than_people_finish_cannot_be_asked() -> None:
    many = Questionnaire(
        tuple(OneChoice(id=str(n), text="?", options=("x", "y")) for n in range(51))
    )
    assert many.problem() == Problem("questions_many", 50)


def test_more_text_than_an_envelope_holds_cannot_be_asked() -> None:
    long = Questionnaire(tuple(OpenText(id=str(n), text="?", limit=2000) for n in range(3)))
    assert long.problem() == Problem("answers_long")


def test_a_question_that_cannot_be_asked_is_named() -> None:
    assert ALL.put(OneChoice(id="e", text="", options=("x", "y"))).problem() == Problem(
        "text_missing"
    )
    assert ALL.problem() is None


def test_answers_from_an_envelope_are_read_in_the_domain_only() -> None:
    good = {"a": 0, "b": [0, 2], "c": 5, "d": "Fijn"}
    assert ALL.read(good) == {"a": 0, "b": (0, 2), "c": 5, "d": "Fijn"}
    assert ALL.read({**good, "x": 1}) is None
    assert ALL.read({**good, "a": 9}) is None
    assert ALL.read({"b": [0], "c": 5, "d": "Fijn"}) is None
    assert ALL.read([1]) is None
    assert ALL.read(None) is None


def test_the_required_questions_without_an_answer_are_listed() -> None:
    assert ALL.missing({"a": 1}) == (SCALE, TEXT)
