"""The roll: who may take part in one consultation or election, on a reference date.

One person is one entry, whatever the number of contracts (DOMAIN, "several contracts or kinds").
Contracts of Stadswonen are never in the base (art. 1.3), so they cannot make an entry here.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from consult.register.core import vera
from consult.register.core.base import (
    AgeBand,
    Contract,
    Customer,
    Dwelling,
    Household,
    Kind,
    Tenancy,
    household,
    tenancy,
)


class Purpose(StrEnum):
    """What a roll is drawn for."""

    CONSULTATION = "consultation"
    ELECTION = "election"
    NOMINATION = "nomination"


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who is entitled. The council decides it; the default is every customer of 18 and over.

    Holders of parking or storage alone are left out (DOMAIN: "parking/business lease alone is
    not"). People of unknown age are let in: only adults sign a lease.
    """

    kinds: frozenset[Kind] = frozenset({Kind.TENANT, Kind.OWNER, Kind.ENTREPRENEUR})
    adults_only: bool = True


EVERY_CUSTOMER = Electorate()


class Trait(StrEnum):
    """What else a roll knows of a person. Counts of these are never crossed with anything."""

    DWELLING = "dwelling"
    TENANCY = "tenancy"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Entitled:
    """A person who may take part, with the strata that reports compare.

    ``dwelling`` and ``tenancy`` are those of the contract that says what somebody is.
    """

    customer_number: str
    kind: Kind
    age_band: AgeBand
    neighbourhood: str
    dwelling: Dwelling = Dwelling.UNKNOWN
    tenancy: Tenancy = Tenancy.UNKNOWN
    household: Household = Household.UNKNOWN


@dataclass(frozen=True, slots=True)
class Entry:
    """An :class:`Entitled` person on a roll; ``id`` is random and means nothing elsewhere.

    Nothing is known of the last three on a roll that was drawn before rolls had them.
    """

    id: str
    customer_number: str
    kind: Kind
    age_band: AgeBand
    neighbourhood: str
    dwelling: Dwelling = Dwelling.UNKNOWN
    tenancy: Tenancy = Tenancy.UNKNOWN
    household: Household = Household.UNKNOWN


@dataclass(frozen=True, slots=True)
class Roll:
    """One roll. ``fingerprint`` is of the people who were drawn; once the roll is frozen it and
    ``size`` are public. ``kinds``: whom the rule let in that it was drawn by."""

    id: str
    purpose: Purpose
    activity_id: str
    reference_date: date
    size: int
    frozen_at: datetime | None = None
    fingerprint: str = ""
    kinds: frozenset[Kind] = EVERY_CUSTOMER.kinds


@dataclass(frozen=True, slots=True)
class Stratum:
    """How many people of a roll share these characteristics."""

    kind: Kind
    age_band: AgeBand
    neighbourhood: str
    people: int


RANK: Final = {Kind.TENANT: 0, Kind.OWNER: 1, Kind.ENTREPRENEUR: 2, Kind.SPACE: 3}
"""Which contract says what somebody is: the lowest comes first."""


def entitled(
    customers: Iterable[Customer], rule: Electorate, reference_date: date
) -> Iterator[Entitled]:
    """The people among ``customers`` who may take part."""
    for customer in customers:
        contract = _deciding(customer, reference_date)
        band = customer.band_on(reference_date)
        if contract is None or contract.kind not in rule.kinds:
            continue
        if rule.adults_only and band is AgeBand.MINOR:
            continue
        yield Entitled(
            customer.number,
            contract.kind,
            band,
            contract.neighbourhood,
            vera.dwelling(contract.dwelling_type),
            tenancy(contract.started_on, reference_date),
            household(customer.household_size),
        )


def kind_on(customer: Customer, day: date) -> Kind | None:
    """What kind of customer somebody is on a day; ``None`` without a contract on it."""
    contract = _deciding(customer, day)
    return None if contract is None else contract.kind


def held_on(contract: Contract, day: date) -> bool:
    """Whether the contract held on ``day``; one without a start date has always held."""
    started = contract.started_on is None or contract.started_on <= day
    return started and (contract.ended_on is None or contract.ended_on > day)


def _deciding(customer: Customer, day: date) -> Contract | None:
    """The contract that says what somebody is: a dwelling lease before all else.

    Among equals one that still holds today goes before one that has ended since, for a corrected
    register leaves both; then the oldest one, then alphabetical order, so that every draw agrees.
    """
    held = [contract for contract in customer.contracts if held_on(contract, day)]
    return min(held, key=_precedence, default=None)


def _precedence(contract: Contract) -> tuple[int, bool, date, str, str, str]:
    return (
        RANK[contract.kind],
        contract.ended_on is not None,
        contract.started_on or date.max,
        contract.neighbourhood,
        contract.complex,
        contract.dwelling_type,
    )


def fingerprint(salt: bytes, entries: Iterable[Entry]) -> str:
    """SHA-256 in hex over the salt and all entries, in the order of their ids.

    With the salt and the roll an auditor computes it again; without the salt nobody can find out
    from it whether a guessed person is on the roll. Each entry is a JSON array of its fields and
    one line end. Dwelling, tenancy and household are in it as soon as one of them is known, so a
    roll that was drawn before rolls had them keeps its fingerprint, and none of them can be
    changed or wiped unseen.
    """
    running = hashlib.sha256(salt)
    for entry in sorted(entries, key=lambda entry: entry.id):
        fields = [
            entry.id,
            entry.customer_number,
            entry.kind,
            entry.age_band,
            entry.neighbourhood,
        ]
        more = [entry.dwelling, entry.tenancy, entry.household]
        if more != _NOTHING:
            fields += more
        running.update(json.dumps(fields, ensure_ascii=True).encode() + b"\n")
    return running.hexdigest()


_NOTHING: Final = [Dwelling.UNKNOWN, Tenancy.UNKNOWN, Household.UNKNOWN]
