"""What if: suppositions, and everything that one, two or three events can do."""

from datetime import timedelta

from consult.council.core.events import Happening
from consult.council.core.whatif import Effect, exposure, suppose
from tests.unit.council.boards import (
    AGREEMENTS,
    CHAIR,
    DAY,
    SECRETARY,
    START,
    TREASURER,
    board,
    event,
    member,
)

LATER = DAY + timedelta(10)
THIRTEEN = [
    member("Tc", CHAIR),
    member("Ts", SECRETARY),
    member("Nt", TREASURER),
    *board(8, 2),
]


def test_a_supposition_shows_today_and_each_day_on_which_it_changes_something() -> None:
    events = [event("T1", Happening.BOUGHT, DAY), event("T2", Happening.RESIGNED, LATER)]
    _, found = suppose(THIRTEEN, AGREEMENTS, events, START)
    assert [(one.day, one.tenants, one.size, one.lawful) for one in found[:3]] == [
        (START, 10, 13, True),
        (DAY, 9, 13, False),
        (LATER, 8, 12, False),
    ]


def test_a_supposition_leaves_the_board_itself_alone() -> None:
    before = list(THIRTEEN)
    suppose(THIRTEEN, AGREEMENTS, [event("T1", Happening.DIED)], START)
    assert before == THIRTEEN


def test_on_a_board_at_its_minimum_every_purchase_breaks_the_share_and_no_departure_does() -> None:
    one, *_ = exposure(THIRTEEN, AGREEMENTS, DAY)
    assert (one.events, one.ways, one.breaking) == (1, 23, 10)
    effects = {step.effect for cause in one.causes for step, _ in cause.steps}
    assert effects == {Effect.CHANGES}
    assert sum(cause.ways for cause in one.causes) == 10


def test_the_causes_of_two_events_are_those_that_neither_alone_would_be() -> None:
    _, two, _ = exposure(THIRTEEN, AGREEMENTS, DAY)
    assert two.ways == 23 * 22 // 2 - 10
    for cause in two.causes:
        assert all(step.effect is Effect.LEAVES for step, _ in cause.steps)


def test_a_board_with_a_tenant_to_spare_survives_any_single_event() -> None:
    people = [member("Tc", CHAIR), member("Ts", SECRETARY), member("Tt", TREASURER), *board(8, 2)]
    one, two, _ = exposure(people, AGREEMENTS, DAY)
    assert (one.breaking, one.causes) == (0, ())
    assert two.breaking > 0


def test_of_a_board_that_is_unlawful_already_no_event_is_called_the_cause() -> None:
    one, *_ = exposure(board(7, 3), AGREEMENTS, DAY)
    assert one.breaking > 0
    assert one.causes == ()
