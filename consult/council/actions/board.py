"""The board as it stands and as it will, and giving people a seat on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.clock import day_of
from consult.council.core.agreement import Agreement, Office, rules_on
from consult.council.core.alarm import Alarm, alarms, unlawful_since
from consult.council.core.appointing import Decision
from consult.council.core.board import (
    Mandate,
    Part,
    Status,
    ahead,
    changes,
    composition,
    persons,
    served,
)
from consult.council.core.rules import Person
from consult.council.store import agreements as rule_sets
from consult.council.store import board as store
from consult.council.store import events, signals
from consult.council.store.signals import Note
from consult.db.types import new_id
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class NewMandate:
    """A seat to give: the published name, and whether the person is a tenant of a dwelling.

    ``end`` is the first day without the seat. ``customer_number`` is for comparing with the
    register and is never shown.
    """

    name: str
    tenant: bool
    start: date
    end: date
    election_id: str | None = None
    customer_number: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The board of a day and what is coming. ``since``: the first of the unlawful days until now.

    ``note`` is what the council says that it does about it; ``decisions`` by appointment.
    """

    mandates: tuple[Mandate, ...]
    agreements: tuple[Agreement, ...]
    status: Status
    coming: tuple[Status, ...]
    alarms: tuple[Alarm, ...]
    since: date | None
    note: Note | None
    decisions: Mapping[str, Decision]

    @property
    def rules(self) -> Agreement:
        """The rules of the day."""
        return rules_on(self.agreements, self.status.day)


def overview(session: Session, day: date) -> Overview:
    """The board of the day, the days on which it is known to change, and the alarms."""
    mandates, agreements = store.mandates(session), rule_sets.agreements(session)
    status = composition(mandates, rules_on(agreements, day), day)
    return Overview(
        mandates,
        agreements,
        status,
        ahead(mandates, agreements, day),
        alarms(mandates, agreements, day),
        None if status.lawful else unlawful_since(mandates, agreements, day),
        signals.note(session),
        {one.id: one.decision for one in events.appointments(session) if one.decision},
    )


def status(session: Session, now: datetime) -> Status:
    """The board of today."""
    return status_on(session, day_of(now))


def status_on(session: Session, day: date) -> Status:
    """The board on a day, with the rules of that day."""
    return composition(store.mandates(session), rules_on(rule_sets.agreements(session), day), day)


def sitting_on(session: Session, day: date) -> list[Person]:
    """Who sits on the day, as the rules see them."""
    return persons((one for one in store.mandates(session) if one.sits(day)), day)


def officers_on(session: Session, day: date) -> dict[Office, str]:
    """Who holds which post on the day: ids of mandates, in the order of the posts.

    Whoever only acts keeps the post for somebody else, and does not count.
    """
    members = [one for one in store.mandates(session) if one.sits(day)]
    held = {
        term.office: one.id
        for one in members
        for term in one.terms
        if term.holds(day) and not term.acting
    }
    return {post: held[post] for post in Office if post in held}


def seat(
    session: Session, who: Actor, now: datetime, elected: Sequence[NewMandate]
) -> tuple[str, ...]:
    """Give people a seat, all together; the ids of their mandates.

    Raises:
        Refusal: ``council.period_empty``; ``council.board_unlawful`` when on the day of seating
            the whole board would break a rule. The facts name the rule and its numbers.
            Chair and executive board are appointed later and play no part.
    """
    given = refuse_seats(session, elected, hold=True)
    store.add(session, given)
    known = store.mandates(session)
    for made, one in zip(given, elected, strict=True):
        before = served(known, store.terms_of(session, one.customer_number), one.start)
        store.keep_customer(session, made.id, one.customer_number, before + 1)
    signals.keep_looked(session, 0)
    ids = tuple(one.id for one in given)
    tenants = sum(one.tenant for one in elected)
    record(session, who, now, "council.seated", {"mandates": ids, "tenants": tenants})
    return ids


def refuse_later_breach(session: Session, newcomers: Sequence[NewMandate]) -> None:
    """Refuse people whose seats would make a board unlawful that is known to come later.

    A seat that begins later was tested without them (art. 3.1b: always). Days on which the board
    breaks a rule without them too play no part: after a term the next board is not known yet.

    Raises:
        Refusal: ``council.board_unlawful_later``.
    """
    known, agreements = store.mandates(session), rule_sets.agreements(session)
    given = [_mandate(one) for one in newcomers]
    first, last = min(one.start for one in given), max(one.end for one in given)
    for day in changes(known, agreements):
        if not first < day < last:
            continue
        rules = rules_on(agreements, day)
        if any(check.part is Part.BOARD for check in composition(known, rules, day).broken):
            continue
        found = composition([*known, *given], rules, day)
        _refuse_unlawful(found, "council.board_unlawful_later")


def refuse_seats(
    session: Session, elected: Sequence[NewMandate], *, hold: bool = False
) -> tuple[Mandate, ...]:
    """The mandates that :func:`seat` would give, or why it would not."""
    for one in elected:
        if one.end <= one.start:
            raise Refusal("council.period_empty", start=one.start, end=one.end)
    known = store.mandates(session, hold=hold)
    given = tuple(_mandate(one) for one in elected)
    agreements = rule_sets.agreements(session)
    for day in sorted({one.start for one in given}):
        _refuse_unlawful(composition([*known, *given], rules_on(agreements, day), day))
    return given


def _mandate(one: NewMandate) -> Mandate:
    tenancy = ((one.start, one.tenant),)
    return Mandate(new_id(), one.name, one.start, one.end, tenancy, (), one.election_id)


def _refuse_unlawful(found: Status, code: str = "council.board_unlawful") -> None:
    for check in found.broken:
        if check.part is not Part.BOARD:
            continue
        raise Refusal(
            code,
            rule=check.rule,
            article=check.article,
            day=found.day,
            have=check.have,
            least=check.least,
            most=check.most,
        )
