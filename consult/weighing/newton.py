"""Newton's method for the coefficients of calibration.

L <- L + s H^-1 (t - sum w x), H = sum d F'(x'L) x x'. The step s is halved until the dual objective
t'L - sum d f(x'L) rises enough. That objective is concave, so the search has no other end than the
solution, if there is one; whether there is, is measured by who asked.

Sources: Deville and Särndal (1992), JASA 87:376-382; Nocedal and Wright (2006), Numerical
Optimization, chapter 3, for the step; reference/representativeness.md, section 3.
"""

from typing import Final

import numpy as np

from consult.weighing.cells import Numbers
from consult.weighing.design import Design
from consult.weighing.links import Link

TOLERANCE: Final = 1e-10
"""How far a sum may be from its target, relative to it."""
STEPS: Final = 100
_HALVINGS: Final = 40
_RISE: Final = 1e-4
"""Armijo's constant: the part of the promised rise that a step must give."""
_RIDGE: Final = 1e-13
_DAMPED: Final = (0.0, 0.1, 1.0)
_SHORT: Final = 0.01
"""A step of which less can be taken leads astray."""
_ROUNDING: Final = 1e-13
_EXACT: Final = 1e-12
_NOTHING: Final = 1e-200


def search(equations: Design, whole: Numbers, link: Link) -> tuple[Numbers, int]:
    """The coefficients L, and how many steps they took; ``whole`` is the base weight of each cell.

    It goes on while errors shrink, also below the tolerance, and ends where rounding begins.
    """
    found, before, step = np.zeros(len(equations.target)), np.inf, 0
    with np.errstate(all="ignore"):  # a step that runs away is halved
        for step in range(STEPS + 1):
            u = equations.predicted(found)
            gradient = equations.target - equations.sums(whole * link.value(u))
            error = (np.abs(gradient) / equations.measure).max()
            if error < _EXACT or (error < TOLERANCE and error > before / 2) or step == STEPS:
                break
            change = _change(equations, whole, link, found, gradient)
            if change is None:
                break
            found, before = found + change, error
    return found, step


def _change(
    equations: Design, whole: Numbers, link: Link, found: Numbers, gradient: Numbers
) -> Numbers | None:
    """A step that raises the objective; nothing when there is none.

    Where all weights of a level are at a bound, or nearly 0, H says next to nothing of it and asks
    for a step without end, of which hardly anything can be taken. Adding a part of the gradient's
    size to the diagonal of H then keeps each coefficient's step under 1 ÷ that part; it vanishes
    near the solution (Levenberg 1944, Quart. Appl. Math. 2:164-168).
    """
    slopes = whole * link.slope(equations.predicted(found))
    change = None
    for part in _DAMPED:
        direction = _direction(equations, slopes, gradient, part)
        size = _size(equations, whole, link, found, direction)
        if size > 0:
            change = size * direction
        if size > _SHORT:
            break
    return change


def _direction(equations: Design, slopes: Numbers, gradient: Numbers, part: float) -> Numbers:
    """H^-1 gradient on the equations that do not follow from others; see above for ``part``.

    H is scaled to a diagonal of ones. A trace of ridge keeps it invertible where margins still
    follow from each other, such as a neighbourhood inside a district.
    """
    free = equations.free
    products = equations.products(slopes)[np.ix_(free, free)]
    products[np.diag_indices_from(products)] += part * np.abs(gradient[free])
    scale = 1 / np.sqrt(np.maximum(products.diagonal(), _NOTHING))
    scaled = products * np.outer(scale, scale)
    scaled[np.diag_indices_from(scaled)] += _RIDGE
    direction = np.zeros(len(gradient))
    direction[free] = scale * np.linalg.solve(scaled, scale * gradient[free])
    return direction


def _size(
    equations: Design, whole: Numbers, link: Link, found: Numbers, direction: Numbers
) -> float:
    """How much of the step to take: halved until the dual objective rises enough; 0 for none."""
    u, ahead = equations.predicted(found), equations.predicted(direction)
    parts = whole * link.integral(u)
    promised = equations.target @ direction - (whole * link.value(u)) @ ahead
    rounding = _ROUNDING * (np.abs(parts).sum() + np.abs(equations.target).sum())
    size = 1.0
    for _ in range(_HALVINGS):
        lost = (whole * link.integral(u + size * ahead)).sum() - parts.sum()
        if size * (equations.target @ direction) - lost >= _RISE * size * promised - rounding:
            return size
        size /= 2
    return 0.0
