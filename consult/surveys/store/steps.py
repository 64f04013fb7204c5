"""Which steps of its closing a consultation has taken, and when."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.surveys.core.sealed.closing import Step
from consult.surveys.tables import ClosingStepRow, ConsultationRow


def taken(session: Session, consultation_id: str) -> dict[Step, datetime]:
    """The steps that were taken, with their moments."""
    rows = session.execute(
        select(ClosingStepRow.step, ClosingStepRow.done_at).where(
            ClosingStepRow.consultation_id == consultation_id
        )
    )
    return {Step(step): done_at for step, done_at in rows}


def take(session: Session, consultation_id: str, step: Step, now: datetime) -> None:
    """Note that a step was taken."""
    session.execute(
        insert(ClosingStepRow).values(consultation_id=consultation_id, step=step, done_at=now)
    )


def unfinished(session: Session) -> list[str]:
    """The ids of consultations that have closed and whose last step was not taken."""
    ended = select(ClosingStepRow.consultation_id).where(ClosingStepRow.step == Step.CLEAN)
    return list(
        session.scalars(
            select(ConsultationRow.id)
            .where(ConsultationRow.closed_at.is_not(None), ConsultationRow.id.not_in(ended))
            .order_by(ConsultationRow.id)
        )
    )
