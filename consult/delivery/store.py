"""All SQL of followers and of the outbox."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from consult.db.upsert import insert_into
from consult.delivery.core import Mailing, MailText
from consult.delivery.tables import FollowerRow, MailingRow, MailRow

CHUNK = 1_000
Row = tuple[str, bytes]
"""A keyed hash, and what is sealed under it."""


def put_follower(session: Session, consultation_id: str, row: Row) -> None:
    """Keep a follower; a second time changes nothing but her language."""
    upsert = insert_into(session, FollowerRow).values(
        id=row[0], consultation_id=consultation_id, body=row[1]
    )
    session.execute(
        upsert.on_conflict_do_update(index_elements=["id"], set_={"body": upsert.excluded.body})
    )


def has_follower(session: Session, follower_id: str) -> bool:
    """Whether somebody follows under this hash."""
    return session.get(FollowerRow, follower_id) is not None


def drop_follower(session: Session, follower_id: str) -> None:
    """Erase a follower, and mail to her that still waits."""
    session.execute(delete(FollowerRow).where(FollowerRow.id == follower_id))
    waiting = (MailRow.recipient == follower_id, MailRow.state == "waiting")
    session.execute(delete(MailRow).where(*waiting))


def followers(session: Session, consultation_id: str) -> Iterator[Row]:
    """All followers of a consultation, in the order of their hashes."""
    wanted = (
        select(FollowerRow.id, FollowerRow.body)
        .where(FollowerRow.consultation_id == consultation_id)
        .order_by(FollowerRow.id)
    )
    for row in session.execute(wanted.execution_options(yield_per=CHUNK)):
        yield row.id, row.body


def rounds(session: Session) -> frozenset[str]:
    """The ids of all rounds of mail there are."""
    return frozenset(session.scalars(select(MailingRow.id)))


def followed(session: Session) -> frozenset[str]:
    """The consultations of which anything of followers or mail is kept."""
    found = session.scalars(
        select(FollowerRow.consultation_id).union(select(MailingRow.consultation_id))
    )
    return frozenset(found)


def forget(session: Session, consultation_id: str) -> None:
    """Erase the followers of a consultation, and all mail about it."""
    rounds = select(MailingRow.id).where(MailingRow.consultation_id == consultation_id)
    session.execute(delete(MailRow).where(MailRow.mailing_id.in_(rounds)))
    session.execute(delete(MailingRow).where(MailingRow.consultation_id == consultation_id))
    session.execute(delete(FollowerRow).where(FollowerRow.consultation_id == consultation_id))


def enqueue(session: Session, now: datetime, mailing: Mailing, mails: Iterable[Row]) -> None:
    """Put the mails of a round in the outbox; those that were there before stay as they are."""
    texts = {name: {"subject": t.subject, "text": t.text} for name, t in mailing.texts.items()}
    session.execute(
        insert_into(session, MailingRow)
        .values(id=mailing.id, consultation_id=mailing.consultation_id, texts=texts)
        .on_conflict_do_nothing()
    )
    rows = (
        {
            "mailing_id": mailing.id,
            "recipient": recipient,
            "body": body,
            "state": "waiting",
            "tries": 0,
            "due_at": now,
        }
        for recipient, body in mails
    )
    into = insert_into(session, MailRow).on_conflict_do_nothing()
    while chunk := list(islice(rows, CHUNK)):
        session.execute(into, chunk)


def mailing(session: Session, mailing_id: str) -> Mailing | None:
    """What the mails of a round share."""
    row = session.get(MailingRow, mailing_id)
    if row is None:
        return None
    texts = {name: MailText(**text) for name, text in row.texts.items()}
    return Mailing(row.id, row.consultation_id, texts)


def anything_due(session: Session, now: datetime) -> bool:
    """Whether :func:`lease` would find something."""
    return session.execute(select(MailRow.mailing_id).where(_due(now)).limit(1)).first() is not None


def lease(
    session: Session, now: datetime, until: datetime, worker: str, most: int
) -> list[tuple[str, str, bytes, int]]:
    """Mails for one worker alone until then: round, hash, what is sealed, how often tried."""
    rows = session.execute(
        select(MailRow)
        .where(_due(now))
        .order_by(MailRow.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).scalars()
    found = []
    for row in rows:
        row.lease, row.leased_until = worker, until
        found.append((row.mailing_id, row.recipient, row.body, row.tries))
    session.flush()
    return found


def note(session: Session, worker: str, mailing_id: str, recipient: str, **values: Any) -> None:
    """Note what came of a mail, and end the lease; nothing when another worker has it by now."""
    session.execute(
        update(MailRow)
        .where(
            MailRow.mailing_id == mailing_id,
            MailRow.recipient == recipient,
            MailRow.lease == worker,
        )
        .values(lease=None, leased_until=None, **values)
    )


def release(session: Session, worker: str) -> None:
    """Give back what a worker leased and did not try."""
    session.execute(
        update(MailRow).where(MailRow.lease == worker).values(lease=None, leased_until=None)
    )


def counts(session: Session, consultation_id: str) -> dict[tuple[str, str], int]:
    """How many mails there are, by round and state."""
    rows = session.execute(
        select(MailRow.mailing_id, MailRow.state, func.count())
        .join(MailingRow, MailingRow.id == MailRow.mailing_id)
        .where(MailingRow.consultation_id == consultation_id)
        .group_by(MailRow.mailing_id, MailRow.state)
    )
    return {(mailing_id, state): count for mailing_id, state, count in rows}


def count_followers(session: Session, consultation_id: str) -> int:
    """How many people follow a consultation."""
    wanted = select(func.count()).where(FollowerRow.consultation_id == consultation_id)
    return session.execute(wanted).scalar_one()


def _due(now: datetime) -> Any:
    free = or_(MailRow.leased_until.is_(None), MailRow.leased_until < now)
    return and_(MailRow.state == "waiting", MailRow.due_at <= now, free)
