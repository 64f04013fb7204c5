"""A counted election as it is published: all of it follows from what anybody can download."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from consult.elections.core.balance import Balance
from consult.elections.core.election import digest, parse_seal
from consult.elections.core.lotfile import Lot
from consult.elections.core.outcome import Count
from consult.elections.core.sealed import OfficeCount, Outcome
from consult.refusal import Refusal


class Box(NamedTuple):
    """What the archive says. ``voters``: how many could vote; the rest are SHA-256 in hex."""

    balance: Balance
    voters: int
    head: str
    totals: str


@dataclass(frozen=True, slots=True)
class Counted:
    """An election whose count is complete, with the people in it.

    ``sealed``: what was fixed at opening. ``offices``: the count of each, the board last.
    ``margins``: how close each was, as the record says. The hashes are those of the seal, the case
    and the record.
    """

    sealed: Mapping[str, Any]
    offices: tuple[OfficeCount, ...]
    margins: tuple[Mapping[str, Any], ...]
    box: Box
    lot: Lot | None
    seal_hash: str
    case_hash: str
    record_hash: str

    @property
    def uuid(self) -> str:
        """The public name of the election."""
        return str(self.sealed["uuid"])

    @property
    def result(self) -> Count:
        """How the count of the board ended."""
        return self.offices[-1].result

    @property
    def elected(self) -> tuple[str, ...]:
        """Everybody who was elected, to whatever office, in the order of the counts."""
        return tuple(one for office in self.offices for one in office.result.elected)

    @property
    def names(self) -> dict[str, str]:
        """Of the candidates, by id."""
        return {one["id"]: one["name"] for one in self.sealed["candidates"]}


def counted(seal: bytes, found: Outcome, lot: Lot | None, box: Box) -> Counted:
    """The counted election that a seal, a count, a lot and an archive make.

    Raises:
        Refusal: ``elections.draw_needed``.
    """
    if not found.offices:
        raise Refusal("elections.draw_needed")
    lines = [json.loads(line) for line in found.record.splitlines()]
    return Counted(
        sealed=parse_seal(seal),
        offices=found.offices,
        margins=tuple(line for line in lines if line["line"] == "margins"),
        box=box,
        lot=lot,
        seal_hash=digest(seal),
        case_hash=digest(found.case),
        record_hash=digest(found.record),
    )
