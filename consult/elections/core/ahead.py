"""What a count in a series must leave possible: the bodies that are counted after it (§2.8).

The executive is elected out of the same people as the board, so the two are looked at as one
question: a board is lawful *ahead* when a lawful executive and a lawful board exist together that
hold everybody elected so far. People who could go into either are one kind with two places, and no
more of them are taken than there are. That makes the joint question one of numbers per kind within
bounds per group again, for the same exact search.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from consult.council.core.rules import Max, MinHard, Person, Rule, RuleSet, in_group, limits
from consult.elections.core.feasibility import Boards, Pool, pool
from consult.elections.core.outcome import Contest
from consult.elections.core.search import Numbers
from consult.elections.core.smallest import keeping, smallest
from consult.elections.core.steps import RuleOf
from consult.elections.core.target import possible, sizes

SITS = "\0sits"
BOTH = "\0both"
"""Marks of an executive candidate who sits on the board already, or stands for it as well.

No group of a file can be spelled like this: there, a text is printable."""


class Later(NamedTuple):
    """Bodies that are still to be counted, each with its hard rules; ``None``: not asked for."""

    board: Contest
    board_rules: tuple[Rule, ...]
    executive: Contest | None = None
    executive_rules: tuple[Rule, ...] = ()

    def with_member(self, person: Person) -> "Later":
        """After this person was elected to an office that is part of all that follows."""
        board = _joined(self.board, person)
        executive = self.executive and _joined(self.executive, person)
        return self._replace(board=board, executive=executive)

    def possible(self) -> bool:
        """Whether lawful bodies exist, all together."""
        if self.executive is None:
            of = pool(self.board.sitting, self.board.candidates, self.board_rules)
            return possible(of, sizes(of, self.board.max_board), self.board_rules)
        then = BeforeBoard(self.board, self.board_rules)
        body = self.executive
        of = pool(body.sitting, body.candidates, self.executive_rules, then)
        return possible(of, sizes(of, body.max_board), self.executive_rules)


class BeforeBoard(NamedTuple):
    """A count of the executive, with the board after it."""

    board: Contest
    rules: tuple[Rule, ...]

    def groups(self) -> Collection[str]:
        """The groups of the board's rules, and the two marks."""
        return {SITS, BOTH, *(rule.group for rule in self.rules)}

    def marked(self, person: Person) -> Person:
        """The person, marked when on the board already, or standing for it."""
        marks = {
            mark
            for mark, people in ((SITS, self.board.sitting), (BOTH, self.board.candidates))
            if any(person.id == other.id for other in people)
        }
        return person._replace(groups=person.groups | marks)

    def boards(self, of: Pool, size: int, rules: Sequence[Rule]) -> "Together":
        """The executives of ``size`` with which a lawful board can still be made."""
        return Together(self, of, size, rules)

    def why_nobody(self, first: Contest, rules: RuleSet) -> tuple[RuleOf, ...]:
        """A smallest set of rules of both bodies that leaves no way to make them."""
        return why_not(Later(self.board, self.rules, first, rules.hard))

    def why(self, of: Pool, taken: Numbers, size: int, rules: Sequence[Rule]) -> tuple[RuleOf, ...]:
        """A smallest set of rules of both bodies that rules those ``taken`` out."""
        both: tuple[tuple[str, Rule], ...] = (
            *(("executive", rule) for rule in rules),
            *(("board", rule) for rule in self.rules),
        )

        def forbid(kept: Sequence[tuple[str, Rule]]) -> bool:
            left = self._replace(rules=tuple(rule for office, rule in kept if office == "board"))
            mine = [rule for office, rule in kept if office == "executive"]
            return not Together(left, of, size, mine).exists(taken)

        return tuple(_rule_of(*pair) for pair in smallest(both, keeping(both, forbid)))


class Together:
    """The executives of one size with which a lawful board, of any size, can still be made."""

    def __init__(self, then: BeforeBoard, of: Pool, size: int, rules: Sequence[Rule]) -> None:
        self.pool = of
        self._first = Boards(of, size, rules)
        self._extent = _Extent(then, of, size)
        self._bounds = limits(rules, size)
        self._rules = then.rules
        self._boards: dict[tuple[int, int], Boards] = {}
        self._answers: dict[Numbers, bool] = {}

    def exists(self, taken: Numbers) -> bool:
        """Whether such an executive holds its sitting members and everybody ``taken``."""
        if taken not in self._answers:
            self._answers[taken] = self._first.exists(taken) and any(
                self._of(size, sitters).exists(self._extent.taken(taken))
                for size in self._extent.board_sizes
                for sitters in self._extent.sitters
            )
        return self._answers[taken]

    def _of(self, size: int, sitters: int) -> Boards:
        if (size, sitters) not in self._boards:
            rules = [
                *_exactly("e:", self._bounds),
                *_exactly("b:", limits(self._rules, size)),
                *_exactly("", self._extent.numbers(sitters)),
            ]
            self._boards[size, sitters] = Boards(self._extent.pool, size + sitters, rules)
        return self._boards[size, sitters]


class _Extent:
    """Executive and board as one pool: a kind for each place that people of a kind can take."""

    def __init__(self, then: BeforeBoard, of: Pool, size: int) -> None:
        self._size, self._of = size, of
        self._asked = frozenset(rule.group for rule in then.rules)
        free = [one for one in then.board.candidates if one.id not in of.kind_of]
        others = Counter(person.groups & self._asked for person in free)
        shared = [place for place, kind in enumerate(of.kinds) if BOTH in kind]
        kinds = [
            *(self._executive(place, kind) for place, kind in enumerate(of.kinds)),
            *(self._board(kind) | {_who(place)} for place, kind in self._at(shared)),
            *(self._board(kind) for kind in others),
        ]
        self._rest = (0,) * (len(kinds) - len(of.kinds))
        self._shared = {_who(place): (0, of.available[place]) for place in shared}
        groups = sorted(frozenset().union(*kinds, map(_b, self._asked), map(_e, of.groups), "es"))
        held = {"e": of.sitting} | {_e(g): n for g, n in zip(of.groups, of.seated, strict=True)}
        held |= {_b(group): in_group(then.board.sitting, group) for group in self._asked}
        self.pool = Pool(
            groups=tuple(groups),
            kinds=tuple(kinds),
            available=(*of.available, *(of.available[p] for p in shared), *others.values()),
            kind_of={},
            sitting=len(then.board.sitting),
            seated=tuple(held.get(group, 0) for group in groups),
        )
        self.board_sizes = range(then.board.max_board, max(0, len(then.board.sitting) - 1), -1)
        sitters = any(SITS in kind for kind in of.kinds)
        self.sitters = range(size - of.sitting + 1 if sitters else 1)

    def taken(self, taken: Numbers) -> Numbers:
        """Those taken for the executive, as numbers of this pool."""
        return (*taken, *self._rest)

    def numbers(self, sitters: int) -> dict[str, tuple[int, int]]:
        """Bounds that no rule sets: sizes, and that nobody takes two places."""
        return {"e": (self._size,) * 2, "s": (sitters,) * 2, **self._shared}

    def _executive(self, place: int, kind: frozenset[str]) -> frozenset[str]:
        board = frozenset("s") if SITS in kind else self._board(kind)
        shared = frozenset({_who(place)} if BOTH in kind else ())
        return board | shared | {"e"} | {_e(group) for group in kind - {SITS, BOTH}}

    def _board(self, kind: frozenset[str]) -> frozenset[str]:
        return frozenset(_b(group) for group in kind & self._asked)

    def _at(self, places: Iterable[int]) -> Iterable[tuple[int, frozenset[str]]]:
        return ((place, self._of.kinds[place]) for place in places)


def why_not(later: Later) -> tuple[RuleOf, ...]:
    """A smallest set of rules of the later bodies that leaves no way to make them."""
    both: tuple[tuple[str, Rule], ...] = (
        *(("executive", rule) for rule in later.executive_rules),
        *(("board", rule) for rule in later.board_rules),
    )

    def forbid(kept: Sequence[tuple[str, Rule]]) -> bool:
        first = tuple(rule for office, rule in kept if office == "executive")
        then = tuple(rule for office, rule in kept if office == "board")
        return not later._replace(executive_rules=first, board_rules=then).possible()

    return tuple(_rule_of(*pair) for pair in smallest(both, keeping(both, forbid)))


def _joined(contest: Contest, person: Person) -> Contest:
    sits = any(person.id == other.id for other in contest.sitting)
    return contest._replace(
        sitting=contest.sitting if sits else (*contest.sitting, person),
        candidates=tuple(other for other in contest.candidates if other.id != person.id),
    )


def _exactly(prefix: str, bounds: dict[str, tuple[int, int]]) -> Iterable[Rule]:
    for group, (least, most) in bounds.items():
        yield MinHard("", prefix + group, least)
        yield Max("", prefix + group, most)


def _rule_of(office: str, rule: Rule) -> RuleOf:
    return RuleOf(office, rule.id, rule.group)


def _e(group: str) -> str:
    return f"e:{group}"


def _b(group: str) -> str:
    return f"b:{group}"


def _who(place: int) -> str:
    return f"w:{place}"
