"""Evenness of response: its extremes, its formulas written out, and what chance does to it."""

from math import sqrt

import numpy as np
import pytest

from consult.reports.core.response.design import Responses, responses
from consult.reports.core.response.indicators import indicators, lowest_r
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.variation import Sums
from tests.unit.reports.test_propensity import estate


def places(rate: float, seed: int, *, number: int = 75, people: int = 60_000) -> Responses:
    """Everybody as likely to take part, in as many neighbourhoods as Rotterdam has."""
    random = np.random.default_rng(seed)
    size = random.multinomial(people, random.dirichlet(np.full(number, 4.0)))
    return responses(
        {"place": [str(place) for place in range(number)]},
        random.binomial(size, rate).tolist(),
        size.tolist(),
    )


def test_the_formulas_written_out_person_by_person() -> None:
    every = estate()
    model = fit(every)
    found = indicators(model)
    chance = np.repeat(model.propensity, every.people)
    z = np.repeat(model.design.columns(model.slope), every.people, axis=0)
    people = len(chance)
    spread = chance.var(ddof=1)
    bias = float(np.einsum("ij,jk,ik->", z, model.covariance, z)) / people
    assert found.variance == pytest.approx(spread, rel=1e-11)
    assert found.bias == pytest.approx(bias, rel=1e-11)
    assert found.r.value == pytest.approx(1 - 2 * sqrt(spread - bias), rel=1e-11)
    a = ((chance - chance.mean())[:, None] * z).mean(axis=0)
    c = np.cov(z.T, ddof=0)
    v = model.covariance
    error = (4 * a @ v @ a + 2 * np.trace(c @ v @ c @ v)) / chance.var()
    assert found.r.error == pytest.approx(sqrt(error), rel=1e-9)
    cv_error = sqrt(error / (4 * found.mean**2) + (sqrt(spread) / found.mean) ** 4 / people)
    assert found.cv.error == pytest.approx(cv_error, rel=1e-9)


def test_partial_indicators_written_out_person_by_person() -> None:
    every = estate()
    model = fit(every)
    chance = np.repeat(model.propensity, every.people)
    codes = np.repeat(every.codes, every.people, axis=0)
    for place, partial in enumerate(indicators(model).partials):
        others = [tuple(row) for row in np.delete(codes, place, axis=1)]
        means = {other: [] for other in others}  # type: dict[tuple[int, ...], list[float]]
        for other, one in zip(others, chance, strict=True):
            means[other].append(one)
        gap = chance - np.array([np.mean(means[other]) for other in others])
        assert partial.beside.unadjusted == pytest.approx(sqrt((gap**2).mean()), rel=1e-10)
        for category, level in zip(partial.categories, range(99), strict=False):
            there = codes[:, place] == level
            alone = sqrt(there.mean()) * (chance[there].mean() - chance.mean())
            assert category.alone.unadjusted == pytest.approx(alone, rel=1e-9)
            part = sqrt((gap[there] ** 2).sum() / len(chance))
            assert category.beside.unadjusted == pytest.approx(part, rel=1e-10)


def test_one_variable_beside_nothing_is_that_variable_alone_and_all_there_is() -> None:
    found = indicators(fit(places(0.077, 1)))
    (partial,) = found.partials
    assert partial.beside.value == pytest.approx(partial.alone.value, rel=1e-12)
    assert partial.alone.unadjusted == pytest.approx((1 - found.r.unadjusted) / 2, rel=1e-4)


def test_a_representative_response_of_a_fifth_scores_one() -> None:
    """A library that pools participants with their target gives 0.40 here."""
    scores = [indicators(fit(places(0.20, seed))).r.value for seed in range(8)]
    assert min(scores) > 0.98
    assert np.mean(scores) > 0.99


def test_the_ratio_of_lowest_and_highest_response_calls_a_perfect_response_bad() -> None:
    """What a platform publishes as its score, on a response without any pattern."""
    ratios, adjusted, unadjusted = [], [], []
    for seed in range(12):
        every = places(0.077, seed, people=12_000)
        rate = every.took_part / every.people
        ratios.append(rate.min() / rate.max())
        found = indicators(fit(every, at_limit=True))
        adjusted.append(found.r.value)
        unadjusted.append(found.r.unadjusted)
    assert np.mean(ratios) < 0.25
    assert np.mean(adjusted) > 0.985
    assert np.mean(unadjusted) < np.mean(adjusted) - 0.02


def test_r_never_falls_below_the_least_it_can_be() -> None:
    assert lowest_r(0.077) == pytest.approx(0.467, abs=5e-4)
    assert lowest_r(0.5) == 0
    model = fit(responses({"a": ["x", "y"]}, [99, 1], [100, 100]))
    assert indicators(model).r.unadjusted > lowest_r(0.5)


def test_response_that_is_all_chance_has_no_variation_left() -> None:
    every = responses({"a": ["x", "y"]}, [10, 10], [100, 100])
    found = indicators(fit(every))
    assert (found.r.value, found.cv.value) == (1.0, 0.0)
    assert found.r.error == pytest.approx(sqrt(found.bias / 2), rel=1e-9)
    assert found.partials[0].alone.value == 0


def test_an_interval_stays_within_what_is_possible() -> None:
    found = indicators(fit(places(0.08, 4)))
    assert found.lowest_r <= found.r.low <= found.r.value <= found.r.high <= 1
    assert 0 <= found.cv.low <= found.cv.value <= found.cv.high


def test_cv_bounds_the_bias_of_a_mean() -> None:
    """Whatever is asked: the bias of the mean of those who take part is at most CV times S(y)."""
    model = fit(estate())
    found = indicators(model)
    random = np.random.default_rng(1)
    people, chance = model.responses.people, model.propensity
    for _ in range(50):
        opinion = random.random(len(people))
        mean = (people * opinion).sum() / people.sum()
        seen = (people * chance * opinion).sum() / (people * chance).sum()
        spread = sqrt((people * (opinion - mean) ** 2).sum() / people.sum())
        assert abs(seen - mean) <= found.cv.unadjusted * spread * (1 + 1e-9)


def test_the_error_of_a_category_alone_is_that_of_many_responses() -> None:
    """The delta method against draws: everybody decides anew by the fitted chance."""
    every = estate(people=20_000)
    model = fit(every)
    found = indicators(model).partials[0]
    random = np.random.default_rng(5)
    draws, beside = [], []
    for _ in range(300):
        came = random.binomial(every.people, model.propensity)
        again = fit(Responses(every.variables, every.codes, every.people, came))
        partial = indicators(again).partials[0]
        draws.append([each.alone.unadjusted for each in partial.categories])
        beside.append(partial.beside.unadjusted)
    errors = np.std(draws, axis=0)
    assert [each.alone.error for each in found.categories] == pytest.approx(errors, rel=0.15)
    assert found.beside.error == pytest.approx(np.std(beside), rel=0.15)


def test_a_variable_that_does_nothing_adds_nothing_beside_one_that_does() -> None:
    """One factor for all, as in the manual, would leave most of its noise there."""
    random = np.random.default_rng(12)
    age = random.integers(0, 2, 30_000)
    columns = {
        "age": [str(one) for one in age],
        "place": [str(one) for one in random.integers(0, 75, 30_000)],
    }
    found = indicators(fit(responses(columns, random.random(30_000) < 0.05 + 0.1 * age)))
    place = found.partials[1]
    assert place.alone.by_factor > 0.01
    assert place.alone.value < 0.006
    assert place.alone.low == 0
    assert found.partials[0].alone.value == pytest.approx(0.05, abs=0.004)


def test_a_silent_level_counts_as_a_level_that_did_not_come() -> None:
    every = responses(
        {"a": ["x", "y", "z", "x", "y", "z"], "b": ["1"] * 3 + ["2"] * 3},
        [0, 30, 15, 0, 10, 25],
        [100, 200, 80, 50, 90, 70],
    )
    found = indicators(fit(every, at_limit=True))
    silent = found.partials[0].categories[0]
    assert (silent.level, silent.people, silent.rate) == ("x", 150, 0.0)
    assert silent.alone.unadjusted == pytest.approx(-sqrt(150 / 590) * 80 / 590, rel=1e-12)
    assert found.variance > Sums(fit(every.only(["b"]))).variance
