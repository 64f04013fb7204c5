"""Seats and posts for the elected: who they are stands in the seal, which nobody can change."""

from collections.abc import Collection, Iterable
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


def seat_elected(
    session: Session,
    who: Actor,
    now: datetime,
    election: Election,
    offices: Iterable[OfficeCount],
    start: date,
    tenants: Collection[str] | None = None,
) -> dict[str, str]:
    """Seat everybody who is elected and give each post to its winner; mandate by candidate.

    The winners of the executive get its vacant posts in the order in which they were elected; the
    board may exchange them later. ``tenants``: candidates who rent a dwelling now; without it the
    seal says who does.

    Raises:
        Refusal: ``council.*`` when the board or an office would break a rule.
    """
    sealed = parse_seal(store.seal(session, election.id) or b"")
    standing = {one["id"]: one for one in sealed["candidates"]}
    if tenants is None:
        tenants = {one for one in standing if TENANT in standing[one]["groups"]}
    numbers = people.customer_numbers(session, election.id)
    counts = tuple(offices)
    elected = [one for office in counts for one in office.result.elected if one in standing]
    given = [
        NewMandate(
            name=standing[one]["name"],
            tenant=one in tenants,
            start=start,
            end=election.plan.seats_until,
            election_id=election.id,
            customer_number=numbers.get(one, ""),
        )
        for one in elected
    ]
    mandates = dict(zip(elected, seat(session, who, now, given), strict=True))
    posts = {one["office"]: one["posts"] for one in contests(sealed)}
    for office in counts:
        for winner, post in zip(office.result.elected, posts[office.office], strict=False):
            appoint_office(session, who, now, mandates[winner], Office(post), start)
    return mandates
