"""The list of candidates: who comes on it, by whose decision, and what stays of all others."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.accounts.core.approvals import fingerprint
from consult.actor import Actor, Role
from consult.audit.store import events
from consult.config import Settings
from consult.db.session import Database
from consult.elections import jobs
from consult.elections.actions import (
    listing,
    nomination,
    overview,
    prepare,
    public,
    striking,
)
from consult.elections.actions.prepare import Nomination
from consult.elections.core.election import Preselection
from consult.elections.core.nomination import Standing
from consult.elections.store import applications, people
from consult.elections.store import elections as store
from consult.elections.tables import applications as t
from consult.refusal import Refusal
from consult.site.store import publication
from tests import elections as story
from tests.consultations import SECRETARY, person
from tests.elections import PREPARED
from tests.nominations import (
    CALLING,
    CONFLICT,
    LATE,
    OVER,
    UNTIL,
    WHILE,
    Calling,
    applications_in,
    applied,
    begun,
    calling,
    filled,
    jpeg,
    left,
    listed,
)


@pytest.fixture
def run(database: Database, settings: Settings) -> Calling:
    """Three people applied, and one began."""
    with database.write() as session:
        made = calling(session, settings)
        for number, name in enumerate(("Anna Appel", "Bilal Berg", "Cora Citroen")):
            applied(session, made, number, name)
        filled(session, made, 3, "Daan Dorp")
        return made


@pytest.fixture
def two(database: Database) -> tuple[Actor, Actor]:
    with database.write() as session:
        return person(session, Role.SECRETARY), person(session, Role.CHAIR)


def names(session: Session, run: Calling) -> list[str]:
    return [one.name for one in people.candidates(session, run.id)]


def document(session: Session, run: Calling, version: int | None = None) -> str:
    found = publication(session, f"kandidaten-{run.uuid.lower()}", version)
    assert found is not None
    return found.canonical.decode()


def test_two_people_make_candidates_of_the_applications(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        assert listed(session, run, two) == 3
    with database.read() as session:
        first, *_ = people.candidates(session, run.id)
        assert names(session, run) == ["Anna Appel", "Bilal Berg", "Cora Citroen"]
        assert first.groups == {"tenant", "background:Turks+Kaapverdisch"}
        assert first.answers == {"c1": "Dat doe ik al jaren.", "c2": "Dat doe ik al jaren."}
        assert store.get(session, run.id).listed_at == OVER
        assert nomination.mine(session, OVER, run.applicant(0)).listed
        assert not nomination.mine(session, OVER, run.applicant(3)).listed


def test_the_published_list_tells_numbers_and_who_stands_and_nothing_else(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        nomination.withdraw(session, WHILE, run.applicant(2))
        listed(session, run, two)
        told = document(session, run)
    assert '["Meldden zich aan",3]' in told
    assert '["Trokken zich terug",1]' in told
    assert '["Staan op de lijst",2]' in told
    assert "Luisteren: Dat doe ik al jaren." in told
    for secret in ("Cora Citroen", "Daan Dorp", CONFLICT, "K0000"):
        assert secret not in told


def test_whoever_is_no_customer_any_more_does_not_come_on_the_list(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        left(session, 1)
        listed(session, run, two)
        assert names(session, run) == ["Anna Appel", "Cora Citroen"]


def test_the_list_takes_two_people_and_their_very_list(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    secretary, chair = two
    with database.write() as session, pytest.raises(Refusal, match=r"elections\.not_approved"):
        listing.fix_list(session, secretary, OVER, run.id)
    with database.write() as session:
        effect = listing.list_effect(session, OVER, run.id)
        approvals.propose(session, secretary, OVER, listing.FIX, run.id, effect)
        nomination.withdraw(session, OVER, run.applicant(0))
        after = listing.list_effect(session, OVER, run.id)
        with pytest.raises(Refusal, match=r"accounts\.effect_changed"):
            approvals.approve(session, chair, OVER, listing.FIX, run.id, after)


def test_the_list_is_fixed_once_and_after_the_deadline(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        with pytest.raises(Refusal, match=r"elections\.nominations_open"):
            listing.list_effect(session, UNTIL - timedelta(seconds=1), run.id)
        listed(session, run, two)
        with pytest.raises(Refusal, match=r"elections\.listed"):
            listing.list_effect(session, OVER, run.id)


def test_an_election_without_a_call_has_no_list_of_applications(database: Database) -> None:
    with database.write() as session:
        made = story.drafted(session)
        with pytest.raises(Refusal, match=r"elections\.no_call"):
            listing.list_effect(session, OVER, made)


def test_an_empty_list_is_no_list(database: Database, settings: Settings) -> None:
    with database.write() as session:
        made = calling(session, settings)
        with pytest.raises(Refusal, match=r"elections\.list_empty"):
            listing.list_effect(session, OVER, made.id)


def test_people_whom_the_desk_put_there_stand_in_the_way(database: Database, run: Calling) -> None:
    with database.write() as session:
        plan = replace(CALLING, nominate_from=None, nominate_until=None)
        store.change_plan(session, run.id, plan)
        prepare.draw_roll(session, SECRETARY, PREPARED, run.id)
        nominated = Nomination("K00008", "Hanna Hof", "Ik ben Hanna.")
        prepare.nominate(session, SECRETARY, PREPARED, run.id, nominated)
        store.change_plan(session, run.id, CALLING)
        with pytest.raises(Refusal, match=r"elections\.candidates_entered"):
            listing.list_effect(session, OVER, run.id)


def test_the_desk_puts_nobody_on_a_list_that_customers_apply_for(
    database: Database, run: Calling
) -> None:
    nominated = Nomination("K00008", "Hanna Hof", "Ik ben Hanna.")
    with database.write() as session, pytest.raises(Refusal, match=r"elections\.by_application"):
        prepare.nominate(session, SECRETARY, PREPARED, run.id, nominated)


def test_with_a_preselection_nobody_is_listed_before_it_is_decided(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        plan = replace(CALLING, preselection=Preselection.COMMITTEE)
        made = calling(session, settings, plan)
        applied(session, made)
        with pytest.raises(Refusal, match=r"elections\.preselection_open"):
            listing.list_effect(session, OVER, made.id)


# stepping back later


def test_whoever_steps_back_before_the_letters_leaves_the_list_and_voters_are_told(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        listed(session, run, two)
        nomination.withdraw(session, OVER, run.applicant(0))
        assert names(session, run) == ["Bilal Berg", "Cora Citroen"]
        assert "Anna Appel" in document(session, run, 1)
        assert "Anna Appel" not in document(session, run)
        assert '["Trokken zich terug",1]' in document(session, run)


def test_whoever_steps_back_later_stays_on_the_paper_and_is_marked(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        nomination.put_photo(session, WHILE, run.applicant(0), jpeg())
        nomination.accept(session, WHILE, run.applicant(0))
        listed(session, run, two)
        store.mark(session, run.id, codes_at=OVER)
        assert len(listing.portraits(session, run.id)) == 1
        nomination.withdraw(session, OVER, run.applicant(0))
        assert listing.portraits(session, run.id) == frozenset()
        first, *others = people.candidates(session, run.id)
        assert first.name == "Anna Appel"
        assert listing.stepped_back(session, run.id) == {first.id}
        store.mark(session, run.id, published_at=OVER)
        with pytest.raises(Refusal, match=r"elections\.published"):
            nomination.withdraw(session, OVER, run.applicant(1))
    assert len(others) == 2


def test_nobody_alone_takes_somebody_off_the_list_that_two_people_fixed(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    secretary, chair = two
    with database.write() as session:
        with pytest.raises(Refusal, match=r"elections\.not_listed"):
            striking.propose_strike(session, secretary, OVER, run.id, "nobody")
        nomination.put_photo(session, WHILE, run.applicant(0), jpeg())
        nomination.accept(session, WHILE, run.applicant(0))
        listed(session, run, two)
        anna, bilal, _ = people.candidates(session, run.id)
        with pytest.raises(Refusal, match=r"elections\.listed"):
            prepare.withdraw(session, secretary, OVER, run.id, anna.id)
        with pytest.raises(Refusal, match=r"accounts\.proposal_missing"):
            striking.approve_strike(session, chair, OVER, run.id, "")
        with pytest.raises(Refusal, match=r"elections\.candidate_unknown"):
            striking.propose_strike(session, secretary, OVER, run.id, "nobody")
        striking.propose_strike(session, secretary, OVER, run.id, bilal.id)
        shown = fingerprint(striking.strike_effect(store.get(session, run.id), bilal))
        striking.propose_strike(session, secretary, OVER, run.id, anna.id)
        assert striking.struck_next(session, OVER, run.id) == anna
        with pytest.raises(Refusal, match=r"accounts\.effect_changed"):
            striking.approve_strike(session, chair, OVER, run.id, shown)
        shown = fingerprint(striking.strike_effect(store.get(session, run.id), anna))
        with pytest.raises(Refusal, match=r"accounts\.approve_own"):
            striking.approve_strike(session, secretary, OVER, run.id, shown)
        assert names(session, run) == ["Anna Appel", "Bilal Berg", "Cora Citroen"]
        striking.approve_strike(session, chair, OVER, run.id, shown)
        assert names(session, run) == ["Bilal Berg", "Cora Citroen"]
        assert "Anna Appel" not in document(session, run)
        assert '["Trokken zich terug",1]' in document(session, run)
        assert not nomination.mine(session, OVER, run.applicant(0)).photo
        with pytest.raises(Refusal, match=r"accounts\.proposal_missing"):
            striking.approve_strike(session, chair, OVER, run.id, shown)


@pytest.mark.parametrize("mark", ["codes_at", "sealed_at"])
def test_from_the_letters_on_nobody_is_taken_off_the_list(
    database: Database, run: Calling, two: tuple[Actor, Actor], mark: str
) -> None:
    with database.write() as session:
        listed(session, run, two)
        anna, *_ = people.candidates(session, run.id)
        store.mark(session, run.id, **{mark: OVER})
        code = {"codes_at": "codes_issued", "sealed_at": "sealed"}[mark]
        with pytest.raises(Refusal, match=f"elections.{code}"):
            striking.propose_strike(session, two[0], OVER, run.id, anna.id)


# photos, and what stays


def test_photos_are_public_from_the_list_on(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        nomination.put_photo(session, WHILE, run.applicant(0), jpeg())
        nomination.accept(session, WHILE, run.applicant(0))
        nomination.put_photo(session, WHILE, run.applicant(3), jpeg("red"))
        assert listing.portraits(session, run.id) == frozenset()
        listed(session, run, two)
        first, second, _ = people.candidates(session, run.id)
        assert listing.portraits(session, run.id) == {first.id}
        assert listing.portrait(session, run.uuid, first.id) == jpeg()
        assert listing.portrait(session, run.uuid, second.id) is None
        own = nomination.mine(session, OVER, run.applicant(3)).application
        assert own is not None
        assert listing.portrait(session, run.uuid, own.id) is None


def test_no_photo_is_public_before_the_list(database: Database, run: Calling) -> None:
    with database.write() as session:
        nomination.put_photo(session, WHILE, run.applicant(0), jpeg())
        own = nomination.mine(session, WHILE, run.applicant(0)).application
        assert own is not None
        assert listing.portrait(session, run.uuid, own.id) is None


def test_when_the_result_is_published_no_application_is_left(
    database: Database, settings: Settings
) -> None:
    """A whole election: from applications to publication."""
    with database.write() as session:
        two = (person(session, Role.SECRETARY), person(session, Role.CHAIR))
        made = calling(session, settings)
        for number, name in enumerate(("Anna Appel", "Bilal Berg", "Cora Citroen")):
            applied(session, made, number, name)
        nomination.put_photo(session, WHILE, made.applicant(0), jpeg())
        nomination.accept(session, WHILE, made.applicant(0))
        filled(session, made, 3, "Daan Dorp")
        listed(session, made, two)
        prepare.draw_roll(session, SECRETARY, PREPARED, made.id)
        election = story.equipped(session, settings, made.id, two)
        story.opened(session, election)
        for code in election.codes[:2]:
            raw = story.ballot_of(session, election, code, "Anna Appel", "Bilal Berg")
            story.cast(session, settings, election, raw)
        assert public.sealed(session, made.uuid).candidates
        story.closed(session, settings, election)
        for holder in election.keys:
            story.decrypted(session, election, holder)
    story.verified(database, settings, election)
    assert applications_in(database) == 5
    with database.write() as session:
        story.published(session, election)
    assert applications_in(database) == 0
    with database.read() as session:
        assert len(people.candidates(session, made.id)) == 3
        assert nomination.called(session, story.AFTER) == []


# what the desk may know


def test_the_secretary_sees_who_applied_and_others_see_numbers(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        nomination.withdraw(session, WHILE, run.applicant(2))
        counted = overview.overview(session, WHILE, run.id).numbers
        seen = overview.handed_in(session, SECRETARY, run.id)
        assert seen is not None
        assert [one.name for one in seen] == ["Anna Appel", "Bilal Berg"]
        for role in (Role.CHAIR, Role.MEMBER, Role.OBSERVER):
            other = Actor("someone", frozenset({role}))
            assert overview.handed_in(session, other, run.id) is None
    assert (counted.submitted, counted.drafts, counted.withdrawn, counted.applied) == (2, 1, 1, 3)


@pytest.mark.parametrize("chosen_by", [Preselection.COUNCIL, Preselection.COMMITTEE])
def test_where_others_choose_the_secretary_sees_numbers_too(
    database: Database, settings: Settings, chosen_by: Preselection
) -> None:
    with database.write() as session:
        made = calling(session, settings, replace(CALLING, preselection=chosen_by))
        applied(session, made)
        assert overview.handed_in(session, SECRETARY, made.id) is None
        assert overview.overview(session, WHILE, made.id).numbers.submitted == 1


def test_time_makes_reminders_due(
    database: Database, settings: Settings, run: Calling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "now", lambda: LATE)
    jobs.tick(database, settings)
    jobs.tick(database, settings)
    with database.read() as session:
        due = session.scalars(
            select(t.ApplicationRow.name).where(t.ApplicationRow.reminder_due.is_not(None))
        ).all()
    assert due == ["Daan Dorp"]


def test_the_log_of_the_list_names_nobody(
    database: Database, run: Calling, two: tuple[Actor, Actor]
) -> None:
    with database.write() as session:
        listed(session, run, two)
        told = " ".join(event.payload for event in events(session))
        kinds = [event.kind for event in events(session)]
    assert "elections.list_fixed" in kinds
    assert not [secret for secret in ("Anna", CONFLICT, "K0000") if secret in told]


def test_an_application_counts_as_one_however_often_it_was_changed(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        own = nomination.mine(session, WHILE, run.applicant(3)).application
        assert own is not None
        begun(session, own.id, WHILE)
        assert not applications.add(session, replace(own, id="another"), "K00003", WHILE)
        many = session.scalar(select(func.count()).select_from(t.ApplicationRow))
        handed_in = applications.every(session, run.id, Standing.SUBMITTED)
    assert (many, len(handed_in)) == (4, 3)
