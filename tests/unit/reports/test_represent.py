"""Everything about who took part in a file, as plain values."""

import json

import numpy as np
import pandas as pd
import pytest

from consult.refusal import Refusal
from consult.reports.core.response.indicators import indicators
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.represent import represent
from consult.reports.core.response.representation import compare
from tests.unit.reports.test_propensity import estate


def people() -> tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    every = estate()
    rows: dict[str, list[str]] = {variable.name: [] for variable in every.variables}
    came: list[bool] = []
    for codes, size, part in zip(every.codes, every.people, every.took_part, strict=True):
        for variable, code in zip(every.variables, codes, strict=True):
            rows[variable.name].extend([variable.levels[code]] * int(size))
        came.extend([True] * int(part) + [False] * int(size - part))
    return pd.DataFrame(rows), np.array(came)


def test_the_result_is_plain_json() -> None:
    base, came = people()
    found = represent(base, came, ["age", "kind", "place"])
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_each_group_is_compared_with_the_base() -> None:
    base, came = people()
    found = represent(base, came, ["kind", "age"])
    assert (found["base"], found["took_part"]) == (4_000, int(came.sum()))
    age = found["variables"]["age"]
    assert list(age["groups"]) == ["18-34", "35-49", "50-64", "65+"]
    sizes = np.array([(base["age"] == level).sum() for level in age["groups"]])
    taking = np.array([came[base["age"] == level].sum() for level in age["groups"]])
    expected = compare(sizes, taking)
    for place, group in enumerate(age["groups"].values()):
        assert (group["base"], group["took_part"]) == (sizes[place], taking[place])
        assert group["index"] == pytest.approx(expected.index[place], rel=1e-14)
        assert group["index_interval"] == pytest.approx([expected.low[place], expected.high[place]])
        assert group["residual"] == pytest.approx(expected.residual[place], rel=1e-14)
        assert group["p_holm"] == pytest.approx(expected.p_value[place], rel=1e-12)
        assert group["difference"] == pytest.approx(group["share"] - group["base_share"])
    assert age["dissimilarity"] == pytest.approx(expected.dissimilarity)
    assert age["noise_floor"] == pytest.approx(expected.noise_floor)
    assert age["degrees_of_freedom"] == 3


def test_the_indicators_are_those_of_the_model_with_all_variables() -> None:
    base, came = people()
    found = represent(base, came, ["age", "kind", "place"])
    expected = indicators(fit(estate()))
    assert found["r"]["value"] == pytest.approx(expected.r.value, rel=1e-12)
    assert found["r"]["lowest"] == expected.lowest_r
    assert found["cv"]["se"] == pytest.approx(expected.cv.error, rel=1e-10)
    partial = found["partials"]["kind"]
    assert partial["alone"]["r"]["se"] == pytest.approx(expected.partials[1].alone.error, rel=1e-9)
    mean = expected.mean
    assert partial["beside"]["cv"]["value"] * mean == pytest.approx(
        expected.partials[1].beside.value, rel=1e-10
    )
    assert set(partial["categories"]) == {"owner", "tenant"}


def test_the_overall_figures_are_over_all_combinations() -> None:
    base, came = people()
    found = represent(base, came, ["age", "kind", "place"])["overall"]
    every = estate()
    expected = compare(every.people, every.took_part)
    assert found["dissimilarity"] == pytest.approx(expected.dissimilarity, rel=1e-12)
    assert found["degrees_of_freedom"] == len(every.people) - 1


def test_numbers_and_truth_values_are_levels_too() -> None:
    base = pd.DataFrame({"rooms": [1, 2, 2, 3, 1, 3], "lift": [True, False] * 3})
    found = represent(base, np.array([True, False] * 3), ["rooms"])
    assert list(found["variables"]["rooms"]["groups"]) == ["1", "2", "3"]


def test_a_level_without_participants_is_told_and_its_index_is_nought() -> None:
    base, came = people()
    came[base["place"] == "Oost"] = False
    found = represent(base, came, ["place", "age"])
    assert found["model"]["at_limit"] == [{"variable": "place", "level": "Oost"}]
    group = found["variables"]["place"]["groups"]["Oost"]
    assert (group["index"], group["index_interval"][0]) == (0, 0)
    assert found["r"]["value"] < 1


def test_the_order_of_rows_and_of_variables_changes_no_number() -> None:
    base, came = people()
    turned = np.random.default_rng(1).permutation(len(base))
    one = represent(base, came, ["age", "kind"])
    other = represent(base.iloc[turned], came[turned], ["kind", "age"])
    assert other["r"]["value"] == pytest.approx(one["r"]["value"], rel=1e-12)
    assert other["variables"]["age"] == one["variables"]["age"]


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ([], "reports.no_variables"),
        (["age", "age"], "reports.variable_twice"),
        (["age", "wijk"], "reports.variable_unknown"),
    ],
)
def test_variables_that_are_none_twice_or_unknown_are_refused(by: list[str], code: str) -> None:
    base, came = people()
    with pytest.raises(Refusal) as refused:
        represent(base, came, by)
    assert refused.value.code == code


def test_a_missing_value_is_refused() -> None:
    base, came = people()
    base.loc[7, "kind"] = None
    with pytest.raises(Refusal) as refused:
        represent(base, came, ["age", "kind"])
    assert refused.value.facts == {"variable": "kind", "count": 1, "row": 8}


@pytest.mark.parametrize("value", [True, False])
def test_a_response_of_all_or_none_is_refused(value: bool) -> None:
    base, came = people()
    with pytest.raises(Refusal):
        represent(base, np.full(len(came), value), ["age"])
