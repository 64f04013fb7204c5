"""What two people enter when equal votes decide: the order of a public draw, or the beacon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.council.core.agreement import Ties
from consult.elections.actions.lot import lot_of, procedure_of, waits_for_numbers
from consult.elections.actions.outcome import outcome
from consult.elections.core import lots
from consult.elections.core.draw import Beacon
from consult.elections.core.lotfile import Lot
from consult.elections.core.nomination import BOARD
from consult.elections.core.outcome import DrawNeeded
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Drawing:
    """How far a lot is. ``tied``: between whom it decides now; nobody when it need not.

    ``office``: what they stand for. ``begun``: one person has entered something, so that another
    has to. ``until``: as long as key holders may show their numbers, when that ends at the latest.
    """

    procedure: Ties
    lot: Lot | None
    tied: tuple[str, ...]
    office: str
    begun: bool
    until: datetime | None


def drawing(session: Session, election_id: str, now: datetime) -> Drawing:
    """The lot of an election of which the votes are opened.

    Raises:
        Refusal: ``elections.no_totals``, ``elections.unknown``.
    """
    election = store.get(session, election_id)
    result = outcome(session, election_id).result
    waits = waits_for_numbers(election, people.holders(session, election_id), now)
    return Drawing(
        procedure=procedure_of(session, election_id),
        lot=lot_of(session, election),
        tied=result.tied if isinstance(result, DrawNeeded) else (),
        office=result.office if isinstance(result, DrawNeeded) else BOARD,
        begun=bool(store.lots(session, election_id).entry),
        until=election.lot_until if waits else None,
    )


def enter_lot(
    session: Session, who: Actor, now: datetime, election_id: str, order: Sequence[str]
) -> None:
    """Enter the order in which a public draw put the people with equal votes.

    Two people enter it, each alone.

    Raises:
        Refusal: ``elections.lot_other_way``, ``elections.no_draw_needed``,
            ``elections.lot_incomplete``, ``elections.lot_differs``.
    """
    needed = _needed(session, election_id, Ties.PUBLIC_DRAW)
    held = store.lots(session, election_id)
    entered = lots.enter(held, needed.tied, who.account_id, order, needed.office)
    store.keep_lots(session, election_id, entered)
    record(session, who, now, "elections.lot_entered", {"election": election_id})


def enter_beacon(
    session: Session, who: Actor, now: datetime, election_id: str, beacon: Beacon
) -> None:
    """Enter the beacon of a computed lot, with where it can be looked up.

    Two people enter it, each alone.

    Raises:
        Refusal: ``elections.lot_other_way``, ``elections.no_draw_needed``,
            ``elections.numbers_awaited`` as long as key holders may show theirs,
            ``elections.beacon_*``.
    """
    _needed(session, election_id, Ties.COMMIT_BEACON)
    election = store.get(session, election_id)
    if waits_for_numbers(election, people.holders(session, election_id), now):
        raise Refusal("elections.numbers_awaited", until=election.lot_until)
    entered = lots.enter_beacon(store.lots(session, election_id), who.account_id, beacon)
    store.keep_lots(session, election_id, entered)
    record(session, who, now, "elections.beacon_entered", {"election": election_id})


def start_draw_again(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Throw away what was entered of a lot, as long as it is not complete."""
    store.lock(session, election_id)
    store.keep_lots(session, election_id, lots.clear(store.lots(session, election_id)))
    record(session, who, now, "elections.lot_cleared", {"election": election_id})


def _needed(session: Session, election_id: str, procedure: Ties) -> DrawNeeded:
    """Between whom a lot has to decide; nobody else changes the election meanwhile."""
    store.lock(session, election_id)
    needed = outcome(session, election_id).result
    if procedure_of(session, election_id) is not procedure:
        raise Refusal("elections.lot_other_way")
    if not isinstance(needed, DrawNeeded):
        raise Refusal("elections.no_draw_needed")
    return needed
