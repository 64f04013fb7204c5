"""The board that follows from what happened to its members (DOMAIN, edge cases)."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from consult.council.core.board import Ending, Mandate, Term, composition
from consult.council.core.events import ENDS, TENANCY, Event, Happening, settle
from tests.unit.council.boards import (
    AGREEMENTS,
    CHAIR,
    DAY,
    END,
    RULES,
    SECRETARY,
    START,
    board,
    event,
    member,
)

BEFORE, LATER = DAY - timedelta(1), DAY + timedelta(30)


def after(mandates: Sequence[Mandate], *events: Event) -> dict[str, Mandate]:
    """The members after the events, by name."""
    return {one.name: one for one in settle(mandates, events, AGREEMENTS)}


def test_without_events_nothing_changes() -> None:
    people = [member("T1", CHAIR), *board(3, 1)]
    settled = settle(people, (), AGREEMENTS)
    assert [(one.end, one.offices(DAY), one.ending) for one in settled] == [
        (one.end, one.offices(DAY), None) for one in people
    ]


def test_each_happening_ends_the_seat_or_changes_the_tenancy_or_leaves_an_office() -> None:
    assert ENDS | set(TENANCY) | {Happening.LEFT_OFFICE} == set(Happening)
    assert not ENDS & set(TENANCY)


@pytest.mark.parametrize("happened", sorted(ENDS))
def test_what_ends_a_seat_ends_it_on_the_day_and_keeps_the_planned_end(happened: Happening) -> None:
    one = after([member("T1")], event("T1", happened))["T1"]
    assert (one.sits(BEFORE), one.sits(DAY)) == (True, False)
    assert (one.ending, one.term_end) == (Ending(happened), END)


@pytest.mark.parametrize("happened", [Happening.BOUGHT, Happening.NO_DWELLING])
def test_who_is_no_tenant_any_more_keeps_the_seat(happened: Happening) -> None:
    one = after([member("T1")], event("T1", happened))["T1"]
    assert (one.is_tenant(BEFORE), one.is_tenant(DAY)) == (True, False)
    assert one.sits(DAY)
    assert one.ending is None


def test_who_becomes_a_tenant_again_counts_again() -> None:
    events = event("T1", Happening.BOUGHT), event("T1", Happening.TENANT, LATER)
    one = after([member("T1")], *events)["T1"]
    days = (BEFORE, DAY, LATER - timedelta(1), LATER)
    assert [one.is_tenant(day) for day in days] == [True, False, False, True]


def test_of_two_events_on_one_day_the_one_noted_last_counts() -> None:
    events = event("T1", Happening.BOUGHT), event("T1", Happening.TENANT)
    assert after([member("T1")], *events)["T1"].is_tenant(DAY)
    assert not after([member("T1")], *reversed(events))["T1"].is_tenant(DAY)


def test_the_first_event_that_ends_a_seat_counts() -> None:
    events = event("T1", Happening.RESIGNED, LATER), event("T1", Happening.DIED, DAY)
    one = after([member("T1")], *events)["T1"]
    assert (one.end, one.ending) == (DAY, Ending.DIED)


def test_the_chair_who_buys_leaves_the_chair_that_day_and_no_other_office() -> None:
    one = after([member("T1", CHAIR, SECRETARY)], event("T1", Happening.BOUGHT))["T1"]
    assert (one.offices(BEFORE), one.offices(DAY)) == ((CHAIR, SECRETARY), (SECRETARY,))


def test_the_chair_does_not_come_back_by_becoming_a_tenant_again() -> None:
    events = event("T1", Happening.BOUGHT), event("T1", Happening.TENANT, LATER)
    assert after([member("T1", CHAIR)], *events)["T1"].offices(LATER) == ()


def test_an_acting_chair_who_buys_leaves_the_chair_too() -> None:
    acting = Mandate("T1", "T1", START, END, ((START, True),), (Term(CHAIR, START, acting=True),))
    one = after([acting], event("T1", Happening.BOUGHT))["T1"]
    assert (one.acting(BEFORE), one.acting(DAY)) == ((CHAIR,), ())


def test_a_purchase_that_turns_out_a_mistake_leaves_the_chair_where_it_was() -> None:
    people = [member("T1", CHAIR), *board(3, 0)]
    bought = event("T1", Happening.BOUGHT)
    assert composition(settle(people, [bought], AGREEMENTS), RULES, DAY).holder(CHAIR) is None
    assert composition(settle(people, [], AGREEMENTS), RULES, DAY).holder(CHAIR) is not None


def test_a_successor_ends_the_term_of_the_one_before() -> None:
    second = Mandate("T2", "T2", START, END, ((START, True),), (Term(CHAIR, DAY),))
    people = after([member("T1", CHAIR), second])
    assert (people["T1"].offices(BEFORE), people["T1"].offices(DAY)) == ((CHAIR,), ())
    assert people["T2"].offices(DAY) == (CHAIR,)


def test_when_the_successor_goes_the_one_before_does_not_come_back() -> None:
    second = Mandate("T2", "T2", START, END, ((START, True),), (Term(CHAIR, DAY),))
    people = after([member("T1", CHAIR), second], event("T2", Happening.DIED, LATER))
    assert [one.offices(LATER) for one in people.values()] == [(), ()]


def test_an_office_that_is_left_ends_and_the_other_one_stays() -> None:
    left = event("T1", Happening.LEFT_OFFICE, DAY, SECRETARY)
    one = after([member("T1", CHAIR, SECRETARY)], left)["T1"]
    assert (one.offices(BEFORE), one.offices(DAY)) == ((CHAIR, SECRETARY), (CHAIR,))


def test_a_post_left_and_given_again_on_that_day_is_held() -> None:
    again = Mandate(
        "T1", "T1", START, END, ((START, True),), (Term(SECRETARY, START), Term(SECRETARY, DAY))
    )
    one = after([again], event("T1", Happening.LEFT_OFFICE, DAY, SECRETARY))["T1"]
    assert one.offices(DAY) == (SECRETARY,)


def test_an_end_that_ends_a_seat_ends_its_offices() -> None:
    one = after([member("T1", CHAIR)], event("T1", Happening.MOVED))["T1"]
    assert one.terms[0].end == DAY


def test_settling_a_settled_board_with_more_events_is_settling_all_of_them() -> None:
    people = [member("T1", CHAIR), member("T2", SECRETARY), *board(3, 1)]
    first, second = event("T1", Happening.BOUGHT), event("T2", Happening.RESIGNED, LATER)
    apart = settle(settle(people, [first], AGREEMENTS), [second], AGREEMENTS)
    assert apart == settle(people, [first, second], AGREEMENTS)


def test_what_happens_to_one_leaves_the_others_alone() -> None:
    people = after(board(3, 1), event("T1", Happening.DIED))
    assert [name for name, one in people.items() if one.sits(DAY)] == ["T0", "T2", "N0"]
    assert date.max > people["T0"].end
