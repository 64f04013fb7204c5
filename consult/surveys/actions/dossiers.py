"""The dossier of a consultation: begun when it opens, heard when its outcome is published."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import SYSTEM, Actor
from consult.clock import day_of
from consult.council.actions import dossiers
from consult.council.core import dossier as core
from consult.council.core.dossier import Dossier, Said, Step
from consult.council.store import dossiers as store
from consult.surveys.core.consultation import Consultation


def of(session: Session, asked: Consultation) -> Dossier:
    """The dossier; of a consultation that opened before there were any, what would be in it."""
    found = store.dossier(session, asked.id)
    return found if found.entries or asked.opened_at is None else _first(asked, asked.opened_at)


def every(session: Session, among: list[Consultation]) -> list[tuple[Consultation, Dossier]]:
    """The dossiers of all that were opened, in the given order."""
    known = store.dossiers(session)
    return [
        (one, known.get(one.id) or _first(one, one.opened_at))
        for one in among
        if one.opened_at is not None
    ]


def begin(session: Session, who: Actor, now: datetime, asked: Consultation) -> None:
    """Begin the dossier of a consultation that was decided to open; once."""
    days = (day_of(asked.opens_at), day_of(asked.closes_at))
    dossiers.begin(session, who, now, asked.id, days, _question(asked))


def hear(session: Session, who: Actor, now: datetime, asked: Consultation) -> None:
    """Note that the council published what it heard; a newer version of that changes nothing."""
    begin(session, SYSTEM, now, asked)
    if store.dossier(session, asked.id).awaited is Step.HEARD:
        said = Said(day=day_of(now), texts=asked.heard.as_dict())
        dossiers.advance(session, who, now, day_of(now), asked.id, step=Step.HEARD, said=said)


def _first(asked: Consultation, opened_at: datetime) -> Dossier:
    days = (day_of(asked.opens_at), day_of(asked.closes_at))
    return core.begin(opened_at, *days, _question(asked))


def _question(asked: Consultation) -> dict[str, str]:
    return (asked.intro or asked.title).as_dict()
