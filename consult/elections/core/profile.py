"""The profile: what the board needs, fixed and published before anybody stands (agreement, 3.2).

Competences are what applicants tell about and what a committee scores. Seats may be reserved for
groups of customers (infographic S2: age, neighbourhood, background); they are minima in order of
priority, and they always give way to the hard rules of the agreement (3.1).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

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


_Part = TypeVar("_Part", Competence, Reserved)


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

    @property
    def parts(self) -> tuple[Competence | Reserved, ...]:
        """All that can be changed by itself."""
        return self.competences + self.reserved

    def find(self, part_id: str) -> Competence | Reserved | None:
        """The competence or the reserved seats with this id."""
        return next((one for one in self.parts if one.id == part_id), None)

    def put(self, part: Competence | Reserved) -> "Needs":
        """With ``part`` in the place of the one with its id, or else last of its sort."""
        if isinstance(part, Competence):
            return replace(self, competences=_put(self.competences, part))
        return replace(self, reserved=_put(self.reserved, part))

    def drop(self, part_id: str) -> "Needs":
        """Without the part with this id."""
        return Needs(
            tuple(one for one in self.competences if one.id != part_id),
            tuple(one for one in self.reserved if one.id != part_id),
        )

    def move(self, part_id: str, steps: int) -> "Needs":
        """With that part ``steps`` later (or earlier, below 0), as far as there is room."""
        return Needs(
            _moved(self.competences, part_id, steps), _moved(self.reserved, part_id, steps)
        )


NOTHING: Final = Needs()
"""Of a board of which nothing in particular is asked."""


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


def _put(parts: tuple[_Part, ...], part: _Part) -> tuple[_Part, ...]:
    if all(one.id != part.id for one in parts):
        return parts + (part,)  # noqa: RUF005 - typed as what it is
    return tuple(part if one.id == part.id else one for one in parts)


def _moved(parts: tuple[_Part, ...], part_id: str, steps: int) -> tuple[_Part, ...]:
    order = list(parts)
    here = next((place for place, one in enumerate(order) if one.id == part_id), None)
    if here is None:
        return parts
    order.insert(min(max(here + steps, 0), len(order) - 1), order.pop(here))
    return tuple(order)


def read_group(group: str) -> tuple[Attribute, tuple[str, ...]]:
    """The attribute and the values of a group, from its name; the reverse of ``Reserved.group``.

    The age band of 75 and over ends in the sign that parts values, so ages are read by their shape.

    Raises:
        ValueError: for a name that is no group's.
    """
    if group == TENANT:
        return Attribute.KIND, (Kind.TENANT,)
    attribute, _, values = group.partition(":")
    if attribute == Attribute.AGE:
        return Attribute.AGE, tuple(re.findall(r"\d+-\d+|\d+\+", values))
    return Attribute(attribute), tuple(values.split("+"))
