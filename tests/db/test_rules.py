"""Newer rules for the board, in the database: handed in, shown, adopted by two people."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from time import sleep
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from consult.actor import SYSTEM
from consult.audit.store import latest
from consult.config import Settings
from consult.council.actions import board, rules
from consult.council.actions.board import NewMandate
from consult.council.actions.events import new_event, note_event
from consult.council.actions.offices import appoint_office
from consult.council.core.agreement import Office, rules_on
from consult.council.core.events import Happening
from consult.council.core.rule_file import fingerprint, read, write
from consult.council.core.versions import State, Topic, state
from consult.council.store import agreements as store
from consult.council.tables import AgreementRow
from consult.db.session import Database
from consult.elections.actions import opening, prepare
from consult.elections.core.election import parse_seal
from consult.elections.store import elections
from consult.refusal import Refusal
from consult.register.core.base import Kind
from consult.register.store import rolls
from consult.register.tables import ContractRow
from tests import elections as held
from tests.agreements import AGREEMENT_2016
from tests.consultations import PREPARED, SECRETARY
from tests.rules import adopted, file, told, two

TODAY = date(2026, 11, 22)
END = date(2030, 1, 1)
Change = Callable[[Any], object]


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_every_installation_begins_with_the_agreement_of_2016(database: Database) -> None:
    with database.read() as session:
        assert store.agreements(session) == (AGREEMENT_2016,)
        assert rules.agreement_on(session, TODAY) == AGREEMENT_2016
        with refused("council.no_rules"):
            rules.agreement_on(session, date(2016, 6, 30))


def test_adopted_rules_hold_from_their_first_day(database: Database, at: datetime) -> None:
    start = TODAY + timedelta(30)
    raw = file(start, ("board", "num", 8))
    with database.write() as session:
        made = adopted(session, at, two(session), raw)
    with database.read() as session:
        assert rules.agreement_on(session, start - timedelta(1)) == AGREEMENT_2016
        assert rules.agreement_on(session, start) == read(raw)
        row = session.scalars(select(AgreementRow).where(AgreementRow.id == made)).one()
        assert (row.body, row.sha256) == (write(read(raw)), fingerprint(read(raw)))


def test_one_person_alone_changes_no_rules(database: Database, at: datetime) -> None:
    with database.write() as session:
        secretary, chair = two(session)
        made = rules.hand_in(session, secretary, at, file(TODAY))
        shown = told(session, at, made)
        with refused("accounts.proposal_missing"):
            rules.adopt(session, chair, at, made, shown)
        with refused("accounts.propose_not_yours"):
            rules.propose(session, chair, at, made)
        rules.propose(session, secretary, at, made)
        with refused("accounts.approve_own"):
            rules.adopt(session, secretary, at, made, shown)
        with refused("accounts.effect_changed"):
            rules.adopt(session, chair, at, made, "0" * 64)
        assert store.agreements(session) == (AGREEMENT_2016,)


def test_what_was_agreed_on_holds_against_those_rules_only(
    database: Database, at: datetime
) -> None:
    """Somebody who approved a change from 13 to 9 members did not approve one from 11 to 9."""
    later = TODAY + timedelta(60)
    with database.write() as session:
        pair = two(session)
        made = rules.hand_in(session, pair[0], at, file(later, ("largest_board", "value", 9)))
        rules.propose(session, pair[0], at, made)
        shown = told(session, at, made)
        adopted(session, at, pair, file(TODAY, ("largest_board", "value", 11)))
        with refused("accounts.effect_changed"):
            rules.adopt(session, pair[1], at, made, shown)


def test_two_adoptions_at_once_do_not_both_replace_the_same_rules(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        pair = two(session)
        made = [
            rules.hand_in(session, pair[0], at, file(TODAY + timedelta(days), ("board", "num", 8)))
            for days in (1, 2)
        ]
        for one in made:
            rules.propose(session, pair[0], at, one)
        seen = [told(session, at, one) for one in made]

    def adopt(place: int) -> None:
        with database.write() as session:
            rules.adopt(session, pair[1], at, made[place], seen[place])

    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            rules.adopt(session, pair[1], at, made[0], seen[0])
            second = pool.submit(adopt, 1)
            sleep(0.2)  # so that it has looked at the rules, or waits to
        with refused("accounts.effect_changed"):
            second.result()


def test_rules_start_on_a_day_that_is_not_over(database: Database, at: datetime) -> None:
    with database.write() as session:
        secretary, chair = two(session)
        with refused("council.rules_start_past"):
            rules.hand_in(session, secretary, at, file(TODAY - timedelta(1)))
        made = rules.hand_in(session, secretary, at, file(TODAY))
        rules.propose(session, secretary, at, made)
        shown, tomorrow = told(session, at, made), at + timedelta(hours=20)
        with refused("council.rules_start_past"):
            rules.adopt(session, chair, tomorrow, made, shown)
        with refused("council.rules_start_past"):
            rules.propose(session, secretary, tomorrow, made)


def test_rules_that_began_today_are_not_replaced_today(database: Database, at: datetime) -> None:
    with database.write() as session:
        pair = two(session)
        adopted(session, at, pair, file(TODAY, ("board", "num", 8)))
        with refused("council.rules_start_taken"):
            rules.hand_in(session, pair[0], at, file(TODAY, ("board", "num", 6)))


def test_rules_that_have_not_begun_can_be_replaced(database: Database, at: datetime) -> None:
    start = TODAY + timedelta(5)
    with database.write() as session:
        pair = two(session)
        first = adopted(session, at, pair, file(start, ("board", "num", 8)))
        adopted(session, at + timedelta(hours=1), pair, file(start, ("board", "num", 6)))
        versions = store.adopted(session)
        assert rules_on(store.agreements(session), start).board.rules[0].num == 6  # type: ignore[union-attr]
        states = [state(versions, one, TODAY) for one in versions]
        assert states == [State.IN_FORCE, State.NEVER, State.COMING]
        assert versions[1].id == first


def test_rules_that_change_nothing_are_refused(database: Database, at: datetime) -> None:
    with database.write() as session:
        adopted(session, at, two(session), file(TODAY))
        with refused("council.rules_unchanged"):
            rules.hand_in(session, SYSTEM, at, file(TODAY + timedelta(5)))


def test_what_was_decided_stays_decided(database: Database, at: datetime) -> None:
    with database.write() as session:
        pair = two(session)
        gone = rules.hand_in(session, pair[0], at, file(TODAY))
        rules.drop(session, pair[0], at, gone)
        made = adopted(session, at, pair, file(TODAY))
        for decided in (gone, made, store.SHIPPED):
            for act in (rules.drop, rules.propose):
                with refused("council.rules_decided"):
                    act(session, pair[0], at, decided)
        with refused("council.rules_unknown"):
            rules.drop(session, pair[0], at, "nothing")
        assert store.waiting(session) == ()
        found = store.version(session, gone)
        assert found is not None
        assert state(store.adopted(session), found, TODAY) is State.DROPPED


def test_the_preview_says_what_changes_and_what_it_does_to_the_board(
    database: Database, at: datetime
) -> None:
    start = TODAY + timedelta(30)
    with database.write() as session:
        names = [("T1", True), ("T2", True), ("T3", True), ("N1", False)]
        ids = board.seat(
            session, SYSTEM, at, [NewMandate(name, kind, TODAY, END) for name, kind in names]
        )
        bought = new_event(ids[0], Happening.BOUGHT, start - timedelta(1))
        note_event(session, SYSTEM, at, ids[0], bought)
        raw = file(start, ("board", "num", 8), ("settings", "term_years", 3))
        found = store.version(session, rules.hand_in(session, SYSTEM, at, raw))
        assert found is not None
        preview = rules.preview(session, at, found)
    assert [(one.topic, one.name) for one in preview.differences] == [
        (Topic.SOURCE, "source"),
        (Topic.END, "end"),
        (Topic.RULE, "tenant_share"),
        (Topic.SETTING, "term_years"),
    ]
    days = [(one.after.day, one.before.lawful, one.after.lawful) for one in preview.days]
    assert days == [(TODAY, True, False), (start, False, False), (END, False, False)]
    assert preview.days[0].after.broken[0].least == 4


def test_the_log_says_which_rules_and_when(database: Database, at: datetime) -> None:
    with database.write() as session:
        pair = two(session)
        adopted(session, at, pair, file(TODAY))
        event = latest(session, 1)[0]
    assert event.kind == "council.rules_adopted"
    assert fingerprint(read(file(TODAY))) in event.payload
    assert "2026-11-22" in event.payload


def test_the_database_keeps_no_end_before_the_start(database: Database, at: datetime) -> None:
    row = {"id": "x", "body": b"", "sha256": "", "handed_in_by": "x", "handed_in_at": at}
    with pytest.raises(Exception, match=r"(?i)check"), database.write() as session:
        session.execute(insert(AgreementRow).values(start=TODAY, end=TODAY, **row))


def test_new_rules_judge_the_board_from_their_day_on(database: Database, at: datetime) -> None:
    """A chair who is no tenant: refused under 2016, allowed once the council says so."""
    with database.write() as session:
        pair = two(session)
        elected = [NewMandate(name, name[0] == "T", TODAY, END) for name in ("T1", "T2", "T3", "N")]
        ids = board.seat(session, SYSTEM, at, elected)
        with refused("council.chair_not_tenant"):
            appoint_office(session, SYSTEM, at, ids[3], Office.CHAIR, TODAY)
        shape = json.loads(file(TODAY + timedelta(9)))
        shape["chair"] = []
        adopted(session, at, pair, json.dumps(shape).encode())
        later = TODAY + timedelta(9)
        appoint_office(session, SYSTEM, at, ids[3], Office.CHAIR, later)
        found = board.status_on(session, later).holder(Office.CHAIR)
        assert found is not None
        assert found.name == "N"


# ------------------------------------------------------------------ settings that act


def test_who_votes_is_what_the_rules_say(database: Database) -> None:
    only_tenants = file(date(2026, 12, 1), ("settings", "electorate", ["tenant"]))
    with database.write() as session:
        held.estate(session, 4)
        session.execute(
            update(ContractRow)
            .where(ContractRow.customer_number == "K00003")
            .values(kind=Kind.OWNER)
        )
        every = prepare.draft(session, SECRETARY, PREPARED, held.PLAN)
        assert prepare.draw_roll(session, SECRETARY, PREPARED, every) == 4
        adopted(session, PREPARED, two(session), only_tenants)
        tenants = prepare.draft(session, SECRETARY, PREPARED, held.PLAN)
        assert prepare.draw_roll(session, SECRETARY, PREPARED, tenants) == 3
        roll = rolls.roll(session, str(elections.get(session, tenants).roll_id))
        assert roll is not None
        assert roll.kinds == {Kind.TENANT}


def test_no_letters_go_out_on_a_roll_of_other_rules(database: Database, settings: Settings) -> None:
    only_tenants = file(date(2026, 12, 1), ("settings", "electorate", ["tenant"]))
    with database.write() as session:
        run = held.ready(session, settings)
        adopted(session, PREPARED, (run.secretary, run.chair), only_tenants)
        with refused("elections.roll_other_rules"):
            opening.opening_effect(session, run.id, PREPARED)


def test_a_running_election_keeps_the_rules_that_it_was_sealed_with(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = held.running(session, settings)
        sealed = elections.seal(session, run.id)
        assert sealed is not None
        raw = file(date(2026, 12, 1), ("board", "num", 9), ("settings", "term_years", 1))
        adopted(session, PREPARED, (run.secretary, run.chair), raw)
        assert rules.agreement_on(session, held.PLAN.seats_from) == read(raw)
        assert elections.seal(session, run.id) == sealed
        said = parse_seal(sealed)["rules"]
    assert said["sha256"] == fingerprint(AGREEMENT_2016)
    assert said["board"][0]["num"] == 7
    assert said["settings"]["term_years"] == 4


def test_nobody_is_elected_for_longer_than_a_term(database: Database) -> None:
    with database.write() as session:
        adopted(
            session,
            PREPARED,
            two(session),
            file(date(2026, 12, 1), ("settings", "term_years", 3), ("largest_board", "value", 2)),
        )
        with refused("elections.plan_wrong") as refusal:
            prepare.draft(session, SECRETARY, PREPARED, held.PLAN)
    assert refusal.value.facts == {
        "fields": {"max_board": "board_size", "seats_until": "term"},
        "most": 2,
        "years": 3,
    }
