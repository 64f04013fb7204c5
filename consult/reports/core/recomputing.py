"""The numbers of a printed report, computed again from the counts that are printed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consult.reports.core.response.representation import compare

SHOWN = ("rate", "base_share", "share", "index", "low", "high", "residual", "p_value")
"""What a row shows besides its counts, in the order of its columns."""
_OVERALL = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as it is printed; ``shown``: by the names of :data:`SHOWN`, ``None`` where a dash is.

    Rows with counts partition the base; hidden groups have no row here.
    """

    label: str
    base: int
    invited: int
    participants: int
    shown: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Unequal:
    """A printed number that is not what its counts give, to the digits printed."""

    label: str
    name: str
    printed: float
    computed: float


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A table computed again; all numbers in full precision, those of a row by :data:`SHOWN`."""

    rows: tuple[Mapping[str, float], ...]
    dissimilarity: float
    noise_floor: float
    unequal: tuple[Unequal, ...]


def recompute(
    rows: Sequence[Printed],
    overall: tuple[float | None, float | None],
    places: Mapping[str, int],
) -> Recomputed:
    """Compute a table again.

    ``overall``: the printed dissimilarity and noise floor, shares with three digits after the
    point. ``places``: how many digits each number of a row is printed with.

    A number agrees when it lies within half a unit of its last printed place.

    Raises:
        ValueError: when a group is empty in the base, or nobody took part at all.
    """
    base = np.array([row.base for row in rows], dtype=np.int64)
    participants = np.array([row.participants for row in rows], dtype=np.int64)
    found = compare(base, participants)
    computed = tuple(
        {
            "rate": row.participants / row.invited if row.invited else 0.0,
            "base_share": row.base / int(base.sum()),
            "share": row.participants / int(participants.sum()),
            "index": float(found.index[place]),
            "low": float(found.low[place]),
            "high": float(found.high[place]),
            "residual": float(found.residual[place]),
            "p_value": float(found.p_value[place]),
        }
        for place, row in enumerate(rows)
    )
    unequal = [
        Unequal(row.label, name, printed, ours[name])
        for row, ours in zip(rows, computed, strict=True)
        for name, printed in row.shown.items()
        if printed is not None and not agrees(printed, ours[name], places[name])
    ]
    whole = {"dissimilarity": found.dissimilarity, "noise_floor": found.noise_floor}
    unequal += (
        Unequal("", name, printed, ours)
        for (name, ours), printed in zip(whole.items(), overall, strict=True)
        if printed is not None and not agrees(printed, ours, _OVERALL)
    )
    return Recomputed(computed, **whole, unequal=tuple(unequal))


def agrees(printed: float, computed: float, places: int) -> bool:
    """Whether a number, rounded to so many places, may be printed so."""
    return bool(abs(printed - computed) <= 0.5 * 0.1**places + 1e-9)
