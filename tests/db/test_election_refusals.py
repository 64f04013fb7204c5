"""What the election desk refuses; the refusals on the main way stand in test_elections."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from consult.config import Settings
from consult.db.session import Database
from consult.elections import verifying
from consult.elections.actions import holders, opening, outcome, prepare, public, publication
from consult.elections.store import people
from consult.elections.tables.archive import Ballot
from consult.refusal import Refusal
from consult.surveys.actions import opening as consultations
from tests import elections as story
from tests.consultations import PREPARED, SECRETARY, TODAY
from tests.consultations import drafted as drafted_consultation
from tests.elections import AFTER, NAMES, PLAN


def refuses(code: str, act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code
    return refused.value


def test_a_wrong_plan_is_not_stored(database: Database) -> None:
    with database.write() as session:
        wrong = replace(PLAN, max_choices=0)
        act = lambda: prepare.draft(session, SECRETARY, PREPARED, wrong)  # noqa: E731
        refused = refuses("elections.plan_wrong", act)
        assert refused.facts["fields"] == {"max_choices": "choices"}


def test_the_reference_date_stays_once_the_roll_is_drawn(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        later = replace(PLAN, reference_date=PLAN.opens_at.date())
        refuses(
            "elections.roll_drawn",
            lambda: prepare.change_plan(session, SECRETARY, PREPARED, made, later),
        )


def test_somebody_who_does_not_stand_cannot_be_taken_off_the_list(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        refuses(
            "elections.candidate_unknown",
            lambda: prepare.withdraw(session, SECRETARY, PREPARED, made, "niemand"),
        )


def test_a_key_holder_needs_a_name(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        refuses(
            "elections.holder_nameless",
            lambda: prepare.invite_holder(session, SECRETARY, PREPARED, made, "  "),
        )


def test_two_key_holders_need_two_names(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        ask = lambda: prepare.invite_holder(session, SECRETARY, PREPARED, made, "Truus")  # noqa: E731
        ask()
        refuses("elections.holder_same_name", ask)


def test_a_second_key_does_not_take_the_place_of_the_first(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        holder_id, token, _ = story.hold_key(session, made, "Truus")
        before = people.holders(session, made)
        refuses(
            "elections.key_made",
            lambda: holders.hand_in_key(session, PREPARED, holder_id, token, {}),
        )
        assert people.holders(session, made) == before


def test_who_lost_the_key_is_let_go_and_the_others_count_on(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        lost, kept = (story.hold_key(session, made, name) for name in ("Truus", "Umar"))
        prepare.let_go(session, SECRETARY, PREPARED, made, lost[0])
        assert [(one.id, one.owner) for one in people.holders(session, made)] == [(kept[0], 1)]
        refuses(
            "elections.holder_unknown",
            lambda: prepare.let_go(session, SECRETARY, PREPARED, made, lost[0]),
        )


def test_an_election_that_is_not_ready_does_not_open(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        refused = refuses(
            "elections.not_ready", lambda: opening.opening_effect(session, made, PREPARED)
        )
        assert refused.facts["gaps"]


def test_a_consultation_that_is_not_ready_does_not_open(database: Database) -> None:
    with database.write() as session:
        made = drafted_consultation(session)
        refuses(
            "surveys.not_ready",
            lambda: consultations.open_consultation(session, SECRETARY, PREPARED, TODAY, made),
        )


def test_there_is_nothing_to_count_before_the_votes_are_opened(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        refuses("elections.no_totals", lambda: outcome.outcome(session, run.id))


def test_the_result_cannot_be_read_before_it_is_published(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        refuses("elections.not_published", lambda: publication.published(session, run.uuid))


def test_a_box_from_which_a_ballot_is_missing_is_not_published(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        for code, names in zip(run.codes, (NAMES[:2], NAMES[1:3]), strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    story.verified(database, settings, run)
    with database.write() as session:
        lost = session.scalars(select(Ballot.tracker)).first()
        session.execute(delete(Ballot).where(Ballot.tracker == lost))
        refuses("elections.counts_differ", lambda: publication.publication_effect(session, run.id))


def test_a_missing_archive_is_named(tmp_path: Path) -> None:
    refused = refuses(
        "elections.archive_unreadable", lambda: verifying.verify(tmp_path / "niets.bel", 1)
    )
    assert "niets.bel" in str(refused.facts["path"])


def test_a_wrong_archive_is_refused_with_what_was_found(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        raw = b"".join(public.archive_blocks(session, run.uuid))
    path = tmp_path / "half.bel"
    path.write_bytes(raw[:-512])
    refused = refuses("elections.archive_wrong", lambda: verifying.verify(path, 1))
    assert refused.facts["codes"]


def test_nobody_signs_twice_and_nothing_is_published_before_both_have_signed(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = story.running(session, settings)
        for code, names in zip(run.codes, (NAMES[:3], NAMES[:2], NAMES[:1]), strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names[:2]))
        story.cast(session, settings, run, story.ballot_of(session, run, run.codes[3], NAMES[2]))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    story.verified(database, settings, run)
    with database.write() as session:
        publish = lambda: publication.publish(session, run.chair, AFTER, run.id)  # noqa: E731
        refuses("elections.not_signed", publish)
        story.signed(session, run, run.secretary)
        refuses("elections.signed_already", lambda: story.signed(session, run, run.secretary))
        refuses("elections.not_signed", publish)
        story.signed(session, run, run.chair)
        refuses("elections.signed_already", lambda: story.signed(session, run, run.chair))
        publish()
