"""Seats filled in order of votes (reference, counting §2.3 and §2.7)."""

from collections.abc import Iterable, Mapping, Sequence

from consult.elections.core.feasibility import Boards
from consult.elections.core.ground import Ground
from consult.elections.core.outcome import DrawNeeded
from consult.elections.core.search import Numbers
from consult.elections.core.steps import (
    Elected,
    LotUsed,
    PassedOver,
    PassedOverAhead,
    Step,
    TieSettled,
)
from consult.elections.core.ties import contested


class Seats:
    """The seats, filled in order of votes; people with equal votes come together."""

    def __init__(self, on: Ground, totals: Mapping[str, int], draws: Sequence[str]) -> None:
        self._pool, self._aim, self._boards, self._blocks = on
        self._totals, self._draws = totals, draws
        self._taken = self._pool.nobody
        self.elected: list[str] = []
        self.steps: list[Step] = []

    def fill(self, tied: Sequence[str]) -> DrawNeeded | None:
        """Elect or pass over people with equal votes, in the order given."""
        if self._full():
            return None
        needed = self._settle(tied) if len(tied) > 1 else None
        if needed is not None:
            return needed
        for candidate in tied:
            if not self._full():
                self._decide(candidate)
        return None

    def _full(self) -> bool:
        return self._pool.sitting + len(self.elected) == self._aim.size

    def _settle(self, tied: Sequence[str]) -> DrawNeeded | None:
        """Find out whether a lot decides between people with equal votes, and note it."""
        able = [one for one in tied if self._possible([one])]
        votes = self._totals[tied[0]]
        if self._possible(able):
            if able and len(able) < len(tied):
                self.steps.append(TieSettled(votes, tuple(tied), tuple(able)))
            return None
        between = contested(self._boards, self._taken, able)
        if not set(between) <= set(self._draws):
            return DrawNeeded(between, votes, tuple(self.elected))
        self.steps.append(LotUsed(votes, between))
        return None

    def _possible(self, more: Iterable[str]) -> bool:
        return self._boards.exists(self._pool.adding(self._taken, more))

    def _decide(self, candidate: str) -> None:
        votes, taken = self._totals[candidate], self._pool.adding(self._taken, [candidate])
        if self._boards.exists(taken):
            self._taken = taken
            self.elected.append(candidate)
            seat = self._pool.sitting + len(self.elected)
            self.steps.append(Elected(candidate, votes, seat))
        else:
            self.steps.append(self._passed_over(candidate, votes, taken))

    def _passed_over(self, candidate: str, votes: int, taken: Numbers) -> Step:
        of, size, rules = self._pool, self._aim.size, self._aim.rules
        if of.ahead is not None and Boards(of, size, rules).exists(taken):
            why = of.ahead.why(of, taken, size, rules)
            return PassedOverAhead(candidate, votes, why)
        near = self._boards.board(self._taken) if isinstance(self._boards, Boards) else None
        return PassedOver(candidate, votes, self._blocks.of(taken, near))
