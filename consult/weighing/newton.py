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
            direction = _direction(equations, whole * link.slope(u), gradient)
            size = _size(equations, whole, link, found, direction)
            if size == 0:
                break
            found, before = found + size * direction, error
    return found, step


def _direction(equations: Design, slopes: Numbers, gradient: Numbers) -> Numbers:
    """H^-1 gradient on the equations that do not follow from others.

    H is scaled to a diagonal of ones. A trace of ridge keeps it invertible where margins still
    follow from each other, such as a neighbourhood inside a district.
    """
    free = equations.free
    products = equations.products(slopes)[np.ix_(free, free)]
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
