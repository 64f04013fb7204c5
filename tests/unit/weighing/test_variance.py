"""Variances of weighted estimates, on numbers that can be checked by hand."""

import numpy as np
import pytest

from consult.weighing.cells import cross
from consult.weighing.kish import kish
from consult.weighing.regression import Regression, regression
from consult.weighing.targets import Targets
from consult.weighing.variance import (
    Design,
    Sampled,
    UnitLevel,
    covariance,
    design_effect,
    mean,
    ratio,
    total,
)

WEIGHTS = np.array([2.0, 2.0, 4.0, 4.0])
VALUES = np.array([0.0, 1.0, 1.0, 1.0])


def fit(*columns: list[str], base: float = 1.0, **numbers: list[float]) -> Regression:
    named = {str(place): column for place, column in enumerate(columns)}
    cells = cross(named, numbers=numbers)
    targets = Targets(
        {name: {k: float(v) for k, v in cells.counted(name).items()} for name in named},
        {name: sum(column) for name, column in numbers.items()},
    )
    return regression(cells, targets, np.full(len(cells.people), base))


def test_a_mean_is_as_sure_as_what_each_person_adds_to_it() -> None:
    """Σ (1 - 1/w)(w (y - 10/12)/12)² over the four: .5, .5, .75 and .75 times squares."""
    found = mean(Design(WEIGHTS), VALUES)
    assert found.value == pytest.approx(10 / 12)
    u = (VALUES - 10 / 12) / 12
    expected = 0.5 * (2 * u[0]) ** 2 + 0.5 * (2 * u[1]) ** 2 + 2 * 0.75 * (4 * u[2]) ** 2
    assert found.variance == pytest.approx(expected)
    assert found.error == pytest.approx(expected**0.5)
    assert (found.people, found.freedom) == (4, 3)


def test_nothing_is_unsure_when_everybody_took_part() -> None:
    assert mean(Design(np.ones(4)), VALUES).variance == 0


def test_a_weight_below_one_leaves_nothing_to_chance_and_less_than_nothing_never() -> None:
    assert mean(Design(np.array([0.5, 0.5])), np.array([0.0, 1.0])).variance == 0


def test_people_of_one_dwelling_are_summed_first() -> None:
    homes = np.array([0, 0, 1, 1])
    apart = mean(Design(WEIGHTS), VALUES).variance
    together = mean(Design(WEIGHTS, clusters=homes), VALUES)
    u = (VALUES - 10 / 12) / 12
    first = 0.5**0.5 * (2 * u[0] + 2 * u[1])
    second = 0.75**0.5 * (4 * u[2] + 4 * u[3])
    assert together.variance == pytest.approx(first**2 + second**2)
    assert together.variance != pytest.approx(apart)
    assert together.freedom == 1


def test_two_of_a_dwelling_who_do_all_together_prove_no_more_than_one() -> None:
    one = mean(Design(WEIGHTS), VALUES).variance
    twice = Design(np.repeat(WEIGHTS, 2), clusters=np.repeat(np.arange(4), 2))
    alone = Design(np.repeat(WEIGHTS, 2))
    assert mean(twice, np.repeat(VALUES, 2)).variance == pytest.approx(one)
    assert mean(alone, np.repeat(VALUES, 2)).variance == pytest.approx(one / 2)


def test_what_the_margins_explain_is_sure() -> None:
    kinds = ["a", "a", "b", "b"]
    explained = np.array([0.0, 0.0, 1.0, 1.0])
    assert mean(Design(WEIGHTS, fit(kinds)), explained).variance == pytest.approx(0, abs=1e-30)
    assert mean(Design(WEIGHTS), explained).variance > 0.01


def test_a_residual_gets_back_what_the_fit_took_from_it() -> None:
    """Two of a kind have each a leverage of a half: their residuals count double."""
    found = total(Design(WEIGHTS, fit(["a", "a", "b", "b"])), VALUES)
    assert found.variance == pytest.approx(2 * 0.5 * (2 * 0.5 * 2) ** 2)


def test_one_alone_of_her_kind_has_a_leverage_of_one_which_counts_as_a_half() -> None:
    alone = fit(["a", "b", "b", "b"])
    assert alone.leverage.max() == pytest.approx(1)
    assert np.isfinite(mean(Design(WEIGHTS, alone), VALUES).variance)


def test_numbers_are_margins_too() -> None:
    rooms = [1.0, 2.0, 3.0, 5.0]
    line = fit(["x"] * 4, rooms=rooms)
    exact = 3 + 2 * np.array(rooms)
    assert total(Design(WEIGHTS, line), exact).variance == pytest.approx(0, abs=1e-20)
    matrix = np.column_stack([np.ones(4), rooms])
    hat = matrix @ np.linalg.inv(matrix.T @ matrix) @ matrix.T
    assert line.leverage[line.cells.cell_of] == pytest.approx(np.diag(hat))
    left = VALUES - hat @ VALUES
    assert line.residuals(VALUES[:, np.newaxis])[:, 0] == pytest.approx(left)


def test_margins_that_follow_from_others_change_nothing() -> None:
    once, twice = fit(["a", "a", "b", "b"]), fit(["a", "a", "b", "b"], ["p", "p", "q", "q"])
    one, other = (mean(Design(WEIGHTS, margins), VALUES).variance for margins in (once, twice))
    assert one == pytest.approx(other)


def test_a_mean_among_some_is_about_them_alone() -> None:
    some = np.array([True, True, False, False])
    found = mean(Design(WEIGHTS), np.array([0.0, 1.0, 7.0, np.nan]), some)
    assert (found.value, found.people) == (0.5, 2)
    assert found.variance == pytest.approx(0.5 * 2 * (2 * 0.5 / 4) ** 2)


def test_a_mean_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to divide by"):
        mean(Design(WEIGHTS), VALUES, np.zeros(4, dtype=np.bool_))


def test_a_ratio_of_a_variable_to_itself_is_sure() -> None:
    found = ratio(Design(WEIGHTS), VALUES, VALUES)
    assert (found.value, found.variance, found.people) == (1, 0, 3)


def test_a_sample_with_replacement_is_as_unsure_as_its_spread() -> None:
    """The textbook's s²/n."""
    found = mean(Design(np.full(4, 3.0), rule=Sampled()), VALUES)
    assert found.variance == pytest.approx(np.var(VALUES, ddof=1) / 4)
    assert design_effect(Design(np.full(4, 3.0), rule=Sampled()), VALUES, finite=False) == (
        pytest.approx(1)
    )


def test_a_drawn_part_is_taken_off_and_each_stratum_costs_a_degree_of_freedom() -> None:
    strata = np.array([0, 0, 1, 1])
    design = Design(WEIGHTS, rule=Sampled(strata, np.array([0.5, 0.25])))
    found = total(design, VALUES)
    # Only the first stratum varies: (1 - .5) 2/1 [(0 - 1)² + (2 - 1)²].
    assert found.variance == pytest.approx(2.0)
    assert found.freedom == 2


def test_the_covariances_of_shares_that_add_up_to_one_add_up_to_nothing() -> None:
    shares = np.column_stack([VALUES, 1 - VALUES])
    added = (shares - np.array([10 / 12, 2 / 12])) / 12
    found = covariance(Design(WEIGHTS), added)
    assert found.sum() == pytest.approx(0)
    assert found[0, 0] == pytest.approx(mean(Design(WEIGHTS), VALUES).variance)


def test_the_rule_is_ours_unless_said_otherwise() -> None:
    assert Design(WEIGHTS).rule == UnitLevel()


def test_equal_weights_make_everybody_count_for_one() -> None:
    assert kish({0.7: 120}).people == pytest.approx(120)


def test_unequal_weights_are_worth_fewer_people() -> None:
    """Of 1, 1, 2 people: (1+1+4) · 3 / (1+1+2)² and 16/6."""
    found = kish({1.0: 2, 2.0: 1})
    assert (found.effect, found.people) == pytest.approx((18 / 16, 16 / 6))


def test_a_leverage_over_a_half_counts_as_a_half() -> None:
    """Of two of a kind with base weights 1 and 9 the second has a leverage of .9."""
    cells = cross({"kind": ["a", "a", "b", "b"]}, base=[1.0, 9.0, 5.0, 5.0])
    assert cells.base is not None
    line = regression(cells, Targets({"kind": {"a": 10.0, "b": 10.0}}), cells.base)
    assert line.leverage[line.cells.cell_of] == pytest.approx([0.1, 0.9, 0.5, 0.5])
    found = mean(Design(np.array([1.0, 9.0, 5.0, 5.0]), line), np.array([0.0, 1.0, 1.0, 1.0]))
    residual = 1 - 0.9
    assert found.variance == pytest.approx(8 / 9 * (9 * residual / 20 / (1 - 0.5)) ** 2)
