"""Sending answers: sealed on receipt, in the place of earlier ones."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.refusal import Refusal
from consult.surveys.core.asking.answers import to_data
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.consultation import Phase, Sheet, Ticket
from consult.surveys.core.sealed import sealing
from consult.surveys.core.sealed.sealing import Content
from consult.surveys.store import consultations, envelopes


def submit(
    session: Session, now: datetime, consultation_id: str, ticket: Ticket, sheet: Sheet
) -> Phase | Problem:
    """Seal and keep what somebody sends, and mark that she took part.

    Sending it again changes nothing; other answers take the place of the earlier ones. Answers to
    questions that she does not come by are left out. The answer is ``Phase.OPEN`` when they are
    kept and the phase that forbids it otherwise; or the problem that a required question has no
    answer.

    Raises:
        Refusal: ``surveys.unknown``.
    """
    asked = consultations.hold(session, consultation_id)
    if asked is None or not asked.recipients:
        raise Refusal("surveys.unknown")
    phase = asked.phase(now)
    if phase is not Phase.OPEN:
        return phase
    answers = asked.questions.kept(sheet.answers)
    if asked.questions.missing(answers):
        return Problem("answer_missing")
    quoted = (q for q in sheet.quotes & answers.keys() if _is_open(asked.questions.find(q)))
    content = Content(
        consultation=consultation_id,
        answers=to_data(answers),
        strata={one: ticket.strata[one] for one in asked.strata if one in ticket.strata},
        channel=str(sheet.channel),
        quotes=tuple(sorted(quoted)),
    )
    envelope = sealing.seal(asked.recipients, content, asked.questions.longest())
    envelopes.put_envelope(session, consultation_id, ticket.slot, envelope)
    if ticket.mark is not None:
        envelopes.mark_participation(session, consultation_id, ticket.mark)
    return phase


def _is_open(question: object) -> bool:
    return isinstance(question, OpenText)
