"""A seat falls empty: the old votes say who comes in, two people decide, anybody can check."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.accounts.core.approvals import fingerprint
from consult.config import Settings
from consult.council.actions import board, events
from consult.council.actions.board import NewMandate
from consult.council.actions.signals import note_customer
from consult.council.core.agreement import Office
from consult.council.core.events import Happening
from consult.db.session import Database
from consult.elections.actions import outcome, refill, vacancy
from consult.elections.core.election import digest
from consult.elections.core.outcome import Count
from consult.elections.core.recount import counted, read, record_of
from consult.elections.core.series import Series
from consult.elections.store import people
from consult.refusal import Refusal
from consult.register.tables import ContractRow
from consult.site import store as site
from tests import contests
from tests import elections as story
from tests.consultations import SECRETARY
from tests.contests import STANDING
from tests.elections import NAMES, PLAN, Running

LATER = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
DAY = LATER.date()
ANNA, BILAL, CORA, DAAN = NAMES
A, B, C, D, E, F = STANDING
ONE_SEAT_SHORT = [(ANNA, BILAL), (ANNA, CORA), (ANNA, BILAL), (CORA,)]
SERIES = (
    ([A], [C, D], [A, E, F]),
    ([A], [C, B], [B, E, C]),
    ([B], [C, D], [B, E, F]),
    ([A], [D, C], [B, D]),
)


def elected(
    database: Database,
    settings: Settings,
    votes: Sequence[Sequence[str]] = ONE_SEAT_SHORT,
    max_board: int = 3,
) -> Running:
    """A published election of the board."""
    with database.write() as session:
        run = story.running(session, settings, replace(PLAN, max_board=max_board))
        for code, names in zip(run.codes, votes, strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    return made_public(database, settings, run)


def elected_with_offices(database: Database, settings: Settings) -> Running:
    """A published election of chair, executive and board: A; C and D; B and E."""
    with database.write() as session:
        run = contests.counted(session, settings, SERIES)
    return made_public(database, settings, run)


def made_public(database: Database, settings: Settings, run: Running) -> Running:
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    return run


def leaves(session: Session, name: str) -> None:
    [mandate] = [one for one in board.status_on(session, DAY).members if one.name == name]
    resigned = events.new_event(mandate.id, Happening.RESIGNED, DAY)
    events.note_event(session, SECRETARY, LATER, mandate.id, resigned)


def ids(session: Session, run: Running) -> dict[str, str]:
    return {one.name: one.id for one in people.candidates(session, run.id)}


def fill_in(session: Session, run: Running, *names: str) -> None:
    known = ids(session, run)
    refill.fill_in(session, run.secretary, LATER, run.id, DAY, [known[name] for name in names])


def decide(session: Session, run: Running) -> None:
    refill.propose(session, run.secretary, LATER, run.id)
    shown = fingerprint(refill.refill_effect(session, run.id))
    refill.approve(session, run.chair, LATER, run.id, shown)


def sitting(session: Session) -> set[str]:
    return {one.name for one in board.status_on(session, DAY).members}


def test_the_next_in_votes_who_still_wants_to_gets_the_empty_seat(
    database: Database, settings: Settings
) -> None:
    run = elected(database, settings)
    with database.write() as session:
        old = digest(outcome.outcome(session, run.id).record)
        leaves(session, BILAL)
        found = vacancy.vacancy(session, run.id, LATER)
        assert [(one.name, one.able) for one in found.options] == [(DAAN, True)]
        assert (found.empty, found.sheet) == (1, None)
        fill_in(session, run, DAAN)
        found = vacancy.vacancy(session, run.id, LATER)
        assert found.found is not None
        assert found.sheet is not None
        assert found.found.new == (ids(session, run)[DAAN],)
        decide(session, run)
        assert sitting(session) == {ANNA, CORA, DAAN}
        [daan] = [one for one in board.status_on(session, DAY).members if one.name == DAAN]
        assert (daan.start, daan.end, daan.election_id) == (DAY, PLAN.seats_until, run.id)
        raw, record = refill.files(session, run.uuid, found.sheet.id)
        case = read(raw)
        result = counted(case)
        assert isinstance(result, Count)
        assert record_of(case, result) == record
        assert json.loads(raw)["refill_of"] == old
        slug = f"verkiezing-{run.uuid.lower()}-{found.sheet.id}"
        published = site.publication(session, slug)
        assert published is not None
        said = str(published)
        assert DAAN in said
        assert digest(record) in said


def test_a_member_moves_up_to_the_chair_and_the_next_comes_into_the_board(
    database: Database, settings: Settings
) -> None:
    run = elected_with_offices(database, settings)
    with database.write() as session:
        assert sitting(session) == {A, B, C, D, E}
        leaves(session, A)
        fill_in(session, run, F)
        found = vacancy.vacancy(session, run.id, LATER).found
        assert found is not None
        called = {one: name for name, one in ids(session, run).items()}
        assert [called[one] for one in found.new] == [F]
        assert [(called[one], post) for one, post in found.posts] == [(B, "chair")]
        decide(session, run)
        status = board.status_on(session, DAY)
        holders = {office: status.holder(office) for office in Office}
    assert {one.name for one in status.members} == {B, C, D, E, F}
    assert {office: one and one.name for office, one in holders.items()} == {
        Office.CHAIR: B,
        Office.SECRETARY: C,
        Office.TREASURER: D,
    }
    assert status.lawful


def test_an_empty_post_in_the_executive_goes_to_the_next_who_stood_for_it(
    database: Database, settings: Settings
) -> None:
    run = elected_with_offices(database, settings)
    with database.write() as session:
        leaves(session, C)
        fill_in(session, run)
        found = vacancy.vacancy(session, run.id, LATER).found
        assert found is not None
        called = {one: name for name, one in ids(session, run).items()}
        assert [(called[one], post) for one, post in found.posts] == [(B, "secretary")]
        assert found.new == ()
        decide(session, run)
        holder = board.status_on(session, DAY).holder(Office.SECRETARY)
    assert holder is not None
    assert holder.name == B


def test_who_is_no_customer_any_more_cannot_come_in(database: Database, settings: Settings) -> None:
    run = elected(database, settings)
    with database.write() as session:
        leaves(session, BILAL)
        number = people.customer_numbers(session, run.id)[ids(session, run)[DAAN]]
        session.execute(
            update(ContractRow)
            .where(ContractRow.customer_number == number)
            .values(ended_on=PLAN.seats_from)
        )
        [daan] = vacancy.vacancy(session, run.id, LATER).options
        assert not daan.able
        with pytest.raises(Refusal, match=r"elections\.refill_unavailable"):
            fill_in(session, run, DAAN)


def test_who_came_onto_the_board_in_another_way_gets_no_second_seat(
    database: Database, settings: Settings
) -> None:
    run = elected(database, settings)
    with database.write() as session:
        leaves(session, BILAL)
        number = people.customer_numbers(session, run.id)[ids(session, run)[DAAN]]
        taken_in = NewMandate(DAAN, tenant=True, start=DAY, end=PLAN.seats_until)
        [made] = board.seat(session, SECRETARY, LATER, [taken_in])
        note_customer(session, SECRETARY, LATER, made, number)
        [daan] = vacancy.vacancy(session, run.id, LATER).options
        assert not daan.able
        with pytest.raises(Refusal, match=r"elections\.refill_unavailable"):
            fill_in(session, run, DAAN)


def test_who_gave_up_a_seat_does_not_come_back_on_the_same_votes(
    database: Database, settings: Settings
) -> None:
    run = elected(database, settings)
    with database.write() as session:
        leaves(session, BILAL)
        with pytest.raises(Refusal, match=r"elections\.refill_unavailable"):
            fill_in(session, run, BILAL)
        fill_in(session, run, DAAN)
        decide(session, run)
        leaves(session, CORA)
        fill_in(session, run)
        with pytest.raises(Refusal, match=r"elections\.refill_nobody"):
            refill.refill_effect(session, run.id)


def test_equal_votes_for_the_empty_seat_take_a_draw(database: Database, settings: Settings) -> None:
    run = elected(database, settings, [(ANNA, BILAL), (ANNA, CORA), (BILAL, DAAN)], max_board=2)
    with database.write() as session:
        leaves(session, ANNA)
        fill_in(session, run, CORA, DAAN)
        known = ids(session, run)
        needed = vacancy.vacancy(session, run.id, LATER).found
        assert needed is not None
        assert needed.needed is not None
        assert set(needed.needed.tied) == {known[CORA], known[DAAN]}
        with pytest.raises(Refusal, match=r"elections\.draw_needed"):
            refill.propose(session, run.secretary, LATER, run.id)
        with pytest.raises(Refusal, match=r"elections\.lot_incomplete"):
            refill.enter_lot(session, run.secretary, LATER, run.id, [known[CORA]])
        order = [known[DAAN], known[CORA]]
        refill.enter_lot(session, run.secretary, LATER, run.id, order)
        with pytest.raises(Refusal, match=r"elections\.no_draw_needed"):
            refill.enter_lot(session, run.secretary, LATER, run.id, order)
        decide(session, run)
        assert sitting(session) == {BILAL, DAAN}


def test_what_changed_after_the_proposal_cannot_be_approved(
    database: Database, settings: Settings
) -> None:
    run = elected(database, settings)
    with database.write() as session:
        leaves(session, BILAL)
        fill_in(session, run, DAAN)
        refill.propose(session, run.secretary, LATER, run.id)
        shown = fingerprint(refill.refill_effect(session, run.id))
        with pytest.raises(Refusal, match=r"accounts\.approve"):
            refill.approve(session, run.secretary, LATER, run.id, shown)
        fill_in(session, run, DAAN)
        with pytest.raises(Refusal, match=r"accounts\."):
            refill.approve(session, run.chair, LATER, run.id, shown)
        assert sitting(session) == {ANNA, CORA}


def test_before_publication_and_without_a_worksheet_nothing_is_filled(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        with pytest.raises(Refusal, match=r"elections\.not_published"):
            vacancy.vacancy(session, run.id, LATER)
    with database.read() as session, pytest.raises(Refusal, match=r"elections\.refill_unknown"):
        refill.files(session, run.uuid, "x")


@pytest.mark.parametrize("start", [PLAN.seats_from, PLAN.seats_until])
def test_a_start_outside_the_term_or_in_the_past_is_refused(
    database: Database, settings: Settings, start: object
) -> None:
    run = elected(database, settings)
    with database.write() as session:
        with pytest.raises(Refusal, match=r"elections\.refill_unknown"):
            refill.refill_effect(session, run.id)
        with pytest.raises(Refusal, match=r"elections\.refill_start") as refused:
            refill.fill_in(session, run.secretary, LATER, run.id, start, [])  # type: ignore[arg-type]
    assert refused.value.facts == {"first": DAY, "last": PLAN.seats_until}


def test_a_full_board_has_no_seat_to_fill(database: Database, settings: Settings) -> None:
    run = elected(database, settings)
    with database.write() as session:
        fill_in(session, run, DAAN)
        assert vacancy.vacancy(session, run.id, LATER).empty == 0
        with pytest.raises(Refusal, match=r"elections\.refill_nobody"):
            refill.propose(session, run.secretary, LATER, run.id)


def test_a_refill_of_a_series_can_be_counted_again_from_its_files(
    database: Database, settings: Settings
) -> None:
    run = elected_with_offices(database, settings)
    with database.write() as session:
        leaves(session, A)
        fill_in(session, run, F)
        sheet = vacancy.vacancy(session, run.id, LATER).sheet
        assert sheet is not None
        decide(session, run)
        raw, record = refill.files(session, run.uuid, sheet.id)
    case = read(raw)
    result = counted(case)
    assert isinstance(result, Series)
    assert record_of(case, result) == record
