"""Whether a lawful board exists that holds given people: an exact search in whole numbers.

People with the same groups are interchangeable, so a board is a number of people per *kind*
(a set of groups). The search goes through the kinds depth first, remembers the states that it has
met and cuts off what the bounds of some group rule out. The question is NP-hard in general
(reference, counting §2.2); at the size of a board it takes milliseconds. Beyond ``NODES`` states
it refuses: an answer that is not certain is not given.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from consult.council.core.rules import Person, Rule, limits
from consult.refusal import Refusal

NODES = 500_000

Numbers = tuple[int, ...]
"""A whole number per kind, or per group."""


class Pool(NamedTuple):
    """Who a board can be made of: the people who stay, and the candidates per kind."""

    groups: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    available: Numbers
    kind_of: Mapping[str, int]
    sitting: int
    seated: Numbers

    def base(self, taken: Numbers) -> tuple[int, Numbers]:
        """The size, and the number per group, of the sitting members and those ``taken``."""
        held = list(self.seated)
        for kind, number in zip(self.kinds, taken, strict=True):
            for place, group in enumerate(self.groups):
                held[place] += number if group in kind else 0
        return self.sitting + sum(taken), tuple(held)

    def adding(self, taken: Numbers, candidates: Iterable[str]) -> Numbers:
        """``taken`` and these candidates too."""
        more = list(taken)
        for candidate in candidates:
            more[self.kind_of[candidate]] += 1
        return tuple(more)

    def reach(self, taken: Numbers, size: int, group: str) -> tuple[int, int]:
        """The fewest and the most of a group that a board of ``size`` could have with those

        ``taken``, if no rule were in the way.
        """
        filled, held = self.base(taken)
        have = held[self.groups.index(group)] if group in self.groups else 0
        left = [n - t for n, t in zip(self.available, taken, strict=True)]
        inside = sum(n for n, kind in zip(left, self.kinds, strict=True) if group in kind)
        seats = size - filled
        return have + max(0, seats - (sum(left) - inside)), have + min(seats, inside)

    @property
    def nobody(self) -> Numbers:
        """No candidate taken yet."""
        return (0,) * len(self.kinds)


def pool(sitting: Collection[Person], candidates: Sequence[Person], rules: Sequence[Rule]) -> Pool:
    """The pool of a contest. Groups that no rule speaks of play no part.

    The scarcest group comes first and kinds are sorted by the groups that they are in: a group
    is then decided early in the search and drops out of it.
    """
    standing = Counter(group for person in candidates for group in person.groups)
    groups = sorted({rule.group for rule in rules}, key=lambda group: (standing[group], group))
    known = frozenset(groups)
    numbers = Counter(person.groups & known for person in candidates)
    kinds = sorted(numbers, key=lambda kind: [group not in kind for group in groups])
    places = {kind: place for place, kind in enumerate(kinds)}
    return Pool(
        groups=tuple(groups),
        kinds=tuple(kinds),
        available=tuple(numbers[kind] for kind in kinds),
        kind_of={person.id: places[person.groups & known] for person in candidates},
        sitting=len(sitting),
        seated=tuple(sum(group in person.groups for person in sitting) for group in groups),
    )


class Boards:
    """The lawful boards of one size, under ``rules``. Minima count as they are given here."""

    def __init__(self, of: Pool, size: int, rules: Sequence[Rule]) -> None:
        self.pool = of
        self.size = size
        bounds = limits(rules, size)
        self._least = tuple(bounds.get(group, (0, size))[0] for group in of.groups)
        self._most = tuple(bounds.get(group, (0, size))[1] for group in of.groups)
        self._witness: Numbers | None = None
        self._answers: dict[Numbers, bool] = {}

    def exists(self, taken: Numbers) -> bool:
        """Whether some lawful board holds the sitting members and everybody ``taken``."""
        witness = self._witness
        if witness is not None and all(t <= w for t, w in zip(taken, witness, strict=True)):
            return True
        if taken not in self._answers:
            found = self._complete(taken)
            if found is not None:
                self._check(found)
                self._witness = found
            self._answers[taken] = found is not None
        return self._answers[taken]

    def example(self) -> Numbers | None:
        """One such board, as candidates per kind; ``None`` when there is none."""
        return self._witness if self.exists(self.pool.nobody) else None

    def _complete(self, taken: Numbers) -> Numbers | None:
        size, held = self.pool.base(taken)
        seats = self.size - size
        left = tuple(n - t for n, t in zip(self.pool.available, taken, strict=True))
        if seats < 0 or min(left, default=0) < 0:
            return None
        more = _Search(self.pool, left).find(
            seats,
            tuple(max(0, least - have) for least, have in zip(self._least, held, strict=True)),
            tuple(most - have for most, have in zip(self._most, held, strict=True)),
        )
        if more is None:
            return None
        return tuple(t + x for t, x in zip(taken, more, strict=True))

    def _check(self, board: Numbers) -> None:
        """Every yes is checked again in plain sums: a board that breaks a rule is never used."""
        size, held = self.pool.base(board)
        within = all(
            least <= have <= most
            for least, have, most in zip(self._least, held, self._most, strict=True)
        )
        if size != self.size or not within:
            raise RuntimeError("the search gave a board that is not lawful")


class _State(NamedTuple):
    """Kinds before ``place`` are decided; ``seats`` are left, and per group what is still

    needed (``need``) and still allowed (``room``).
    """

    place: int
    seats: int
    need: Numbers
    room: Numbers


class _Search:
    """One question: how many of each kind fill the seats within the bounds of every group."""

    def __init__(self, of: Pool, left: Numbers) -> None:
        self._left = left
        self._groups = tuple(
            tuple(place for place, group in enumerate(of.groups) if group in kind)
            for kind in of.kinds
        )
        self._rest = [(0, (0,) * len(of.groups))]
        for number, groups in zip(reversed(left), reversed(self._groups), strict=True):
            total, per_group = self._rest[-1]
            more = tuple(n + number * (g in groups) for g, n in enumerate(per_group))
            self._rest.append((total + number, more))
        self._rest.reverse()

    def find(self, seats: int, need: Numbers, room: Numbers) -> Numbers | None:
        """Numbers per kind, or ``None`` when there are none.

        Raises:
            Refusal: ``elections.count_too_hard`` after ``NODES`` states.
        """
        first = self._state(0, seats, need, room)
        todo: list[tuple[_State, Numbers]] = [] if first is None else [(first, ())]
        met: set[_State] = set()
        while todo:
            state, chosen = todo.pop()
            if state.place == len(self._left):
                return chosen
            for number, following in self._following(state):
                if following not in met:
                    met.add(following)
                    todo.append((following, (*chosen, number)))
            if len(met) > NODES:
                raise Refusal("elections.count_too_hard", states=NODES)
        return None

    def _following(self, state: _State) -> Iterator[tuple[int, _State]]:
        groups = self._groups[state.place]
        highest = min([state.seats, self._left[state.place], *(state.room[g] for g in groups)])
        for number in range(highest + 1):
            need, room = list(state.need), list(state.room)
            for group in groups:
                need[group] = max(0, need[group] - number)
                room[group] -= number
            following = self._state(state.place + 1, state.seats - number, tuple(need), tuple(room))
            if following is not None:
                yield number, following

    def _state(self, place: int, seats: int, need: Numbers, room: Numbers) -> _State | None:
        """The state, or ``None`` when the bounds of one group show that nothing comes of it."""
        total, per_group = self._rest[place]
        if seats > total:
            return None
        capped = tuple(min(r, seats, n) for r, n in zip(room, per_group, strict=True))
        for least, most, number in zip(need, capped, per_group, strict=True):
            if least > most or seats - most > total - number:
                return None
        return _State(place, seats, need, capped)
