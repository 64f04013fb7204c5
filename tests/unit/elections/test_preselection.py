"""Who assesses whom, when scores are shown, and what stands in the way of a shortlist."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from consult.elections.core.election import Preselection
from consult.elections.core.preselection import (
    LONGEST_REASON,
    REVIEW_LASTS,
    Assessment,
    Left,
    Review,
    Score,
    Seat,
    Selection,
    Stage,
    Verdict,
    problems_of,
)
from consult.elections.core.profile import Competence
from consult.elections.core.shortlist import (
    against_order,
    agreement,
    impartial,
    judges_everybody,
    may_decide,
    reviewers,
    spreads,
    verdict_problems,
)

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
LISTEN, PLAN = Competence("listen", "Luisteren"), Competence("plan", "Plannen")
ANNA, BILAL = "anna", "bilal"
ABC = ("a", "b", "c")


def scores(listen: int, plan: int) -> dict[str, Score]:
    return {"listen": Score(listen, "Goed."), "plan": Score(plan, "Ook goed.")}


def assessed(one: str, of: str, listen: int = 4, plan: int = 4) -> Assessment:
    return Assessment(one, of, scores=scores(listen, plan))


def selection(
    given: list[Assessment],
    *,
    seats: tuple[str, ...] = ABC,
    handed_in: tuple[str, ...] = ABC,
    by: Preselection = Preselection.COMMITTEE,
) -> Selection:
    return Selection(
        by=by,
        begins_at=NOW,
        competences=(LISTEN, PLAN),
        applications=(ANNA, BILAL),
        seats={
            one: Seat(one, NOW, handed_in_at=NOW if one in handed_in else None) for one in seats
        },
        assessments={(one.account_id, one.application_id): one for one in given},
        verdicts={},
        reviews={},
    )


ALL = [assessed(one, of) for one in ABC for of in (ANNA, BILAL)]
FULL = selection(ALL)


def decided(admitted: Mapping[str, bool], reviews: Mapping[str, Review] | None = None) -> Selection:
    verdicts = {
        one: Verdict(one, yes, "Omdat.", proposer="a", approver="b", decided_at=NOW)
        for one, yes in admitted.items()
    }
    return replace(FULL, verdicts=verdicts, reviews=reviews or {})


def test_scores_are_shown_when_everybody_has_handed_in() -> None:
    assert FULL.revealed
    assert FULL.stage(NOW) is Stage.COMPARING


@pytest.mark.parametrize("missing", ABC)
def test_one_who_has_not_handed_in_keeps_all_scores_hidden(missing: str) -> None:
    waiting = selection(ALL, handed_in=tuple(one for one in ABC if one != missing))
    assert waiting.pending == {missing}
    assert not waiting.revealed
    assert waiting.stage(NOW) is Stage.ASSESSING


def test_who_handed_in_but_has_a_later_applicant_to_assess_is_waited_for_again() -> None:
    late = replace(FULL, applications=(ANNA, BILAL, "cora"))
    assert late.pending == set(ABC)
    assert late.left_for("a") == ("cora",)


def test_a_committee_of_two_shows_nothing_and_a_council_of_two_does() -> None:
    two = selection(ALL, seats=ABC[:2])
    assert not two.revealed
    assert replace(two, by=Preselection.COUNCIL).revealed


def test_who_left_is_neither_waited_for_nor_counted() -> None:
    seats = {**FULL.seats, "d": Seat("d", left=Left.STANDS)}
    assert replace(FULL, seats=seats).revealed
    seats = {**FULL.seats, "c": Seat("c", left=Left.DECLINED)}
    assert not replace(FULL, seats=seats).revealed, "two are left of a committee of three"


def test_a_conflict_takes_the_place_of_scores_for_that_applicant_alone() -> None:
    conflict = Assessment("a", ANNA, conflict="Mijn buurvrouw.")
    with_one = selection([conflict, *[one for one in ALL if one != ALL[0]]])
    assert with_one.complete("a", ANNA)
    assert with_one.conflicted(ANNA) == {"a"}
    assert with_one.conflicted(BILAL) == set()
    assert with_one.short == {}
    assert with_one.revealed
    assert spreads(with_one)[ANNA].count == 2


def test_an_applicant_with_one_assessor_left_is_named_and_hides_the_scores() -> None:
    biased = [Assessment(one, ANNA, conflict="Familie.") for one in "ab"]
    few = selection(
        [*biased, *[one for one in ALL if one.application_id == BILAL or one.account_id == "c"]]
    )
    assert few.short == {ANNA: 1}
    assert few.pending == set()
    assert few.too_few
    assert not few.revealed


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "value"),
        ({"listen": Score(0, "x")}, "value"),
        ({"listen": Score(6, "x")}, "value"),
        ({"listen": Score(1, " ")}, "reason"),
        ({"listen": Score(5, "x" * (LONGEST_REASON + 1))}, "reason"),
    ],
)
def test_a_score_outside_one_to_five_or_without_a_reason_is_told(
    given: dict[str, Score], code: str
) -> None:
    assert problems_of(FULL, {**scores(3, 3), "listen": Score(0, ""), **given}) == {"listen": code}


def test_before_the_time_to_apply_is_over_nobody_assesses() -> None:
    assert FULL.stage(NOW - timedelta(seconds=1)) is Stage.APPOINTING
    assert replace(FULL, seats={}).stage(NOW) is Stage.APPOINTING


def test_the_spread_is_that_of_what_each_assessor_gives_on_average() -> None:
    given = [assessed("a", ANNA, 5, 4), assessed("b", ANNA, 1, 2), assessed("c", ANNA, 3, 3)]
    found = spreads(selection([*given, *[one for one in ALL if one.application_id == BILAL]]))[ANNA]
    assert (found.mean, found.median) == (3, 3)
    assert (found.low, found.high) == (Fraction(3, 2), Fraction(9, 2))


def test_agreement_compares_the_scores_for_each_competence_of_each_applicant() -> None:
    apart = [assessed(one, of, 1 if of == ANNA else 5, 2) for one in ABC for of in (ANNA, BILAL)]
    assert agreement(selection(apart)) == 1
    assert agreement(FULL) is None, "all scores are equal"


def test_a_refusal_above_an_admission_is_against_the_order_and_the_same_mean_is_not() -> None:
    means = {"a": Fraction(4), "b": Fraction(3), "c": Fraction(3), "d": Fraction(2)}
    assert against_order(means, {"a", "b"}) == set()
    assert against_order(means, {"b"}) == {"a"}
    assert against_order(means, {"d"}) == {"a", "b", "c"}
    assert against_order(means, set()) == set()


def test_a_shortlist_needs_a_verdict_and_a_reason_for_everybody() -> None:
    assert verdict_problems(FULL, [Verdict(ANNA, True, " ")]) == {
        (ANNA, "reason"): "reason",
        (BILAL, "admitted"): "missing",
    }


def test_a_verdict_against_the_order_needs_its_own_reason() -> None:
    better = selection([*[assessed(one, ANNA, 5, 5) for one in ABC], *ALL[1::2]])
    given = [Verdict(ANNA, False, "Nee."), Verdict(BILAL, True, "Ja.")]
    assert verdict_problems(better, given) == {(ANNA, "against"): "against"}
    assert verdict_problems(better, [replace(given[0], against="Te druk."), given[1]]) == {}


def test_a_refused_applicant_may_ask_once_until_the_term_is_over() -> None:
    found = decided({ANNA: True, BILAL: False})
    last = NOW + REVIEW_LASTS - timedelta(seconds=1)
    assert found.may_ask(BILAL, last)
    assert not found.may_ask(BILAL, NOW + REVIEW_LASTS)
    assert not found.may_ask(ANNA, NOW)
    asked = decided({ANNA: True, BILAL: False}, {BILAL: Review(BILAL, NOW, "Kijk nog eens.")})
    assert not asked.may_ask(BILAL, NOW)


def test_it_is_final_when_no_review_is_open_or_can_still_be_asked_for() -> None:
    refused = decided({ANNA: True, BILAL: False})
    assert refused.stage(NOW) is Stage.REVIEWING
    assert refused.stage(NOW + REVIEW_LASTS) is Stage.FINAL
    assert decided({ANNA: True, BILAL: True}).stage(NOW) is Stage.FINAL
    asked = Review(BILAL, NOW, "Kijk nog eens.")
    late = NOW + REVIEW_LASTS * 2
    assert decided({ANNA: True, BILAL: False}, {BILAL: asked}).stage(late) is Stage.REVIEWING
    done = replace(asked, admits=True, reason="Ja.", decided_at=NOW)
    assert decided({ANNA: True, BILAL: False}, {BILAL: done}).stage(NOW) is Stage.FINAL


def test_a_review_that_is_granted_admits_and_one_that_is_only_proposed_does_not() -> None:
    proposed = Review(BILAL, NOW, "Kijk.", admits=True, reason="Ja.")
    assert not decided({ANNA: True, BILAL: False}, {BILAL: proposed}).admits(BILAL)
    granted = replace(proposed, decided_at=NOW)
    assert decided({ANNA: True, BILAL: False}, {BILAL: granted}).admits(BILAL)
    assert decided({ANNA: True, BILAL: False}).admits(ANNA)


def test_who_wrote_the_verdict_or_has_a_conflict_does_not_look_again() -> None:
    seats = {one: Seat(one, NOW, handed_in_at=NOW) for one in "abcde"}
    conflict = {("e", BILAL): Assessment("e", BILAL, conflict="Buurman.")}
    found = replace(
        decided({ANNA: True, BILAL: False}),
        seats=seats,
        assessments={**FULL.assessments, **conflict},
    )
    assert reviewers(found, BILAL) == {"c", "d"}
    assert impartial(found) == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("deciding", "preferred", "may"),
    [
        ({"c"}, {"c", "d"}, True),
        ({"a"}, {"c", "d"}, False),
        ({"c", "a"}, {"c", "d"}, False),
        ({"c", "d"}, {"c", "d"}, True),
        ({"a"}, {"c"}, True),
        ({"a", "c"}, {"c"}, True),
        ({"a", "b"}, {"c"}, False),
        ({"a", "b"}, set(), True),
    ],
)
def test_two_others_decide_where_there_are_two_and_as_many_as_there_are_else(
    deciding: set[str], preferred: set[str], may: bool
) -> None:
    assert may_decide(deciding, preferred) is may


def conflicts(*pairs: tuple[str, str]) -> Selection:
    """Nobody of these is free to judge everybody."""
    held = {(one, of): Assessment(one, of, conflict="Buur.") for one, of in pairs}
    return replace(FULL, assessments={**FULL.assessments, **held})


def test_where_everybody_has_a_conflict_two_decide_who_do_not_share_one() -> None:
    shared = conflicts(("a", ANNA), ("b", ANNA), ("c", BILAL))
    assert impartial(shared) == set()
    assert not judges_everybody(shared, {"a", "b"})
    assert judges_everybody(shared, {"a", "c"})


def test_where_no_two_can_judge_everybody_any_two_may_decide() -> None:
    pairs = [("a", ANNA), ("b", ANNA), ("c", ANNA)]
    assert judges_everybody(conflicts(*pairs), {"a", "b"})
