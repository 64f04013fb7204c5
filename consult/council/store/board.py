"""The board in the database."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from consult.council.core.agreement import Office
from consult.council.core.board import Ending, Mandate, Term
from consult.council.tables import MandateRow, TenancyRow, TermRow


def mandates(session: Session, *, hold: bool = False) -> tuple[Mandate, ...]:
    """All mandates, past ones too, in order of their first day and name.

    ``hold`` keeps the board from being changed by anybody else until the transaction ends, so that
    two acts that are lawful apart cannot break a rule together.
    """
    if hold and session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        session.execute(text("LOCK TABLE council_mandates IN SHARE ROW EXCLUSIVE MODE"))
    query = select(MandateRow).order_by(MandateRow.start, MandateRow.name, MandateRow.id)
    rows = session.scalars(query).all()
    tenancy: dict[str, list[tuple[date, bool]]] = {}
    for status in session.scalars(select(TenancyRow).order_by(TenancyRow.since)):
        tenancy.setdefault(status.mandate_id, []).append((status.since, status.tenant))
    terms: dict[str, list[Term]] = {}
    for row in session.scalars(select(TermRow).order_by(TermRow.start, TermRow.office)):
        terms.setdefault(row.mandate_id, []).append(Term(Office(row.office), row.start, row.end))
    return tuple(
        Mandate(
            id=row.id,
            name=row.name,
            start=row.start,
            end=row.end,
            tenancy=tuple(tenancy.get(row.id, ())),
            terms=tuple(terms.get(row.id, ())),
            election_id=row.election_id,
            ending=Ending(row.ending) if row.ending else None,
        )
        for row in rows
    )


def add(session: Session, given: Iterable[Mandate]) -> None:
    """Write new mandates, with their tenancy."""
    for one in given:
        session.execute(
            insert(MandateRow).values(
                id=one.id, name=one.name, start=one.start, end=one.end, election_id=one.election_id
            )
        )
        for since, tenant in one.tenancy:
            add_tenancy(session, one.id, since, tenant=tenant)


def add_tenancy(session: Session, mandate_id: str, since: date, *, tenant: bool) -> None:
    """From ``since`` on the member is a tenant, or is not; what was known of later days goes."""
    session.execute(
        delete(TenancyRow).where(TenancyRow.mandate_id == mandate_id, TenancyRow.since >= since)
    )
    session.execute(insert(TenancyRow).values(mandate_id=mandate_id, since=since, tenant=tenant))


def end_mandate(session: Session, mandate_id: str, end: date, ending: Ending) -> None:
    """The mandate ends before its time."""
    change = update(MandateRow).where(MandateRow.id == mandate_id)
    session.execute(change.values(end=end, ending=ending.value))


def add_term(session: Session, mandate_id: str, term: Term) -> None:
    """The member holds an office from now on."""
    session.execute(
        insert(TermRow).values(
            mandate_id=mandate_id, office=term.office.value, start=term.start, end=term.end
        )
    )


def end_term(session: Session, term: Term, end: date) -> None:
    """The office ends on a day; never before it began."""
    session.execute(
        update(TermRow)
        .where(TermRow.office == term.office.value, TermRow.start == term.start)
        .values(end=max(end, term.start))
    )
