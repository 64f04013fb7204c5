"""The chain from base to participants, counted per stratum, and its margins."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    """What groups are made by. The tables of a report are these three, and never a cross of two."""

    AGE_BAND = "age_band"
    NEIGHBOURHOOD = "neighbourhood"
    KIND = "kind"


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
class Chain:
    """The counts of one consultation or election after its closing."""

    cells: tuple[Cell, ...]

    def total(self) -> Group:
        """Everybody together."""
        return together(self.cells)

    def margin(self, dimension: Dimension) -> tuple[Group, ...]:
        """The counts per group of one dimension, by label; exact."""
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
