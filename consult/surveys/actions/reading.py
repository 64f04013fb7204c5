"""Reading open answers: people look at each, take out what points at somebody, and choose quotes.

``key`` is ``settings.key("surveys.answers")`` throughout. A text is seen alone: never with other
answers of its writer, nor with anything about her. Where fewer than five wrote nothing is shown.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from consult.actor import SYSTEM, Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.refusal import Refusal
from consult.surveys.core.asking.cleaning import clean
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.counts.disclosure import INSIDE, OUTSIDE
from consult.surveys.core.open_answers.redaction import (
    KEPT_DAYS,
    Reason,
    State,
    Written,
    text_problem,
)
from consult.surveys.core.sealed.sealing import put_away, take_out
from consult.surveys.core.taking_part.paper import told
from consult.surveys.store import consultations, envelopes
from consult.surveys.store import reading as store
from consult.surveys.store.envelopes import Tally
from consult.surveys.store.reading import Asked

_NOTHING_LEFT: Final = {"answer": "", "quote": False}


def open_questions(session: Session, consultation_id: str) -> tuple[OpenText, ...]:
    """The open questions of an opened consultation, as they are told of.

    Raises:
        Refusal: ``surveys.unknown`` or ``surveys.sealed``.
    """
    questions = told(_unsealed(session, consultation_id).questions).questions
    return tuple(question for question in questions if isinstance(question, OpenText))


def asked_at(session: Session, consultation_id: str, question_id: str) -> Asked:
    """The open question, as stores know it.

    Raises:
        Refusal: as :func:`open_questions`; ``surveys.question_unknown``.
    """
    if question_id not in {one.id for one in open_questions(session, consultation_id)}:
        raise Refusal("surveys.question_unknown")
    return consultation_id, question_id


def written(
    session: Session, key: bytes, consultation_id: str, question_id: str
) -> tuple[Written, ...]:
    """What people wrote at one question, in the order of random ids; nothing of fewer than five.

    Raises:
        Refusal: as :func:`asked_at`.
    """
    asked = asked_at(session, consultation_id, question_id)
    if erased(session, consultation_id):
        return ()
    bodies = {one: take_out(key, body) for one, body in store.texts(session, asked).items()}
    states = store.states(session, asked)
    found = [_read(one, body, states) for one, body in bodies.items()]
    texts = tuple(one for one in found if one is not None)
    return texts if len(texts) >= INSIDE else ()


def one_text(
    session: Session, key: bytes, consultation_id: str, question_id: str, text_id: str
) -> Written:
    """One of :func:`written`.

    Raises:
        Refusal: as :func:`asked_at`; ``surveys.text_unknown``.
    """
    texts = written(session, key, consultation_id, question_id)
    found = next((one for one in texts if one.id == text_id), None)
    if found is None:
        raise Refusal("surveys.text_unknown")
    return found


def redact(
    session: Session,
    who: Actor,
    now: datetime,
    key: bytes,
    asked: Asked,
    text_id: str,
    text: str,
) -> Problem | None:
    """Keep ``text`` in the place of what stands there, which is gone; or say what is wrong with it.

    A quote that was chosen of it must be chosen again. What was set aside before coding started
    comes back.

    Raises:
        Refusal: as :func:`one_text`; ``surveys.frame_frozen``: it was set aside, and coding goes on
            without it.
    """
    before = one_text(session, key, *asked, text_id)
    cleaned = clean(text)
    if problem := text_problem(cleaned):
        return problem
    if before.state is not State.REDACTED and store.frame(session, asked).frozen:
        raise Refusal("surveys.frame_frozen")
    store.put_state(session, asked, text_id, State.REDACTED, None)
    if cleaned != before.text:
        body: dict[str, Any] = {"answer": cleaned, "quote": before.quotable}
        store.replace_text(session, text_id, put_away(key, body))
        store.drop_quote(session, text_id)
        record(session, who, now, "surveys.text_changed", _facts(asked))
    return None


def set_aside(
    session: Session,
    who: Actor,
    now: datetime,
    key: bytes,
    asked: Asked,
    text_id: str,
    reason: Reason,
) -> None:
    """Leave a text out of coding, counting and quoting.

    Raises:
        Refusal: as :func:`one_text`.
    """
    one_text(session, key, *asked, text_id)
    store.put_state(session, asked, text_id, State.ASIDE, reason)
    store.drop_quote(session, text_id)
    facts = {**_facts(asked), "reason": reason.value}
    record(session, who, now, "surveys.text_set_aside", facts)


def pick_quote(
    session: Session, who: Actor, now: datetime, key: bytes, asked: Asked, text_id: str
) -> None:
    """Choose a redacted text to be printed as it stands.

    Raises:
        Refusal: as :func:`one_text`; ``surveys.not_quotable``: its writer did not agree, or nobody
            looked at it yet; ``surveys.texts_few``: fewer than ten people wrote.
    """
    text = one_text(session, key, *asked, text_id)
    if not text.quotable or text.state is not State.REDACTED:
        raise Refusal("surveys.not_quotable")
    if len(written(session, key, *asked)) < OUTSIDE:
        raise Refusal("surveys.texts_few", least=OUTSIDE)
    body: dict[str, Any] = {"text": text.text}
    store.put_quote(session, asked, text_id, put_away(key, body))
    record(session, who, now, "surveys.quote_picked", _facts(asked))


def drop_quote(session: Session, who: Actor, now: datetime, asked: Asked, text_id: str) -> None:
    """Print a text no more."""
    if text_id in store.quotes(session, asked):
        store.drop_quote(session, text_id)
        record(session, who, now, "surveys.quote_dropped", _facts(asked))


def picked(session: Session, key: bytes, asked: Asked) -> dict[str, str]:
    """The chosen quotes by text, also when the texts are erased."""
    found = {one: take_out(key, body) for one, body in store.quotes(session, asked).items()}
    return {one: str(body["text"]) for one, body in found.items() if isinstance(body, dict)}


def quotes(session: Session, key: bytes, consultation_id: str, question_id: str) -> tuple[str, ...]:
    """The quotes to print at one question: consented to, redacted and chosen by a person.

    Raises:
        Refusal: as :func:`asked_at`.
    """
    asked = asked_at(session, consultation_id, question_id)
    return tuple(picked(session, key, asked).values())


def erased(session: Session, consultation_id: str) -> bool:
    """Whether the open answers of a consultation were erased."""
    return envelopes.tally(session, consultation_id, Tally.TEXTS_ERASED) is not None


def erasure_due(session: Session, now: datetime) -> bool:
    """Whether :func:`erase_due` has something to do."""
    return bool(store.unerased_before(session, now - timedelta(days=KEPT_DAYS)))


def erase_due(session: Session, now: datetime, key: bytes) -> None:
    """Erase open answers ninety days after they were opened.

    That somebody wrote something stays, so that the numbers stay what was published; and so do
    codes and chosen quotes.
    """
    for consultation_id in store.unerased_before(session, now - timedelta(days=KEPT_DAYS)):
        count = 0
        for question in open_questions(session, consultation_id):
            for text_id, body in store.texts(session, (consultation_id, question.id)).items():
                if isinstance(take_out(key, body)["answer"], str):
                    store.replace_text(session, text_id, put_away(key, _NOTHING_LEFT))
                    count += 1
        found = put_away(key, {"texts": count})
        envelopes.keep_tally(session, consultation_id, Tally.TEXTS_ERASED, found)
        record(session, SYSTEM, now, "surveys.texts_erased", {"consultation": consultation_id})


def _read(
    text_id: str, body: object, states: dict[str, tuple[State, Reason | None]]
) -> Written | None:
    """The text in a body, or ``None`` for an answer that is none (somebody declined)."""
    if not isinstance(body, dict) or not isinstance(body.get("answer"), str):
        return None
    state, reason = states.get(text_id, (State.TO_DO, None))
    return Written(text_id, body["answer"], body.get("quote") is True, state, reason)


def _facts(asked: Asked) -> Payload:
    consultation_id, question_id = asked
    return {"consultation": consultation_id, "question": question_id}


def _unsealed(session: Session, consultation_id: str) -> Consultation:
    found = consultations.get(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if found.unsealed_at is None:
        raise Refusal("surveys.sealed")
    return found
