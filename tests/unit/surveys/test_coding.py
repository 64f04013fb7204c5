"""Frames, agreement of two coders and what may be told of topics, worked by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.raters import Level
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.open_answers.coding import (
    Frame,
    Topic,
    agreement,
    count_topics,
    differences,
    needed,
    outcome,
    shares,
)

GREEN, LIFT, NOISE = Topic("g", "Groen"), Topic("l", "Lift"), Topic("n", "Lawaai", "Ook muziek")
FRAME = Frame((GREEN, LIFT, NOISE))


def coded(**named: str) -> dict[str, frozenset[str]]:
    """Topics of one letter by text."""
    return {text: frozenset(topics) for text, topics in named.items()}


FIRST = coded(a="g", b="g", c="l", d="", e="gl")
SECOND = coded(a="g", b="", c="l", d="", f="n")


def test_a_topic_is_added_changed_and_dropped() -> None:
    more = FRAME.put(Topic("x", "Schoon"))
    assert isinstance(more, Frame)
    assert more.ids == {"g", "l", "n", "x"}
    changed = more.put(Topic("x", "Vuil"))
    assert isinstance(changed, Frame)
    assert [topic.label for topic in changed.topics] == ["Groen", "Lift", "Lawaai", "Vuil"]
    assert changed.drop("x") == FRAME


@pytest.mark.parametrize(
    ("topic", "code"),
    [
        (Topic("x", ""), "label_missing"),
        (Topic("x", "a" * 61), "label_long"),
        (Topic("x", "a", "b" * 301), "explanation_long"),
        (Topic("x", "groen"), "label_double"),
    ],
)
def test_a_topic_that_cannot_be_is_refused(topic: Topic, code: str) -> None:
    found = FRAME.put(topic)
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_frame_holds_two_to_fifteen_topics() -> None:
    assert FRAME.problem() is None
    assert replace(FRAME, topics=(GREEN,)).problem() == Problem("topics_few", 2)
    full = Frame(tuple(Topic(str(n), str(n)) for n in range(15)))
    assert full.put(GREEN) == Problem("topics_many", 15)


def test_coders_agree_as_worked_by_hand() -> None:
    # a–d were judged by both. Green: (1,1) (1,0) (0,0) (0,0): of 8 values 3 are yes, so
    # alpha = 1 - (8 - 1) * 2 / (64 - 9 - 25). Lift: full agreement with differences. Noise: none.
    found = agreement(FRAME, FIRST, SECOND)
    assert found.texts == 4
    assert found.topics == {"g": 1 - Fraction(14, 30), "l": 1, "n": None}
    # Together 24 values, 5 of them yes; one unit differs.
    assert found.overall == 1 - Fraction(23 * 2, 24 * 24 - 25 - 19 * 19)
    assert found.level is Level.TENTATIVE


def test_without_texts_in_common_there_is_no_agreement() -> None:
    assert agreement(FRAME, coded(a="g"), coded(b="g")).level is Level.UNKNOWN


def test_a_difference_waits_until_somebody_settles_it() -> None:
    assert differences(FIRST, SECOND) == ("b",)
    assert outcome(FIRST, SECOND, {}) is None
    assert outcome(FIRST, SECOND, coded(b="n")) == coded(a="g", b="n", c="l", d="", e="gl", f="n")


def test_topics_are_counted_by_text() -> None:
    found = count_topics(FRAME, coded(a="g", b="gl", c=""))
    assert found.base == 3
    assert found.topics == ((GREEN, 2), (LIFT, 1), (NOISE, 0))


@pytest.mark.parametrize(("texts", "least"), [(0, 0), (7, 7), (100, 100), (4000, 100)])
def test_each_coder_judges_a_hundred_or_all(texts: int, least: int) -> None:
    assert needed(texts) == least


def test_a_share_has_the_interval_of_wilson() -> None:
    found = count_topics(FRAME, {str(n): frozenset("g" if n < 81 else "") for n in range(263)})
    [green, lift, _noise] = shares(found)
    # Newcombe (1998), Statistics in Medicine 17:857-872, table I: 81 of 263, method 3.
    assert green.interval is not None
    assert (green.interval.low, green.interval.high) == pytest.approx((0.2553, 0.3662), abs=0.00005)
    assert (green.count, green.share) == (81, pytest.approx(0.3080, abs=0.00005))
    assert (lift.count, lift.share, lift.interval) == (None, None, None)


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([5, 10]))
def test_neither_who_named_a_topic_nor_who_did_not_are_ever_few(
    named: int, others: int, least: int
) -> None:
    texts = {str(n): frozenset("g" if n < named else "") for n in range(named + others)}
    green = shares(count_topics(FRAME, texts), least)[0]
    assert (green.count is not None) == (named >= least and others >= least)
