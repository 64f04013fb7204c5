"""Numbers that others published or that R computed."""

import csv
import json
from math import sqrt

import numpy as np
import pytest

from consult.reports.core.representation import Z, index, wilson
from tests.reference import reference


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_that_of_newcombe_1998(
    successes: int, trials: int, low: float, high: float
) -> None:
    """Newcombe 1998, Stat. Med. 17:857-872, table I, method 3."""
    found_low, found_high = wilson(np.array([successes / trials]), np.array([trials]))
    assert (found_low[0], found_high[0]) == pytest.approx((low, high), abs=5e-5)


def test_wilsons_interval_is_that_of_svyciprop_in_r() -> None:
    """survey 4.5: svyciprop(~I(sch.wide == "Yes"), method = "wilson") on apisrs, n = 200."""
    values = json.loads(reference("r_survey_4.5_reference.json").read_text())
    error = values["dsrs"]["schwide"]["se"][1]
    share, low, high = values["ciprop"]["wilson"]
    t = 1.971956544249395  # qt(0.975, 199)
    low_high = wilson(np.array([share]), np.array([share * (1 - share) / error**2]), t)
    assert [bound[0] for bound in low_high] == pytest.approx([low, high], rel=1e-9)


@pytest.mark.parametrize("variable", ["gender", "age", "urb"])
def test_the_index_gives_the_partial_indicators_of_the_risq_manual(variable: str) -> None:
    """RISQ manual 2.0: P_u(X, k) = sqrt(N_k/N) (p_k - p), which is sqrt(N_k/N) p (I_k - 1).

    Its propensities are those of a logistic model with main effects, whose mean in a category is
    the rate that was seen there.
    """
    published = json.loads(reference("risq_manual_published.json").read_text())
    seen: dict[str, list[int]] = {}
    with reference("risq_test_cells.csv").open() as file:
        for row in csv.DictReader(file):
            totals = seen.setdefault(row[variable], [0, 0])
            totals[0] += int(row["n"])
            totals[1] += int(row["resp"])
    base, taking_part = np.array(list(seen.values())).T
    rate = taking_part.sum() / base.sum()
    partials = np.sqrt(base / base.sum()) * rate * (index(base, taking_part) - 1)
    expected = published["by_category_unadjusted"][variable]
    assert rate == pytest.approx(published["response_rate"], abs=5e-6)
    for category, partial in zip(seen, partials, strict=True):
        assert partial == pytest.approx(expected[category][0], abs=5e-9)
    overall = published["by_variable_unadjusted"][variable]["Pu"]
    assert sqrt(float((partials**2).sum())) == pytest.approx(overall, abs=5e-9)


def test_the_interval_is_95_percent_wide() -> None:
    assert pytest.approx(1.959963984540054, rel=1e-15) == Z
