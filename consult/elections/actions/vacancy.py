"""The empty seats of a published election, and what a count of the old votes makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.council.store import board as council
from consult.elections.actions.electorate import electorate
from consult.elections.actions.outcome import outcome
from consult.elections.core import recount
from consult.elections.core.election import Election, parse_seal
from consult.elections.core.nomination import BOARD
from consult.elections.core.outcome import DrawNeeded
from consult.elections.core.sealed import OfficeCount, offices_of
from consult.elections.core.vacancy import Bench, Worksheet, again, as_today, bench, posts_for
from consult.elections.store import elections as store
from consult.elections.store import people, refills
from consult.refusal import Refusal
from consult.register.core.base import Kind
from consult.register.core.roll import entitled
from consult.register.store.base import customer


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate who was not elected, or not seated any more. ``able``: may come in today."""

    id: str
    name: str
    able: bool


@dataclass(frozen=True, slots=True)
class Refilled:
    """What a worksheet comes to. ``new`` get a seat; ``needed``: a lot has to decide first."""

    offices: tuple[OfficeCount, ...]
    new: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]
    case: bytes
    record: bytes
    needed: DrawNeeded | None = None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """The board of a published election with its empty seats, and how far filling them is.

    ``names``: of everybody whom the count may speak of. ``empty``: seats that could be filled.
    """

    election: Election
    sheet: Worksheet | None
    options: tuple[Option, ...]
    names: Mapping[str, str]
    empty: int
    found: Refilled | None


def vacancy(session: Session, election_id: str, now: datetime) -> Vacancy:
    """How far the filling of empty seats is.

    Raises:
        Refusal: ``elections.not_published``, ``elections.unknown``.
    """
    election, sealed = published(session, election_id)
    sheet = refills.worksheet(session, election_id)
    day = sheet.start if sheet else max(day_of(now), election.plan.seats_from)
    board = bench(sealed, election_id, council.mandates(session), day)
    able = able_on(session, election, sealed, day)
    inside = {person.id for person in board.sitting}
    options = tuple(
        Option(one["id"], one["name"], one["id"] in able)
        for one in sealed["candidates"]
        if one["id"] not in inside | board.left
    )
    found = counted(session, election, sheet) if sheet else None
    names = names_of(session, sealed)
    return Vacancy(election, sheet, options, names, _empty(sealed, board), found)


def published(session: Session, election_id: str) -> tuple[Election, dict[str, Any]]:
    """A published election with its seal.

    Raises:
        Refusal: ``elections.not_published``, ``elections.unknown``.
    """
    election = store.get(session, election_id)
    if election.published_at is None:
        raise Refusal("elections.not_published")
    return election, parse_seal(store.seal(session, election_id) or b"")


def filled_in(session: Session, election_id: str) -> tuple[Election, Worksheet]:
    """The election with what was filled in.

    Raises:
        Refusal: ``elections.refill_unknown``; as :func:`published`.
    """
    election, _ = published(session, election_id)
    sheet = refills.worksheet(session, election_id)
    if sheet is None:
        raise Refusal("elections.refill_unknown")
    return election, sheet


def able_on(
    session: Session, election: Election, sealed: Mapping[str, Any], day: date
) -> dict[str, frozenset[str]]:
    """Candidates who may sit on that day by the register as it is now, with their groups.

    Whoever has come onto the board in another way cannot be given a second seat.
    """
    numbers = people.customer_numbers(session, election.id)
    seated = _seated_otherwise(session, election, day)
    rule = electorate(session, election)
    found = {}
    for one in sealed["candidates"]:
        if numbers[one["id"]] in seated:
            continue
        known = customer(session, numbers[one["id"]])
        entry = next(entitled([known], rule, day), None) if known else None
        if entry is not None:
            tenant = entry.kind is Kind.TENANT
            found[one["id"]] = as_today(frozenset(one["groups"]), tenant=tenant)
    return found


def counted(session: Session, election: Election, sheet: Worksheet) -> Refilled:
    """What a worksheet comes to with the register and the board as they are now."""
    _, sealed = published(session, election.id)
    board = bench(sealed, election.id, council.mandates(session), sheet.start)
    able = able_on(session, election, sealed, sheet.start)
    sheet = replace(sheet, available=sheet.available & set(able))
    made = again(outcome(session, election.id), board, sheet, able)
    about = {"id": f"{election.uuid}-{sheet.id}", "title": election.plan.title}
    raw = recount.write(made.case, about)
    if isinstance(made.outcome, DrawNeeded):
        needed = made.outcome._replace(office=made.outcome.office or BOARD)
        return Refilled((), (), (), raw, b"", needed)
    offices = offices_of(made.case, made.outcome)
    posts = posts_for(board, offices)
    given = tuple(
        (winner, str(post))
        for office in offices
        for winner, post in zip(office.result.elected, posts[office.office], strict=False)
    )
    new = tuple(
        one for office in offices for one in office.result.elected if one not in board.mandates
    )
    return Refilled(offices, new, given, raw, recount.record_of(made.case, made.outcome))


def names_of(session: Session, sealed: Mapping[str, Any]) -> dict[str, str]:
    """Names of candidates and members, by the ids that counts use."""
    members = {one.id: one.name for one in council.mandates(session)}
    return {**members, **{one["id"]: one["name"] for one in sealed["candidates"]}}


def _seated_otherwise(session: Session, election: Election, day: date) -> set[str]:
    """The customers who sit on that day, but not by this election."""
    numbers = council.customer_numbers(session)
    members = (one for one in council.mandates(session) if one.sits(day))
    return {numbers.get(one.id, "") for one in members if one.election_id != election.id} - {""}


def _empty(sealed: Mapping[str, Any], board: Bench) -> int:
    return max(0, int(sealed["max_board"]) - len(board.sitting))
