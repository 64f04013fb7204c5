"""Empty seats filled on the old totals: who sits now, who can still come in, who gets which post.

The counting itself stands in :mod:`.refill`; here is what it is asked (reference, counting §2.8).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from consult.council.core.agreement import Office
from consult.council.core.board import Mandate
from consult.council.core.rules import TENANT, Person
from consult.elections.core import recount
from consult.elections.core.case import Case
from consult.elections.core.election import digest
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.outcome import Count
from consult.elections.core.paper import BESIDE_CHAIR
from consult.elections.core.refill import Refill, refill, refill_series
from consult.elections.core.sealed import OfficeCount, Outcome
from consult.elections.core.series import Series
from consult.elections.core.series_case import SeriesCase


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What somebody filled in of a refill that is not decided on yet.

    ``start``: the first day of whoever comes in. ``available``: candidates who want to. ``lot``: by
    office, what was drawn for this refill.
    """

    id: str
    election_id: str
    start: date
    available: frozenset[str] = frozenset()
    lot: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Bench(NamedTuple):
    """The board on the first day of whoever comes in.

    Members who were elected here go by the id that they had as a candidate, others by that of their
    mandate. ``officers``: who holds which post. ``left``: candidates who had a seat and gave it up.
    """

    sitting: tuple[Person, ...]
    mandates: Mapping[str, str]
    officers: Mapping[Office, str]
    left: frozenset[str]


def bench(
    sealed: Mapping[str, Any], election_id: str, known: Iterable[Mandate], day: date
) -> Bench:
    """The board on a day, as a refill of this election sees it."""
    ids = {one["name"]: one["id"] for one in sealed["candidates"]}
    groups = {one["id"]: frozenset(one["groups"]) for one in sealed["candidates"]}
    sitting: dict[str, Person] = {}
    mandates: dict[str, str] = {}
    officers: dict[Office, str] = {}
    seated: set[str] = set()
    for mandate in known:
        here = mandate.election_id == election_id and mandate.name in ids
        one = ids[mandate.name] if here else mandate.id
        if here:
            seated.add(one)
        if mandate.sits(day):
            tenant = mandate.is_tenant(day)
            sitting[one] = Person(one, as_today(groups.get(one, frozenset()), tenant=tenant))
            mandates[one] = mandate.id
            officers.update(dict.fromkeys(mandate.offices(day), one))
    return Bench(tuple(sitting.values()), mandates, officers, frozenset(seated - set(sitting)))


def as_today(groups: frozenset[str], *, tenant: bool) -> frozenset[str]:
    """Groups of the sealed dates, with whether somebody rents a dwelling today."""
    return groups | {TENANT} if tenant else groups - {TENANT}


def again(
    found: Outcome,
    board: Bench,
    sheet: Worksheet,
    today: Mapping[str, frozenset[str]],
) -> Refill:
    """The old votes counted again for the seats and posts that are empty now.

    ``today``: groups of those who are available.

    Raises:
        Refusal: ``elections.count_too_hard``.
    """
    case, record = recount.read(found.case), digest(found.record)
    inside = {person.id for person in board.sitting}
    if isinstance(case, SeriesCase) and isinstance(found.result, Series):
        everybody = {person.id for person in case.people}
        gone = (everybody - sheet.available - inside) | board.left
        posts = {
            CHAIR: _holding(board, (Office.CHAIR,)),
            EXECUTIVE: _holding(board, tuple(Office)),
        }
        draws = {
            race.office: _lot(case.draws.get(race.office), sheet, race.office)
            for race in case.races
            if race.office in case.draws or race.office in sheet.lot
        }
        return refill_series(
            case, found.result, record, board.sitting, gone, posts=posts, today=today, draws=draws
        )
    if isinstance(case, Case) and isinstance(found.result, Count):
        everybody = {person.id for person in case.contest.candidates}
        gone = (everybody - sheet.available) | board.left
        order = _lot(case.lot_order, sheet, BOARD) or None
        return refill(case, found.result, record, board.sitting, gone, today=today, draws=order)
    raise ValueError("this is not the outcome of this case")


def posts_for(board: Bench, offices: Collection[OfficeCount]) -> dict[str, tuple[Office, ...]]:
    """The posts that winners get: those that nobody holds, or that the new chair leaves."""
    chairs = {one for office in offices if office.office == CHAIR for one in office.result.elected}
    kept = {post for post, holder in board.officers.items() if holder not in chairs}
    free = tuple(post for post in BESIDE_CHAIR if post not in kept)
    return {CHAIR: (Office.CHAIR,), EXECUTIVE: free, BOARD: ()}


def _holding(board: Bench, posts: Iterable[Office]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(board.officers[one] for one in posts if one in board.officers))


def _lot(old: tuple[str, ...] | None, sheet: Worksheet, office: str) -> tuple[str, ...]:
    """What was drawn for this refill, then what still holds of the old lot.

    Where somebody joins a tie that an old lot settled, all of them were drawn for again.
    """
    drawn = sheet.lot.get(office, ())
    return (*drawn, *(one for one in old or () if one not in drawn))
