"""What the register says about a member: a proposal, which people confirm.

The register knows contracts, not reasons. Stadswonen's tenants are not in it (art. 1.3), so
somebody who moved there looks like anybody who is no customer any more.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from consult.council.core.board import Mandate
from consult.council.core.events import ENDS, Happening
from consult.register.core.base import Contract, Customer, Kind
from consult.register.core.roll import held_on


class State(StrEnum):
    """Where a signal stands. People confirm or reject it; the register may take it back."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that would bring the board in line with the register."""

    mandate_id: str
    happened: Happening
    day: date


@dataclass(frozen=True, slots=True)
class Signal:
    """A proposal that was shown to people, and what they made of it.

    ``reason``: why it was rejected. ``event_id``: what was noted when it was confirmed.
    """

    id: str
    proposal: Proposal
    state: State = State.OPEN
    reason: str = ""
    event_id: str | None = None


_OTHERWISE: Final = (Happening.BOUGHT, Happening.NO_DWELLING)
ANSWERS: Final = {
    Happening.BOUGHT: _OTHERWISE,
    Happening.NO_DWELLING: _OTHERWISE,
    Happening.TENANT: (Happening.TENANT,),
    Happening.NOT_CUSTOMER: tuple(one for one in Happening if one in ENDS),
}
"""What people can make of a proposal: the register does not know why a contract ended."""


def proposal(member: Mandate, customer: Customer | None, today: date) -> Proposal | None:
    """What the register says about a member that the board does not know; ``None`` when they agree.

    A customer whom the register never knew says nothing: the number may be mistyped.
    """
    if customer is None or not member.sits(today):
        return None
    contracts = customer.contracts
    held = [one for one in contracts if held_on(one, today)]
    leases = [one for one in held if one.kind is Kind.TENANT]
    if not held:
        happened, day = Happening.NOT_CUSTOMER, _last_end(contracts, today)
    elif leases and not member.is_tenant(today):
        happened, day = Happening.TENANT, _first_start(leases, today)
    elif not leases and member.is_tenant(today):
        owns = any(one.kind is Kind.OWNER for one in held)
        happened = Happening.BOUGHT if owns else Happening.NO_DWELLING
        day = _last_end((one for one in contracts if one.kind is Kind.TENANT), today)
    else:
        return None
    first = member.start + timedelta(happened in ENDS)
    return Proposal(member.id, happened, max(day, first))


def news(found: Iterable[Proposal], known: Collection[Signal]) -> tuple[Proposal, ...]:
    """The proposals to show: none that waits already, and none that people rejected before."""
    waiting = {
        (one.proposal.mandate_id, one.proposal.happened) for one in known if one.state is State.OPEN
    }
    rejected = {one.proposal for one in known if one.state is State.REJECTED}
    return tuple(
        one
        for one in found
        if (one.mandate_id, one.happened) not in waiting and one not in rejected
    )


def lapsed(found: Collection[Proposal], known: Iterable[Signal]) -> tuple[Signal, ...]:
    """The open signals that the register does not give any more."""
    said = {(one.mandate_id, one.happened) for one in found}
    return tuple(
        one
        for one in known
        if one.state is State.OPEN and (one.proposal.mandate_id, one.proposal.happened) not in said
    )


def fits(proposed: Happening, answer: Happening) -> bool:
    """Whether this event can be the answer to what the register proposed."""
    return answer in ANSWERS[proposed]


def _last_end(contracts: Iterable[Contract], today: date) -> date:
    """The first day without such a contract, as far as the register says."""
    ends = [one.ended_on for one in contracts if one.ended_on is not None and one.ended_on <= today]
    return max(ends, default=today)


def _first_start(contracts: Iterable[Contract], today: date) -> date:
    starts = [one.started_on for one in contracts if one.started_on is not None]
    return min(starts, default=today)
