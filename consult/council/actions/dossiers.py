"""What comes of a consultation, step by step."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.council.core import dossier as core
from consult.council.core.dossier import Dossier, Entry, Said, Step
from consult.council.store import dossiers
from consult.delivery import store as mail
from consult.refusal import Refusal

KEPT_AFTER_DONE: Final = timedelta(days=30)
KEPT_AT_MOST: Final = timedelta(days=3 * 365)
"""Addresses of followers go this long after the question, whatever became of it."""


def begin(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    days: tuple[date, date],
    texts: Mapping[str, str],
) -> None:
    """Begin a dossier: ``days`` are the first and the last on which people can answer.

    A consultation that has one keeps it.
    """
    dossiers.claim(session, consultation_id)
    if dossiers.dossier(session, consultation_id).entries:
        return
    entry = core.begin(now, *days, texts).entries[0]
    _keep(session, who, now, consultation_id, entry)


def advance(
    session: Session,
    who: Actor,
    now: datetime,
    today: date,
    consultation_id: str,
    *,
    step: Step,
    said: Said,
    seen: int | None = None,
) -> Entry:
    """Note a step, or a further advice. ``seen``: how many entries the page showed.

    The same once more, by a second click, gives the entry that is there already.

    Raises:
        Refusal: ``council.dossier_changed`` when there are others by now; as
            :func:`consult.council.core.dossier.advance`.
    """
    found = dossiers.claim(session, consultation_id)
    if twice := _twice(found, said, seen):
        return twice
    entry = core.advance(found, now, today, step, said)
    return _keep(session, who, now, consultation_id, entry)


def correct(
    session: Session,
    who: Actor,
    now: datetime,
    today: date,
    consultation_id: str,
    *,
    number: int,
    said: Said,
    seen: int,
) -> Entry:
    """Note that the entry with that number should have said something else.

    Raises:
        Refusal: ``council.dossier_changed``; as :func:`consult.council.core.dossier.correct`.
    """
    found = dossiers.claim(session, consultation_id)
    if twice := _twice(found, said, seen):
        return twice
    entry = core.correct(found, now, today, number, said)
    return _keep(session, who, now, consultation_id, entry)


def extend(
    session: Session,
    who: Actor,
    now: datetime,
    today: date,
    consultation_id: str,
    *,
    said: Said,
    seen: int,
) -> Entry:
    """Move the term of the awaited step, with the consent of both parties.

    Raises:
        Refusal: ``council.dossier_changed``; as :func:`consult.council.core.dossier.extend`.
    """
    found = dossiers.claim(session, consultation_id)
    if twice := _twice(found, said, seen):
        return twice
    entry = core.extend(found, now, today, said)
    return _keep(session, who, now, consultation_id, entry)


def over(session: Session, today: date) -> tuple[str, ...]:
    """The consultations whose followers are to be forgotten by now."""
    followed = mail.followed(session)
    return tuple(
        name
        for name, dossier in dossiers.dossiers(session).items()
        if name in followed and followers_end(dossier, today)
    )


def forget_followers(session: Session, who: Actor, now: datetime, today: date) -> None:
    """Erase the addresses of who followed what is over."""
    for name in over(session, today):
        mail.forget(session, name)
        record(session, who, now, "council.followers_forgotten", {"consultation": name})


def followers_end(dossier: Dossier, today: date) -> bool:
    """Whether there is no reason any more to know who follow."""
    if not dossier.entries:
        return True
    asked = dossier.entries[0].said.day
    done = dossier.done_on
    return asked + KEPT_AT_MOST < today or (done is not None and done + KEPT_AFTER_DONE < today)


def _twice(found: Dossier, said: Said, seen: int | None) -> Entry | None:
    have = len(found.entries)
    if seen is None or seen == have:
        return None
    last = found.entries[-1] if have else None
    if last is not None and seen == have - 1 and _same(last.said, said):
        return last
    raise Refusal("council.dossier_changed")


def _same(kept: Said, said: Said) -> bool:
    """Whether somebody said this; a term that was left to the default is no difference."""
    told = (said.day, dict(said.texts), said.way, said.outcome)
    return told == (kept.day, dict(kept.texts), kept.way, kept.outcome) and (
        said.due is None or said.due == kept.due
    )


def _keep(session: Session, who: Actor, now: datetime, consultation_id: str, entry: Entry) -> Entry:
    dossiers.add(session, consultation_id, entry)
    facts: Payload = {
        "consultation": consultation_id,
        "number": entry.number,
        "kind": entry.kind.value,
        "step": entry.step.value,
    }
    record(session, who, now, "council.dossier_noted", facts)
    return entry
