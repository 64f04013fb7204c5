"""Preparing a consultation: the plan and the questions."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.questions.base import Problem, Question
from consult.surveys.core.asking.versions import Version
from consult.surveys.core.consultation import Consultation, Phase, Plan, slug
from consult.surveys.store import consultations, versions

NO_QUESTIONS: Final = Questionnaire()


def draft(
    session: Session,
    who: Actor,
    now: datetime,
    plan: Plan,
    questions: Questionnaire = NO_QUESTIONS,
) -> Consultation | Problem:
    """A new draft, with the ``questions`` of an earlier one or none; its address follows from the
    title and then stays."""
    if problem := plan.problem():
        return problem
    made = Consultation(
        id=new_id(),
        slug=slug(str(plan.title), consultations.slugs(session)),
        title=plan.title,
        intro=plan.intro,
        questions=questions,
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
    if questions.sections:
        versions.add(session, made.id, Version(1, questions, now, who.account_id))
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
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    question: Question,
    section_id: str = "",
    made_from: int | None = None,
) -> Problem | None:
    """Add a question to a draft, at the end of a section, or replace the one with its id; or say
    what is wrong with it. ``made_from``: as :func:`ask`.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    drafted = claim_draft(session, now, consultation_id)
    if problem := question.problem():
        return problem
    changed = drafted.questions.put(question, section_id)
    return ask(session, who, now, drafted, changed, made_from)


def drop_question(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    question_id: str,
    made_from: int | None = None,
) -> Problem | None:
    """Take a question out of a draft. ``made_from``: as :func:`ask`.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    drafted = claim_draft(session, now, consultation_id)
    return ask(session, who, now, drafted, drafted.questions.drop(question_id), made_from)


def move_question(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    question_id: str,
    steps: int,
    made_from: int | None = None,
) -> Problem | None:
    """Put a question of a draft ``steps`` later, or earlier below 0. ``made_from``: as :func:`ask`.

    Raises:
        Refusal: as :func:`claim_draft`.
    """
    drafted = claim_draft(session, now, consultation_id)
    return ask(session, who, now, drafted, drafted.questions.move(question_id, steps), made_from)


def ask(
    session: Session,
    who: Actor,
    now: datetime,
    drafted: Consultation,
    changed: Questionnaire,
    made_from: int | None = None,
) -> Problem | None:
    """Make ``changed`` the questions of a claimed draft, and keep it as a version.

    ``made_from`` is the number of the version that somebody had before her when she made the
    change. When another was saved since, nothing changes and the problem tells its number.
    """
    if changed == drafted.questions:
        return None
    latest = versions.latest(session, drafted.id)
    if made_from is not None and made_from != latest:
        return Problem("version_newer", latest)
    if problem := changed.too_much():
        return problem
    consultations.change(session, drafted.id, questions=changed)
    versions.add(session, drafted.id, Version(latest + 1, changed, now, who.account_id))
    facts: Payload = {
        "consultation": drafted.id,
        "questions": len(changed),
        "version": latest + 1,
    }
    record(session, who, now, "surveys.questions_changed", facts)
    return None


def problems(drafted: Consultation) -> tuple[Problem, ...]:
    """What of its questions stands in the way of opening a draft, each with its place."""
    return check(drafted.questions).problems


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
