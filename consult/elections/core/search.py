"""How many people of each class fill the seats within the bounds of every group: an exact search.

The question is NP-hard in general (reference, counting §2.4), so it is asked in three ways, the
cheapest first. *Weights*: give each group a whole number; if even the people with most weight weigh
less than the bounds demand, nobody can fill the seats: a proof in whole numbers, which often
answers the next question too. *Trying*: where weights prove nothing, the people whom they
favour are near the answer, and a few changes of one person for another often reach it. *Branching*:
where neither decides, some class has at most so many people on the board, or more; each half is
asked in the same way. A yes is a list of numbers that can be added up; a no is a proof by weights
for every branch. Nothing rests on a float.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from operator import add
from typing import NamedTuple

from consult.refusal import Refusal

BRANCHES = 20_000
"""Beyond so many branches the question is refused: an answer that is not certain is not given."""

_ROUNDS = 40
_STEP = 256
_SOON = 8
_PATIENCE = 4
_CHANGES = 20
_PROOFS = 12

Numbers = tuple[int, ...]
"""A whole number per class, or per group."""


class Question(NamedTuple):
    """Seats to fill: per class ``low`` to ``high`` people, per group ``need`` to ``room``."""

    seats: int
    low: Numbers
    high: Numbers
    need: Numbers
    room: Numbers


class Found(NamedTuple):
    """What one round of weighing came to."""

    numbers: Numbers | None
    possible: bool
    usual: tuple[float, ...] = ()
    weights: Numbers = ()


class Search:
    """Questions about the same classes. ``groups``: per class the places of its groups."""

    def __init__(self, groups: Sequence[Numbers], number: int) -> None:
        self._groups = groups
        self._number = number
        self._members = [
            [c for c, inside in enumerate(groups) if g in inside] for g in range(number)
        ]
        self._proofs: deque[Numbers] = deque(maxlen=_PROOFS)

    def fill(
        self, seats: int, high: Numbers, need: Numbers, room: Numbers, near: Numbers = ()
    ) -> Numbers | None:
        """Numbers per class, or ``None`` when there are none. ``near`` may be almost an answer.

        Raises:
            Refusal: ``elections.count_too_hard`` after ``BRANCHES`` branches.
        """
        start = Question(seats, (0,) * len(high), high, need, room)
        if self._shut(start):
            return None
        if near and sum(near) == seats:
            mended = self._mended(start, near)
            if mended is not None:
                return mended
        todo: list[tuple[Question, Numbers]] = [(start, (0,) * self._number)]
        for _ in range(BRANCHES):
            if not todo:
                return None
            asked, weights = todo.pop()
            found = self._weigh(asked, weights)
            if found.numbers is not None:
                return found.numbers
            if found.possible:
                todo.extend((half, found.weights) for half in _halves(asked, found.usual))
        raise Refusal("elections.count_too_hard", states=BRANCHES)

    def _weigh(self, asked: Question, weights: Numbers) -> Found:
        """Shift the weights to the groups that lack people, until they prove or find something."""
        if self._shut(asked):
            return Found(None, possible=False)
        usual = [0] * len(asked.low)
        now, step, since, best = list(weights), _STEP, 0, _Round()
        for number in range(_ROUNDS):
            if number == _SOON and (nearby := self._mended(asked, best.numbers)) is not None:
                return Found(nearby, possible=True)
            numbers, have, weight = self._heaviest(asked, now)
            gap, off = _gap(asked, now, have, weight)
            if not off:
                return Found(numbers, possible=True)
            if gap > 0:
                self._proofs.appendleft(tuple(now))
                return Found(None, possible=False)
            usual = list(map(add, usual, numbers))
            since = 0 if best.improve(gap, off, now, numbers) else since + 1
            if since == _PATIENCE:
                since, step = 0, max(1, step // 2)
            now = _shifted(asked, now, have, step)
        nearby = self._mended(asked, best.numbers)
        share = tuple(number / _ROUNDS for number in usual)
        return Found(nearby, possible=True, usual=share, weights=best.weights)

    def _mended(self, asked: Question, numbers: Numbers) -> Numbers | None:
        """Change one person at a time for another as long as that brings the groups nearer."""
        now = list(numbers)
        have = self._have(now)
        blame = [1] * self._number
        last = -1
        for _ in range(_CHANGES):
            costs = _costs(asked, have, blame)
            if not any(costs.off):
                return tuple(now)
            change = self._best_change(asked, now, costs, last)
            if change is None:
                return None
            gain, out, into = change
            if gain >= 0:
                blame = [b + (1 if o else 0) for b, o in zip(blame, costs.off, strict=True)]
            now[out] -= 1
            now[into] += 1
            have = self._have(now)
            last = out
        return None

    def _best_change(
        self, asked: Question, now: Sequence[int], costs: "_Costs", last: int
    ) -> tuple[int, int, int] | None:
        """The change that costs least: what it costs, whose place is taken, and by whom."""
        enter = [sum([costs.up[g] for g in inside]) for inside in self._groups]
        free = [c for c, number in enumerate(now) if number < asked.high[c] and c != last]
        best: tuple[int, int, int] | None = None
        for out, number in enumerate(now):
            if number > asked.low[out]:
                leave = sum([costs.down[g] for g in self._groups[out]])
                mine = enter.copy()
                for g in self._groups[out]:
                    if twice := costs.up[g] + costs.down[g]:
                        for c in self._members[g]:
                            mine[c] -= twice
                into = min((c for c in free if c != out), key=mine.__getitem__, default=None)
                if into is not None and (best is None or leave + mine[into] < best[0]):
                    best = (leave + mine[into], out, into)
        return best

    def _have(self, numbers: Sequence[int]) -> list[int]:
        have = [0] * self._number
        for c, number in enumerate(numbers):
            if number:
                for g in self._groups[c]:
                    have[g] += number
        return have

    def _shut(self, asked: Question) -> bool:
        """Whether one group alone, or a proof that answered before, shows that there is no way."""
        return not self._within(asked) or any(self._proves(asked, one) for one in self._proofs)

    def _within(self, asked: Question) -> bool:
        """Whether each group alone, and the seats, leave room."""
        least, most = sum(asked.low), sum(asked.high)
        if not least <= asked.seats <= most:
            return False
        for members, need, room in zip(self._members, asked.need, asked.room, strict=True):
            inside = sum(asked.high[c] for c in members)
            fixed = sum(asked.low[c] for c in members)
            fewest = max(fixed, asked.seats - (most - inside))
            highest = min(inside, asked.seats - (least - fixed))
            if need > room or highest < need or fewest > room:
                return False
        return True

    def _proves(self, asked: Question, weights: Numbers) -> bool:
        _, have, weight = self._heaviest(asked, weights)
        return _gap(asked, weights, have, weight)[0] > 0

    def _heaviest(self, asked: Question, weights: Sequence[int]) -> tuple[Numbers, list[int], int]:
        """The people with most weight who fill the seats; their number per group; their weight."""
        of = [sum([weights[g] for g in inside]) for inside in self._groups]
        numbers = list(asked.low)
        left = asked.seats - sum(numbers)
        for c in sorted(range(len(of)), key=of.__getitem__, reverse=True):
            if left <= 0:
                break
            more = min(left, asked.high[c] - numbers[c])
            numbers[c] += more
            left -= more
        weight = sum([number * of[c] for c, number in enumerate(numbers) if number])
        return tuple(numbers), self._have(numbers), weight


class _Round:
    """The best round of weighing so far."""

    def __init__(self) -> None:
        self._gap, self._off = -(1 << 60), 1 << 60
        self.weights: Numbers = ()
        self.numbers: Numbers = ()

    def improve(self, gap: int, off: int, weights: Sequence[int], numbers: Numbers) -> bool:
        """Note a round; whether its weights came nearer to a proof."""
        if off < self._off:
            self._off, self.numbers = off, numbers
        if gap <= self._gap:
            return False
        self._gap, self.weights = gap, tuple(weights)
        return True


class _Costs(NamedTuple):
    """Per group how far off it is, and what one person more or fewer would cost."""

    off: list[int]
    up: list[int]
    down: list[int]


def _costs(asked: Question, have: Sequence[int], blame: Sequence[int]) -> _Costs:
    costs = _Costs([], [], [])
    for need, room, number, weight in zip(asked.need, asked.room, have, blame, strict=True):
        costs.off.append(max(0, need - number, number - room))
        costs.up.append(weight * ((number >= room) - (number < need)))
        costs.down.append(weight * ((number <= need) - (number > room)))
    return costs


def _gap(
    asked: Question, weights: Sequence[int], have: Sequence[int], weight: int
) -> tuple[int, int]:
    """By how much the bounds weigh more than anybody can; and how far off the groups are."""
    demanded = off = 0
    for value, need, room, number in zip(weights, asked.need, asked.room, have, strict=True):
        demanded += value * (need if value > 0 else room)
        off += max(0, need - number, number - room)
    return demanded - weight, off


def _shifted(asked: Question, weights: Sequence[int], have: Sequence[int], step: int) -> list[int]:
    """More weight to groups that lack people, less to those with too many."""
    now = []
    for value, need, room, number in zip(weights, asked.need, asked.room, have, strict=True):
        if value > 0 or (value == 0 and number < need):
            now.append(max(0, value + step * (need - number)))
        elif value < 0 or number > room:
            now.append(min(0, value + step * (room - number)))
        else:
            now.append(0)
    return now


def _halves(asked: Question, usual: Sequence[float]) -> Iterable[Question]:
    """The question in two: the least settled class has at most so many people, or more."""
    open_ = [
        c for c, (low, high) in enumerate(zip(asked.low, asked.high, strict=True)) if low < high
    ]
    c = max(open_, key=lambda c: (min(usual[c] % 1, 1 - usual[c] % 1), usual[c]))
    split = min(max(int(usual[c]), asked.low[c]), asked.high[c] - 1)
    fewer = asked._replace(high=_set(asked.high, c, split))
    more = asked._replace(low=_set(asked.low, c, split + 1))
    return (more, fewer) if usual[c] % 1 < 0.5 else (fewer, more)


def _set(numbers: Numbers, place: int, value: int) -> Numbers:
    return (*numbers[:place], value, *numbers[place + 1 :])
