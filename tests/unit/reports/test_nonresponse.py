"""What goes with staying away, in blocks; and activities compared by one model."""

from math import exp, log, sqrt

import numpy as np
import pytest

from consult.refusal import Refusal
from consult.reports.core.response.design import Responses, responses
from consult.reports.core.response.nonresponse import nonresponse
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.waves import waves
from consult.weighing.intervals import Z
from tests.unit.reports.test_propensity import estate


def invited(seed: int = 2, people: int = 6_000, channel: float = 0.8) -> Responses:
    random = np.random.default_rng(seed)
    age = random.choice(["18-34", "35-64", "65+"], people, p=[0.25, 0.5, 0.25])
    by = random.choice(["e-mail", "letter"], people, p=[0.6, 0.4])
    log_odds = -2.2 + 0.5 * (age == "65+") - 0.6 * (age == "18-34") + channel * (by == "letter")
    return responses(
        {"age": [str(one) for one in age], "channel": [str(one) for one in by]},
        random.random(people) < 1 / (1 + np.exp(-log_odds)),
    )


def test_one_variable_of_two_levels_has_the_odds_ratio_of_its_table() -> None:
    found = nonresponse(responses({"a": ["x", "y"]}, [40, 90], [400, 500]), ["a"])
    (odds,) = found.odds
    ratio = (40 / 360) / (90 / 410)
    error = sqrt(1 / 40 + 1 / 360 + 1 / 90 + 1 / 410)
    assert (odds.level, odds.reference) == ("x", "y")
    assert odds.ratio == pytest.approx(ratio, rel=1e-11)
    assert odds.low == pytest.approx(exp(log(ratio) - Z * error), rel=1e-10)
    assert odds.high == pytest.approx(exp(log(ratio) + Z * error), rel=1e-10)


def test_the_likelihood_ratio_of_one_variable_is_the_g_of_its_table() -> None:
    table = np.array([[40, 360], [90, 410]], dtype=float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    found = nonresponse(responses({"a": ["x", "y"]}, [40, 90], [400, 500]), ["a"])
    g = 2 * float((table * np.log(table / expected)).sum())
    assert found.blocks[0].likelihood_ratio == pytest.approx(g, rel=1e-9)
    assert found.blocks[0].freedom == 1


def test_levels_are_compared_with_the_one_with_most_people() -> None:
    found = nonresponse(invited(), ["age"], ["channel"])
    assert {(each.variable, each.reference) for each in found.odds} == {
        ("age", "35-64"),
        ("channel", "e-mail"),
    }
    assert [each.level for each in found.odds] == ["18-34", "65+", "letter"]


def test_the_truth_is_within_the_intervals() -> None:
    found = {each.level: each for each in nonresponse(invited(), ["age"], ["channel"]).odds}
    for level, truth in (("18-34", -0.6), ("65+", 0.5), ("letter", 0.8)):
        assert found[level].low < exp(truth) < found[level].high
        assert found[level].p_value < 0.001


def test_a_block_that_matters_is_told_from_one_that_does_not() -> None:
    matters = nonresponse(invited(), ["age"], ["channel"]).blocks[1]
    assert matters.p_value < 1e-9
    assert matters.pseudo_r2 > nonresponse(invited(), ["age"]).blocks[0].pseudo_r2
    p_values = [
        nonresponse(invited(seed, 2_000, channel=0), ["age"], ["channel"]).blocks[1].p_value
        for seed in range(40)
    ]
    assert sum(one < 0.05 for one in p_values) <= 6


def test_the_second_block_is_tested_beside_the_first() -> None:
    every = invited()
    found = nonresponse(every, ["age"], ["channel"])
    full, before = fit(every), fit(every.only(["age"]))
    gain = 2 * (full.log_likelihood - before.log_likelihood)
    assert found.blocks[1].likelihood_ratio == pytest.approx(gain, rel=1e-10)
    assert found.blocks[1].freedom == len(full.terms) - len(before.terms) == 1


def test_the_order_of_levels_changes_no_odds() -> None:
    every = estate()
    turned = every.only(["place", "kind", "age"])
    ratios = {
        (each.variable, each.level): each.ratio
        for each in nonresponse(every, ["age", "kind"], ["place"]).odds
    }
    again = nonresponse(turned, ["place", "kind"], ["age"])
    for each in again.odds:
        assert ratios[each.variable, each.level] == pytest.approx(each.ratio, rel=1e-9)


def test_a_model_of_nothing_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        nonresponse(invited(), [])
    assert refused.value.code == "reports.no_variables"


def test_a_level_without_participants_has_no_odds() -> None:
    with pytest.raises(Refusal) as refused:
        nonresponse(responses({"a": ["x", "y", "z"]}, [0, 9, 9], [50, 60, 70]), ["a"])
    assert refused.value.code == "reports.level_without_participants"


def test_activities_are_compared_each_with_the_one_before() -> None:
    first, second = invited(1), invited(2)
    found = waves({"spring": first, "summer": second, "autumn": first})
    assert found.variables == ("age", "channel")
    assert [(step.earlier, step.later) for step in found.steps] == [
        ("spring", "summer"),
        ("summer", "autumn"),
    ]
    there, back = found.steps
    assert there.response.value == pytest.approx(-back.response.value)
    assert there.cv.value == found.waves[1].cv.value - found.waves[0].cv.value
    errors = [found.waves[place].r.error for place in (0, 1)]
    assert there.r.error == pytest.approx(sqrt(errors[0] ** 2 + errors[1] ** 2))


def test_the_error_of_a_response_is_that_of_many_decisions() -> None:
    every = invited(people=3_000)
    (one, _) = waves({"a": every, "b": every}).waves
    model = fit(every)
    random = np.random.default_rng(1)
    draws = [random.binomial(every.people, model.propensity).sum() / 3_000 for _ in range(2_000)]
    assert one.response.error == pytest.approx(float(np.std(draws)), rel=0.06)


def test_no_change_is_mostly_not_seen_as_one() -> None:
    steps = [waves({"a": invited(2 * n), "b": invited(2 * n + 1)}).steps[0] for n in range(40)]
    assert sum(step.response.p_value < 0.05 for step in steps) <= 6
    assert sum(step.cv.p_value < 0.05 for step in steps) <= 6


def test_a_clear_change_is_seen() -> None:
    step = waves({"a": invited(1), "b": invited(2, channel=0)}).steps[0]
    assert step.response.value < 0
    assert step.response.p_value < 1e-6
    assert step.cv.value < 0
    assert step.cv.p_value < 0.05


def test_the_same_twice_is_no_change() -> None:
    step = waves({"a": invited(), "b": invited()}).steps[0]
    assert (step.r.value, step.r.p_value) == (0, 1)


def test_one_activity_cannot_be_compared() -> None:
    with pytest.raises(Refusal) as refused:
        waves({"spring": invited()})
    assert refused.value.code == "reports.waves_too_few"


def test_another_set_of_variables_is_refused_by_name() -> None:
    with pytest.raises(Refusal) as refused:
        waves({"spring": invited(), "summer": invited().only(["age"])})
    assert refused.value.code == "reports.waves_variables"
    assert refused.value.facts["these"] == "age, channel"
    assert refused.value.facts["those"] == "age"


def test_another_level_is_refused_by_name() -> None:
    other = responses({"a": ["x", "z"]}, [5, 9], [50, 60])
    with pytest.raises(Refusal) as refused:
        waves({"spring": responses({"a": ["x", "y"]}, [5, 9], [50, 60]), "summer": other})
    assert refused.value.code == "reports.waves_levels"
    assert refused.value.facts["variable"] == "a"
    assert (refused.value.facts["level"], refused.value.facts["where"]) == ("y", "spring")
