"""Alarms: since when, what is missing, what would mend it, and by when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult.council.core.agreement import Agreement, Elects, Settings
from consult.council.core.alarm import Alarm, Standing, alarms, unlawful_since
from consult.council.core.board import Mandate, Part
from consult.council.core.deadlines import DAYS, HORIZON, due
from consult.council.core.events import Event, Happening, settle
from consult.council.core.remedies import (
    ByElection,
    CoOpt,
    Need,
    Option,
    Refill,
    Shrink,
    TakeOver,
    needs,
    shrink,
)
from consult.council.core.rules import TENANT, MinHard, RuleSet, ShareGt
from tests.unit.council.boards import (
    AGREEMENTS,
    CHAIR,
    DAY,
    END,
    RULES,
    SECRETARY,
    START,
    TREASURER,
    board,
    event,
    member,
)

BEFORE, LATER = DAY - timedelta(1), DAY + timedelta(100)
EXECUTIVE = [member("Tc", CHAIR), member("Ts", SECRETARY), member("Nt", TREASURER)]


def told(
    mandates: Sequence[Mandate],
    *events: Event,
    today: date = DAY,
    agreements: Sequence[Agreement] = AGREEMENTS,
) -> dict[str, Alarm]:
    """The alarms of a day after the events, by rule."""
    return {
        one.check.rule: one
        for one in alarms(settle(mandates, events, agreements), agreements, today)
    }


def option(alarm: Alarm, kind: type[Option]) -> Option | None:
    """The option of one kind."""
    return next((one for one in alarm.options if isinstance(one, kind)), None)


def test_a_lawful_board_with_all_posts_has_no_alarm() -> None:
    assert told([*EXECUTIVE, *board(5, 1)]) == {}


def test_the_end_of_the_term_is_an_alarm_from_a_year_before() -> None:
    people = [*EXECUTIVE, *board(5, 1)]
    assert told(people, today=END - HORIZON - timedelta(1)) == {}
    found = told(people, today=END - HORIZON)
    assert [(rule, one.standing, one.since) for rule, one in found.items()] == [
        ("board_size", Standing.COMING, END)
    ]


def test_a_chair_who_will_buy_is_an_alarm_for_that_day_with_names() -> None:
    people = [*EXECUTIVE, *board(6, 0)]
    chair = told(people, event("Tc", Happening.BOUGHT), today=BEFORE)["chair_tenant"]
    assert (chair.standing, chair.since) == (Standing.COMING, DAY)
    take = option(chair, TakeOver)
    assert isinstance(take, TakeOver)
    assert "Tc" not in {one.name for one in take.members}


def test_a_purchase_at_the_minimum_is_an_alarm_since_that_day() -> None:
    found = told([*EXECUTIVE, *board(8, 2)], event("T1", Happening.BOUGHT), today=LATER)
    share = found["tenant_share"]
    assert (share.standing, share.since, share.missing) == (Standing.BROKEN, DAY, 1)
    assert share.due == DAY + timedelta(DAYS[Part.BOARD])
    assert share.overdue(LATER)
    assert not share.overdue(share.due)


def test_a_purchase_that_is_known_beforehand_is_an_alarm_for_that_day() -> None:
    found = told([*EXECUTIVE, *board(8, 2)], event("T1", Happening.BOUGHT), today=BEFORE)
    share = found["tenant_share"]
    assert (share.standing, share.since) == (Standing.COMING, DAY)
    assert not share.overdue(BEFORE)


def test_days_of_the_same_breach_in_a_row_are_one_alarm_and_a_pause_begins_a_new_one() -> None:
    events = [
        event("T1", Happening.BOUGHT, START + timedelta(10)),
        event("N1", Happening.RESIGNED, START + timedelta(20)),
        event("T2", Happening.BOUGHT, START + timedelta(30)),
        event("T3", Happening.BOUGHT, START + timedelta(40)),
    ]
    people = [*EXECUTIVE, *board(8, 2)]
    assert told(people, *events[:2], today=DAY) == {}
    assert told(people, *events, today=DAY)["tenant_share"].since == START + timedelta(30)


def test_a_vacant_chair_is_an_alarm_with_the_names_of_those_who_may_take_over() -> None:
    people = [*EXECUTIVE, *board(6, 0)]
    found = told(people, event("Tc", Happening.BOUGHT), today=DAY)
    chair = found["chair_tenant"]
    assert (chair.standing, chair.since, chair.due) == (Standing.VACANT, DAY, DAY)
    take = option(chair, TakeOver)
    assert isinstance(take, TakeOver)
    assert [one.name for one in take.members] == ["T0", "T1", "T2", "T3", "T4", "T5", "Ts"][:6]
    assert not take.acting


def test_where_voters_choose_the_chair_the_board_names_an_acting_one() -> None:
    rules = replace(RULES, settings=Settings(chair_by=Elects.VOTERS))
    found = told(board(5, 0), agreements=(rules,))
    take = option(found["chair_tenant"], TakeOver)
    assert isinstance(take, TakeOver)
    assert take.acting


def test_a_short_executive_names_the_posts_and_the_tenants_who_could_take_them() -> None:
    people = [member("Tc", CHAIR), member("Ns", SECRETARY), member("Nt", TREASURER), *board(5, 0)]
    short = told(people)["executive_tenants"]
    assert (short.standing, short.missing) == (Standing.BROKEN, 1)
    takes = [one for one in short.options if isinstance(one, TakeOver)]
    assert [one.office for one in takes] == [SECRETARY, TREASURER]
    assert {member.name for one in takes for member in one.members} == {f"T{n}" for n in range(5)}


def test_a_board_without_a_spare_tenant_has_a_by_election_and_shrinking_as_options() -> None:
    found = told(board(7, 3))["tenant_share"]
    assert (found.check.have, found.check.least, found.missing) == (7, 8, 1)
    election = option(found, ByElection)
    assert election == ByElection((Need(1, 1, True), Need(2, 2, True), Need(3, 3, True)))
    assert option(found, Shrink) == Shrink(1)
    assert option(found, CoOpt) is None
    assert option(found, Refill) is None


def test_a_full_board_has_no_seats_to_fill() -> None:
    assert option(told(board(9, 4))["tenant_share"], ByElection) is None
    assert option(told(board(9, 4))["tenant_share"], Shrink) == Shrink(1)


def test_the_last_election_of_those_who_sit_may_refill() -> None:
    people = [
        replace(one, election_id=f"e{n}", start=START + timedelta(n))
        for n, one in enumerate(board(7, 3))
    ]
    assert option(told(people)["tenant_share"], Refill) == Refill("e9")


def test_co_optation_is_an_option_where_the_rules_allow_it() -> None:
    rules = replace(RULES, settings=Settings(co_optation=True))
    assert option(told(board(7, 3), agreements=(rules,))["tenant_share"], CoOpt) == CoOpt()


def test_of_an_empty_board_the_size_says_everything() -> None:
    assert told(board(3, 0), today=END).keys() == {"board_size"}


def test_new_rules_are_an_alarm_from_their_first_day() -> None:
    stricter = RuleSet((ShareGt("tenant_share", TENANT, 9, 10),))
    later = replace(RULES, start=LATER, board=stricter)
    found = told(board(8, 2), agreements=(RULES, later))["tenant_share"]
    assert (found.standing, found.since, found.check.least) == (Standing.COMING, LATER, 10)


def test_before_any_rules_there_are_no_alarms() -> None:
    assert told(board(3, 0), today=date(2010, 1, 1)) == {}


def test_unlawful_days_in_a_row_are_counted_from_the_first() -> None:
    people = settle(board(8, 3), [event("T1", Happening.BOUGHT)], AGREEMENTS)
    assert unlawful_since(people, AGREEMENTS, LATER) == DAY
    assert unlawful_since(people, AGREEMENTS, BEFORE) is None


@pytest.mark.parametrize(
    ("staying", "tenants", "expected"),
    [
        (10, 7, [(1, 1, True), (2, 2, True), (3, 3, True)]),
        (9, 6, [(1, 2, False), (2, 2, True), (3, 3, True), (4, 4, True)]),
        (12, 9, [(1, 1, True)]),
        (13, 10, []),
        (0, 0, [(1, 2, False), (2, 2, True)]),
    ],
)
def test_the_need_of_a_by_election_worked_by_hand(
    staying: int, tenants: int, expected: list[tuple[int, int, bool]]
) -> None:
    found = needs(RULES.board, RULES.largest_board, staying, tenants)
    assert [(one.seats, one.tenants, one.possible) for one in found][: len(expected)] == expected


def test_shrinking_names_the_fewest_and_none_when_tenants_are_too_few() -> None:
    assert shrink(RULES.board, 13, 10, 6) == Shrink(2)
    assert shrink(RULES.board, 13, 4, 1) is None
    assert shrink(RuleSet((MinHard("m", TENANT, 2),)), 13, 15, 10) == Shrink(2)


def test_every_part_has_a_deadline_and_the_chair_at_once() -> None:
    assert DAYS.keys() == set(Part)
    assert due(Part.CHAIR, DAY) == DAY
