"""Where the tenant base is kept: customers and contracts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Executable, Select, bindparam, case, func, insert, select, update
from sqlalchemy.orm import Session

from consult.db.types import new_id
from consult.register.core.base import AgeBand, Contract, Customer, Kind
from consult.register.core.plan import ImportPlan
from consult.register.core.roll import RANK
from consult.register.store.chunks import CHUNK, write
from consult.register.store.seal import Seal
from consult.register.tables import ContractRow, CustomerRow

_CUSTOMER = (
    CustomerRow.number,
    CustomerRow.birth_year,
    CustomerRow.age_band,
    CustomerRow.household_size,
    CustomerRow.email,
    CustomerRow.language,
)
_CONTRACT = (
    ContractRow.id,
    ContractRow.kind,
    ContractRow.dwelling_type,
    ContractRow.complex,
    ContractRow.neighbourhood,
    ContractRow.started_on,
    ContractRow.ended_on,
)


@dataclass(frozen=True, slots=True)
class Held:
    """The base as it stands: known customers, and the ids of the contracts that hold now."""

    customers: Mapping[str, Customer]
    contract_ids: Mapping[tuple[str, Contract], str]


def current(session: Session, seal: Seal) -> Held:
    """Every known customer with the contracts that hold now; those who left have none."""
    customers: dict[str, Customer] = {}
    ids: dict[tuple[str, Contract], str] = {}
    for known, contracts in _grouped(session, _with_contracts(ContractRow.ended_on.is_(None))):
        number, year, band, household, email, language = known
        held = {_contract(*row[1:]): row[0] for row in contracts}
        ids.update(((number, contract), one) for contract, one in held.items())
        customers[number] = Customer(
            number,
            year,
            AgeBand(band) if band else None,
            household,
            seal.open(email).decode() if email else "",
            language,
            frozenset(held),
        )
    return Held(customers, ids)


def customer(session: Session, number: str) -> Customer | None:
    """One customer with all contracts, past ones too; the e-mail address stays sealed."""
    return next(customers(session, [number]), None)


def history(session: Session) -> Iterator[Customer]:
    """Every customer with all contracts, past ones too; e-mail addresses stay sealed."""
    yield from _people(session, _with_contracts())


def customers(session: Session, numbers: Collection[str]) -> Iterator[Customer]:
    """These customers, as far as the register ever knew them, as in :func:`history`."""
    yield from _people(session, _with_contracts().where(CustomerRow.number.in_(numbers)))


def _people(session: Session, chosen: Executable) -> Iterator[Customer]:
    for known, contracts in _grouped(session, chosen):
        number, year, band, household, _, language = known
        yield Customer(
            number,
            year,
            AgeBand(band) if band else None,
            household,
            language=language,
            contracts=frozenset(_contract(*row[1:]) for row in contracts),
        )


def totals(session: Session) -> list[tuple[Kind, int]]:
    """How many customers there are of each kind now; one person counts once, as on a roll."""
    rank = func.min(case(RANK, value=ContractRow.kind)).label("rank")
    people = (
        select(rank)
        .where(ContractRow.ended_on.is_(None))
        .group_by(ContractRow.customer_number)
        .subquery()
    )
    counted = select(people.c.rank, func.count()).group_by(people.c.rank)
    found = {row[0]: row[1] for row in session.execute(counted)}
    return [(kind, found.get(first, 0)) for kind, first in RANK.items()]


def apply(session: Session, plan: ImportPlan, held: Held, seal: Seal, today: date) -> None:
    """Carry out a plan in the session's transaction.

    A customer who left keeps the number and the strata, which past rolls refer to, but no e-mail.
    """
    known = [one for one in plan.new if one.number in held.customers]
    known += [change.after for change in plan.changed]
    unknown = (one for one in plan.new if one.number not in held.customers)
    by_number = update(CustomerRow).where(CustomerRow.number == bindparam("known"))
    by_id = update(ContractRow).where(ContractRow.id == bindparam("known"))
    write(session, insert(CustomerRow), (_columns(one, seal) for one in unknown))
    write(session, by_number, ({"known": one.number, **_columns(one, seal)} for one in known))
    write(session, by_number.values(email=None), ({"known": one.number} for one in plan.ended))
    write(session, insert(ContractRow), _added(plan))
    gone = ({"known": held.contract_ids[key]} for key in _dropped(plan))
    write(session, by_id.values(ended_on=today), gone)


def _with_contracts(*conditions: Any) -> Select[*tuple[Any, ...]]:
    joined = ContractRow.customer_number == CustomerRow.number
    for condition in conditions:
        joined = joined & condition
    chosen = select(*_CUSTOMER, *_CONTRACT).outerjoin(ContractRow, joined)
    return chosen.order_by(CustomerRow.number).execution_options(yield_per=CHUNK)


def _grouped(
    session: Session, chosen: Executable
) -> Iterator[tuple[tuple[Any, ...], Iterator[tuple[Any, ...]]]]:
    width = len(_CUSTOMER)
    rows = map(tuple, session.execute(chosen))
    for known, contracts in groupby(rows, key=lambda row: row[:width]):
        yield known, (row[width:] for row in contracts if row[width] is not None)


def _contract(
    kind: str,
    dwelling_type: str,
    complex_: str,
    neighbourhood: str,
    started_on: date | None,
    ended_on: date | None,
) -> Contract:
    return Contract(Kind(kind), dwelling_type, complex_, neighbourhood, started_on, ended_on)


def _columns(customer: Customer, seal: Seal) -> dict[str, Any]:
    return {
        "number": customer.number,
        "birth_year": customer.birth_year,
        "age_band": customer.band,
        "household_size": customer.household_size,
        "email": seal.close(customer.email.encode()) if customer.email else None,
        "language": customer.language,
    }


def _added(plan: ImportPlan) -> Iterator[dict[str, Any]]:
    for customer in plan.new:
        yield from _contract_rows(customer.number, customer.contracts)
    for change in plan.changed:
        yield from _contract_rows(
            change.after.number, change.after.contracts - change.before.contracts
        )


def _dropped(plan: ImportPlan) -> Iterator[tuple[str, Contract]]:
    for customer in plan.ended:
        yield from ((customer.number, contract) for contract in customer.contracts)
    for change in plan.changed:
        gone = change.before.contracts - change.after.contracts
        yield from ((change.before.number, contract) for contract in gone)


def _contract_rows(number: str, contracts: Iterable[Contract]) -> Iterator[dict[str, Any]]:
    for contract in contracts:
        yield {
            "id": new_id(),
            "customer_number": number,
            "kind": contract.kind,
            "dwelling_type": contract.dwelling_type,
            "complex": contract.complex,
            "neighbourhood": contract.neighbourhood,
            "started_on": contract.started_on,
            "ended_on": contract.ended_on,
        }
