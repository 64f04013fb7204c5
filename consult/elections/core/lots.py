"""A public draw, entered by two people: used only where a tie decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreed:
    """Two people entered the same order."""

    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One person entered an order; somebody else has to enter it too."""


@dataclass(frozen=True, slots=True)
class Different:
    """Two people entered different orders; both have to look again."""


def agree(entries: Mapping[str, Sequence[str]]) -> Agreed | Waiting | Different:
    """What the entries of a draw, by account, come to."""
    orders = {tuple(order) for order in entries.values()}
    if len(entries) < 2:
        return Waiting()
    return Agreed(orders.pop()) if len(orders) == 1 else Different()
