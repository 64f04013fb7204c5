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


class Dwelling(StrEnum):
    """What somebody's home is like, in a few groups; ``vera`` tells which types are in which.

    ``NONE``: what is rented is no dwelling. ``UNKNOWN``: no type is known, or it is in no group.
    """

    HOUSE = "house"
    DUPLEX = "duplex"
    FLAT = "flat"
    SENIOR = "senior"
    ROOM = "room"
    SPECIAL = "special"
    NONE = "none"
    UNKNOWN = "unknown"


class Tenancy(StrEnum):
    """For how many whole years a contract has held; ``UNKNOWN`` when its start is not known."""

    NEW = "0-1"
    RECENT = "2-4"
    SETTLED = "5-9"
    LONG = "10-19"
    LONGEST = "20+"
    UNKNOWN = "unknown"


class Household(StrEnum):
    """How many people a household has; ``UNKNOWN`` when the register does not say."""

    ONE = "1"
    TWO = "2"
    FEW = "3-4"
    MANY = "5+"
    UNKNOWN = "unknown"


_UPPER_YEARS = (
    (1, Tenancy.NEW),
    (4, Tenancy.RECENT),
    (9, Tenancy.SETTLED),
    (19, Tenancy.LONG),
)
_UPPER_SIZES = ((1, Household.ONE), (2, Household.TWO), (4, Household.FEW))


def tenancy(started_on: date | None, on: date) -> Tenancy:
    """The band of the whole years from the first day of a contract up to ``on``."""
    if started_on is None:
        return Tenancy.UNKNOWN
    short = (on.month, on.day) < (started_on.month, started_on.day)
    years = on.year - started_on.year - short
    return next((band for upper, band in _UPPER_YEARS if years <= upper), Tenancy.LONGEST)


def household(size: int | None) -> Household:
    """The band of a number of people."""
    if size is None:
        return Household.UNKNOWN
    return next((band for upper, band in _UPPER_SIZES if size <= upper), Household.MANY)


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
