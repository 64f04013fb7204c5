"""Who took part, by stratum of the roll: from marks, and later from what was kept of them."""

from collections.abc import Mapping
from hashlib import blake2b

from sqlalchemy.orm import Session

from consult.register.core.base import AgeBand, Kind
from consult.register.store import rolls
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.sealed.sealing import KEY_BYTES, mark, put_away, take_out
from consult.surveys.store import envelopes
from consult.surveys.store.envelopes import Tally

Cell = tuple[Kind, AgeBand, str]
"""Kind of customer, age band, neighbourhood."""
Counts = dict[Cell, tuple[int, int]]
"""Invited and participants, by cell."""


def counts(session: Session, key: bytes, closed: Consultation) -> Counts:
    """How many were invited to a consultation that has closed, and how many took part.

    ``key`` is ``settings.key("surveys.marks")``, here and below.
    """
    kept = envelopes.tally(session, closed.id, Tally.PARTICIPATION)
    return live_counts(session, key, closed) if kept is None else _open_tally(key, kept)


def live_counts(session: Session, key: bytes, asked: Consultation) -> Counts:
    """The same, from the marks of people on the roll."""
    took_part = envelopes.participants(session, asked.id)
    found: Counts = {}
    for entry in rolls.entries(session, asked.roll_id or ""):
        cell = (entry.kind, entry.age_band, entry.neighbourhood)
        invited, participants = found.get(cell, (0, 0))
        found[cell] = (invited + 1, participants + (mark(key, asked.id, entry.id) in took_part))
    return found


def seal_tally(key: bytes, found: Mapping[Cell, tuple[int, int]]) -> bytes:
    """Counts as they are kept: small ones among them, so under a key outside the database."""
    rows = [[*cell, *numbers] for cell, numbers in sorted(found.items())]
    return put_away(_tally_key(key), rows)


def channels(session: Session, key: bytes, consultation_id: str) -> dict[str, int]:
    """How many of the opened answers came by which channel; small numbers among them.

    ``key`` is ``settings.key("surveys.answers")``.
    """
    kept = envelopes.tally(session, consultation_id, Tally.CHANNELS)
    found: dict[str, int] = {} if kept is None else take_out(key, kept)
    return found


def _open_tally(key: bytes, kept: bytes) -> Counts:
    return {
        (Kind(kind), AgeBand(band), neighbourhood): (invited, participants)
        for kind, band, neighbourhood, invited, participants in take_out(_tally_key(key), kept)
    }


def _tally_key(key: bytes) -> bytes:
    return blake2b(b"tally", key=key, digest_size=KEY_BYTES).digest()
