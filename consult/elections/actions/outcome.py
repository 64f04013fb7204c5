"""From totals to a board: the count, a draw where one is needed, and the publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.council.actions import NewMandate, seat
from consult.council.core.rules import TENANT
from consult.elections.core import case
from consult.elections.core import lots as draws
from consult.elections.core.count import count
from consult.elections.core.election import Election, canonical, digest, parse_seal
from consult.elections.core.outcome import Count, DrawNeeded
from consult.elections.core.record import record as record_of
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Stratum
from consult.site.actions import publish as publish_document
from consult.site.core import Document

PUBLISH = "elections.publish"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count came to, with the file that it counted."""

    case: bytes
    result: Count | DrawNeeded
    record: bytes


def outcome(session: Session, election_id: str) -> Outcome:
    """Count the totals under the rules of the seal; the same totals always give the same bytes.

    Raises:
        Refusal: ``elections.no_totals`` as long as the votes are not opened.
    """
    row = store.details(session, election_id)
    if row.totals is None or row.seal is None:
        raise Refusal("elections.no_totals")
    raw = case_file(row.seal, row.totals, store.lots(session, election_id).order)
    read = case.read(raw)
    order = read.lot_order or ()
    result = count(read.contest, read.totals, read.rules, order)
    written = b""
    if isinstance(result, Count):
        written = record_of(read.contest, read.totals, read.rules, order, result)
    return Outcome(raw, result, written)


def case_file(seal: bytes, totals: Sequence[int], lot_order: Sequence[str]) -> bytes:
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


def unchecked(session: Session) -> list[str]:
    """Ids of opened elections whose archive nobody has started to check."""
    return store.opened_unchecked(session)


def note_checking(session: Session, election_id: str) -> None:
    """Note that the strict verifier was asked to look at the archive."""
    store.mark(session, election_id, verified={"head": "", "findings": []})


def note_verified(session: Session, election_id: str, head: str, findings: Sequence[str]) -> None:
    """Note what the strict verifier found in the archive up to the event ``head``."""
    store.mark(session, election_id, verified={"head": head, "findings": list(findings)})


def publication_effect(session: Session, election_id: str) -> bytes:
    """What publication will fix, for two people to agree on.

    Raises:
        Refusal: ``elections.published``, ``elections.draw_needed``, ``elections.not_verified``.
    """
    row = store.details(session, election_id)
    if row.published_at is not None:
        raise Refusal("elections.published")
    counted = outcome(session, election_id)
    if isinstance(counted.result, DrawNeeded):
        raise Refusal("elections.draw_needed")
    chain = box.chain(session, election_id)
    verified = row.verified or {}
    if chain is None or verified.get("head") != chain.head or verified.get("findings"):
        raise Refusal("elections.not_verified")
    return canonical(
        {
            "case": digest(counted.case),
            "record": digest(counted.record),
            "archive": chain.head,
            "seal": digest(row.seal or b""),
        }
    )


def publish(
    session: Session,
    who: Actor,
    now: datetime,
    election_id: str,
    document: Document,
) -> None:
    """Publish the result and seat the elected; one transaction.

    What could join a person to a credential is erased here.

    Raises:
        Refusal: as :func:`publication_effect`; ``elections.not_approved``.
    """
    store.lock(session, election_id)
    effect = publication_effect(session, election_id)
    if not approvals.approved(session, PUBLISH, election_id, effect):
        raise Refusal("elections.not_approved")
    publish_document(session, who, now, document)
    seat(session, who, now, _mandates(session, election_id, now.date()))
    store.forget_marks(session, election_id)
    store.mark(session, election_id, published_at=now)
    record(
        session,
        who,
        now,
        "elections.published",
        {"election": election_id, "effect": digest(effect)},
    )


def participation_counts(session: Session, election_id: str) -> list[tuple[Stratum, int, int]]:
    """Invited and participants per stratum, once the voting is over.

    Raises:
        Refusal: ``elections.not_closed`` before that; ``elections.unknown``.
    """
    election = store.get(session, election_id)
    if election is None:
        raise Refusal("elections.unknown")
    if election.closed_at is None:
        raise Refusal("elections.not_closed")
    return [
        (Stratum(Kind(kind), AgeBand(band), place, invited), invited, participants)
        for kind, band, place, invited, participants in store.turnout(session, election_id)
    ]


def election_of(session: Session, election_id: str) -> Election:
    """The election.

    Raises:
        Refusal: ``elections.unknown``.
    """
    election = store.get(session, election_id)
    if election is None:
        raise Refusal("elections.unknown")
    return election


def published(session: Session, uuid: str) -> Outcome:
    """What was counted and how, once it is public.

    Raises:
        Refusal: ``elections.unknown``, ``elections.not_published``.
    """
    election = store.by_uuid(session, uuid)
    if election is None:
        raise Refusal("elections.unknown")
    if election.published_at is None:
        raise Refusal("elections.not_published")
    return outcome(session, election.id)


def _mandates(session: Session, election_id: str, start: date) -> list[NewMandate]:
    result = outcome(session, election_id).result
    if not isinstance(result, Count):
        raise Refusal("elections.draw_needed")
    election = election_of(session, election_id)
    people = {one.id: one for one in store.candidates(session, election_id)}
    return [
        NewMandate(
            name=people[one].name,
            tenant=TENANT in people[one].groups,
            start=max(start, election.plan.seats_from),
            end=election.plan.seats_until,
            election_id=election_id,
        )
        for one in result.elected
    ]
