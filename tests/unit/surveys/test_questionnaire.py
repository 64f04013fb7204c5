"""Questions in order, in sections, and what of them somebody comes by."""

from dataclasses import replace

from consult.surveys.core.asking.answers import from_data, to_data
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.format import dump, load
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire, Section, Term
from consult.surveys.core.asking.questions.base import Declined, Problem
from consult.surveys.core.asking.questions.choices import OneChoice
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.asking.words import words
from tests.unit.surveys.test_questions import ALL as KINDS
from tests.unit.surveys.test_questions import ASK, ONE, SCALE, SEVERAL, TEXT, options

ALL = Questionnaire((Section("s1", questions=(ONE, SEVERAL, SCALE, TEXT)),))
OWNERS = Condition((Rule("a", Compare.ANY_OF, ("o1",)),))
TWO = Questionnaire(
    (
        Section("s1", words({"nl": "Wonen", "ar": "السكن"}), questions=(ONE, SCALE)),
        Section("s2", intro=words("Over koop."), questions=(TEXT,), when=OWNERS),
    ),
    (Term(words("servicekosten"), words("Wat u betaalt naast de huur.")),),
)


def test_a_questionnaire_is_the_same_after_writing_and_reading() -> None:
    every = Questionnaire((Section("s1", questions=KINDS),))
    for one in (ALL, TWO, every, Questionnaire()):
        assert load(dump(one)) == one
        assert dump(load(dump(one))) == dump(one)


def test_a_question_is_added_at_the_end_replaced_in_place_and_taken_out() -> None:
    changed = OneChoice(id="b", text=words("Anders"), options=options("x", "y"))
    assert ALL.put(changed).questions == (ONE, changed, SCALE, TEXT)
    assert Questionnaire().put(ONE).questions == (ONE,)
    assert ALL.drop("b").questions == (ONE, SCALE, TEXT)
    assert TWO.put(changed, "s1").sections[0].questions == (ONE, SCALE, changed)


def test_a_question_moves_as_far_as_there_is_room() -> None:
    assert [q.id for q in ALL.move("c", -1).questions] == ["a", "c", "b", "d"]
    assert [q.id for q in ALL.move("a", -1).questions] == ["a", "b", "c", "d"]
    assert [q.id for q in ALL.move("d", 1).questions] == ["a", "b", "c", "d"]
    assert ALL.move("unknown", 1) == ALL


def test_a_question_moves_into_the_next_section() -> None:
    moved = TWO.move("c", 1)
    assert [[q.id for q in s.questions] for s in moved.sections] == [["a"], ["c", "d"]]
    assert moved.move("c", -1) == TWO


def test_a_questionnaire_without_questions_cannot_be_asked() -> None:
    assert Questionnaire().problem() == Problem("questions_missing")


def test_more_questions_than_people_finish_cannot_be_asked() -> None:
    many = tuple(OneChoice(id=str(n), text=ASK, options=options("x", "y")) for n in range(61))
    assert Questionnaire((Section("s", questions=many),)).problem() == Problem("questions_many", 60)


def test_more_text_than_an_envelope_holds_cannot_be_asked() -> None:
    long = tuple(OpenText(id=str(n), text=ASK, limit=2000) for n in range(3))
    assert Questionnaire((Section("s", questions=long),)).problem() == Problem("answers_long")


def test_a_question_that_cannot_be_asked_is_named() -> None:
    bad = OneChoice(id="e", text=words(""), options=options("x", "y"))
    assert ALL.put(bad).problem() == Problem("text_missing", place="e")
    assert ALL.problem() is None


def test_answers_from_an_envelope_are_read_in_the_domain_only() -> None:
    good = {"a": "o0", "b": ["o0", "o2"], "c": 5, "d": "Fijn"}
    assert from_data(ALL, good) == {"a": "o0", "b": ("o0", "o2"), "c": 5, "d": "Fijn"}
    assert from_data(ALL, {**good, "x": 1}) is None
    assert from_data(ALL, {**good, "a": "o9"}) is None
    assert from_data(ALL, {"b": ["o0"], "c": 5, "d": "Fijn"}) is None
    assert from_data(ALL, [1]) is None
    assert from_data(ALL, None) is None


def test_answers_are_the_same_after_writing_and_reading() -> None:
    unsure = replace(ONE, declines=(Declined.DONT_KNOW,))
    asked = ALL.put(unsure)
    for one in ("o1", Declined.DONT_KNOW):
        given: Answers = {"a": one, "b": ("o1",), "c": 1, "d": "dont_know"}
        assert from_data(asked, to_data(given)) == given


def test_the_required_questions_without_an_answer_are_listed() -> None:
    assert ALL.missing({"a": "o1"}) == (SCALE, TEXT)


def test_a_section_is_asked_of_those_whom_it_concerns() -> None:
    assert [q.id for q in TWO.asked({"a": "o0"})] == ["a", "c"]
    assert [q.id for q in TWO.asked({"a": "o1"})] == ["a", "c", "d"]
    assert [q.id for q in TWO.asked({})] == ["a", "c"]


def test_another_answer_upstream_drops_what_is_no_longer_reached() -> None:
    given: Answers = {"a": "o1", "c": 2, "d": "Fijn"}
    assert TWO.holds(given)
    changed: Answers = {**given, "a": "o0"}
    assert not TWO.holds(changed)
    assert TWO.kept(changed) == {"a": "o0", "c": 2}
