"""What time does: closing, counting, and taking apart what joins people to envelopes.

Each step can be tried again after a crash; ``consult.surveys.jobs`` takes them in their order.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import record
from consult.refusal import Refusal
from consult.register.store import rolls
from consult.surveys.actions.participation import live_tally, seal_tally
from consult.surveys.core.consultation import Consultation, Mode, coarse
from consult.surveys.core.sealed.closing import Step, check
from consult.surveys.store import consultations, drafts, envelopes, steps
from consult.surveys.store.envelopes import Tally


def anything_due(session: Session, now: datetime, today: date) -> bool:
    """Whether :func:`pass_time` has something to do."""
    return any(
        one.closing_due(now) or one.count_due(now, today) for one in consultations.running(session)
    )


def pass_time(session: Session, now: datetime, today: date) -> None:
    """Store the closings that have been reached, and make today's coarse counts.

    ``today`` is the day in the council's own time zone. A closing is stored with the moment that
    the calendar had for it; whatever the clock says later, it stays. It is the first step of what
    follows: nothing comes in any more.
    """
    for one in consultations.running(session):
        if one.closing_due(now):
            if consultations.close(session, one.id, one.closes_at):
                record(session, SYSTEM, now, "surveys.closed", {"consultation": one.id})
                steps.take(session, one.id, Step.FROZEN, now)
                drafts.forget(session, one.id)
                _show_count(session, one, today)
        elif one.count_due(now, today):
            _show_count(session, one, today)


def shuffle(session: Session, consultation_id: str) -> None:
    """Move the envelopes to where they have no slot, in a random order; see ``Step.SHUFFLED``.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.step_early``.
    """
    if check(_taken(session, consultation_id), Step.SHUFFLED):
        envelopes.shuffle(session, consultation_id)


def cut(session: Session, key: bytes, consultation_id: str) -> None:
    """Count participation by stratum and erase what it was counted from; see ``Step.CUT``.

    ``key`` is ``settings.key("surveys.marks")``.

    Raises:
        Refusal: as :func:`shuffle`.
    """
    closed = consultations.claim(session, consultation_id)
    due = check(_taken(session, consultation_id), Step.CUT)
    if closed is None or closed.roll_id is None or not due:
        return
    if envelopes.tally(session, consultation_id, Tally.PARTICIPATION) is None:
        tally = seal_tally(key, live_tally(session, key, closed))
        envelopes.keep_tally(session, consultation_id, Tally.PARTICIPATION, tally)
        envelopes.drop_participation(session, consultation_id)
        rolls.drop_codes(session, closed.roll_id)


def note_step(session: Session, now: datetime, consultation_id: str, step: Step) -> None:
    """Note that a step was taken, once what it erased has left the files.

    Raises:
        Refusal: as :func:`shuffle`.
    """
    if check(_taken(session, consultation_id), step):
        steps.take(session, consultation_id, step, now)
        facts = {"consultation": consultation_id, "step": str(step)}
        record(session, SYSTEM, now, "surveys.step_taken", facts)


def _taken(session: Session, consultation_id: str) -> dict[Step, datetime]:
    """The steps that were taken; until this transaction ends nobody else takes one."""
    if consultations.claim(session, consultation_id) is None:
        raise Refusal("surveys.unknown")
    return steps.taken(session, consultation_id)


def _show_count(session: Session, one: Consultation, today: date) -> None:
    count = envelopes.count_envelopes if one.mode is Mode.POLL else envelopes.count_participants
    consultations.show_count(session, one.id, coarse(count(session, one.id)), today)
