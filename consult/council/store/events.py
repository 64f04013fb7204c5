"""What happened to members, and which offices they were given, in the database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consult.council.core.agreement import Office
from consult.council.core.appointing import Appointment, Decision, Reservation
from consult.council.core.board import Term
from consult.council.core.events import Event, Happening
from consult.council.tables import AppointmentRow, EventRow


@dataclass(frozen=True, slots=True)
class Noted:
    """An event, when it was noted, and since when it does not count, if that was a mistake."""

    event: Event
    at: datetime
    withdrawn_at: datetime | None

    @property
    def counts(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


def noted(session: Session) -> list[Noted]:
    """Everything that was noted, in that order."""
    rows = session.scalars(select(EventRow).order_by(EventRow.number))
    return [
        Noted(
            Event(
                row.id,
                row.mandate_id,
                Happening(row.happened),
                row.day,
                Office(row.office) if row.office else None,
            ),
            row.noted_at,
            row.withdrawn_at,
        )
        for row in rows
    ]


def note(session: Session, event: Event, now: datetime) -> None:
    """Keep an event."""
    last = session.scalar(select(func.max(EventRow.number))) or 0
    session.execute(
        insert(EventRow).values(
            id=event.id,
            number=last + 1,
            mandate_id=event.mandate_id,
            happened=event.happened.value,
            day=event.day,
            office=event.office.value if event.office else None,
            noted_at=now,
        )
    )


def withdraw(session: Session, event_id: str, now: datetime) -> None:
    """From now on the event does not count."""
    session.execute(update(EventRow).where(EventRow.id == event_id).values(withdrawn_at=now))


def appointments(session: Session) -> list[Appointment]:
    """The offices that were given and not taken back, by their first day."""
    chosen = select(AppointmentRow).where(AppointmentRow.withdrawn_at.is_(None))
    rows = session.scalars(chosen.order_by(AppointmentRow.start, AppointmentRow.id))
    return [_appointment(row) for row in rows]


def appoint(session: Session, given: Appointment) -> None:
    """Keep that a member was given an office."""
    term, decision = given.term, given.decision
    session.execute(
        insert(AppointmentRow).values(
            id=given.id,
            mandate_id=given.mandate_id,
            office=term.office.value,
            start=term.start,
            end=term.end,
            acting=term.acting,
            decided_on=decision.decided_on if decision else None,
            reservations=[[one.who, one.text] for one in decision.reservations] if decision else [],
        )
    )


def take_back(session: Session, appointment_id: str, now: datetime) -> None:
    """From now on the appointment does not count."""
    change = update(AppointmentRow).where(AppointmentRow.id == appointment_id)
    session.execute(change.values(withdrawn_at=now))


def _appointment(row: AppointmentRow) -> Appointment:
    decision = None
    if row.decided_on is not None:
        reservations = tuple(Reservation(who, text) for who, text in row.reservations)
        decision = Decision(row.decided_on, reservations)
    term = Term(Office(row.office), row.start, row.end, row.acting, row.id)
    return Appointment(row.id, row.mandate_id, term, decision)
