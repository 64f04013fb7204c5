"""From what is published to the record: the seal, the totals and the lot give the same bytes.

Nothing else goes into a count, so that whoever has these three counts the very same.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from consult.canonical import canonical
from consult.elections.core import case
from consult.elections.core.count import count
from consult.elections.core.election import parse_seal
from consult.elections.core.lotfile import Lot, lot_file, lot_line
from consult.elections.core.outcome import Count, DrawNeeded
from consult.elections.core.record import record

BOARD = "board"
"""The contest of an election of the board, and the name from which the order of its lot follows."""

Totals = Sequence[Sequence[int]]
"""Votes of each place of the paper, question by question."""


class Outcome(NamedTuple):
    """What a count came to, with the files that it follows from.

    ``lot`` is empty where there was none, ``record`` as long as a lot is needed.
    """

    case: bytes
    result: Count | DrawNeeded
    record: bytes
    lot: bytes


def contests(sealed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The candidates of each contest of a seal, in the order of the paper."""
    return {BOARD: [one["id"] for one in sealed["candidates"]]}


def count_sealed(seal: bytes, totals: Totals, lot: Lot | None) -> Outcome:
    """Count the totals under the rules of the seal.

    Raises:
        Refusal: ``elections.case_*`` when the seal makes no case, ``elections.count_too_hard``.
        KeyError, TypeError, ValueError: of a seal that this program did not write.
    """
    sealed = parse_seal(seal)
    order = lot.order_of(BOARD, contests(sealed)[BOARD]) if lot else ()
    raw = _case_file(sealed, totals, order)
    read = case.read(raw)
    result = count(read.contest, read.totals, read.rules, order)
    written = b""
    if isinstance(result, Count):
        line = lot_line(lot)
        written = record(read.contest, read.totals, read.rules, order, result) + line
    return Outcome(raw, result, written, lot_file(lot) if lot else b"")


def _case_file(sealed: Mapping[str, Any], totals: Totals, order: Sequence[str]) -> bytes:
    """What is counted, as the file that ``consult count`` reads."""
    (votes,) = totals
    shape: dict[str, Any] = {
        "id": sealed["uuid"],
        "title": sealed["title"],
        "kind": "totals",
        "max_board": sealed["max_board"],
        "sitting": sealed["sitting"],
        "candidates": [
            {"id": candidate["id"], "groups": candidate["groups"], "votes": number}
            for candidate, number in zip(sealed["candidates"], votes, strict=True)
        ],
        "rules": sealed["rules"]["board"],
    }
    if order:
        shape["lot_order"] = list(order)
    return canonical(shape)
