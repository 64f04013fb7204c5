"""Taking somebody in between elections, without one: only where the rules allow it.

It is off unless the council decided otherwise. Two people agree, the board must be lawful with the
newcomer, and she sits no longer than a term: up to the end of the next regular one, as given.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.clock import day_of, years_later
from consult.council.actions.board import NewMandate, refuse_later_breach, refuse_seats, seat
from consult.council.actions.rules import agreement_on
from consult.council.core.co_optation import Newcomer
from consult.council.store import co_optation as store
from consult.db.types import new_id
from consult.refusal import Refusal

ACT: Final = "council.co_opt"


def ask(session: Session, who: Actor, now: datetime, newcomer: Newcomer) -> str:
    """Propose to take somebody in; the answer is the id of the request.

    Raises:
        Refusal: ``council.no_co_optation``, ``council.co_optation_past``,
            ``council.co_optation_long``; as :func:`consult.council.actions.board.seat` and
            :func:`consult.council.actions.board.refuse_later_breach`;
            ``accounts.propose_not_yours``.
    """
    _refuse(session, now, newcomer)
    refuse_seats(session, [_mandate(newcomer)])
    made = new_id()
    store.add(session, made, newcomer, now)
    approvals.propose(session, who, now, ACT, made, newcomer.effect)
    record(session, who, now, "council.co_optation_asked", {"request": made})
    return made


def co_opt(session: Session, who: Actor, now: datetime, request_id: str, shown: str) -> str:
    """Approve what somebody else proposed, and so give the seat; the id of the mandate.

    Raises:
        Refusal: ``council.co_optation_unknown``; as :func:`ask`, and as
            :func:`consult.accounts.actions.approvals.approve`.
    """
    newcomer = _asked(session, request_id)
    _refuse(session, now, newcomer)
    approvals.approve(session, who, now, ACT, request_id, newcomer.effect, shown)
    (mandate,) = seat(session, who, now, [_mandate(newcomer)])
    store.drop(session, request_id)
    record(session, who, now, "council.co_opted", {"request": request_id, "mandate": mandate})
    return mandate


def drop(session: Session, who: Actor, now: datetime, request_id: str) -> None:
    """Decide against it; nothing is kept of the person.

    Raises:
        Refusal: ``council.co_optation_unknown``.
    """
    _asked(session, request_id)
    store.drop(session, request_id)
    record(session, who, now, "council.co_optation_dropped", {"request": request_id})


def _asked(session: Session, request_id: str) -> Newcomer:
    found = store.asked(session).get(request_id)
    if found is None:
        raise Refusal("council.co_optation_unknown")
    return found


def _mandate(newcomer: Newcomer) -> NewMandate:
    return NewMandate(newcomer.name, newcomer.tenant, newcomer.start, newcomer.end)


def _refuse(session: Session, now: datetime, newcomer: Newcomer) -> None:
    if newcomer.start < day_of(now):
        raise Refusal("council.co_optation_past")
    settings = agreement_on(session, newcomer.start).settings
    if not settings.co_optation:
        raise Refusal("council.no_co_optation")
    if newcomer.end > years_later(newcomer.start, settings.term_years):
        raise Refusal("council.co_optation_long", years=settings.term_years)
    if newcomer.start < newcomer.end:
        refuse_later_breach(session, [_mandate(newcomer)])
