"""Keeping what somebody fills in, page by page, where only her code opens it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from consult.surveys.core.consultation import Consultation
from consult.surveys.core.taking_part import locker
from consult.surveys.core.taking_part.filling import Draft, from_bytes, size, to_bytes
from consult.surveys.store import drafts


def begin(
    session: Session, now: datetime, asked: Consultation, slot: str, key: bytes
) -> Draft | None:
    """The draft under a code, or a new one. ``key`` is :func:`locker.key_of` the code.

    ``None`` when the consultation closed meanwhile: what is begun after closing would be erased by
    nobody. A draft under another key is none that we can read (the installation's secret was
    changed), and gives way to a new one.
    """
    if not drafts.hold_open(session, asked.id, now):
        return None
    kept = read(session, slot, key)
    if kept is not None:
        return kept
    drafts.drop(session, slot)
    empty = Draft()
    drafts.begin(session, slot, asked.id, _locked(empty, asked, key))
    return empty


def read(session: Session, slot: str, key: bytes) -> Draft | None:
    """The draft, or ``None`` when it was sent or erased."""
    return _unlocked(drafts.body(session, slot), key)


def claim(session: Session, slot: str, key: bytes) -> Draft | None:
    """The draft, for this transaction alone to change or send."""
    return _unlocked(drafts.claim(session, slot), key)


def change(
    session: Session,
    now: datetime,
    asked: Consultation,
    slot: str,
    key: bytes,
    doing: Callable[[Draft], Draft],
) -> Draft | None:
    """Change a draft, also while another device does: each change is made in what is there.

    ``None`` when it was sent or erased meanwhile, or the consultation closed. What was typed and
    is no answer yet is left out where it does not fit.
    """
    if not drafts.hold_open(session, asked.id, now):
        return None
    kept = claim(session, slot, key)
    if kept is None:
        return None
    changed = doing(kept)
    drafts.change(session, slot, _locked(changed, asked, key))
    return changed


def _locked(draft: Draft, asked: Consultation, key: bytes) -> bytes:
    return locker.lock(key, to_bytes(draft, size(asked.questions)))


def _unlocked(body: bytes | None, key: bytes) -> Draft | None:
    plain = None if body is None else locker.unlock(key, body)
    return None if plain is None else from_bytes(plain)
