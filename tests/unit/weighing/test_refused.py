"""Whatever cannot be weighed is refused with its cause, in words that say what to do.

The first six are the trouble cases that other libraries answer with weights that miss a margin by
a quarter or a third, or with nothing but NaN (representativeness.md, section 2.4): 400
participants, three margins.
"""

from collections.abc import Mapping
from math import inf, nan

import numpy as np
import pytest

from consult.refusal import Refusal
from consult.weighing.calibration import Bounds, Method, calibrate
from consult.weighing.cells import UNKNOWN, Cells, cross
from consult.weighing.targets import Targets
from consult.weighing.trimming import trimmed
from consult.wording import sentence

Levels = dict[str, dict[str, float]]


def sample() -> dict[str, list[str | None]]:
    """400 participants with three variables that do not depend on each other."""
    chance = np.random.default_rng(400)
    return {
        "age": chance.choice(["18-34", "35-64", "65+"], 400).tolist(),
        "wijk": chance.choice(["Noord", "Oost", "Zuid", "West"], 400).tolist(),
        "kind": chance.choice(["huurder", "koper"], 400).tolist(),
    }


def population() -> Levels:
    return {
        "age": {"18-34": 1500, "35-64": 2000, "65+": 1500},
        "wijk": {"Noord": 1000, "Oost": 1500, "Zuid": 2000, "West": 500},
        "kind": {"huurder": 4000, "koper": 1000},
    }


def refused(
    cells: Cells, margins: Mapping[str, Mapping[str, float]], **others: object
) -> dict[str, object]:
    """The facts of the refusal, with its code; its words are there and name the facts."""
    with pytest.raises(Refusal) as found:
        calibrate(cells, Targets(margins), **others)  # type: ignore[arg-type]
    said = sentence(found.value)
    assert not said.startswith("weighing."), said
    return {"code": found.value.code, "said": said, **found.value.facts}


def test_the_sample_itself_is_weighed() -> None:
    assert calibrate(cross(sample()), Targets(population())).error < 1e-10


def test_a_level_of_the_population_without_participants() -> None:
    margins = population()
    margins["age"] = {"18-34": 1500, "35-64": 2000, "65-79": 1000, "80+": 500}
    columns = sample()
    columns["age"] = ["65-79" if level == "65+" else level for level in columns["age"]]
    found = refused(cross(columns), margins)
    assert found["code"] == "weighing.level_empty"
    assert (found["variable"], found["level"], found["total"]) == ("age", "80+", 500)
    assert "age: 80+" in str(found["said"])
    assert "500" in str(found["said"])


def test_a_level_of_participants_that_the_population_does_not_have() -> None:
    columns = sample()
    columns["wijk"][:2] = ["Schiedam", "Schiedam"]
    found = refused(cross(columns), population())
    assert found["code"] == "weighing.level_unknown"
    assert (found["variable"], found["level"], found["people"]) == ("wijk", "Schiedam", 2)
    assert "2 deelnemers" in str(found["said"])


def test_a_level_of_nobody_in_the_population_that_participants_have() -> None:
    margins = population()
    margins["kind"] = {"huurder": 5000, "koper": 0}
    found = refused(cross(sample()), margins)
    assert found["code"] == "weighing.zero_margin"
    assert (found["variable"], found["level"]) == ("kind", "koper")
    assert found["people"] == sample()["kind"].count("koper")


def test_missing_values_where_the_population_has_no_level_for_them() -> None:
    columns = sample()
    columns["age"][5:15] = [None] * 10
    found = refused(cross(columns), population())
    assert found["code"] == "weighing.missing"
    assert (found["variable"], found["people"]) == ("age", 10)


def test_missing_values_are_weighed_where_the_population_has_them_too() -> None:
    columns, margins = sample(), population()
    columns["age"][5:15] = [None] * 10
    margins["age"] = {"18-34": 1400, "35-64": 2000, "65+": 1500, UNKNOWN: 100}
    found = calibrate(cross(columns), Targets(margins))
    assert found.achieved()["age"][UNKNOWN] == pytest.approx(100, rel=1e-10)


def test_margins_whose_totals_differ() -> None:
    margins = population()
    margins["kind"] = {"huurder": 4200, "koper": 1050}
    found = refused(cross(sample()), margins)
    assert found["code"] == "weighing.totals_differ"
    assert (found["variable"], found["total"]) == ("age", 5000)
    assert (found["other"], found["others"]) == ("kind", 5250)
    assert "5000" in str(found["said"])
    assert "5250" in str(found["said"])


def in_conflict() -> tuple[Cells, Levels]:
    """Everybody in Noord and Oost is a tenant, and only there; the margins want otherwise."""
    columns = sample()
    columns["kind"] = [
        "huurder" if level in {"Noord", "Oost"} else "koper" for level in columns["wijk"]
    ]
    return cross(columns), population()


@pytest.mark.parametrize("method", [Method.RAKING, Method.LINEAR])
def test_margins_that_no_weights_meet_together_are_named(method: Method) -> None:
    found = refused(*in_conflict(), method=method)
    assert found["code"] == "weighing.conflict"
    assert found["margins"] == ("wijk", "kind")
    assert "wijk, kind" in str(found["said"])


def test_the_conflict_goes_when_any_of_the_named_margins_goes() -> None:
    cells, margins = in_conflict()
    for name in ("wijk", "kind"):
        fewer = {other: levels for other, levels in margins.items() if other != name}
        assert calibrate(cells, Targets(fewer)).error < 1e-10


def test_a_conflict_of_three_margins_names_three() -> None:
    """Any two of them can be met, and all three cannot."""
    cells = cross({"a": list("xxyy"), "b": list("xyxy"), "c": list("xyyx")})
    half = {"x": 1.0, "y": 3.0}
    found = refused(cells, dict.fromkeys("abc", half))
    assert found["code"] == "weighing.conflict"
    assert found["margins"] == ("a", "b", "c")


def test_a_total_that_no_weights_reach_is_in_the_conflict() -> None:
    cells = cross({"kind": ["a", "b", "a"]}, numbers={"income": [10.0, 20.0, 30.0]})
    with pytest.raises(Refusal, match=r"weighing\.conflict") as found:
        calibrate(cells, Targets({"kind": {"a": 2, "b": 1}}, {"income": 500.0}))
    assert found.value.facts["margins"] == ("kind", "income")


def test_margins_that_only_weights_of_nothing_meet() -> None:
    """Nobody of kind b is old but those who would need weight 0."""
    cells = cross({"age": ["o", "o", "y", "y"], "kind": ["a", "b", "a", "b"]})
    margins = {"age": {"o": 10.0, "y": 10.0}, "kind": {"a": 20.0 - 1e-12, "b": 1e-12}}
    assert refused(cells, margins)["code"] == "weighing.edge"
    columns = {"age": ["o", "o", "y"], "kind": ["a", "b", "b"]}
    found = refused(cross(columns), {"age": {"o": 10.0, "y": 5.0}, "kind": {"a": 10.0, "b": 5.0}})
    assert found["code"] == "weighing.edge"
    assert found["margins"] == ("age", "kind")


@pytest.mark.parametrize("wrong", [-1.0, nan, inf])
def test_a_total_of_a_level_that_is_no_number_of_people(wrong: float) -> None:
    margins = population()
    margins["wijk"]["Zuid"] = wrong
    found = refused(cross(sample()), margins)
    assert found["code"] == "weighing.margin_invalid"
    assert (found["variable"], found["level"]) == ("wijk", "Zuid")


def test_margins_of_nobody() -> None:
    assert refused(cross(sample()), {"age": {"18-34": 0.0}})["code"] == "weighing.margin_empty"


def test_a_total_that_is_no_number() -> None:
    cells = cross({}, numbers={"income": [10.0, 20.0]})
    with pytest.raises(Refusal, match=r"weighing\.total_invalid") as found:
        calibrate(cells, Targets({}, {"income": nan}))
    assert sentence(found.value).startswith("Het totaal van “income”")


def test_a_variable_that_participants_do_not_have() -> None:
    assert refused(cross(sample()), {"tenure": {"a": 1.0}})["code"] == "weighing.variable_unknown"
    with pytest.raises(Refusal, match=r"weighing\.variable_unknown"):
        calibrate(cross(sample()), Targets({}, {"income": 5.0}))


def test_nobody_and_nothing() -> None:
    assert refused(cross({"age": []}), {"age": {"18-34": 5.0}})["code"] == "weighing.nobody"
    assert refused(cross(sample()), {})["code"] == "weighing.nothing_to_meet"


@pytest.mark.parametrize(
    ("method", "bounds", "code"),
    [
        (Method.LOGIT, None, "bounds_needed"),
        (Method.TRUNCATED, None, "bounds_needed"),
        (Method.RAKING, (0.5, 2.0), "bounds_unused"),
        (Method.LOGIT, (1.0, 2.0), "bounds_invalid"),
        (Method.LOGIT, (0.5, 1.0), "bounds_invalid"),
        (Method.TRUNCATED, (0.5, nan), "bounds_invalid"),
        (Method.TRUNCATED, (0.5, inf), "bounds_invalid"),
        (Method.POSTSTRATIFY, None, "poststrata_one"),
    ],
)
def test_bounds_and_targets_that_do_not_suit_the_method(
    method: Method, bounds: Bounds | None, code: str
) -> None:
    found = refused(cross(sample()), population(), method=method, bounds=bounds)
    assert found["code"] == f"weighing.{code}"


def test_bounds_within_which_nothing_fits_are_told_with_the_upper_bound_that_does() -> None:
    cells, margins = cross({"a": list("xxxxy")}), {"a": {"x": 2.0, "y": 3.0}}
    found = refused(cells, margins, method=Method.LOGIT, bounds=(0.1, 2.0))
    assert found["code"] == "weighing.bounds_tight"
    assert found["needed"] == pytest.approx(3.0)
    assert "3" in str(found["said"])
    wider = calibrate(cells, Targets(margins), Method.LOGIT, (0.1, 3.1))
    assert wider.error < 1e-10


def test_a_lower_bound_that_nothing_helps_is_told() -> None:
    cells, margins = cross({"a": list("xxxxy")}), {"a": {"x": 2.0, "y": 3.0}}
    found = refused(cells, margins, method=Method.TRUNCATED, bounds=(0.9, 9.0))
    assert (found["code"], found["needed"]) == ("weighing.bounds_tight", inf)
    assert "lagere ondergrens" in str(found["said"])


def test_where_the_ceiling_that_is_needed_takes_too_long_to_find_no_number_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consult.weighing.conflict._needed", lambda *_: None)
    cells, margins = cross({"a": list("xxxxy")}), {"a": {"x": 2.0, "y": 3.0}}
    found = refused(cells, margins, method=Method.LOGIT, bounds=(0.1, 2.0))
    assert "ruimere grenzen" in str(found["said"])
    with pytest.raises(Refusal, match=r"weighing\.cap_low") as low:
        trimmed(cells, Targets(margins), cap=2.0)
    assert "hoger gewicht" in sentence(low.value)


def test_a_cap_that_nothing_fits_under_is_told_with_the_one_that_does() -> None:
    cells, margins = cross({"a": list("xxxxxxxxxy")}), {"a": {"x": 20.0, "y": 30.0}}
    with pytest.raises(Refusal, match=r"weighing\.cap_low") as found:
        trimmed(cells, Targets(margins), cap=3.0)
    assert found.value.facts == {"cap": pytest.approx(3.0), "needed": pytest.approx(6.0)}
    assert "6" in sentence(found.value)


@pytest.mark.parametrize("cap", [1.0, 0.0, -2.0, nan])
def test_a_cap_under_the_mean_is_refused(cap: float) -> None:
    with pytest.raises(Refusal, match=r"weighing\.cap_invalid") as found:
        trimmed(cross(sample()), Targets(population()), cap=cap)
    assert sentence(found.value).startswith("Het hoogste gewicht")


def test_a_cap_without_a_margin_has_no_mean() -> None:
    cells = cross({}, numbers={"income": [10.0, 20.0]})
    with pytest.raises(Refusal, match=r"weighing\.cap_margin") as found:
        trimmed(cells, Targets({}, {"income": 45.0}), cap=2.0)
    assert sentence(found.value).startswith("Een hoogste gewicht")


def test_a_search_that_ends_too_soon_is_not_taken_for_a_conflict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("consult.weighing.newton.STEPS", 1)
    found = refused(cross(sample()), population())
    assert (found["code"], found["steps"]) == ("weighing.not_reached", 1)


def test_a_total_that_misses_a_margin_by_a_ten_millionth_is_refused_and_not_nearly_met() -> None:
    """The number is the level again, so nothing meets both: one would be off by 5e-8 at least."""
    columns = sample()
    ones = [float(level == "koper") for level in columns["kind"]]
    cells = cross(columns, numbers={"kopers": ones})
    with pytest.raises(Refusal) as found:
        calibrate(cells, Targets(population(), {"kopers": 1000 * (1 + 1e-7)}))
    assert found.value.code in {"weighing.conflict", "weighing.not_reached"}
    met = calibrate(cells, Targets(population(), {"kopers": 1000.0}))
    assert met.error < 1e-10


@pytest.mark.parametrize(("more", "refused_for"), [(1e-9, "weighing.totals_differ"), (1e-13, None)])
def test_totals_of_margins_that_no_weights_can_meet_together_to_1e_10_differ(
    more: float, refused_for: str | None
) -> None:
    margins = population()
    margins["kind"] = {"huurder": 4000 * (1 + more), "koper": 1000 * (1 + more)}
    if refused_for is None:
        assert calibrate(cross(sample()), Targets(margins)).error < 1e-10
        return
    assert refused(cross(sample()), margins)["code"] == refused_for
