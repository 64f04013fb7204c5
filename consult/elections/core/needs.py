"""What a board needs as JSON, read strictly, and what can be wrong with it.

A profile decides who gets a seat. One that was read with a guess, or that nobody could meet, would
only show after the vote; so both are refused beforehand.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import product
from typing import NamedTuple, TypeVar

from consult.council.core.rules import IfShort, Person, RuleSet
from consult.elections.core.feasibility import pool
from consult.elections.core.profile import (
    Attribute,
    Competence,
    Needs,
    Reserved,
    Traits,
    groups_of,
    rules_of,
)
from consult.elections.core.target import target
from consult.elections.core.words import likeness
from consult.refusal import Refusal
from consult.register.core.base import AgeBand, Kind

MOST_COMPETENCES = 20
MOST_RESERVED = 6
"""Groups that cross: more of them, and nobody can explain a result any more (counting §2.4)."""

LONGEST_NAME = 60
LONGEST_ABOUT = 300

BANDS = tuple(band for band in AgeBand if band not in (AgeBand.MINOR, AgeBand.UNKNOWN))
"""Ages for which seats can be reserved: minors cannot stand, and an unknown age is no group."""

KINDS = (Kind.TENANT, Kind.OWNER, Kind.ENTREPRENEUR)

_One = TypeVar("_One")


class Wrong(StrEnum):
    """What can be wrong with a part of a profile."""

    TOO_MANY = "too_many"
    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    NAME_TWICE = "name_twice"
    ABOUT_LONG = "about_long"
    VALUES_MISSING = "values_missing"
    VALUE_TWICE = "value_twice"
    VALUE_UNKNOWN = "value_unknown"
    GROUP_TWICE = "group_twice"
    SEATS = "seats"
    IMPOSSIBLE = "impossible"


class Problem(NamedTuple):
    """Something wrong with the competence or the reserved seats of that id."""

    part: str
    wrong: Wrong
    value: str = ""


def as_json(needs: Needs) -> dict[str, object]:
    """The needs as they are kept and sealed."""
    return {
        "competences": [asdict(one) for one in needs.competences],
        "reserved": [{**asdict(one), "values": list(one.values)} for one in needs.reserved],
    }


def read(data: object) -> Needs:
    """The needs that were kept; an empty object is a board that needs nothing in particular.

    Raises:
        Refusal: ``elections.needs_unreadable``; ``field`` names the place.
    """
    if data == {}:
        return Needs()
    fields = _fields(data, "needs", ("competences", "reserved"))
    needs = Needs(
        tuple(_list(fields["competences"], "competences", _competence)),
        tuple(_list(fields["reserved"], "reserved", _reserved)),
    )
    if len({one.id for one in needs.parts}) < len(needs.parts):
        raise _unreadable("id")
    return needs


def needs_problems(
    needs: Needs, board: RuleSet, max_board: int, neighbourhoods: Collection[str]
) -> tuple[Problem, ...]:
    """What is wrong with the needs of a board under the hard rules ``board``.

    ``neighbourhoods``: those that the register knows.
    """
    found = [
        *_about_competences(needs.competences),
        *_about_reserved(needs.reserved, max_board, neighbourhoods),
    ]
    if not found:
        found.extend(_impossible(needs, board, max_board))
    return tuple(found)


def _about_competences(competences: Sequence[Competence]) -> Iterator[Problem]:
    names = [one.name.strip().casefold() for one in competences]
    for place, one in enumerate(competences):
        checks = (
            (Wrong.TOO_MANY, place >= MOST_COMPETENCES),
            (Wrong.NAME_MISSING, not one.name.strip()),
            (Wrong.NAME_LONG, len(one.name) > LONGEST_NAME),
            (Wrong.ABOUT_LONG, len(one.about) > LONGEST_ABOUT),
            (Wrong.NAME_TWICE, names[place] in names[:place]),
        )
        yield from (Problem(one.id, wrong) for wrong, stands in checks if stands)


def _about_reserved(
    reserved: Sequence[Reserved], max_board: int, neighbourhoods: Collection[str]
) -> Iterator[Problem]:
    groups = [likeness(one.group) for one in reserved]  # for who reads it they would be one
    for place, one in enumerate(reserved):
        checks = (
            (Wrong.TOO_MANY, place >= MOST_RESERVED),
            (Wrong.VALUES_MISSING, not one.values),
            (Wrong.VALUE_TWICE, len({*map(likeness, one.values)}) < len(one.values)),
            (Wrong.GROUP_TWICE, groups[place] in groups[:place]),
            (Wrong.SEATS, not 1 <= one.seats <= max_board),
        )
        yield from (Problem(one.id, wrong) for wrong, stands in checks if stands)
        for value in one.values:
            if not _known(one.attribute, value, neighbourhoods):
                yield Problem(one.id, Wrong.VALUE_UNKNOWN, value)


def _known(attribute: Attribute, value: str, neighbourhoods: Collection[str]) -> bool:
    """Whether the value can be reserved for. A background is what people call it themselves.

    A plus sign joins the values in the name of a group, so a background has none.
    """
    if attribute is Attribute.BACKGROUND:
        plain = value.isprintable() and value == value.strip() and "+" not in value
        return plain and 0 < len(value) <= LONGEST_NAME
    known: Mapping[Attribute, Collection[str]] = {
        Attribute.AGE: BANDS,
        Attribute.KIND: KINDS,
        Attribute.NEIGHBOURHOOD: neighbourhoods,
    }
    return bool(value) and value in known[attribute]


def _impossible(needs: Needs, board: RuleSet, max_board: int) -> Iterator[Problem]:
    """Reserved seats that no board could hold, if there were plenty of every sort of people."""
    plenty = [
        Person(f"{number}-{seat}", groups)
        for number, groups in enumerate(_every_sort(needs))
        for seat in range(max_board)
    ]
    rules = rules_of(board, needs)
    aim = target(pool((), plenty, rules.rules), rules, max_board)
    reached = aim.minima if aim else {}
    for one in needs.reserved:
        if reached.get(one.id, 0) < one.seats:
            yield Problem(one.id, Wrong.IMPOSSIBLE)


def _every_sort(needs: Needs) -> list[frozenset[str]]:
    """Every combination of groups that a person can be in; a background can be anybody's."""
    places = {
        value
        for one in needs.reserved
        if one.attribute is Attribute.NEIGHBOURHOOD
        for value in one.values
    }
    backgrounds = frozenset(needs.backgrounds)
    sorts = {
        groups_of(Traits(kind, band, place, backgrounds), needs)
        for kind, band, place in product(KINDS, BANDS, [*places, ""])
    }
    return sorted(sorts, key=sorted)


def _competence(data: object, where: str) -> Competence:
    fields = _fields(data, where, ("id", "name", "about"))
    return Competence(*(_text(fields[name], f"{where}.{name}") for name in ("id", "name", "about")))


def _reserved(data: object, where: str) -> Reserved:
    fields = _fields(data, where, ("id", "attribute", "values", "seats", "if_short"))
    seats = fields["seats"]
    if isinstance(seats, bool) or not isinstance(seats, int):
        raise _unreadable(f"{where}.seats")
    return Reserved(
        _text(fields["id"], f"{where}.id"),
        _choice(Attribute, fields["attribute"], f"{where}.attribute"),
        tuple(_list(fields["values"], f"{where}.values", _text)),
        seats,
        _choice(IfShort, fields["if_short"], f"{where}.if_short"),
    )


def _fields(data: object, where: str, names: Collection[str]) -> Mapping[str, object]:
    if not isinstance(data, dict) or set(data) != set(names):
        raise _unreadable(where)
    return data


def _list(data: object, where: str, read_one: Callable[[object, str], _One]) -> Iterator[_One]:
    if not isinstance(data, list | tuple):
        raise _unreadable(where)
    for place, item in enumerate(data):
        yield read_one(item, f"{where}[{place}]")


def _text(data: object, where: str) -> str:
    if not isinstance(data, str):
        raise _unreadable(where)
    return data


def _choice(choices: Callable[[str], _One], data: object, where: str) -> _One:
    try:
        return choices(_text(data, where))
    except ValueError as error:
        raise _unreadable(where) from error


def _unreadable(where: str) -> Refusal:
    return Refusal("elections.needs_unreadable", field=where)
