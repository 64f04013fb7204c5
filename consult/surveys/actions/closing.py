"""What time and the holders of the key do: closing, counting and opening the envelopes."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import SYSTEM, Actor
from consult.audit.actions import record
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.surveys.core import sealing
from consult.surveys.core.answers import from_data
from consult.surveys.core.consultation import Consultation, Unsealing, coarse
from consult.surveys.core.questionnaire import Answers
from consult.surveys.core.questions.base import Problem
from consult.surveys.store import consultations, envelopes


def anything_due(session: Session, now: datetime, today: date) -> bool:
    """Whether :func:`pass_time` has something to do."""
    return any(
        one.closing_due(now) or one.count_due(now, today) for one in consultations.running(session)
    )


def pass_time(session: Session, now: datetime, today: date) -> None:
    """Store the closings that have been reached, and make today's coarse counts.

    ``today`` is the day in the council's own time zone. A closing is stored with the moment that
    the calendar had for it; whatever the clock says later, it stays.
    """
    for one in consultations.running(session):
        if one.closing_due(now):
            if consultations.close(session, one.id, one.closes_at):
                record(session, SYSTEM, now, "surveys.closed", {"consultation": one.id})
                _show_count(session, one.id, today)
        elif one.count_due(now, today):
            _show_count(session, one.id, today)


def open_seals(
    session: Session, who: Actor, now: datetime, key: bytes, consultation_id: str, file: bytes
) -> Unsealing | Problem:
    """Open all envelopes of a closed consultation with the key file, or say why it does not fit.

    The answers are written in a new random order under new ids, and the envelopes with their slots
    are erased: all of it or nothing, so that it can be tried again after a crash. The key in the
    file is used and forgotten; ``key``, under which the answers are kept for the council, is
    ``settings.key("surveys.answers")``.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.not_closed`` or ``surveys.unsealed``.
    """
    closed = consultations.claim(session, consultation_id)
    if closed is None or closed.public_key is None:
        raise Refusal("surveys.unknown")
    if closed.closed_at is None:
        raise Refusal("surveys.not_closed")
    if closed.unsealed_at is not None:
        raise Refusal("surveys.unsealed")
    private = sealing.read_key_file(file, consultation_id, closed.public_key)
    if isinstance(private, Problem):
        return private
    sheets = _open(session, closed, private)
    kept = ((one, sealing.put_away(key, answers)) for one, answers in sheets.items())
    envelopes.add_answers(session, consultation_id, kept)
    told = Unsealing(
        participants=envelopes.count_participants(session, consultation_id),
        answers=len(sheets),
        unreadable=envelopes.count_envelopes(session, consultation_id) - len(sheets),
    )
    envelopes.drop_envelopes(session, consultation_id)
    consultations.change(session, consultation_id, unsealed_at=now)
    facts = {"consultation": consultation_id, **asdict(told)}
    record(session, who, now, "surveys.unsealed", facts)
    return told


def _show_count(session: Session, consultation_id: str, today: date) -> None:
    rounded = coarse(envelopes.count_participants(session, consultation_id))
    consultations.show_count(session, consultation_id, rounded, today)


def _open(session: Session, closed: Consultation, private: bytes) -> dict[str, Answers]:
    sheets = {}
    for envelope in envelopes.envelopes(session, closed.id):
        answers = from_data(closed.questions, sealing.unseal(private, closed.id, envelope))
        if answers is not None:
            sheets[new_id()] = answers
    return sheets
