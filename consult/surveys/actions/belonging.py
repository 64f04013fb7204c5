"""Saying what a consultation belongs to, before it opens."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.council.actions import themes
from consult.council.core.subject import Subject
from consult.council.store.themes import subject as kept
from consult.refusal import Refusal
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Phase
from consult.surveys.store import consultations


def set_subject(
    session: Session, who: Actor, now: datetime, consultation_id: str, subject: Subject
) -> None:
    """Say it; once a consultation opens it stays, but for one that opened without.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.not_draft``; as
            :func:`consult.council.actions.themes.set_subject`.
    """
    asked = consultations.claim(session, consultation_id)
    if asked is None:
        raise Refusal("surveys.unknown")
    draft = asked.phase(now) is Phase.DRAFT
    if not draft and kept(session, consultation_id) is not None:
        raise Refusal("surveys.not_draft")
    themes.set_subject(session, who, now, consultation_id, subject)


def problem(session: Session, consultation_id: str) -> Problem | None:
    """``subject_missing`` while nobody said it."""
    return None if kept(session, consultation_id) else Problem("subject_missing")
