"""Intervals of shares: what they are at the edges, and that they are intervals."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.weighing.intervals import RECOMMENDED, Interval, Method, Z, of_share, quantile, wilson


@given(st.floats(0, 1), st.integers(2, 100_000), st.sampled_from(Method), st.floats(0.01, 10))
def test_the_share_is_inside_and_only_ts_interval_leaves_nought_to_one(
    share: float, people: int, method: Method, effect: float
) -> None:
    found = of_share(share, effect * share * (1 - share) / people, people, people - 1, method)
    assert found.low <= share + 1e-12
    assert share <= found.high + 1e-12
    assert method is Method.T or (found.low >= 0 and found.high <= 1)


@given(st.floats(0.001, 0.999), st.integers(5, 10_000), st.sampled_from(Method))
def test_no_is_the_mirror_of_yes(share: float, people: int, method: Method) -> None:
    variance = share * (1 - share) / people
    yes = of_share(share, variance, people, people - 1, method)
    no = of_share(1 - share, variance, people, people - 1, method)
    assert (no.low, no.high) == pytest.approx((1 - yes.high, 1 - yes.low), abs=1e-7)


@given(st.floats(0.01, 0.99), st.sampled_from(Method), st.floats(10, 1e5))
def test_more_variance_is_a_wider_interval(share: float, method: Method, worth: float) -> None:
    known = share * (1 - share) / worth
    narrow, wide = (of_share(share, v, 1_000, 999, method) for v in (known, 1.5 * known))
    assert wide.low < narrow.low < narrow.high <= wide.high
    assert narrow.high < wide.high or wide.high == 1


@pytest.mark.parametrize("method", [Method.WILSON, Method.BETA, Method.LIKELIHOOD])
def test_when_all_or_nobody_says_so_the_number_of_people_tells_how_sure_that_is(
    method: Method,
) -> None:
    nobody, everybody = (of_share(share, 0.0, 20, 19, method) for share in (0.0, 1.0))
    assert nobody.low == 0
    assert everybody.high == 1
    assert 0.05 < nobody.high < 0.25
    assert everybody.low == pytest.approx(1 - nobody.high)


def test_logits_have_no_edges() -> None:
    assert of_share(0.0, 0.0, 20, 19, Method.LOGIT) == Interval(0, 0)


def test_everybody_took_part_so_the_share_is_known() -> None:
    assert of_share(0.3, 0.0, 500) == Interval(0.3, 0.3)


def test_wilsons_is_the_one_that_is_used() -> None:
    assert RECOMMENDED is Method.WILSON
    found = of_share(0.3, 0.3 * 0.7 / 50, 50)
    assert (found.low, found.high) == pytest.approx(wilson(0.3, 50.0))


def test_few_degrees_of_freedom_make_it_wider_and_many_do_not() -> None:
    assert quantile(inf) == Z
    assert quantile(1) == pytest.approx(12.7062, abs=1e-4)
    assert quantile(1e7) == pytest.approx(Z, abs=1e-6)


def test_no_degree_of_freedom_is_refused() -> None:
    with pytest.raises(ValueError, match="degree of freedom"):
        quantile(0)


@pytest.mark.parametrize(("share", "variance", "people"), [(1.1, 0, 9), (-0.1, 0, 9), (0.5, -1, 9)])
def test_what_is_no_share_is_refused(share: float, variance: float, people: float) -> None:
    with pytest.raises(ValueError, match="share of somebody"):
        of_share(share, variance, people)


def test_a_share_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="share of somebody"):
        of_share(0.5, 0.1, 0)


def test_many_at_once_are_as_one_by_one() -> None:
    shares, people = np.array([0.0, 0.2, 1.0]), np.array([10.0, 50.0, 7.0])
    low, high = wilson(shares, people)
    for place in range(3):
        one = wilson(float(shares[place]), float(people[place]))
        assert (low[place], high[place]) == pytest.approx(one)
