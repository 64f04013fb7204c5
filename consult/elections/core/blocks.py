"""Why a board is out of reach: a smallest set of rules, each with its numbers."""

from collections.abc import Iterator, Sequence

from consult.council.core.rules import Rule
from consult.elections.core.feasibility import Boards, Pool
from consult.elections.core.search import Numbers
from consult.elections.core.smallest import smallest
from consult.elections.core.steps import Block


class Blocks:
    """Reasons on boards of one size under ``rules``; what was found is kept for the next."""

    def __init__(self, of: Pool, size: int, rules: Sequence[Rule]) -> None:
        self._pool, self._size, self._rules = of, size, tuple(rules)
        self._places = {group: place for place, group in enumerate(of.groups)}
        self._boards: dict[tuple[Rule, ...], Boards] = {}

    def of(self, taken: Numbers, near: Numbers | None = None) -> tuple[Block, ...]:
        """The smallest set of rules without which a board could hold those ``taken``.

        Of equally small sets the one of the most important rules. Empty when there are not enough
        people, whatever the rules. ``near`` is a lawful board without the last of those taken: with
        that person in anybody's place it keeps most rules, which saves questions.
        """

        def kept(these: tuple[Rule, ...]) -> int | None:
            board = self._of(these).board(taken)
            return None if board is None else self._bits(board)

        known = () if near is None else {self._bits(board) for board in _beside(taken, near)}
        return tuple(
            Block(
                rule.id,
                rule.group,
                rule.least(self._size),
                rule.most(self._size),
                *self._pool.reach(taken, self._size, rule.group),
            )
            for rule in smallest(self._rules, kept, known)
        )

    def _of(self, rules: tuple[Rule, ...]) -> Boards:
        if rules not in self._boards:
            self._boards[rules] = Boards(self._pool, self._size, rules)
        return self._boards[rules]

    def _bits(self, board: Numbers) -> int:
        """The rules that a board keeps."""
        _, held = self._pool.base(board)
        bits = 0
        for place, rule in enumerate(self._rules):
            spot = self._places.get(rule.group)
            have = 0 if spot is None else held[spot]
            if rule.least(self._size) <= have <= rule.most(self._size):
                bits |= 1 << place
        return bits


def _beside(taken: Numbers, near: Numbers) -> Iterator[Numbers]:
    """Boards with those ``taken`` that differ from ``near`` in one person."""
    lacking = [place for place, number in enumerate(taken) if number > near[place]]
    if len(lacking) != 1 or taken[lacking[0]] != near[lacking[0]] + 1:
        return
    for place, number in enumerate(near):
        if number > taken[place]:
            board = list(near)
            board[place] -= 1
            board[lacking[0]] += 1
            yield tuple(board)
