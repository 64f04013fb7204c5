"""A whole election, from plan to lawful board, and each refusal on the way."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.belenios import reading, trustee
from consult.belenios.verify import verify_archive
from consult.config import Settings
from consult.council.actions.board import sitting_on
from consult.council.core.agreement import Ties
from consult.council.store import board
from consult.db.session import Database
from consult.elections import jobs
from consult.elections.actions import (
    closing,
    desk,
    draws,
    holders,
    lot,
    opening,
    outcome,
    prepare,
    public,
    publication,
)
from consult.elections.actions.prepare import Codes, Nomination, draw_exponent
from consult.elections.core import case, draw
from consult.elections.core.count import count
from consult.elections.core.draw import REVEAL_LASTS, Beacon
from consult.elections.core.gaps import Gap
from consult.elections.core.outcome import Count, DrawNeeded
from consult.elections.store import elections as store
from consult.elections.store import people, voters
from consult.refusal import Refusal
from consult.web.queue import run_next
from tests import elections as story
from tests.consultations import PREPARED, REGISTRAR, SECRETARY
from tests.elections import AFTER, NAMES, PLAN, WHILE_OPEN, Running

VOTES = (
    ("Anna Appel", "Bilal Berg"),
    ("Anna Appel", "Cora Citroen"),
    ("Anna Appel", "Bilal Berg"),
    ("Cora Citroen",),
    (),
)


def voted(session: Session, settings: Settings, run: Running) -> None:
    for code, names in zip(run.codes, VOTES, strict=False):
        story.cast(session, settings, run, story.ballot_of(session, run, code, *names))


def counted(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        run = story.running(session, settings)
        voted(session, settings, run)
        story.closed(session, settings, run)
        assert not story.decrypted(session, run, run.keys[0])
        assert story.decrypted(session, run, run.keys[1])
    return run


def test_an_election_goes_from_plan_to_a_lawful_board(
    database: Database, settings: Settings
) -> None:
    run = counted(database, settings)
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    with database.read() as session:
        result = publication.published(session, run.uuid).result
        assert isinstance(result, Count)
        names = {one.id: one.name for one in people.candidates(session, run.id)}
        assert {names[one] for one in result.elected} == set(NAMES[:3])
        assert len(sitting_on(session, PLAN.seats_from)) == 3
        assert voters.entries_by_mark(session, run.id) == {}


def test_the_archive_holds_every_vote_and_verifies(database: Database, settings: Settings) -> None:
    run = counted(database, settings)
    with database.read() as session:
        report = verify_archive(b"".join(public.archive_blocks(session, run.id)))
    assert report.valid
    assert (report.figures.ballots, report.figures.voters) == (len(VOTES), 12)


def test_what_was_counted_can_be_counted_again_from_the_file(
    database: Database, settings: Settings
) -> None:
    run = counted(database, settings)
    with database.read() as session:
        first = outcome.outcome(session, run.id)
        again = outcome.outcome(session, run.id)
    read = case.read(first.case)
    assert count(read.contest, read.totals, read.rules) == first.result
    assert first.record == again.record


def test_turnout_is_counted_per_group_without_joining_anybody_to_a_ballot(
    database: Database, settings: Settings
) -> None:
    run = counted(database, settings)
    with database.read() as session:
        rows = closing.participation_counts(session, settings.key("elections.marks"), run.id)
    assert sum(invited for _, invited, _ in rows) == 12
    assert sum(voters for _, _, voters in rows) == len(VOTES)


def test_the_same_ballot_again_gets_the_same_receipt(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        raw = story.ballot_of(session, run, run.codes[0], "Anna Appel")
        first = story.cast(session, settings, run, raw)
        assert story.cast(session, settings, run, raw) == first
        assert story.cast(session, settings, run, raw, now=AFTER) == first
        assert desk.desk(session, run.id, WHILE_OPEN).turnout == 0


def test_a_later_ballot_of_the_same_code_replaces_the_first(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        ballots = [story.ballot_of(session, run, run.codes[0], name) for name in NAMES[:2]]
        first, second = (story.cast(session, settings, run, raw) for raw in ballots)
        old = public.tracked(session, run.id, first.tracker)
        new = public.tracked(session, run.id, second.tracker)
        assert (old is not None, new is not None) == (True, True)
        assert (old and old.counts, new and new.counts) == (False, True)
        story.closed(session, settings, run)
        assert store.get(session, run.id).voters == 1


def test_a_ballot_after_the_end_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        raw = story.ballot_of(session, run, run.codes[0])
        with pytest.raises(Refusal, match=r"elections\.not_open"):
            story.cast(session, settings, run, raw, now=PLAN.closes_at)


def test_a_closed_election_does_not_open_again_when_the_clock_goes_back(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        story.closed(session, settings, run)
        raw = story.ballot_of(session, run, run.codes[0])
        with pytest.raises(Refusal, match=r"elections\.not_open"):
            story.cast(session, settings, run, raw, now=WHILE_OPEN)


def test_a_ballot_with_a_strange_code_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        raw = story.ballot_of(session, run, type(run.codes[0])("0" * 26))
        with pytest.raises(Refusal, match=r"elections\.credential_unknown"):
            story.cast(session, settings, run, raw)


def test_a_ballot_with_one_changed_sign_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        raw = story.ballot_of(session, run, run.codes[0], "Anna Appel")
        at = raw.index(b'"alpha":"') + 12
        changed = raw[:at] + (b"1" if raw[at : at + 1] != b"1" else b"2") + raw[at + 1 :]
        with pytest.raises(Refusal, match=r"elections\.ballot_invalid"):
            story.cast(session, settings, run, changed)


def test_closing_before_the_hour_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        with pytest.raises(Refusal, match=r"elections\.not_over"):
            closing.close(session, WHILE_OPEN, settings.key("elections.marks"), run.id)


def test_opening_takes_two_people(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.ready(session, settings)
        with pytest.raises(Refusal, match=r"elections\.not_approved"):
            opening.open_election(session, SECRETARY, PREPARED, run.id)


def test_opening_without_keys_and_codes_names_what_is_missing(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        with pytest.raises(Refusal) as refused:
            opening.opening_effect(session, made, PREPARED)
    assert refused.value.facts["gaps"] == ("no_trustees", "no_codes")


def test_after_the_letters_nothing_on_them_can_change(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.ready(session, settings)
        key = settings.key("elections.marks")
        for act in (
            lambda: prepare.change_plan(session, SECRETARY, PREPARED, run.id, PLAN),
            lambda: prepare.invite_holder(session, SECRETARY, PREPARED, run.id, "Vera"),
            lambda: prepare.make_codes(session, run.id),
            lambda: prepare.issue_codes(session, REGISTRAR, PREPARED, key, run.id, Codes((), ())),
        ):
            with pytest.raises(Refusal, match=r"elections\.codes_issued"):
                act()


def test_a_key_after_the_letters_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.ready(session, settings)
        holder_id, token, _ = run.keys[0]
        with pytest.raises(Refusal, match=r"elections\.sealed"):
            holders.hand_in_key(session, PREPARED, holder_id, token, {})


@pytest.mark.parametrize(
    ("nomination", "code"),
    [
        (Nomination("K99999", "Piet", "Ik wil graag."), "candidate_not_on_roll"),
        (Nomination("K00000", "Piet", "Ik wil graag."), "candidate_twice"),
        (Nomination("K00009", "Anna Appel", "Ik wil graag."), "candidate_same_name"),
        (Nomination("K00009", "Piet", "a" * 601), "candidate_too_long"),
        (Nomination("K00009", " ", "Ik wil graag."), "candidate_incomplete"),
    ],
)
def test_a_candidate_who_cannot_stand_is_refused(
    database: Database, nomination: Nomination, code: str
) -> None:
    with database.write() as session:
        made = story.drafted(session)
        with pytest.raises(Refusal, match=f"elections.{code}"):
            prepare.nominate(session, SECRETARY, PREPARED, made, nomination)


def test_a_candidate_before_the_roll_is_refused(database: Database) -> None:
    with database.write() as session:
        made = prepare.draft(session, SECRETARY, PREPARED, PLAN)
        with pytest.raises(Refusal, match=r"elections\.no_roll"):
            prepare.nominate(session, SECRETARY, PREPARED, made, Nomination("1", "A", "B"))


def test_a_plan_that_closes_before_it_opens_is_refused_at_that_field(database: Database) -> None:
    wrong = replace(PLAN, closes_at=PLAN.opens_at - timedelta(hours=1), max_board=14)
    with database.write() as session, pytest.raises(Refusal) as refused:
        prepare.draft(session, SECRETARY, PREPARED, wrong)
    assert refused.value.facts["fields"] == {
        "max_board": "board_size",
        "closes_at": "before_opening",
    }


def test_a_decryption_by_the_wrong_key_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        voted(session, settings, run)
        story.closed(session, settings, run)
        (holder_id, token, _), (_, _, other) = run.keys
        with pytest.raises(Refusal, match=r"elections\.decryption_invalid"):
            story.decrypted(session, run, (holder_id, token, other))
        with pytest.raises(Refusal, match=r"elections\.holder_unknown"):
            holders.hand_in_decryption(session, AFTER, holder_id, "raden", b"{}")


def test_a_decryption_before_closing_is_refused(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        holder_id, token, _ = run.keys[0]
        with pytest.raises(Refusal, match=r"elections\.not_closed"):
            holders.hand_in_decryption(session, WHILE_OPEN, holder_id, token, b"{}")


def test_publication_waits_for_the_strict_verifier(database: Database, settings: Settings) -> None:
    run = counted(database, settings)
    with database.write() as session, pytest.raises(Refusal, match=r"elections\.not_verified"):
        publication.publication_effect(session, run.id)


def test_a_check_of_the_archive_that_breaks_off_is_tried_again_a_few_times(
    database: Database, settings: Settings
) -> None:
    counted(database, settings)

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    tries = 0
    for _ in range(2 * jobs.TRIES):
        jobs.tick(database, settings)
        jobs.tick(database, settings)
        done = run_next(database, settings, {jobs.VERIFY: breaks}, lambda: AFTER)
        tries += done is not None
    assert tries == jobs.TRIES


def test_a_checked_archive_is_not_checked_again(database: Database, settings: Settings) -> None:
    counted(database, settings)
    jobs.tick(database, settings)
    assert run_next(database, settings, jobs.HANDLERS, lambda: AFTER) is not None
    jobs.tick(database, settings)
    assert run_next(database, settings, jobs.HANDLERS, lambda: AFTER) is None


def test_a_decisive_tie_waits_for_a_draw_that_two_people_enter(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        for code, name in zip(run.codes, NAMES, strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, name))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
        needed = outcome.outcome(session, run.id).result
        assert isinstance(needed, DrawNeeded)
        order = list(needed.tied)
        with pytest.raises(Refusal, match=r"elections\.lot_incomplete"):
            draws.enter_lot(session, SECRETARY, AFTER, run.id, order[1:])
        draws.enter_lot(session, SECRETARY, AFTER, run.id, order)
        assert isinstance(outcome.outcome(session, run.id).result, DrawNeeded)
        with pytest.raises(Refusal, match=r"elections\.lot_differs"):
            draws.enter_lot(session, run.chair, AFTER, run.id, order[::-1])
        draws.enter_lot(session, run.chair, AFTER, run.id, order)
        result = outcome.outcome(session, run.id).result
        assert isinstance(result, Count)
        assert set(result.elected) == set(order[:3])
        with pytest.raises(Refusal, match=r"elections\.no_draw_needed"):
            draws.enter_lot(session, run.chair, AFTER, run.id, order)


def test_what_one_person_entered_of_a_draw_can_be_thrown_away(
    database: Database, settings: Settings
) -> None:
    votes = [NAMES[:2], NAMES[:2], NAMES[2:]]
    with database.write() as session:
        run = story.running(session, settings, replace(PLAN, max_choices=2, max_board=3))
        for code, names in zip(run.codes, votes, strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
        needed = outcome.outcome(session, run.id).result
        assert isinstance(needed, DrawNeeded)
        draws.enter_lot(session, SECRETARY, AFTER, run.id, needed.tied)
        draws.start_draw_again(session, SECRETARY, AFTER, run.id)
        assert not draws.drawing(session, run.id, AFTER).begun
        draws.enter_lot(session, SECRETARY, AFTER, run.id, needed.tied[::-1])
        draws.enter_lot(session, run.chair, AFTER, run.id, needed.tied[::-1])
        result = outcome.outcome(session, run.id).result
        assert isinstance(result, Count)
        assert result.elected[-1] == needed.tied[-1]


def test_the_seal_fixes_plan_candidates_keys_and_roll(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        seal = json.loads(public.seal_file(session, run.uuid))
    assert {one["name"] for one in seal["candidates"]} == set(NAMES)
    assert (seal["voters"], len(seal["roll_fingerprint"])) == (12, 64)
    assert [rule["type"] for rule in seal["rules"]["board"]] == ["share_gt", "min_hard"]


COMPUTED = replace(
    PLAN, ties=Ties.COMMIT_BEACON, beacon="20 worpen met een dobbelsteen, vergadering 3 december"
)
BEACON = Beacon("0123 4567 8901 2345 6789", "notulen van 3 december, blz. 2")
LATE = AFTER + REVEAL_LASTS


def test_a_computed_lot_needs_three_holders_who_committed(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        made = story.drafted(session, COMPUTED)
        for name in ("Truus", "Umar"):
            story.hold_key(session, made, name)
        assert Gap.LOT_TOO_FEW in desk.desk(session, made, PREPARED).gaps
        holder_id, token = prepare.invite_holder(session, SECRETARY, PREPARED, made, "Vera")
        assert Gap.LOT_TOO_FEW not in desk.desk(session, made, PREPARED).gaps, "her key is missing"
        public = trustee.announce(trustee.new_private_key(draw_exponent), draw_exponent).json()
        with pytest.raises(Refusal, match=r"elections\.key_invalid \(reason=lot\)"):
            holders.hand_in_key(session, PREPARED, holder_id, token, {**dict(public), "lot": "A"})
        holders.hand_in_key(session, PREPARED, holder_id, token, public)
        assert Gap.LOT_TOO_FEW in desk.desk(session, made, PREPARED).gaps, "she did not commit"
        with pytest.raises(Refusal, match=r"elections\.not_ready"):
            opening.opening_effect(session, made, PREPARED)


def test_the_seal_holds_what_the_holders_committed_to(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings, COMPUTED)
        seal = json.loads(public.seal_file(session, run.uuid))
    assert seal["ties"] == {
        "procedure": "commit_beacon",
        "beacon": COMPUTED.beacon,
        "reveal_hours": 48,
        "commitments": [
            {
                "name": name,
                "commitment": draw.commitment(run.uuid, story.number_of(run.uuid, key[2])),
            }
            for name, key in zip(("Truus", "Umar", "Vera"), run.keys, strict=True)
        ],
    }


def test_no_number_is_shown_before_the_end(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.running(session, settings, COMPUTED)
        with pytest.raises(Refusal, match=r"elections\.not_closed"):
            story.number_shown(session, run, run.keys[0], WHILE_OPEN)


def test_the_beacon_waits_for_the_numbers_and_a_late_number_is_left_out_and_named(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        other = story.tied(session, settings, COMPUTED)
        story.number_shown(session, other, other.keys[0])
        story.number_shown(session, other, other.keys[0])  # the same again changes nothing
        holder_id, token, _ = other.keys[1]
        with pytest.raises(Refusal, match=r"elections\.reveal_wrong"):
            lot.hand_in_number(session, AFTER, holder_id, token, "00" * 32)
        with pytest.raises(Refusal, match=r"elections\.numbers_awaited"):
            draws.enter_beacon(session, SECRETARY, AFTER, other.id, BEACON)
        story.number_shown(session, other, other.keys[1], LATE - timedelta(seconds=1))
        with pytest.raises(Refusal, match=r"elections\.reveal_late"):
            story.number_shown(session, other, other.keys[2], LATE)
        draws.enter_beacon(session, SECRETARY, LATE, other.id, BEACON)
        assert isinstance(outcome.outcome(session, other.id).result, DrawNeeded)
        draws.enter_beacon(session, other.chair, LATE, other.id, BEACON)
        found = outcome.outcome(session, other.id)
    file = json.loads(found.lot)
    assert file["missing"] == ["Vera"]
    assert json.loads(found.record.splitlines()[-1]) == {"line": "lot", **file}
    assert isinstance(found.result, Count)
    assert list(found.result.elected) == file["order"]["board"][:3]


def test_with_every_number_shown_nobody_has_to_wait(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.tied(session, settings, COMPUTED)
        for holder in run.keys:
            story.number_shown(session, run, holder)
        drawing = draws.drawing(session, run.id, AFTER)
        assert (drawing.until, len(drawing.tied)) == (None, 4)
        with pytest.raises(Refusal, match=r"elections\.lot_other_way"):
            draws.enter_lot(session, SECRETARY, AFTER, run.id, drawing.tied)
        for who in (SECRETARY, run.chair):
            draws.enter_beacon(session, who, AFTER, run.id, BEACON)
        with pytest.raises(Refusal, match=r"elections\.no_draw_needed"):
            draws.enter_beacon(session, run.chair, AFTER, run.id, BEACON)
        summed = b"".join(public.archive_blocks(session, run.id))
        totals = json.loads(outcome.outcome(session, run.id).lot)["totals"]
    assert reading.read(summed).events[-1].payload == totals


def test_a_computed_lot_that_nobody_needs_is_in_the_record_without_numbers(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings, COMPUTED)
        voted(session, settings, run)
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
            story.number_shown(session, run, holder)
        line = json.loads(outcome.outcome(session, run.id).record.splitlines()[-1])
        with pytest.raises(Refusal, match=r"elections\.no_draw_needed"):
            draws.enter_beacon(session, SECRETARY, AFTER, run.id, BEACON)
    assert (line["line"], line["beacon"], line["order"]) == ("lot", None, {})
    assert {holder["reveal"] for holder in line["holders"]} == {None}


def test_a_public_draw_takes_no_beacon(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = story.tied(session, settings)
        with pytest.raises(Refusal, match=r"elections\.lot_other_way"):
            draws.enter_beacon(session, SECRETARY, AFTER, run.id, BEACON)


def test_the_elected_are_compared_with_the_register_from_then_on(
    database: Database, settings: Settings
) -> None:
    run = counted(database, settings)
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
        known = board.customer_numbers(session)
        seated = [one for one in board.mandates(session) if one.election_id == run.id]
        assert known.keys() == {one.id for one in seated}
        numbers = people.customer_numbers(session, run.id)
        assert set(known.values()) <= set(numbers.values())
