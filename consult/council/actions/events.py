"""What happens to members: noting it, and correcting what was noted by mistake."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.council.actions.board import status_on
from consult.council.core.agreement import Office
from consult.council.core.board import Mandate, Status
from consult.council.core.events import ENDS, TENANCY, Event, Happening
from consult.council.store import board as store
from consult.council.store import events as kept
from consult.council.store import signals
from consult.db.types import new_id
from consult.refusal import Refusal


def note_event(
    session: Session, who: Actor, now: datetime, mandate_id: str, event: Event
) -> Status:
    """Note what happened to a member; the board of that day.

    A fact is never refused for what follows from it: the status says what it breaks. The chair who
    is no tenant any more leaves the chair that day (art. 3.1c: at all times), and who leaves the
    board lays down every office. Why somebody left is not written in the log.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``, ``council.status_same``,
            ``council.office_not_held``.
    """
    member = sitting(store.mandates(session, hold=True), mandate_id, event.day)
    _refuse_idle(member, event)
    kept.note(session, event, now)
    facts = {"mandate": member.id, "event": event.id, "day": event.day.isoformat()}
    record(session, who, now, _kind(event), facts)
    signals.keep_looked(session, 0)
    status = status_on(session, event.day)
    chaired = event.happened in TENANCY and Office.CHAIR in member.offices(event.day)
    if chaired and status.holder(Office.CHAIR) is None:
        record(session, who, now, "council.chair_left", {"mandate": member.id})
    return status


def new_event(
    mandate_id: str, happened: Happening, day: date, office: Office | None = None
) -> Event:
    """An event to note."""
    return Event(new_id(), mandate_id, happened, day, office)


def withdraw_event(session: Session, who: Actor, now: datetime, event_id: str) -> Status:
    """Correct an event that was noted by mistake: the board stands as if it had never been noted.

    The event stays in the file of the member, with the moment of the correction.

    Raises:
        Refusal: ``council.unknown_event``, ``council.event_withdrawn``.
    """
    store.mandates(session, hold=True)
    found = next((one for one in kept.noted(session) if one.event.id == event_id), None)
    if found is None:
        raise Refusal("council.unknown_event")
    if not found.counts:
        raise Refusal("council.event_withdrawn")
    kept.withdraw(session, event_id, now)
    facts = {"mandate": found.event.mandate_id, "event": event_id}
    record(session, who, now, "council.event_withdrawn", facts)
    signals.keep_looked(session, 0)
    return status_on(session, found.event.day)


def sitting(known: Sequence[Mandate], mandate_id: str, day: date) -> Mandate:
    """The member of that id, who sits on the day.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``.
    """
    member = next((one for one in known if one.id == mandate_id), None)
    if member is None:
        raise Refusal("council.unknown_mandate")
    if not member.sits(day):
        raise Refusal("council.not_sitting", name=member.name)
    return member


def _refuse_idle(member: Mandate, event: Event) -> None:
    """An event that changes nothing is a mistake of whoever notes it."""
    if event.happened in ENDS and event.day == member.start:
        raise Refusal("council.not_sitting", name=member.name)
    if event.happened in TENANCY and member.is_tenant(event.day) == TENANCY[event.happened]:
        raise Refusal("council.status_same", name=member.name)
    if event.happened is Happening.LEFT_OFFICE and not any(
        one.office is event.office and one.start < event.day and one.holds(event.day)
        for one in member.terms
    ):
        raise Refusal("council.office_not_held", name=member.name)


def _kind(event: Event) -> str:
    if event.happened in ENDS:
        return "council.mandate_ended"
    if event.happened is Happening.LEFT_OFFICE:
        return "council.office_left"
    return "council.status_changed"
