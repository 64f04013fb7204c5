"""What response driven by the opinion does: the relation, its tipping point, and a simulation."""

import numpy as np
import pytest

from consult.reports.core.response.sensitivity import share_among_everybody, tipping_odds


def seen(truth: float, chance: float, odds: float) -> tuple[float, float]:
    """The share among participants and the response, if holders' odds are ``odds`` times."""
    ready = chance / (1 - chance) * odds
    holders = ready / (1 + ready)
    response = truth * holders + (1 - truth) * chance
    return truth * holders / response, response


@pytest.mark.parametrize("truth", [0.02, 0.3, 0.5, 0.81])
@pytest.mark.parametrize("chance", [0.01, 0.08, 0.31, 0.9])
@pytest.mark.parametrize("odds", [0.5, 1.0, 1.25, 1.5, 4.0])
def test_the_truth_comes_back_exactly_at_every_response(
    truth: float, chance: float, odds: float
) -> None:
    share, response = seen(truth, chance, odds)
    assert share_among_everybody(share, response, odds) == pytest.approx(truth, rel=1e-12)


def test_the_small_rate_approximation_would_be_wrong_at_a_high_response() -> None:
    share, response = seen(0.5, 0.6, 1.5)
    rough = share / (share + 1.5 * (1 - share))
    assert abs(rough - 0.5) > 0.03
    assert share_among_everybody(share, response, 1.5) == pytest.approx(0.5, rel=1e-12)


def test_equal_readiness_changes_nothing_and_full_response_leaves_nothing_to_change() -> None:
    assert share_among_everybody(0.6, 0.08, 1.0) == pytest.approx(0.6, rel=1e-15)
    assert share_among_everybody(0.6, 1.0, 9.0) == pytest.approx(0.6, rel=1e-15)
    assert share_among_everybody(1.0, 0.5, 2.0) == 1.0
    assert share_among_everybody(0.0, 0.5, 2.0) == 0.0


def test_the_share_falls_as_holders_were_readier() -> None:
    shares = [share_among_everybody(0.6, 0.08, odds) for odds in (0.5, 1, 1.25, 1.5, 3)]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("share", [0.2, 0.45, 0.55, 0.9])
def test_at_the_tipping_odds_the_share_is_at_the_threshold(share: float) -> None:
    odds = tipping_odds(share, 0.08)
    assert odds is not None
    assert (odds > 1) == (share > 0.5)
    assert share_among_everybody(share, 0.08, odds) == pytest.approx(0.5, rel=1e-12)


def test_nothing_tips_what_those_who_took_part_decide_alone() -> None:
    assert tipping_odds(0.9, 0.6) is None
    assert tipping_odds(0.1, 0.6) is None
    assert tipping_odds(0.9, 1.0) is None
    assert tipping_odds(1.0, 0.1) is None


@pytest.mark.parametrize(
    ("share", "response", "odds"), [(1.1, 0.1, 1), (0.5, 0, 1), (0.5, 0.1, 0), (0.5, 1.2, 1)]
)
def test_what_is_no_share_response_or_odds_is_an_error(
    share: float, response: float, odds: float
) -> None:
    with pytest.raises(ValueError, match="share"):
        share_among_everybody(share, response, odds)


def test_what_is_no_threshold_is_an_error() -> None:
    with pytest.raises(ValueError, match="threshold"):
        tipping_odds(0.5, 0.1, 1.0)


def test_beside_a_weighted_share_the_line_holds_the_truth_where_weighting_does_not() -> None:
    """Opinion and response both go with the group, and holders are half more ready as well.

    Post-stratification takes the part of the bias that goes with groups and leaves 9 points or so,
    as was measured on the synthetic base (13.5 before, 9.0 after); the line at 1.5 takes the rest.
    """
    random = np.random.default_rng(8)
    group = random.integers(0, 6, 60_000)
    for_it = random.random(60_000) < np.array([0.3, 0.38, 0.46, 0.54, 0.62, 0.7])[group]
    truth = float(for_it.mean())
    level = np.array([0.04, 0.05, 0.06, 0.075, 0.09, 0.11])[group]
    chance = 1 / (1 + np.exp(-(np.log(level / (1 - level)) + np.log(1.5) * for_it)))
    plain, weighted, at_1_25, at_1_5 = [], [], [], []
    people = np.bincount(group)
    for _ in range(60):
        came = random.random(60_000) < chance
        holders = np.bincount(group[came], for_it[came]) / np.bincount(group[came])
        share, response = float(people @ holders) / 60_000, float(came.mean())
        plain.append(float(for_it[came].mean()) - truth)
        weighted.append(share - truth)
        at_1_25.append(share_among_everybody(share, response, 1.25) - truth)
        at_1_5.append(share_among_everybody(share, response, 1.5) - truth)
    assert np.mean(plain) > 0.12
    assert 0.07 < np.mean(weighted) < 0.11
    assert 0.02 < np.mean(at_1_25) < np.mean(weighted)
    assert abs(np.mean(at_1_5)) < 0.01
