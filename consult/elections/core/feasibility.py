"""Whether a lawful board exists that holds given people.

People with the same groups are interchangeable, so a board is a number of people per *kind*
(a set of groups). Whether numbers exist that keep all bounds :mod:`.search` answers, exactly.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import add, le, sub
from typing import NamedTuple, Protocol

from consult.council.core.rules import Person, Rule, RuleSet, limits
from consult.elections.core.outcome import Contest
from consult.elections.core.search import Numbers, Search
from consult.elections.core.steps import RuleOf

_WITNESSES = 16


class Pool(NamedTuple):
    """Who a board can be made of: the people who stay, and the candidates per kind.

    ``ahead`` is what has to stay possible after this count, in a series of counts.
    """

    groups: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    available: Numbers
    kind_of: Mapping[str, int]
    sitting: int
    seated: Numbers
    ahead: "Ahead | None" = None

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


class Lawful(Protocol):
    """The lawful boards of one size."""

    @property
    def pool(self) -> Pool:
        """Who they are made of."""

    def exists(self, taken: Numbers) -> bool:
        """Whether some lawful board holds the sitting members and everybody ``taken``."""


class Ahead(Protocol):
    """What a count must leave possible: bodies that are counted later (series of counts)."""

    def __hash__(self) -> int:
        """Equal ones ask the same: answers are kept by it."""

    def groups(self) -> Collection[str]:
        """Groups, or marks, that tell people apart for what comes later."""

    def marked(self, person: Person) -> Person:
        """The person with the marks that matter later."""

    def boards(self, of: Pool, size: int, rules: Sequence[Rule]) -> Lawful:
        """The lawful boards after which something lawful can still follow."""

    def why_nobody(self, first: Contest, rules: RuleSet) -> tuple[RuleOf, ...]:
        """A smallest set of rules, of this count and later ones, that leaves nobody to elect."""

    def why(self, of: Pool, taken: Numbers, size: int, rules: Sequence[Rule]) -> tuple[RuleOf, ...]:
        """A smallest set of rules, of this count and later ones, that rules out those ``taken``."""


def pool(
    sitting: Collection[Person],
    candidates: Sequence[Person],
    rules: Sequence[Rule],
    ahead: Ahead | None = None,
) -> Pool:
    """The pool of a contest. Groups that no rule speaks of play no part.

    The scarcest group comes first and kinds are sorted by the groups that they are in: a group
    is then decided early in the search and drops out of it.
    """
    also: Collection[str] = ()
    if ahead is not None:
        candidates, also = [ahead.marked(person) for person in candidates], ahead.groups()
    standing = Counter(group for person in candidates for group in person.groups)
    groups = sorted({*(r.group for r in rules), *also}, key=lambda group: (standing[group], group))
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
        ahead=ahead,
    )


def boards(of: Pool, size: int, rules: Sequence[Rule]) -> Lawful:
    """The lawful boards of one size, with regard to what comes later if anything does."""
    return Boards(of, size, rules) if of.ahead is None else of.ahead.boards(of, size, rules)


class Boards:
    """The lawful boards of one size, under ``rules``. Minima count as they are given here.

    Kinds that no rule here tells apart are one class.
    """

    def __init__(self, of: Pool, size: int, rules: Sequence[Rule]) -> None:
        self.pool = of
        self.size = size
        bounds = {g: b for g, b in limits(rules, size).items() if b != (0, size)}
        self._groups = tuple(place for place, group in enumerate(of.groups) if group in bounds)
        self._least = tuple(bounds[of.groups[place]][0] for place in self._groups)
        self._most = tuple(bounds[of.groups[place]][1] for place in self._groups)
        self._outside = any(b[0] > 0 for g, b in bounds.items() if g not in of.groups)
        told = {of.groups[place]: spot for spot, place in enumerate(self._groups)}
        inside = [tuple(sorted(told[g] for g in kind if g in told)) for kind in of.kinds]
        classes = {groups: place for place, groups in enumerate(dict.fromkeys(inside))}
        self._class_of = [classes[groups] for groups in inside]
        self._inside = list(classes)
        self._available = self._summed(of.available)
        self._search = Search(self._inside, len(self._groups))
        self._witnesses: deque[Numbers] = deque(maxlen=_WITNESSES)
        self._answers: dict[Numbers, Numbers | None] = {}

    def exists(self, taken: Numbers) -> bool:
        """Whether some lawful board holds the sitting members and everybody ``taken``."""
        return self._found(self._summed(taken)) is not None

    def board(self, taken: Numbers) -> Numbers | None:
        """One such board, as numbers of candidates per kind."""
        used = self._summed(taken)
        found = self._found(used)
        if found is None:
            return None
        more = list(map(sub, found, used))
        board = list(taken)
        for place, spot in enumerate(self._class_of):
            if more[spot]:
                here = min(more[spot], self.pool.available[place] - taken[place])
                board[place] += here
                more[spot] -= here
        return tuple(board)

    def _found(self, used: Numbers) -> Numbers | None:
        for witness in self._witnesses:
            if all(map(le, used, witness)):
                return witness
        if used not in self._answers:
            self._answers[used] = found = self._complete(used)
            if found is not None:
                self._check(found)
                self._witnesses.appendleft(found)
        return self._answers[used]

    def _summed(self, kinds: Numbers) -> Numbers:
        numbers = [0] * len(self._inside)
        for place, number in enumerate(kinds):
            if number:
                numbers[self._class_of[place]] += number
        return tuple(numbers)

    def _held(self, board: Numbers) -> Numbers:
        held = [self.pool.seated[place] for place in self._groups]
        for groups, number in zip(self._inside, board, strict=True):
            for group in groups:
                held[group] += number
        return tuple(held)

    def _complete(self, used: Numbers) -> Numbers | None:
        held = self._held(used)
        seats = self.size - self.pool.sitting - sum(used)
        left = tuple(map(sub, self._available, used))
        need = tuple(max(0, least - have) for least, have in zip(self._least, held, strict=True))
        room = tuple(map(sub, self._most, held))
        if seats < 0 or min(left, default=0) < 0 or min(room, default=0) < 0 or self._outside:
            return None
        more = self._search.fill(seats, left, need, room, self._near(used))
        return None if more is None else tuple(map(add, used, more))

    def _near(self, used: Numbers) -> Numbers:
        """Who would come beside those ``used`` on the board that fits them best, of those met."""
        if not self._witnesses:
            return ()
        witness = min(self._witnesses, key=lambda witness: sum(map(max, witness, used)))
        beside = [max(0, w - u) for w, u in zip(witness, used, strict=True)]
        over = sum(beside) + sum(used) + self.pool.sitting - self.size
        for place, number in enumerate(beside):
            fewer = min(over, number)
            beside[place] -= fewer
            over -= fewer
        return tuple(beside)

    def _check(self, board: Numbers) -> None:
        """Every yes is checked again in plain sums: a board that breaks a rule is never used."""
        size, held = self.pool.sitting + sum(board), self._held(board)
        within = all(map(le, self._least, held)) and all(map(le, held, self._most))
        if size != self.size or not within or not all(map(le, board, self._available)):
            raise RuntimeError("the search gave a board that is not lawful")
