"""Who may get which office on a day (agreement, art. 3.1c and 3.1d)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from consult.council.core.agreement import Agreement, Elects, Office
from consult.council.core.board import Check, Mandate, Part, Status, Term, composition


@dataclass(frozen=True, slots=True)
class Reservation:
    """What somebody wanted to be written down with a decision."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """How the board gave an office: in consultation until all agreed, never by a vote (S2)."""

    decided_on: date
    reservations: tuple[Reservation, ...] = ()


@dataclass(frozen=True, slots=True)
class Appointment:
    """An office given to a member. ``decision`` is ``None`` when voters gave it."""

    id: str
    mandate_id: str
    term: Term
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """The executive board that an appointment would leave: ``have`` count, ``least`` must."""

    have: int
    least: int


def elected_by_voters(rules: Agreement, office: Office) -> bool:
    """Whether the customers give the office, so that the board fills it only for the time being."""
    by = rules.settings.chair_by if office is Office.CHAIR else rules.settings.executive_by
    return by is Elects.VOTERS


def eligible(
    mandates: Sequence[Mandate], rules: Agreement, office: Office, day: date
) -> tuple[Mandate, ...]:
    """The members to whom the rules let the board give the office on the day, by name."""
    sitting = sorted((one for one in mandates if one.sits(day)), key=lambda one: one.name)
    return tuple(
        one
        for one in sitting
        if _may_hold(one, rules, office, day)
        and office not in one.offices(day)
        and leaves_short(mandates, rules, one, office, day) is None
    )


def leaves_short(
    mandates: Sequence[Mandate], rules: Agreement, member: Mandate, office: Office, day: date
) -> Short | None:
    """The executive board that the appointment would leave with too few who count.

    Posts that stay vacant can still go to a tenant. In an executive board that is short already
    an appointment may not make it worse, and must bring in somebody who counts: so an acting
    chair need not wait until other posts are given away. A post that was given from a later day on
    was tested without this one: on that day it must not get worse either.
    """
    helps = member.is_tenant(day) and not member.offices(day)
    given = _with(mandates, member, office, day)
    later = sorted({term.start for one in mandates for term in one.terms if term.start > day})
    for moment in (day, *later):
        before, after = (composition(board, rules, moment) for board in (mandates, given))
        found = _worse(before, after, bad_enough=not helps and moment == day)
        if found is not None:
            return found
    return None


def _worse(before: Status, after: Status, *, bad_enough: bool) -> Short | None:
    """What is too short after an appointment and was less so before, or so at all."""
    for check in after.checks:
        if check.part is not Part.EXECUTIVE or _missing(after, check) == 0:
            continue
        was = next((one for one in before.checks if one.rule == check.rule), check)
        if _missing(after, check) > _missing(before, was) or bad_enough:
            return Short(check.have, check.least)
    return None


def _may_hold(member: Mandate, rules: Agreement, office: Office, day: date) -> bool:
    return office is not Office.CHAIR or rules.may_chair(tenant=member.is_tenant(day))


def _missing(status: Status, check: Check) -> int:
    filled = {office for one in status.members for office in one.offices(status.day)}
    return max(0, check.least - check.have - (len(Office) - len(filled)))


def _with(mandates: Iterable[Mandate], member: Mandate, office: Office, day: date) -> list[Mandate]:
    """The board with the office in new hands from the day on."""
    after = []
    for one in mandates:
        terms = [term for term in one.terms if term.office is not office]
        if one.id == member.id:
            terms.append(Term(office, day))
        after.append(replace(one, terms=tuple(terms)))
    return after
