"""Applying to stand, in the database: codes of its own, pages, the tests of who may stand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.store import events
from consult.config import Settings
from consult.council.actions import board
from consult.council.actions.board import NewMandate
from consult.council.core.agreement import Agreement, Elects
from consult.db.session import Database
from consult.elections.actions import call, nomination, paper, paper_form, prepare
from consult.elections.actions.nomination import Applicant
from consult.elections.core.asking import Kind, Problem
from consult.elections.core.nomination import BOARD, Application, Call, Standing
from consult.elections.core.photo import NoPhoto
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.elections.tables import applications as t
from consult.refusal import Refusal
from consult.register.core.roll import Purpose
from consult.register.store.rolls import roll_for
from consult.site.store import announcements
from consult.web import throttle
from tests import elections as story
from tests.agreements import AGREEMENT_2016
from tests.consultations import NOBODYS_CODE, REGISTRAR, SECRETARY
from tests.elections import PLAN
from tests.nominations import (
    CALLED,
    CALLING,
    CONFLICT,
    FILLED,
    FROM,
    LATE,
    ON_PAPER,
    OVER,
    UNTIL,
    WHILE,
    Calling,
    applications_in,
    applied,
    become,
    begun,
    calling,
    drafted,
    filled,
    jpeg,
    left,
)

NETWORK = "10.0.0.0/24"


@pytest.fixture
def run(database: Database, settings: Settings) -> Calling:
    with database.write() as session:
        return calling(session, settings)


def own(session: Session, run: Calling, number: int = 0) -> Application:
    found = nomination.mine(session, WHILE, run.applicant(number)).application
    assert found is not None
    return found


def enter(
    session: Session, settings: Settings, run: Calling, typed: str, network: str = NETWORK
) -> Applicant | Problem:
    key, among = settings.key("register.codes"), [store.get(session, run.id)]
    return nomination.enter(session, WHILE, key, typed, network, among)


def step_of(session: Session, run: Calling, kind: Kind, number: int = 0) -> int:
    steps = nomination.mine(session, WHILE, run.applicant(number)).asked.steps
    return next(place for place, step in enumerate(steps, 1) if step.kind is kind)


# the call


def test_the_call_draws_a_roll_of_its_own_and_gives_everybody_a_code_of_16_digits(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = calling(session, settings)
        drawn = roll_for(session, Purpose.NOMINATION, run.id)
        assert drawn is not None
        assert (drawn.size, drawn.reference_date) == (12, PLAN.reference_date)
        assert drawn.frozen_at == CALLED
        assert {len(code.digits) for code in run.codes} == {16}
        assert store.get(session, run.id).roll_id is None, "the voters' roll is another one"


def test_the_call_stands_on_the_first_page_of_the_site(database: Database, run: Calling) -> None:
    with database.read() as session:
        (found,) = announcements(session, CALLED)
    assert (found.kind, found.href) == ("nomination", f"/kandidaat/{run.uuid}")
    assert (found.opens_at, found.closes_at) == (FROM, UNTIL)


def test_only_kinds_of_customers_that_may_vote_are_called(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settle(monkeypatch, electorate=("owner",))
    with database.write() as session, pytest.raises(Refusal, match=r"register\.roll_empty"):
        calling(session, settings)


def _settle(monkeypatch: pytest.MonkeyPatch, **settled: object) -> None:
    """The rules of the agreement say so."""
    agreed: Agreement = replace(
        AGREEMENT_2016,
        settings=replace(AGREEMENT_2016.settings, **settled),  # type: ignore[arg-type]
    )
    monkeypatch.setattr(paper, "agreement_on", lambda _session, _day: agreed)


def _sat(session: Session, start: date, end: date, number: str = "K00000") -> None:
    """A board of three, of whom one is that customer."""
    names = (("Anna Appel", number), ("Bas", ""), ("Cor", ""))
    given = [NewMandate(name, True, start, end, customer_number=who) for name, who in names]
    board.seat(session, SYSTEM, CALLED, given)


def test_who_stays_on_the_board_cannot_stand_for_it(database: Database, run: Calling) -> None:
    with database.write() as session:
        _sat(session, date(2026, 1, 1), CALLING.seats_from + timedelta(days=1))
        filled(session, run)
        with pytest.raises(Refusal, match=r"elections\.barred_sits"):
            nomination.accept(session, WHILE, run.applicant())
        filled(session, run, 1, "Bilal Berg")
        assert nomination.accept(session, WHILE, run.applicant(1)) == ()


def test_who_sat_often_enough_in_a_row_cannot_stand(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins, between = CALLING.seats_from, date(2024, 1, 1)
    _settle(monkeypatch, most_terms=2)
    with database.write() as session:
        run = calling(session, settings)
        _sat(session, date(2020, 1, 1), between)
        filled(session, run)
        assert nomination.accept(session, WHILE, run.applicant()) == (), "one term, and a pause"
        _sat(session, between, begins)
        nomination.withdraw(session, WHILE, run.applicant())
        with pytest.raises(Refusal, match=r"elections\.barred_terms"):
            nomination.accept(session, WHILE, run.applicant())


@pytest.mark.parametrize(
    ("plan", "published", "at", "code"),
    [
        (PLAN, True, CALLED, "elections.no_call"),
        (CALLING, False, CALLED, "elections.profile_unpublished"),
        (CALLING, True, UNTIL, "elections.nominations_over"),
    ],
)
def test_nobody_is_called_without_dates_without_a_profile_or_too_late(
    database: Database, settings: Settings, plan: story.Plan, published: bool, at: object, code: str
) -> None:
    with database.write() as session:
        made = drafted(session, replace(plan, closes_at=story.CLOSES))
        if not published:
            store.mark(session, made, profile_at=None)
        with pytest.raises(Refusal, match=code):
            call.make_call(session, REGISTRAR, at, settings.key("register.codes"), made)  # type: ignore[arg-type]


def test_people_are_called_once(database: Database, settings: Settings, run: Calling) -> None:
    with database.write() as session, pytest.raises(Refusal, match=r"elections\.call_made"):
        call.make_call(session, REGISTRAR, WHILE, settings.key("register.codes"), run.id)


# the code


def test_a_code_finds_its_entry_and_uses_nothing_up(
    database: Database, settings: Settings, run: Calling
) -> None:
    with database.write() as session:
        for _ in range(2):
            found = enter(session, settings, run, str(run.codes[3]))
            assert found == run.applicant(3)
    assert applications_in(database) == 0


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "code_missing"),
        ("123", "code_length"),
        ("1234 5678 9012 3456", "code_digit"),
        (NOBODYS_CODE, "code_unknown"),
        ("1" * 26, "code_of_vote"),
    ],
)
def test_what_is_wrong_with_a_code_is_told(
    database: Database, settings: Settings, run: Calling, typed: str, problem: str
) -> None:
    with database.write() as session:
        found = enter(session, settings, run, typed)
    assert isinstance(found, Problem)
    assert (found.code, found.field) == (problem, "code")


def test_guessing_is_slowed_down_but_others_are_let_through(
    database: Database, settings: Settings, run: Calling
) -> None:
    with database.write() as session:
        for _ in range(throttle.MOST_PER_NETWORK):
            enter(session, settings, run, NOBODYS_CODE)
        waiting = enter(session, settings, run, str(run.codes[0]))
        other = enter(session, settings, run, str(run.codes[0]), "10.0.9.0/24")
    assert isinstance(waiting, Problem)
    assert waiting.code == "code_wait"
    assert other == run.applicant(0)


def test_a_code_for_voting_opens_no_application(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = calling(session, settings)
        other = story.drafted(session, people=0)
        for one in prepare.make_codes(session, other).pairs:
            assert isinstance(enter(session, settings, run, str(one[1])), Problem)


# the pages


def test_an_application_is_kept_page_by_page(database: Database, run: Calling) -> None:
    with database.write() as session:
        who = run.applicant()
        assert nomination.mine(session, WHILE, who).missing == (1, 2, 3, 4, 7, 8)
        assert nomination.save(session, WHILE, who, 1, FILLED[Kind.NAME]) is None
        assert nomination.mine(session, WHILE, who).missing == (2, 3, 4, 7, 8)
        filled(session, run)
        assert nomination.mine(session, WHILE, who).missing == ()
    with database.read() as session:
        kept = own(session, run)
    assert (kept.name, kept.standing) == ("Anna Appel", Standing.DRAFT)
    assert kept.answers == {"c1": "Dat doe ik al jaren.", "c2": "Dat doe ik al jaren."}
    assert (kept.backgrounds, kept.conflicts) == (frozenset({"Turks"}), CONFLICT)


def test_what_cannot_stand_is_not_kept(database: Database, run: Calling) -> None:
    with database.write() as session:
        found = nomination.save(session, WHILE, run.applicant(), 2, {"statement": ["w " * 151]})
    assert found == Problem("text_words", "statement", 150)
    assert applications_in(database) == 0


def test_handing_in_with_pages_missing_names_them(database: Database, run: Calling) -> None:
    with database.write() as session:
        assert nomination.accept(session, WHILE, run.applicant()) == (1, 2, 3, 4, 7, 8)
        nomination.save(session, WHILE, run.applicant(), 1, FILLED[Kind.NAME])
        assert nomination.accept(session, WHILE, run.applicant()) == (2, 3, 4, 7, 8)
        assert own(session, run).standing is Standing.DRAFT


def test_groups_are_fixed_when_she_stands_from_the_roll_and_her_own_words(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        applied(session, run, 1)
        applied(session, run, 2, "Bilal Berg")
        become(session, 1, neighbourhood="Zuid")
    with database.read() as session:
        assert own(session, run, 1).groups == {
            "tenant",
            "neighbourhood:Noord",
            "background:Turks+Kaapverdisch",
        }
        assert own(session, run, 2).groups == {"tenant", "background:Turks+Kaapverdisch"}


def test_handing_in_twice_is_handing_in_once(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run)
        assert nomination.accept(session, WHILE + timedelta(hours=1), run.applicant()) == ()
        assert own(session, run).submitted_at == WHILE
        kinds = [event.kind for event in events(session)]
    assert kinds.count("elections.applied") == 1


def test_a_change_has_to_be_accepted_again(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run)
        nomination.save(session, WHILE, run.applicant(), 1, {"name": ["Anna Peer"]})
        assert own(session, run).standing is Standing.DRAFT
        assert nomination.accept(session, WHILE, run.applicant()) == ()
        assert own(session, run).name == "Anna Peer"


def test_everybody_sees_her_own_application_only(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run, 0)
        assert nomination.mine(session, WHILE, run.applicant(1)).application is None
        with pytest.raises(Refusal, match=r"elections\.unknown"):
            nomination.mine(session, WHILE, Applicant(run.id, "nobody"))


def test_two_people_cannot_stand_with_one_name(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run, 0)
        alike = ("anna appel", "Anna\u200e Appel", "Аnnа Appel", "Ａnna Appel")
        for number, name in enumerate(alike, 1):
            filled(session, run, number, name)
            with pytest.raises(Refusal, match=r"elections\.name_taken"):
                nomination.accept(session, WHILE, run.applicant(number))
        applied(session, run, 8, "Анна Аппель")
        applied(session, run, 9, "Ànna Appel")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (FROM - timedelta(minutes=1), "elections.nominations_early"),
        (UNTIL, "elections.nominations_over"),
    ],
)
def test_nothing_changes_before_or_after_the_dates(
    database: Database, run: Calling, at: object, code: str
) -> None:
    with database.write() as session:
        filled(session, run)
        who = run.applicant()
        for act in (
            lambda: nomination.save(session, at, who, 1, FILLED[Kind.NAME]),  # type: ignore[arg-type]
            lambda: nomination.put_photo(session, at, who, b"jpeg"),  # type: ignore[arg-type]
            lambda: nomination.accept(session, at, who),  # type: ignore[arg-type]
        ):
            with pytest.raises(Refusal, match=code):
                act()


# who may stand


def test_whoever_has_no_contract_any_more_cannot_stand(database: Database, run: Calling) -> None:
    with database.write() as session:
        filled(session, run)
        left(session, 0)
        with pytest.raises(Refusal, match=r"elections\.barred_left"):
            nomination.accept(session, WHILE, run.applicant())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"age_band": "0-17"}, "elections.barred_minor"),
        ({"kind": "space"}, "elections.barred_kind"),
    ],
)
def test_the_roll_of_the_reference_date_says_who_may_stand(
    database: Database, run: Calling, values: dict[str, str], code: str
) -> None:
    with database.write() as session:
        filled(session, run)
        become(session, 0, **values)
        with pytest.raises(Refusal, match=code):
            nomination.accept(session, WHILE, run.applicant())


def test_whoever_sits_on_the_committee_cannot_be_chosen_by_it(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        filled(session, run)
        given = {"staff": ["yes"], "committee": ["yes"]}
        place = step_of(session, run, Kind.CONFLICTS)
        nomination.save(session, WHILE, run.applicant(), place, given)
        with pytest.raises(Refusal, match=r"elections\.barred_committee"):
            nomination.accept(session, WHILE, run.applicant())


def test_whoever_works_for_the_landlord_says_so_and_may_stand(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        filled(session, run)
        given = {"staff": ["yes"], "committee": ["no"]}
        place = step_of(session, run, Kind.CONFLICTS)
        nomination.save(session, WHILE, run.applicant(), place, given)
        assert nomination.accept(session, WHILE, run.applicant()) == ()
        assert own(session, run).staff is True


def test_the_chair_is_offered_to_tenants_where_voters_choose_her(
    database: Database, run: Calling, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settle(monkeypatch, chair_by=Elects.VOTERS, executive_by=Elects.VOTERS)
    with database.write() as session:
        become(session, 1, kind="owner")
        assert nomination.mine(session, WHILE, run.applicant(0)).asked.offices == (
            "chair",
            "executive",
        )
        assert nomination.mine(session, WHILE, run.applicant(1)).asked.offices == ("executive",)


def test_no_office_is_offered_where_the_board_gives_it(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run)
        assert own(session, run).stands_for == {BOARD}


# the photo


def test_a_photo_is_kept_replaced_and_taken_away(database: Database, run: Calling) -> None:
    who = run.applicant()
    with database.write() as session:
        for raw in (jpeg("red"), jpeg("blue")):
            assert nomination.put_photo(session, WHILE, who, raw) is None
            assert applications.photo(session, own(session, run).id) == raw
        assert nomination.mine(session, WHILE, who).photo
        assert nomination.put_photo(session, WHILE, who, NoPhoto("photo_small", 120)) is not None
        assert nomination.mine(session, WHILE, who).photo, "what is no photo replaces none"
        nomination.put_photo(session, WHILE, who, None)
        assert not nomination.mine(session, WHILE, who).photo


def test_another_photo_has_to_be_accepted_too(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run)
        nomination.put_photo(session, WHILE, run.applicant(), jpeg())
        assert own(session, run).standing is Standing.DRAFT


# stepping back


def test_a_draft_that_is_given_up_is_erased_with_its_photo(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        filled(session, run)
        nomination.put_photo(session, WHILE, run.applicant(), jpeg())
    assert applications_in(database) == 2
    with database.write() as session:
        nomination.withdraw(session, WHILE, run.applicant())
    assert applications_in(database) == 0


def test_whoever_steps_back_can_stand_again_until_the_deadline(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        applied(session, run)
        for _ in range(2):
            nomination.withdraw(session, WHILE, run.applicant())
            assert own(session, run).standing is Standing.WITHDRAWN
        assert nomination.accept(session, WHILE, run.applicant()) == ()
        assert own(session, run).standing is Standing.SUBMITTED
        nomination.withdraw(session, OVER, run.applicant())
        with pytest.raises(Refusal, match=r"elections\.nominations_over"):
            nomination.accept(session, OVER, run.applicant())


def test_stepping_back_without_an_application_changes_nothing(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        nomination.withdraw(session, WHILE, run.applicant())
        assert nomination.mine(session, WHILE, run.applicant()).application is None


# on paper


def test_the_secretary_enters_a_signed_form(database: Database, run: Calling) -> None:
    with database.write() as session:
        found = paper_form.enter_on_paper(
            session, SECRETARY, WHILE, run.id, " K00005 ", ON_PAPER, jpeg()
        )
        assert found is None
        kept = own(session, run, 5)
        assert (kept.name, kept.on_paper, kept.staff) == ("Papa Papier", True, True)
        assert kept.standing is Standing.SUBMITTED
        assert kept.groups == {"tenant", "neighbourhood:Noord"}
        assert nomination.mine(session, WHILE, run.applicant(5)).photo


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("name", "", Problem("name_missing", "name")),
        ("answer-4", "", Problem("text_missing", "answer-4")),
        ("consent", "", Problem("consent_missing", "consent")),
    ],
)
def test_a_form_that_is_not_complete_is_told_at_its_field(
    database: Database, run: Calling, field: str, value: str, problem: Problem
) -> None:
    with database.write() as session:
        given = {**ON_PAPER, field: [value]}
        found = paper_form.enter_on_paper(session, SECRETARY, WHILE, run.id, "K00005", given)
    assert found == problem
    assert applications_in(database) == 0


@pytest.mark.parametrize(
    ("number", "at", "code"),
    [
        ("K99999", WHILE, "elections.candidate_not_on_roll"),
        ("K00000", WHILE, "elections.application_exists"),
        ("K00001", WHILE, "elections.barred_left"),
        ("K00002", OVER, "elections.nominations_over"),
        ("K00002", CALLED, "elections.nominations_early"),
    ],
)
def test_paper_passes_the_same_tests(
    database: Database, run: Calling, number: str, at: object, code: str
) -> None:
    with database.write() as session:
        filled(session, run, 0)
        left(session, 1)
        with pytest.raises(Refusal, match=code):
            paper_form.enter_on_paper(session, SECRETARY, at, run.id, number, ON_PAPER)  # type: ignore[arg-type]


def test_an_empty_form_with_a_number_does_not_tell_whether_that_customer_applied(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        applied(session, run, 0)
        found = [
            paper_form.enter_on_paper(session, SECRETARY, WHILE, run.id, number, {})
            for number in ("K00000", "K00001")
        ]
    assert found == [Problem("name_missing", "name")] * 2


# reminders


def test_whoever_began_and_is_not_ready_is_reminded_once_in_the_last_week(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        filled(session, run, 0)
        applied(session, run, 1, "Bilal Berg")
        filled(session, run, 2, "Cora Citroen")
        begun(session, own(session, run, 2).id, LATE - timedelta(hours=2))
        assert call.to_remind(session, WHILE) == 0, "two weeks before the end"
        assert call.to_remind(session, LATE) == call.remind(session, LATE) == 1
        assert call.to_remind(session, LATE) == 0
        assert call.due_reminders(session, run.id) == 1
        assert call.make_reminders(session, REGISTRAR, LATE, run.id) == ["K00000"]
        assert call.due_reminders(session, run.id) == 0


def test_reminders_are_made_once_a_day_and_only_for_who_is_late(
    database: Database, run: Calling
) -> None:
    with database.write() as session:
        with pytest.raises(Refusal, match=r"elections\.no_reminders"):
            call.make_reminders(session, REGISTRAR, LATE, run.id)
        filled(session, run, 0)
        call.remind(session, LATE)
        call.make_reminders(session, REGISTRAR, LATE, run.id)
        with pytest.raises(Refusal, match=r"elections\.reminded_today"):
            call.make_reminders(session, REGISTRAR, LATE + timedelta(hours=1), run.id)
        with pytest.raises(Refusal, match=r"elections\.nominations_over"):
            call.make_reminders(session, REGISTRAR, OVER, run.id)


def test_whoever_finished_meanwhile_gets_no_letter(database: Database, run: Calling) -> None:
    with database.write() as session:
        filled(session, run, 0)
        call.remind(session, LATE)
        nomination.accept(session, LATE, run.applicant())
        assert call.due_reminders(session, run.id) == 0


def test_the_call_is_known_by_its_dates(database: Database, run: Calling) -> None:
    with database.read() as session:
        election = store.get(session, run.id)
        assert [call.call_for(election, at) for at in (CALLED, WHILE, OVER)] == [
            Call.EARLY,
            Call.OPEN,
            Call.OVER,
        ]
        assert nomination.called(session, WHILE) == [election]


def test_the_log_names_nobody(database: Database, run: Calling) -> None:
    with database.write() as session:
        applied(session, run)
        nomination.withdraw(session, WHILE, run.applicant())
        paper_form.enter_on_paper(session, SECRETARY, WHILE, run.id, "K00005", ON_PAPER)
        told = " ".join(event.payload for event in events(session))
        held = session.scalars(select(t.ApplicationRow.customer_number)).all()
        ids = session.scalars(select(t.ApplicationRow.id)).all()
    assert set(held) == {"K00000", "K00005"}
    for secret in (*held, *ids, CONFLICT, "Anna", "Papa", run.entries[0]):
        assert secret not in told
