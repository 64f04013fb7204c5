"""The corrected chi-square of a table of weighted people."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from consult.weighing.association import rao_scott
from consult.weighing.variance import Design, Sampled


def test_of_a_simple_random_sample_it_is_pearsons() -> None:
    """The one change is that n/(n - 1) people vary."""
    random = np.random.default_rng(3)
    rows, columns = random.integers(0, 2, 400), random.integers(0, 3, 400)
    found = rao_scott(Design(np.full(400, 7.0), rule=Sampled()), rows, columns)
    table = np.zeros((2, 3))
    np.add.at(table, (rows, columns), 1)
    pearson = chi2_contingency(table, correction=False)
    # Under the observed rather than the expected table, so nearly and not quite.
    assert found.statistic * 2 == pytest.approx(pearson.statistic, rel=0.02)
    assert found.freedom[0] == pytest.approx(2, rel=0.02)
    assert found.p_value == pytest.approx(pearson.pvalue, abs=0.01)


def test_people_who_all_count_double_prove_no_more() -> None:
    random = np.random.default_rng(4)
    rows, columns = random.integers(0, 2, 100), random.integers(0, 2, 100)
    once = rao_scott(Design(np.ones(100), rule=Sampled()), rows, columns)
    pairs = np.repeat(np.arange(100), 2)
    twice = rao_scott(
        Design(np.ones(200), clusters=pairs, rule=Sampled()), rows[pairs], columns[pairs]
    )
    assert twice.statistic == pytest.approx(once.statistic)
    assert twice.p_value == pytest.approx(once.p_value)


def test_a_cell_without_people_is_allowed() -> None:
    rows, columns = np.array([0, 0, 1, 1, 2, 2] * 9), np.array([0, 1, 0, 0, 1, 1] * 9)
    found = rao_scott(Design(np.ones(54), rule=Sampled()), rows, columns)
    assert 0 <= found.p_value < 0.05


def test_a_table_of_one_row_is_refused() -> None:
    with pytest.raises(ValueError, match="two rows"):
        rao_scott(Design(np.ones(4)), np.zeros(4, dtype=int), np.array([0, 1, 0, 1]))
