"""Whatever questionnaire passes the check: everybody gets through it, and every page is reached.

Answers of enumerated people are the judge: nothing here asks ``core/reaching.py`` about itself.
"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.surveys.core.asking.answers import draft_from_data, from_data, to_data
from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.format import dump, read
from consult.surveys.core.asking.progress import progress
from consult.surveys.core.asking.questionnaire import Answers, Questionnaire
from consult.surveys.core.asking.questions.base import Answer
from consult.surveys.core.asking.reaching import paths, reach
from tests.questionnaires import domain, questionnaires, sheets

LONG = pytest.mark.slow


def people(questionnaire: Questionnaire) -> list[Answers]:
    """Everybody: each way to answer what rules are about, and the first way for the rest."""
    ruled = {
        rule.question
        for section in questionnaire.sections
        for when in (section.when, *(q.when for q in section.questions))
        for rule in when.rules
    }
    ways: list[list[Answer | None]] = []
    for question in questionnaire.questions:
        found: list[Answer | None] = list(domain(question)) if question.asks else [None]
        found = found if question.id in ruled else found[-1:]
        ways.append(found if question.required else [*found, None])
    names = [question.id for question in questionnaire.questions]
    return [
        questionnaire.kept({n: a for n, a in zip(names, one, strict=True) if a is not None})
        for one in product(*ways)
    ]


def small(questionnaire: Questionnaire) -> bool:
    size = 1
    for question in questionnaire.questions:
        size *= len(domain(question)) + 1
    return size <= 20_000


def the_check_says_what_everybody_finds(asked: Questionnaire) -> None:
    everybody = people(asked)
    met = {q.id for answers in everybody for q in asked.asked(answers)}
    found = check(asked)
    said = {one.place for one in found.problems if one.code == "unreachable"}
    nobody = {q.id for q in asked.questions} - met
    assert any(question.asks for question in asked.asked({})) == (len(asked) > 0)
    if any(one.code != "unreachable" for one in found.problems):
        return
    assert said == nobody
    always = {one.place for one in found.warnings if one.code == "rule_always"}
    for section in asked.sections:
        for question in section.questions:
            if question.when and question.id in met:
                before = [_before(asked, answers, question.id) for answers in everybody]
                come = [one for one in before if section.when.holds(one)]
                assert (question.id in always) == all(map(question.when.holds, come))


def _before(asked: Questionnaire, answers: Answers, question_id: str) -> Answers:
    names = [q.id for q in asked.questions]
    return {n: answers[n] for n in names[: names.index(question_id)] if n in answers}


def who_is_led_to_a_question_reaches_it(asked: Questionnaire) -> None:
    if check(asked).problems:
        return
    ways = paths(asked)
    assert ways.keys() == {q.id for q in asked.questions}
    for question_id, way in ways.items():
        assert asked.holds(way)
        assert question_id in {q.id for q in asked.asked(way)}


def nobody_gets_stuck(asked: Questionnaire, answers: Answers) -> None:
    if check(asked).problems:
        return
    assert asked.holds(answers)
    assert any(q.asks for q in asked.asked(answers))
    assert from_data(asked, to_data(answers)) == answers
    reached = asked.asked(answers)
    order = [q.id for q in asked.questions]
    assert [order.index(q.id) for q in reached] == sorted(order.index(q.id) for q in reached)


def another_answer_drops_exactly_what_is_shut_off(
    asked: Questionnaire, answers: Answers, other: Answers, name: str
) -> None:
    changed = {**answers, name: other[name]} if name in other else answers
    kept = asked.kept(changed)
    assert asked.kept(kept) == kept
    reached = {q.id for q in asked.asked(kept)}
    assert kept == {n: a for n, a in changed.items() if n in reached}
    for question_id, answer in kept.items():
        question = asked.find(question_id)
        assert question is not None
        assert question.holds(answer)


def the_share_done_never_falls_and_ends_at_all(asked: Questionnaire, answers: Answers) -> None:
    so_far: Answers = {}
    last = -1
    reached = asked.asked(answers)
    for place, question in enumerate(reached, 1):
        found = progress(asked, so_far, question.id)
        assert found.number == place
        assert found.most_left >= len(reached) - place
        assert found.permille > last or found.permille == last == 0
        last = found.permille
        if question.id in answers:
            so_far[question.id] = answers[question.id]
    if reached:
        assert progress(asked, so_far, reached[-1].id).most_left >= 0
        ruled = any(s.when or any(q.when for q in s.questions) for s in asked.sections)
        if not ruled:
            assert progress(asked, {}, reached[0].id).most_left == len(reached) - 1


def a_file_is_read_as_it_was_written(asked: Questionnaire) -> None:
    written = dump(asked)
    again = read(written.encode())
    assert again == asked
    assert dump(again) == written


def all_of_it(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    a_file_is_read_as_it_was_written(asked)
    who_is_led_to_a_question_reaches_it(asked)
    if small(asked):
        the_check_says_what_everybody_finds(asked)
    answers = data.draw(sheets(asked))
    nobody_gets_stuck(asked, answers)
    the_share_done_never_falls_and_ends_at_all(asked, answers)
    name = data.draw(st.sampled_from([q.id for q in asked.questions]))
    other = data.draw(sheets(asked))
    another_answer_drops_exactly_what_is_shut_off(asked, answers, other, name)


@settings(max_examples=120)
@given(st.data())
def test_questionnaires_and_people(data: st.DataObject) -> None:
    all_of_it(data)


@LONG
@settings(max_examples=10_000)
@given(st.data())
def test_ten_thousand_questionnaires_and_people(data: st.DataObject) -> None:
    all_of_it(data)


@given(questionnaires(), st.recursive(st.none() | st.text() | st.integers(), st.lists))
def test_what_is_no_answer_is_never_read_as_one(asked: Questionnaire, value: object) -> None:
    name = asked.questions[0].id
    found = draft_from_data({name: value})
    if found is not None and name in found:
        kept = asked.kept(found)
        assert name not in kept or asked.questions[0].holds(found[name])


def test_a_question_that_contradictory_rules_guard_is_named() -> None:
    asked = read(CONTRADICTION.encode())
    assert [(p.code, p.place) for p in check(asked).problems] == [("unreachable", "c")]
    assert reach(asked, "c").way is None


CONTRADICTION = """{"format": "consult-questionnaire/1", "sections": [{"id": "s", "questions": [
{"kind": "one", "id": "a", "text": {"nl": "?"}, "options": [{"code": "x", "text": {"nl": "X"}},
{"code": "y", "text": {"nl": "Y"}}]},
{"kind": "scale", "id": "b", "text": {"nl": "?"}, "steps": 5, "low": {"nl": "-"},
"high": {"nl": "+"}, "when": {"rules": [{"question": "a", "any_of": ["x"]}]}},
{"kind": "statement", "id": "c", "text": {"nl": "."}, "when": {"rules": [
{"question": "a", "none_of": ["x"]}, {"question": "b", "at_least": 1}]}}]}]}"""
