"""Whether rules leave room for a board at all: rules that nobody can keep are no rules."""

from itertools import product
from typing import NamedTuple

from consult.council.core.agreement import Agreement, Office
from consult.council.core.rules import TENANT, Max, MinHard, RuleSet, limits
from consult.refusal import Refusal


class _Shape(NamedTuple):
    """A number of people, so many of them tenants of a dwelling."""

    size: int
    tenants: int


def refuse_impossible(agreement: Agreement) -> None:
    """Refuse rules under which no board, chair or executive board could exist.

    Raises:
        Refusal: ``council.rules_max_below_min`` with the two rules; ``council.rules_impossible``
            with the ``field`` whose rules cannot be kept, or ``together`` when each part can be
            kept alone, but no board offers such a chair and executive board.
    """
    parts = {
        "board": (agreement.board, range(1, agreement.largest_board + 1)),
        "chair": (agreement.chair, range(1, 2)),
        "executive": (agreement.executive, range(1, len(Office) + 1)),
    }
    shapes = {}
    for name, (rules, sizes) in parts.items():
        _refuse_max_below_min(name, rules)
        shapes[name] = [shape for size in sizes for shape in _shapes(rules, size)]
        if not shapes[name]:
            raise Refusal("council.rules_impossible", field=name, most=sizes[-1])
    found = product(shapes["board"], shapes["chair"], shapes["executive"])
    if not any(_fit(board, chair, executive) for board, chair, executive in found):
        raise Refusal("council.rules_impossible", field="together", most=agreement.largest_board)


def _refuse_max_below_min(name: str, rules: RuleSet) -> None:
    for place, most in enumerate(rules.rules):
        for least in rules.rules:
            if isinstance(most, Max) and isinstance(least, MinHard) and most.value < least.value:
                field = f"{name}[{place}].value"
                facts = {"most": most.value, "least": least.value, "other": least.id}
                raise Refusal("council.rules_max_below_min", field=field, **facts)


def _shapes(rules: RuleSet, size: int) -> list[_Shape]:
    least, most = limits(rules.hard, size).get(TENANT, (0, size))
    return [_Shape(size, tenants) for tenants in range(least, min(most, size) + 1)]


def _fit(board: _Shape, chair: _Shape, executive: _Shape) -> bool:
    """Whether the board has these people, and the chair is one of the executive board."""
    others = executive.size - executive.tenants
    return (
        chair.tenants <= executive.tenants <= board.tenants
        and chair.size - chair.tenants <= others <= board.size - board.tenants
    )
