"""Public draws are entered by two people, one draw after the other."""

import pytest

from consult.elections.core.draw import Beacon
from consult.elections.core.lots import Lots, clear, enter, enter_beacon
from consult.refusal import Refusal


def test_one_entry_waits_for_a_second_person() -> None:
    entered = enter(Lots(), ["a", "b"], "sanne", ["b", "a"])
    assert (entered.order, dict(entered.entry)) == ({}, {"sanne": ("b", "a")})


def test_the_same_person_twice_does_not_complete_a_draw() -> None:
    once = enter(Lots(), ["a", "b"], "sanne", ["b", "a"])
    twice = enter(once, ["a", "b"], "sanne", ["a", "b"])
    assert (twice.order, dict(twice.entry)) == ({}, {"sanne": ("a", "b")})


def test_two_equal_entries_complete_a_draw_and_the_next_follows_it() -> None:
    lots = Lots()
    for tied in (["a", "b"], ["c", "d"]):
        for who in ("sanne", "amina"):
            lots = enter(lots, tied, who, tied[::-1])
    assert lots == Lots({"board": ("b", "a", "d", "c")})


def test_a_different_entry_is_refused() -> None:
    once = enter(Lots(), ["a", "b"], "sanne", ["b", "a"])
    with pytest.raises(Refusal, match=r"elections\.lot_differs"):
        enter(once, ["a", "b"], "amina", ["a", "b"])


@pytest.mark.parametrize("order", [["a"], ["a", "a"], ["a", "b", "c"], []])
def test_an_entry_without_a_place_for_everybody_is_refused(order: list[str]) -> None:
    with pytest.raises(Refusal, match=r"elections\.lot_incomplete"):
        enter(Lots(), ["a", "b"], "sanne", order)


def test_clearing_keeps_what_was_drawn() -> None:
    lots = enter(Lots({"board": ("x", "y")}), ["a", "b"], "sanne", ["b", "a"])
    assert clear(lots) == Lots({"board": ("x", "y")})


BEACON = Beacon("0123456789abcdef", "drand, ronde 5")


def test_one_beacon_waits_for_a_second_person_and_the_same_person_twice_is_no_second() -> None:
    once = enter_beacon(Lots(), "sanne", BEACON)
    twice = enter_beacon(once, "sanne", Beacon("fedcba9876543210", "drand"))
    assert (once.beacon, twice.beacon) == (None, None)
    assert dict(twice.entry) == {"sanne": ("fedcba9876543210", "drand")}


def test_the_same_beacon_of_two_people_is_known_with_the_source_of_the_first() -> None:
    once = enter_beacon(Lots(), "sanne", Beacon("0123 4567 89AB CDEF", " drand,\nronde 5 "))
    both = enter_beacon(once, "amina", Beacon("0123456789abcdef", "de notulen"))
    assert both == Lots(beacon=BEACON)


def test_another_beacon_of_the_second_person_is_refused() -> None:
    once = enter_beacon(Lots(), "sanne", BEACON)
    with pytest.raises(Refusal, match=r"elections\.beacon_differs"):
        enter_beacon(once, "amina", BEACON._replace(value="1" * 16))


def test_a_beacon_that_is_known_is_never_changed() -> None:
    with pytest.raises(Refusal, match=r"elections\.beacon_known"):
        enter_beacon(Lots(beacon=BEACON), "sanne", BEACON)


def test_a_beacon_needs_a_place_where_anybody_can_look_it_up() -> None:
    with pytest.raises(Refusal, match=r"elections\.beacon_sourceless"):
        enter_beacon(Lots(), "sanne", BEACON._replace(source=" \n"))


def test_clearing_keeps_a_beacon_that_is_known() -> None:
    assert clear(Lots(beacon=BEACON, entry={"sanne": ("x",)})) == Lots(beacon=BEACON)
