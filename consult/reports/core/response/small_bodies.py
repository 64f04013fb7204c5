"""Whether a small body mirrors the base, exactly: candidates, a shortlist, a board.

Were m members drawn from N people without regard to group, the number k of them in a group of N_g
people would be hypergeometric: P(k) = C(N_g, k) C(N - N_g, m - k)/C(N, m). Boards are far too small
for the normal approximation. A body is not drawn by lot, so a chance is no proof: it says whether
what is seen needs another cause than chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np

from consult.reports.core.response.representation import holm

CERTAIN: Final = 0.05
"""Chance alone would give it less often than this, after Holm over all groups."""

EQUAL: Final = 1e-7
"""Chances this near, relative, count as equal (the rule of R's ``fisher.test``)."""


@dataclass(frozen=True, slots=True)
class Share:
    """One group in a small body of which ``members`` are in it.

    ``expected``: m N_g/N. ``so_few``, ``so_many``: chance of at most, at least, ``members``.
    ``both``: chance of any number that is as unlikely as ``members`` or more. ``p_value``: ``both``
    after Holm over all groups that were looked at.
    """

    members: int
    expected: float
    so_few: float
    so_many: float
    both: float
    p_value: float

    @property
    def one_sided(self) -> float:
        """The chance of so few, or so many: the direction in which it deviates."""
        return self.so_few if self.members <= self.expected else self.so_many

    @property
    def certain(self) -> bool:
        """Whether it may be called under- or over-represented; else it can be chance."""
        return self.p_value < CERTAIN


def chances(size: int, group: int, members: int) -> tuple[float, ...]:
    """P(k) for k = 0 … ``members``, for a body of ``members`` out of ``size`` people.

    Exact: whole numbers until the one division.

    Raises:
        ValueError: when the group or the body is larger than the base, or a number is below 0.
    """
    if not (0 <= group <= size and 0 <= members <= size):
        raise ValueError("a group and a body are part of the base")
    everything = comb(size, members)
    return tuple(
        comb(group, k) * comb(size - group, members - k) / everything for k in range(members + 1)
    )


def shares(
    base: Sequence[int],
    members: Sequence[int],
    unknown: tuple[int, int] = (0, 0),
    untold: int = 0,
) -> tuple[Share, ...]:
    """Each group of one dimension in a small body, in the order given.

    ``base``: people per group; ``members``: of the body, per group; ``unknown``: people and
    members of whom the register does not say the group. They count in the whole and are not tested.
    ``untold``: how many of the groups among these ``unknown`` are tested elsewhere; Holm's
    correction counts them in, so that nothing becomes surer by telling less.

    Raises:
        ValueError: lists of different lengths, or more members in a group than people.
    """
    if any(seen > people for seen, people in zip(members, base, strict=True)):
        raise ValueError("members of a group are people of that group")
    size, body = sum(base) + unknown[0], sum(members) + unknown[1]
    found = [_tails(size, people, body, seen) for people, seen in zip(base, members, strict=True)]
    adjusted = holm(np.array([*(both for _, _, both in found), *[1.0] * untold]))[: len(found)]
    return tuple(
        Share(seen, body * people / size, few, many, both, float(p_value))
        for people, seen, (few, many, both), p_value in zip(
            base, members, found, adjusted, strict=True
        )
    )


def _tails(size: int, group: int, body: int, seen: int) -> tuple[float, float, float]:
    each = chances(size, group, body)
    limit = each[seen] * (1 + EQUAL)
    tails = (sum(each[: seen + 1]), sum(each[seen:]), sum(one for one in each if one <= limit))
    few, many, both = (min(1.0, tail) for tail in tails)
    return few, many, both
