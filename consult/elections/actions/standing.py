"""What is asked of somebody who wants to stand, and the tests that she has to pass."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.council.core.board import served as served_on
from consult.council.store import board as council
from consult.elections.actions.paper import elects, rules_for
from consult.elections.core.asking import Asked
from consult.elections.core.election import Election
from consult.elections.core.eligibility import Bar, Known, bar
from consult.elections.core.nomination import BOARD, CHAIR, Application, Standing
from consult.elections.core.profile import Traits, groups_of
from consult.elections.core.words import likeness
from consult.elections.store import applications
from consult.refusal import Refusal
from consult.register.core.base import Kind
from consult.register.core.roll import Entry, kind_on
from consult.register.store.base import customer


def asked_of(session: Session, election: Election, kind: Kind) -> Asked:
    """What this election asks of a customer of that kind.

    Offices are asked about only where voters give them, and the chair is a tenant's (3.1c).
    """
    offices = elects(session, election)
    closed = {BOARD} if kind is Kind.TENANT else {BOARD, CHAIR}
    return Asked(election.needs, tuple(one for one in offices if one not in closed))


def barred(
    session: Session,
    now: datetime,
    election: Election,
    entry: Entry | None,
    application: Application,
) -> Bar | None:
    """Why somebody cannot stand, by the roll of the reference date and the register of today."""
    held = customer(session, entry.customer_number) if entry else None
    present = kind_on(held, day_of(now)) if held else None
    sits, served = _seat(session, election, entry.customer_number) if entry else (False, 0)
    known = Known(entry, present, bool(application.committee), sits, served)
    settings = rules_for(session, election).settings
    return bar(known, settings.electorate, settings.most_terms)


def refuse_member(session: Session, election: Election, customer_number: str) -> None:
    """Refuse somebody who sits on the board beyond the election, or sat on it long enough.

    Raises:
        Refusal: ``elections.barred_sits``, ``elections.barred_terms``.
    """
    most = rules_for(session, election).settings.most_terms
    sits, served = _seat(session, election, customer_number)
    if sits:
        _refuse(Bar.SITS)
    if most is not None and served >= most:
        _refuse(Bar.TERMS)


def _seat(session: Session, election: Election, customer_number: str) -> tuple[bool, int]:
    """Whether that customer keeps a seat on the board, and the terms that end before it begins."""
    begins, mandates = election.plan.seats_from, council.mandates(session)
    terms = council.terms_of(session, customer_number)
    sits = any(one.sits(begins) for one in mandates if one.id in terms)
    return sits, served_on(mandates, terms, begins)


def accepted_now(
    session: Session, now: datetime, election: Election, entry: Entry, application: Application
) -> Application:
    """The application, handed in now. Groups are fixed here, by the roll of the reference date and
    what she says herself.

    Raises:
        Refusal: ``elections.barred_*`` when she cannot stand; ``elections.name_taken``.
    """
    _refuse(barred(session, now, election, entry, application))
    _check_name(session, application)
    asked = asked_of(session, election, entry.kind)
    traits = Traits(entry.kind, entry.age_band, entry.neighbourhood, application.backgrounds)
    return replace(
        application,
        groups=groups_of(traits, asked.needs),
        stands_for=asked.stands_for(application),
        submitted_at=now,
        withdrawn_at=None,
    )


def _refuse(reason: Bar | None) -> None:
    match reason:
        case Bar.NOT_ON_ROLL:
            raise Refusal("elections.unknown")
        case Bar.MINOR:
            raise Refusal("elections.barred_minor")
        case Bar.KIND:
            raise Refusal("elections.barred_kind")
        case Bar.LEFT:
            raise Refusal("elections.barred_left")
        case Bar.COMMITTEE:
            raise Refusal("elections.barred_committee")
        case Bar.SITS:
            raise Refusal("elections.barred_sits")
        case Bar.TERMS:
            raise Refusal("elections.barred_terms")


def _check_name(session: Session, application: Application) -> None:
    """Two people of one name could not be told apart on the paper."""
    others = applications.every(session, application.election_id, Standing.SUBMITTED)
    wanted = likeness(application.name)
    if any(likeness(one.name) == wanted for one in others if one.id != application.id):
        raise Refusal("elections.name_taken")
