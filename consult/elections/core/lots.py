"""What people enter of a lot, each alone: two must say the same (counting §2.7).

Of a public draw they enter the order. A count may need more than one, one after the other; the
orders of a contest follow each other in the lot. Of a computed lot they enter the beacon, once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.elections.core.draw import Beacon, read_beacon
from consult.elections.core.nomination import BOARD
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Lots:
    """``order``: what complete draws gave, by contest. ``beacon``: of the computed lot, once known.

    ``entry``: of what is being entered now, who entered what.
    """

    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beacon: Beacon | None = None
    entry: Mapping[str, Sequence[str]] = field(default_factory=dict)


def enter(
    lots: Lots, tied: Sequence[str], account: str, order: Sequence[str], contest: str = BOARD
) -> Lots:
    """The lots after somebody entered the order of the running draw between ``tied``.

    The second person to enter the same order completes the draw.

    Raises:
        Refusal: ``elections.lot_incomplete`` unless everybody tied has a place of their own,
            ``elections.lot_differs`` when somebody else entered another order.
    """
    if sorted(order) != sorted(tied):
        raise Refusal("elections.lot_incomplete")
    others = [list(held) for who, held in lots.entry.items() if who != account]
    if not others:
        return replace(lots, entry={account: tuple(order)})
    if list(order) not in others:
        raise Refusal("elections.lot_differs")
    return Lots({**lots.order, contest: (*lots.order.get(contest, ()), *order)})


def enter_beacon(lots: Lots, account: str, typed: Beacon) -> Lots:
    """The lots after somebody entered the beacon with where it can be looked up.

    The second person to enter the same value completes it; the source is that of the first.

    Raises:
        Refusal: ``elections.beacon_known`` when it is complete already,
            ``elections.beacon_unusable``, ``elections.beacon_sourceless``, or
            ``elections.beacon_differs`` when somebody else entered another value.
    """
    if lots.beacon is not None:
        raise Refusal("elections.beacon_known")
    entered = Beacon(read_beacon(typed.value), " ".join(typed.source.split()))
    if not entered.source:
        raise Refusal("elections.beacon_sourceless")
    others = [Beacon(*held) for who, held in lots.entry.items() if who != account]
    if not others:
        return replace(lots, entry={account: tuple(entered)})
    if entered.value not in {other.value for other in others}:
        raise Refusal("elections.beacon_differs")
    return Lots(lots.order, beacon=others[0])


def clear(lots: Lots) -> Lots:
    """The lots without what was entered but not completed; what is complete stays."""
    return replace(lots, entry={})
