"""What happens to members, and the board that follows from it.

Given are seats, appointments and events, each with its day. Everything else follows: when a seat or
an office ends, and who is a tenant when. So an event that was noted by mistake is simply left out,
and the board stands as if it had never been noted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from consult.council.core.agreement import Agreement, Office, rules_on
from consult.council.core.board import Ending, Mandate, Term


class Happening(StrEnum):
    """What can happen to a member (DOMAIN, edge cases). For the council's own eyes.

    ``BOUGHT`` and ``NO_DWELLING``: stays a customer, as an owner or through another contract.
    ``TENANT``: rents a dwelling, again or at last. The others but ``LEFT_OFFICE`` end the seat:
    ``STADSWONEN``, because its tenants are no customers in this sense (agreement, art. 1.3).
    """

    BOUGHT = "bought"
    NO_DWELLING = "no_dwelling"
    TENANT = "tenant"
    LEFT_OFFICE = "left_office"
    RESIGNED = "resigned"
    MOVED = "moved"
    STADSWONEN = "stadswonen"
    NOT_CUSTOMER = "not_customer"
    DIED = "died"
    OTHER = "other"


ENDS: Final = frozenset(Happening(ending) for ending in Ending)
"""What ends a seat."""

TENANCY: Final = {
    Happening.BOUGHT: False,
    Happening.NO_DWELLING: False,
    Happening.TENANT: True,
}
"""What makes a member a tenant of a dwelling, or makes that end."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a member: from ``day`` on. ``office`` tells which one was left."""

    id: str
    mandate_id: str
    happened: Happening
    day: date
    office: Office | None = None


def settle(
    mandates: Sequence[Mandate], events: Iterable[Event], agreements: Sequence[Agreement]
) -> tuple[Mandate, ...]:
    """The mandates after the events, which stand in the order in which they were noted.

    A seat ends with the first event that ends it. An office ends with the seat, when its holder
    leaves it, when somebody else gets it, and for the chair on the first day on which the rules
    do not allow its holder (art. 3.1c: at all times a tenant).
    """
    own: dict[str, list[Event]] = {}
    for event in events:
        own.setdefault(event.mandate_id, []).append(event)
    changed = [_seat(one, own.get(one.id, ())) for one in mandates]
    starts = sorted((term.start, term.office) for one in changed for term in one.terms)
    return tuple(_terms(one, own.get(one.id, ()), starts, agreements) for one in changed)


def _seat(mandate: Mandate, events: Sequence[Event]) -> Mandate:
    tenancy = dict(mandate.tenancy)
    tenancy |= {one.day: TENANCY[one.happened] for one in events if one.happened in TENANCY}
    ends = [one for one in events if one.happened in ENDS and one.day <= mandate.end]
    last = min(ends, key=lambda one: one.day, default=None)
    known = replace(mandate, tenancy=tuple(sorted(tenancy.items())), planned=mandate.term_end)
    if last is None:
        return known
    return replace(known, end=last.day, ending=Ending(last.happened))


def _terms(
    mandate: Mandate,
    events: Sequence[Event],
    starts: Sequence[tuple[date, Office]],
    agreements: Sequence[Agreement],
) -> Mandate:
    terms = tuple(_term(mandate, term, events, starts, agreements) for term in mandate.terms)
    return replace(mandate, terms=terms)


def _term(
    mandate: Mandate,
    term: Term,
    events: Sequence[Event],
    starts: Sequence[tuple[date, Office]],
    agreements: Sequence[Agreement],
) -> Term:
    left = [
        one.day
        for one in events
        if one.happened is Happening.LEFT_OFFICE and one.office is term.office
    ]
    taken = [start for start, office in starts if office is term.office]
    ends = [day for day in (*left, *taken) if day > term.start]
    ends += [] if term.end is None else [term.end]
    ends += [] if mandate.ending is None else [max(mandate.end, term.start)]
    if term.office is Office.CHAIR:
        ends += _barred(mandate, term.start, agreements)
    return replace(term, end=min(ends, default=None))


def _barred(mandate: Mandate, start: date, agreements: Sequence[Agreement]) -> list[date]:
    """The days from ``start`` on from which the rules keep the member from the chair."""
    changes = {start, *(since for since, _ in mandate.tenancy), *(one.start for one in agreements)}
    days = sorted(day for day in changes if start <= day < mandate.end)
    return [
        day
        for day in days
        if not rules_on(agreements, day).may_chair(tenant=mandate.is_tenant(day))
    ]
