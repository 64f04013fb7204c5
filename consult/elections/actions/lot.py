"""The lot of an election as it stands, and the numbers of key holders for a computed one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import record
from consult.belenios import tally
from consult.council.core.agreement import Ties
from consult.elections.actions.holders import holder_by_token
from consult.elections.core import draw
from consult.elections.core.draw import Committed
from consult.elections.core.election import Election, KeyHolder, digest, parse_seal
from consult.elections.core.lotfile import ComputedLot, Lot, PublicDraw
from consult.elections.core.sealed import contests
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal


def procedure_of(session: Session, election_id: str) -> Ties:
    """How the seal says that a lot is made.

    Raises:
        Refusal: ``elections.no_totals`` before there is a seal.
    """
    return Ties(_ties(session, election_id)["procedure"])


def lot_of(session: Session, election: Election) -> Lot | None:
    """The lot as far as it was made: ``None`` for a public draw that was not needed so far."""
    ties, drawn = _ties(session, election.id), store.lots(session, election.id)
    if ties["procedure"] == str(Ties.PUBLIC_DRAW):
        return PublicDraw(election.uuid, drawn.order) if drawn.order else None
    numbers = {one.name: one.reveal for one in people.holders(session, election.id)}
    return ComputedLot(
        election=election.uuid,
        named=ties["beacon"],
        totals=digest(tally.result_file(election.totals or ())),
        holders=tuple(
            Committed(one["name"], one["commitment"], numbers.get(one["name"]))
            for one in ties["commitments"]
        ),
        contests=contests(_seal(session, election.id)),
        beacon=drawn.beacon,
    )


def waits_for_numbers(election: Election, holders: Sequence[KeyHolder], now: datetime) -> bool:
    """Whether a key holder may still show a number, so that nobody may know the beacon yet."""
    over = election.lot_until is not None and now >= election.lot_until
    return not over and any(holder.reveal is None for holder in holders)


def hand_in_number(
    session: Session, now: datetime, holder_id: str, token: str, number: object
) -> None:
    """Take the number that a key holder committed to; the same again changes nothing.

    Raises:
        Refusal: ``elections.holder_unknown``, ``elections.not_closed``,
            ``elections.reveal_wrong``, or ``elections.reveal_late`` after the time for it.
    """
    election, _ = holder_by_token(session, holder_id, token)
    store.lock(session, election.id)
    election, holder = holder_by_token(session, holder_id, token)
    if election.closed_at is None:
        raise Refusal("elections.not_closed")
    shown = draw.check_reveal(election.uuid, holder.lot, number)
    if holder.reveal is not None:
        return
    if election.lot_until is not None and now >= election.lot_until:
        raise Refusal("elections.reveal_late")
    people.change_holder(session, holder_id, reveal=shown)
    facts = {"election": election.id, "holder": holder.id}
    record(session, SYSTEM, now, "elections.number_shown", facts)


def _ties(session: Session, election_id: str) -> Mapping[str, Any]:
    ties: Mapping[str, Any] = _seal(session, election_id)["ties"]
    return ties


def _seal(session: Session, election_id: str) -> Mapping[str, Any]:
    seal = store.seal(session, election_id)
    if seal is None:
        raise Refusal("elections.no_totals")
    return parse_seal(seal)
