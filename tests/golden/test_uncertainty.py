"""Estimates, standard errors and intervals that others published or that R's survey 4.5 computed.

Rows 7 to 13 of the reference's table of numbers, and all other estimates of the three API samples
in ``r_survey_4.5_reference.json``.
"""

import csv
import json
from collections import Counter
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from consult.weighing.association import rao_scott
from consult.weighing.calibration import calibrate
from consult.weighing.cells import Cells, cross
from consult.weighing.intervals import Method, Z, of_share, wilson
from consult.weighing.kish import kish
from consult.weighing.regression import Regression, behind, regression
from consult.weighing.targets import Targets
from consult.weighing.variance import Design, Estimate, Sampled, covariance, design_effect, mean
from consult.weighing.variance import total as total_of
from tests.reference import reference

Numbers = NDArray[np.float64]
TWO = ("stype", "sch.wide")
FOUR = (*TWO, "comp.imp", "awards")
DISTRICTS = 757
"""So many school districts there are, of which dclus1 drew fifteen."""


def r() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reference("r_survey_4.5_reference.json").read_text())
    return found


@cache
def table(sample: str) -> dict[str, list[str]]:
    with reference(f"api_{sample}_reference.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}


def numbers(sample: str, name: str) -> Numbers:
    return np.array([float(one) for one in table(sample)[name]])


def codes(sample: str, name: str) -> NDArray[np.int64]:
    return np.unique(table(sample)[name], return_inverse=True)[1]


def drawn(sample: str) -> tuple[NDArray[np.int64] | None, Sampled]:
    """The clusters and the strata of a sample, with what was drawn of them."""
    if sample == "clus1":
        return codes(sample, "dnum"), Sampled(fractions=15 / DISTRICTS)
    if sample == "srs":
        return None, Sampled(fractions=200 / 6194)
    strata = codes(sample, "stype")
    there = np.array([numbers(sample, "fpc")[strata == one][0] for one in range(3)])
    return None, Sampled(strata, np.bincount(strata) / there)


def fit(sample: str, margins: tuple[str, ...], base: str | None = "pw") -> Regression:
    cells = crossed(sample, margins, base)
    start = np.ones(len(cells.people)) if cells.base is None else cells.base
    return regression(cells, population(margins), start)


def crossed(sample: str, margins: tuple[str, ...], base: str | None) -> Cells:
    start = None if base is None else numbers(sample, base)
    return cross({name: table(sample)[name] for name in margins}, base=start)


def population(margins: tuple[str, ...]) -> Targets:
    return Targets({name: r()["population"][name] for name in margins})


def design(sample: str, weights: Numbers, margins: Regression | None = None) -> Design:
    clusters, rule = drawn(sample)
    return Design(weights, margins, clusters, rule)


def agrees(found: Estimate, published: dict[str, Any], place: int = 0, rel: float = 1e-9) -> None:
    value, error = (np.ravel(published[key])[place] for key in ("est", "se"))
    ends = np.reshape(published["ci"], (2, -1))[:, place]
    assert found.value == pytest.approx(value, rel=1e-11)
    assert found.error == pytest.approx(error, rel=rel)
    interval = of_t(found)
    assert interval == pytest.approx(tuple(ends), rel=rel)


def of_t(found: Estimate) -> tuple[float, float]:
    reach = Z * found.error  # R's confint() of a mean takes the normal quantile
    return found.value - reach, found.value + reach


@pytest.mark.parametrize("sample", ["clus1", "srs", "strat"])
@pytest.mark.parametrize(
    ("kind", "weights", "margins", "base", "rel"),
    [
        ("", "pw", (), None, 1e-12),
        ("_cal_linear", "w_cal_linear", TWO, "pw", 1e-12),
        ("_cal_raking", "w_cal_raking", TWO, "pw", 1e-12),
        ("_ps", "w_ps", ("stype",), "pw", 1e-12),
        # After rake() R fits by least squares that no weight enters.
        ("_rake2", "w_rake2", TWO, None, 1e-9),
    ],
)
def test_means_totals_errors_and_intervals_are_those_of_r(
    sample: str, kind: str, weights: str, margins: tuple[str, ...], base: str | None, rel: float
) -> None:
    """Rows 7, 9 and 10."""
    published = r()[f"d{sample}{kind}"]
    about = design(
        sample, numbers(sample, weights), fit(sample, margins, base) if margins else None
    )
    agrees(mean(about, numbers(sample, "api00")), published["api00"], rel=rel)
    agrees(total_of(about, numbers(sample, "enroll")), published["enroll"], rel=rel)
    for name, column, levels in (("schwide", "sch.wide", 2), ("stype", "stype", 3)):
        for place in range(levels if name in published else 0):
            share = (codes(sample, column) == place).astype(float)
            found = mean(about, share)
            assert found.value == pytest.approx(published[name]["est"][place], rel=1e-11)
            assert found.error == pytest.approx(published[name]["se"][place], rel=rel, abs=1e-9)


def test_the_printed_digits_are_reproduced() -> None:
    """Rows 7, 9 and 10 as they stand in print, with weights of our own making."""
    printed: list[tuple[str, tuple[str, ...], float, float, float, float]] = [
        ("clus1", TWO, 641.230321, 23.703617, 3647280, 400603),
        ("srs", TWO, 657.791546, 8.825679, 3601227.323, 121701.692),
    ]
    for sample, margins, api, api_error, enrolled, enrolled_error in printed:
        made = calibrate(crossed(sample, margins, "pw"), population(margins))
        about = design(sample, made.spread(), behind(made))
        found, whole = (
            mean(about, numbers(sample, "api00")),
            total_of(about, numbers(sample, "enroll")),
        )
        assert (found.value, found.error) == pytest.approx((api, api_error), abs=5e-7)
        assert (whole.value, whole.error) == pytest.approx((enrolled, enrolled_error), abs=0.5)
    plain = {"strat": (662.2874, 9.4089), "clus1": (644.1694, 23.5422), "srs": (656.585, 9.249722)}
    for sample, numbers_of in plain.items():
        found = mean(design(sample, numbers(sample, "pw")), numbers(sample, "api00"))
        assert (found.value, found.error) == pytest.approx(numbers_of, abs=5e-5)
    strat = total_of(design("strat", numbers("strat", "pw")), numbers("strat", "enroll"))
    assert (strat.value, strat.error) == pytest.approx((3687178, 114642), abs=0.5)


def test_joint_and_single_margins_give_the_mean_and_the_error_of_r() -> None:
    """Row 8, where the published IPF did not converge."""
    joint = [f"{one}|{other}" for one, other in zip(*(table("clus1")[n] for n in TWO), strict=True)]
    cells = cross(
        {"joint": joint, "comp.imp": table("clus1")["comp.imp"]}, base=numbers("clus1", "pw")
    )
    there = r()["population"]
    made = calibrate(
        cells, Targets({"joint": there["stype_x_sch.wide"], "comp.imp": there["comp.imp"]})
    )
    assert made.iterations <= 6
    found = mean(design("clus1", made.spread(), behind(made)), numbers("clus1", "api00"))
    assert found.value == pytest.approx(642.6085, abs=5e-5)
    assert found.error == pytest.approx(22.731, abs=5e-4)


@pytest.mark.parametrize("sample", ["clus1", "srs", "strat"])
def test_after_rake_of_four_margins_r_stops_its_projection_after_ten_rounds(sample: str) -> None:
    """R's own error is where it stopped; where the rounds go to is what we give."""
    weights, published = numbers(sample, "w_rake4"), r()[f"d{sample}_rake4"]
    ours = design(sample, weights, fit(sample, FOUR, None))
    api = numbers(sample, "api00")
    assert mean(ours, api).value == pytest.approx(published["api00"]["est"], rel=1e-11)
    added = (api - published["api00"]["est"]) / weights.sum()
    stopped = rounds(sample, added, 10)
    assert error_of(sample, weights, stopped) == pytest.approx(published["api00"]["se"], rel=1e-9)
    settled = error_of(sample, weights, rounds(sample, added, 1_000))
    assert mean(ours, api).error == pytest.approx(settled, rel=1e-9)
    assert abs(settled / published["api00"]["se"] - 1) > 1e-4


def rounds(sample: str, added: Numbers, times: int) -> Numbers:
    """What is left after taking off the means of each margin in turn."""
    for _ in range(times):
        for name in FOUR:
            level = codes(sample, name)
            added = added - (np.bincount(level, added) / np.bincount(level))[level]
    return added


def error_of(sample: str, weights: Numbers, left: Numbers) -> float:
    return sqrt(covariance(design(sample, weights), left[:, np.newaxis])[0, 0])


def test_kishs_effects_are_the_published_ones() -> None:
    """Rows 7 and 9."""
    for sample, weights, effect in [
        ("clus1", "w_rake2", 1.051657),
        ("srs", "w_rake4", 1.019812),
        ("strat", "w_rake4", 1.292591),
    ]:
        found = kish(Counter(numbers(sample, weights).tolist()))
        assert found.effect == pytest.approx(effect, abs=5e-7)
        assert found.people == pytest.approx(len(numbers(sample, weights)) / effect, rel=1e-6)
    made = kish(Counter(numbers("clus1", "w_rake2").tolist()))
    assert made.effect == pytest.approx(r()["deff"]["kish_rake"], rel=1e-11)
    assert made.people == pytest.approx(174.0112, abs=5e-5)


def test_design_effects_of_a_mean_are_those_of_r() -> None:
    about, api = design("clus1", numbers("clus1", "pw")), numbers("clus1", "api00")
    published = r()["deff"]
    assert design_effect(about, api) == pytest.approx(published["deff_api00"], rel=1e-12)
    replaced = design_effect(about, api, finite=False)
    assert replaced == pytest.approx(published["deff_api00_rep"], rel=1e-12)


def test_the_corrected_chi_square_is_that_of_svychisq() -> None:
    """Row 11."""
    about = design("clus1", numbers("clus1", "pw"))
    found = rao_scott(about, codes("clus1", "sch.wide"), codes("clus1", "stype"))
    statistic, above, below, chance = r()["chisq"]["F"]
    assert found.statistic == pytest.approx(statistic, rel=1e-12)
    assert found.freedom == pytest.approx((above, below), rel=1e-12)
    assert found.p_value == pytest.approx(chance, rel=1e-11)
    assert found.statistic == pytest.approx(5.1934, abs=5e-5)
    assert found.freedom == pytest.approx((1.4946, 20.9249), abs=6e-5)
    assert found.p_value == pytest.approx(0.02175, abs=5e-6)


@pytest.mark.parametrize(
    ("method", "printed", "name"),
    [
        (Method.LOGIT, (0.755597, 0.862591), "logit"),
        (Method.WILSON, (0.755934, 0.862374), "wilson"),
        (Method.BETA, (0.755072, 0.865604), "beta"),
        (Method.T, (0.761604, 0.868396), "mean"),
    ],
)
def test_intervals_of_a_share_are_those_of_svyciprop(
    method: Method, printed: tuple[float, float], name: str
) -> None:
    """Row 12."""
    found = of_share(*yes(), method)
    assert (found.low, found.high) == pytest.approx(printed, abs=5e-7)
    assert (found.low, found.high) == pytest.approx(tuple(r()["ciprop"][name][1:]), rel=1e-13)


def test_the_interval_of_the_likelihood_is_the_one_that_r_interpolates() -> None:
    """Row 12. R joins points of the profile by lines, which moves its ends by two millionths."""
    found = of_share(*yes(), Method.LIKELIHOOD)
    _, low, high = r()["ciprop"]["likelihood"]
    assert (low, high) == pytest.approx((0.757685, 0.864385), abs=5e-7)
    assert (found.low, found.high) == pytest.approx((low, high), abs=3e-6)


def yes() -> tuple[float, float, int, int]:
    """Schools that met their target, of the simple random sample."""
    about = design("srs", numbers("srs", "pw"))
    found = mean(about, codes("srs", "sch.wide").astype(float))
    return found.value, found.variance, found.people, found.freedom


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_wilsons_interval_is_that_of_newcombe_1998(
    successes: int, trials: int, low: float, high: float, several: bool
) -> None:
    """Row 13: Newcombe 1998, Stat. Med. 17:857-872, table I, method 3; of one or of many."""
    share: Any = np.array([successes / trials]) if several else successes / trials
    people: Any = np.array([trials]) if several else trials
    found = [float(np.ravel(end)[0]) for end in wilson(share, people)]
    assert found == pytest.approx([low, high], abs=5e-5)


def test_traps_are_not_matched_by_accident() -> None:
    """Errors that peers give for the same samples (reference, section 2.2)."""
    srs = design("srs", numbers("srs", "w_rake2"), fit("srs", TWO, None))
    loose = Design(srs.weights, srs.margins, None, Sampled())
    assert mean(loose, numbers("srs", "api00")).error == pytest.approx(8.9717, abs=5e-5)  # svy
    assert mean(srs, numbers("srs", "api00")).error != pytest.approx(8.9717, abs=0.1)
    alone = Design(numbers("clus1", "w_rake2"), fit("clus1", TWO, None), None, Sampled())
    wrong = mean(alone, numbers("clus1", "api00")).error
    assert wrong < 23.703617 / 2  # without its clusters


def test_the_interval_is_95_percent_wide() -> None:
    assert pytest.approx(1.959963984540054, rel=1e-15) == Z
