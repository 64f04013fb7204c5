"""What somebody can work out of hidden counts: the least and the most that each can be.

She knows all counts that are shown and all relations between counts. The ranges are optima of
linear programs (HiGHS by way of SciPy, imported only when something is hidden). Hidden counts that
no relation joins are apart, so each group of joined ones is a small problem of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite
from typing import Any, Final

Key = tuple[str, ...]
"""The place of a count: question, row, and the group in which it was counted."""

_Joined = tuple[Key, ...]
_SLACK: Final = 1e-6
_TOGETHER: Final = ((1, 1), (-1, -1), (1, -1), (-1, 1))
"""Pushing many counts at once finds wide ranges with few programs; it proves nothing narrow."""
_WORTH: Final = 2
"""One by one a program settles about so many."""
_FEW: Final = 12
"""So many open counts are quicker judged one by one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What anybody knows: the sum of factor × count over ``terms`` is from ``low`` to ``high``."""

    terms: tuple[tuple[Key, float], ...]
    low: float = 0
    high: float = 0

    def holds(self, counts: Mapping[Key, int]) -> bool:
        """Whether it is so for ``counts``."""
        total = sum(factor * counts[key] for key, factor in self.terms)
        return self.low - _SLACK <= total <= self.high + _SLACK


def whole(key: Key, parts: Iterable[Key]) -> Relation:
    """``key`` counts everybody who is counted in ``parts``, each once. It is the first term."""
    return Relation(((key, -1.0), *((part, 1.0) for part in parts)))


@dataclass(frozen=True, slots=True)
class Narrow:
    """Joined hidden counts, and those of them whose range is too narrow."""

    joined: tuple[Key, ...]
    exposed: tuple[Key, ...]


class Deduction:
    """One attack on ``counts``. It remembers which values it found possible.

    What is possible stays possible when more is hidden; so ask with ever larger sets of hidden
    counts, and nothing is worked out twice.
    """

    def __init__(self, relations: Sequence[Relation], counts: Mapping[Key, int]) -> None:
        self._relations = relations
        self._counts = counts
        self._order = {key: place for place, key in enumerate(counts)}
        self._posed: tuple[_Joined, _Problem] = (), _Problem((), ())
        self._least = dict(counts)
        self._most = dict(counts)
        self._touching: dict[Key, list[int]] = {key: [] for key in counts}
        for number, relation in enumerate(relations):
            for key, _ in relation.terms:
                self._touching[key].append(number)

    def range(self, key: Key) -> tuple[int, int]:
        """The least and the most that were found possible so far."""
        return self._least[key], self._most[key]

    def narrow(
        self, hidden: AbstractSet[Key], widths: Mapping[Key, int], *, every: bool = True
    ) -> tuple[Narrow, ...]:
        """Where a range is narrower than its width in ``widths``.

        With ``every`` false one finding in each group of joined counts will do.
        """
        waiting = list(self._components(hidden, self._open(hidden, widths)))
        for signs in _TOGETHER:
            many = [one for one in waiting if len(self._open(one, widths)) > _FEW]
            self._push(many, {k: signs[n % 2] for one in many for n, k in enumerate(one)})
        self._open_up(waiting, widths)
        exposed = self._judged(waiting, widths, every=every)
        return tuple(Narrow(one, tuple(exposed[one])) for one in waiting if exposed[one])

    def _open_up(self, waiting: Sequence[_Joined], widths: Mapping[Key, int]) -> None:
        """Push what is still open up or down as it falls, as long as that settles much at once."""
        turn = 0
        left = inf
        while True:
            many = {one: keys for one in waiting if len(keys := self._open(one, widths)) > _FEW}
            before, left = left, sum(map(len, many.values()))
            if not many or left > before - _WORTH:
                return
            turn += 1
            signs = (
                (_scattered(turn, n), key) for keys in many.values() for n, key in enumerate(keys)
            )
            self._push(list(many), {key: sign for sign, key in signs})

    def _judged(
        self, waiting: Sequence[_Joined], widths: Mapping[Key, int], *, every: bool
    ) -> dict[_Joined, list[Key]]:
        """The counts that are narrow, in each of these groups of joined ones.

        Groups have nothing to do with each other, so one program pushes one count in each.
        """
        exposed: dict[_Joined, list[Key]] = {one: [] for one in waiting}
        left = {one: keys for one in waiting if (keys := self._open(one, widths))}
        while left:
            turn = {one: keys[0] for one, keys in left.items()}
            for sign in (1, -1):
                still = [one for one, key in turn.items() if self._open([key], widths)]
                self._push(still, {turn[one]: sign for one in still})
            for one, key in turn.items():
                exposed[one] += self._open([key], widths)
                left[one] = self._open(left[one][1:], widths)
            left = {k: keys for k, keys in left.items() if keys and (every or not exposed[k])}
        return exposed

    def _push(self, groups: Sequence[_Joined], direction: Mapping[Key, int]) -> None:
        """Learn from one program over all of these groups."""
        if not groups:
            return
        joined = tuple(key for one in groups for key in one)
        if joined != self._posed[0]:
            self._posed = joined, _Problem(joined, self._bounds(joined))
        self._see(joined, self._posed[1].push(direction))

    def _open(self, keys: Iterable[Key], widths: Mapping[Key, int]) -> list[Key]:
        return [key for key in keys if self._most[key] - self._least[key] < widths[key]]

    def _see(self, joined: Sequence[Key], values: Sequence[float]) -> None:
        for key, value in zip(joined, values, strict=True):
            self._least[key] = min(self._least[key], ceil(value - _SLACK))
            self._most[key] = max(self._most[key], floor(value + _SLACK))

    def _bounds(self, joined: _Joined) -> Iterator[tuple[dict[Key, float], float, float]]:
        """The relations of ``joined`` with what is shown brought to the other side."""
        inside = set(joined)
        for number in sorted({n for key in joined for n in self._touching[key]}):
            relation = self._relations[number]
            factors: dict[Key, float] = {}
            shown = 0.0
            for key, factor in relation.terms:
                if key in inside:
                    factors[key] = factors.get(key, 0) + factor
                else:
                    shown += factor * self._counts[key]
            yield factors, relation.low - shown, relation.high - shown

    def _components(self, hidden: AbstractSet[Key], starts: Iterable[Key]) -> Iterator[_Joined]:
        """The groups of joined hidden counts in which these are, in the order of all counts."""
        seen: set[Key] = set()
        for start in sorted(starts, key=self._order.__getitem__):
            if start in seen:
                continue
            seen.add(start)
            met, waiting = {start}, [start]
            while waiting:
                for number in self._touching[waiting.pop()]:
                    for key, _ in self._relations[number].terms:
                        if key in hidden and key not in seen:
                            seen.add(key)
                            met.add(key)
                            waiting.append(key)
            yield tuple(sorted(met, key=self._order.__getitem__))


def _scattered(turn: int, place: int) -> int:
    """1 or -1 without a pattern (Knuth's multiplicative hash); any directions will do."""
    return 1 if (turn * 7919 + place) * 2654435761 >> 16 & 1 else -1


class _Problem:
    """A linear program over ``joined`` counts, none below nought, for any direction."""

    def __init__(
        self, joined: Sequence[Key], bounds: Iterable[tuple[dict[Key, float], float, float]]
    ) -> None:
        self._place = {key: place for place, key in enumerate(joined)}
        equal = _Rows(len(joined))
        below = _Rows(len(joined))
        for factors, low, high in bounds:
            held = {self._place[key]: factor for key, factor in factors.items()}
            if low == high:
                equal.add(held, low)
                continue
            below.add(held, high)
            below.add({place: -factor for place, factor in held.items()}, -low)
        self._equal, self._equal_to = equal.matrix()
        self._below, self._below_of = below.matrix()

    def push(self, direction: Mapping[Key, int]) -> Sequence[float]:
        """Possible values of all, as far in ``direction`` as they go."""
        from scipy.optimize import linprog  # noqa: PLC0415 - costs a second, often for nothing

        costs = [0.0] * len(self._place)
        for key, sign in direction.items():
            costs[self._place[key]] = -sign
        solved: Any = linprog(
            costs,
            A_ub=self._below,
            b_ub=self._below_of,
            A_eq=self._equal,
            b_eq=self._equal_to,
            bounds=(0, None),
            method="highs",
        )
        if not solved.success:
            raise ArithmeticError(solved.message)
        values: Sequence[float] = solved.x.tolist()
        return values


class _Rows:
    """Rows of a sparse matrix, and what each is equal to or below."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._factors: list[float] = []
        self._at: tuple[list[int], list[int]] = ([], [])
        self._limits: list[float] = []

    def add(self, factors: Mapping[int, float], limit: float) -> None:
        """One more row, unless it limits nothing."""
        if not isfinite(limit):
            return
        self._factors += factors.values()
        self._at[0].extend(len(self._limits) for _ in factors)
        self._at[1].extend(factors)
        self._limits.append(limit)

    def matrix(self) -> tuple[Any, Any]:
        """The matrix and the limits, or nothing when there is no row."""
        from scipy.sparse import csc_array  # noqa: PLC0415 - as above

        if not self._limits:
            return None, None
        shape = (len(self._limits), self._width)
        return csc_array((self._factors, self._at), shape=shape), self._limits
