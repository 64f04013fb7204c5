"""What holds of calibrated weights whatever the sample is, and other ways to the same weights."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from consult.refusal import Refusal
from consult.weighing.calibration import Bounds, Method, Weighted, calibrate
from consult.weighing.cells import Cells, Numbers, cross
from consult.weighing.links import Bounded, Linear, Link, Logit, Raking
from consult.weighing.margins import Ordered, Other, Plan, merge
from consult.weighing.targets import Targets
from consult.weighing.trimming import trimmed

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 10**6)
SIZES = (4, 3, 2)
METHODS: dict[Method, Bounds | None] = {
    Method.RAKING: None,
    Method.LINEAR: None,
    Method.LOGIT: (0.01, 40.0),
    Method.TRUNCATED: (0.01, 40.0),
}
methods = st.sampled_from(sorted(METHODS))


class Sample:
    """Random people with three variables and a number, and targets that weights can meet.

    The targets are those of weights of product form between 0.5 and 2, so they exist.
    """

    def __init__(self, seed: int, rows: int = 200) -> None:
        chance = np.random.default_rng(seed)
        self.columns = {
            name: chance.choice([f"{name}{n}" for n in range(size)], rows)
            for name, size in zip("abc", SIZES, strict=True)
        }
        self.base = chance.choice([1.0, 1.5, 4.0], rows)
        self.income = chance.gamma(2.0, 10.0, rows).round(1)
        factors = {
            level: chance.uniform(0.8, 1.25)
            for column in self.columns.values()
            for level in sorted(set(column))
        }
        true = self.base * np.prod(
            [[factors[level] for level in column] for column in self.columns.values()], axis=0
        )
        self.margins = {
            name: {level: float(true[column == level].sum()) for level in sorted(set(column))}
            for name, column in self.columns.items()
        }
        whole = sum(self.margins["a"].values())
        for margin in self.margins.values():
            total = sum(margin.values())
            for level in margin:
                margin[level] *= whole / total
        self.total = float(true @ self.income)

    def cells(self, order: Numbers | None = None) -> Cells:
        rows = np.arange(len(self.base)) if order is None else order
        columns = {name: column[rows] for name, column in self.columns.items()}
        return cross(columns, numbers={"income": self.income[rows]}, base=self.base[rows])

    @property
    def targets(self) -> Targets:
        return Targets(self.margins)

    def dummies(self) -> Numbers:
        """The matrix of the equations, one row a person, each level a column."""
        return np.column_stack(
            [
                self.columns[name] == level
                for name, margin in self.margins.items()
                for level in margin
            ]
        ).astype(float)

    @property
    def wanted(self) -> Numbers:
        return np.array([total for margin in self.margins.values() for total in margin.values()])


def or_refusal(act: Callable[[], Weighted]) -> Weighted | Refusal:
    try:
        return act()
    except Refusal as refused:
        return refused


def weighed(sample: Sample, method: Method = Method.RAKING) -> Weighted:
    return calibrate(sample.cells(), sample.targets, method, METHODS[method])


@given(seeds, methods)
@few
def test_margins_are_met(seed: int, method: Method) -> None:
    """Counted here from rows, not by the program from cells."""
    sample = Sample(seed)
    weights = weighed(sample, method).spread()
    for name, margin in sample.margins.items():
        for level, total in margin.items():
            achieved = weights[sample.columns[name] == level].sum()
            assert achieved == pytest.approx(total, rel=1e-10)


@given(seeds, methods)
@few
def test_totals_of_numbers_are_met_beside_margins(seed: int, method: Method) -> None:
    sample = Sample(seed)
    targets = Targets(sample.margins, {"income": sample.total})
    weights = calibrate(sample.cells(), targets, method, METHODS[method]).spread()
    assert weights @ sample.income == pytest.approx(sample.total, rel=1e-10)
    assert sample.dummies().T @ weights == pytest.approx(sample.wanted, rel=1e-10)


@given(seeds, methods)
@few
def test_the_order_of_rows_does_not_matter(seed: int, method: Method) -> None:
    sample = Sample(seed)
    order = np.random.default_rng(seed).permutation(len(sample.base))
    turned = calibrate(sample.cells(order), sample.targets, method, METHODS[method])
    assert turned.spread() == pytest.approx(weighed(sample, method).spread()[order], rel=1e-9)


@given(seeds)
@few
def test_names_and_order_of_levels_do_not_matter(seed: int) -> None:
    sample = Sample(seed)
    turned = {
        f"{name}{n}": f"{name}{size - n}"
        for name, size in zip("abc", SIZES, strict=True)
        for n in range(size)
    }
    columns = {name: [turned[level] for level in column] for name, column in sample.columns.items()}
    margins = {
        name: {turned[level]: total for level, total in reversed(margin.items())}
        for name, margin in reversed(sample.margins.items())
    }
    found = calibrate(cross(columns, base=sample.base), Targets(margins))
    assert found.spread() == pytest.approx(weighed(sample).spread(), rel=1e-9)


@given(seeds, methods)
@few
def test_a_person_may_be_split_into_two_of_half_the_base_weight(seed: int, method: Method) -> None:
    sample = Sample(seed)
    twice = {name: np.tile(column, 2) for name, column in sample.columns.items()}
    cells = cross(twice, base=np.tile(sample.base / 2, 2))
    halves = calibrate(cells, sample.targets, method, METHODS[method]).spread()
    assert halves[: len(sample.base)] * 2 == pytest.approx(
        weighed(sample, method).spread(), rel=1e-9
    )


@given(seeds, methods, st.sampled_from([1e-3, 7.0, 1e4]))
@few
def test_weights_grow_with_the_population(seed: int, method: Method, by: float) -> None:
    sample = Sample(seed)
    larger = {
        name: {level: total * by for level, total in margin.items()}
        for name, margin in sample.margins.items()
    }
    columns = cross(sample.columns, base=sample.base * by)
    found = calibrate(columns, Targets(larger), method, METHODS[method])
    assert found.spread() == pytest.approx(weighed(sample, method).spread() * by, rel=1e-9)


@given(seeds, st.sampled_from([1e-3, 7.0, 1e4]))
@few
def test_raking_does_not_depend_on_the_scale_of_base_weights(seed: int, by: float) -> None:
    sample = Sample(seed)
    for method in (Method.RAKING, Method.LINEAR):
        scaled = cross(sample.columns, base=sample.base * by)
        found = calibrate(scaled, sample.targets, method)
        assert found.spread() == pytest.approx(weighed(sample, method).spread(), rel=1e-9)


@given(seeds, methods)
@few
def test_a_sample_that_already_fits_keeps_its_base_weights(seed: int, method: Method) -> None:
    sample = Sample(seed)
    margins = {
        name: {level: float(sample.base[column == level].sum()) for level in set(column)}
        for name, column in sample.columns.items()
    }
    found = calibrate(sample.cells(), Targets(margins), method, METHODS[method])
    assert found.spread() == pytest.approx(sample.base, rel=1e-12)
    assert found.iterations == 0


@given(seeds)
@few
def test_linear_weights_are_those_of_the_regression_estimator(seed: int) -> None:
    """w = d (1 + x'(sum d x x')^-1 (t - sum d x)), the inverse a generalised one."""
    sample = Sample(seed)
    x = sample.dummies()
    short = sample.wanted - x.T @ sample.base
    factors = 1 + x @ (np.linalg.pinv(x.T @ (sample.base[:, None] * x)) @ short)
    assert weighed(sample, Method.LINEAR).spread() == pytest.approx(sample.base * factors, rel=1e-8)


@given(seeds)
@few
def test_raking_by_turns_ends_at_the_same_weights(seed: int) -> None:
    """Deming and Stephan (1940): one margin after the other, a thousand times."""
    sample = Sample(seed)
    weights = sample.base.copy()
    for _ in range(1000):
        for name, margin in sample.margins.items():
            for level, total in margin.items():
                held = sample.columns[name] == level
                weights[held] *= total / weights[held].sum()
    assert weighed(sample).spread() == pytest.approx(weights, rel=1e-8)


LINKS: dict[Method, Link] = {
    Method.RAKING: Raking(),
    Method.LINEAR: Linear(),
    Method.LOGIT: Logit(0.01, 40.0),
    Method.TRUNCATED: Bounded(Linear(), 0.01 - 1, 40.0 - 1),
}


@given(seeds, methods)
@settings(max_examples=15, deadline=None)
def test_a_general_optimiser_finds_no_better_dual_objective(seed: int, method: Method) -> None:
    sample = Sample(seed, rows=60)
    x, link = sample.dummies(), LINKS[method]

    def objective(coefficients: Numbers) -> tuple[float, Numbers]:
        u = x @ coefficients
        value = sample.base @ link.integral(u) - sample.wanted @ coefficients
        return float(value), x.T @ (sample.base * link.value(u)) - sample.wanted

    start = np.zeros(x.shape[1])
    best = minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 5000, "ftol": 1e-15, "gtol": 1e-9},
    )
    weights = sample.base * link.value(x @ best.x)
    assert weighed(sample, method).spread() == pytest.approx(weights, rel=2e-4)


@given(st.sampled_from(sorted(LINKS)), st.floats(-3, 3))
@few
def test_slope_and_integral_belong_to_the_value(method: Method, at: float) -> None:
    link, step = LINKS[method], 1e-5
    near = np.array([at - step, at, at + step])
    value, integral = link.value(near), link.integral(near)
    assert (integral[2] - integral[0]) / (2 * step) == pytest.approx(value[1], abs=1e-4, rel=1e-4)
    if abs(at - (0.01 - 1)) > 2 * step:
        slope = (value[2] - value[0]) / (2 * step)
        assert link.slope(near)[1] == pytest.approx(slope, abs=1e-4, rel=1e-4)
    assert link.value(np.zeros(1)) == pytest.approx(1.0)
    assert link.slope(np.zeros(1))[0] > 0


@given(seeds)
@few
def test_a_variable_inside_another_changes_nothing(seed: int) -> None:
    """Neighbourhoods make up a district: its margin follows from theirs."""
    sample = Sample(seed)
    district = {"a0": "west", "a1": "west", "a2": "east", "a3": "east"}
    columns = sample.columns | {"district": np.array([district[a] for a in sample.columns["a"]])}
    margin = dict.fromkeys(sorted(set(columns["district"])), 0.0)
    for level, total in sample.margins["a"].items():
        margin[district[level]] += total
    for margins in (
        {**sample.margins, "district": margin},
        {"district": margin, **sample.margins},
    ):
        found = calibrate(cross(columns, base=sample.base), Targets(margins))
        assert found.spread() == pytest.approx(weighed(sample).spread(), rel=1e-9)


@given(seeds, st.floats(1.05, 3.0))
@few
def test_no_weight_is_above_the_cap_and_margins_are_met_or_it_is_refused(
    seed: int, cap: float
) -> None:
    sample = Sample(seed)
    found = or_refusal(lambda: trimmed(sample.cells(), sample.targets, cap=cap))
    if isinstance(found, Refusal):
        assert found.code == "weighing.cap_low"
        needed = found.facts["needed"]
        assert isinstance(needed, float)
        assert needed >= cap * (1 - 1e-5)
        looser = trimmed(sample.cells(), sample.targets, cap=needed * 1.01)
        assert looser.error < 1e-10
        return
    weights = found.spread()
    assert weights.max() <= cap * weights.mean() * (1 + 1e-12)
    assert sample.dummies().T @ weights == pytest.approx(sample.wanted, rel=1e-10)
    at_cap = weights >= cap * weights.mean() * (1 - 1e-9)
    assert found.capped == at_cap.sum()


@given(seeds)
@few
def test_who_is_under_the_cap_is_raked_with_the_same_factors(seed: int) -> None:
    """Fix whoever has the cap, rake the others to what is left: nothing changes."""
    sample = Sample(seed)
    free = weighed(sample).spread()
    cap = 0.9 * free.max() / free.mean()
    found = trimmed(sample.cells(), sample.targets, cap=cap)
    weights = found.spread()
    under = weights < weights.max() * (1 - 1e-9)
    margins = {}
    for name, column in sample.columns.items():
        left = {
            level: total - weights[(column == level) & ~under].sum()
            for level, total in sample.margins[name].items()
        }
        margins[name] = {level: left[level] for level in set(column[under])}
    rest = cross(
        {name: column[under] for name, column in sample.columns.items()}, base=sample.base[under]
    )
    whole = sum(margins["a"].values())
    for margin in margins.values():
        scale = whole / sum(margin.values())
        for level in margin:
            margin[level] *= scale
    again = calibrate(rest, Targets(margins)).spread()
    assert again == pytest.approx(weights[under], rel=1e-7)


plans: dict[str, Callable[[], Plan]] = {
    "ordered": lambda: Ordered(tuple(f"a{n}" for n in range(9))),
    "other": lambda: Other("other"),
}


@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=9),
    st.lists(st.integers(0, 30), min_size=9, max_size=9),
    st.sampled_from(sorted(plans)),
)
@few
def test_after_merging_no_level_is_thin_and_nobody_is_lost(
    people: list[int], population: list[int], plan: str
) -> None:
    column = [f"a{n}" for n, number in enumerate(people) for _ in range(number)]
    margin = {f"a{n}": float(population[n] + people[n]) for n in range(len(people))}
    if not column:
        return
    found = merge(cross({"a": column}), Targets({"a": margin}), {"a": plans[plan]()})
    counted, merged = found.cells.counted("a"), found.targets.margins["a"]
    held = [level for level, total in merged.items() if total]
    assert len(held) == 1 or all(counted[level] >= 10 for level in held)
    assert sum(merged.values()) == sum(margin.values())
    assert found.cells.rows == len(column)
    for one in found.merges:
        assert merged[one.name] == sum(margin[level] for level in one.levels)
        assert counted.get(one.name, 0) == one.people == sum(people[int(a[1:])] for a in one.levels)
        if plan == "ordered":
            places = [int(level[1:]) for level in one.levels]
            there = [n for n in range(places[0], places[-1] + 1) if margin[f"a{n}"]]
            assert places == there
