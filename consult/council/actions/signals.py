"""The register and the board compared: it proposes, people confirm or reject."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.clock import day_of
from consult.council.actions.events import new_event, note_event, sitting
from consult.council.core.board import Status, served
from consult.council.core.events import Happening
from consult.council.core.signals import Signal, State, fits, lapsed, news, proposal
from consult.council.store import board, signals
from consult.refusal import Refusal
from consult.register.store import base, imports


def due(session: Session) -> bool:
    """Whether the register changed since the board was compared with it."""
    return signals.looked(session) != imports.serial(session)


def compare(session: Session, who: Actor, now: datetime) -> int:
    """Compare every member whose customer number is known with the register; how many new signals.

    Of members whose seat is over the number is forgotten.
    """
    today = day_of(now)
    members = board.mandates(session, hold=True)
    board.forget_customers(session, [one.id for one in members if one.end <= today])
    numbers = board.customer_numbers(session)
    customers = {one.number: one for one in base.customers(session, set(numbers.values()))}
    asked = [(one, customers.get(numbers[one.id])) for one in members if one.id in numbers]
    found = [one for pair in asked if (one := proposal(*pair, today)) is not None]
    known = signals.signals(session)
    for old in lapsed(found, known):
        signals.settle(session, old.id, State.LAPSED)
    new = [signals.add(session, one, now) for one in news(found, known)]
    signals.keep_looked(session, imports.serial(session))
    if new:
        record(session, who, now, "council.signals_found", {"signals": tuple(new)})
    return len(new)


def confirm(
    session: Session, who: Actor, now: datetime, signal_id: str, happened: Happening, day: date
) -> Status:
    """Note what really happened, as people know it; the board of that day.

    Raises:
        Refusal: ``council.unknown_signal``, ``council.signal_over``, ``council.signal_other`` when
            the event does not fit the signal, or those of :func:`note_event`.
    """
    found = _open(session, signal_id)
    if not fits(found.proposal.happened, happened):
        raise Refusal("council.signal_other")
    event = new_event(found.proposal.mandate_id, happened, day)
    status = note_event(session, who, now, event.mandate_id, event)
    signals.settle(session, signal_id, State.CONFIRMED, event_id=event.id)
    record(session, who, now, "council.signal_confirmed", {"signal": signal_id, "event": event.id})
    return status


def reject(session: Session, who: Actor, now: datetime, signal_id: str, reason: str) -> None:
    """Decide that the register is mistaken; ``reason`` stays with the signal.

    Raises:
        Refusal: ``council.unknown_signal``, ``council.signal_over``.
    """
    _open(session, signal_id)
    signals.settle(session, signal_id, State.REJECTED, reason=reason)
    record(session, who, now, "council.signal_rejected", {"signal": signal_id})


def note_customer(
    session: Session, who: Actor, now: datetime, mandate_id: str, number: str
) -> None:
    """Note which customer of the register a member is; an empty number forgets it.

    Who was elected is known by the election. Another number, or none, would let one person decide
    who stood too often in a row and who may stand.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``,
            ``council.unknown_customer`` when the register never knew that number,
            ``council.customer_elected`` when the election says who the member is.
    """
    known = board.mandates(session, hold=True)
    member = sitting(known, mandate_id, day_of(now))
    if number and not list(base.customers(session, {number})):
        raise Refusal("council.unknown_customer", number=number)
    held = board.customer_numbers(session).get(mandate_id)
    if number == held:
        return
    if held is not None and member.election_id is not None:
        raise Refusal("council.customer_elected", name=member.name)
    before = served(known, board.terms_of(session, number), member.start)
    board.keep_customer(session, mandate_id, number, before + 1)
    signals.keep_looked(session, 0)
    record(session, who, now, "council.customer_noted", {"mandate": mandate_id})


def _open(session: Session, signal_id: str) -> Signal:
    found = signals.signal(session, signal_id)
    if found is None:
        raise Refusal("council.unknown_signal")
    if found.state is not State.OPEN:
        raise Refusal("council.signal_over")
    return found
