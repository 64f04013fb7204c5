"""Who holds a key of a consultation; only the public halves are kept."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.db.upsert import insert_into
from consult.surveys.core.sealed.keyfile import KeyHolder
from consult.surveys.tables import KeyHolderRow


def holders(session: Session, consultation_id: str) -> tuple[KeyHolder, ...]:
    """The holders, the one who made her key first before the other."""
    rows = session.execute(
        select(
            KeyHolderRow.account_id,
            KeyHolderRow.public_key,
            KeyHolderRow.made_at,
            KeyHolderRow.proved_at,
        )
        .where(KeyHolderRow.consultation_id == consultation_id)
        .order_by(KeyHolderRow.made_at, KeyHolderRow.account_id)
    )
    return tuple(KeyHolder(*row) for row in rows)


def put(session: Session, consultation_id: str, holder: KeyHolder) -> None:
    """Keep a holder, in the place of an earlier key of hers. No key is proved any more."""
    values = {
        "public_key": holder.public_key,
        "made_at": holder.made_at,
        "proved_at": holder.proved_at,
    }
    upsert = insert_into(session, KeyHolderRow).values(
        consultation_id=consultation_id, account_id=holder.account_id, **values
    )
    session.execute(
        upsert.on_conflict_do_update(index_elements=["consultation_id", "account_id"], set_=values)
    )
    _unprove(session, consultation_id)


def drop(session: Session, consultation_id: str, account_id: str) -> bool:
    """Take a holder off the list; whether she was on it. No key is proved any more."""
    dropped = session.execute(
        delete(KeyHolderRow)
        .where(
            KeyHolderRow.consultation_id == consultation_id,
            KeyHolderRow.account_id == account_id,
        )
        .returning(KeyHolderRow.account_id)
    )
    found = dropped.first() is not None
    _unprove(session, consultation_id)
    return found


def prove(session: Session, consultation_id: str, account_id: str, at: datetime) -> None:
    """Note that the holder's file opened a test envelope."""
    session.execute(
        update(KeyHolderRow)
        .where(
            KeyHolderRow.consultation_id == consultation_id,
            KeyHolderRow.account_id == account_id,
        )
        .values(proved_at=at)
    )


def _unprove(session: Session, consultation_id: str) -> None:
    session.execute(
        update(KeyHolderRow)
        .where(KeyHolderRow.consultation_id == consultation_id)
        .values(proved_at=None)
    )
