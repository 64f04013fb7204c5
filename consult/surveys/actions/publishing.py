"""What comes of a consultation: results, the council's word on them, and publication."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.accounts.actions.approvals import approve, propose
from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.canonical import canonical
from consult.refusal import Refusal
from consult.register.core.tallying import Tally
from consult.register.store import rolls
from consult.site.actions import publish as publish_document
from consult.site.core import Document, Publication, texts_to_data
from consult.surveys.actions import dossiers, participation
from consult.surveys.actions.document import document
from consult.surveys.actions.telling import told
from consult.surveys.core.asking.answers import draft_from_data
from consult.surveys.core.asking.questions.base import Answer, Problem
from consult.surveys.core.asking.words import Words
from consult.surveys.core.consultation import LONGEST_FEEDBACK, Consultation, Mode, Phase
from consult.surveys.core.counts.results import Results, Views, views
from consult.surveys.core.counts.tables import Respondent
from consult.surveys.core.sealed.parting import standing_apart
from consult.surveys.core.sealed.sealing import take_out
from consult.surveys.core.taking_part.paper import told as as_told
from consult.surveys.store import consultations, envelopes

ACT = "surveys.publish"
_KEPT: Final = 8
_views: OrderedDict[tuple[str, datetime | None], Views] = OrderedDict()
"""What may be seen of the latest consultations. Opened answers never change, and what follows from
them takes seconds; nothing in it is hidden from the council."""


def results(session: Session, key: bytes, consultation_id: str) -> Results:
    """What the council may see of an opened consultation.

    ``key`` is ``settings.key("surveys.answers")``, here and below.

    Raises:
        Refusal: ``surveys.unknown``, or ``surveys.sealed`` before the envelopes were opened.
    """
    return _seen(session, key, _unsealed(session, consultation_id)).inside


def public_results(session: Session, key: bytes, consultation_id: str) -> Results:
    """What everybody may see of it.

    Raises:
        Refusal: as :func:`results`.
    """
    return _seen(session, key, _unsealed(session, consultation_id)).outside


def participation_counts(
    session: Session, key: bytes, consultation_id: str
) -> participation.Counts:
    """How many people were invited and how many took part, per stratum of the roll.

    Raises:
        Refusal: as :func:`participation_tally`.
    """
    return participation_tally(session, key, consultation_id).cells


def participation_tally(session: Session, key: bytes, consultation_id: str) -> Tally:
    """The same, and besides by what else the roll knows of people, one by one.

    ``key`` is ``settings.key("surveys.marks")``.

    Raises:
        Refusal: ``surveys.unknown``, or ``surveys.not_closed`` while people may still take part.
    """
    found = consultations.get(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if found.closed_at is None or found.roll_id is None:
        raise Refusal("surveys.not_closed")
    return participation.tallied(session, key, found)


def groups_told(session: Session, key: bytes, consultation_id: str) -> dict[str, frozenset[str]]:
    """By which attributes results are told, and in which groups; their sizes are told as well.

    Raises:
        Refusal: ``surveys.unknown``, or ``surveys.sealed`` while groups have yet to be made.
    """
    found = consultations.get(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if not found.groups:
        return {}
    told: dict[str, set[str]] = {}
    for kept in envelopes.answers(session, _unsealed(session, consultation_id).id):
        for name, group in take_out(key, kept)["groups"].items():
            told.setdefault(name, set()).add(group)
    return {name: frozenset(groups) for name, groups in told.items()}


def write_feedback(
    session: Session, who: Actor, now: datetime, consultation_id: str, heard: Words, will_do: Words
) -> Problem | None:
    """Note what the council heard and what it will do, or say what is missing.

    Raises:
        Refusal: ``surveys.unknown`` or ``surveys.sealed``.
    """
    _unsealed(session, consultation_id)
    if not heard:
        return Problem("heard_missing")
    if not will_do:
        return Problem("will_do_missing")
    if max(heard.longest(), will_do.longest()) > LONGEST_FEEDBACK:
        return Problem("feedback_long", LONGEST_FEEDBACK)
    consultations.change(session, consultation_id, heard=heard, will_do=will_do)
    record(session, who, now, "surveys.feedback_written", {"consultation": consultation_id})
    return None


def propose_publication(
    session: Session, who: Actor, now: datetime, key: bytes, consultation_id: str
) -> None:
    """Propose to publish exactly what :func:`finished` says now.

    Raises:
        Refusal: as :func:`finished`; as :func:`consult.accounts.actions.approvals.propose`.
    """
    effect = effect_of(finished(session, key, consultation_id))
    propose(session, who, now, ACT, consultation_id, effect)


def publish(
    session: Session,
    who: Actor,
    now: datetime,
    key: bytes,
    consultation_id: str,
    shown: str | None = None,
) -> Publication:
    """Approve what another person proposed and publish it: a new version if it was before.

    ``shown`` is the fingerprint of the effect of the document that she had before her.

    Raises:
        Refusal: as :func:`finished`; as :func:`consult.accounts.actions.approvals.approve`, among
            them ``accounts.effect_changed`` when the texts changed since.
    """
    made = finished(session, key, consultation_id)
    approve(session, who, now, ACT, consultation_id, effect_of(made), shown)
    published = publish_document(session, who, now, made)
    found = _unsealed(session, consultation_id)
    if found.phase(now) is not Phase.PUBLISHED:
        consultations.change(session, consultation_id, published_at=now)
    dossiers.hear(session, who, now, found)
    facts: Payload = {"consultation": consultation_id, "version": published.version}
    record(session, who, now, "surveys.published", facts)
    return published


def finished(session: Session, key: bytes, consultation_id: str) -> Document:
    """The document that would be published: results without small groups, and the council's word.

    Raises:
        Refusal: ``surveys.unknown``, ``surveys.sealed`` or ``surveys.feedback_missing``.
    """
    found = _unsealed(session, consultation_id)
    roll = rolls.roll(session, found.roll_id or "")
    if roll is None and found.mode is not Mode.POLL:
        raise Refusal("surveys.unknown")
    if not found.heard or not found.will_do:
        raise Refusal("surveys.feedback_missing")
    channels = participation.channels(session, key, consultation_id)
    spoken = told(session, key, found.id)
    return document(found, _seen(session, key, found).outside, roll, channels, spoken)


def effect_of(made: Document) -> bytes:
    """What two persons agree on: every word and number of the document."""
    return canonical({"slug": made.slug, "texts": texts_to_data(made.texts)})


def _seen(session: Session, key: bytes, asked: Consultation) -> Views:
    known = (asked.id, asked.unsealed_at)
    if known not in _views:
        roll = rolls.roll(session, asked.roll_id or "")
        _views[known] = views(
            as_told(asked.questions),
            _respondents(session, key, asked),
            {
                question: _apart(session, key, asked, question)
                for question in standing_apart(asked.questions)
            },
            self_selected=asked.mode is Mode.POLL,
            invited=roll.size if roll else None,
        )
        if len(_views) > _KEPT:
            _views.popitem(last=False)
    return _views[known]


def _respondents(session: Session, key: bytes, asked: Consultation) -> Iterator[Respondent]:
    for kept in envelopes.answers(session, asked.id):
        held = take_out(key, kept)
        answers = draft_from_data(held["answers"])
        if answers is not None:
            yield Respondent(answers, held["weight"], held["groups"])


def _apart(session: Session, key: bytes, asked: Consultation, question_id: str) -> Iterator[Answer]:
    for kept in envelopes.apart(session, asked.id, question_id):
        found = draft_from_data({question_id: take_out(key, kept)["answer"]})
        if found is not None:
            yield found[question_id]


def _unsealed(session: Session, consultation_id: str) -> Consultation:
    found = consultations.get(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if found.unsealed_at is None:
        raise Refusal("surveys.sealed")
    return found
