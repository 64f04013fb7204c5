"""The powers matrix (*kruisjeslijst*): on which topics the council has a say, and which.

A list is data with a first day (agreement, annex 1 and art. 2.2: it is sharpened over time), as a
file of schema ``consult-powers/1``. The code of a topic stays the same in newer lists. Words that
the source masks are written ``[…]``: nobody guesses them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from consult import reading
from consult.refusal import Refusal

SCHEMA: Final = "consult-powers/1"
LONGEST_TEXT: Final = 200


class Power(StrEnum):
    """What the council may do about a topic, by its mark in the list.

    ``INFORMATION_MORE`` ("Inf +") is a mark that the list's own legend does not explain.
    """

    ADVICE = "G"
    CONSENT = "Ins"
    INFORMATION = "Inf"
    INFORMATION_MORE = "Inf+"
    NOMINATION = "Voor"
    INQUIRY = "Enq"


@dataclass(frozen=True, slots=True)
class Topic:
    """One row. ``words`` are those of the list; ``source`` says where they stand."""

    code: str
    words: str
    power: Power
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that the list has together under a heading."""

    code: str
    name: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One list, and the first day on which it holds."""

    source: str
    start: date
    groups: tuple[Group, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All rows, in the order of the list."""
        return tuple(topic for group in self.groups for topic in group.topics)


def read(raw: bytes) -> Matrix:
    """The list in a file.

    Raises:
        Refusal: ``reading.*``; ``council.powers_code_twice``; ``field`` names the place.
    """
    needed = ("schema", "source", "start", "groups")
    top = reading.fields(reading.parsed(raw), "", needed=needed)
    reading.choice(top["schema"], "schema", (SCHEMA,))
    groups = [_group(item, where) for where, item in reading.items(top["groups"], "groups")]
    found = Matrix(
        reading.line(top["source"], "source", most=LONGEST_TEXT),
        reading.day(top["start"], "start"),
        tuple(groups),
    )
    _refuse_twice([group.code for group in groups], "groups")
    _refuse_twice([topic.code for topic in found.topics], "topics")
    return found


def matrix_on(known: Iterable[Matrix], day: date) -> Matrix:
    """The list that holds on ``day``: the newest that has begun, or the first of all."""
    in_order = sorted(known, key=lambda one: one.start)
    begun = [one for one in in_order if one.start <= day]
    return begun[-1] if begun else in_order[0]


def by_code(known: Iterable[Matrix]) -> Mapping[str, Topic]:
    """Every topic that ever was in a list, as the newest of these has it."""
    in_order = sorted(known, key=lambda one: one.start)
    return {topic.code: topic for one in in_order for topic in one.topics}


def _group(item: object, where: str) -> Group:
    found = reading.fields(item, where, needed=("code", "name", "topics"))
    place = f"{where}.topics"
    return Group(
        reading.line(found["code"], f"{where}.code", most=LONGEST_TEXT),
        reading.line(found["name"], f"{where}.name", most=LONGEST_TEXT),
        tuple(_topic(one, spot) for spot, one in reading.items(found["topics"], place)),
    )


def _topic(item: object, where: str) -> Topic:
    found = reading.fields(item, where, needed=("code", "words", "power", "source"))
    return Topic(
        reading.line(found["code"], f"{where}.code", most=LONGEST_TEXT),
        reading.line(found["words"], f"{where}.words", most=LONGEST_TEXT),
        Power(reading.choice(found["power"], f"{where}.power", tuple(Power))),
        reading.line(found["source"], f"{where}.source", most=LONGEST_TEXT),
    )


def _refuse_twice(codes: Sequence[str], where: str) -> None:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise Refusal("council.powers_code_twice", field=where, topic=code)
