"""Why there are no weights: proven by a linear programme, not guessed from a search that failed.

Weights that meet the targets exist when sum w x = t has a solution within the bounds. Where it has
none, targets are left out one after the other as long as there still is none: what is left is a
smallest set in conflict (the deletion filter of Chinneck and Dravnieks 1991, ORSA J. Comput. 3).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from consult.refusal import Refusal
from consult.weighing.cells import Cells, Numbers
from consult.weighing.design import Design, design
from consult.weighing.targets import Targets

LEAST: Final = 1e-6
"""Weight ÷ base weight that counts as 0 where raking would have to give somebody no weight."""
_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Question:
    """Weights that were looked for: weight ÷ base weight from ``lowest`` to ``highest``."""

    cells: Cells
    targets: Targets
    base: Numbers
    lowest: float
    highest: float = np.inf
    cap: float | None = None


def explain(question: Question, steps: int, error: float) -> Refusal:
    """Why no weights were found.

    Returns: the refusal to raise. ``weighing.conflict``: targets that no weights meet together;
    ``weighing.edge``: targets that only weights of 0 for somebody meet; ``weighing.bounds_tight``
    and ``weighing.cap_low``: nothing within the bounds or under the cap, with ``needed``, the
    smallest upper bound or cap (in mean weights) for which there is something; infinite when none
    helps, and nothing when that took too long to find out; ``weighing.not_reached``: no such cause
    was proven in time, and the search ended before it met the targets.
    """
    floor = min(question.lowest, 0.0)
    if _impossible(question, _names(question.targets), floor):
        return Refusal("weighing.conflict", margins=_smallest(question, floor))
    return _narrow(question) or (
        edge(question)
        if question.lowest == 0 and at_edge(question)
        else Refusal("weighing.not_reached", steps=steps, error=error)
    )


def at_edge(question: Question) -> bool:
    """That only weights of which some are 0 meet the targets."""
    return _impossible(question, _names(question.targets), LEAST)


def edge(question: Question) -> Refusal:
    """``weighing.edge``, with the targets that leave somebody no weight."""
    return Refusal("weighing.edge", margins=_smallest(question, LEAST))


def _narrow(question: Question) -> Refusal | None:
    """That bounds are too tight or the cap is too low, if that is so."""
    targets, cells, base = question.targets, question.cells, question.base
    lowest, highest = question.lowest, question.highest
    within = np.full(len(base), highest * (1 - LEAST))
    if highest < np.inf and _impossible(question, _names(targets), lowest, within):
        needed = _needed(question, base, np.inf)
        return Refusal("weighing.bounds_tight", lowest=lowest, highest=highest, needed=needed)
    if question.cap is None or targets.people is None:
        return None
    under = np.minimum(within, question.cap * (1 - LEAST) / base)
    if _impossible(question, _names(targets), lowest, under):
        mean = targets.people / cells.rows
        needed = _needed(question, np.full(len(base), mean), highest)
        return Refusal("weighing.cap_low", cap=question.cap / mean, needed=needed)
    return None


def _names(targets: Targets) -> tuple[str, ...]:
    return (*targets.margins, *targets.totals)


def _smallest(question: Question, floor: float) -> tuple[str, ...]:
    """Targets that cannot be met together, while they can without any one of them."""
    kept = list(_names(question.targets))
    for name in tuple(kept):
        fewer = [one for one in kept if one != name]
        if fewer and _impossible(question, fewer, floor):
            kept = fewer
    return tuple(kept)


def _impossible(
    question: Question, names: Collection[str], floor: float, ceiling: Numbers | None = None
) -> bool:
    """That no weights ÷ base weights between these meet the targets of these names."""
    equations = _only(question, names)
    matrix, wanted = _matrix(equations, question.cells.people * question.base)
    size = len(question.base)
    highest = np.full(size, np.inf) if ceiling is None else ceiling
    between = np.column_stack([np.minimum(floor, highest), highest])
    return bool(_solved(np.zeros(size), matrix, wanted, between).status == 2)


def _needed(question: Question, unit: Numbers, highest: float) -> float | None:
    """The lowest ceiling of weights, in ``unit`` for each cell, under which targets can be met.

    Weights ÷ base weights are between the lower bound and ``highest``. Infinite when no ceiling
    helps; nothing when that took too long to find out.
    """
    from scipy import sparse  # noqa: PLC0415 - slow to load

    equations = design(question.cells, question.targets)
    matrix, wanted = _matrix(equations, question.cells.people * question.base)
    size = matrix.shape[1]
    goal = np.append(np.zeros(size), 1.0)
    matrix = sparse.hstack([matrix, sparse.csr_matrix((matrix.shape[0], 1))])
    under = sparse.hstack(
        [sparse.diags_array(question.base / unit), sparse.csr_matrix(np.full((size, 1), -1.0))]
    )
    between = np.array([(question.lowest, highest)] * size + [(-np.inf, np.inf)])
    found = _solved(goal, matrix, wanted, between, under)
    return {0: found.fun, 2: float("inf")}.get(found.status)


def _only(question: Question, names: Collection[str]) -> Design:
    targets = question.targets
    return design(
        question.cells,
        Targets(
            {name: margin for name, margin in targets.margins.items() if name in names},
            {name: total for name, total in targets.totals.items() if name in names},
        ),
    )


def _matrix(equations: Design, whole: Numbers) -> tuple[Any, Numbers]:
    """The equations for weight ÷ base weight, each ÷ what base weights give it."""
    from scipy import sparse  # noqa: PLC0415 - slow to load

    cells = np.arange(len(whole))
    rows = [
        sparse.csr_matrix((whole, (codes, cells)), shape=(size, len(whole)))
        for codes, size in zip(equations.codes, equations.sizes, strict=True)
    ]
    rows += [sparse.csr_matrix(whole * column) for column in equations.numbers]
    matrix = sparse.vstack(rows).tocsr()
    sizes = np.asarray(abs(matrix).sum(axis=1)).ravel()
    sizes[sizes == 0] = 1.0
    return sparse.diags_array(1 / sizes) @ matrix, equations.target / sizes


def _solved(
    goal: Numbers,
    matrix: Any,
    wanted: Numbers,
    between: Numbers,
    under: Any | None = None,
) -> Any:
    from scipy.optimize import linprog  # noqa: PLC0415 - slow to load

    return linprog(
        goal,
        A_eq=matrix,
        b_eq=wanted,
        A_ub=under,
        b_ub=None if under is None else np.zeros(under.shape[0]),
        bounds=between,
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "time_limit": _SECONDS},
    )
