"""Elections: what was decided about them, and what they came to."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.orm import Session

from consult.council.core.agreement import Ties
from consult.elections.core import needs
from consult.elections.core.draw import Beacon
from consult.elections.core.election import (
    Election,
    Plan,
    Preselection,
    Verification,
)
from consult.elections.core.lots import Lots
from consult.elections.tables import elections as t
from consult.refusal import Refusal

_PLAN = tuple(field.name for field in fields(Plan))
_STATE = tuple(field.name for field in fields(Election) if field.name != "plan")
_COLUMNS = [getattr(t.Election, name) for name in (*_STATE, *_PLAN)]


def add(session: Session, election: Election) -> None:
    """Store a new draft."""
    session.execute(
        insert(t.Election).values(
            id=election.id, uuid=election.uuid, lots={}, **_plan(election.plan)
        )
    )


def change_plan(session: Session, election_id: str, plan: Plan) -> None:
    """Replace the plan of a draft."""
    mark(session, election_id, **_plan(plan))


def get(session: Session, election_id: str) -> Election:
    """The election.

    Raises:
        Refusal: ``elections.unknown``.
    """
    return _found(session, t.Election.id == election_id)


def by_uuid(session: Session, uuid: str) -> Election:
    """The election with that public name.

    Raises:
        Refusal: ``elections.unknown``.
    """
    return _found(session, t.Election.uuid == uuid)


def lock(session: Session, election_id: str) -> None:
    """Wait until nobody else is changing this election, and keep others waiting."""
    session.execute(select(t.Election.id).where(t.Election.id == election_id).with_for_update())


def every(session: Session) -> list[Election]:
    """All elections, the latest opening first."""
    rows = session.execute(select(*_COLUMNS).order_by(t.Election.opens_at.desc(), t.Election.id))
    return [_election(row) for row in rows]


def to_close(session: Session, now: datetime) -> list[str]:
    """Ids of sealed elections whose end has come but that are not closed yet."""
    return list(
        session.scalars(
            select(t.Election.id).where(
                t.Election.sealed_at.is_not(None),
                t.Election.closed_at.is_(None),
                t.Election.closes_at <= now,
            )
        )
    )


def opened_unchecked(session: Session) -> list[str]:
    """Ids of elections with totals whose archive was not checked to the end yet."""
    return list(
        session.scalars(
            select(t.Election.id).where(
                t.Election.totals.is_not(None), t.Election.verified.is_(None)
            )
        )
    )


def mark(session: Session, election_id: str, **values: Any) -> None:
    """Note a decision or an event of an election."""
    session.execute(update(t.Election).where(t.Election.id == election_id).values(**values))


def booth(session: Session, uuid: str) -> tuple[str, bytes] | None:
    """Id and ballot paper of a sealed election, by its public name; ``None`` before the seal."""
    row = session.execute(
        select(t.Election.id, t.Election.paper).where(
            t.Election.uuid == uuid, t.Election.paper.is_not(None)
        )
    ).one_or_none()
    return None if row is None else (row.id, row.paper)


def paper(session: Session, election_id: str) -> bytes | None:
    """The ballot paper, as the archive carries it; ``None`` before the seal."""
    return session.scalar(select(t.Election.paper).where(t.Election.id == election_id))


def seal(session: Session, election_id: str) -> bytes | None:
    """What was fixed at opening, as the exact bytes; ``None`` before that."""
    return session.scalar(select(t.Election.seal).where(t.Election.id == election_id))


def tally(session: Session, election_id: str) -> bytes | None:
    """The encrypted sum, as the archive carries it; ``None`` before closing."""
    return session.scalar(select(t.Election.tally).where(t.Election.id == election_id))


def verification(session: Session, election_id: str) -> Verification:
    """What the strict verifier found so far."""
    held = session.scalar(select(t.Election.verified).where(t.Election.id == election_id))
    return Verification(held["head"], tuple(held["findings"])) if held else Verification()


def keep_verification(session: Session, election_id: str, found: Verification) -> None:
    """Keep what the strict verifier found."""
    held = {"head": found.head, "findings": list(found.findings)}
    mark(session, election_id, verified=held)


def lots(session: Session, election_id: str) -> Lots:
    """What was drawn, and what is being entered of a draw."""
    held = session.scalar(select(t.Election.lots).where(t.Election.id == election_id)) or {}
    beacon = Beacon(*held["beacon"]) if held.get("beacon") else None
    order = {contest: tuple(drawn) for contest, drawn in held.get("order", {}).items()}
    return Lots(order, beacon, held.get("entry", {}))


def keep_lots(session: Session, election_id: str, lots: Lots) -> None:
    """Keep what was drawn and entered."""
    entry = {account: list(order) for account, order in lots.entry.items()}
    beacon = list(lots.beacon) if lots.beacon else None
    order = {contest: list(drawn) for contest, drawn in lots.order.items()}
    held = {"order": order, "beacon": beacon, "entry": entry}
    mark(session, election_id, lots=held)


def _found(session: Session, wanted: ColumnElement[bool]) -> Election:
    row = session.execute(select(*_COLUMNS).where(wanted)).one_or_none()
    if row is None:
        raise Refusal("elections.unknown")
    return _election(row)


def _plan(plan: Plan) -> dict[str, Any]:
    return {**{name: getattr(plan, name) for name in _PLAN}, "ties": str(plan.ties)}


def _election(row: Row[Any]) -> Election:
    state = {name: getattr(row, name) for name in _STATE}
    totals = None if row.totals is None else tuple(map(tuple, row.totals))
    columns = {name: getattr(row, name) for name in _PLAN}
    columns |= {"preselection": Preselection(row.preselection), "ties": Ties(row.ties)}
    plan = Plan(**columns)
    read = {"totals": totals, "needs": needs.read(row.needs)}
    return Election(**(state | read), plan=plan)
