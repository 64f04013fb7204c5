"""What readers see of answers: counts, shares and means, with small groups kept back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Answer, Declined, Option, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText, Statement
from consult.surveys.core.asking.words import words
from consult.surveys.core.counts.cube import cube
from consult.surveys.core.counts.disclosure import INSIDE, OUTSIDE, audit, protect
from consult.surveys.core.counts.results import QuestionResult, Results, views
from consult.surveys.core.counts.tables import Respondent, tally
from consult.surveys.core.counts.uncertainty import Response, told, weighted
from consult.weighing.intervals import wilson

ABC = tuple(Option(code, words(code.upper())) for code in "abc")
ONE = OneChoice(id="q", text=words("?"), options=ABC)
OPEN_ONE = replace(ONE, required=False)
SEVERAL = SeveralChoices(id="q", text=words("?"), options=ABC, most=2)
SCALE = Scale(id="q", text=words("?"), steps=3, low=words("l"), high=words("h"))
RANKING = Ranking(id="q", text=words("?"), options=ABC, places=3)
POINTS = Points(id="q", text=words("?"), options=ABC, total=10)
NUMBER = Number(id="q", text=words("?"), low=0, high=100_000)
TEXT = OpenText(id="q", text=words("?"), limit=20, required=False)


def asked(*questions: Question) -> Questionnaire:
    return Questionnaire((Section("s", questions=questions),))


def people(*answers: tuple[Answer | None, int], **groups: str) -> list[Respondent]:
    """So many people for each answer to question q."""
    return [
        Respondent({} if answer is None else {"q": answer}, groups=groups)
        for answer, times in answers
        for _ in range(times)
    ]


def seen(
    questions: Questionnaire,
    respondents: Iterable[Respondent],
    least: int = OUTSIDE,
    **apart: list[Answer],
) -> Results:
    found = views(questions, respondents, apart, self_selected=False)
    return found.outside if least == OUTSIDE else found.inside


def only(
    question: Question, respondents: Iterable[Respondent], least: int = OUTSIDE
) -> QuestionResult:
    [found] = seen(asked(question), respondents, least).questions
    return found


def counts(found: QuestionResult) -> dict[str, int | None]:
    return {line.code or line.kind: line.count for line in found.total.lines}


def test_of_fewer_than_ten_nothing_is_seen_where_the_law_protects_an_answer() -> None:
    health = replace(OPEN_ONE, sensitive=True, declines=(Declined.RATHER_NOT,), id="health")
    nine = people(("a", 5), ("b", 4))
    found = seen(asked(ONE, health), nine, INSIDE, health=["a"] * 5 + ["c"] * 4)
    assert (found.people, found.questions) == (None, ())
    assert seen(asked(ONE), nine, INSIDE).people == 9


def test_large_groups_are_counted_with_their_shares_and_wilsons_interval() -> None:
    found = only(ONE, people(("a", 10), ("b", 20), ("c", 15)))
    assert counts(found) == {"a": 10, "b": 20, "c": 15}
    assert found.total.asked == found.total.answered == 45
    share = found.total.lines[0].share
    assert share is not None
    assert share.part == 10 / 45
    assert share.interval is not None
    assert (share.interval.low, share.interval.high) == pytest.approx(wilson(10 / 45, 45))


def test_a_small_count_is_hidden_and_so_is_what_would_give_it_away() -> None:
    found = only(ONE, people(("a", 3), ("b", 40), ("c", 17)))
    assert counts(found) == {"a": None, "b": 40, "c": None}


def test_when_all_agree_nothing_is_told_of_the_options() -> None:
    assert not only(ONE, people(("b", 30))).total.shown


def test_inside_the_council_groups_of_five_are_told() -> None:
    told = people(("a", 6), ("b", 40), ("c", 17))
    assert counts(only(ONE, told, INSIDE))["a"] == 6
    assert counts(only(ONE, told))["a"] is None


def test_fewer_people_than_the_limit_are_not_even_counted() -> None:
    found = views(asked(ONE), people(("a", 9)), {}, self_selected=False)
    assert (found.inside.people, found.outside.people) == (9, None)
    assert found.outside.questions == ()
    assert views(asked(ONE), people(("a", 4)), {}, self_selected=False).inside.people is None


def test_outside_shares_of_fewer_than_thirty_people_are_left_out() -> None:
    told = people(("a", 12), ("b", 10))
    assert counts(only(ONE, told)) == {"a": 12, "b": None, "c": None}
    two = replace(ONE, options=ABC[:2])
    assert counts(only(two, told)) == {"a": 12, "b": 10}
    assert only(two, told).total.lines[0].share is None
    assert only(two, told, INSIDE).total.lines[0].share is not None


def test_declining_and_leaving_open_are_rows_of_the_table() -> None:
    question = replace(OPEN_ONE, declines=(Declined.DONT_KNOW,))
    found = only(
        question,
        people(("a", 30), ("b", 20), ("c", 12), (Declined.DONT_KNOW, 14), (None, 24)),
    )
    assert counts(found) == {"a": 30, "b": 20, "c": 12, "dont_know": 14, "open": 24}
    assert (found.total.asked, found.total.answered) == (100, 62)


def test_that_nobody_left_it_open_is_told() -> None:
    assert counts(only(OPEN_ONE, people(("a", 30), ("b", 20), ("c", 12))))["open"] == 0


def test_each_option_of_several_is_a_table_of_its_own() -> None:
    found = only(SEVERAL, people((("a",), 30), (("a", "b"), 20), (("b", "c"), 15)))
    assert counts(found) == {"a": 50, "b": 35, "c": 15}


def test_an_option_that_nearly_everybody_ticked_is_hidden() -> None:
    found = only(SEVERAL, people((("a",), 30), (("a", "b"), 20), (("b", "c"), 4)))
    assert counts(found)["a"] is None
    assert counts(found)["c"] is None


def test_the_base_of_a_routed_question_is_who_was_asked() -> None:
    second = replace(ONE, id="r", when=Condition((Rule("q", Compare.ANY_OF, ("a",)),)))
    one_of = [{"q": "a", "r": "a"}] * 40 + [{"q": "a", "r": "b"}] * 20 + [{"q": "a", "r": "c"}] * 10
    everybody = [Respondent(one) for one in [*one_of, *[{"q": "b"}] * 30, *[{"q": "c"}] * 12]]
    first, routed = seen(asked(ONE, second), everybody).questions
    assert (first.total.asked, routed.total.asked) == (112, 70)
    share = routed.total.lines[0].share
    assert share is not None
    assert share.part == 40 / 70


def test_who_was_asked_does_not_give_a_hidden_answer_away() -> None:
    """That 4 people said c follows from how many were asked the next question."""
    second = replace(ONE, id="r", when=Condition((Rule("q", Compare.NONE_OF, ("c",)),)))
    given = [("a", "a"), ("a", "b"), ("a", "c"), ("b", "a"), ("b", "b")]
    everybody = [Respondent({"q": q, "r": r}) for q, r in given for _ in range(20)]
    everybody += [Respondent({"q": "c"})] * 4
    first, routed = seen(asked(ONE, second), everybody).questions
    assert counts(first)["c"] is None
    assert routed.total.asked is None


@pytest.mark.parametrize(
    "rule",
    [
        Rule("q", Compare.ANY_OF, ("a", "b")),
        Rule("q", Compare.NONE_OF, ("a",)),
        Rule("q", Compare.NONE_OF, ("a", "b")),
    ],
)
@pytest.mark.parametrize("every", [True, False])
def test_what_is_said_of_who_was_asked_is_true_of_ticks_and_numbers_too(
    rule: Rule, every: bool
) -> None:
    number = replace(NUMBER, id="n")
    both = Condition((rule, Rule("n", Compare.AT_LEAST, number=35)), every=every)
    third = replace(ONE, id="r", when=both)
    ticks: list[tuple[str, ...]] = [("a",), ("a", "b"), ("b",), ("b", "c"), ("c",)]
    everybody = []
    for index in range(400):
        given: dict[str, Answer] = {"q": ticks[index % 5], "n": index % 97}
        if both.holds(given):
            given["r"] = "abc"[index % 3]
        everybody.append(Respondent(given, groups={"age": "xy"[index % 2]}))
    counted = tally(asked(SEVERAL, number, third), everybody, {})
    publication = cube(counted, OUTSIDE)
    assert all(relation.holds(publication.counts()) for relation in publication.relations)
    assert audit(publication, protect(publication)) == ()


def test_answers_are_told_by_each_group_but_never_by_two_at_once() -> None:
    everybody = [
        Respondent({"q": "abc"[n % 3]}, groups={"age": "xy"[n % 2], "kind": "pqr"[n % 3 - n % 2]})
        for n in range(300)
    ]
    found = only(ONE, everybody)
    assert {table.where for table in found.groups} <= {
        ("age", "x"),
        ("age", "y"),
        ("kind", "p"),
        ("kind", "q"),
        ("kind", "r"),
    }
    assert [table.where for table in found.groups][:2] == [("age", "x"), ("age", "y")]


def test_a_way_to_make_groups_with_a_small_group_is_not_used() -> None:
    everybody = [*people(("a", 50), ("b", 50), ("c", 50), age="x"), *people(("a", 9), age="y")]
    assert seen(asked(ONE), everybody).groups == {}


def test_what_the_law_protects_is_told_of_everybody_only_and_from_ten_people() -> None:
    question = replace(OPEN_ONE, sensitive=True, declines=(Declined.RATHER_NOT,), id="health")
    everybody = [Respondent({"q": "abc"[n % 3]}, groups={"age": "xy"[n % 2]}) for n in range(90)]
    said: list[Answer] = ["a"] * 40 + ["b"] * 30 + ["c"] * 6 + [Declined.RATHER_NOT] * 14
    found = seen(asked(ONE, question), everybody, INSIDE, health=said).questions[1]
    assert counts(found)["c"] is None
    assert found.groups == ()
    assert not any(line.weighted for line in found.total.lines)


def test_of_open_answers_only_is_told_how_many_wrote() -> None:
    found = seen(asked(TEXT), people((None, 60)), q=["iets"] * 25).questions[0]
    assert counts(found) == {"answered": 25, "open": 35}


def test_statements_are_no_question() -> None:
    both = asked(Statement(id="s1", text=words("Lees dit.")), ONE)
    assert len(seen(both, people(("a", 30), ("b", 20), ("c", 12))).questions) == 1


def test_the_mean_of_a_scale_is_told_where_all_its_steps_are() -> None:
    found = only(SCALE, people((1, 10), (2, 20), (3, 30)))
    assert found.total.numbers.mean == pytest.approx(140 / 60)
    assert only(SCALE, people((1, 3), (2, 20), (3, 30))).total.numbers.mean is None


def test_a_ranking_has_first_places_and_a_mean_place() -> None:
    orders = [("a", "b", "c"), ("b", "a", "c"), ("c", "a", "b"), ("c", "b", "a"), ("a", "c", "b")]
    found = only(RANKING, people(*[(order, 20) for order in orders]))
    assert counts(found)["a.1"] == 40
    assert found.total.numbers.means == pytest.approx({"a": 1.8, "b": 2.2, "c": 2.0})


def test_a_mean_place_is_not_told_when_it_gives_a_hidden_place_away() -> None:
    orders = [("a", "b", "c"), ("b", "a", "c"), ("c", "a", "b"), ("c", "b", "a")]
    told = [*people(*[(order, 20) for order in orders]), *people((("b", "c", "a"), 2))]
    found = only(RANKING, told)
    hidden = {line.code[0] for line in found.total.lines if line.count is None}
    assert hidden
    assert hidden.isdisjoint(found.total.numbers.means)


def test_mean_points_of_an_option_that_few_chose_are_not_told_nor_do_they_follow() -> None:
    told = people(((5, 5, 0), 30), ((8, 2, 0), 30), ((0, 9, 1), 3))
    means = only(POINTS, told).total.numbers.means
    assert "c" not in means
    assert len(means) != 2


def test_numbers_have_a_mean_a_median_and_quartiles_but_never_their_ends() -> None:
    found = only(NUMBER, people(*[(n, 1) for n in range(100, 500)], (90_000, 1)))
    told = found.total.numbers
    assert told.median == 300
    assert told.quartiles == (200, 400)
    assert found.rows.edges[-1] < 500
    assert found.rows.edges[0] > 100
    assert all(line.count is None or line.count >= 10 for line in found.total.lines)


def test_a_mean_that_is_mostly_one_persons_is_not_told() -> None:
    found = only(NUMBER, people(*[(n, 1) for n in range(10, 50)], (90_000, 1)))
    assert found.total.numbers.mean is None


def test_a_quartile_needs_ten_people_on_either_side() -> None:
    told = only(NUMBER, people(*[(n, 1) for n in range(100, 130)])).total.numbers
    assert told.median is not None
    assert told.quartiles is None


def test_days_fall_in_months_or_years() -> None:
    day = Day(id="q", text=words("?"), first=_day("1950-01-01"), last=_day("2026-12-31"))
    dates = [f"{1990 + n % 30}-0{1 + n % 9}-15" for n in range(300)]
    found = only(day, people(*[(one, 1) for one in dates]))
    edges = [_from(edge) for edge in found.rows.edges]
    assert edges
    assert all(edge.day == 1 for edge in edges)


def test_an_open_poll_has_no_intervals_and_no_weights() -> None:
    told = [Respondent({"q": "abc"[n % 3]}, 1 + n % 2) for n in range(300)]
    found = views(asked(ONE), told, {}, self_selected=True).outside
    assert found.self_selected
    shares = [line.share for line in found.questions[0].total.lines]
    assert all(share is not None and share.interval is None for share in shares)
    assert not any(line.weighted for line in found.questions[0].total.lines)


def test_weighted_shares_stand_beside_plain_ones_where_they_give_nothing_away() -> None:
    people = [Respondent({"q": "abc"[n % 3]}, (0.5, 0.9, 1.2, 1.7)[n % 4]) for n in range(1200)]
    found = only(ONE, people).total.lines[0].weighted
    assert found is not None
    assert found.part == pytest.approx(0.333)
    assert found.interval is not None


def test_the_interval_of_a_weighted_share_follows_from_what_is_published() -> None:
    """So it can say no more than that: whoever knows the weights can work it out herself."""
    people = [Respondent({"q": "aab"[n % 3]}, (0.5, 0.9, 1.2, 1.7)[n % 4]) for n in range(1200)]
    weights = dict.fromkeys((0.5, 0.9, 1.2, 1.7), 300)
    found = views(asked(ONE), people, {}, self_selected=False, invited=5000).outside
    for line in found.questions[0].total.lines:
        if line.weighted is None or line.count is None:
            continue
        share = told(line.weighted.part)
        assert line.weighted.part == share
        assert line.weighted.interval == weighted(share, line.count, weights, Response(1200, 5000))


def test_intervals_are_narrower_when_it_is_known_how_many_were_invited() -> None:
    people = [Respondent({"q": "abc"[n % 3]}, (0.5, 1.5)[n % 2]) for n in range(1200)]
    few, many, unknown = (
        views(asked(ONE), people, {}, self_selected=False, invited=invited).outside
        for invited in (2_000, 60_000, None)
    )

    def widths(found: Results) -> list[float]:
        line = found.questions[0].total.lines[0]
        return [
            one.interval.high - one.interval.low
            for one in (line.share, line.weighted)
            if one is not None and one.interval is not None
        ]

    for narrow, wide, widest in zip(widths(few), widths(many), widths(unknown), strict=True):
        assert narrow < wide < widest
    assert len(widths(few)) == 2


def test_weighted_shares_that_tell_how_a_small_group_answered_are_left_out() -> None:
    """Of those who said a, four have the heavy weight: two sums would say so."""
    heavy = [Respondent({"q": "a"}, 3.0)] * 4 + [Respondent({"q": "b"}, 3.0)] * 26
    light = [Respondent({"q": "abc"[n % 3]}, 0.5) for n in range(60)]
    found = only(ONE, [*heavy, *light])
    assert not any(line.weighted for line in found.total.lines)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _from(ordinal: int) -> date:
    return date.fromordinal(ordinal)
