"""An election's phases, its plan and the order of its paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consult.elections.core.election import (
    Candidate,
    Election,
    KeyHolder,
    Phase,
    Plan,
    paper_order,
    problems_of,
)
from consult.elections.core.gaps import Gap, gaps

OPENS = datetime(2026, 11, 9, 8, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 23, tzinfo=UTC)
BEFORE, DURING, AFTER = OPENS - timedelta(1), OPENS + timedelta(1), CLOSES + timedelta(1)
PLAN = Plan(
    "Bestuur",
    "Wie kan luisteren?",
    13,
    5,
    date(2026, 10, 1),
    OPENS,
    CLOSES,
    date(2027, 1, 1),
    date(2031, 1, 1),
)
DRAFT = Election("e", "uuid", PLAN)
SEALED = replace(DRAFT, sealed_at=BEFORE)


@pytest.mark.parametrize(
    ("election", "now", "phase"),
    [
        (DRAFT, DURING, Phase.DRAFT),
        (SEALED, BEFORE, Phase.SEALED),
        (SEALED, OPENS, Phase.OPEN),
        (SEALED, CLOSES - timedelta(seconds=1), Phase.OPEN),
        (SEALED, CLOSES, Phase.CLOSED),
        (replace(SEALED, closed_at=CLOSES), DURING, Phase.CLOSED),
        (replace(SEALED, closed_at=CLOSES, totals=(1, 2)), AFTER, Phase.TALLIED),
        (replace(SEALED, published_at=AFTER), BEFORE, Phase.PUBLISHED),
    ],
)
def test_the_phase_follows_from_decisions_and_time(
    election: Election, now: datetime, phase: Phase
) -> None:
    assert election.phase(now) is phase


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": " "}, {"title": "missing"}),
        ({"profile": ""}, {"profile": "missing"}),
        ({"max_board": 14}, {"max_board": "board_size"}),
        ({"max_board": 0, "max_choices": 0}, {"max_board": "board_size", "max_choices": "choices"}),
        ({"max_choices": 14}, {"max_choices": "choices"}),
        ({"closes_at": OPENS}, {"closes_at": "before_opening"}),
        ({"seats_from": date(2026, 11, 30)}, {"seats_from": "before_closing"}),
        ({"seats_until": date(2031, 1, 2)}, {"seats_until": "term"}),
        ({"seats_until": date(2027, 1, 1)}, {"seats_until": "before_start"}),
        ({"reference_date": date(2026, 11, 10)}, {"reference_date": "after_opening"}),
    ],
)
def test_a_wrong_plan_names_the_field_and_what_is_wrong(
    change: dict[str, Any], problem: dict[str, str]
) -> None:
    assert problems_of(replace(PLAN, **change), BEFORE, 13, 4) == problem


def test_a_plan_that_is_over_is_wrong() -> None:
    assert problems_of(PLAN, AFTER, 13, 4) == {"closes_at": "in_the_past"}


def test_a_sound_plan_has_no_problems() -> None:
    assert problems_of(PLAN, BEFORE, 13, 4) == {}


def test_the_order_of_the_paper_does_not_depend_on_the_order_of_nomination() -> None:
    people = [Candidate(str(n), f"Naam {n}", "", frozenset()) for n in range(8)]
    assert paper_order("uuid", people) == paper_order("uuid", people[::-1])


def test_another_election_has_another_order() -> None:
    people = [Candidate(str(n), f"Naam {n}", "", frozenset()) for n in range(8)]
    orders = {tuple(one.id for one in paper_order(f"u{n}", people)) for n in range(20)}
    assert len(orders) > 10


def test_gaps_are_named_in_the_order_in_which_they_are_mended() -> None:
    assert gaps(DRAFT, [], [], BEFORE) == (
        Gap.NO_CANDIDATES,
        Gap.NO_TRUSTEES,
        Gap.NO_ROLL,
        Gap.NO_CODES,
    )
    holder = KeyHolder("h", 1, "Truus")
    assert Gap.KEY_MISSING in gaps(DRAFT, [], [holder], BEFORE)
    assert Gap.NO_TRUSTEES in gaps(DRAFT, [], [holder], BEFORE)
    assert Gap.NO_TRUSTEES not in gaps(DRAFT, [], [holder, holder], BEFORE)
    assert gaps(DRAFT, [], [], AFTER)[-1] is Gap.OVER


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [
        (None, None, {}),
        (BEFORE, OPENS, {}),
        (BEFORE, None, {"nominate_until": "missing"}),
        (None, OPENS, {"nominate_from": "missing"}),
        (BEFORE, BEFORE, {"nominate_until": "before_opening"}),
        (BEFORE, OPENS + timedelta(seconds=1), {"nominate_until": "after_voting"}),
        (BEFORE - timedelta(2), OPENS, {"nominate_from": "in_the_past"}),
    ],
)
def test_customers_apply_after_now_and_before_the_vote(
    begin: datetime | None, end: datetime | None, found: dict[str, str]
) -> None:
    plan = replace(PLAN, nominate_from=begin, nominate_until=end)
    assert problems_of(plan, BEFORE - timedelta(1), 13, 4) == found


def test_a_profile_is_lacking_only_where_one_is_asked_for() -> None:
    asked = replace(PLAN, nominate_from=BEFORE, nominate_until=OPENS)
    assert not DRAFT.lacks_profile
    assert replace(DRAFT, plan=asked).lacks_profile
    assert not replace(DRAFT, plan=asked, profile_at=BEFORE).lacks_profile
