"""A year of a board, day by day, against a table that was worked by hand.

The least number of tenants is that of the table in the agreement's notes: 13 members 10, 12 and 11
members 9 and 8, 10 members 8 (7 of 10 is exactly 70 %, and too few).
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from consult.actor import SYSTEM
from consult.council.actions.board import NewMandate, overview, seat
from consult.council.core.agreement import Office
from consult.council.core.alarm import Standing
from consult.council.core.remedies import ByElection, Need, TakeOver
from consult.db.session import Database
from consult.demo.year import YEAR, Cast, Step, live
from consult.refusal import Refusal

FIRST = date(2027, 1, 1)
DAYS = 365
CHAIR, SHARE, EXECUTIVE = "chair_tenant", "tenant_share", "executive_tenants"
BROKEN, COMING, VACANT = Standing


class Row(NamedTuple):
    """From this day on: members, tenants, the least there must be, chair, alarms, since when."""

    start: date
    members: int
    tenants: int
    least: int
    chair: str
    alarms: dict[str, Standing]
    unlawful_since: date | None = None


def on(month: int, day: int) -> date:
    """A day of the year."""
    return date(2027, month, day)


TABLE = (
    # from       members tenants least chair alarms, unlawful since
    Row(on(1, 1), 13, 10, 10, "Aïcha", {}),
    #   the purchase of 1 March is known from 15 February on
    Row(on(2, 15), 13, 10, 10, "Aïcha", {SHARE: COMING, CHAIR: COMING}),
    #   the chair bought: one tenant too few, and the chair is vacant
    Row(on(3, 1), 13, 9, 10, "", {SHARE: BROKEN, CHAIR: VACANT, EXECUTIVE: VACANT}, on(3, 1)),
    Row(on(3, 3), 13, 9, 10, "acting Carmen", {SHARE: BROKEN}, on(3, 1)),
    #   a member who is no tenant resigns: 9 of 12 is enough
    Row(on(3, 20), 12, 9, 9, "acting Carmen", {}),
    #   a tenant resigns: 8 of 11 is just enough
    Row(on(5, 1), 11, 8, 8, "acting Carmen", {}),
    #   another one: 7 of 10 is exactly 70 %
    Row(on(6, 1), 10, 7, 8, "acting Carmen", {SHARE: BROKEN}, on(6, 1)),
    #   the by-election brings two tenants
    Row(on(9, 1), 12, 9, 9, "acting Carmen", {}),
    Row(on(10, 1), 12, 9, 9, "Carmen", {}),
    #   a tenant moves away
    Row(on(10, 15), 11, 8, 8, "Carmen", {}),
    #   a refill on the totals of the by-election
    Row(on(11, 1), 12, 9, 9, "Carmen", {}),
    #   the chair of old rents again
    Row(on(12, 1), 12, 10, 9, "Carmen", {}),
    #   a purchase is noted by mistake, and corrected
    Row(on(12, 5), 12, 9, 9, "Carmen", {}),
    Row(on(12, 8), 12, 10, 9, "Carmen", {}),
)


def at(day: date) -> datetime:
    """Ten in the morning, in UTC."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def expected(day: date) -> Row:
    """The row of the table for a day."""
    return [row for row in TABLE if row.start <= day][-1]


def lived(database: Database, until: date) -> Cast:
    """The year up to and with a day."""
    cast = Cast(FIRST, {}, {})
    with database.write() as session:
        steps = [step for step in YEAR if cast.day(step.number) <= until]
        live(session, SYSTEM, cast, steps, at)
    return cast


def test_every_day_of_the_year_is_as_the_table_says(database: Database) -> None:
    cast = Cast(FIRST, {}, {})
    for number in range(DAYS):
        day = cast.day(number)
        today: list[Step] = [step for step in YEAR if step.number == number]
        with database.write() as session:
            live(session, SYSTEM, cast, today, at)
            found = overview(session, day)
        status, row = found.status, expected(day)
        holder = status.holder(Office.CHAIR)
        acting = "acting " if holder and holder.acting(day) else ""
        share = next(one for one in status.checks if one.rule == SHARE)
        seen = Row(
            row.start,
            status.size,
            status.tenants,
            share.least,
            f"{acting}{holder.name}" if holder else "",
            {one.check.rule: one.standing for one in found.alarms},
            found.since,
        )
        assert (day, seen) == (day, row)
        assert (day, status.lawful) == (day, row.unlawful_since is None)


def test_the_table_covers_the_year_and_says_what_the_rule_says() -> None:
    assert [row.start for row in TABLE] == sorted({row.start for row in TABLE})
    assert expected(FIRST + timedelta(DAYS - 1)).start == on(12, 8)
    for row in TABLE:
        assert row.least == 7 * row.members // 10 + 1
        assert (row.tenants < row.least) == (row.unlawful_since is not None)


def test_on_the_day_that_the_chair_bought_the_alarm_names_who_may_take_over(
    database: Database,
) -> None:
    lived(database, on(3, 1))
    with database.read() as session:
        found = {one.check.rule: one for one in overview(session, on(3, 2)).alarms}
    chair = found[CHAIR]
    assert (chair.since, chair.due, chair.overdue(on(3, 2))) == (on(3, 1), on(3, 1), True)
    (take,) = [one for one in chair.options if isinstance(one, TakeOver)]
    assert [one.name for one in take.members] == [
        "Carmen",
        "Dirk",
        "Esma",
        "Frits",
        "Gerda",
        "Hans",
        "Ilse",
        "Jamal",
    ]
    assert found[SHARE].due == on(4, 30)


def test_in_june_the_alarm_says_what_the_by_election_must_bring(database: Database) -> None:
    lived(database, on(6, 1))
    with database.read() as session:
        (share,) = overview(session, on(8, 1)).alarms
    assert share.overdue(on(8, 1))
    (election,) = [one for one in share.options if isinstance(one, ByElection)]
    assert election.needs == (Need(1, 1, True), Need(2, 2, True), Need(3, 3, True))


@pytest.mark.parametrize("tenant", [True, False])
def test_a_refill_is_held_to_the_same_rule(database: Database, tenant: bool) -> None:
    lived(database, on(10, 15))
    given = [NewMandate("Quinten", tenant, on(11, 1), on(12, 31))]
    with database.write() as session:
        if tenant:
            seat(session, SYSTEM, at(on(11, 1)), given)
            return
        with pytest.raises(Refusal, match=r"council\.board_unlawful"):
            seat(session, SYSTEM, at(on(11, 1)), given)
