"""Taking part: a code opens the questionnaire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.register.actions.rolls import find_entry
from consult.register.core import codes
from consult.register.core.codes import Code, WrongDigit, WrongLength
from consult.surveys.core import sealing
from consult.surveys.core.consultation import Consultation, Ticket
from consult.surveys.core.questions.base import Problem
from consult.surveys.core.strata import going_along
from consult.web import throttle

GUESSES: Final = "surveys.code"


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


def _find(
    session: Session, keys: Keys, code: Code, among: Sequence[Consultation]
) -> Entered | None:
    for one in among:
        entry = one.roll_id and find_entry(session, keys.codes, one.roll_id, code)
        if entry:
            slot = sealing.slot(keys.slot, one.id, code.digits)
            mark = sealing.mark(keys.marks, one.id, entry.id)
            along = going_along(one.strata, entry.kind, entry.age_band, entry.neighbourhood)
            return Entered(one, Ticket(mark, slot, along))
    return None
