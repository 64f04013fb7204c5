"""Deciding to open a consultation, and handing out its codes."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.refusal import Refusal
from consult.register.actions.rolls import draw_roll, freeze_roll, issue_consultation_codes
from consult.register.core.codes import Code
from consult.register.core.roll import Entry, Purpose
from consult.site.actions import announce
from consult.site.core import Paragraph, Text
from consult.surveys.actions.drafting import claim_draft
from consult.surveys.core.consultation import Consultation, Phase
from consult.surveys.store import consultations


def open_consultation(
    session: Session, who: Actor, now: datetime, today: date, consultation_id: str
) -> None:
    """Decide that a draft opens at its time: its roll is drawn and frozen, questions are fixed.

    ``today`` is the day in the council's own time zone.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.not_draft``; ``surveys.not_ready`` with the first
            ``obstacle``; ``register.roll_empty``.
    """
    ready = claim_draft(session, now, consultation_id)
    if obstacles := ready.obstacles(now, today):
        raise Refusal("surveys.not_ready", obstacle=obstacles[0])
    drawn = draw_roll(
        session, who, now, Purpose.CONSULTATION, consultation_id, ready.reference_date
    )
    freeze_roll(session, who, now, drawn.id)
    consultations.change(session, consultation_id, opened_at=now, roll_id=drawn.id)
    _announce(session, ready)
    facts: Payload = {
        "consultation": consultation_id,
        "roll": drawn.id,
        "questions": len(ready.questions),
    }
    record(session, who, now, "surveys.opened", facts)


def issue_codes(
    session: Session, who: Actor, now: datetime, key: bytes, consultation_id: str
) -> Iterator[tuple[Entry, Code]]:
    """Everybody on the roll with a new code, once; commit before handing them on.

    ``key`` is ``settings.key("register.codes")``.

    Raises:
        Refusal: ``surveys.unknown``; ``surveys.not_open`` before the decision to open and after
            closing; ``register.codes_issued`` the second time.
    """
    found = consultations.get(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if found.roll_id is None or found.phase(now) not in {Phase.SCHEDULED, Phase.OPEN}:
        raise Refusal("surveys.not_open")
    return issue_consultation_codes(session, who, now, key, found.roll_id)


def _announce(session: Session, opened: Consultation) -> None:
    title, intro = str(opened.title), str(opened.intro)
    text = Text(title, (Paragraph(intro),) if intro else ())
    announce(
        session,
        f"raadpleging-{opened.slug}",
        {"nl": text, "en": text},
        opened.path,
        opened.opens_at,
        opened.closes_at,
    )
