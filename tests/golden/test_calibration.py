"""Weights that others published or computed: tables of papers, SAS Calmar, R survey 4.5, icarus.

The numbers are those of reference/representativeness.md, section 4, rows 1 to 9, and the weights
are in shared/data. Where a tolerance is wider than 1e-9 the reference itself stopped earlier, and
its reason stands beside it.
"""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from consult.weighing.calibration import Bounds, Method, Weighted, calibrate
from consult.weighing.cells import Cells, Numbers, cross
from consult.weighing.targets import Targets
from consult.weighing.trimming import trimmed
from tests.reference import reference

KALTON = {
    Method.RAKING: "1.8108 1.0836 2.1961 1.8332 1.4528 0.8694 1.7619 1.4708 2.0168 1.2068 2.4459 "
    "2.0417",
    Method.LINEAR: "1.8153 1.0948 2.1908 1.8291 1.5022 0.7816 1.8777 1.5160 1.9652 1.2446 2.3407 "
    "1.9790",
    Method.LOGIT: "1.8745 1.0844 2.1652 1.8922 1.4607 0.7360 2.0919 1.4893 1.9770 1.2669 2.1777 "
    "1.9900",
    Method.TRUNCATED: "1.8092 1.0809 2.2000 1.8257 1.4832 0.7550 2.0000 1.4997 1.9872 1.2589 "
    "2.2000 2.0037",
}
"""Rows 1 to 4: a = 1..4 within b = 1..3; the bounds are 0.5 and 2.2."""

CALMAR = {
    Method.RAKING: (None, 2.471917),
    Method.LINEAR: (None, 2.249276),
    Method.LOGIT: ((0.4, 2.2), 2.410776),
}
"""Rows 5 and 6: bounds, and the mean number of movies as icarus prints it."""
CALMAR_RAKING = (
    "5.3374 5.1185 9.9882 24.5142 9.2304 2.7920 8.5884 15.7535 14.8808 38.1883 21.8245 8.2689 "
    "28.1165 19.7323 17.6660"
)
CALMAR_FIRST_AND_SIXTH = {Method.LINEAR: "5.6381 -0.7084", Method.LOGIT: "4.4859 4.0262"}
MOVIEGOERS = 300
"""icarus divides the total of its example by this number of people."""

COLUMNS = {
    Method.RAKING: "w_rake",
    Method.LINEAR: "w_linear",
    Method.LOGIT: "w_logit",
    Method.TRUNCATED: "w_trunc",
}
TWO = ("stype", "sch.wide")
FOUR = (*TWO, "comp.imp", "awards")
DESIGNS = {"clus1": "dclus1", "srs": "dsrs", "strat": "dstrat"}


def kalton() -> tuple[pd.DataFrame, Cells, Targets]:
    """The table, its sample of a thousand with base weight 1, and both margins."""
    path = reference("kalton_flores_cervantes.csv")
    table = pd.read_csv(path, dtype={"a": str, "b": str})
    people = table.loc[table.index.repeat(table["n_sample"])]
    cells = cross({"a": people["a"], "b": people["b"]}, base=np.ones(len(people)))
    margins = {name: table.groupby(name)["N_pop"].sum().to_dict() for name in ("a", "b")}
    return table, cells, Targets(margins)


def by_table(found: Weighted, table: pd.DataFrame) -> Numbers:
    """One weight for each line of the table of Kalton and Flores-Cervantes."""
    first = table["n_sample"].cumsum() - table["n_sample"]
    return found.spread()[first.to_numpy()]


def calmar() -> tuple[pd.DataFrame, Cells, Targets]:
    path = reference("calmar_employees.csv")
    names = ["category", "sex", "department"]
    table = pd.read_csv(path, dtype=dict.fromkeys(names, str))
    cells = cross(
        {name: table[name] for name in names},
        numbers={"salary": table["salary"]},
        base=table["weight"],
    )
    margins: dict[str, dict[str, float]] = {
        "category": {"1": 80, "2": 90, "3": 60},
        "sex": {"1": 140, "2": 90},
        "department": {"1": 100, "2": 130},
    }
    return table, cells, Targets(margins, {"salary": 470_000})


def api(sample: str) -> tuple[pd.DataFrame, Any]:
    """A sample of California schools, and everything that R says of it."""
    table = pd.read_csv(reference(f"api_{sample}_reference.csv"))
    answers = json.loads(reference("r_survey_4.5_reference.json").read_text(encoding="utf-8"))
    return table, answers


def weighed(
    table: pd.DataFrame, answers: Any, names: tuple[str, ...], method: Method = Method.RAKING
) -> Weighted:
    cells = cross({name: table[name] for name in names}, base=table["pw"])
    return calibrate(cells, Targets({name: answers["population"][name] for name in names}), method)


def printed(weights: Numbers) -> str:
    """With four decimals, as the tables print them."""
    return " ".join(f"{weight:.4f}" for weight in weights)


def mean(weights: Numbers, column: pd.Series) -> float:
    return float(weights @ column.to_numpy(dtype=float) / weights.sum())


@pytest.mark.parametrize("method", KALTON)
def test_the_table_of_kalton_and_flores_cervantes(method: Method) -> None:
    table, cells, targets = kalton()
    bounds = (0.5, 2.2) if method in {Method.LOGIT, Method.TRUNCATED} else None
    found = by_table(calibrate(cells, targets, method, bounds), table)
    assert printed(found) == KALTON[method]
    # R's are kept with eight decimals.
    assert np.abs(found - table[COLUMNS[method]]).max() < 5.1e-9


def test_the_methods_differ_in_the_printed_digits() -> None:
    """So that none of them can pass for another."""
    tables = [table.split() for table in KALTON.values()]
    for n, one in enumerate(tables):
        for other in tables[n + 1 :]:
            assert sum(a == b for a, b in zip(one, other, strict=True)) <= 1


def test_post_stratification_gives_population_by_sample() -> None:
    table, _, _ = kalton()
    people = table.loc[table.index.repeat(table["n_sample"])]
    both = people["a"] + "*" + people["b"]
    margin = dict(zip(table["a"] + "*" + table["b"], table["N_pop"], strict=True))
    found = calibrate(cross({"a*b": both}), Targets({"a*b": margin}), Method.POSTSTRATIFY)
    assert np.abs(by_table(found, table) - table["N_pop"] / table["n_sample"]).max() < 1e-12
    assert np.abs(by_table(found, table) - table["w_ps"]).max() < 5.1e-9


@pytest.mark.parametrize("method", CALMAR)
def test_the_employees_of_sas_calmar(method: Method) -> None:
    table, cells, targets = calmar()
    bounds, movies = CALMAR[method]
    found = calibrate(cells, targets, method, bounds)
    weights = found.spread()
    # SAS prints four decimals. icarus stops at 1e-6 or so of a weight, R at 1e-7 with logit.
    assert np.abs(weights - table[f"calmar_{method}"]).max() < 5.1e-5
    assert np.abs(weights / table[f"icarus_{method}"] - 1).max() < 2e-8
    assert np.abs(weights / table[f"survey_{method}"] - 1).max() < 1e-9
    assert round(float(weights @ table["movies"]) / MOVIEGOERS, 6) == movies
    assert found.totals() == {"salary": pytest.approx(470_000, rel=1e-10)}


def test_the_printed_weights_of_sas_calmar() -> None:
    _, cells, targets = calmar()
    found = calibrate(cells, targets).spread()
    assert printed(found) == CALMAR_RAKING
    for method, both in CALMAR_FIRST_AND_SIXTH.items():
        other = calibrate(cells, targets, method, CALMAR[method][0]).spread()
        assert printed(other[[0, 5]]) == both


R_WEIGHTS = [
    ("w_rake2", TWO, Method.RAKING, 1e-10),
    # R rakes by turns, and stops here with margins met to some 1e-8 only.
    ("w_rake4", FOUR, Method.RAKING, 2e-8),
    ("w_cal_linear", TWO, Method.LINEAR, 1e-9),
    ("w_cal_raking", TWO, Method.RAKING, 1e-9),
]


@pytest.mark.parametrize("sample", DESIGNS)
@pytest.mark.parametrize(("column", "names", "method", "near"), R_WEIGHTS)
def test_weights_are_those_of_r(
    sample: str, column: str, names: tuple[str, ...], method: Method, near: float
) -> None:
    table, answers = api(sample)
    found = weighed(table, answers, names, method).spread()
    assert np.abs(found / table[column] - 1).max() < near


@pytest.mark.parametrize("sample", DESIGNS)
def test_post_stratified_weights_are_those_of_r(sample: str) -> None:
    table, answers = api(sample)
    people = answers["population"]["stype"]
    cells = cross({"stype": table["stype"]}, base=table["pw"])
    found = calibrate(cells, Targets({"stype": people}), Method.POSTSTRATIFY).spread()
    assert np.abs(found / table["w_ps"] - 1).max() < 1e-9


@pytest.mark.parametrize("sample", DESIGNS)
@pytest.mark.parametrize(
    ("names", "method", "part"),
    [
        (TWO, Method.RAKING, "rake2"),
        (FOUR, Method.RAKING, "rake4"),
        (TWO, Method.LINEAR, "cal_linear"),
    ],
)
def test_means_and_totals_are_those_of_r(
    sample: str, names: tuple[str, ...], method: Method, part: str
) -> None:
    table, answers = api(sample)
    expected = answers[f"{DESIGNS[sample]}_{part}"]
    weights = weighed(table, answers, names, method).spread()
    near = 2e-9
    assert mean(weights, table["api00"]) == pytest.approx(expected["api00"]["est"], rel=near)
    total = float(weights @ table["enroll"])
    assert total == pytest.approx(expected["enroll"]["est"], rel=near)


def test_the_published_example_rakecheck() -> None:
    """Row 7; the manual prints 641.23 and 3647280."""
    table, answers = api("clus1")
    found = weighed(table, answers, TWO)
    weights = found.spread()
    assert round(mean(weights, table["api00"]), 6) == 641.230321
    assert round(float(weights @ table["enroll"])) == 3647280
    assert (round(weights.min(), 4), round(weights.max(), 4)) == (29.8707, 67.1255)
    assert round(found.design_effect, 6) == 1.051657
    assert round(found.effective, 4) == 174.0112
    assert found.design_effect == pytest.approx(answers["deff"]["kish_rake"], rel=1e-9)


def test_where_raking_by_turns_did_not_converge_newton_does() -> None:
    """Row 8: the crossed margin with a third variable; the manual gives up after 30 turns."""
    table, answers = api("clus1")
    joint = table["stype"] + "|" + table["sch.wide"]
    cells = cross({"joint": joint, "comp.imp": table["comp.imp"]}, base=table["pw"])
    people = answers["population"]
    margins = {"joint": people["stype_x_sch.wide"], "comp.imp": people["comp.imp"]}
    found = calibrate(cells, Targets(margins))
    assert round(mean(found.spread(), table["api00"]), 4) == 642.6085
    assert found.iterations <= 6
    assert found.error < 1e-12


def test_the_simple_random_sample_of_schools() -> None:
    """Row 9."""
    table, answers = api("srs")
    weights = weighed(table, answers, TWO).spread()
    assert round(mean(weights, table["api00"]), 6) == 657.791546
    assert round(float(weights @ table["enroll"]), 3) == 3601227.323
    assert round(weighed(table, answers, FOUR).design_effect, 6) == 1.019812
    strat, _ = api("strat")
    assert round(weighed(strat, answers, FOUR).design_effect, 6) == 1.292591


@pytest.mark.parametrize("sample", DESIGNS)
def test_what_r_gives_when_it_stops_early_is_not_what_we_give(sample: str) -> None:
    """R's ``rake`` ends by default where a margin changes by less than one household."""
    table, answers = api(sample)
    early = answers[f"{DESIGNS[sample]}_rake2default"]["api00"]["est"]
    found = mean(weighed(table, answers, TWO).spread(), table["api00"])
    assert abs(found / early - 1) > 1e-7


def test_a_cap_that_nobody_reaches_changes_nothing() -> None:
    table, answers = api("clus1")
    cells = cross({name: table[name] for name in TWO}, base=table["pw"])
    targets = Targets({name: answers["population"][name] for name in TWO})
    free, capped = calibrate(cells, targets), trimmed(cells, targets, cap=5.0)
    assert (free.weights == capped.weights).all()
    assert capped.capped == 0


BOUNDS: Bounds = (0.5, 2.2)


def test_margins_are_met_to_the_last_digit_in_every_example() -> None:
    _, cells, targets = kalton()
    for method in Method:
        if method is Method.POSTSTRATIFY:
            continue
        bounds = BOUNDS if method in {Method.LOGIT, Method.TRUNCATED} else None
        found = calibrate(cells, targets, method, bounds)
        assert found.error < 1e-10
        for name, margin in targets.margins.items():
            assert found.achieved()[name] == pytest.approx(margin, rel=1e-10)
