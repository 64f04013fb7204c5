"""The computed lot, step by step as reference/counting.md §2.7 says."""

import hashlib

import pytest

from consult.elections.core import draw
from consult.elections.core.draw import Committed
from consult.refusal import Refusal

UUID = "21f2B4kPdXbSMrwSFvkn1u"
NUMBERS = ["00" * 32, "11" * 32, "fe" * 32]
BEACON = "31415926535897932384"
HOLDERS = [
    Committed(name, draw.commitment(UUID, number), number)
    for name, number in zip(("Truus", "Umar", "Vera"), NUMBERS, strict=True)
]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_hashes_are_those_of_the_written_texts() -> None:
    assert draw.commitment(UUID, NUMBERS[1]) == sha(f"lot-commit/1|{UUID}|{'11' * 32}")
    seed = draw.seed(UUID, HOLDERS, BEACON)
    assert seed == sha(f"lot-seed/1|{UUID}|{'|'.join(NUMBERS)}|{BEACON}")
    expected = sorted("abcd", key=lambda one: sha(f"lot/1|{seed}|board|{one}"))
    assert draw.order(seed, "board", "abcd") == tuple(expected)


def test_a_number_that_is_held_back_is_left_out_and_named() -> None:
    held_back = [HOLDERS[0], HOLDERS[1]._replace(reveal=None), HOLDERS[2]]
    assert draw.missing(held_back) == ("Umar",)
    seed = draw.seed(UUID, held_back, BEACON)
    assert seed == sha(f"lot-seed/1|{UUID}|{NUMBERS[0]}|{NUMBERS[2]}|{BEACON}")
    assert draw.missing(HOLDERS) == ()


def test_the_order_in_which_candidates_are_given_does_not_matter() -> None:
    assert draw.order("aa", "board", "abcdef") == draw.order("aa", "board", "fedcba")


def test_every_part_of_the_lot_changes_the_order() -> None:
    people = [f"p{number}" for number in range(40)]
    seed = draw.seed(UUID, HOLDERS, BEACON)
    orders = {
        draw.order(seed, "board", people),
        draw.order(seed, "chair", people),
        draw.order(draw.seed(UUID, HOLDERS, BEACON[::-1]), "board", people),
        draw.order(draw.seed(UUID[::-1], HOLDERS, BEACON), "board", people),
        draw.order(draw.seed(UUID, HOLDERS[::-1], BEACON), "board", people),
        draw.order(draw.seed(UUID, HOLDERS[:2], BEACON), "board", people),
    }
    assert len(orders) == 6


def test_every_order_is_about_as_likely() -> None:
    """24 orders of four people over 4800 beacons: chi-squared with 23 degrees of freedom."""
    seen: dict[tuple[str, ...], int] = {}
    for number in range(4800):
        found = draw.order(draw.seed(UUID, HOLDERS, f"{number:020}"), "board", "abcd")
        seen[found] = seen.get(found, 0) + 1
    assert len(seen) == 24
    assert sum((count - 200) ** 2 / 200 for count in seen.values()) < 49.7  # p = 0.001


def test_the_committed_number_is_taken() -> None:
    assert draw.check_reveal(UUID, HOLDERS[0].commitment, NUMBERS[0]) == NUMBERS[0]


@pytest.mark.parametrize(
    "number", [NUMBERS[1], NUMBERS[0].replace("0", "A"), "", "00", None, 0, [NUMBERS[0]], "00" * 33]
)
def test_another_number_than_the_committed_one_is_refused(number: object) -> None:
    with pytest.raises(Refusal, match=r"elections\.reveal_wrong"):
        draw.check_reveal(UUID, HOLDERS[0].commitment, number)


def test_nothing_can_be_shown_where_nothing_was_committed() -> None:
    with pytest.raises(Refusal, match=r"elections\.reveal_wrong"):
        draw.check_reveal(UUID, None, NUMBERS[0])


@pytest.mark.parametrize("typed", ["3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3", " ABCDef0123456789\n"])
def test_a_beacon_is_read_without_spaces_and_capitals(typed: str) -> None:
    assert draw.read_beacon(typed) == "".join(typed.split()).lower()


@pytest.mark.parametrize(
    "typed", ["", "123456789012345", "1234567890123456|7", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "x" * 257, "é" * 20]
)
def test_a_beacon_of_other_signs_or_too_few_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"elections\.beacon_unusable"):
        draw.read_beacon(typed)


def test_a_part_that_holds_the_separator_is_an_error_and_never_a_lot() -> None:
    with pytest.raises(ValueError, match="parts it"):
        draw.order("aa", "board", ["a|b"])
