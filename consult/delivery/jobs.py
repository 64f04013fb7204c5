"""Sending what waits in the outbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog

from consult.clock import now as clock
from consult.config import Settings
from consult.db.session import Database
from consult.db.types import new_id
from consult.delivery import store
from consult.delivery.core import Outcome, Recipient, Reply, compose, retry_at, unseal
from consult.delivery.post import PATIENCE_SECONDS, Send, connected

LEASE: Final = timedelta(minutes=10)
BATCH: Final = 50
BATCHES: Final = 10
"""How many batches follow each other before other work gets its turn."""

_log = structlog.get_logger()
Taken = tuple[str, str, bytes, int]


def tick(database: Database, settings: Settings) -> None:
    """Send what is due, some of it at a time; nothing is locked when nothing is."""
    for _ in range(BATCHES):
        with database.read() as session:
            if not store.anything_due(session, clock()):
                return
        if not send_batch(database, settings, clock):
            return


def send_batch(
    database: Database,
    settings: Settings,
    now: Callable[[], datetime],
    patience: float = PATIENCE_SECONDS,
) -> bool:
    """Lease a batch, send it, and note each outcome at once; whether to go on.

    A worker that dies leaves its lease to run out. What it had not noted is then sent under the
    same Message-ID again: at most the one mail that it was handing over.
    """
    worker = new_id()
    until = now() + LEASE
    with database.write() as session:
        taken = store.lease(session, now(), until, worker, BATCH)
    margin = timedelta(seconds=2 * patience)
    told = dict.fromkeys(Outcome, 0)
    on = bool(taken)
    with connected(settings, patience) as send:
        for one in taken:
            if not on or now() + margin > until:
                break
            reply = _send(database, settings, send, one)
            told[reply.outcome] += 1
            on = not reply.lost
            with database.write() as session:
                values = _noted(reply, now(), one[3] + 1)
                store.note(session, worker, one[0], one[1], **values)
    if sum(told.values()) < len(taken):
        with database.write() as session:
            store.release(session, worker)
    if taken:
        _log.info("mail", **{outcome.value: count for outcome, count in told.items()})
    return on


def _send(database: Database, settings: Settings, send: Send, taken: Taken) -> Reply:
    mailing_id, recipient, body, _tries = taken
    with database.read() as session:
        mailing = store.mailing(session, mailing_id)
    held = unseal(settings.key("delivery.addresses"), body)
    if mailing is None or held is None:
        return Reply(Outcome.REFUSED)
    host = urlsplit(settings.base_url).hostname or "localhost"
    return send(compose(mailing, Recipient(recipient, **held), host))


def _noted(reply: Reply, now: datetime, tries: int) -> dict[str, object]:
    again = retry_at(now, tries) if reply.outcome is Outcome.LATER else None
    if again is not None:
        return {"tries": tries, "due_at": again, "reply": reply.code}
    state = "sent" if reply.outcome is Outcome.SENT else "undelivered"
    return {"state": state, "tries": tries, "due_at": None, "body": b"", "reply": reply.code}
