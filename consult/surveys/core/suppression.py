"""Which counts of one table stay hidden, so that no small group can be worked out.

A table is a partition: each respondent is in exactly one cell, and the total is public. A reader
can subtract what is shown from the total, and knows this very rule. ``tests/property`` goes
through all small tables and finds none in which a hidden count has only one possible value.
"""

from collections.abc import Sequence
from typing import Final

LEAST: Final = 10
"""The smallest group of which anything is told outside (security T32)."""


def hidden(counts: Sequence[int], least: int = LEAST) -> frozenset[int]:
    """The positions in ``counts`` that must not be shown.

    Every count below ``least`` is hidden. When any is, further cells follow from the smallest up,
    equal ones together, until the hidden cells hold enough people to hide each other: there are
    two or more, together at least ``least`` people, and not all of them exactly ``least - 1``.
    """
    order = sorted(range(len(counts)), key=lambda cell: counts[cell])
    small = sum(count < least for count in counts)
    if not small:
        return frozenset()
    taken = small
    while taken < len(order) and not _enough([counts[c] for c in order[:taken]], least):
        level = counts[order[taken]]
        while taken < len(order) and counts[order[taken]] == level:
            taken += 1
    return frozenset(order[:taken])


def tellable(count: int, base: int, least: int = LEAST) -> bool:
    """Whether ``count`` of ``base`` may be shown: neither those in it nor those out are few."""
    return least <= count <= base - least


def _enough(held: list[int], least: int) -> bool:
    together = sum(held)
    return len(held) >= 2 and together >= least and together != len(held) * (least - 1)
