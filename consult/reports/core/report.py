"""A report: who took part in one consultation or election, in numbers that may be seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from consult.reports.core.chain import CROSSED, Chain, Dimension, Group, together
from consult.reports.core.disclosure import conceal, conceal_base, shows
from consult.reports.core.representation import compare

CERTAIN = 0.05
"""A deviation counts only if chance alone would give it less often than this (after Holm) …"""

ORDINARY = (0.8, 1.25)
"""… and if the index lies outside these: with many participants trifles are certain too."""


class Verdict(StrEnum):
    """Whether a group took part clearly less or more than the others."""

    UNDER = "under"
    EQUAL = "equal"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Row:
    """One group compared with the base. Shares from 0 to 1; ``low`` to ``high`` is a 95 % interval.

    ``rate``: participants per invited person; ``share``: of all participants; ``base_share``: of
    the base; ``index``: the one divided by the other.
    """

    group: Group
    rate: float
    base_share: float
    share: float
    index: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Hidden:
    """A group whose participants are not shown; base and invited are ``None`` if too small too."""

    label: str
    base: int | None
    invited: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """All groups of one dimension: shown, hidden, and the hidden ones together as one row.

    ``rows`` and ``together`` partition the base. Dissimilarity and its noise floor are computed
    from them alone: over all groups they would be one more equation to find a hidden number with.
    """

    dimension: Dimension
    rows: tuple[Row, ...]
    hidden: tuple[Hidden, ...]
    together: Row | None
    dissimilarity: float
    noise_floor: float

    def deviating(self, verdict: Verdict) -> tuple[Row, ...]:
        """The rows that clearly deviate in this direction, the most people first."""
        found = [row for row in (*self.rows, self.together) if row and row.verdict is verdict]
        return tuple(sorted(found, key=lambda row: -abs(row.share - row.base_share)))


@dataclass(frozen=True, slots=True)
class Report:
    """The total and one table per dimension."""

    total: Group
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class TooFew:
    """So few people took part, or stayed away, that no number may be shown."""


def report(chain: Chain, told: Collection[Dimension] = ()) -> Report | TooFew:
    """The whole report on a chain.

    ``told``: dimensions of which the sizes of all groups are known from elsewhere. Hiding a group
    is no use there, so such a table is given only when nothing in it has to be hidden.
    """
    total = chain.total()
    if not shows(total):
        return TooFew()
    made = [representation(chain, dimension) for dimension in CROSSED]
    kept = (table for table in made if not (table.hidden and table.dimension in told))
    return Report(total, tuple(kept))


def representation(chain: Chain, dimension: Dimension) -> Table:
    """Compare the groups of one dimension, the small ones hidden.

    Ages keep their order; other groups go from the most under-represented to the most over.

    Raises:
        ValueError: when nobody took part.
    """
    groups = chain.margin(dimension)
    labels = conceal(groups)
    concealed = tuple(group for group in groups if group.label in labels)
    shown = tuple(group for group in groups if group.label not in labels)
    parts = (*shown, together(concealed)) if concealed else shown
    rows, dissimilarity, floor = _rows(parts)
    last = rows.pop() if concealed else None
    if dimension is not Dimension.AGE_BAND:
        rows.sort(key=lambda row: (row.index, row.group.label))
    return Table(dimension, tuple(rows), _hide(concealed), last, dissimilarity, floor)


def out_of(row: Row) -> int:
    """The number of people, 100 or more, to tell the two shares of a row in: "8 out of 100".

    The smallest that leaves neither share nought and tells the two apart; shares that are really
    equal are told out of 100.
    """
    for people in (100, 1_000, 10_000):
        ours, theirs = round(row.share * people), round(row.base_share * people)
        if ours and theirs and ours != theirs:
            return people
    return 100


def _rows(groups: Sequence[Group]) -> tuple[list[Row], float, float]:
    base = np.array([group.base for group in groups], dtype=np.int64)
    participants = np.array([group.participants for group in groups], dtype=np.int64)
    found = compare(base, participants)
    rows = [
        Row(
            group=group,
            rate=group.participants / group.invited if group.invited else 0.0,
            base_share=group.base / int(base.sum()),
            share=group.participants / int(participants.sum()),
            index=float(found.index[place]),
            low=float(found.low[place]),
            high=float(found.high[place]),
            verdict=_verdict(float(found.index[place]), float(found.p_value[place])),
        )
        for place, group in enumerate(groups)
    ]
    return rows, found.dissimilarity, found.noise_floor


def _verdict(index: float, p_value: float) -> Verdict:
    if p_value >= CERTAIN or ORDINARY[0] <= index <= ORDINARY[1]:
        return Verdict.EQUAL
    return Verdict.UNDER if index < 1 else Verdict.OVER


def _hide(concealed: Sequence[Group]) -> tuple[Hidden, ...]:
    without_base = conceal_base(concealed)
    return tuple(
        Hidden(group.label, None, None)
        if group.label in without_base
        else Hidden(group.label, group.base, group.invited)
        for group in concealed
    )
