"""What happens to the board, in the database."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from time import sleep

import pytest
from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import first_broken
from consult.audit.store import latest
from consult.council.actions import board as actions
from consult.council.actions.board import NewMandate
from consult.council.actions.events import new_event, note_event, withdraw_event
from consult.council.actions.offices import appoint_office, take_back_appointment
from consult.council.actions.watching import say
from consult.council.core.agreement import Office
from consult.council.core.appointing import Decision, Reservation
from consult.council.core.board import Ending, Mandate, Status, Verdict
from consult.council.core.events import Happening
from consult.council.store import board as store
from consult.council.store import events as kept
from consult.db.session import Database
from consult.refusal import Refusal
from tests.rules import adopted, file, two

TODAY = date(2026, 11, 22)
END = date(2030, 1, 1)
CHAIR, SECRETARY, TREASURER = Office


def seated(session: Session, now: datetime, names: str, start: date = TODAY) -> dict[str, str]:
    """Seat people, ids by name; a name with a T is a tenant's."""
    elected = [NewMandate(name, name.startswith("T"), start, END) for name in names.split()]
    return dict(zip(names.split(), actions.seat(session, SYSTEM, now, elected), strict=True))


def happens(
    session: Session,
    at: datetime,
    mandate_id: str,
    happened: Happening,
    day: date,
    office: Office | None = None,
) -> Status:
    """Note what happened to a member."""
    event = new_event(mandate_id, happened, day, office)
    return note_event(session, SYSTEM, at, mandate_id, event)


def found(session: Session, mandate_id: str) -> Mandate:
    """One mandate."""
    return next(one for one in store.mandates(session) if one.id == mandate_id)


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def kinds(session: Session) -> Sequence[str]:
    """What the log says happened, oldest first."""
    return [event.kind for event in reversed(latest(session, 20))]


def test_people_are_seated_together_and_are_the_board(database: Database, at: datetime) -> None:
    with database.write() as session:
        election = "e" * 26
        actions.seat(
            session, SYSTEM, at, [NewMandate("Thea", True, TODAY, END, election_id=election)] * 3
        )
    with database.read() as session:
        status = actions.status(session, at)
        assert (status.size, status.tenants, status.lawful) == (3, 3, True)
        assert {one.election_id for one in status.members} == {election}
        assert [person.groups for person in actions.sitting_on(session, TODAY)] == [{"tenant"}] * 3
        assert actions.sitting_on(session, END) == []
        assert kinds(session) == ["council.seated"]
        assert first_broken(session) is None


def test_a_board_that_would_be_unlawful_is_not_seated(database: Database, at: datetime) -> None:
    with database.write() as session:
        with refused("council.board_unlawful") as refusal:
            seated(session, at, "T1 T2 N1")
        assert refusal.value.facts["rule"] == "tenant_share"
        assert (refusal.value.facts["have"], refusal.value.facts["least"]) == (2, 3)
        assert store.mandates(session) == ()


def test_those_who_stay_count_when_others_are_seated(database: Database, at: datetime) -> None:
    with database.write() as session:
        seated(session, at, "T1 T2 T3")
        seated(session, at, "N1")
        with refused("council.board_unlawful"):
            seated(session, at, "N2")


def test_two_seatings_at_once_do_not_break_a_rule_together(
    database: Database, at: datetime
) -> None:
    def seat(names: str) -> None:
        with database.write() as session:
            seated(session, at, names)

    seat("T1 T2 T3")
    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            seated(session, at, "N1")
            second = pool.submit(seat, "N2")
            sleep(0.2)  # so that it has looked at the board, or waits to
        with refused("council.board_unlawful"):
            second.result()


def test_a_mandate_needs_at_least_a_day(database: Database, at: datetime) -> None:
    with database.write() as session, refused("council.period_empty"):
        seated(session, at, "T1 T2", start=END)


def test_the_chair_must_be_a_tenant(database: Database, at: datetime) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 N1")
        with refused("council.chair_not_tenant"):
            appoint_office(session, SYSTEM, at, ids["N1"], CHAIR, TODAY)
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        holder = actions.status(session, at).holder(CHAIR)
        assert holder is not None
        assert holder.id == ids["T1"]


def test_an_appointment_that_leaves_no_room_for_two_tenants_is_refused(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 T4 T5 N1 N2")
        appoint_office(session, SYSTEM, at, ids["N1"], SECRETARY, TODAY)
        with refused("council.executive_short"):
            appoint_office(session, SYSTEM, at, ids["N2"], TREASURER, TODAY)
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        with refused("council.executive_short"):
            appoint_office(session, SYSTEM, at, ids["T1"], TREASURER, TODAY)
        appoint_office(session, SYSTEM, at, ids["T2"], TREASURER, TODAY)
        checks = actions.status(session, at).checks
        assert {check.verdict for check in checks} == {Verdict.KEPT}


def test_a_successor_takes_over_on_the_day(database: Database, at: datetime) -> None:
    later = TODAY + timedelta(30)
    with database.write() as session:
        ids = seated(session, at, "T1 T2")
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        appoint_office(session, SYSTEM, at, ids["T2"], CHAIR, later)
        assert found(session, ids["T1"]).offices(later - timedelta(1)) == (CHAIR,)
        assert found(session, ids["T1"]).offices(later) == ()
        assert found(session, ids["T2"]).offices(later) == (CHAIR,)
        with refused("council.office_later"):
            appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, later)


def test_who_does_not_sit_gets_no_office(database: Database, at: datetime) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2")
        with refused("council.not_sitting"):
            appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, END)
        with refused("council.unknown_mandate"):
            appoint_office(session, SYSTEM, at, "nobody", CHAIR, TODAY)


def test_a_chair_who_buys_leaves_the_chair_that_day_and_stays_a_member(
    database: Database, at: datetime
) -> None:
    later = TODAY + timedelta(40)
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 T4")
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        status = happens(session, at, ids["T1"], Happening.BOUGHT, later)
        assert (status.day, status.tenants, status.lawful) == (later, 3, True)
        assert status.holder(CHAIR) is None
        assert found(session, ids["T1"]).offices(later - timedelta(1)) == (CHAIR,)
        assert kinds(session)[-2:] == ["council.status_changed", "council.chair_left"]


def test_a_chair_of_whom_a_purchase_is_known_is_appointed_up_to_that_day(
    database: Database, at: datetime
) -> None:
    later = TODAY + timedelta(40)
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 T4")
        happens(session, at, ids["T1"], Happening.BOUGHT, later)
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        assert found(session, ids["T1"]).offices(later) == ()
        with refused("council.chair_not_tenant"):
            appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, later)


def test_a_purchase_that_breaks_the_rule_is_noted_all_the_same(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 N1")
        status = happens(session, at, ids["T1"], Happening.BOUGHT, TODAY)
        assert [check.rule for check in status.broken] == ["tenant_share"]
        with refused("council.status_same"):
            happens(session, at, ids["T1"], Happening.BOUGHT, TODAY)
        back = happens(session, at, ids["T1"], Happening.TENANT, TODAY)
        assert back.lawful


def test_a_member_who_leaves_lays_down_all_offices(database: Database, at: datetime) -> None:
    later = TODAY + timedelta(5)
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3")
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        status = happens(session, at, ids["T1"], Happening.RESIGNED, later)
        assert (status.size, status.holder(CHAIR)) == (2, None)
        left = found(session, ids["T1"])
        assert (left.end, left.ending, left.terms[0].end) == (later, Ending.RESIGNED, later)
        with refused("council.not_sitting"):
            happens(session, at, ids["T1"], Happening.OTHER, later)
        with refused("council.not_sitting"):
            happens(session, at, ids["T2"], Happening.OTHER, TODAY)


def test_the_log_of_the_board_names_nobody(database: Database, at: datetime) -> None:
    with database.write() as session:
        ids = seated(session, at, "Thea Tom Tilly")
        appoint_office(session, SYSTEM, at, ids["Thea"], CHAIR, TODAY)
        happens(session, at, ids["Tom"], Happening.BOUGHT, END - timedelta(1))
        happens(session, at, ids["Tilly"], Happening.RESIGNED, END - timedelta(2))
        told = " ".join(event.payload for event in latest(session, 20))
    for word in ("Thea", "Tom", "Tilly", "resigned"):
        assert word not in told


def test_an_event_that_was_noted_by_mistake_is_as_if_it_had_never_been_noted(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 N1")
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        before = store.mandates(session)
        broken = happens(session, at, ids["T1"], Happening.BOUGHT, TODAY + timedelta(3))
        assert not broken.lawful
        (noted,) = kept.noted(session)
        status = withdraw_event(session, SYSTEM, at, noted.event.id)
        assert status.lawful
        assert store.mandates(session) == before
        assert kinds(session)[-1] == "council.event_withdrawn"
        assert [one.counts for one in kept.noted(session)] == [False]
        with refused("council.event_withdrawn"):
            withdraw_event(session, SYSTEM, at, noted.event.id)
        with refused("council.unknown_event"):
            withdraw_event(session, SYSTEM, at, "nothing")


def test_a_departure_that_was_a_mistake_brings_the_member_and_the_offices_back(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3")
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        happens(session, at, ids["T1"], Happening.DIED, TODAY + timedelta(3))
        (noted,) = kept.noted(session)
        status = withdraw_event(session, SYSTEM, at, noted.event.id)
        assert (status.size, status.holder(CHAIR)) == (3, found(session, ids["T1"]))


def test_a_member_leaves_an_office_and_stays(database: Database, at: datetime) -> None:
    later = TODAY + timedelta(5)
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3")
        appoint_office(session, SYSTEM, at, ids["T1"], SECRETARY, TODAY)
        for wrong in (TREASURER, SECRETARY):
            day = later if wrong is TREASURER else TODAY
            with refused("council.office_not_held"):
                happens(session, at, ids["T1"], Happening.LEFT_OFFICE, day, wrong)
        status = happens(session, at, ids["T1"], Happening.LEFT_OFFICE, later, SECRETARY)
        assert (status.size, status.holder(SECRETARY)) == (3, None)
        assert kinds(session)[-1] == "council.office_left"


def test_an_acting_chair_must_be_a_tenant_too_and_is_shown_as_acting(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 N1")
        with refused("council.chair_not_tenant"):
            appoint_office(session, SYSTEM, at, ids["N1"], CHAIR, TODAY, acting=True)
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY, acting=True)
        assert found(session, ids["T1"]).acting(TODAY) == (CHAIR,)
        appoint_office(session, SYSTEM, at, ids["T2"], CHAIR, TODAY + timedelta(1))
        assert found(session, ids["T1"]).offices(TODAY + timedelta(1)) == ()
        assert found(session, ids["T2"]).acting(TODAY + timedelta(1)) == ()


def test_a_decision_is_kept_with_the_meeting_and_the_reservations(
    database: Database, at: datetime
) -> None:
    decision = Decision(TODAY, (Reservation("Tom", "Liever om de beurt."),))
    with database.write() as session:
        ids = seated(session, at, "T1 T2")
        made = appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY, decision=decision)
    with database.read() as session:
        assert actions.overview(session, TODAY).decisions == {made: decision}
        assert "Liever" not in " ".join(event.payload for event in latest(session, 20))


@pytest.mark.parametrize("days", [1, 8])
def test_a_decision_cannot_be_of_a_day_to_come_or_after_the_office_began(
    database: Database, at: datetime, days: int
) -> None:
    decision = Decision(TODAY + timedelta(days))
    with database.write() as session:
        ids = seated(session, at, "T1 T2")
        start = TODAY + timedelta(5)
        with refused("council.decision_day"):
            appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, start, decision=decision)


def test_an_appointment_entered_by_mistake_gives_the_office_back(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2")
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY)
        later = TODAY + timedelta(1)
        made = appoint_office(session, SYSTEM, at, ids["T2"], CHAIR, later)
        take_back_appointment(session, SYSTEM, at, made)
        assert found(session, ids["T1"]).offices(later) == (CHAIR,)
        assert kinds(session)[-1] == "council.office_taken_back"
        with refused("council.unknown_appointment"):
            take_back_appointment(session, SYSTEM, at, made)
        appoint_office(session, SYSTEM, at, ids["T2"], CHAIR, later)


def test_the_overview_tells_since_when_the_board_is_unlawful_and_what_the_council_says(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3 N1")
        happens(session, at, ids["T1"], Happening.BOUGHT, TODAY + timedelta(2))
        say(session, SYSTEM, at, "Er komt een verkiezing.")
        later = actions.overview(session, TODAY + timedelta(9))
        assert later.since == TODAY + timedelta(2)
        assert later.note is not None
        assert later.note.text == "Er komt een verkiezing."
        assert actions.overview(session, TODAY).since is None
        say(session, SYSTEM, at + timedelta(minutes=1), "")
        assert actions.overview(session, TODAY).note is None
        assert "verkiezing" not in " ".join(event.payload for event in latest(session, 20))


def test_an_office_that_the_voters_give_is_held_for_the_time_being_only(
    database: Database, at: datetime
) -> None:
    with database.write() as session:
        ids = seated(session, at, "T1 T2 T3")
        adopted(session, at, two(session), file(TODAY, ("settings", "chair_by", "voters")))
        agreed = Decision(TODAY)
        with refused("council.office_by_voters"):
            appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY, decision=agreed)
        appoint_office(session, SYSTEM, at, ids["T2"], SECRETARY, TODAY, decision=agreed)
        appoint_office(session, SYSTEM, at, ids["T1"], CHAIR, TODAY, acting=True, decision=agreed)
        assert found(session, ids["T1"]).acting(TODAY) == (CHAIR,)
        assert actions.officers_on(session, TODAY) == {SECRETARY: ids["T2"]}
        elected = TODAY + timedelta(7)
        appoint_office(session, SYSTEM, at, ids["T3"], CHAIR, elected)
        assert found(session, ids["T3"]).offices(elected) == (CHAIR,)
        assert found(session, ids["T1"]).offices(elected) == ()
