"""Which board a count aims at, before any vote is looked at (reference, counting §2.2)."""

from collections.abc import Sequence
from typing import NamedTuple

from consult.council.core.rules import IfShort, Min, Rule, RuleSet
from consult.elections.core.blocks import Blocks
from consult.elections.core.feasibility import Boards, Pool, boards
from consult.elections.core.steps import MinimumLowered, SizeLowered, Step


class Target(NamedTuple):
    """The size of the board, and the rules with each minimum lowered to what is possible.

    ``held`` seats of ``max_board`` stay empty for groups whose minimum says ``hold``.
    """

    size: int
    held: int
    rules: tuple[Rule, ...]
    minima: dict[str, int]
    steps: tuple[Step, ...]


def target(pool: Pool, rules: RuleSet, max_board: int) -> Target | None:
    """The board to aim at, or ``None`` when no board keeps the hard rules."""
    all_sizes = sizes(pool, max_board)
    if not possible(pool, all_sizes, rules.hard):
        return None
    settled: list[Rule] = list(rules.hard)
    steps: list[Step] = []
    short = 0
    for rule in rules.minima:
        lowered = _lowered(pool, all_sizes, settled, rule)
        settled.append(lowered)
        if lowered.value < rule.value:
            steps.append(_minimum_lowered(rule, lowered.value))
            short += rule.value - lowered.value if rule.if_short is IfShort.HOLD else 0
    size = _size(pool, all_sizes, settled, max_board - short)
    held = min(short, max_board - size)
    if size < max_board:
        steps.append(_size_lowered(pool, settled, max_board, size, held))
    minima = {rule.id: rule.value for rule in settled if isinstance(rule, Min)}
    return Target(size, held, tuple(settled), minima, tuple(steps))


def sizes(pool: Pool, max_board: int) -> range:
    """The sizes that a board with everybody who stays can have."""
    return range(max(1, pool.sitting), min(max_board, pool.sitting + sum(pool.available)) + 1)


def possible(pool: Pool, among: range, rules: Sequence[Rule]) -> bool:
    """Whether a lawful board of one of the sizes holds everybody who stays."""
    return any(boards(pool, size, rules).exists(pool.nobody) for size in reversed(among))


def _lowered(pool: Pool, among: range, settled: Sequence[Rule], rule: Min) -> Min:
    """The largest minimum that goes with what is settled; 0 always does."""
    for value in range(min(rule.value, among[-1]), 0, -1):
        lowered = rule._replace(value=value)
        if possible(pool, among, [*settled, lowered]):
            return lowered
    return rule._replace(value=0)


def _size(pool: Pool, among: range, rules: Sequence[Rule], wanted: int) -> int:
    """The largest possible size up to ``wanted``, else the smallest above it."""
    down = [size for size in reversed(among) if size <= wanted]
    up = [size for size in among if size > wanted]
    return next(s for s in [*down, *up] if boards(pool, s, rules).exists(pool.nobody))


def _minimum_lowered(rule: Min, value: int) -> MinimumLowered:
    return MinimumLowered(rule.id, rule.group, rule.value, value, rule.if_short.value)


def _size_lowered(
    pool: Pool, rules: Sequence[Rule], max_board: int, size: int, held: int
) -> SizeLowered:
    larger = Boards(pool, size + 1, rules).exists(pool.nobody)
    why = () if larger else Blocks(pool, size + 1, rules).of(pool.nobody)
    return SizeLowered(max_board, size, held, why)
