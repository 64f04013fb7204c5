"""A small board in the database, and things that happen to it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.clock import day_of, now
from consult.council.actions.board import NewMandate, seat
from consult.council.actions.events import new_event, note_event
from consult.council.actions.offices import appoint_office
from consult.council.core.agreement import Office
from consult.council.core.events import Happening

NAMES = ("Thea", "Tom", "Tilly", "Teun", "Trui", "Nora", "Nico")


def seven(session: Session) -> dict[str, str]:
    """A lawful board of seven since yesterday, five of them tenants, Thea chair; ids by name."""
    moment = now()
    start, end = day_of(moment) - timedelta(1), day_of(moment) + timedelta(1000)
    elected = [NewMandate(name, name[0] == "T", start, end) for name in NAMES]
    ids = seat(session, SYSTEM, moment, elected)
    appoint_office(session, SYSTEM, moment, ids[0], Office.CHAIR, start)
    return dict(zip(NAMES, ids, strict=True))


def happens(session: Session, mandate_id: str, happened: Happening, later: int = 0) -> str:
    """Note what happens to a member, today or days later; the event's id."""
    event = new_event(mandate_id, happened, day_of(now()) + timedelta(later))
    note_event(session, SYSTEM, now(), mandate_id, event)
    return event.id
