"""Drafts: what is kept, where somebody goes on, and answers as values of form fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.core.asking import fields
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Declined, Question
from consult.surveys.core.asking.questions.choices import Ranking
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Channel
from consult.surveys.core.taking_part.filling import (
    Draft,
    first_open,
    from_bytes,
    is_routed,
    page_after,
    page_before,
    quotable,
    size,
    to_bytes,
)
from consult.surveys.core.taking_part.paper import Paper
from tests.consultations import QUESTIONS
from tests.every_kind import EVERY_KIND
from tests.questionnaires import questionnaires, sheets

PLAIN = Questionnaire((Section("s1", questions=QUESTIONS),))
LENGTH = size(EVERY_KIND)


def find(question_id: str) -> Question:
    found = EVERY_KIND.find(question_id)
    assert found is not None
    return found


def test_a_draft_is_the_same_after_writing_and_reading() -> None:
    draft = Draft(
        {"heat": "cold", "costs": Declined.RATHER_NOT, "share": (7, 0, 3)},
        {"works": ("roof",)},
        frozenset({"more"}),
        frozenset({"hello", "heat"}),
        "roof",
    )
    kept = to_bytes(draft, LENGTH)
    assert len(kept) == LENGTH
    assert from_bytes(kept) == draft


def test_what_was_typed_gives_way_where_a_draft_is_full_and_answers_never_do() -> None:
    draft = Draft({"heat": "cold"}, {"more": ("x" * LENGTH,)})
    kept = from_bytes(to_bytes(draft, LENGTH))
    assert kept.answers == draft.answers
    assert kept.typed == {}


@given(st.data())
def test_any_sheet_fits_into_a_draft_of_its_questionnaire(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    answers = data.draw(sheets(asked))
    ids = frozenset(question.id for question in asked.questions)
    full = Draft(answers, {}, ids, ids)
    kept = to_bytes(full, size(asked))
    assert len(kept) == size(asked)
    assert from_bytes(kept) == full


@given(st.data())
def test_what_is_sent_is_a_finished_sheet_or_something_is_missing(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    sheet = Draft(data.draw(sheets(asked))).sheet(asked, Channel.WEB)
    assert asked.holds(sheet.answers) or asked.missing(sheet.answers)


def test_going_past_keeps_the_answer_and_going_past_without_one_drops_it() -> None:
    question = find("more")
    draft = Draft().past(question, "Warmer.", quote=True)
    assert draft.answers == {"more": "Warmer."}
    assert draft.quotes == {"more"}
    assert draft.past(question, None) == Draft(seen=frozenset({"more"}))


def test_what_is_unfinished_is_no_answer_any_more() -> None:
    draft = Draft().past(find("works"), ("roof", "lift", "paint"))
    halfway = draft.unfinished(find("works"), ("roof",), "roof")
    assert halfway.answers == {}
    assert halfway.typed == {"works": ("roof",)}
    assert halfway.moved == "roof"
    done = halfway.past(find("works"), ("roof", "lift", "paint"))
    assert (done.typed, done.moved) == ({}, "")


def test_only_what_is_reached_is_sent_and_quoted() -> None:
    draft = Draft({"heat": "warm", "how_cold": 3}, quotes=frozenset({"more"}))
    sheet = draft.sheet(EVERY_KIND, Channel.PAPER)
    assert sheet.answers == {"heat": "warm"}
    assert sheet.quotes == frozenset()
    assert sheet.channel is Channel.PAPER


def test_somebody_goes_on_at_the_first_page_that_she_did_not_go_past() -> None:
    assert first_open(EVERY_KIND, Draft()) == "hello"
    seen = frozenset({"hello", "heat"})
    assert first_open(EVERY_KIND, Draft({"heat": "cold"}, seen=seen)) == "how_cold"
    assert first_open(EVERY_KIND, Draft({"heat": "warm"}, seen=seen)) == "costs"
    every = frozenset(question.id for question in EVERY_KIND.questions)
    assert first_open(EVERY_KIND, Draft(seen=every)) is None


def test_pages_follow_each_other_as_they_are_reached() -> None:
    warm = Draft({"heat": "warm"})
    assert page_after(EVERY_KIND, warm, "heat") == "costs"
    assert page_before(EVERY_KIND, warm, "costs") == "heat"
    assert page_before(EVERY_KIND, warm, "hello") is None
    assert page_after(EVERY_KIND, warm, "health") is None


def test_a_questionnaire_is_routed_when_anything_in_it_is() -> None:
    assert is_routed(EVERY_KIND)
    assert not is_routed(PLAIN)


def test_own_words_may_be_quoted_unless_they_are_sensitive() -> None:
    can = {question.id for question in EVERY_KIND.questions if quotable(question)}
    assert can == {"floor", "more"}


# Form fields


@given(st.data())
def test_the_fields_of_an_answer_give_that_answer(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    for question_id, answer in data.draw(sheets(asked)).items():
        question = asked.find(question_id)
        assert question is not None
        assert fields.parse(question, fields.values(question, answer)) == answer


RANKING = find("works")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "up", "down", "drop", "jump", ""]),
            st.sampled_from(["roof", "doors", "lift", "paint", "nothing", ""]),
        ),
        max_size=30,
    )
)
def test_buttons_never_leave_more_than_a_ranking_holds(acts: list[tuple[str, str]]) -> None:
    assert isinstance(RANKING, Ranking)
    ranked: tuple[str, ...] = ()
    for act, code in acts:
        ranked = fields.rearranged(RANKING, ranked, f"{act}:{code}")
        assert len(ranked) <= RANKING.places
        assert len(set(ranked)) == len(ranked)
        assert set(ranked) <= set(RANKING.codes())


@pytest.mark.parametrize("codes", [(), ("roof",), ("roof", "lift"), ("roof", "lift", "paint")])
def test_up_takes_back_what_down_did(codes: tuple[str, ...]) -> None:
    assert isinstance(RANKING, Ranking)
    for code in codes[:-1]:
        down = fields.rearranged(RANKING, codes, f"down:{code}")
        assert fields.rearranged(RANKING, down, f"up:{code}") == codes


# Texts


def test_an_answer_is_never_read_for_jargon_or_pipes() -> None:
    for hostile in ("[servicekosten]", "{heat|x}"):
        asked = Paper(EVERY_KIND, {"heat": "cold", "floor": hostile})
        parts = asked.parts(words("Etage {floor|onbekend}."), "nl")
        assert [(part.text, part.term) for part in parts] == [(f"Etage {hostile}.", None)]


def test_a_preview_fills_nothing_in() -> None:
    assert Paper().plain(words("Etage {floor|onbekend}."), "nl") == "Etage onbekend."
