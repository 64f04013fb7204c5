"""Public draws, each entered by two people: used only where a tie decides (counting §2.7).

A count may need more than one draw, one after the other; the orders follow each other in the lot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Lots:
    """``order``: what complete draws gave; ``entry``: of the running one, who entered what."""

    order: tuple[str, ...] = ()
    entry: Mapping[str, Sequence[str]] = field(default_factory=dict)


def enter(lots: Lots, tied: Sequence[str], account: str, order: Sequence[str]) -> Lots:
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
    return Lots((*lots.order, *order))


def clear(lots: Lots) -> Lots:
    """The lots without what was entered of the running draw; complete draws stay."""
    return replace(lots, entry={})
