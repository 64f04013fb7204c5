"""Seats in the database, and the board that follows from what happened to them."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from consult.council.core.board import Mandate, Term
from consult.council.core.events import settle
from consult.council.store import events
from consult.council.store.agreements import agreements
from consult.council.tables import MandateRow, MemberCustomerRow


def mandates(session: Session, *, hold: bool = False) -> tuple[Mandate, ...]:
    """All mandates after everything that happened, past ones too, by their first day and name.

    ``hold`` keeps the board from being changed by anybody else until the transaction ends, so that
    two acts that are lawful apart cannot break a rule together.
    """
    if hold and session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        session.execute(text("LOCK TABLE council_mandates IN SHARE ROW EXCLUSIVE MODE"))
    terms: dict[str, list[Term]] = {}
    for one in events.appointments(session):
        terms.setdefault(one.mandate_id, []).append(one.term)
    query = select(MandateRow).order_by(MandateRow.start, MandateRow.name, MandateRow.id)
    given = [
        Mandate(
            id=row.id,
            name=row.name,
            start=row.start,
            end=row.end,
            tenancy=((row.start, row.tenant),),
            terms=tuple(terms.get(row.id, ())),
            election_id=row.election_id,
        )
        for row in session.scalars(query)
    ]
    happened = [one.event for one in events.noted(session) if one.counts]
    return settle(given, happened, agreements(session))


def add(session: Session, given: Iterable[Mandate]) -> None:
    """Write new mandates, with what they are on the day of seating."""
    for one in given:
        session.execute(
            insert(MandateRow).values(
                id=one.id,
                name=one.name,
                start=one.start,
                end=one.end,
                election_id=one.election_id,
                tenant=one.is_tenant(one.start),
            )
        )


def customer_numbers(session: Session) -> dict[str, str]:
    """Which customer a member is, by mandate; only for comparing with the register."""
    chosen = select(MemberCustomerRow.mandate_id, MemberCustomerRow.customer_number)
    return {row[0]: row[1] for row in session.execute(chosen)}


def keep_customer(session: Session, mandate_id: str, number: str, term: int = 1) -> None:
    """The member is this customer, in that term in a row; an empty number forgets it."""
    forget_customers(session, [mandate_id])
    if number:
        session.execute(
            insert(MemberCustomerRow).values(
                mandate_id=mandate_id, customer_number=number, term=term
            )
        )


def terms_of(session: Session, number: str) -> dict[str, int]:
    """Which term in a row it is, by mandate of that customer, as far as it is not forgotten."""
    chosen = select(MemberCustomerRow.mandate_id, MemberCustomerRow.term)
    rows = session.execute(chosen.where(MemberCustomerRow.customer_number == number))
    return {row[0]: row[1] for row in rows}


def forget_customers(session: Session, mandate_ids: Iterable[str]) -> None:
    """Erase which customers these members were."""
    session.execute(
        delete(MemberCustomerRow).where(MemberCustomerRow.mandate_id.in_(list(mandate_ids)))
    )
