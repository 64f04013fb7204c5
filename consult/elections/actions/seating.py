"""Seats and posts for the elected: who they are stands in the seal, which nobody can change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.council.actions.board import NewMandate, seat
from consult.council.actions.offices import appoint_office
from consult.council.core.agreement import Office
from consult.council.core.rules import TENANT
from consult.elections.core.election import Election, parse_seal
from consult.elections.core.paper import contests
from consult.elections.core.sealed import OfficeCount
from consult.elections.store import elections as store
from consult.elections.store import people


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the seal, for seats that are filled later.

    ``members``: mandate by candidate of those who sit already. ``tenants``: candidates who rent a
    dwelling now. ``posts``: by office, what winners get, in the order of election.
    """

    tenants: Collection[str]
    posts: Mapping[str, Sequence[Office]]
    members: Mapping[str, str] = field(default_factory=dict)


def seat_elected(
    session: Session,
    who: Actor,
    now: datetime,
    election: Election,
    offices: Iterable[OfficeCount],
    start: date,
    since: Since | None = None,
) -> tuple[str, ...]:
    """Seat everybody who is elected and give each post to its winner; who got a seat.

    The winners of the executive get its vacant posts in the order in which they were elected; the
    board may exchange them later.

    Raises:
        Refusal: ``council.*`` when the board or an office would break a rule.
    """
    sealed = parse_seal(store.seal(session, election.id) or b"")
    standing = {one["id"]: one for one in sealed["candidates"]}
    since = since or Since(
        tenants={one for one in standing if TENANT in standing[one]["groups"]},
        posts={one["office"]: [Office(post) for post in one["posts"]] for one in contests(sealed)},
    )
    counts = tuple(offices)
    elected = [one for office in counts for one in office.result.elected]
    new = tuple(one for one in elected if one not in since.members)
    numbers = people.customer_numbers(session, election.id)
    given = [
        NewMandate(
            name=standing[one]["name"],
            tenant=one in since.tenants,
            start=start,
            end=election.plan.seats_until,
            election_id=election.id,
            customer_number=numbers.get(one, ""),
        )
        for one in new
    ]
    made = seat(session, who, now, given) if given else ()
    mandates = {**since.members, **dict(zip(new, made, strict=True))}
    for office in counts:
        for winner, post in zip(office.result.elected, since.posts[office.office], strict=False):
            appoint_office(session, who, now, mandates[winner], post, start)
    return new
