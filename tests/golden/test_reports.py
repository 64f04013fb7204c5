"""Numbers that others published or that R computed."""

import csv
import json
from math import sqrt

import numpy as np
import pytest

from consult.reports.core.response.representation import index
from tests.reference import reference


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
