"""Counts of what went wrong, in SQL, so that any number of workers share one count."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.db.session import Database
from consult.db.upsert import insert_into
from consult.web.tables import Attempts

GUESS_SECONDS: Final = 600
MOST_PER_NETWORK: Final = 10
MOST_ALTOGETHER: Final = 300


def wait(session: Session, now: datetime, bucket: str, *, limit: int, seconds: int) -> int:
    """How many seconds a further attempt in ``bucket`` must wait; 0 when it may go ahead."""
    stamp = int(now.timestamp())
    window = stamp - stamp % seconds
    count = session.scalar(
        select(Attempts.count).where(Attempts.bucket == bucket, Attempts.window == window)
    )
    return window + seconds - stamp if (count or 0) >= limit else 0


def note(session: Session, now: datetime, bucket: str, *, seconds: int) -> None:
    """Count one failed attempt in the running window of ``seconds``."""
    stamp = int(now.timestamp())
    window = stamp - stamp % seconds
    session.execute(
        insert_into(session, Attempts)
        .values(bucket=bucket, window=window, count=0)
        .on_conflict_do_nothing(index_elements=["bucket", "window"])
    )
    session.execute(
        update(Attempts)
        .where(Attempts.bucket == bucket, Attempts.window == window)
        .values(count=Attempts.count + 1)
    )


def allow(session: Session, now: datetime, bucket_key: str, limit: int, seconds: int) -> int:
    """Count an attempt and say how long to wait: 0 when it is within the limit."""
    held = wait(session, now, bucket_key, limit=limit, seconds=seconds)
    if not held:
        note(session, now, bucket_key, seconds=seconds)
    return held


def guess_wait(session: Session, now: datetime, kind: str, network: str) -> int:
    """How many seconds a code of this kind must wait (ADR 8); 0 when it may be looked up.

    Who comes from a network that made no mistakes is let through even while others are guessing.
    """
    here, everywhere = _guesses(kind, network)
    if not wait(session, now, here, limit=1, seconds=GUESS_SECONDS):
        return 0
    limits = ((here, MOST_PER_NETWORK), (everywhere, MOST_ALTOGETHER))
    return max(
        wait(session, now, bucket, limit=limit, seconds=GUESS_SECONDS) for bucket, limit in limits
    )


def note_guess(session: Session, now: datetime, kind: str, network: str) -> None:
    """Count a code that nobody has."""
    for bucket in _guesses(kind, network):
        note(session, now, bucket, seconds=GUESS_SECONDS)


def _guesses(kind: str, network: str) -> tuple[str, str]:
    return f"{kind}:{network}", kind


def forget(session: Session, bucket: str) -> None:
    """Forget what went wrong in ``bucket``: it went right."""
    session.execute(delete(Attempts).where(Attempts.bucket == bucket))


def forget_old(database: Database, now: datetime) -> None:
    """Forget all windows that began more than a day ago."""
    with database.write() as session:
        day_ago = int((now - timedelta(days=1)).timestamp())
        session.execute(delete(Attempts).where(Attempts.window < day_ago))


def network(address: str | None) -> str:
    """The network of an address, /24 or /48, so that no count names one household."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))
