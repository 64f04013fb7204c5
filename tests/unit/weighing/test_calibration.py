"""Calibration and caps on samples small enough to do by hand."""

from itertools import product

import numpy as np
import pytest

from consult.refusal import Refusal
from consult.weighing import calibration
from consult.weighing.calibration import Method, calibrate
from consult.weighing.cells import Variable, cross, tabulated
from consult.weighing.targets import Targets
from consult.weighing.trimming import CAP, trimmed


def test_one_margin_gives_population_by_sample() -> None:
    cells = cross({"age": ["old", "young", "old", "old"]})
    for method in (Method.RAKING, Method.LINEAR, Method.POSTSTRATIFY):
        found = calibrate(cells, Targets({"age": {"old": 60.0, "young": 40.0}}), method)
        assert found.spread() == pytest.approx([20.0, 40.0, 20.0, 20.0])
        assert found.achieved() == {"age": pytest.approx({"old": 60.0, "young": 40.0})}


def test_what_is_told_of_weights() -> None:
    cells = cross({"age": ["old", "young", "old", "old"]})
    found = calibrate(cells, Targets({"age": {"old": 60.0, "young": 40.0}}))
    assert (found.total, found.mean) == (pytest.approx(100.0), pytest.approx(25.0))
    assert found.base == pytest.approx([25.0, 25.0])
    assert found.ratios == pytest.approx((0.8, 1.6))
    assert found.design_effect == pytest.approx(4 * 2800 / 100**2)
    assert found.effective == pytest.approx(100**2 / 2800)
    assert (found.cap, found.capped, found.bounds) == (None, 0, None)
    assert found.totals() == {}


def test_a_level_of_nobody_at_all_may_stand_in_the_margin() -> None:
    cells = cross({"age": ["old", "young"]})
    margin = {"old": 1.0, "young": 2.0, "child": 0.0}
    assert calibrate(cells, Targets({"age": margin})).spread() == pytest.approx([1.0, 2.0])


def test_variables_without_targets_are_left_alone() -> None:
    cells = cross({"age": ["o", "o", "y"], "kind": ["a", "b", "b"]})
    found = calibrate(cells, Targets({"age": {"o": 8.0, "y": 2.0}}))
    assert found.spread() == pytest.approx([4.0, 4.0, 2.0])


def test_a_total_of_a_number_alone_starts_from_one() -> None:
    cells = cross({}, numbers={"income": [1.0, 2.0, 3.0]})
    found = calibrate(cells, Targets({}, {"income": 28.0}), Method.LINEAR)
    assert found.spread() == pytest.approx([1 + 22 / 14, 1 + 44 / 14, 1 + 66 / 14])
    assert found.totals() == {"income": pytest.approx(28.0)}


def test_a_total_may_be_nothing_or_negative() -> None:
    cells = cross({"age": ["o", "o", "y", "y"]}, numbers={"change": [-2.0, 1.0, -1.0, 2.0]})
    margin = {"age": {"o": 10.0, "y": 10.0}}
    for total in (0.0, -3.0):
        found = calibrate(cells, Targets(margin, {"change": total}))
        assert found.spread() @ [-2.0, 1.0, -1.0, 2.0] == pytest.approx(total, abs=1e-9)


def test_a_number_that_everybody_has_alike_follows_from_a_margin() -> None:
    cells = cross({"age": ["o", "y", "y"]}, numbers={"ones": [2.0, 2.0, 2.0]})
    found = calibrate(cells, Targets({"age": {"o": 5.0, "y": 4.0}}, {"ones": 18.0}))
    assert found.spread() == pytest.approx([5.0, 2.0, 2.0])


def test_base_weights_are_kept_apart_within_a_level() -> None:
    cells = cross({"age": ["o", "o", "y"]}, base=[1.0, 3.0, 1.0])
    found = calibrate(cells, Targets({"age": {"o": 8.0, "y": 5.0}}))
    assert found.spread() == pytest.approx([2.0, 6.0, 5.0])


def test_people_who_start_far_from_the_population_are_weighed_in_few_steps() -> None:
    """Ratios of a million to one between cells, from a start where Newton's full step runs away."""
    codes = list(product(range(4), repeat=3))
    people = [1 + 1000 * (not any(row)) + 100 * (sum(row) == 1) for row in codes]
    variables = tuple(Variable(name, tuple("pqrs")) for name in "abc")
    margin = {"p": 1.0, "q": 100.0, "r": 5000.0, "s": 4899.0}
    found = calibrate(tabulated(variables, codes, people), Targets(dict.fromkeys("abc", margin)))
    assert found.error < 1e-10
    assert found.iterations < 40
    assert found.ratios[1] / found.ratios[0] > 1e6


def test_margins_that_differ_by_the_order_of_a_sum_are_the_same() -> None:
    cells = cross({"a": list("xyz"), "b": list("xxy")})
    shares = {"x": 0.1, "y": 0.2, "z": 0.3}
    assert sum(shares.values()) != 0.6
    assert calibrate(cells, Targets({"a": shares, "b": {"x": 0.3, "y": 0.3}})).error < 1e-10


def test_counts_made_elsewhere_are_weighed_without_pandas() -> None:
    variables = (Variable("age", ("o", "y")), Variable("kind", ("a", "b")))
    cells = tabulated(variables, [[0, 0], [0, 1], [1, 1]], [10, 20, 30])
    targets = Targets({"age": {"o": 200.0, "y": 400.0}, "kind": {"a": 50.0, "b": 550.0}})
    found = calibrate(cells, targets)
    assert found.weights == pytest.approx([5.0, 7.5, 400 / 30])


def test_the_cap_holds_and_so_do_the_margins() -> None:
    """Two by two: with the cap at 2.4 means the corner gets 2.4 means and the rest follows."""
    people = [10, 30, 30, 130]
    variables = (Variable("a", ("x", "y")), Variable("b", ("x", "y")))
    cells = tabulated(variables, [[0, 0], [0, 1], [1, 0], [1, 1]], people)
    targets = Targets({"a": {"x": 70.0, "y": 130.0}, "b": {"x": 70.0, "y": 130.0}})
    free = calibrate(cells, targets)
    assert free.weights[0] > 2.4
    found = trimmed(cells, targets, cap=2.4)
    assert found.weights == pytest.approx([2.4, 46 / 30, 46 / 30, 84 / 130])
    assert (found.capped, found.cap) == (10, pytest.approx(2.4))
    assert found.error < 1e-10


@pytest.mark.parametrize(
    ("method", "bounds"),
    [(Method.LINEAR, None), (Method.LOGIT, (0.1, 9.0)), (Method.TRUNCATED, (0.1, 9.0))],
)
def test_every_method_knows_a_cap(method: Method, bounds: tuple[float, float] | None) -> None:
    variables = (Variable("a", ("x", "y")), Variable("b", ("x", "y")))
    cells = tabulated(variables, [[0, 0], [0, 1], [1, 0], [1, 1]], [10, 30, 30, 130])
    targets = Targets({"a": {"x": 70.0, "y": 130.0}, "b": {"x": 70.0, "y": 130.0}})
    found = trimmed(cells, targets, method, bounds, cap=2.4)
    assert found.weights == pytest.approx([2.4, 46 / 30, 46 / 30, 84 / 130])


def test_a_cap_of_persons_with_base_weights_is_a_cap_on_their_weights() -> None:
    """Not on how much their weight grew: the one with base weight 4 reaches it first."""
    cells = cross({"a": ["x", "x", "y", "y", "y"]}, base=[4.0, 1.0, 1.0, 1.0, 1.0])
    found = trimmed(cells, Targets({"a": {"x": 5.0, "y": 5.0}}), cap=1.5)
    assert found.spread() == pytest.approx([3.0, 2.0, 5 / 3, 5 / 3, 5 / 3])
    assert found.capped == 1


def test_weights_under_the_usual_cap_are_those_without_one() -> None:
    cells = cross({"age": ["old", "young", "old", "old"]})
    targets = Targets({"age": {"old": 60.0, "young": 40.0}})
    found = trimmed(cells, targets)
    assert (found.weights == calibrate(cells, targets).weights).all()
    assert (found.cap, found.capped) == (CAP * 25.0, 0)


def test_a_miss_of_more_than_the_tolerance_is_never_returned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the search answers, the margins are counted before anything is returned."""
    cells = cross({"age": ["old", "young", "old", "old"]})
    monkeypatch.setattr(calibration, "search", lambda *_: (np.zeros(2), 1))
    with pytest.raises(Refusal, match=r"weighing\.not_reached"):
        calibrate(cells, Targets({"age": {"old": 60.0, "young": 40.0}}))
