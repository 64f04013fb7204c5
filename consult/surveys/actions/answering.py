"""Taking part: a code, or nothing but coming by, opens the questionnaire; and sending it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.register.actions.rolls import find_entry
from consult.register.core import codes
from consult.register.core.codes import Code, WrongDigit, WrongLength
from consult.surveys.actions import drafts, sending
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Channel, Consultation, Mode, Phase, Ticket
from consult.surveys.core.sealed import sealing
from consult.surveys.core.sealed.strata import going_along
from consult.surveys.store import drafts as store
from consult.web import throttle

GUESSES: Final = "surveys.code"
POLL: Final = "surveys.poll"
POLL_SECONDS: Final = 3600
POLLS_PER_NETWORK: Final = 30
POLLS_ALTOGETHER: Final = 3000
"""How often somebody may begin in an open poll, in an hour (docs/adr/0024-filling-in.md)."""


@dataclass(frozen=True, slots=True)
class Keys:
    """``settings.key`` of ``"register.codes"``, ``"surveys.slot"`` and ``"surveys.marks"``."""

    codes: bytes
    slot: bytes
    marks: bytes


@dataclass(frozen=True, slots=True)
class Entered:
    """A code that is known, and which of the consultations it is for."""

    consultation: Consultation
    ticket: Ticket
    code: Code


def enter(
    session: Session,
    now: datetime,
    keys: Keys,
    typed: str,
    network: str,
    among: Sequence[Consultation],
) -> Entered | Problem:
    """Look up the code that somebody typed, among the rolls of these consultations.

    Looking uses nothing up. Only codes that nobody has are counted, per ``network`` (a cut address)
    and altogether. Who comes from a network that made no mistakes is let through even while others
    are guessing.
    """
    code = codes.parse(typed, codes.CONSULTATION_DIGITS)
    match code:
        case WrongLength(found=0):
            return Problem("code_missing")
        case WrongLength(wanted=wanted):
            return Problem("code_length", wanted)
        case WrongDigit():
            return Problem("code_digit")
        case Code():
            if seconds := throttle.guess_wait(session, now, GUESSES, network):
                return Problem("code_wait", -(-seconds // 60))
            found = _find(session, keys, code, among)
            if found is None:
                throttle.note_guess(session, now, GUESSES, network)
                return Problem("code_unknown")
            return found


def come_by(
    session: Session, now: datetime, asked: Consultation, network: str
) -> Ticket | Problem | None:
    """A ticket for an open poll: whoever comes by gets one, within limits on how often.

    It names nobody and carries nothing. ``None`` for a consultation that is no open poll now.
    """
    if asked.mode is not Mode.POLL or asked.phase(now) is not Phase.OPEN:
        return None
    limits = {f"{POLL}:{network}": POLLS_PER_NETWORK, POLL: POLLS_ALTOGETHER}
    held = [
        throttle.wait(session, now, bucket, limit=limit, seconds=POLL_SECONDS)
        for bucket, limit in limits.items()
    ]
    if any(held):
        return Problem("poll_wait", -(-max(held) // 60))
    for bucket in limits:
        throttle.note(session, now, bucket, seconds=POLL_SECONDS)
    return Ticket(None, secrets.token_hex(32))


def send(
    session: Session,
    now: datetime,
    asked: Consultation,
    ticket: Ticket,
    key: bytes,
    channel: Channel = Channel.WEB,
) -> Phase | Problem | None:
    """Send what stands in the draft, and erase that.

    The answer is ``Phase.OPEN`` when it was sent, now or by an earlier click; the phase that
    forbids it; or the problem with the answers. ``None`` when there is neither a draft nor anything
    that was sent.

    Raises:
        Refusal: ``surveys.unknown``.
    """
    if not store.hold_open(session, asked.id, now):
        return Phase.CLOSED
    draft = drafts.claim(session, ticket.slot, key)
    if draft is None:
        return Phase.OPEN if store.was_sent(session, ticket.slot) else None
    sheet = draft.sheet(asked.questions, channel)
    outcome = sending.submit(session, now, asked.id, ticket, sheet)
    if outcome is Phase.OPEN:
        store.drop(session, ticket.slot)
    return outcome


def _find(
    session: Session, keys: Keys, code: Code, among: Sequence[Consultation]
) -> Entered | None:
    for one in among:
        entry = one.roll_id and find_entry(session, keys.codes, one.roll_id, code)
        if entry:
            slot = sealing.slot(keys.slot, one.id, code.digits)
            mark = sealing.mark(keys.marks, one.id, entry.id)
            along = going_along(one.strata, entry.kind, entry.age_band, entry.neighbourhood)
            return Entered(one, Ticket(mark, slot, along), code)
    return None
