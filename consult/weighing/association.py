"""Whether two answers go together, among people who were weighted or came by dwelling."""

from dataclasses import dataclass

import numpy as np

from consult.weighing.cells import Codes, Numbers
from consult.weighing.variance import Design, covariance


@dataclass(frozen=True, slots=True)
class Association:
    """The test that rows and columns of a table have nothing to do with each other.

    ``statistic`` is compared with F, ``freedom`` above and below.
    """

    statistic: float
    freedom: tuple[float, float]
    p_value: float


def rao_scott(design: Design, rows: Codes, columns: Codes) -> Association:
    """Pearson's chi-square of the weighted table, corrected for weights, clusters and strata.

    X²/tr Δ against F(d, dν), d = (tr Δ)²/tr Δ², ν the degrees of freedom of the design; Δ is what
    the design makes of the covariances of simple random sampling (Rao and Scott 1984, Ann. Stat.
    12:46-60, second order; R: ``svychisq(statistic = "F")``).

    Args:
        design: the people.
        rows: the level of each person, from 0; each occurs.
        columns: likewise.

    Raises:
        ValueError: fewer than two rows or columns.
    """
    high, wide = int(rows.max()) + 1, int(columns.max()) + 1
    if min(high, wide) < 2:
        raise ValueError("a table has two rows and two columns or more")
    cell, weights = rows * wide + columns, design.weights
    parts = np.bincount(cell, weights, high * wide) / weights.sum()
    indicator = (cell[:, np.newaxis] == np.arange(high * wide)).astype(np.float64)
    spread = covariance(design, (indicator - parts) / weights.sum())
    table = parts.reshape(high, wide)
    even = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = design.people * float(((table - even) ** 2 / even).sum())
    contrasts = _contrasts(high, wide)
    per = np.divide(1.0, parts, out=np.zeros_like(parts), where=parts > 0)
    simple = contrasts.T @ (per[:, np.newaxis] * contrasts) / design.people
    seen = (per[:, np.newaxis] * contrasts).T @ spread @ (per[:, np.newaxis] * contrasts)
    effects = np.linalg.solve(simple, seen)
    freedom = float(np.trace(effects) ** 2 / np.trace(effects @ effects))
    return _judged(pearson / float(np.trace(effects)), (freedom, freedom * design.freedom))


def _contrasts(high: int, wide: int) -> Numbers:
    """Cells × interactions: dummies of the crossed levels, less what rows and columns explain."""
    row, column = np.divmod(np.arange(high * wide), wide)
    main = np.column_stack(
        [row[:, np.newaxis] == np.arange(high), column[:, np.newaxis] == np.arange(1, wide)]
    ).astype(np.float64)
    crossed = [
        ((row == one) & (column == other)).astype(np.float64)
        for one in range(1, high)
        for other in range(1, wide)
    ]
    every = np.column_stack(crossed)
    fit, *_ = np.linalg.lstsq(main, every, rcond=None)
    return np.asarray(every - main @ fit)


def _judged(statistic: float, freedom: tuple[float, float]) -> Association:
    from scipy.special import fdtrc  # noqa: PLC0415 - SciPy costs a third of a second at start

    return Association(statistic, freedom, float(fdtrc(*freedom, statistic)))
