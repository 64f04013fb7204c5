"""Giving members an office, in consultation until all agree (S2), never by a vote."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.clock import day_of
from consult.council.actions.events import sitting
from consult.council.core.agreement import Agreement, Office, rules_on
from consult.council.core.appointing import (
    Appointment,
    Decision,
    elected_by_voters,
    leaves_short,
)
from consult.council.core.board import Mandate, Term
from consult.council.store import agreements as rule_sets
from consult.council.store import board as store
from consult.council.store import events as kept
from consult.db.types import new_id
from consult.refusal import Refusal


def appoint_office(
    session: Session,
    who: Actor,
    now: datetime,
    mandate_id: str,
    office: Office,
    start: date,
    *,
    acting: bool = False,
    decision: Decision | None = None,
) -> str:
    """Give a member an office from ``start`` on; whoever held it until then leaves it. Its id.

    The chair must be a tenant of a dwelling, an acting one too (art. 3.1c). Of the executive board
    at least two persons must be (art. 3.1d). While posts are vacant it is under construction: an
    appointment is refused as soon as the vacant posts could no longer bring it to two tenants.
    ``decision`` is how the board agreed on it; ``None`` for what voters or a founding deed gave.

    Raises:
        Refusal: ``council.unknown_mandate``, ``council.not_sitting``, ``council.office_later``,
            ``council.chair_not_tenant``, ``council.executive_short``, ``council.decision_day``,
            ``council.office_by_voters`` when the rules leave it to them and it is not acting.
    """
    known = store.mandates(session, hold=True)
    rules = rules_on(rule_sets.agreements(session), start)
    member = sitting(known, mandate_id, start)
    if decision is not None:
        _refuse_decision(rules, decision, office, start, day_of(now), acting=acting)
    _refuse_breach(known, rules, member, office, start)
    _refuse_earlier(known, office, start)
    made = new_id()
    kept.appoint(
        session, Appointment(made, member.id, Term(office, start, acting=acting), decision)
    )
    facts = {"mandate": member.id, "office": office.value, "start": start.isoformat()}
    record(session, who, now, "council.office_given", {**facts, "appointment": made})
    return made


def take_back_appointment(session: Session, who: Actor, now: datetime, appointment_id: str) -> None:
    """Correct an appointment that was entered by mistake, as if it had never been made.

    Raises:
        Refusal: ``council.unknown_appointment``.
    """
    store.mandates(session, hold=True)
    found = next((one for one in kept.appointments(session) if one.id == appointment_id), None)
    if found is None:
        raise Refusal("council.unknown_appointment")
    kept.take_back(session, appointment_id, now)
    facts = {"mandate": found.mandate_id, "appointment": appointment_id}
    record(session, who, now, "council.office_taken_back", facts)


def _refuse_decision(
    rules: Agreement, decision: Decision, office: Office, start: date, today: date, *, acting: bool
) -> None:
    if decision.decided_on > min(start, today):
        raise Refusal("council.decision_day")
    if not acting and elected_by_voters(rules, office):
        raise Refusal("council.office_by_voters", office=office.value)


def _refuse_breach(
    known: Sequence[Mandate], rules: Agreement, member: Mandate, office: Office, start: date
) -> None:
    if office is Office.CHAIR and not rules.may_chair(tenant=member.is_tenant(start)):
        raise Refusal("council.chair_not_tenant", name=member.name)
    short = leaves_short(known, rules, member, office, start)
    if short is not None:
        raise Refusal("council.executive_short", have=short.have, least=short.least)


def _refuse_earlier(known: Sequence[Mandate], office: Office, day: date) -> None:
    """No term of the office may begin on that day or after it."""
    terms = [term for one in known for term in one.terms if term.office is office]
    later = [term.start for term in terms if term.start >= day]
    if later:
        raise Refusal("council.office_later", office=office.value, start=min(later))
