"""The tenant base: customers and their contracts, as the landlord's register knows them.

A customer is a number, never a name. What is kept of a person is what deciding who may take part
and comparing groups needs, and nothing else (DOMAIN art. 1.3 and 3.1; security L3).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a contract makes of a person.

    ``SPACE`` is a lease of parking or storage alone: its holder rents no dwelling.
    """

    TENANT = "tenant"
    OWNER = "owner"
    ENTREPRENEUR = "entrepreneur"
    SPACE = "space"


class AgeBand(StrEnum):
    """Age groups of the whole platform; ``UNKNOWN`` when the register does not say."""

    MINOR = "0-17"
    YOUNG = "18-34"
    EARLY_MIDDLE = "35-49"
    LATE_MIDDLE = "50-64"
    OLDER = "65-74"
    OLDEST = "75+"
    UNKNOWN = "unknown"


_UPPER_AGES = (
    (17, AgeBand.MINOR),
    (34, AgeBand.YOUNG),
    (49, AgeBand.EARLY_MIDDLE),
    (64, AgeBand.LATE_MIDDLE),
    (74, AgeBand.OLDER),
)


def age_band(birth_year: int, on: date) -> AgeBand:
    """The band of the age that somebody reaches in the year of ``on``.

    Only the year of birth is known, so a person counts as one year older from 1 January.
    """
    age = on.year - birth_year
    return next((band for upper, band in _UPPER_AGES if age <= upper), AgeBand.OLDEST)


@dataclass(frozen=True, slots=True, order=True)
class Contract:
    """One contract of a customer; ``None`` and the empty text mean that the register is silent.

    ``ended_on`` is the first day on which the contract no longer held.
    """

    kind: Kind
    dwelling_type: str = ""
    complex: str = ""
    neighbourhood: str = ""
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer with all contracts. Either ``birth_year`` or ``band`` is known, or neither."""

    number: str
    birth_year: int | None = None
    band: AgeBand | None = None
    household_size: int | None = None
    email: str = ""
    language: str = ""
    contracts: frozenset[Contract] = frozenset()

    def band_on(self, on: date) -> AgeBand:
        """The age band on a day; a band that the register gave does not move with time."""
        if self.birth_year is not None:
            return age_band(self.birth_year, on)
        return self.band or AgeBand.UNKNOWN
