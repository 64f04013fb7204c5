"""Indices, intervals, residuals and dissimilarity, on numbers that can be checked by hand."""

from itertools import product
from math import erfc, exp, log, sqrt

import numpy as np
import pytest
from scipy.stats import chi2

from consult.reports.core.response.representation import (
    Counts,
    Z,
    adjusted_residuals,
    compare,
    dissimilarity,
    holm,
    index,
    index_interval,
    noise_floor,
    overall_test,
    share_interval,
    wilson,
)


def counts(*numbers: int) -> Counts:
    return np.array(numbers, dtype=np.int64)


BASE = counts(2_000, 5_000, 3_000)
PARTICIPANTS = counts(80, 520, 400)


def test_the_index_is_the_share_of_participants_over_the_share_of_the_base() -> None:
    assert index(BASE, PARTICIPANTS).tolist() == pytest.approx([0.4, 1.04, 4 / 3], rel=1e-15)


def test_the_interval_follows_the_log_method_for_group_and_rest() -> None:
    low, high = index_interval(BASE, PARTICIPANTS)
    spread = 920 / 1000 * sqrt((1 - 80 / 2000) / 80 + (1 - 920 / 8000) / 920)
    assert low[0] == pytest.approx(exp(log(0.4) - Z * spread), rel=1e-14)
    assert high[0] == pytest.approx(exp(log(0.4) + Z * spread), rel=1e-14)


def test_a_group_of_fewer_than_five_participants_gets_wilsons_interval() -> None:
    base, participants = counts(50, 950), counts(4, 96)
    low, high = index_interval(base, participants)
    wilson_low, wilson_high = wilson(np.array([0.08]), counts(50))
    assert low[0] == pytest.approx(wilson_low[0] * 10, rel=1e-14)
    assert high[0] == pytest.approx(wilson_high[0] * 10, rel=1e-14)


def test_a_group_without_participants_has_an_interval_that_starts_at_nought() -> None:
    low, high = index_interval(counts(20, 980), counts(0, 98))
    assert low[0] == 0
    assert 1 < high[0] < 2


def test_an_interval_exists_when_nobody_outside_the_group_took_part() -> None:
    low, high = index_interval(counts(500, 500), counts(50, 0))
    assert 1 < low[0] < 2 < high[0]
    assert low[1] == 0


def test_a_group_that_is_everybody_is_exactly_itself() -> None:
    found = compare(counts(700), counts(70))
    assert (found.index[0], found.low[0], found.high[0]) == (1, 1, 1)
    assert (found.residual[0], found.p_value[0]) == (0, 1)
    assert (found.dissimilarity, found.noise_floor) == (0, 0)


def test_no_chance_is_left_when_everybody_took_part() -> None:
    found = compare(BASE, BASE)
    assert found.low.tolist() == found.high.tolist() == [1, 1, 1]
    assert found.residual.tolist() == [0, 0, 0]
    assert found.noise_floor == 0


def test_the_residual_of_two_groups_is_the_chi_square_of_their_table() -> None:
    base, participants = counts(300, 700), counts(12, 58)
    z = adjusted_residuals(base, participants)
    pearson = 0.0
    for group, took_part in product((0, 1), (True, False)):
        seen = participants[group] if took_part else base[group] - participants[group]
        expected = base[group] * (70 if took_part else 930) / 1000
        pearson += (seen - expected) ** 2 / expected
    assert z[0] == -z[1]
    assert z[0] ** 2 == pytest.approx(pearson * 999 / 1000, rel=1e-14)


def test_holm_asks_most_of_the_smallest_and_never_falls() -> None:
    adjusted = holm(np.array([0.04, 0.01, 0.03, 0.9]))
    assert adjusted.tolist() == pytest.approx([0.09, 0.04, 0.09, 0.9])


def test_holm_never_passes_one() -> None:
    assert holm(np.array([0.6, 0.7])).tolist() == [1, 1]


def test_dissimilarity_is_the_share_that_belongs_elsewhere() -> None:
    assert dissimilarity(BASE, PARTICIPANTS) == pytest.approx(0.12, rel=1e-15)


def test_participants_who_mirror_the_base_do_not_differ_at_all() -> None:
    found = compare(BASE, BASE // 50)
    assert found.index.tolist() == [1, 1, 1]
    assert found.dissimilarity == 0
    assert found.p_value.tolist() == [1, 1, 1]


def test_an_empty_base_or_no_participants_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="without base"):
        compare(counts(0, 100), counts(0, 10))
    with pytest.raises(ValueError, match="nobody"):
        compare(counts(50, 50), counts(0, 0))


def test_the_noise_floor_is_the_dissimilarity_that_chance_gives() -> None:
    random = np.random.default_rng(20261122)
    base = random.integers(200, 1_500, 75)
    draws = [
        dissimilarity(base, random.multivariate_hypergeometric(base, 4_000)) for _ in range(400)
    ]
    floor = noise_floor(base, np.array([4_000 if g == 0 else 0 for g in range(75)]))
    assert floor == pytest.approx(float(np.mean(draws)), rel=0.03)


def test_the_share_interval_has_the_hypergeometric_error() -> None:
    low, high = share_interval(BASE, PARTICIPANTS)
    for share, below, above in zip((0.08, 0.52, 0.4), low, high, strict=True):
        error = sqrt(share * (1 - share) / 1_000 * 9_000 / 9_999)
        assert (above - below) / 2 == pytest.approx(Z * error, rel=0.01)
        assert below < share < above


def test_the_share_interval_stays_a_share_and_is_a_point_when_everybody_came() -> None:
    low, high = share_interval(counts(20, 980), counts(0, 98))
    assert low[0] == 0
    assert 0 < high[0] < 0.05
    assert high[1] == pytest.approx(1, abs=1e-12)
    assert high[1] <= 1
    low, high = share_interval(BASE, BASE)
    assert low.tolist() == high.tolist() == [0.2, 0.5, 0.3]


def test_the_overall_test_is_pearsons_of_participants_and_others() -> None:
    random = np.random.default_rng(11)
    for _ in range(200):
        base = random.integers(1, 3_000, int(random.integers(2, 90)))
        participants = random.binomial(base, random.uniform(0.01, 0.9))
        if not 0 < participants.sum() < base.sum():
            continue
        statistic, freedom, p_value = overall_test(base, participants)
        table = np.array([participants, base - participants], dtype=float)
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        pearson = float(((table - expected) ** 2 / expected).sum())
        assert statistic == pytest.approx(pearson, rel=1e-10)
        assert freedom == len(base) - 1
        assert p_value == pytest.approx(float(chi2.sf(pearson, freedom)), rel=1e-8, abs=1e-300)


def test_the_overall_test_has_nothing_to_say_of_one_group_or_of_everybody() -> None:
    assert overall_test(counts(500), counts(40)) == (0, 0, 1)
    assert overall_test(BASE, BASE) == (0, 2, 1)


def test_chance_alone_makes_the_overall_test_certain_one_time_in_twenty() -> None:
    random = np.random.default_rng(6)
    base = random.integers(200, 1_500, 30)
    draws = [overall_test(base, random.binomial(base, 0.08))[2] for _ in range(1_500)]
    assert np.mean(np.array(draws) < 0.05) == pytest.approx(0.05, abs=0.02)


def test_the_probabilities_of_all_groups_are_holms() -> None:
    """Of two groups both residuals are the same but for the sign, so both count double."""
    two = compare(counts(5_000, 5_000), counts(470, 530))
    alone = erfc(abs(two.residual[0]) / sqrt(2))
    assert two.p_value.tolist() == pytest.approx([2 * alone, 2 * alone])
    found = compare(BASE, PARTICIPANTS)
    each = np.array([erfc(abs(z) / sqrt(2)) for z in found.residual])
    assert found.p_value.tolist() == holm(each).tolist() != each.tolist()
