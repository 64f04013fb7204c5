"""What the council says in public about a board that does not keep a rule."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.council.store import signals as store


def say(session: Session, who: Actor, now: datetime, text: str) -> None:
    """Put the council's word on the public page, in the place of the last one; empty takes it off.

    Every version is kept.
    """
    store.add_note(session, text, now)
    record(session, who, now, "council.note_written", {"length": len(text)})
