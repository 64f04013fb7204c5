"""The parametric bootstrap: the same numbers from the same seed, and errors as by formula."""

import numpy as np
import pytest

from consult.reports.core.response.design import responses
from consult.reports.core.response.indicators import indicators
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.redrawn import bootstrap
from tests.unit.reports.test_propensity import estate


def test_a_seed_gives_the_same_draws_again() -> None:
    model = fit(estate())
    one = bootstrap(model, 5, np.random.default_rng(4))
    again = bootstrap(model, 5, np.random.default_rng(4))
    assert one.cv.tolist() == again.cv.tolist()
    assert one.beside.tolist() == again.beside.tolist()
    assert one.alone.shape == one.beside.shape == (5, 3)


def test_draws_vary_as_the_formulas_say() -> None:
    model = fit(estate(people=20_000))
    found = indicators(model)
    draws = bootstrap(model, 400, np.random.default_rng(4))
    assert draws.r.std() == pytest.approx(found.r.error, rel=0.15)
    assert draws.cv.std() == pytest.approx(found.cv.error, rel=0.2)
    age = found.partials[0]
    assert draws.alone[:, 0].std() == pytest.approx(age.alone.error / found.mean, rel=0.2)
    assert draws.beside[:, 0].std() == pytest.approx(age.beside.error / found.mean, rel=0.2)


def test_draws_lie_around_what_was_measured_and_not_above_it() -> None:
    """As fitted, propensities vary too much; redrawn from those, they would vary more yet."""
    model = fit(estate(people=20_000))
    found = indicators(model)
    draws = bootstrap(model, 300, np.random.default_rng(9))
    assert draws.cv.mean() == pytest.approx(found.cv.value, abs=0.3 * found.cv.error)


def test_a_response_without_pattern_is_redrawn_without_one() -> None:
    every = responses({"a": ["x", "y"]}, [100, 100], [1_000, 1_000])
    draws = bootstrap(fit(every), 100, np.random.default_rng(2))
    assert np.median(draws.cv) == 0
