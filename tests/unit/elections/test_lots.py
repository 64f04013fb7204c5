"""Public draws are entered by two people, one draw after the other."""

import pytest

from consult.elections.core.lots import Lots, clear, enter
from consult.refusal import Refusal


def test_one_entry_waits_for_a_second_person() -> None:
    entered = enter(Lots(), ["a", "b"], "sanne", ["b", "a"])
    assert (entered.order, dict(entered.entry)) == ((), {"sanne": ("b", "a")})


def test_the_same_person_twice_does_not_complete_a_draw() -> None:
    once = enter(Lots(), ["a", "b"], "sanne", ["b", "a"])
    twice = enter(once, ["a", "b"], "sanne", ["a", "b"])
    assert (twice.order, dict(twice.entry)) == ((), {"sanne": ("a", "b")})


def test_two_equal_entries_complete_a_draw_and_the_next_follows_it() -> None:
    lots = Lots()
    for tied in (["a", "b"], ["c", "d"]):
        for who in ("sanne", "amina"):
            lots = enter(lots, tied, who, tied[::-1])
    assert lots == Lots(("b", "a", "d", "c"))


def test_a_different_entry_is_refused() -> None:
    once = enter(Lots(), ["a", "b"], "sanne", ["b", "a"])
    with pytest.raises(Refusal, match=r"elections\.lot_differs"):
        enter(once, ["a", "b"], "amina", ["a", "b"])


@pytest.mark.parametrize("order", [["a"], ["a", "a"], ["a", "b", "c"], []])
def test_an_entry_without_a_place_for_everybody_is_refused(order: list[str]) -> None:
    with pytest.raises(Refusal, match=r"elections\.lot_incomplete"):
        enter(Lots(), ["a", "b"], "sanne", order)


def test_clearing_keeps_what_was_drawn() -> None:
    lots = enter(Lots(("x", "y")), ["a", "b"], "sanne", ["b", "a"])
    assert clear(lots) == Lots(("x", "y"))
