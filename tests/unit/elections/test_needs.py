"""What a board needs: read strictly, changed one part at a time, checked before anybody stands."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from consult.council.core.rules import TENANT, IfShort, Min
from consult.elections.core.needs import (
    MOST_COMPETENCES,
    MOST_RESERVED,
    Problem,
    Wrong,
    as_json,
    needs_problems,
    read,
)
from consult.elections.core.profile import (
    Attribute,
    Competence,
    Needs,
    Reserved,
    Traits,
    groups_of,
    rules_of,
)
from consult.refusal import Refusal
from consult.register.core.base import AgeBand, Kind
from tests.agreements import AGREEMENT_2016

BOARD = AGREEMENT_2016.board
PLACES = ("Noord", "Zuid")
LISTENS = Competence("c1", "Luisteren", "Ook als iemand boos is.")
MONEY = Competence("c2", "Geld")
YOUNG = Reserved("r1", Attribute.AGE, (AgeBand.YOUNG,), 2)
NORTH = Reserved("r2", Attribute.NEIGHBOURHOOD, ("Noord",), 1, IfShort.HOLD)
ARTS = Reserved("r3", Attribute.BACKGROUND, ("Surinaams", "Antilliaans"), 1)
NEEDS = Needs((LISTENS, MONEY), (YOUNG, NORTH, ARTS))


def problems(needs: Needs, max_board: int = 13) -> list[tuple[str, Wrong]]:
    found = needs_problems(needs, BOARD, max_board, PLACES)
    return [(problem.part, problem.wrong) for problem in found]


def reserved(attribute: Attribute, *values: str, seats: int = 1, id: str = "r") -> Reserved:  # noqa: A002
    return Reserved(id, attribute, values, seats)


# Reading


def test_what_was_written_is_read_again_as_it_was() -> None:
    assert read(as_json(NEEDS)) == NEEDS


def test_an_empty_object_needs_nothing() -> None:
    assert read({}) == Needs()


def _drop(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def _set(value: object, *path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_drop("reserved"), "needs"),
        (_set([], "more"), "needs"),
        (_set({}, "competences"), "competences"),
        (_set("Geld", "competences", 1), "competences[1]"),
        (_drop("competences", 0, "about"), "competences[0]"),
        (_set(3, "competences", 0, "name"), "competences[0].name"),
        (_set(True, "reserved", 0, "seats"), "reserved[0].seats"),
        (_set("2", "reserved", 0, "seats"), "reserved[0].seats"),
        (_set(1.0, "reserved", 0, "seats"), "reserved[0].seats"),
        (_set("length", "reserved", 0, "attribute"), "reserved[0].attribute"),
        (_set("maybe", "reserved", 1, "if_short"), "reserved[1].if_short"),
        (_set("Noord", "reserved", 1, "values"), "reserved[1].values"),
        (_set([None], "reserved", 1, "values"), "reserved[1].values[0]"),
        (_set("c1", "reserved", 1, "id"), "id"),
    ],
)
def test_what_is_not_exactly_a_profile_is_refused_with_its_place(
    change: Callable[[Any], None], field: str
) -> None:
    data = as_json(NEEDS)
    change(data)
    with pytest.raises(Refusal, match=r"elections\.needs_unreadable") as refused:
        read(data)
    assert refused.value.facts["field"] == field


# Changing


def test_a_part_is_put_in_the_place_of_the_one_with_its_id() -> None:
    needs = NEEDS.put(Competence("c1", "Praten")).put(Competence("c3", "Rekenen"))
    assert [one.name for one in needs.competences] == ["Praten", "Geld", "Rekenen"]
    assert needs.reserved == NEEDS.reserved


def test_a_reserved_seat_moves_up_in_priority_as_far_as_there_is_room() -> None:
    moved = NEEDS.move("r2", -1)
    assert [one.id for one in moved.reserved] == ["r2", "r1", "r3"]
    assert moved.move("r2", -1) == moved
    assert moved.move("nobody", 1) == moved


def test_a_part_is_found_and_dropped_by_its_id() -> None:
    assert NEEDS.find("r2") == NORTH
    assert NEEDS.drop("r2").find("r2") is None
    assert NEEDS.drop("c1").competences == (MONEY,)


# Rules and groups


def test_reserved_seats_come_after_the_agreement_in_order_of_priority() -> None:
    rules = rules_of(BOARD, NEEDS)
    assert rules.hard == BOARD.rules
    assert rules.minima == (
        Min("r1", "age:18-34", 2),
        Min("r2", "neighbourhood:Noord", 1, IfShort.HOLD),
        Min("r3", "background:Surinaams+Antilliaans", 1),
    )


def test_somebody_is_in_the_groups_that_the_rules_speak_of_and_in_no_others() -> None:
    tenant = Traits(Kind.TENANT, AgeBand.YOUNG, "Zuid", frozenset({"Surinaams"}))
    owner = Traits(Kind.OWNER, AgeBand.OLDER, "Noord")
    assert groups_of(tenant, NEEDS) == {TENANT, "age:18-34", ARTS.group}
    assert groups_of(owner, NEEDS) == {NORTH.group}
    assert groups_of(tenant, Needs()) == {TENANT}


# Checking


def test_a_profile_that_can_be_met_has_no_problems() -> None:
    assert problems(NEEDS) == []
    assert problems(Needs()) == []


@pytest.mark.parametrize(
    ("competence", "wrong"),
    [
        (Competence("x", "  "), Wrong.NAME_MISSING),
        (Competence("x", "x" * 61), Wrong.NAME_LONG),
        (Competence("x", "Rekenen", "x" * 301), Wrong.ABOUT_LONG),
        (Competence("x", " luisteren "), Wrong.NAME_TWICE),
    ],
)
def test_what_is_wrong_with_a_competence_is_told(competence: Competence, wrong: Wrong) -> None:
    assert problems(NEEDS.put(competence)) == [("x", wrong)]


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        (reserved(Attribute.AGE), Wrong.VALUES_MISSING),
        (reserved(Attribute.AGE, "75+", "75+"), Wrong.VALUE_TWICE),
        (reserved(Attribute.BACKGROUND, "Turks", "Тurks"), Wrong.VALUE_TWICE),
        (reserved(Attribute.AGE, AgeBand.MINOR), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.AGE, AgeBand.UNKNOWN), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.AGE, "20-30"), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.KIND, Kind.SPACE), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.NEIGHBOURHOOD, "Atlantis"), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.NEIGHBOURHOOD, ""), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.BACKGROUND, ""), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.BACKGROUND, " Surinaams"), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.BACKGROUND, "a+b"), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.BACKGROUND, "x" * 61), Wrong.VALUE_UNKNOWN),
        (reserved(Attribute.AGE, AgeBand.YOUNG), Wrong.GROUP_TWICE),
        (reserved(Attribute.AGE, "75+", seats=0), Wrong.SEATS),
        (reserved(Attribute.AGE, "75+", seats=14), Wrong.SEATS),
        (reserved(Attribute.KIND, Kind.OWNER, seats=4), Wrong.IMPOSSIBLE),
    ],
)
def test_what_is_wrong_with_a_reserved_seat_is_told(part: Reserved, wrong: Wrong) -> None:
    assert problems(NEEDS.put(part)) == [("r", wrong)]


def test_two_groups_that_look_the_same_are_one() -> None:
    """Nobody could tell whose seat is whose, and each could be told another story."""
    latin = reserved(Attribute.BACKGROUND, "Turks")
    cyrillic = replace(reserved(Attribute.BACKGROUND, "Тurks"), id="other")
    found = needs_problems(Needs(reserved=(latin, cyrillic)), BOARD, 13, PLACES)
    assert found == (Problem("other", Wrong.GROUP_TWICE),)


def test_a_value_that_nobody_knows_is_named() -> None:
    part = reserved(Attribute.NEIGHBOURHOOD, "Noord", "Atlantis")
    found = needs_problems(Needs(reserved=(part,)), BOARD, 13, PLACES)
    assert found == (Problem("r", Wrong.VALUE_UNKNOWN, "Atlantis"),)


def test_the_last_in_priority_of_seats_that_do_not_fit_together_is_named() -> None:
    young = Reserved("a", Attribute.AGE, (AgeBand.YOUNG,), 8)
    oldest = Reserved("b", Attribute.AGE, (AgeBand.OLDEST,), 6)
    assert problems(Needs(reserved=(young, oldest))) == [("b", Wrong.IMPOSSIBLE)]
    assert problems(Needs(reserved=(oldest, young))) == [("a", Wrong.IMPOSSIBLE)]


def test_seats_that_one_person_can_fill_together_fit_even_if_their_sum_does_not() -> None:
    young = Reserved("a", Attribute.AGE, (AgeBand.YOUNG,), 8)
    north = Reserved("b", Attribute.NEIGHBOURHOOD, ("Noord",), 8)
    assert problems(Needs(reserved=(young, north))) == []


def test_there_is_a_most_of_everything() -> None:
    many = tuple(Competence(f"c{n}", f"Naam {n}") for n in range(MOST_COMPETENCES + 1))
    assert problems(Needs(many)) == [(f"c{MOST_COMPETENCES}", Wrong.TOO_MANY)]
    seats = tuple(
        Reserved(f"r{n}", Attribute.BACKGROUND, (f"groep {n}",), 1)
        for n in range(MOST_RESERVED + 1)
    )
    assert problems(Needs(reserved=seats)) == [(f"r{MOST_RESERVED}", Wrong.TOO_MANY)]


def test_six_crossing_groups_are_checked_in_a_moment() -> None:
    seats = (
        Reserved("r0", Attribute.AGE, (AgeBand.YOUNG, AgeBand.EARLY_MIDDLE), 5),
        Reserved("r1", Attribute.AGE, (AgeBand.YOUNG, AgeBand.OLDEST), 5),
        Reserved("r2", Attribute.NEIGHBOURHOOD, ("Noord",), 5),
        Reserved("r3", Attribute.NEIGHBOURHOOD, ("Noord", "Zuid"), 9),
        Reserved("r4", Attribute.KIND, (Kind.OWNER, Kind.ENTREPRENEUR), 3),
        Reserved("r5", Attribute.BACKGROUND, ("Surinaams",), 13),
    )
    assert problems(Needs(reserved=seats)) == []
