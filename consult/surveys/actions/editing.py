"""Changing the questions of a draft, beside adding and changing one: sections, terms, translations,
and putting a whole questionnaire in their place.

Each takes ``made_from`` and returns the problem as :func:`~consult.surveys.actions.drafting.ask`,
and refuses as :func:`~consult.surveys.actions.drafting.claim_draft`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.refusal import Refusal
from consult.surveys.actions.drafting import ask, claim_draft
from consult.surveys.core.asking import arranging, translating
from consult.surveys.core.asking.questionnaire import MOST_TERMS, Questionnaire, Section, Term
from consult.surveys.core.asking.questions.base import LONGEST_TEXT, Problem
from consult.surveys.core.asking.words import NOTHING, Words, words
from consult.surveys.core.consultation import LONGEST_INTRO, LONGEST_TITLE, Consultation
from consult.surveys.store import consultations, versions


def copy_question(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    question_id: str,
    made_from: int | None = None,
) -> Problem | None:
    """Put a copy of a question right behind it."""
    drafted = claim_draft(session, now, consultation_id)
    changed = arranging.copied(drafted.questions, question_id)
    return ask(session, who, now, drafted, changed, made_from)


def put_section(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    section: Section,
    made_from: int | None = None,
) -> Problem | None:
    """Add a section, or change the title, intro and condition of the one with its id."""
    drafted = claim_draft(session, now, consultation_id)
    if not str(section.title):
        return Problem("section_title_missing")
    if max(section.title.longest(), section.intro.longest()) > LONGEST_TEXT:
        return Problem("section_long", LONGEST_TEXT)
    changed = arranging.put_section(drafted.questions, section)
    return ask(session, who, now, drafted, changed, made_from)


def move_section(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    section_id: str,
    steps: int,
    made_from: int | None = None,
) -> Problem | None:
    """Put a section ``steps`` later, or earlier below 0, with its questions."""
    drafted = claim_draft(session, now, consultation_id)
    changed = arranging.move_section(drafted.questions, section_id, steps)
    return ask(session, who, now, drafted, changed, made_from)


def drop_section(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    section_id: str,
    made_from: int | None = None,
) -> Problem | None:
    """Take out a section without questions.

    Raises:
        Refusal: ``surveys.section_full`` when there are questions in it.
    """
    drafted = claim_draft(session, now, consultation_id)
    found = arranging.section(drafted.questions, section_id)
    if found is not None and found.questions:
        raise Refusal("surveys.section_full")
    changed = arranging.drop_section(drafted.questions, section_id)
    return ask(session, who, now, drafted, changed, made_from)


def put_terms(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    terms: tuple[Term, ...],
    made_from: int | None = None,
) -> Problem | None:
    """Set the words that need explaining."""
    drafted = claim_draft(session, now, consultation_id)
    if problem := _terms_problem(terms):
        return problem
    changed = replace(drafted.questions, terms=terms)
    return ask(session, who, now, drafted, changed, made_from)


def translate(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    language: str,
    texts: Mapping[str, str],
    made_from: int | None = None,
) -> Problem | None:
    """Put texts in ``language`` in their places; ``title`` and ``intro`` are those of the plan."""
    drafted = claim_draft(session, now, consultation_id)
    own = {
        name: words({**getattr(drafted, name).as_dict(), language: texts[name]})
        for name in ("title", "intro")
        if texts.get(name)
    }
    changed = translating.translated(drafted.questions, language, texts)
    if problem := _long(drafted, changed, own) or ask(
        session, who, now, drafted, changed, made_from
    ):
        return problem
    if own:
        consultations.change(session, drafted.id, **own)
        record(session, who, now, "surveys.edited", {"consultation": drafted.id})
    return None


def take_over(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    questions: Questionnaire,
    made_from: int | None = None,
) -> Problem | None:
    """Put a whole questionnaire, from a file, in the place of the questions of a draft."""
    drafted = claim_draft(session, now, consultation_id)
    return ask(session, who, now, drafted, questions, made_from)


def restore(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    number: int,
    made_from: int | None = None,
) -> Problem | None:
    """Put a version back: it is saved anew, so what came after it stays among the versions.

    Raises:
        Refusal: ``surveys.version_unknown``.
    """
    drafted = claim_draft(session, now, consultation_id)
    found = versions.get(session, consultation_id, number)
    if found is None:
        raise Refusal("surveys.version_unknown")
    return ask(session, who, now, drafted, found.questions, made_from)


def _long(
    drafted: Consultation, changed: Questionnaire, own: Mapping[str, Words]
) -> Problem | None:
    """That a translation is too long for its place, or ``None``."""
    if own.get("title", NOTHING).longest() > LONGEST_TITLE:
        return Problem("title_long", LONGEST_TITLE)
    if own.get("intro", NOTHING).longest() > LONGEST_INTRO:
        return Problem("intro_long", LONGEST_INTRO)
    if any(text.longest() > LONGEST_TEXT for text in changed.texts()):
        return Problem("text_long", LONGEST_TEXT)
    new = (one for one in changed.questions if one not in drafted.questions.questions)
    return next((found for one in new if (found := one.problem())), None)


def _terms_problem(terms: tuple[Term, ...]) -> Problem | None:
    if len(terms) > MOST_TERMS:
        return Problem("terms_many", MOST_TERMS)
    if any(not str(term.word) or not str(term.meaning) for term in terms):
        return Problem("term_missing")
    longest = max((max(t.word.longest(), t.meaning.longest()) for t in terms), default=0)
    return Problem("text_long", LONGEST_TEXT) if longest > LONGEST_TEXT else None
