"""Weights under a cap that still meet every margin.

Of all weights that meet the margins *and* stay under the cap these change base weights least: w_i =
min(cap, d_i F(x_i'L)). They are computed at once, by the same Newton's method. Capping and raking
again, over and over, ends there too as long as who was once cut stays at the cap; somebody who
would have come back under it keeps what earlier turns took from her, and is a little off.

Source: reference/representativeness.md, sections 3 and 10; Folsom and Singh (2000), Proc. ASA
Survey Research Methods 598-603, for calibration with bounds of each person.
"""

from dataclasses import replace
from typing import Final

from consult.refusal import Refusal
from consult.weighing.calibration import Bounds, Method, Weighted, calibrate, solve
from consult.weighing.cells import Cells
from consult.weighing.targets import Targets

CAP: Final = 5.0
"""The most that a weight may be, in mean weights."""


def trimmed(
    cells: Cells,
    targets: Targets,
    method: Method = Method.RAKING,
    bounds: Bounds | None = None,
    *,
    cap: float = CAP,
) -> Weighted:
    """Weights that meet the targets, none above ``cap`` × the mean weight.

    Raises:
        Refusal: as :func:`consult.weighing.calibration.calibrate`; ``weighing.cap_invalid`` for a
            cap of 1 or less; ``weighing.cap_margin`` where no margin fixes the mean;
            ``weighing.cap_low`` with the smallest cap that works.
    """
    if not cap > 1:
        raise Refusal("weighing.cap_invalid", cap=cap)
    if targets.people is None:
        raise Refusal("weighing.cap_margin")
    free = calibrate(cells, targets, method, bounds)
    highest = cap * targets.people / cells.rows
    if free.weights.max() <= highest:
        return replace(free, cap=highest)
    return solve(cells, targets, method, bounds, highest)
