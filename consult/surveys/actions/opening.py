"""Deciding to open a consultation, and handing out its codes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.refusal import Refusal
from consult.register.actions.rolls import draw_roll, freeze_roll, issue_consultation_codes
from consult.register.core.codes import Code
from consult.register.core.roll import EVERY_CUSTOMER, Entry, Purpose, entitled
from consult.register.store import base
from consult.site.actions import announce
from consult.site.core import Paragraph, Text
from consult.surveys.actions import belonging, dossiers
from consult.surveys.actions.calendar import refuse_crowd
from consult.surveys.actions.drafting import claim_draft, problems
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.calendar import MOST_OPEN
from consult.surveys.core.consultation import Consultation, Mode, Phase
from consult.surveys.core.sealed import keyfile
from consult.surveys.core.sealed.strata import plan_problem
from consult.surveys.store import consultations, holders


def open_consultation(
    session: Session,
    who: Actor,
    now: datetime,
    today: date,
    consultation_id: str,
    most: int = MOST_OPEN,
) -> None:
    """Decide that a draft opens at its time: its roll is drawn and frozen, questions and keys are
    fixed. An open poll has no roll.

    ``today`` is the day in the council's own time zone, ``most`` how many may be open at once.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.not_draft``; ``surveys.not_ready`` with the first
            ``obstacle``; ``surveys.too_many_open``; ``register.roll_empty``.
    """
    ready = claim_draft(session, now, consultation_id)
    if found := obstacles(session, now, today, ready):
        raise Refusal("surveys.not_ready", obstacle=found[0].code)
    refuse_crowd(session, ready, most)
    recipients = keyfile.recipients(holders.holders(session, consultation_id))
    roll_id = None if ready.mode is Mode.POLL else _drawn(session, who, now, ready)
    consultations.change(
        session, consultation_id, opened_at=now, roll_id=roll_id, recipients=recipients
    )
    dossiers.begin(session, who, now, ready)
    _announce(session, ready)
    facts: Payload = {
        "consultation": consultation_id,
        "roll": roll_id,
        "questions": len(ready.questions),
        "keys": sha256(b"".join(recipients)).hexdigest(),
    }
    record(session, who, now, "surveys.opened", facts)


def obstacles(
    session: Session, now: datetime, today: date, drafted: Consultation
) -> tuple[Problem, ...]:
    """What still stands in the way of opening: of the plan, the questions, the keys and, where
    groups are to stay, of the people in the register."""
    found: list[Problem | None] = [Problem(code) for code in drafted.obstacles(now, today)]
    routing = {one.code: one for one in problems(drafted)}
    found += [one for code, one in routing.items() if Problem(code) not in found]
    found.append(belonging.problem(session, drafted.id))
    found.append(keyfile.problem(holders.holders(session, drafted.id)))
    if drafted.groups:
        found.append(_groups_problem(session, drafted))
    return tuple(one for one in found if one is not None)


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


def _groups_problem(session: Session, drafted: Consultation) -> Problem | None:
    if drafted.mode is Mode.POLL or not set(drafted.groups) <= set(drafted.strata):
        return Problem("groups_unfounded")
    people = entitled(base.history(session), EVERY_CUSTOMER, drafted.reference_date)
    invited = Counter((one.kind, one.age_band, one.neighbourhood) for one in people)
    return plan_problem(invited, drafted.groups, drafted.expected_response / 100)


def _drawn(session: Session, who: Actor, now: datetime, ready: Consultation) -> str:
    """The id of a new roll, drawn and frozen."""
    purpose, day = Purpose.CONSULTATION, ready.reference_date
    drawn = draw_roll(session, who, now, purpose, ready.id, day)
    freeze_roll(session, who, now, drawn.id)
    return drawn.id


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
