"""The published lot: whoever reads it computes it again."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from consult.canonical import canonical
from consult.elections.core import draw
from consult.elections.core.draw import Beacon, Committed
from consult.elections.core.lotfile import ComputedLot, Lot, PublicDraw, lot_file, lot_line, read
from consult.refusal import Refusal

UUID = "21f2B4kPdXbSMrwSFvkn1u"
NUMBERS = ["aa" * 32, "bb" * 32, "cc" * 32]
LOT = ComputedLot(
    election=UUID,
    named="20 worpen in de vergadering van 3 december",
    totals="0f" * 32,
    holders=tuple(
        Committed(name, draw.commitment(UUID, number), number if name != "Umar" else None)
        for name, number in zip(("Truus", "Umar", "Vera"), NUMBERS, strict=True)
    ),
    contests={"board": ("a", "b", "c"), "chair": ("a", "c")},
    beacon=Beacon("31415926535897932384", "notulen, blz. 2"),
)
Change = Callable[[dict[str, Any]], object]


def changed(change: Change, lot: Lot = LOT) -> bytes:
    shape = json.loads(lot_file(lot))
    change(shape)
    return canonical(shape)


@pytest.mark.parametrize(
    "lot", [LOT, PublicDraw(UUID, {"board": ("b", "a")}), PublicDraw(UUID, {})]
)
def test_what_is_written_is_read_again(lot: Lot) -> None:
    assert lot_file(read(lot_file(lot))) == lot_file(lot)


def test_a_computed_lot_gives_every_contest_the_order_of_its_seed() -> None:
    found = read(lot_file(LOT))
    seed = draw.seed(UUID, LOT.holders, "31415926535897932384")
    assert found.order_of("chair", ("a", "c")) == draw.order(seed, "chair", ("a", "c"))
    assert json.loads(lot_file(LOT))["missing"] == ["Umar"]


def test_a_public_draw_gives_the_candidates_of_a_contest_in_the_order_that_was_drawn() -> None:
    drawn = PublicDraw(UUID, {"chair": ("a", "c"), "board": ("c", "a", "b")})
    assert drawn.order_of("board", ("a", "c", "d")) == ("c", "a")
    assert drawn.order_of("chair", ("a", "c", "d")) == ("a", "c")
    assert drawn.order_of("executive", ("a", "c", "d")) == ()


def test_without_a_beacon_no_number_is_shown_and_nobody_is_in_order() -> None:
    waiting = ComputedLot(UUID, LOT.named, LOT.totals, LOT.holders, LOT.contests)
    shape = json.loads(lot_file(waiting))
    assert [holder["reveal"] for holder in shape["holders"]] == [None] * 3
    assert (shape["seed"], shape["missing"], shape["order"]) == (None, [], {})
    assert waiting.order_of("board", ("a", "b")) == ()


def test_the_record_has_a_line_of_the_lot_and_none_where_there_was_no_lot() -> None:
    assert json.loads(lot_line(LOT)) == {"line": "lot", **json.loads(lot_file(LOT))}
    assert lot_line(None) == b""


def put(*path: Any) -> Change:
    """Put the last of these where the others lead to."""
    *places, last, value = path

    def change(shape: Any) -> None:
        for place in places:
            shape = shape[place]
        shape[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (put("schema", "consult-lot/2"), "schema"),
        (put("procedure", "dice"), "procedure"),
        (put("election", "other"), "holders[0].reveal"),
        (put("election", ""), "election"),
        (put("election", 7), "election"),
        (put("totals", "0F" * 32), "totals"),
        (put("holders", []), "holders"),
        (put("holders", 0, "commitment", "x"), "holders[0].commitment"),
        (put("holders", 2, "reveal", NUMBERS[0]), "holders[2].reveal"),
        (put("holders", 2, "reveal", None), "missing"),
        (put("holders", 1, "reveal", NUMBERS[1]), "missing"),
        (put("holders", 0, "extra", 1), "holders[0].extra"),
        (put("holders", 0, None), "holders[0]"),
        (put("missing", []), "missing"),
        (put("beacon", None), "holders"),
        (put("beacon", "value", "3141592653589793238"), "seed"),
        (put("beacon", "value", "31415926535897932384X"), "beacon.value"),
        (put("beacon", "value", "3"), "beacon.value"),
        (put("beacon", "source", 1), "beacon.source"),
        (put("seed", "00" * 32), "seed"),
        (put("contests", "board", ["a", "a"]), "contests.board"),
        (put("contests", "board", ["a", "|"]), "contests.board[1]"),
        (put("contests", "board", "abc"), "contests.board"),
        (put("contests", "board", ["a", "b"]), "order"),
        (put("order", "chair", ["b"]), "order"),
        (lambda shape: shape["order"]["board"].reverse(), "order"),
        (lambda shape: shape.pop("totals"), "totals"),
        (put("more", 1), "more"),
    ],
)
def test_what_does_not_follow_is_refused_by_the_name_of_its_field(
    change: Change, field: str
) -> None:
    with pytest.raises(Refusal, match=r"elections\.lot_field") as refused:
        read(changed(change))
    assert refused.value.facts == {"field": field}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (put("order", "board", ["a", "a"]), "order.board"),
        (put("order", "board", [1]), "order.board[0]"),
        (put("order", "board", "ab"), "order.board"),
        (put("order", ["a"]), "order"),
        (put("x", 1), "x"),
    ],
)
def test_a_public_draw_that_makes_no_sense_is_refused(change: Change, field: str) -> None:
    with pytest.raises(Refusal, match=r"elections\.lot_field") as refused:
        read(changed(change, PublicDraw(UUID, {"board": ("b", "a")})))
    assert refused.value.facts == {"field": field}


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal, match=r"elections\.lot_not_json"):
        read(raw)


@pytest.mark.parametrize("raw", [b"[]", b"null", b"1"])
def test_json_that_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal, match=r"elections\.lot_field"):
        read(raw)
