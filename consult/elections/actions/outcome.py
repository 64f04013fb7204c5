"""From totals to a board: the count under the rules, and a draw where one is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.elections.core import case
from consult.elections.core import lots as draws
from consult.elections.core.balance import Balance
from consult.elections.core.count import count
from consult.elections.core.election import Election, digest, parse_seal
from consult.elections.core.outcome import Count, DrawNeeded
from consult.elections.core.record import record as record_of
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import voters
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count came to, with the file that it counted."""

    case: bytes
    result: Count | DrawNeeded
    record: bytes


@dataclass(frozen=True, slots=True)
class Counted:
    """An election whose count is complete, with the people in it.

    ``names`` and ``votes`` are by candidate; ``voters`` is how many could vote. The hashes are
    those of the roll, the seal and the record.
    """

    election: Election
    result: Count
    names: Mapping[str, str]
    votes: Mapping[str, int]
    voters: int
    balance: Balance
    roll_hash: str
    seal_hash: str
    record_hash: str


def outcome(session: Session, election_id: str) -> Outcome:
    """Count the totals under the rules of the seal; the same totals always give the same bytes.

    Raises:
        Refusal: ``elections.no_totals`` as long as the votes are not opened;
            ``elections.unknown``.
    """
    totals, seal = store.get(session, election_id).totals, store.seal(session, election_id)
    if totals is None or seal is None:
        raise Refusal("elections.no_totals")
    raw = _case_file(seal, totals[-1], store.lots(session, election_id).order)
    read = case.read(raw)
    order = read.lot_order or ()
    result = count(read.contest, read.totals, read.rules, order)
    written = b""
    if isinstance(result, Count):
        written = record_of(read.contest, read.totals, read.rules, order, result)
    return Outcome(raw, result, written)


def counted(session: Session, election_id: str) -> Counted:
    """The count of an election with the people in it.

    Raises:
        Refusal: as :func:`outcome`; ``elections.draw_needed``.
    """
    found = outcome(session, election_id)
    if not isinstance(found.result, Count):
        raise Refusal("elections.draw_needed")
    seal = store.seal(session, election_id) or b""
    sealed = parse_seal(seal)
    return Counted(
        election=store.get(session, election_id),
        result=found.result,
        names={one["id"]: one["name"] for one in sealed["candidates"]},
        votes=case.read(found.case).totals,
        voters=voters.count_credentials(session, election_id),
        balance=balance(session, election_id),
        roll_hash=sealed["roll_fingerprint"],
        seal_hash=digest(seal),
        record_hash=digest(found.record),
    )


def balance(session: Session, election_id: str) -> Balance:
    """The ballot box of a closed election, counted in ways that know nothing of each other."""
    return Balance(
        cast=box.count_ballots(session, election_id),
        replaced=box.count_replaced(session, election_id),
        counted=store.get(session, election_id).voters or 0,
        marked=voters.count_participants(session, election_id),
    )


def enter_lot(
    session: Session, who: Actor, now: datetime, election_id: str, order: Sequence[str]
) -> None:
    """Enter the order in which a public draw put the people with equal votes.

    Two people enter it, each alone.

    Raises:
        Refusal: ``elections.no_draw_needed``, ``elections.lot_incomplete``,
            ``elections.lot_differs``.
    """
    store.lock(session, election_id)
    needed = outcome(session, election_id).result
    if not isinstance(needed, DrawNeeded):
        raise Refusal("elections.no_draw_needed")
    held = store.lots(session, election_id)
    entered = draws.enter(held, needed.tied, who.account_id, order)
    store.keep_lots(session, election_id, entered)
    record(session, who, now, "elections.lot_entered", {"election": election_id})


def start_draw_again(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Throw away what was entered of a draw, as long as it is not complete."""
    store.lock(session, election_id)
    store.keep_lots(session, election_id, draws.clear(store.lots(session, election_id)))
    record(session, who, now, "elections.lot_cleared", {"election": election_id})


def _case_file(seal: bytes, totals: Sequence[int], lot_order: Sequence[str]) -> bytes:
    """What is counted, as the file that ``consult count`` reads."""
    sealed = parse_seal(seal)
    shape: dict[str, Any] = {
        "id": sealed["uuid"],
        "title": sealed["title"],
        "kind": "totals",
        "max_board": sealed["max_board"],
        "sitting": sealed["sitting"],
        "candidates": [
            {"id": candidate["id"], "groups": candidate["groups"], "votes": votes}
            for candidate, votes in zip(sealed["candidates"], totals, strict=True)
        ],
        "rules": sealed["rules"]["board"],
    }
    if lot_order:
        shape["lot_order"] = list(lot_order)
    return canonical(shape)
