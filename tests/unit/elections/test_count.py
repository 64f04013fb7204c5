"""What a count says about its decisions."""

import hashlib
import json
from random import Random

import pytest

from consult.council.core.rules import TENANT, IfShort, Max, Min, MinHard, RuleSet
from consult.elections.core import search
from consult.elections.core.count import count
from consult.elections.core.outcome import ByVotes, Count, DrawNeeded, Status
from consult.elections.core.record import record
from consult.elections.core.steps import (
    Block,
    LotUsed,
    MinimumLowered,
    NoLawfulBoard,
    PassedOver,
    SizeLowered,
    TieSettled,
)
from consult.refusal import Refusal
from tests.people import SHARE, contest

FIVE = ["N1 99", "N2 98", "T1 50", "T2 40", "T3 30", "T4 20"]


def counted(
    max_board: int, people: list[str], *rules: object, sitting: tuple[str, ...] = ()
) -> Count:
    """A count in which no lot is needed."""
    of, totals = contest(max_board, people, sitting)
    outcome = count(of, totals, RuleSet((SHARE, *rules)))  # type: ignore[arg-type] # rules of any kind
    assert isinstance(outcome, Count)
    return outcome


def steps(outcome: Count, kind: type) -> list[object]:
    """The steps of one kind."""
    return [step for step in outcome.steps if isinstance(step, kind)]


def test_somebody_passed_over_hears_which_rule_and_in_which_numbers() -> None:
    outcome = counted(5, FIVE)
    (passed,) = steps(outcome, PassedOver)
    assert passed == PassedOver("N2", 98, (Block("tenant_share", TENANT, 4, 5, 3, 3),))


def test_votes_alone_stand_beside_the_rules() -> None:
    outcome = counted(5, FIVE)
    assert outcome.by_votes == ByVotes(("N1", "N2", "T1", "T2", "T3"))
    assert outcome.elected == ("N1", "T1", "T2", "T3", "T4")


def test_votes_alone_leave_a_tie_open_without_drawing_for_it() -> None:
    of, totals = contest(2, ["N1 9", "T1 5", "T2 5", "N2 5"])
    outcome = count(of, totals, RuleSet((SHARE,)), ["T2", "T1"])
    assert isinstance(outcome, Count)
    assert outcome.elected == ("T2", "T1")
    assert outcome.by_votes == ByVotes(("N1",), ("T2", "T1", "N2"))


def test_only_rules_that_block_together_are_named() -> None:
    outcome = counted(4, ["T1 9", "N1 8", "T2 7", "T3 6", "Nq young 1"], Min("y", "young", 1))
    (passed,) = steps(outcome, PassedOver)
    assert isinstance(passed, PassedOver)
    assert [block.rule for block in passed.blocks] == ["tenant_share", "y"]


def test_a_lowered_minimum_is_told() -> None:
    outcome = counted(3, ["T1 3", "T2 2", "T3 young 1", "T4 0"], Min("y", "young", 2))
    assert steps(outcome, MinimumLowered) == [MinimumLowered("y", "young", 2, 1, "release")]
    assert (outcome.status, outcome.held) == (Status.FULL, 0)


def test_seats_that_are_held_stay_empty() -> None:
    rule = Min("y", "young", 2, IfShort.HOLD)
    outcome = counted(3, ["T1 3", "T2 2", "T3 young 1", "T4 0"], rule)
    assert (outcome.status, outcome.board_size, outcome.vacant) == (Status.REDUCED, 2, 1)
    assert (outcome.held, outcome.elected) == (1, ("T1", "T3"))
    assert steps(outcome, SizeLowered) == [SizeLowered(3, 2, 1, ())]


def test_seats_cannot_be_held_if_that_would_make_the_board_unlawful() -> None:
    rules = MinHard("two", TENANT, 2), Min("y", "young", 2, IfShort.HOLD)
    outcome = counted(2, ["T1 3", "T2 2"], *rules)
    assert (outcome.status, outcome.board_size, outcome.held) == (Status.FULL, 2, 0)


def test_a_smaller_board_says_why_one_more_was_impossible() -> None:
    outcome = counted(5, ["N1 9", "N2 8", "N3 7", "T1 6", "T2 5"])
    (lowered,) = steps(outcome, SizeLowered)
    assert lowered == SizeLowered(5, 2, 0, (Block("tenant_share", TENANT, 3, 3, 0, 2),))


def test_a_board_is_smaller_without_blame_when_too_few_people_stand() -> None:
    assert steps(counted(5, ["T1 9", "T2 8"]), SizeLowered) == [SizeLowered(5, 2, 0, ())]


def test_without_candidates_those_who_stay_are_the_board() -> None:
    outcome = counted(3, [], sitting=("T1", "T2"))
    assert (outcome.status, outcome.board_size, outcome.elected) == (Status.REDUCED, 2, ())


def test_no_lawful_board_names_the_rules_that_clash() -> None:
    of, totals = contest(3, ["T1 3", "T2 2", "N1 1"])
    rules = RuleSet((SHARE, MinHard("two", TENANT, 2), Max("few", TENANT, 1)))
    outcome = count(of, totals, rules)
    assert isinstance(outcome, Count)
    assert outcome.steps == (NoLawfulBoard(("two", "few"), None),)
    assert (outcome.extra_needed, outcome.provisional) == (None, ())


def test_a_board_that_is_full_of_people_who_stay_has_no_seat_to_fill() -> None:
    outcome = counted(2, ["T9 5"], sitting=("T1", "T2", "T3"))
    assert (outcome.status, outcome.extra_needed) == (Status.NO_LAWFUL_BOARD, None)
    assert outcome.by_votes == ByVotes(())


def test_an_executive_with_one_tenant_candidate_cannot_be_formed() -> None:
    of, totals = contest(3, ["N1 9", "N2 8", "T1 7"])
    outcome = count(of, totals, RuleSet((MinHard("exec_tenants", TENANT, 2),)))
    assert isinstance(outcome, Count)
    assert (outcome.status, outcome.extra_needed) == (Status.NO_LAWFUL_BOARD, 1)
    assert outcome.provisional == ("N1", "T1")


def test_a_chair_must_be_a_tenant_however_many_votes_others_have() -> None:
    of, totals = contest(1, ["N1 99", "T1 2", "T2 1"])
    outcome = count(of, totals, RuleSet((MinHard("chair_tenant", TENANT, 1),)))
    assert isinstance(outcome, Count)
    assert outcome.elected == ("T1",)
    assert outcome.passed_over == ("N1",)


def test_a_lot_is_noted_only_where_it_decided() -> None:
    lot = ["T4", "T3", "T2", "T1"]
    of, totals = contest(3, ["T1 5", "T2 5", "T3 3", "T4 3"])
    outcome = count(of, totals, RuleSet((SHARE,)), lot)
    assert isinstance(outcome, Count)
    assert steps(outcome, LotUsed) == [LotUsed(3, ("T4", "T3"))]


def test_equal_votes_need_no_lot_where_the_rules_leave_one_of_them() -> None:
    outcome = counted(3, ["T1 5", "T2 5", "N1 3", "T3 3"])
    assert outcome.elected == ("T1", "T2", "T3")
    assert steps(outcome, TieSettled) == [TieSettled(3, ("N1", "T3"), ("T3",))]


def test_who_is_elected_in_any_case_takes_no_part_in_the_draw() -> None:
    of, totals = contest(4, ["T1 9", "T2 5", "T3 5", "T4 young 5", "T5 young 1"])
    rules = RuleSet((SHARE, Min("y", "young", 2)))
    assert count(of, totals, rules) == DrawNeeded(("T2", "T3"), 5, ("T1",))


def test_a_tie_asks_for_no_draw_when_nobody_can_be_elected() -> None:
    of, totals = contest(5, ["T1 5", "N1 5", "N2 5"], sitting=("N8", "N9"))
    outcome = count(of, totals, RuleSet((SHARE,)))
    assert isinstance(outcome, Count)
    assert outcome.status is Status.NO_LAWFUL_BOARD


def test_totals_of_other_people_are_a_fault_of_the_program() -> None:
    of, totals = contest(1, ["T1 5"])
    with pytest.raises(ValueError, match="same people"):
        count(of, {**totals, "T2": 3}, RuleSet())


def test_a_count_without_a_certain_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "BRANCHES", 0)
    with pytest.raises(Refusal) as refused:
        counted(5, ["T1 young 5", "T2 4", "N1 young 3", "N2 2"])
    assert refused.value.code == "elections.count_too_hard"


def test_equal_votes_of_many_different_people_are_settled_in_time() -> None:
    random = Random(1)
    groups = [f"g{n}" for n in range(6)]
    people = [
        f"T{n} {' '.join(group for group in groups if random.random() < 0.4)} 0" for n in range(40)
    ]
    of, totals = contest(13, people)
    rules = RuleSet((SHARE, *(Max(group, group, 6) for group in groups)))
    needed = count(of, totals, rules)
    assert isinstance(needed, DrawNeeded)
    assert len(needed.tied) >= 30


PINNED = "e5ed4c14e7e9"  # the first digits, so that a change of the format is a decision


def test_the_record_is_the_same_bytes_whenever_it_is_made() -> None:
    of, totals = contest(5, FIVE)
    rules = RuleSet((SHARE, Min("jong", "jong én óud", 2)))
    outcome = count(of, totals, rules)
    assert isinstance(outcome, Count)
    first = record(of, totals, rules, (), outcome)
    assert first == record(of, totals, rules, (), outcome)
    assert hashlib.sha256(first).hexdigest().startswith(PINNED)


def test_the_record_holds_what_was_counted_every_step_and_the_result() -> None:
    of, totals = contest(5, FIVE, sitting=())
    rules = RuleSet((SHARE,))
    outcome = count(of, totals, rules)
    assert isinstance(outcome, Count)
    lines = [json.loads(line) for line in record(of, totals, rules, (), outcome).splitlines()]
    assert [line["line"] for line in lines] == ["counted", *["step"] * 6, "margins", "result"]
    assert lines[0]["candidates"][0] == {"id": "N1", "groups": [], "votes": 99}
    assert lines[0]["rules"] == [
        {"id": "tenant_share", "group": "tenant", "num": 7, "den": 10, "type": "share_gt"}
    ]
    assert lines[2]["code"] == "passed_over"
    assert lines[2]["blocks"][0]["rule"] == "tenant_share"
    assert lines[-1]["elected"] == list(outcome.elected)
    assert lines[-1]["by_votes"] == {"elected": ["N1", "N2", "T1", "T2", "T3"], "tied": []}
