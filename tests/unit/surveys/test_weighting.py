"""Weights of respondents and their classes, by hand; raking itself is tested in its own part."""

import subprocess
import sys

import pytest

from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.strata import Cell
from consult.surveys.core.sealed.weighting import Outcome, classes, weigh


def test_one_attribute_is_weighed_by_its_shares() -> None:
    found = weigh({("a",): 90, ("b",): 30}, {("a",): 500, ("b",): 500})
    assert found.outcome is Outcome.WEIGHED
    assert found.of == pytest.approx({("a",): 60 / 90, ("b",): 2.0})


def test_fewer_than_a_hundred_are_not_weighed() -> None:
    found = weigh({("a",): 60, ("b",): 39}, {("a",): 1, ("b",): 9})
    assert (found.outcome, set(found.of.values())) == (Outcome.FEW, {1.0})
    assert weigh({}, {("a",): 1}).outcome is Outcome.FEW


def test_where_nothing_went_along_there_is_nothing_to_weigh() -> None:
    assert weigh({(): 500}, {(): 9000}).outcome is Outcome.NOTHING


def test_respondents_too_different_from_the_roll_are_not_weighed() -> None:
    found = weigh({("a",): 10, ("b",): 990}, {("a",): 9000, ("b",): 1000})
    assert (found.outcome, set(found.of.values())) == (Outcome.APART, {1.0})


def test_respondents_whom_the_roll_does_not_know_are_not_weighed() -> None:
    assert weigh({("a",): 50, ("b",): 60}, {("a",): 500}).outcome is Outcome.APART
    assert weigh({("a",): 150}, {}).outcome is Outcome.APART


def test_values_with_few_respondents_are_taken_together_first() -> None:
    people = {("a",): 100, ("b",): 4, ("c",): 7}
    found = weigh(people, {("a",): 100, ("b",): 1, ("c",): 12, ("d",): 9})
    assert found.of[("b",)] == found.of[("c",)]
    assert found.of[("b",)] == pytest.approx(22 / 122 * 111 / 11)


def test_a_single_small_value_takes_in_the_next_smallest() -> None:
    found = weigh({("a",): 100, ("b",): 40, ("c",): 3}, {("a",): 50, ("b",): 50, ("c",): 50})
    assert found.of[("b",)] == found.of[("c",)] != found.of[("a",)]


def test_a_small_age_is_taken_together_with_the_one_beside_it() -> None:
    """And not with the smallest, as neighbourhoods are."""
    people = {("18-34",): 4, ("35-64",): 120, ("65+",): 90, ("unknown",): 30}
    roll = {("18-34",): 200, ("35-64",): 100, ("65+",): 80, ("unknown",): 20}
    ages = weigh(people, roll, [Stratum.AGE]).of
    assert ages["18-34",] == ages["35-64",] != ages["unknown",]
    others = weigh(people, roll, [Stratum.NEIGHBOURHOOD]).of
    assert others["18-34",] == others["unknown",] != others["35-64",]


def test_the_cap_is_kept_while_margins_are_met() -> None:
    people = {("a", "x"): 50, ("a", "y"): 150, ("b", "x"): 150, ("b", "y"): 650}
    roll = {("a", "x"): 3000, ("a", "y"): 1800, ("b", "x"): 1800, ("b", "y"): 3400}
    found = weigh(people, roll)
    assert found.outcome is Outcome.WEIGHED
    assert max(found.of.values()) == found.of["a", "x"] == pytest.approx(5.0)
    total = sum(people[cell] * weight for cell, weight in found.of.items() if cell[0] == "a")
    assert total == pytest.approx(480)
    assert sum(people[cell] * weight for cell, weight in found.of.items()) == pytest.approx(1000)


def test_weighing_is_loaded_when_answers_are_opened_and_not_before() -> None:
    """NumPy would make every page wait at the start."""
    script = (
        "import sys, consult.surveys.core.sealed.parting\n"
        "sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_weights_next_to_each_other_are_shared_until_twenty_do() -> None:
    people: dict[Cell, int] = {("a",): 8, ("b",): 12, ("c",): 20, ("d",): 3}
    weights = {("a",): 0.5, ("b",): 1.0, ("c",): 2.0, ("d",): 3.0}
    homes = dict.fromkeys(people, ())
    assert classes(people, weights, homes) == {
        ("a",): 0.8,
        ("b",): 0.8,
        ("c",): round((20 * 2.0 + 3 * 3.0) / 23, 4),
        ("d",): round((20 * 2.0 + 3 * 3.0) / 23, 4),
    }


def test_weights_are_shared_within_a_group_only() -> None:
    people: dict[Cell, int] = {("a", "x"): 19, ("b", "x"): 19, ("a", "y"): 21, ("b", "y"): 22}
    weights = {("a", "x"): 0.5, ("b", "x"): 1.5, ("a", "y"): 1.0, ("b", "y"): 1.2}
    homes = {cell: (cell[1],) for cell in people}
    assert classes(people, weights, homes) == {
        ("a", "x"): 1.0,
        ("b", "x"): 1.0,
        ("a", "y"): 1.0,
        ("b", "y"): 1.2,
    }
