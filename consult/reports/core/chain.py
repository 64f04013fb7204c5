"""The chain from base to participants, counted per stratum, and its margins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Dimension(StrEnum):
    """What groups are made by. Of the last three only margins are kept, never a cross."""

    AGE_BAND = "age_band"
    NEIGHBOURHOOD = "neighbourhood"
    KIND = "kind"
    DWELLING = "dwelling"
    TENANCY = "tenancy"
    HOUSEHOLD = "household"


CROSSED = (Dimension.AGE_BAND, Dimension.NEIGHBOURHOOD, Dimension.KIND)
"""The dimensions of a cell."""


class Stage(StrEnum):
    """Where people are on the way from the base to a meeting, each on the same register."""

    BASE = "base"
    INVITED = "invited"
    DELIVERED = "delivered"
    TOOK_PART = "took_part"
    CANDIDATES = "candidates"
    SHORTLIST = "shortlist"
    BOARD = "board"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Cell:
    """People who share all characteristics.

    ``base``: customers on the reference date; ``invited``: those of them who got a code;
    ``participants``: those of them who took part.

    Raises:
        ValueError: when the three are not nested, or nobody is in the base.
    """

    kind: str
    age_band: str
    neighbourhood: str
    base: int
    invited: int
    participants: int

    def __post_init__(self) -> None:
        if not 0 <= self.participants <= self.invited <= self.base or self.base == 0:
            raise ValueError("participants are invited people, and invited people are in the base")


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of one group, or of several together."""

    label: str
    base: int
    invited: int
    participants: int


COUNTS = ["base", "invited", "participants"]


@dataclass(frozen=True, slots=True)
class Members:
    """A small body, in totals: how many of its ``size`` members are in each group.

    ``groups`` holds only what may be told: of a dimension perhaps one group alone, so they need
    not add up to ``size``. Members who are not in the base count under ``unknown``.
    """

    stage: Stage
    size: int
    groups: Mapping[Dimension, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Chain:
    """The counts of one consultation or election after its closing.

    ``margins``: groups of the dimensions that are in no cell; each adds up to the cells.
    ``bodies``: those that stand further along the chain.
    """

    cells: tuple[Cell, ...]
    margins: Mapping[Dimension, tuple[Group, ...]] = field(default_factory=dict)
    bodies: tuple[Members, ...] = ()

    def total(self) -> Group:
        """Everybody together."""
        return together(self.cells)

    def margin(self, dimension: Dimension) -> tuple[Group, ...]:
        """The counts per group of one dimension, by label; exact. Empty where nothing is kept."""
        if dimension not in CROSSED:
            return self.margins.get(dimension, ())
        import pandas as pd  # noqa: PLC0415 - pandas costs a second at start

        frame = pd.DataFrame(
            [
                (getattr(cell, dimension), cell.base, cell.invited, cell.participants)
                for cell in self.cells
            ],
            columns=["label", *COUNTS],
        )
        summed = frame.groupby("label", sort=True)[COUNTS].sum()
        return tuple(
            Group(str(label), int(base), int(invited), int(participants))
            for label, base, invited, participants in summed.itertuples(name=None)
        )


def together(groups: Sequence[Cell] | Sequence[Group]) -> Group:
    """The sum of groups, as one group without a label."""
    return Group(
        label="",
        base=sum(group.base for group in groups),
        invited=sum(group.invited for group in groups),
        participants=sum(group.participants for group in groups),
    )
