"""A vacancy filled on the old totals."""

import json

from consult.council.core.rules import TENANT, Person, RuleSet
from consult.elections.core import recount
from consult.elections.core.case import Case
from consult.elections.core.count import count
from consult.elections.core.outcome import Count, DrawNeeded, Status
from consult.elections.core.refill import refill, refill_series
from consult.elections.core.series import Series, count_series
from consult.elections.core.series_case import SeriesCase
from consult.elections.core.unopposed import Unopposed, Way
from tests.people import SHARE, contest, person
from tests.unit.elections.test_series import BOARD, CHAIR, EXECUTIVE, paper, race

HASH = "0f" * 32


def counted(
    max_board: int, people: list[str], *, lot: tuple[str, ...] | None = None, ballots: int = 0
) -> tuple[Case, Count]:
    """A case and its count."""
    of, totals = contest(max_board, people)
    unopposed = Unopposed(Way.CONFIRM, ballots) if ballots else None
    case = Case(of, totals, RuleSet((SHARE,)), lot, unopposed)
    outcome = recount.counted(case)
    assert isinstance(outcome, Count)
    return case, outcome


def people(names: str) -> list[Person]:
    """People by name."""
    return [person(name) for name in names.split()]


TENANTS = [f"T{n} {200 - n}" for n in range(1, 11)]
THIRTEEN = [*TENANTS, "N1 500", "N2 499", "N3 498", "N4 310", "T11 120", "T12 110"]


def test_three_tenants_resign_and_the_next_in_votes_fill_the_gap() -> None:
    """The worked case ``casual-vacancy`` of the reference, from the election before it."""
    case, outcome = counted(13, THIRTEEN)
    assert len(outcome.elected) == 13
    sitting = people("T1 T2 T3 T4 T5 T6 T7 N1 N2 N3")
    found = refill(case, outcome, HASH, sitting, ())
    result = found.outcome
    assert isinstance(result, Count)
    assert (result.status, result.board_size, result.vacant) == (Status.REDUCED, 12, 1)
    assert (result.elected, result.passed_over) == (("T11", "T12"), ("N4",))


def test_whoever_was_elected_and_left_or_is_gone_does_not_come_back() -> None:
    case, outcome = counted(2, ["T1 9", "T2 8", "T3 7", "T4 6"])
    found = refill(case, outcome, HASH, people("T2"), ["T3"])
    assert isinstance(found.outcome, Count)
    assert found.outcome.elected == ("T4",)
    assert isinstance(found.case, Case)
    assert [one.id for one in found.case.contest.candidates] == ["T4"]


def test_a_member_who_bought_the_home_counts_as_what_they_are_today() -> None:
    case, outcome = counted(4, ["T1 9", "T2 8", "T3 7", "T4 6", "N5 5", "T6 4"])
    sitting = [Person("T1"), *people("T2 T3")]
    found = refill(case, outcome, HASH, sitting, ())
    assert isinstance(found.outcome, Count)
    assert (found.outcome.elected, found.outcome.passed_over) == (("T6",), ("N5",))


def test_a_candidate_who_bought_the_home_counts_as_what_they_are_today() -> None:
    case, outcome = counted(3, ["T1 9", "T2 8", "T3 7", "T4 6", "T5 5"])
    found = refill(case, outcome, HASH, people("T1 T2"), (), today={"T4": frozenset()})
    assert isinstance(found.outcome, Count)
    assert (found.outcome.elected, found.outcome.passed_over) == (("T5",), ("T4",))


def test_whom_the_voters_did_not_confirm_comes_in_by_no_vacancy() -> None:
    case, outcome = counted(4, ["T1 9", "T2 8", "T3 5", "T4 7"], ballots=12)
    assert outcome.elected == ("T1", "T2", "T4")
    found = refill(case, outcome, HASH, people("T1"), ())
    assert isinstance(found.outcome, Count)
    assert found.outcome.elected == ()


def test_a_new_tie_asks_for_a_lot_and_an_old_lot_still_holds() -> None:
    rivals = ["T1 9", "T2 5", "T3 5", "T4 5", "T5 3", "T6 3"]
    case, outcome = counted(2, rivals, lot=("T3", "T4", "T2"))
    assert outcome.elected == ("T1", "T3")
    again = refill(case, outcome, HASH, people("T1"), ())
    assert isinstance(again.outcome, Count)
    assert again.outcome.elected == ("T4",)
    tied = refill(case, outcome, HASH, people("T1"), ["T4", "T2"])
    assert tied.outcome == DrawNeeded(("T5", "T6"), 3, ())
    drawn = refill(case, outcome, HASH, people("T1"), ["T4", "T2"], draws=("T6", "T5"))
    assert isinstance(drawn.outcome, Count)
    assert drawn.outcome.elected == ("T6",)


def test_a_refill_is_a_case_whose_record_names_the_old_record() -> None:
    case, outcome = counted(13, THIRTEEN)
    found = refill(case, outcome, HASH, people("T1 T2 T3 T4 T5 T6 T7 N1 N2 N3"), ())
    assert isinstance(found.outcome, Count)
    raw = recount.record_of(found.case, found.outcome)
    assert json.loads(raw.splitlines()[0])["refill_of"] == HASH
    again = recount.read(recount.write(found.case))
    assert again == found.case
    assert count(again.contest, again.totals, again.rules) == found.outcome  # type: ignore[union-attr] # one count


def series() -> tuple[SeriesCase, Series]:
    """A counted paper: T1 in the chair, T2 and N1 in the executive, T3 and T4 on the board."""
    arguments = paper(
        "T1, T2, T3, T4, T5, N1",
        race("chair", 1, "T1 9, T2 5, T3 4", CHAIR),
        race("executive", 3, "T2 8, N1 7, T3 1", EXECUTIVE),
        race("board", 5, "T2 8, T3 7, T4 6, T5 5", BOARD),
    )
    found = count_series(*arguments, {})
    assert isinstance(found, Series)
    assert found.elected == ("T1", "T2", "N1", "T3", "T4")
    members, sitting, races, totals = arguments
    return SeriesCase(tuple(members), tuple(sitting), tuple(races), totals, {}), found


def test_an_empty_chair_goes_to_the_next_for_it_who_may_sit_already() -> None:
    case, outcome = series()
    found = refill_series(
        case, outcome, HASH, people("T2 N1 T3 T4"), (), posts={"executive": ["T2", "N1"]}
    )
    assert isinstance(found.outcome, Series)
    told = {one.office: one.result.elected for one in found.outcome.races}
    assert told == {"chair": ("T2",), "executive": ("T3",), "board": ("T5",)}


def test_offices_that_are_full_are_not_counted_again() -> None:
    case, outcome = series()
    posts = {"chair": ["T1"], "executive": ["T1", "T2", "N1"]}
    found = refill_series(case, outcome, HASH, people("T1 T2 N1 T3"), (), posts=posts)
    assert isinstance(found.outcome, Series)
    assert [(one.office, one.result.elected) for one in found.outcome.races] == [("board", ("T5",))]
    assert found.case.refill_of == HASH
    assert recount.read(recount.write(found.case)) == found.case


def test_a_member_of_the_executive_who_lost_the_lease_is_counted_so() -> None:
    case, outcome = series()
    sitting = [Person("T2"), *people("T1 T3 T4")]
    found = refill_series(
        case,
        outcome,
        HASH,
        sitting,
        (),
        posts={"chair": ["T1"], "executive": ["T1", "T2"]},
        today={"T5": frozenset({TENANT, "young"})},
    )
    assert isinstance(found.outcome, Series)
    assert {one.office: one.result.elected for one in found.outcome.races} == {
        "executive": ("T3",),
        "board": ("T5",),
    }
