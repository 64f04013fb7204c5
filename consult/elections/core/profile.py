"""The profile: what the board needs, fixed and published before anybody stands (agreement, 3.2).

Competences are what applicants tell about and what a committee scores. Seats may be reserved for
groups of customers (infographic S2: age, neighbourhood, background); they are minima in order of
priority, and they always give way to the hard rules of the agreement (3.1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.council.core.rules import TENANT, IfShort, Min, Rule, RuleSet
from consult.register.core.base import AgeBand, Kind


class Attribute(StrEnum):
    """By what customers are told apart. ``BACKGROUND`` is only ever what people say themselves."""

    AGE = "age"
    NEIGHBOURHOOD = "neighbourhood"
    KIND = "kind"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Competence:
    """Something that the members together must know or be able to do."""

    id: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reserved:
    """At least ``seats`` seats for customers whose ``attribute`` is one of ``values``."""

    id: str
    attribute: Attribute
    values: tuple[str, ...]
    seats: int
    if_short: IfShort = IfShort.RELEASE

    @property
    def group(self) -> str:
        """The name of the group, as rules and candidates carry it."""
        if self.attribute is Attribute.KIND and self.values == (Kind.TENANT,):
            return TENANT
        return f"{self.attribute}:{'+'.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Needs:
    """What the board needs, besides the words of the plan. ``reserved`` stand by priority."""

    competences: tuple[Competence, ...] = ()
    reserved: tuple[Reserved, ...] = ()

    @property
    def backgrounds(self) -> tuple[str, ...]:
        """The backgrounds that an applicant may say to have, since a seat is reserved for it."""
        found = (
            value
            for one in self.reserved
            if one.attribute is Attribute.BACKGROUND
            for value in one.values
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Traits:
    """What the register says of somebody, and the backgrounds that she herself says to have."""

    kind: Kind
    age_band: AgeBand
    neighbourhood: str
    backgrounds: frozenset[str] = frozenset()


def rules_of(board: RuleSet, needs: Needs) -> RuleSet:
    """The rules of a count: those of the agreement, then the reserved seats by priority."""
    minima: Iterable[Rule] = (
        Min(one.id, one.group, one.seats, one.if_short) for one in needs.reserved
    )
    return RuleSet((*board.rules, *minima))


def groups_of(traits: Traits, needs: Needs) -> frozenset[str]:
    """The groups of somebody that rules speak of, and no others."""
    mine: Mapping[Attribute, frozenset[str]] = {
        Attribute.AGE: frozenset({traits.age_band}),
        Attribute.NEIGHBOURHOOD: frozenset({traits.neighbourhood}),
        Attribute.KIND: frozenset({traits.kind}),
        Attribute.BACKGROUND: traits.backgrounds,
    }
    tenant = {TENANT} if traits.kind is Kind.TENANT else set()
    reserved = {one.group for one in needs.reserved if mine[one.attribute] & set(one.values)}
    return frozenset(tenant | reserved)
