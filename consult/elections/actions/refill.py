"""Empty seats filled on the old votes: who is still available, and two people who decide."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.clock import day_of
from consult.council.core.rules import TENANT
from consult.council.store import board as council
from consult.db.types import new_id
from consult.elections.actions.refill_document import refill_document
from consult.elections.actions.seating import Since, seat_elected
from consult.elections.actions.vacancy import (
    Refilled,
    able_on,
    counted,
    filled_in,
    names_of,
    published,
)
from consult.elections.core.election import Election, digest
from consult.elections.core.vacancy import Worksheet, bench, posts_for
from consult.elections.store import elections as store
from consult.elections.store import refills
from consult.refusal import Refusal
from consult.site.actions import publish as publish_document

REFILL = "elections.refill"


def fill_in(
    session: Session,
    who: Actor,
    now: datetime,
    election_id: str,
    start: date,
    available: Sequence[str],
) -> None:
    """Note who is still available, and from which day on the seats are filled.

    Raises:
        Refusal: ``elections.not_published``, ``elections.refill_start``,
            ``elections.refill_unavailable`` for somebody who may not come in on that day.
    """
    store.lock(session, election_id)
    election, sealed = published(session, election_id)
    first, last = max(day_of(now), election.plan.seats_from), election.plan.seats_until
    if not first <= start < last:
        raise Refusal("elections.refill_start", first=first, last=last)
    board = bench(sealed, election_id, council.mandates(session), start)
    able = set(able_on(session, election, sealed, start)) - board.left
    if not set(available) <= able:
        raise Refusal("elections.refill_unavailable")
    refills.keep(session, Worksheet(new_id(), election_id, start, frozenset(available)))
    record(session, who, now, "elections.refill_prepared", {"election": election_id})


def enter_lot(
    session: Session, who: Actor, now: datetime, election_id: str, order: Sequence[str]
) -> None:
    """Note the order that a public draw gave between equal votes; the second person sees it too.

    Raises:
        Refusal: ``elections.refill_unknown``, ``elections.no_draw_needed``,
            ``elections.lot_incomplete``.
    """
    store.lock(session, election_id)
    election, sheet = filled_in(session, election_id)
    needed = counted(session, election, sheet).needed
    if needed is None:
        raise Refusal("elections.no_draw_needed")
    if sorted(order) != sorted(needed.tied):
        raise Refusal("elections.lot_incomplete")
    before = sheet.lot.get(needed.office, ())
    lot = {**sheet.lot, needed.office: (*before, *order)}
    refills.keep(session, replace(sheet, lot=lot))
    record(session, who, now, "elections.lot_entered", {"election": election_id})


def refill_effect(session: Session, election_id: str) -> bytes:
    """What filling the seats will fix, for two people to agree on.

    Raises:
        Refusal: ``elections.refill_unknown``, ``elections.draw_needed``, or
            ``elections.refill_nobody`` when no seat or post is filled.
    """
    election, sheet = filled_in(session, election_id)
    return _effect(sheet, _complete(session, election, sheet))


def propose(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Propose to fill the seats as the page shows.

    Raises:
        Refusal: as :func:`refill_effect`; ``accounts.propose_not_yours``.
    """
    effect = refill_effect(session, election_id)
    approvals.propose(session, who, now, REFILL, election_id, effect)


def approve(session: Session, who: Actor, now: datetime, election_id: str, shown: str) -> None:
    """Approve what somebody else proposed: seats, posts, document and record, all together.

    ``shown`` is the fingerprint of the effect on the page on which she agreed.

    Raises:
        Refusal: as :func:`refill_effect`, :func:`consult.accounts.actions.approvals.approve` and
            :func:`consult.elections.actions.seating.seat_elected`.
    """
    store.lock(session, election_id)
    election, sheet = filled_in(session, election_id)
    found = _complete(session, election, sheet)
    effect = _effect(sheet, found)
    approvals.approve(session, who, now, REFILL, election_id, effect, shown)
    _, sealed = published(session, election_id)
    board = bench(sealed, election_id, council.mandates(session, hold=True), sheet.start)
    able = able_on(session, election, sealed, sheet.start)
    since = Since(
        tenants={one for one, groups in able.items() if TENANT in groups},
        posts=posts_for(board, found.offices),
        members=board.mandates,
    )
    seat_elected(session, who, now, election, found.offices, sheet.start, since)
    refills.finish(session, sheet.id, now, found.case, found.record)
    names = names_of(session, sealed)
    made = refill_document(election, sheet, found.offices, names, digest(found.record))
    publish_document(session, who, now, made)
    facts = {"election": election_id, "effect": digest(effect)}
    record(session, who, now, "elections.refilled", facts)


def files(session: Session, uuid: str, refill_id: str) -> tuple[bytes, bytes]:
    """What was counted and how, of a refill that is public.

    Raises:
        Refusal: ``elections.unknown``, ``elections.refill_unknown``.
    """
    found = refills.files(session, store.by_uuid(session, uuid).id, refill_id)
    if found is None:
        raise Refusal("elections.refill_unknown")
    return found


def _complete(session: Session, election: Election, sheet: Worksheet) -> Refilled:
    found = counted(session, election, sheet)
    if found.needed is not None:
        raise Refusal("elections.draw_needed")
    if not found.new and not found.posts:
        raise Refusal("elections.refill_nobody")
    return found


def _effect(sheet: Worksheet, found: Refilled) -> bytes:
    return canonical(
        {
            "refill": sheet.id,
            "start": sheet.start.isoformat(),
            "case": digest(found.case),
            "record": digest(found.record),
            "posts": found.posts,
        }
    )
