"""The indicators of the RISQ project: its manual's printed values and those of its R code."""

import csv
import json
from itertools import chain, combinations
from math import sqrt
from typing import Any

import pytest

from consult.reports.core.response.design import Responses, responses
from consult.reports.core.response.indicators import Indicators, indicators
from consult.reports.core.response.propensity import fit
from tests.reference import reference

VARIABLES = ("gender", "age", "urb")


def sample() -> Responses:
    with reference("risq_test_cells.csv").open() as file:
        rows = list(csv.DictReader(file))
    columns = {name: [row[name] for row in rows] for name in VARIABLES}
    return responses(columns, [int(row["resp"]) for row in rows], [int(row["n"]) for row in rows])


def published() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(reference("risq_manual_published.json").read_text())
    return values


@pytest.fixture(scope="module")
def found() -> Indicators:
    return indicators(fit(sample()))


def test_the_r_indicator_and_its_error_are_those_of_the_risq_code(found: Indicators) -> None:
    code = published()["computed_with_RISQ_R_code_v2"]
    assert found.r.value == pytest.approx(code["R_adj"], abs=1e-10)
    assert found.r.unadjusted == pytest.approx(code["R_unadj"], abs=1e-10)
    assert found.r.error == pytest.approx(code["R_se"], abs=1e-10)
    assert round(found.r.value, 10) == 0.8810996806
    assert round(found.r.unadjusted, 10) == 0.8789220904


def test_the_coefficient_of_variation_is_that_of_the_manual(found: Indicators) -> None:
    code = published()["computed_with_RISQ_R_code_v2"]
    assert found.people == 35_455
    assert found.mean == pytest.approx(0.54658, abs=5e-6)
    assert round(found.cv.unadjusted, 7) == 0.1107595
    assert round(found.cv.error, 9) == 0.004806956
    assert found.cv.unadjusted == pytest.approx(code["CV_unadj"], abs=1e-10)
    assert found.cv.error == pytest.approx(code["CV_se"], abs=1e-10)


@pytest.mark.parametrize("place", range(3))
def test_the_partial_indicators_by_variable_are_those_of_the_manual(
    found: Indicators, place: int
) -> None:
    partial, values = found.partials[place], published()
    expected = values["by_variable_unadjusted"][partial.variable]
    assert partial.alone.unadjusted == pytest.approx(expected["Pu"], abs=5e-9)
    assert partial.beside.unadjusted == pytest.approx(expected["Pc"], abs=5e-9)


@pytest.mark.parametrize("place", range(3))
def test_partial_indicators_are_adjusted_by_one_factor_as_in_the_manual(
    found: Indicators, place: int
) -> None:
    """The manual printed those of an older version, whose factor differs in the fifth digit."""
    partial, values = found.partials[place], published()
    expected = values["by_variable_adjusted_printed"][partial.variable]
    assert partial.alone.by_factor == pytest.approx(expected["Pu"], rel=2e-5)
    assert partial.beside.by_factor == pytest.approx(expected["Pc"], rel=2e-5)
    factor = (1 - found.r.value) / (1 - found.r.unadjusted)
    assert partial.alone.by_factor == pytest.approx(partial.alone.unadjusted * factor, rel=1e-12)


def test_all_42_values_by_category_are_those_of_the_manual(found: Indicators) -> None:
    values = published()["by_category_unadjusted"]
    compared = 0
    for partial in found.partials:
        for category in partial.categories:
            alone, beside = values[partial.variable][category.level]
            assert category.alone.unadjusted == pytest.approx(alone, abs=5e-9)
            assert category.beside.unadjusted == pytest.approx(beside, abs=5e-9)
            compared += 2
    assert compared == 42


def test_the_first_row_of_the_manual_by_urbanity(found: Indicators) -> None:
    strong = {each.level: each for each in found.partials[2].categories}
    assert round(strong["Very strong"].alone.unadjusted, 9) == -0.046690533
    assert round(strong["Very strong"].beside.unadjusted, 9) == 0.045877355
    assert round(strong["Not"].alone.unadjusted, 9) == 0.01807134
    assert round(strong["Not"].beside.unadjusted, 9) == 0.017934496


def test_no_model_gives_the_r_that_the_manual_prints_by_mistake() -> None:
    """0.839748 (p. 8) contradicts the manual's own CV; whoever matches it has an error."""
    every = sample()
    models = chain.from_iterable(combinations(VARIABLES, size) for size in (1, 2, 3))
    for names in models:
        one = indicators(fit(every.only(names)))
        assert abs(one.r.value - 0.839748) > 0.02
        assert abs(one.r.unadjusted - 0.839748) > 0.02


def test_the_manual_contradicts_the_r_it_prints() -> None:
    values = published()
    assert 1 - 2 * values["CV"] * values["response_rate"] == pytest.approx(0.878922, abs=5e-7)


def test_the_error_of_a_variable_alone_is_half_that_of_r_by_that_variable(
    found: Indicators,
) -> None:
    by_one = indicators(fit(sample().only(["urb"])))
    assert found.partials[2].alone.error == pytest.approx(by_one.r.error / 2, rel=1e-12)


def test_parts_of_a_variable_add_up_by_squares(found: Indicators) -> None:
    for partial in found.partials:
        for measure, total in (("alone", partial.alone), ("beside", partial.beside)):
            parts = [getattr(category, measure).unadjusted ** 2 for category in partial.categories]
            assert sqrt(sum(parts)) == pytest.approx(total.unadjusted, rel=1e-12)
