"""What the register suggests about members, in the database; and the council's public word."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.council.core.events import Happening
from consult.council.core.signals import Proposal, Signal, State
from consult.council.tables import LookedRow, NoteRow, SignalRow
from consult.db.types import new_id


@dataclass(frozen=True, slots=True)
class Note:
    """What the council says it does, from a moment on."""

    text: str
    at: datetime


def looked(session: Session) -> int:
    """Up to which applied import the board was compared with the register."""
    return session.scalar(select(LookedRow.serial)) or 0


def keep_looked(session: Session, serial: int) -> None:
    """Note up to which import it was compared; 0 has it compared again."""
    if session.execute(update(LookedRow).values(serial=serial).returning(LookedRow.id)).first():
        return
    session.execute(insert(LookedRow).values(id=1, serial=serial))


def signals(session: Session) -> list[Signal]:
    """Everything that the register ever suggested, newest first."""
    rows = session.scalars(select(SignalRow).order_by(SignalRow.found_at.desc(), SignalRow.id))
    return [_signal(row) for row in rows]


def signal(session: Session, signal_id: str) -> Signal | None:
    """The signal of that id."""
    row = session.get(SignalRow, signal_id)
    return None if row is None else _signal(row)


def add(session: Session, proposal: Proposal, now: datetime) -> str:
    """Keep a new signal; its id."""
    made = new_id()
    session.execute(
        insert(SignalRow).values(
            id=made,
            mandate_id=proposal.mandate_id,
            happened=proposal.happened.value,
            day=proposal.day,
            found_at=now,
            state=State.OPEN.value,
            reason="",
        )
    )
    return made


def settle(
    session: Session, signal_id: str, state: State, *, reason: str = "", event_id: str | None = None
) -> bool:
    """Bring an open signal to its end; whether it was open."""
    change = update(SignalRow).where(SignalRow.id == signal_id, SignalRow.state == State.OPEN.value)
    done = change.values(state=state.value, reason=reason, event_id=event_id)
    return session.execute(done.returning(SignalRow.id)).first() is not None


def note(session: Session) -> Note | None:
    """What the council says it does now; ``None`` when it says nothing."""
    row = session.scalars(select(NoteRow).order_by(NoteRow.written_at.desc()).limit(1)).first()
    return None if row is None or not row.text else Note(row.text, row.written_at)


def add_note(session: Session, text: str, now: datetime) -> None:
    """Keep a new word of the council."""
    session.execute(insert(NoteRow).values(id=new_id(), text=text, written_at=now))


def _signal(row: SignalRow) -> Signal:
    proposal = Proposal(row.mandate_id, Happening(row.happened), row.day)
    return Signal(row.id, proposal, State(row.state), row.reason, row.event_id)
