"""What stands in the way of asking a questionnaire, at its place."""

from dataclasses import replace

import pytest

from consult.surveys.core.asking import checking, reaching
from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.piping import filled, pipes
from consult.surveys.core.asking.progress import progress
from consult.surveys.core.asking.questionnaire import Questionnaire, Section, Term
from consult.surveys.core.asking.questions.base import Declined, Problem, Question
from consult.surveys.core.asking.reaching import TooMuch, reach
from consult.surveys.core.asking.terms import explained, parts
from consult.surveys.core.asking.words import Words, words
from tests.unit.surveys.test_questions import (
    DAY,
    ONE,
    PEOPLE,
    POINTS,
    RANKING,
    READ,
    SCALE,
    SEVERAL,
    TEXT,
)


def asked(*questions: Question, terms: tuple[Term, ...] = ()) -> Questionnaire:
    return Questionnaire((Section("s", questions=questions),), terms)


def when(*rules: Rule, every: bool = True) -> Condition:
    return Condition(rules, every)


def any_of(question: str, *codes: str) -> Rule:
    return Rule(question, Compare.ANY_OF, codes)


def at_least(question: str, number: int) -> Rule:
    return Rule(question, Compare.AT_LEAST, number=number)


def text(**texts: str) -> Words:
    return words(texts)


BAD = replace(ONE.options[0], code="Nee!", words=words("Geen"))
SECRET = replace(ONE, required=False, declines=(Declined.RATHER_NOT,), sensitive=True)


@pytest.mark.parametrize(
    ("questionnaire", "problem"),
    [
        (asked(READ), Problem("questions_missing")),
        (asked(ONE, replace(SCALE, id="a")), Problem("id_double", place="a")),
        (asked(replace(ONE, id="A b")), Problem("id_wrong", place="A b")),
        (
            Questionnaire((Section("s", questions=(ONE,)), Section("s", questions=(SCALE,)))),
            Problem("id_double", place="s"),
        ),
        (
            Questionnaire((Section("s", questions=(ONE,)), Section("t"))),
            Problem("section_empty", place="t"),
        ),
        (
            Questionnaire(tuple(Section(f"s{n}", questions=(ONE,)) for n in range(21))),
            Problem("sections_many", 20),
        ),
        (
            asked(ONE, terms=tuple(Term(words(str(n)), words("x")) for n in range(41))),
            Problem("terms_many", 40),
        ),
        (asked(replace(ONE, options=(BAD, *ONE.options))), Problem("code_wrong", place="a")),
        (asked(replace(ONE, when=when(any_of("z", "x")))), Problem("rule_unknown", place="a")),
        (asked(replace(ONE, when=when(any_of("a", "o1")))), Problem("rule_later", place="a")),
        (
            asked(replace(ONE, when=when(at_least("c", 2))), SCALE),
            Problem("rule_later", place="a"),
        ),
        (asked(TEXT, replace(ONE, when=when(any_of("d", "x")))), Problem("rule_kind", place="a")),
        (asked(DAY, replace(ONE, when=when(any_of("h", "x")))), Problem("rule_kind", place="a")),
        (
            asked(RANKING, replace(ONE, when=when(any_of("e", "o1")))),
            Problem("rule_kind", place="a"),
        ),
        (
            asked(POINTS, replace(ONE, when=when(any_of("i", "o1")))),
            Problem("rule_kind", place="a"),
        ),
        (asked(ONE, replace(SCALE, when=when(at_least("a", 1)))), Problem("rule_kind", place="c")),
        (
            asked(SECRET, replace(SCALE, when=when(any_of("a", "o1")))),
            Problem("rule_kind", place="c"),
        ),
        (asked(ONE, replace(SCALE, when=when(any_of("a", "x")))), Problem("rule_code", place="c")),
        (asked(ONE, replace(SCALE, when=when(any_of("a")))), Problem("rule_code", place="c")),
        (
            asked(SCALE, replace(ONE, when=when(at_least("c", 6)))),
            Problem("rule_number", place="a"),
        ),
        (
            asked(PEOPLE, replace(ONE, when=when(at_least("g", 0)))),
            Problem("rule_number", place="a"),
        ),
        (
            asked(SCALE, replace(ONE, when=when(*(at_least("c", 2) for _ in range(11))))),
            Problem("rules_many", 10, "a"),
        ),
        (asked(ONE, replace(SCALE, text=words("{z|x}"))), Problem("pipe_unknown", place="c")),
        (asked(replace(ONE, help=words("{c|x}")), SCALE), Problem("pipe_later", place="a")),
        (asked(TEXT, replace(ONE, text=words("{d|x}"))), Problem("pipe_kind", place="a")),
        (asked(SECRET, replace(SCALE, text=words("{a|x}"))), Problem("pipe_kind", place="c")),
    ],
)
def test_what_is_wrong_is_named_at_its_place(
    questionnaire: Questionnaire, problem: Problem
) -> None:
    assert problem in check(questionnaire).problems


def test_a_good_questionnaire_has_no_findings() -> None:
    assert check(asked(ONE, SEVERAL, SCALE, TEXT)) == checking.Findings()


def test_rules_that_always_hold_are_odd() -> None:
    always = asked(PEOPLE, replace(ONE, when=when(at_least("g", 1))))
    assert check(always).warnings == (Problem("rule_always", place="a"),)
    gap = when(at_least("g", 5), Rule("g", Compare.AT_MOST, number=2), every=False)
    assert check(asked(PEOPLE, replace(ONE, when=gap))).warnings == ()
    skipped = asked(replace(PEOPLE, required=False), replace(ONE, when=when(at_least("g", 1))))
    assert check(skipped).warnings == ()


def test_languages_that_name_different_answers_are_odd() -> None:
    odd = replace(SCALE, text=text(nl="{a|dit}", en="this"))
    assert check(asked(ONE, odd)).warnings == (Problem("pipe_languages", place="c"),)


def test_a_mark_that_is_no_term_is_odd() -> None:
    marked = asked(replace(ONE, text=words("Wat zijn [servicekosten]?")))
    assert check(marked).warnings == (Problem("term_unknown", place="a"),)
    term = Term(words("Servicekosten"), words("Wat u betaalt naast de huur."))
    assert check(replace(marked, terms=(term,))).warnings == ()


def test_more_ways_than_are_looked_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "MOST_WAYS", 3)
    twice = asked(
        ONE,
        replace(ONE, id="b"),
        replace(SCALE, when=when(any_of("a", "o1"), any_of("b", "o1"))),
    )
    with pytest.raises(TooMuch):
        reach(twice, "c")
    assert Problem("routing_complex", place="c") in check(twice).problems


def test_more_work_than_a_request_may_take_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "MOST_WORK", 3)
    routed = replace(SCALE, when=when(any_of("a", "o1"), any_of("b", "o1")))
    twice = asked(ONE, replace(ONE, id="b"), routed, replace(routed, id="d"))
    assert check(twice).problems == (Problem("routing_complex", place="c"),)


def test_a_question_that_is_not_there_cannot_be_reached() -> None:
    with pytest.raises(ValueError, match="no question z"):
        reach(asked(ONE), "z")


def test_the_answer_stands_in_a_later_text() -> None:
    one = asked(ONE, SCALE)
    said = "U koos {a|niets}. {a} {x|y|z} {b|iets}"
    assert [pipe.question for pipe in pipes(said)] == ["a", "b"]
    assert filled(said, one, {"a": "o1"}, "nl") == "U koos Koop. {a} {x|y|z} iets"
    assert filled(said, one, {}, "nl") == "U koos niets. {a} {x|y|z} iets"
    assert filled(said, one, {"a": Declined.DONT_KNOW}, "nl").startswith("U koos niets.")


def test_an_answer_that_looks_like_a_pipe_stays_what_it_is() -> None:
    short = replace(TEXT, short=True)
    assert filled("{d|niets}", asked(short), {"d": "{d|x}"}, "nl") == "{d|x}"


def test_marked_terms_are_found_whatever_their_capitals() -> None:
    term = Term(text(nl="servicekosten", tr="hizmet bedeli"), words("Naast de huur."))
    found = parts("Hoge [Servicekosten] [of niet]?", (term,), "nl")
    assert [(part.text, part.term) for part in found] == [
        ("Hoge ", None),
        ("Servicekosten", term),
        (" [of niet]?", None),
    ]
    assert explained(["[Hizmet bedeli]", "[hizmet bedeli]"], (term,), "tr") == (term,)
    assert explained(["Geen"], (term,), "nl") == ()


def test_progress_counts_what_may_still_follow() -> None:
    owner = replace(SCALE, when=when(any_of("a", "o1")))
    routed = asked(ONE, owner, TEXT)
    first = progress(routed, {}, "a")
    assert (first.number, first.most_left, first.permille) == (1, 2, 0)
    tenant = progress(routed, {"a": "o0"}, "d")
    assert (tenant.number, tenant.most_left, tenant.permille) == (2, 0, 500)
    with pytest.raises(ValueError, match="c is not reached"):
        progress(routed, {"a": "o0"}, "c")
