"""Chair, executive and board on one paper: what each count says, and what it passes on."""

import json
from collections.abc import Sequence

import pytest

from consult.council.core.rules import TENANT, Max, MinHard, Person, RuleSet
from consult.elections.core import recount
from consult.elections.core.outcome import DrawNeeded, Status
from consult.elections.core.series import Race, Series, count_series
from consult.elections.core.series_case import SeriesCase
from consult.elections.core.steps import (
    LeftRace,
    NobodyAhead,
    OutOfReach,
    PassedOverAhead,
    RuleOf,
    Struck,
)
from tests.people import SHARE, person

CHAIR = RuleSet((MinHard("chair_tenant", TENANT, 1),))
EXECUTIVE = RuleSet((MinHard("exec_tenants", TENANT, 2),))
BOARD = RuleSet((SHARE,))


def race(
    office: str, seats: int, votes: str, rules: RuleSet, stays: Sequence[str] = ()
) -> tuple[Race, dict[str, int]]:
    """``"T1 9, N1 5"``: who stands, with votes."""
    totals = {}
    for line in votes.split(", ") if votes else ():
        name, number = line.split()
        totals[name] = int(number)
    return Race(office, seats, tuple(totals), rules, tuple(stays)), totals


def paper(
    people: str, *races: tuple[Race, dict[str, int]], sitting: str = ""
) -> tuple[list[Person], list[Person], list[Race], dict[str, dict[str, int]]]:
    """The arguments of a series without lots."""
    return (
        [person(one) for one in people.split(", ")],
        [person(one) for one in sitting.split(", ") if one],
        [one for one, _ in races],
        {one.office: totals for one, totals in races},
    )


def counted(*arguments: object) -> Series:
    """A series in which no lot is needed."""
    found = count_series(*arguments, {})  # type: ignore[arg-type] # made by paper
    assert isinstance(found, Series)
    return found


def test_whoever_is_elected_joins_and_leaves_the_later_counts() -> None:
    series = counted(
        *paper(
            "T1, T2, T3, T4, N1",
            race("chair", 1, "T1 9, T2 5", CHAIR),
            race("executive", 3, "T1 9, T2 8, N1 7, T3 1", EXECUTIVE),
            race("board", 5, "T1 9, T2 8, T3 7, T4 6, N1 9", BOARD),
        )
    )
    assert [one.result.elected for one in series.races] == [("T1",), ("T2", "N1"), ("T3", "T4")]
    assert series.elected == ("T1", "T2", "N1", "T3", "T4")
    board = series.of("board")
    assert board is not None
    assert [one.id for one in board.contest.sitting] == ["T1", "T2", "N1"]
    assert board.before == (
        LeftRace("T1", 9, "chair"),
        LeftRace("T2", 8, "executive"),
        LeftRace("N1", 9, "executive"),
    )
    assert series.of("treasurer") is None


def test_the_chair_counts_as_one_of_the_two_tenants_in_the_executive() -> None:
    series = counted(
        *paper(
            "T1, T2, N1, N2, T3, T4, T5, T6, T7",
            race("chair", 1, "T1 9", CHAIR),
            race("executive", 3, "N1 9, N2 8, T2 1", EXECUTIVE),
            race("board", 9, "T3 5, T4 4, T5 3, T6 2, T7 1", BOARD),
        )
    )
    assert series.races[1].result.elected == ("N1", "T2")


def test_a_post_that_stays_filled_counts_and_its_holder_sits_on_the_board_once() -> None:
    series = counted(
        *paper(
            "T1, T2, N1",
            race("executive", 3, "T1 9, N1 8, T2 1", EXECUTIVE, ["N9"]),
            race("board", 5, "T1 9, T2 1", BOARD),
            sitting="N9, T8, T9",
        )
    )
    executive, board = series.races
    assert executive.result.elected == ("T1", "T2")
    assert [one.id for one in board.contest.sitting] == ["N9", "T8", "T9", "T1", "T2"]
    assert board.result.status is Status.FULL


def test_a_member_who_stays_may_become_chair_and_takes_no_second_seat() -> None:
    series = counted(
        *paper(
            "T1, T2",
            race("chair", 1, "T9 9, T1 5", CHAIR),
            race("board", 3, "T1 5, T2 4", BOARD),
            sitting="T9",
        )
    )
    assert [one.result.elected for one in series.races] == [("T9",), ("T1", "T2")]
    assert [one.id for one in series.races[1].contest.sitting] == ["T9"]


def test_a_chair_who_is_no_tenant_is_struck_whatever_the_votes() -> None:
    series = counted(
        *paper(
            "N1, T1",
            race("chair", 1, "N1 99, T1 1", CHAIR),
            race("board", 2, "N1 9, T1 8", BOARD),
        )
    )
    chair = series.races[0]
    assert chair.before == (Struck("N1", 99, ("chair_tenant",)),)
    assert chair.result.elected == ("T1",)


def test_a_chair_after_whom_no_board_is_lawful_is_passed_over_with_the_rule() -> None:
    few = RuleSet((SHARE, Max("few_old", "old", 1)))
    series = counted(
        *paper(
            "T1 old, T2, T3",
            race("chair", 1, "T1 9, T2 5", CHAIR),
            race("board", 3, "T2 9, T3 5", few),
            sitting="T9 old",
        )
    )
    step = PassedOverAhead("T1", 9, (RuleOf("board", "few_old", "old"),))
    assert series.races[0].before == (step,)
    assert series.elected == ("T2", "T3")


def test_a_chair_leaves_tenants_enough_for_the_executive() -> None:
    """Were T1 both, the executive would have T1 and N1 only; T2 and T1 are two tenants."""
    series = counted(
        *paper(
            "T1, T2, N1, T3, T4, T5",
            race("chair", 1, "T1 9, T2 5", CHAIR),
            race("executive", 2, "T1 9, N1 5", EXECUTIVE),
            race("board", 5, "T3 5, T4 4, T5 3", BOARD),
        )
    )
    assert series.races[0].before == (
        PassedOverAhead("T1", 9, (RuleOf("executive", "exec_tenants", TENANT),)),
    )
    assert [one.result.elected for one in series.races[:2]] == [("T2",), ("T1",)]


def test_an_executive_does_not_use_up_the_others_that_a_board_can_bear() -> None:
    """Two others on a board of five are one too many; each alone would do."""
    series = counted(
        *paper(
            "N1, N2, T1, T2, T3, T4",
            race("executive", 3, "N1 9, N2 8, T1 7, T2 6", RuleSet((MinHard("one", TENANT, 1),))),
            race("board", 5, "T3 5, T4 4", BOARD),
        )
    )
    executive, board = series.races
    assert executive.result.elected == ("N1", "T1", "T2")
    assert executive.result.steps[1] == PassedOverAhead(
        "N2", 8, (RuleOf("board", "tenant_share", TENANT),)
    )
    assert board.result.status is Status.FULL


def test_what_nobody_could_make_possible_binds_nobody() -> None:
    series = counted(
        *paper(
            "T1, N1",
            race("chair", 1, "T1 9", CHAIR),
            race("executive", 3, "N1 5", EXECUTIVE),
            race("board", 9, "N1 5", RuleSet((SHARE, MinHard("four", TENANT, 4)))),
        )
    )
    chair, executive, board = series.races
    assert chair.before == (OutOfReach(("executive", "board")),)
    assert chair.result.elected == ("T1",)
    assert executive.result.status is Status.NO_LAWFUL_BOARD
    assert board.result.status is Status.NO_LAWFUL_BOARD


def test_an_executive_that_nobody_may_enter_says_which_rules_do_that() -> None:
    rules = RuleSet((SHARE, Max("no_old", "old", 0)))
    series = counted(
        *paper(
            "T1 old, T2 old, T3",
            race("executive", 2, "T1 9, T2 5", EXECUTIVE),
            race("board", 3, "T3 5", rules),
        )
    )
    result = series.races[0].result
    assert (result.status, result.extra_needed) == (Status.NO_LAWFUL_BOARD, None)
    assert result.steps == (NobodyAhead((RuleOf("board", "no_old", "old"),)),)
    assert series.elected == ("T3",)


def test_a_tie_says_for_which_office_a_lot_is_needed() -> None:
    arguments = paper(
        "T1, T2, T3",
        race("chair", 1, "T1 5, T2 5", CHAIR),
        race("board", 3, "T1 5, T2 5, T3 5", BOARD),
    )
    assert count_series(*arguments, {}) == DrawNeeded(("T1", "T2"), 5, (), "chair")
    found = count_series(*arguments, {"chair": ("T2", "T1")})
    assert isinstance(found, Series)
    assert found.elected == ("T2", "T1", "T3")


WRONG = {
    "no board": [race("chair", 1, "T1 5", CHAIR)],
    "the board first": [race("board", 3, "T2 5", BOARD), race("chair", 1, "T1 5", CHAIR)],
    "a member stands again": [race("board", 3, "T9 5", BOARD)],
    "a stranger keeps a post": [
        race("executive", 2, "T1 5", EXECUTIVE, ["T1"]),
        race("board", 3, "T2 5", BOARD),
    ],
}


@pytest.mark.parametrize("fault", WRONG)
def test_races_that_do_not_belong_together_are_a_fault_of_the_program(fault: str) -> None:
    with pytest.raises(ValueError, match="board"):
        counted(*paper("T1, T2", *WRONG[fault], sitting="T9"))


def test_somebody_who_is_given_twice_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="twice"):
        counted(*paper("T1, T9", race("board", 3, "T1 5", BOARD), sitting="T9"))


def test_totals_of_other_people_are_a_fault_of_the_program() -> None:
    people, sitting, races, totals = paper("T1, T2", race("board", 3, "T1 5", BOARD))
    with pytest.raises(ValueError, match="same people"):
        count_series(people, sitting, races, {"board": {**totals["board"], "T2": 4}}, {})


def series_case() -> SeriesCase:
    """A paper of three offices."""
    people, sitting, races, totals = paper(
        "T1, T2, T3, T4, N1",
        race("chair", 1, "N1 12, T1 9, T2 5", CHAIR),
        race("executive", 3, "T1 9, T2 8, N1 7", EXECUTIVE),
        race("board", 5, "T2 8, T3 7, T4 6", BOARD),
    )
    return SeriesCase(tuple(people), tuple(sitting), tuple(races), totals, {})


def test_the_record_of_a_series_has_every_office_and_is_the_same_bytes_again() -> None:
    case = series_case()
    outcome = recount.counted(case)
    assert isinstance(outcome, Series)
    raw = recount.record_of(case, outcome)
    again = recount.read(recount.write(case))
    repeated = recount.counted(again)
    assert isinstance(repeated, Series)
    assert recount.record_of(again, repeated) == raw
    first, *lines = [json.loads(line) for line in raw.splitlines()]
    assert (first["line"], first["offices"]) == ("series", ["chair", "executive", "board"])
    assert list(dict.fromkeys(line["office"] for line in lines)) == first["offices"]
    chair = [line for line in lines if line["office"] == "chair"]
    assert [line["line"] for line in chair] == ["counted", "step", "step", "margins", "result"]
    assert chair[0]["candidates"][0] == {"id": "N1", "groups": [], "votes": 12}
    assert [line.get("code") for line in chair[1:3]] == ["struck", "elected"]
    assert [line["number"] for line in chair[1:3]] == [1, 2]
    assert chair[-1]["elected"] == ["T1"]


def test_the_record_of_a_refill_names_the_record_that_it_goes_back_to() -> None:
    case = series_case()._replace(refill_of="ab" * 32)
    outcome = recount.counted(case)
    assert isinstance(outcome, Series)
    first = recount.record_of(case, outcome).splitlines()[0]
    assert json.loads(first)["refill_of"] == "ab" * 32
