"""Writing in the log, and checking it."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit import core, store


def record(session: Session, who: Actor, now: datetime, kind: str, payload: core.Payload) -> None:
    """Append what ``who`` did, in the caller's transaction.

    ``kind`` is ``"<part>.<what_happened>"``. Payload values are ids, counts, hashes, codes, days,
    or flat lists of these.

    Raises:
        ValueError: a kind, key or value of another shape; the message names no value.
    """
    event = core.follow(store.hold_head(session), now, who.account_id, kind, payload)
    store.append(session, event)


def first_broken(session: Session) -> int | None:
    """The number of the first event that was altered or is missing; ``None`` when all is whole."""
    return core.verify(store.events(session), store.head(session))
