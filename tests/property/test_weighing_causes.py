"""Whatever is asked, weights meet it or it is proven that none can: nothing in between.

Samples and targets that know nothing of each other: levels of few people, variables that nearly
say the same, totals of another world, bounds and caps at random. Two ways that do not know each
other, Newton's method and a linear programme, have to agree on which of them can be met.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from consult.refusal import Refusal
from consult.weighing.calibration import Bounds, Method, calibrate
from consult.weighing.cells import Cells, Numbers, cross
from consult.weighing.targets import Targets
from consult.weighing.trimming import trimmed

Case = tuple[Cells, Targets]
Chance = np.random.Generator


def columns_of(chance: Chance, rows: int) -> dict[str, list[str]]:
    columns = {}
    for n, size in enumerate(chance.integers(2, 9, chance.integers(1, 6))):
        shares = chance.dirichlet(np.full(size, chance.choice([0.3, 1, 5])))
        columns[f"v{n}"] = chance.choice([f"l{level}" for level in range(size)], rows, p=shares)
    if "v1" in columns and chance.random() < 0.4:
        same = chance.random(rows) < 0.9
        columns["v1"] = np.where(same, columns["v0"], columns["v1"])
    return {name: column.tolist() for name, column in columns.items()}


def case_of(chance: Chance) -> Case:
    """Most targets are those of some positive weights, so that they can be met; others may not."""
    rows = int(chance.integers(10, 600))
    columns = columns_of(chance, rows)
    base = chance.choice([1.0, 2.0, 5.0], rows) if chance.random() < 0.5 else None
    income = chance.gamma(1, 10, rows).round(1)
    numbers = {"income": income} if chance.random() < 0.3 else {}
    true, people = chance.gamma(2, 1, rows) + 1e-6, float(rows * chance.integers(1, 100))
    true *= people / true.sum()
    can = chance.random() < 0.7
    margins = {}
    for name, column in columns.items():
        levels = sorted(set(column))
        held = np.array(column)
        wanted = [true[held == level].sum() for level in levels]
        shares = np.array(wanted) / people if can else chance.dirichlet(np.ones(len(levels)))
        shares *= people / shares.sum()
        margins[name] = dict(zip(levels, shares.tolist(), strict=True))
    total = float(true @ income) * (1 if can else chance.uniform(0.3, 3))
    cells = cross(columns, numbers=numbers, base=base)
    return cells, Targets(margins, dict.fromkeys(numbers, total))


def ways(chance: Chance) -> Iterator[tuple[Method, Bounds | None, float | None]]:
    wide, cap = (0.05, float(chance.uniform(1.5, 20))), float(chance.uniform(1.2, 4))
    yield Method.RAKING, None, None
    yield Method.LINEAR, None, None
    yield Method.LOGIT, wide, None
    yield Method.TRUNCATED, wide, None
    yield Method.RAKING, None, cap
    yield Method.LOGIT, (0.05, 20.0), cap


def sums(cells: Cells, targets: Targets, weights: Numbers) -> Iterator[tuple[float, float]]:
    """Achieved and wanted, counted once more."""
    each = cells.people * weights
    for name, margin in targets.margins.items():
        place = cells.place(name)
        for level, wanted in margin.items():
            code = cells.variables[place].levels.index(level)
            yield float(each[cells.codes[:, place] == code].sum()), wanted
    for name, wanted in targets.totals.items():
        assert cells.numbers is not None
        yield float(each @ cells.numbers[:, cells.numeric.index(name)]), wanted


def outcome(case: Case, method: Method, bounds: Bounds | None, cap: float | None) -> str:
    cells, targets = case
    try:
        if cap is None:
            found = calibrate(cells, targets, method, bounds)
        else:
            found = trimmed(cells, targets, method, bounds, cap=cap)
    except Refusal as refused:
        return refused.code
    for achieved, wanted in sums(cells, targets, found.weights):
        assert achieved == pytest.approx(wanted, rel=1.1e-10)
    lowest, highest = bounds or (-np.inf if method is Method.LINEAR else 0.0, np.inf)
    ratios = found.weights / found.base
    assert ratios.min() >= lowest - 1e-9
    assert ratios.max() <= highest + 1e-9
    assert cap is None or found.weights.max() <= cap * found.mean * (1 + 1e-9)
    return "weighed"


CAUSES = {
    "weighed",
    "weighing.conflict",
    "weighing.edge",
    "weighing.bounds_tight",
    "weighing.cap_low",
}


def outcomes(first: int, last: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in range(first, last):
        case = case_of(np.random.default_rng(seed))
        for method, bounds, cap in ways(np.random.default_rng(seed + 10**6)):
            told = outcome(case, method, bounds, cap)
            assert told in CAUSES, (seed, method, bounds, cap)
            found[told] += 1
    return found


def test_weights_meet_what_is_asked_or_a_cause_is_proven() -> None:
    found = outcomes(0, 25)
    assert {"weighed", "weighing.conflict", "weighing.bounds_tight", "weighing.cap_low"} <= set(
        found
    )


def test_a_cap_is_met_where_the_weights_of_a_level_nearly_vanish_on_the_way() -> None:
    """Newton's step for such a level has no end; the cap could be as low as 2.4."""
    case, cap = case_of(np.random.default_rng(415)), 2.9
    assert outcome(case, Method.RAKING, None, cap) == "weighed"


@pytest.mark.slow
def test_weights_meet_what_is_asked_or_a_cause_is_proven_over_and_over() -> None:
    assert outcomes(25, 1000)["weighed"] > 1000
