"""The count of totals with a solver that we did not write: HiGHS, through scipy.

The definition is taken literally (reference, counting §2.2 and §2.3). Each question, whether a
lawful board with these people exists, is one whole-number programme. Nothing is shared with the
count itself but the values of its arguments.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from consult.council.core.rules import IfShort, Rule, RuleSet, in_group
from consult.elections.core.outcome import Contest


class Solver:
    """Questions about the boards of one contest."""

    def __init__(self, contest: Contest) -> None:
        self.people = [*contest.sitting, *contest.candidates]
        self.place = {person.id: place for place, person in enumerate(self.people)}
        self.sitting = [person.id for person in contest.sitting]

    def board(self, size: int, rules: Sequence[Rule], inside: Iterable[str]) -> set[str] | None:
        """A lawful board of ``size`` that holds everybody who stays and is ``inside``."""
        number = len(self.people)
        low = np.zeros(number)
        for one in (*self.sitting, *inside):
            low[self.place[one]] = 1
        rows, least, most = [np.ones(number)], [size], [size]
        for rule in rules:
            rows.append(np.array([float(rule.group in person.groups) for person in self.people]))
            least.append(rule.least(size))
            most.append(rule.most(size))
        found = milp(
            np.zeros(number),
            constraints=LinearConstraint(np.array(rows), least, most),
            integrality=np.ones(number),
            bounds=Bounds(low, np.ones(number)),
        )
        if found.status == 2:
            return None
        assert found.success, found.message
        chosen = [person for person, x in zip(self.people, found.x, strict=True) if x > 0.5]
        assert len(chosen) == size
        assert all(
            rule.least(size) <= in_group(chosen, rule.group) <= rule.most(size) for rule in rules
        )
        return {person.id for person in chosen}


def aimed_at(solver: Solver, contest: Contest, rules: RuleSet) -> tuple[int, Sequence[Rule]] | None:
    """The size of the board, and the rules with minima lowered (§2.2)."""
    sizes = range(max(1, len(contest.sitting)), contest.max_board + 1)

    def first(order: Iterable[int], kept: Sequence[Rule]) -> int | None:
        return next((size for size in order if solver.board(size, kept, ()) is not None), None)

    settled: list[Rule] = list(rules.hard)
    if first(reversed(sizes), settled) is None:
        return None
    wanted = contest.max_board
    for rule in rules.minima:
        value = rule.value
        while value and first(reversed(sizes), [*settled, rule._replace(value=value)]) is None:
            value -= 1
        settled.append(rule._replace(value=value))
        wanted -= rule.value - value if rule.if_short is IfShort.HOLD else 0
    down = [size for size in reversed(sizes) if size <= wanted]
    size = first([*down, *(size for size in sizes if size > wanted)], settled)
    assert size is not None
    return size, settled


def elected_by(
    contest: Contest, totals: Mapping[str, int], rules: RuleSet, draws: Sequence[str]
) -> list[str] | None:
    """Who is elected, in order (§2.3); ``None`` when there is no lawful board."""
    solver = Solver(contest)
    aim = aimed_at(solver, contest, rules)
    if aim is None:
        return None
    size, settled = aim
    elected: list[str] = []
    board: set[str] = set()
    for one in sorted(totals, key=lambda one: (-totals[one], draws.index(one))):
        if len(elected) + len(contest.sitting) == size:
            break
        if {*elected, one} <= board:
            elected.append(one)
        elif (found := solver.board(size, settled, [*elected, one])) is not None:
            board = found
            elected.append(one)
    return elected
