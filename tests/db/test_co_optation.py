"""Taking somebody in without an election: off, unless the rules allow it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.accounts.core.approvals import fingerprint
from consult.actor import SYSTEM, Actor
from consult.audit.store import latest
from consult.council.actions import board, co_optation
from consult.council.actions.board import NewMandate
from consult.council.core.co_optation import Newcomer
from consult.council.store import co_optation as requests
from consult.db.session import Database
from consult.refusal import Refusal
from tests.consultations import SECRETARY
from tests.rules import adopted, file, two

TODAY = date(2026, 11, 22)
END = date(2030, 1, 1)


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


NEWCOMER = Newcomer("Nadia", False, TODAY, END)


def allow(session: Session, at: datetime, pair: tuple[Actor, Actor]) -> None:
    """A lawful board of four tenants, under rules that let it take somebody in."""
    elected = [NewMandate(f"T{number}", True, TODAY, END) for number in range(4)]
    board.seat(session, SYSTEM, at, elected)
    adopted(session, at, pair, file(TODAY, ("settings", "co_optation", True)))


def test_taking_somebody_in_without_an_election_is_off_by_default(
    database: Database, at: datetime
) -> None:
    with database.write() as session, refused("council.no_co_optation"):
        co_optation.ask(session, SECRETARY, at, NEWCOMER)


def test_two_people_take_somebody_in_where_the_rules_allow_it(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        secretary, chair = two(session)
        allow(session, at, (secretary, chair))
        asked = co_optation.ask(session, secretary, at, NEWCOMER)
        shown = fingerprint(NEWCOMER.effect)
        with refused("accounts.approve_own"):
            co_optation.co_opt(session, secretary, at, asked, shown)
        with refused("accounts.effect_changed"):
            co_optation.co_opt(session, chair, at, asked, fingerprint(b"another"))
        co_optation.co_opt(session, chair, at, asked, shown)
        status = board.status(session, at)
        assert (status.size, status.tenants) == (5, 4)
        assert requests.asked(session) == {}
        event = latest(session, 1)[0]
        assert event.kind == "council.co_opted"
        assert "Nadia" not in event.payload
        with refused("council.co_optation_unknown"):
            co_optation.co_opt(session, chair, at, asked, shown)


def test_somebody_taken_in_passes_the_checks_of_every_seat(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        pair = two(session)
        allow(session, at, pair)
        for wrong, code in (
            (replace(NEWCOMER, end=TODAY), "council.period_empty"),
            (replace(NEWCOMER, end=date(2030, 11, 23)), "council.co_optation_long"),
            (replace(NEWCOMER, start=TODAY - timedelta(1)), "council.co_optation_past"),
        ):
            with refused(code):
                co_optation.ask(session, pair[0], at, wrong)
        first = co_optation.ask(session, pair[0], at, NEWCOMER)
        second = co_optation.ask(session, pair[0], at, replace(NEWCOMER, name="Noor"))
        co_optation.co_opt(session, pair[1], at, first, fingerprint(NEWCOMER.effect))
        shown = fingerprint(replace(NEWCOMER, name="Noor").effect)
        with refused("council.board_unlawful"):
            co_optation.co_opt(session, pair[1], at, second, shown)


def test_nothing_is_kept_of_somebody_who_is_not_taken_in(database: Database, at: datetime) -> None:
    with database.write() as session:
        pair = two(session)
        allow(session, at, pair)
        asked = co_optation.ask(session, pair[0], at, NEWCOMER)
        co_optation.drop(session, pair[0], at, asked)
        assert requests.asked(session) == {}
        with refused("council.co_optation_unknown"):
            co_optation.drop(session, pair[0], at, asked)


def test_somebody_taken_in_earlier_does_not_break_the_board_of_who_comes_later(
    database: Database, at: datetime
) -> None:
    """Each of the two is lawful on the first day of her own; together they are two of six."""
    later = replace(NEWCOMER, name="Noor", start=TODAY + timedelta(60))
    with database.write() as session:
        pair = two(session)
        allow(session, at, pair)
        first = co_optation.ask(session, pair[0], at, NEWCOMER)
        asked = co_optation.ask(session, pair[0], at, later)
        co_optation.co_opt(session, pair[1], at, asked, fingerprint(later.effect))
        with refused("council.board_unlawful_later"):
            co_optation.co_opt(session, pair[1], at, first, fingerprint(NEWCOMER.effect))
        with refused("council.board_unlawful_later"):
            co_optation.ask(session, pair[0], at, NEWCOMER)
        before = replace(NEWCOMER, end=later.start)
        asked = co_optation.ask(session, pair[0], at, before)
        co_optation.co_opt(session, pair[1], at, asked, fingerprint(before.effect))
        assert all(one.lawful for one in board.overview(session, TODAY).coming[:1])


def test_a_breach_that_comes_anyway_keeps_nobody_out(database: Database, at: datetime) -> None:
    with database.write() as session:
        pair = two(session)
        allow(session, at, pair)
        newcomer = replace(NEWCOMER, end=date(2030, 3, 1))
        asked = co_optation.ask(session, pair[0], at, newcomer)
        co_optation.co_opt(session, pair[1], at, asked, fingerprint(newcomer.effect))
