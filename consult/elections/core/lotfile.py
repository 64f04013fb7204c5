"""The lot as a published file, and the same lot repeated from it (schema consult-lot/1).

Of a public draw the file says the order that people drew. Of a computed lot it says everything
that the order follows from; whoever reads the file computes all of that again, so that a file in
which one thing does not follow from the others is refused.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from consult.canonical import canonical
from consult.council.core.agreement import Ties
from consult.elections.core import draw
from consult.elections.core.draw import Beacon, Committed
from consult.refusal import Refusal

SCHEMA: Final = "consult-lot/1"
_HOLDER: Final = {"name": str, "commitment": str, "reveal": (str, type(None))}
_COMMON: Final = {"schema": str, "procedure": str, "election": str}
_DRAWN: Final = {**_COMMON, "order": dict}
_COMPUTED: Final = {
    **_COMMON,
    "beacon_named": str,
    "totals": str,
    "holders": list,
    "beacon": (dict, type(None)),
    "missing": list,
    "seed": (str, type(None)),
    "contests": dict,
    "order": dict,
}


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """What public draws gave, by contest, the favoured first; several one after the other."""

    election: str
    order: Mapping[str, tuple[str, ...]]

    def order_of(self, contest: str, candidates: Sequence[str]) -> tuple[str, ...]:
        """How the lot puts the candidates of a contest; it may leave some out."""
        return tuple(one for one in self.order.get(contest, ()) if one in candidates)

    def json(self) -> dict[str, Any]:
        """The lot as values that JSON knows."""
        shape = {"schema": SCHEMA, "procedure": str(Ties.PUBLIC_DRAW), "election": self.election}
        return {**shape, "order": {one: list(order) for one, order in self.order.items()}}


@dataclass(frozen=True, slots=True)
class ComputedLot:
    """A lot of key holders and a beacon. Without a beacon no lot was needed so far.

    ``named``: the beacon as the seal names it. ``totals``: SHA-256 of the published result, which
    stood before anybody knew the beacon. ``contests``: candidates by contest.
    """

    election: str
    named: str
    totals: str
    holders: tuple[Committed, ...]
    contests: Mapping[str, Sequence[str]]
    beacon: Beacon | None = None

    @property
    def seed(self) -> str | None:
        """The number from which the orders follow; ``None`` as long as there is no beacon."""
        if self.beacon is None:
            return None
        return draw.seed(self.election, self.holders, self.beacon.value)

    @property
    def missing(self) -> tuple[str, ...]:
        """Who did not show a number in time; nobody as long as there is no beacon."""
        return draw.missing(self.holders) if self.beacon else ()

    def order_of(self, contest: str, candidates: Sequence[str]) -> tuple[str, ...]:
        """How the lot puts the candidates of a contest; nobody as long as there is no beacon."""
        return draw.order(self.seed, contest, candidates) if self.seed else ()

    def json(self) -> dict[str, Any]:
        """The lot as values that JSON knows. Numbers are shown only where they are used."""
        shown = self.holders if self.beacon else [h._replace(reveal=None) for h in self.holders]
        order = {one: list(self.order_of(one, who)) for one, who in self.contests.items()}
        return {
            "schema": SCHEMA,
            "procedure": str(Ties.COMMIT_BEACON),
            "election": self.election,
            "beacon_named": self.named,
            "totals": self.totals,
            "holders": [holder._asdict() for holder in shown],
            "beacon": self.beacon._asdict() if self.beacon else None,
            "missing": list(self.missing),
            "seed": self.seed,
            "contests": {one: list(who) for one, who in self.contests.items()},
            "order": order if self.beacon else {},
        }


Lot = PublicDraw | ComputedLot


def lot_file(lot: Lot) -> bytes:
    """The lot as it is published."""
    return canonical(lot.json())


def lot_line(lot: Lot | None) -> bytes:
    """The lot as a line of the record; nothing where there is none."""
    return b"" if lot is None else canonical({"line": "lot", **lot.json()}) + b"\n"


def read(raw: bytes) -> Lot:
    """The lot in a published file, after everything in it that can be computed was.

    Raises:
        Refusal: ``elections.lot_not_json``, or ``elections.lot_field`` with the ``field`` that is
            missing, of the wrong kind, or does not follow from the others.
    """
    try:
        shape = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise Refusal("elections.lot_not_json") from error
    procedure = shape.get("procedure") if isinstance(shape, dict) else None
    _insist(procedure in list(Ties), "procedure")
    computed = procedure == str(Ties.COMMIT_BEACON)
    fields = _fields(shape, "", _COMPUTED if computed else _DRAWN)
    _insist(fields["schema"] == SCHEMA, "schema")
    _insist(len(fields["election"]) > 0 and "|" not in fields["election"], "election")
    found = _computed(fields) if computed else _drawn(fields)
    for name, value in found.json().items():
        _insist(fields[name] == value, name)
    return found


def _drawn(fields: Mapping[str, Any]) -> PublicDraw:
    order = {one: _ids(who, f"order.{one}") for one, who in fields["order"].items()}
    return PublicDraw(fields["election"], order)


def _computed(fields: Mapping[str, Any]) -> ComputedLot:
    election = fields["election"]
    _insist(draw.is_number(fields["totals"]), "totals")
    _insist(len(fields["holders"]) > 0, "holders")
    return ComputedLot(
        election=election,
        named=fields["beacon_named"],
        totals=fields["totals"],
        holders=tuple(
            _holder(election, one, f"holders[{place}]")
            for place, one in enumerate(fields["holders"])
        ),
        contests={
            contest: _ids(who, f"contests.{contest}") for contest, who in fields["contests"].items()
        },
        beacon=_beacon(fields["beacon"]),
    )


def _holder(election: str, value: object, where: str) -> Committed:
    held = Committed(**_fields(value, where, _HOLDER))
    _insist(draw.is_number(held.commitment), f"{where}.commitment")
    try:
        if held.reveal is not None:
            draw.check_reveal(election, held.commitment, held.reveal)
    except Refusal as refusal:
        raise Refusal("elections.lot_field", field=f"{where}.reveal") from refusal
    return held


def _beacon(value: object) -> Beacon | None:
    if value is None:
        return None
    beacon = Beacon(**_fields(value, "beacon", {"value": str, "source": str}))
    try:
        _insist(draw.read_beacon(beacon.value) == beacon.value, "beacon.value")
    except Refusal as refusal:
        raise Refusal("elections.lot_field", field="beacon.value") from refusal
    return beacon


def _ids(value: object, where: str) -> tuple[str, ...]:
    _insist(isinstance(value, list) and len(set(map(str, value))) == len(value), where)
    for place, one in enumerate(value if isinstance(value, list) else ()):
        _insist(isinstance(one, str) and bool(one) and "|" not in one, f"{where}[{place}]")
    return tuple(value if isinstance(value, list) else ())


def _fields(value: object, where: str, kinds: Mapping[str, Any]) -> dict[str, Any]:
    """An object with exactly these fields, each of its kind."""
    _insist(isinstance(value, dict), where or "schema")
    fields: dict[str, Any] = value if isinstance(value, dict) else {}
    for name in (*kinds, *fields):
        spot = f"{where}.{name}" if where else name
        _insist(name in kinds and name in fields and isinstance(fields[name], kinds[name]), spot)
    return fields


def _insist(holds: bool, field: str) -> None:  # noqa: FBT001 - what is insisted on comes first
    if not holds:
        raise Refusal("elections.lot_field", field=field)
