"""An edition of a report: all values that its readers may see, and no others.

Every sentence, table, figure and file of a report is made from these values alone, so what is
hidden here is hidden everywhere. Shares and rates run from 0 to 1; intervals are of 95 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consult.reports.core.chain import Dimension, Group, Stage

CERTAIN: Final = 0.05
"""A deviation counts only if chance alone would give it less often than this (after Holm) …"""
ORDINARY: Final = (0.8, 1.25)
"""… and if the index lies outside these: with many participants trifles are certain too."""
SMALLEST_BASE: Final = 30
"""Outside, percentages of fewer people than this say nothing."""


class Readers(StrEnum):
    """For whom an edition is. What one may not see, the outside may not see either."""

    INSIDE = "inside"
    """The council, by role; groups of five and more."""
    OUTSIDE = "outside"
    """Everybody; groups of ten and more, and base counts rounded to five."""

    @property
    def least(self) -> int:
        """The smallest group of which anything is told."""
        return 5 if self is Readers.INSIDE else 10


class Verdict(StrEnum):
    """Whether a group took part clearly less or more than the others."""

    UNDER = "under"
    EQUAL = "equal"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """One group compared with the base.

    ``rate``: participants per invited person, ``None`` where the group has too few people for a
    percentage; ``base_share``: of the base; ``share``: of all participants; ``index``: the one
    divided by the other. ``residual`` and ``p_value`` (after Holm) say how surprising it is.
    """

    group: Group
    rate: float | None
    base_share: float
    share: Estimate
    index: Estimate
    residual: float
    p_value: float
    verdict: Verdict

    @property
    def difference(self) -> float:
        """How much larger the share of participants is than the share of the base."""
        return self.share.value - self.base_share


@dataclass(frozen=True, slots=True)
class Hidden:
    """A group whose participants are not shown; base and invited are ``None`` if too small too."""

    label: str
    base: int | None
    invited: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """All groups of one dimension: shown, hidden, and the hidden ones together as one row.

    ``rows`` and ``together`` partition the base, and all figures here are computed from them
    alone: over all groups they would be one more equation to find a hidden number with.
    ``chi_square`` with ``freedom`` and ``p_value`` is the overall test.
    """

    dimension: Dimension
    rows: tuple[Row, ...]
    hidden: tuple[Hidden, ...]
    together: Row | None
    dissimilarity: float
    noise_floor: float
    chi_square: float
    freedom: int
    p_value: float

    def deviating(self, verdict: Verdict) -> tuple[Row, ...]:
        """The rows that clearly deviate in this direction, the most people first."""
        found = [row for row in (*self.rows, self.together) if row and row.verdict is verdict]
        return tuple(sorted(found, key=lambda row: -abs(row.difference)))


@dataclass(frozen=True, slots=True)
class Small:
    """The groups of one dimension within one group of another; ``None`` is not shown.

    ``rates``: participants per invited person, and ``people``: the invited, in the order of
    :attr:`Crossed.columns`.
    """

    label: str
    rates: tuple[float | None, ...]
    people: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two dimensions crossed, for small multiples; ``overall`` is the line of everybody."""

    rows_by: Dimension
    columns_by: Dimension
    columns: tuple[str, ...]
    overall: tuple[float | None, ...]
    rows: tuple[Small, ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """How much one dimension adds to the variation of response, divided by the mean response.

    ``alone``: unconditional partial CV; ``beside``: conditional on the other dimensions.
    ``groups``: label → unconditional partial CV of a group, below 0 where it responded less.
    """

    dimension: Dimension
    alone: Estimate
    beside: Estimate
    groups: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Quality:
    """How evenly people took part, by a logistic model on ``dimensions``; bias-adjusted.

    ``cv``: coefficient of variation of response; ``r``: R-indicator, always read beside
    ``lowest_r``, the least that it can be at this response.
    """

    dimensions: tuple[Dimension, ...]
    cv: Estimate
    r: Estimate
    lowest_r: float
    partials: tuple[Partial, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """A group among the members of a small body.

    ``expected``: members if seats followed the base; ``chance``: how often chance alone gives so
    few (or so many) of them or a yet more extreme number, exactly.
    """

    label: str
    base_share: float
    members: int
    expected: float
    chance: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Body:
    """Candidates, a shortlist or a board, in totals."""

    stage: Stage
    members: int
    seats: Mapping[Dimension, tuple[Seats, ...]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One answer, before and after weighting.

    ``question`` and ``option``: codes; ``sensitivity``: odds → the share among everybody, if who
    gives this answer was that many times as ready to take part as the others.
    """

    question: str
    option: str
    plain: Estimate
    weighted: Estimate
    sensitivity: Mapping[float, float]

    @property
    def moved(self) -> float:
        """How much weighting changes the share."""
        return self.weighted.value - self.plain.value


@dataclass(frozen=True, slots=True)
class Opinions:
    """Weighted beside unweighted results. ``effective``: what the participants are worth then."""

    effective: float
    lines: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One edition of a report on one activity.

    ``asked``: whether answers were given in it that may be weighted; never so of an election.
    """

    readers: Readers
    total: Group
    tables: tuple[Table, ...]
    crossed: Crossed | None = None
    quality: Quality | None = None
    bodies: tuple[Body, ...] = ()
    opinions: Opinions | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class TooFew:
    """So few people took part, or stayed away, that no number may be shown."""
