"""What happens to the board: people are seated, hold offices, change status and leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.clock import day_of
from consult.council.core.agreement import Office, rules_on
from consult.council.core.board import (
    Ending,
    Mandate,
    Part,
    Status,
    Term,
    composition,
    persons,
)
from consult.council.core.rules import Person
from consult.council.store import agreements as rule_sets
from consult.council.store import board as store
from consult.db.types import new_id
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class NewMandate:
    """A seat to give: the published name, and whether the person is a tenant of a dwelling.

    ``end`` is the first day without the seat.
    """

    name: str
    tenant: bool
    start: date
    end: date
    election_id: str | None = None


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
    """Who holds which post on the day: ids of mandates, in the order of the posts."""
    members = [one for one in store.mandates(session) if one.sits(day)]
    return {post: one.id for post in Office for one in members if post in one.offices(day)}


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
    ids = tuple(one.id for one in given)
    tenants = sum(one.tenant for one in elected)
    record(session, who, now, "council.seated", {"mandates": ids, "tenants": tenants})
    return ids


def refuse_seats(
    session: Session, elected: Sequence[NewMandate], *, hold: bool = False
) -> tuple[Mandate, ...]:
    """The mandates that :func:`seat` would give, or why it would not."""
    for one in elected:
        if one.end <= one.start:
            raise Refusal("council.period_empty", start=one.start, end=one.end)
    known = store.mandates(session, hold=hold)
    given = tuple(
        Mandate(
            new_id(), one.name, one.start, one.end, ((one.start, one.tenant),), (), one.election_id
        )
        for one in elected
    )
    agreements = rule_sets.agreements(session)
    for day in sorted({one.start for one in given}):
        _refuse_unlawful(composition([*known, *given], rules_on(agreements, day), day))
    return given


def appoint_office(
    session: Session, who: Actor, now: datetime, mandate_id: str, office: Office, start: date
) -> None:
    """Give a member an office from ``start`` on; whoever held it until then leaves it.

    The chair must be a tenant of a dwelling (art. 3.1c). Of the executive board at least two
    persons must be (art. 3.1d). While posts are vacant it is under construction: an appointment is
    refused as soon as the vacant posts could no longer bring it to two tenants.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``, ``council.office_later``,
            ``council.chair_not_tenant``, ``council.executive_short``.
    """
    known = store.mandates(session, hold=True)
    rules = rules_on(rule_sets.agreements(session), start)
    member = _sitting(known, mandate_id, start)
    term = Term(office, start)
    if office is Office.CHAIR and not rules.may_chair(tenant=False):
        term = Term(office, start, member.no_tenant_from(start))
        if not member.is_tenant(start):
            raise Refusal("council.chair_not_tenant", name=member.name)
    left = _current(known, office, start)
    after = [_with_term(_without_term(one, left, start), member, term) for one in known]
    _refuse_short_executive(composition(after, rules, start))
    if left is not None:
        store.end_term(session, left, start)
    store.add_term(session, member.id, term)
    record(
        session,
        who,
        now,
        "council.office_given",
        {"mandate": member.id, "office": office.value, "start": start.isoformat()},
    )


def change_status(
    session: Session, who: Actor, now: datetime, mandate_id: str, *, tenant: bool, since: date
) -> Status:
    """Note that a member is, or is no longer, a tenant of a dwelling; the board of that day.

    This is a fact, so it is never refused for what follows from it: the status says what it breaks.
    The chair cannot stay in the chair (art. 3.1c: at all times), so that office ends that day.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``, ``council.status_same``.
    """
    member = _sitting(store.mandates(session, hold=True), mandate_id, since)
    if member.is_tenant(since) == tenant:
        raise Refusal("council.status_same", name=member.name)
    store.add_tenancy(session, member.id, since, tenant=tenant)
    record(
        session,
        who,
        now,
        "council.status_changed",
        {"mandate": member.id, "tenant": int(tenant), "since": since.isoformat()},
    )
    rules = rules_on(rule_sets.agreements(session), since)
    if not rules.may_chair(tenant=tenant):
        for term in member.terms:
            if term.office is Office.CHAIR and (term.end is None or term.end > since):
                store.end_term(session, term, since)
                record(session, who, now, "council.chair_left", {"mandate": member.id})
    return status_on(session, since)


def end_mandate(
    session: Session, who: Actor, now: datetime, mandate_id: str, end: date, ending: Ending
) -> Status:
    """Note that a member leaves before the time; the board of the first day without the member.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``.
    """
    member = _sitting(store.mandates(session, hold=True), mandate_id, end)
    if end == member.start:
        raise Refusal("council.not_sitting", name=member.name)
    store.end_mandate(session, member.id, end, ending)
    for term in member.terms:
        if term.end is None or term.end > end:
            store.end_term(session, term, end)
    record(
        session,
        who,
        now,
        "council.mandate_ended",
        {"mandate": member.id, "end": end.isoformat()},
    )
    return status_on(session, end)


def _sitting(known: Sequence[Mandate], mandate_id: str, day: date) -> Mandate:
    member = next((one for one in known if one.id == mandate_id), None)
    if member is None:
        raise Refusal("council.unknown_mandate")
    if not member.sits(day):
        raise Refusal("council.not_sitting", name=member.name)
    return member


def _current(known: Sequence[Mandate], office: Office, day: date) -> Term | None:
    """The term of the office that runs on the day; none may begin on that day or after it."""
    terms = [term for one in known for term in one.terms if term.office is office]
    later = [term.start for term in terms if term.start >= day]
    if later:
        raise Refusal("council.office_later", office=office.value, start=min(later))
    return next((term for term in terms if term.holds(day)), None)


def _without_term(mandate: Mandate, left: Term | None, day: date) -> Mandate:
    terms = tuple(replace(one, end=day) if one == left else one for one in mandate.terms)
    return replace(mandate, terms=terms)


def _with_term(mandate: Mandate, member: Mandate, term: Term) -> Mandate:
    return replace(mandate, terms=(*mandate.terms, term)) if mandate.id == member.id else mandate


def _refuse_unlawful(found: Status) -> None:
    for check in found.broken:
        if check.part is not Part.BOARD:
            continue
        raise Refusal(
            "council.board_unlawful",
            rule=check.rule,
            article=check.article,
            day=found.day,
            have=check.have,
            least=check.least,
            most=check.most,
        )


def _refuse_short_executive(found: Status) -> None:
    for check in found.broken:
        if check.part is Part.EXECUTIVE:
            raise Refusal(
                "council.executive_short", have=check.have, least=check.least, most=check.most
            )
