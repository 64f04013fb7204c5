"""What somebody can work out of hidden counts: the least and the most that each can be.

She knows all counts that are shown and all relations between counts. The ranges are optima of
linear programs (HiGHS by way of SciPy, imported only when something is hidden). Hidden counts that
no relation joins are apart, so each group of joined ones is a small problem of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil, floor, isfinite
from typing import Any, Final

Key = tuple[str, ...]
"""The place of a count: question, row, and the group in which it was counted."""

_SLACK: Final = 1e-6


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
        found = []
        for joined in self._components(hidden):
            exposed = self._exposed(joined, widths, len(joined) if every else 1)
            if exposed:
                found.append(Narrow(joined, exposed))
        return tuple(found)

    def _exposed(
        self, joined: tuple[Key, ...], widths: Mapping[Key, int], most: int
    ) -> tuple[Key, ...]:
        left = self._open(joined, widths)
        if not left:
            return ()
        problem = _Problem(joined, self._bounds(joined))
        # Pushing many at once finds wide ranges with few programs; it proves nothing narrow.
        for signs in ((1, 1), (-1, -1), (1, -1), (-1, 1)):
            self._see(joined, problem.push({k: signs[n % 2] for n, k in enumerate(left)}))
        exposed: list[Key] = []
        for key in self._open(left, widths):
            for sign in (1, -1):
                if self._open([key], widths):
                    self._see(joined, problem.push({key: sign}))
            exposed += self._open([key], widths)
            if len(exposed) == most:
                break
        return tuple(exposed)

    def _open(self, keys: Iterable[Key], widths: Mapping[Key, int]) -> list[Key]:
        return [key for key in keys if self._most[key] - self._least[key] < widths[key]]

    def _see(self, joined: Sequence[Key], values: Sequence[float]) -> None:
        for key, value in zip(joined, values, strict=True):
            self._least[key] = min(self._least[key], ceil(value - _SLACK))
            self._most[key] = max(self._most[key], floor(value + _SLACK))

    def _bounds(self, joined: tuple[Key, ...]) -> Iterator[tuple[dict[Key, float], float, float]]:
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

    def _components(self, hidden: AbstractSet[Key]) -> Iterator[tuple[Key, ...]]:
        order = [key for key in self._counts if key in hidden]
        seen: set[Key] = set()
        for start in order:
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
            yield tuple(key for key in order if key in met)


class _Problem:
    """A linear program over ``joined`` counts, none below nought, for any direction."""

    def __init__(
        self, joined: Sequence[Key], bounds: Iterable[tuple[dict[Key, float], float, float]]
    ) -> None:
        self._place = {key: place for place, key in enumerate(joined)}
        self._equal: list[list[float]] = []
        self._equal_to: list[float] = []
        self._below: list[list[float]] = []
        self._below_of: list[float] = []
        for factors, low, high in bounds:
            row = self._row(factors)
            if low == high:
                self._equal.append(row)
                self._equal_to.append(low)
            else:
                self._bound(row, high)
                self._bound([-factor for factor in row], -low)

    def _bound(self, row: list[float], most: float) -> None:
        if isfinite(most):
            self._below.append(row)
            self._below_of.append(most)

    def push(self, direction: Mapping[Key, int]) -> Sequence[float]:
        """Possible values of all, as far in ``direction`` as they go."""
        from scipy.optimize import linprog  # noqa: PLC0415 - costs a second, often for nothing

        solved: Any = linprog(
            [-factor for factor in self._row(direction)],
            A_ub=self._below or None,
            b_ub=self._below_of or None,
            A_eq=self._equal or None,
            b_eq=self._equal_to or None,
            bounds=(0, None),
            method="highs",
        )
        if not solved.success:
            raise ArithmeticError(solved.message)
        values: Sequence[float] = solved.x
        return values

    def _row(self, factors: Mapping[Key, float]) -> list[float]:
        row = [0.0] * len(self._place)
        for key, factor in factors.items():
            row[self._place[key]] = factor
        return row
