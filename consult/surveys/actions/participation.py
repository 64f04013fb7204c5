"""Who took part, by stratum of the roll: from marks, and later from what was kept of them."""

from collections.abc import Mapping
from hashlib import blake2b

from sqlalchemy.orm import Session

from consult.register.core.tallying import Cell, Pair, Tally, from_data, tally, to_data
from consult.register.store import rolls
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.sealed.sealing import KEY_BYTES, mark, put_away, take_out
from consult.surveys.store import envelopes
from consult.surveys.store.envelopes import Tally as Kept

Counts = Mapping[Cell, Pair]
"""Invited and participants, by cell."""


def counts(session: Session, key: bytes, closed: Consultation) -> Counts:
    """How many were invited to a consultation that has closed, and how many took part.

    ``key`` is ``settings.key("surveys.marks")``, here and below.
    """
    return tallied(session, key, closed).cells


def tallied(session: Session, key: bytes, closed: Consultation) -> Tally:
    """The same, and besides by what else is known of people, one by one."""
    kept = envelopes.tally(session, closed.id, Kept.PARTICIPATION)
    if kept is None:
        return live_tally(session, key, closed)
    return from_data(take_out(_tally_key(key), kept))


def live_tally(session: Session, key: bytes, asked: Consultation) -> Tally:
    """The same, from the marks of people on the roll."""
    took_part = envelopes.participants(session, asked.id)
    everybody = rolls.entries(session, asked.roll_id or "")
    return tally(everybody, lambda entry: mark(key, asked.id, entry.id) in took_part)


def seal_tally(key: bytes, found: Tally) -> bytes:
    """Counts as they are kept: small ones among them, so under a key outside the database."""
    return put_away(_tally_key(key), to_data(found))


def channels(session: Session, key: bytes, consultation_id: str) -> dict[str, int]:
    """How many of the opened answers came by which channel; small numbers among them.

    ``key`` is ``settings.key("surveys.answers")``.
    """
    kept = envelopes.tally(session, consultation_id, Kept.CHANNELS)
    found: dict[str, int] = {} if kept is None else take_out(key, kept)
    return found


def _tally_key(key: bytes) -> bytes:
    return blake2b(b"tally", key=key, digest_size=KEY_BYTES).digest()
