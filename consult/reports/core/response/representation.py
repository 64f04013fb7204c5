"""How participants compare with the base: indices, intervals, residuals, dissimilarity.

Groups g partition the base. N_g of its N people are in g, and n_g of the n participants; the rest
r is everybody outside g. p_g = n_g/N_g is the participation of g, and f = n/N that of all.

Participants are no sample: everybody was invited, and the index of those who came is counted, not
estimated. Intervals and tests answer another question: if every person of a group decides by the
same chance p_g whether to take part, how far could chance alone have moved the index? That is why
the variance of ln(n_g/N_g) is (1 - p_g)/n_g: it is nought when a whole group takes part.
``docs/adr/0010-representation.md`` tells why.
"""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

from consult.weighing.intervals import Z, wilson

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

FEWEST_FOR_LOG = 5
"""Below this many participants the log interval covers too little; Wilson's holds."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known of each group of one dimension; arrays in the order of the groups."""

    index: Numbers
    low: Numbers
    high: Numbers
    residual: Numbers
    p_value: Numbers
    dissimilarity: float
    noise_floor: float
    share_low: Numbers
    share_high: Numbers
    chi_square: float
    freedom: int
    p_overall: float


def compare(base: Counts, participants: Counts) -> Comparison:
    """Compare the participants of all groups with the base.

    Raises:
        ValueError: when a group is empty in the base, or nobody took part at all.
    """
    if not (base > 0).all() or participants.sum() == 0:
        raise ValueError("a group without base, or nobody who took part")
    low, high = index_interval(base, participants)
    share_low, share_high = share_interval(base, participants)
    statistic, freedom, p_overall = overall_test(base, participants)
    residual = adjusted_residuals(base, participants)
    return Comparison(
        index=index(base, participants),
        low=low,
        high=high,
        residual=residual,
        p_value=holm(np.array([erfc(abs(z) / sqrt(2)) for z in residual])),
        dissimilarity=dissimilarity(base, participants),
        noise_floor=noise_floor(base, participants),
        share_low=share_low,
        share_high=share_high,
        chi_square=statistic,
        freedom=freedom,
        p_overall=p_overall,
    )


def index(base: Counts, participants: Counts) -> Numbers:
    """Representation index (n_g/n)/(N_g/N); 1 is a share equal to that in the base."""
    share_over_base: Numbers = participants * base.sum() / (participants.sum() * base)
    return share_over_base


def index_interval(base: Counts, participants: Counts) -> tuple[Numbers, Numbers]:
    """95 % interval of the index.

    exp(ln I_g ± z s) with s = (n_r/n) sqrt[(1 - p_g)/n_g + (1 - p_r)/n_r]: the log method for a
    ratio (Katz et al. 1978, Biometrics 34:469-474) applied to group and rest. With fewer than
    :data:`FEWEST_FOR_LOG` participants in the group, or none in the rest, Wilson's interval of p_g
    divided by n/N.
    """
    n, size = participants.sum(), base.sum()
    rest, rest_base = n - participants, size - base
    thin = (participants < FEWEST_FOR_LOG) | ((rest == 0) & (rest_base > 0))
    variance = _log_variance(base, participants) + _log_variance(rest_base, rest)
    reach = np.exp(Z * rest / n * np.sqrt(variance))
    middle = index(base, participants)
    wilson_low, wilson_high = wilson(participants / base, base.astype(np.float64))
    low = np.where(thin, wilson_low * size / n, middle / reach)
    high = np.where(thin, wilson_high * size / n, middle * reach)
    return low, high


def share_interval(base: Counts, participants: Counts) -> tuple[Numbers, Numbers]:
    """95 % interval of the share n_g/n of a group among participants.

    The standard error of q = n_g/n, and so of the difference q - N_g/N, is
    sqrt[q (1 - q)/n (N - n)/(N - 1)]; Wilson's interval with the trials that give this error stays
    between 0 and 1 and holds for few. It is one point when everybody took part.
    """
    n, size = int(participants.sum()), int(base.sum())
    share = participants / n
    if n == size:
        return share, share
    return wilson(share, np.full(len(base), n * (size - 1) / (size - n)))


def overall_test(base: Counts, participants: Counts) -> tuple[float, int, float]:
    """X², its degrees of freedom and p: could all groups have come equally by chance alone?

    X² = sum (n_g - E_g)²/[E_g (1 - f)] with E_g = n N_g/N; the same number as Pearson's chi-square
    of the table of participants and others by group. (0, G - 1, 1) when everybody took part.
    """
    n, size, freedom = int(participants.sum()), int(base.sum()), len(base) - 1
    if n == size or freedom == 0:
        return 0.0, freedom, 1.0
    expected = n * base / size
    statistic = float(((participants - expected) ** 2 / expected).sum() / (1 - n / size))
    return statistic, freedom, float(gammaincc(freedom / 2, statistic / 2))


def _log_variance(base: Counts, participants: Counts) -> Numbers:
    """Variance of ln(n_g/N_g): (1 - p_g)/n_g; nought, and unused, where nobody took part."""
    rate = participants / np.maximum(base, 1)
    return np.where(participants > 0, (1 - rate) / np.maximum(participants, 1), 0.0)


def adjusted_residuals(base: Counts, participants: Counts) -> Numbers:
    """(n_g - E_g)/sd under a draw without regard to group, E_g = n N_g/N (hypergeometric)."""
    n, size = int(participants.sum()), int(base.sum())
    above = participants * size - n * base
    variance = n * (base / size) * (1 - base / size) * (size - n) / max(size - 1, 1)
    return np.where(variance > 0, above / size / np.sqrt(np.maximum(variance, 1e-300)), 0.0)


def holm(p_values: Numbers) -> Numbers:
    """p-values adjusted for looking at all groups at once (Holm 1979, Scand. J. Stat. 6:65-70)."""
    order = np.argsort(p_values)
    steps = p_values[order] * np.arange(len(p_values), 0, -1)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return adjusted


def dissimilarity(base: Counts, participants: Counts) -> float:
    """1/2 sum |n_g/n - N_g/N|: the share that would have to come from another group."""
    n, size = int(participants.sum()), int(base.sum())
    return int(np.abs(participants * size - n * base).sum()) / (2 * n * size)


def noise_floor(base: Counts, participants: Counts) -> float:
    """The dissimilarity that chance alone gives: 1/2 sum sqrt[(2/pi) P(1 - P)(1 - f)/n]."""
    n, size = int(participants.sum()), int(base.sum())
    share = base / size
    return float(np.sqrt(2 / np.pi * share * (1 - share) * (1 - n / size) / n).sum()) / 2
