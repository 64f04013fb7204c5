"""People become cells: which, how many, and in which one each row is."""

import numpy as np
import pandas as pd
import pytest

from consult.refusal import Refusal
from consult.weighing import cells as module
from consult.weighing.cells import UNKNOWN, Cells, Variable, cross


def told(cells: Cells) -> dict[tuple[str, ...], int]:
    """People by the names of their levels."""
    return {
        tuple(one.levels[code] for one, code in zip(cells.variables, row, strict=True)): int(people)
        for row, people in zip(cells.codes, cells.people, strict=True)
    }


def test_people_with_the_same_levels_are_one_cell() -> None:
    found = cross({"age": ["old", "young", "old", "old"], "kind": ["a", "a", "b", "a"]})
    assert found.variables == (Variable("age", ("old", "young")), Variable("kind", ("a", "b")))
    assert told(found) == {("old", "a"): 2, ("old", "b"): 1, ("young", "a"): 1}
    assert found.cell_of.tolist() == [0, 2, 1, 0]
    assert (found.rows, found.base, found.numbers) == (4, None, None)
    assert found.counted("age") == {"old": 3, "young": 1}


def test_a_missing_value_is_a_level_of_its_own() -> None:
    found = cross({"age": ["old", None, float("nan"), "young"]})
    assert told(found) == {("old",): 1, (UNKNOWN,): 2, ("young",): 1}
    assert found.cell_of.tolist() == [0, 1, 1, 2]


def test_categories_are_taken_as_they_are_and_those_of_nobody_left_out() -> None:
    column = pd.Categorical(["y", None, "x", "y"], categories=["z", "y", "x"])
    found = cross({"level": pd.Series(column)})
    assert told(found) == {("x",): 1, (UNKNOWN,): 1, ("y",): 2}


def test_levels_are_texts_so_that_a_number_and_its_text_are_one_level() -> None:
    assert told(cross({"level": [1, "1", 2]})) == {("1",): 2, ("2",): 1}


def test_people_with_another_number_or_base_weight_are_in_another_cell() -> None:
    found = cross(
        {"age": ["a", "a", "a", "a"]},
        numbers={"income": [10.0, 20.0, 10.0, 10.0]},
        base=[1.0, 1.0, 1.0, 3.0],
    )
    assert found.people.tolist() == [2, 1, 1]
    assert found.numbers is not None
    assert found.base is not None
    assert found.numbers[found.cell_of, 0].tolist() == [10.0, 20.0, 10.0, 10.0]
    assert found.base[found.cell_of].tolist() == [1.0, 1.0, 1.0, 3.0]


def test_numbers_alone_make_cells_too() -> None:
    found = cross({}, numbers={"income": [3, 1, 3]})
    assert found.people.tolist() == [1, 2]
    assert found.cell_of.tolist() == [1, 0, 1]


def test_many_combinations_are_sorted_where_a_table_of_all_would_be_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.default_rng(1)
    columns = {name: chance.integers(0, 40, 500).astype(str) for name in "abc"}
    counted = cross(columns)
    monkeypatch.setattr(module, "DENSE", 10)
    found = cross(columns)
    assert told(found) == told(counted)
    assert (found.cell_of == counted.cell_of).all()


def test_numbers_that_do_not_fit_in_32_bits_are_crossed_all_the_same() -> None:
    rows = 70_000
    one, two = np.arange(rows).astype(str), np.arange(rows)[::-1].astype(str)
    found = cross({"one": one, "two": two})
    assert len(found.people) == rows
    assert found.variables[0].levels[found.codes[found.cell_of[7], 0]] == "7"
    assert found.variables[1].levels[found.codes[found.cell_of[7], 1]] == two[7]


def test_columns_of_different_lengths_are_an_error() -> None:
    with pytest.raises(ValueError, match="one length"):
        cross({"a": ["x"], "b": ["x", "y"]})
    with pytest.raises(ValueError, match="one length"):
        cross({})


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan"), float("inf")])
def test_a_base_weight_that_is_none_is_refused_with_its_row(wrong: float) -> None:
    with pytest.raises(Refusal, match=r"weighing\.base_invalid") as refused:
        cross({"a": ["x", "y", "x"]}, base=[1.0, wrong, wrong])
    assert refused.value.facts == {"row": 2, "people": 2}


def test_a_number_that_is_none_is_refused_with_its_row() -> None:
    with pytest.raises(Refusal, match=r"weighing\.number_invalid") as refused:
        cross({"a": ["x", "y"]}, numbers={"income": [1.0, float("nan")]})
    assert refused.value.facts == {"variable": "income", "row": 2, "people": 1}


def test_a_variable_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match=r"weighing\.variable_unknown"):
        cross({"a": ["x"]}).place("b")
