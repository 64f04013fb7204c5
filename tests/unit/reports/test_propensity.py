"""The logistic model on cells: against formulas by hand, and where it has no answer."""

from itertools import product
from math import log
from time import process_time

import numpy as np
import pytest

from consult.refusal import Refusal
from consult.reports.core.response.design import Responses, Term, responses
from consult.reports.core.response.propensity import fit


def estate(seed: int = 7, people: int = 4_000) -> Responses:
    random = np.random.default_rng(seed)
    columns = {
        "age": random.choice(["18-34", "35-49", "50-64", "65+"], people, p=[0.3, 0.3, 0.2, 0.2]),
        "kind": random.choice(["owner", "tenant"], people, p=[0.1, 0.9]),
        "place": random.choice(["Noord", "Oost", "Zuid"], people),
    }
    chance = 0.1 + 0.1 * (columns["age"] == "65+") + 0.05 * (columns["kind"] == "owner")
    return responses(
        {name: [str(one) for one in column] for name, column in columns.items()},
        random.random(people) < chance,
    )


def test_people_with_the_same_levels_are_one_cell() -> None:
    found = responses({"a": ["x", "y", "x"], "b": ["1", "1", "1"]}, [1, 0, 0])
    assert found.codes.tolist() == [[0, 0], [1, 0]]
    assert found.people.tolist() == [2, 1]
    assert found.took_part.tolist() == [1, 0]


def test_rows_may_stand_for_more_people() -> None:
    found = responses({"a": ["x", "y", "x"]}, [1, 2, 3], [5, 5, 5])
    assert found.people.tolist() == [10, 5]
    assert found.took_part.tolist() == [4, 2]


def test_fewer_variables_keep_all_people() -> None:
    every = estate()
    some = every.only(["place", "age"])
    assert [variable.name for variable in some.variables] == ["place", "age"]
    assert some.people.sum() == every.people.sum()
    assert some.took_part.sum() == every.took_part.sum()
    assert len(some.people) == 12


def test_one_variable_gives_the_rate_of_each_level() -> None:
    model = fit(responses({"a": ["x", "y", "z"]}, [10, 30, 5], [100, 200, 80]))
    assert model.propensity == pytest.approx([0.1, 0.15, 0.0625], rel=1e-12)
    odds = [10 / 90, 30 / 170, 5 / 75]
    expected = [log(odds[0]), log(odds[1] / odds[0]), log(odds[2] / odds[0])]
    assert model.coefficients == pytest.approx(expected, rel=1e-11)
    assert model.covariance[1, 1] == pytest.approx(1 / 10 + 1 / 90 + 1 / 30 + 1 / 170, rel=1e-11)


def test_the_fit_reproduces_every_margin() -> None:
    """The score equations of a logistic model: expected equals seen, in each level."""
    every = estate()
    model = fit(every)
    expected = every.people * model.propensity
    for codes in every.codes.T:
        gap = np.bincount(codes, expected - every.took_part)
        assert np.abs(gap).max() < 1e-9


def test_the_fit_is_the_top_of_the_likelihood() -> None:
    every = estate()
    model = fit(every)

    def likelihood(coefficients: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        log_odds = model.design.linear(coefficients)
        found = every.took_part * log_odds - every.people * np.logaddexp(0, log_odds)
        return float(found.sum())

    assert likelihood(model.coefficients) == pytest.approx(model.log_likelihood, rel=1e-14)
    for place, sign in product(range(len(model.coefficients)), (-1, 1)):
        moved = model.coefficients.copy()
        moved[place] += sign * 1e-3
        assert likelihood(moved) < model.log_likelihood


def test_the_two_way_counts_are_the_matrix_written_out() -> None:
    every = estate()
    model = fit(every)
    weight = every.people * model.slope
    written = model.design.columns(np.sqrt(weight))
    assert model.design.gram(weight) == pytest.approx(written.T @ written, rel=1e-12)
    assert np.linalg.inv(written.T @ written) == pytest.approx(model.covariance, rel=1e-8)


def test_a_level_that_follows_from_another_variable_has_no_coefficient() -> None:
    columns = {
        "kind": ["tenant", "tenant", "firm", "tenant"],
        "dwelling": ["flat", "house", "shop", "flat"],
        "age": ["old", "old", "young", "young"],
    }
    model = fit(responses(columns, [10, 20, 5, 9], [100, 100, 50, 100]))
    assert model.followed == (Term("dwelling", "shop"),)
    assert [term.level for term in model.terms] == ["tenant", "house", "young"]
    assert sorted(model.propensity) == pytest.approx([0.09, 0.1, 0.1, 0.2], rel=1e-9)


def test_a_variable_that_is_another_one_changes_no_propensity() -> None:
    columns = {"a": ["x", "y", "z"], "b": ["1", "2", "2"]}
    once = fit(responses({"a": columns["a"]}, [10, 30, 5], [100, 200, 80]))
    twice = fit(responses(columns, [10, 30, 5], [100, 200, 80]))
    assert twice.propensity == pytest.approx(once.propensity, rel=1e-12)
    assert twice.followed == (Term("b", "2"),)


@pytest.mark.parametrize(
    ("came", "code"),
    [
        ([0, 30, 5], "reports.level_without_participants"),
        ([100, 30, 5], "reports.level_without_others"),
    ],
)
def test_a_level_without_participants_or_without_others_is_named(
    came: list[int], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        fit(responses({"a": ["x", "y", "z"]}, came, [100, 200, 80]))
    assert refused.value.code == code
    assert refused.value.facts == {"variable": "a", "level": "x", "people": 100}


@pytest.mark.parametrize(
    ("came", "code"),
    [([0, 0], "reports.nobody_took_part"), ([3, 4], "reports.everybody_took_part")],
)
def test_a_model_needs_people_who_came_and_people_who_did_not(came: list[int], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        fit(responses({"a": ["x", "y"]}, came, [3, 4]))
    assert refused.value.code == code


def test_groups_that_tell_entirely_who_came_are_refused() -> None:
    """Each level has both; the young in the north never came and no coefficient can say so."""
    columns = {"age": ["old", "old", "young", "young"], "place": ["n", "s", "n", "s"]}
    with pytest.raises(Refusal) as refused:
        fit(responses(columns, [50, 100, 0, 50], [100, 100, 100, 100]))
    assert refused.value.code == "reports.model_separated"


def test_a_variable_that_is_who_came_is_refused_even_at_the_limit() -> None:
    with pytest.raises(Refusal) as refused:
        fit(responses({"a": ["x", "y"]}, [50, 0], [50, 60]), at_limit=True)
    assert refused.value.code == "reports.model_separated"


def test_at_the_limit_a_silent_level_has_propensity_nought_and_the_others_their_own() -> None:
    columns = {"a": ["x", "y", "z", "x", "y", "z"], "b": ["1"] * 3 + ["2"] * 3}
    with_silent = fit(
        responses(columns, [0, 30, 5, 0, 10, 25], [100, 200, 80, 50, 90, 70]), at_limit=True
    )
    without = fit(
        responses(
            {name: [column[place] for place in (1, 2, 4, 5)] for name, column in columns.items()},
            [30, 5, 10, 25],
            [200, 80, 90, 70],
        )
    )
    assert with_silent.limits == (Term("a", "x"),)
    silent = with_silent.responses.codes[:, 0] == 0
    assert with_silent.propensity[silent].tolist() == [0, 0]
    assert with_silent.propensity[~silent] == pytest.approx(without.propensity, rel=1e-12)
    assert np.isfinite(with_silent.coefficients).all()


def test_the_limit_is_where_larger_and_larger_groups_lead() -> None:
    """A level of whom one in ever more people came tends to the level of whom nobody came."""
    columns = {"a": ["x", "y", "z", "x", "y", "z"], "b": ["1"] * 3 + ["2"] * 3}
    people = [100, 200, 80, 50, 90, 70]
    limit = fit(responses(columns, [0, 30, 5, 0, 10, 25], people), at_limit=True)
    scale = 10**6
    near = fit(
        responses(
            columns,
            [1, 30 * scale, 5 * scale, 0, 10 * scale, 25 * scale],
            [one * scale for one in people],
        )
    )
    assert near.propensity == pytest.approx(limit.propensity, abs=1e-7)


def test_a_missing_value_is_refused_with_its_row_and_how_many_there_are() -> None:
    with pytest.raises(Refusal) as refused:
        responses({"a": ["x", None, "y", None]}, [0, 1, 0, 1])  # type: ignore[list-item]
    assert refused.value.code == "reports.value_missing"
    assert refused.value.facts == {"variable": "a", "count": 2, "row": 2}


def test_more_participants_than_people_are_an_error() -> None:
    with pytest.raises(ValueError, match="participants"):
        responses({"a": ["x"]}, [4], [3])


def test_a_name_or_number_per_person_is_no_way_to_make_groups() -> None:
    with pytest.raises(Refusal) as refused:
        fit(responses({"code": [str(one) for one in range(2_000)]}, [1, 0] * 1_000))
    assert refused.value.code == "reports.too_many_levels"
    assert refused.value.facts["variable"] == "code"


def test_sixty_thousand_people_in_75_neighbourhoods_take_little_time() -> None:
    """The target is 0.15 s on an idle machine; this is the processor's time, with room."""
    random = np.random.default_rng(3)
    columns = {
        name: [str(one) for one in random.integers(0, size, 60_000)]
        for name, size in (("age", 7), ("place", 75), ("kind", 3), ("dwelling", 6), ("tenancy", 5))
    }
    every = responses(columns, random.random(60_000) < 0.08)
    start = process_time()
    model = fit(every)
    assert process_time() - start < 0.6
    assert len(model.terms) == 6 + 74 + 2 + 5 + 4


def test_at_the_limit_groups_that_tell_who_came_keep_their_propensities() -> None:
    columns = {"age": ["old", "old", "young", "young"], "place": ["n", "s", "n", "s"]}
    model = fit(responses(columns, [50, 100, 0, 50], [100, 100, 100, 100]), at_limit=True)
    assert model.propensity == pytest.approx([0.5, 1.0, 0.0, 0.5], abs=1e-6)
    assert np.isfinite(model.covariance).all()
