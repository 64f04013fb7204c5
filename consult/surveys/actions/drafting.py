"""Preparing a consultation: the plan and the questions."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.surveys.core.consultation import Consultation, Phase, Plan, slug
from consult.surveys.core.questionnaire import Questionnaire
from consult.surveys.core.questions.base import Problem, Question
from consult.surveys.store import consultations


def draft(session: Session, who: Actor, now: datetime, plan: Plan) -> Consultation | Problem:
    """A new draft without questions; its address follows from the title and then stays."""
    if problem := plan.problem():
        return problem
    made = Consultation(
        id=new_id(),
        slug=slug(str(plan.title), consultations.slugs(session)),
        title=plan.title,
        intro=plan.intro,
        questions=Questionnaire(),
        reference_date=plan.reference_date,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        mode=plan.mode,
        languages=plan.languages,
        strata=plan.strata,
        groups=plan.groups,
        expected_response=plan.expected_response,
    )
    consultations.add(session, made)
    record(session, who, now, "surveys.drafted", {"consultation": made.id})
    return made


def edit(
    session: Session, who: Actor, now: datetime, consultation_id: str, plan: Plan
) -> Problem | None:
    """Change the plan of a draft, or say why it cannot be so.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    claim_draft(session, now, consultation_id)
    if problem := plan.problem():
        return problem
    consultations.change(
        session,
        consultation_id,
        title=plan.title,
        intro=plan.intro,
        reference_date=plan.reference_date,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        mode=plan.mode,
        languages=plan.languages,
        strata=plan.strata,
        groups=plan.groups,
        expected_response=plan.expected_response,
    )
    record(session, who, now, "surveys.edited", {"consultation": consultation_id})
    return None


def put_question(
    session: Session, who: Actor, now: datetime, consultation_id: str, question: Question
) -> Problem | None:
    """Add a question to a draft, or replace the one with its id; or say what is wrong with it.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    drafted = claim_draft(session, now, consultation_id)
    changed = drafted.questions.put(question)
    if problem := question.problem() or changed.problem():
        return problem
    _ask(session, who, now, consultation_id, changed)
    return None


def drop_question(
    session: Session, who: Actor, now: datetime, consultation_id: str, question_id: str
) -> None:
    """Take a question out of a draft.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    drafted = claim_draft(session, now, consultation_id)
    _ask(session, who, now, consultation_id, drafted.questions.drop(question_id))


def move_question(
    session: Session, who: Actor, now: datetime, consultation_id: str, question_id: str, steps: int
) -> None:
    """Put a question of a draft ``steps`` later, or earlier below 0.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    drafted = claim_draft(session, now, consultation_id)
    _ask(session, who, now, consultation_id, drafted.questions.move(question_id, steps))


def claim_draft(session: Session, now: datetime, consultation_id: str) -> Consultation:
    """The draft, for this transaction alone to change.

    Raises:
        Refusal: ``surveys.unknown``, or ``surveys.not_draft`` once somebody decided to open it.
    """
    found = consultations.claim(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if found.phase(now) is not Phase.DRAFT:
        raise Refusal("surveys.not_draft")
    return found


def _ask(
    session: Session, who: Actor, now: datetime, consultation_id: str, asked: Questionnaire
) -> None:
    consultations.change(session, consultation_id, questions=asked)
    facts: Payload = {"consultation": consultation_id, "questions": len(asked)}
    record(session, who, now, "surveys.questions_changed", facts)
