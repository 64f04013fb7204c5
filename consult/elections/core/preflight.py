"""Whether a lawful board can be made of those who stand, asked before anybody votes.

It asks what the count will ask (reference, counting §2.2), so that nobody hears after the vote
that there is no board, and it asks again for every withdrawal: one candidate fewer can cost others
a seat (§2.9). People with the same groups are interchangeable, so what matters is which *kinds* of
people withdraw. A kind of which some board within reach leaves somebody out can miss that person;
only the others are looked at.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consult.council.core.rules import TENANT, Person, Rule, RuleSet, in_group
from consult.elections.core.count import count
from consult.elections.core.feasibility import Boards, Pool, pool
from consult.elections.core.outcome import Contest, Count, Status
from consult.elections.core.search import Numbers
from consult.elections.core.steps import Block, MinimumLowered, NoLawfulBoard, SizeLowered
from consult.elections.core.target import Target, possible, sizes, target


class Supply(NamedTuple):
    """What a full board takes, and what there is, sitting members and candidates together.

    ``needed`` people of the group, or outside it where a maximum leaves seats for others
    (``inside`` is false). A supply without a rule is about people at all.
    """

    rule: str
    group: str
    inside: bool
    needed: int
    available: int

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, self.needed - self.available)


class Outlook(NamedTuple):
    """What the count would aim at; ``size`` is ``None`` when no board keeps the hard rules.

    ``minima``: rule and effective number, by priority.
    """

    size: int | None
    held: int = 0
    minima: tuple[tuple[str, int], ...] = ()


class Loss(NamedTuple):
    """What becomes of it when one or two candidates withdraw.

    ``people``: for each who withdraws, the ids of which it may be any one.
    """

    people: tuple[tuple[str, ...], ...]
    outlook: Outlook


class Preflight(NamedTuple):
    """What can be made of a list of candidates with those who stay.

    ``largest``: the largest board that keeps the hard rules, whatever the minima. ``lowered``:
    minima that cannot be kept. ``blocks``: the rules that forbid one member more. ``conflict``:
    hard rules that no board keeps together. ``extra_for_board`` and ``extra_for_full``: how many
    more tenants would make some board possible, and one of full size (``None``: no number does).
    ``losses``: the withdrawals, of one and of two, that change the outlook. Two are named only
    when it is worse than without either of them.
    """

    max_board: int
    outlook: Outlook
    largest: int | None
    supplies: tuple[Supply, ...]
    lowered: tuple[MinimumLowered, ...]
    blocks: tuple[Block, ...]
    conflict: tuple[str, ...]
    extra_for_board: int | None
    extra_for_full: int | None
    losses: tuple[Loss, ...]

    @property
    def status(self) -> Status:
        """How the count would end."""
        if self.outlook.size is None:
            return Status.NO_LAWFUL_BOARD
        return Status.FULL if self.outlook.size == self.max_board else Status.REDUCED

    @property
    def shortages(self) -> tuple[Supply, ...]:
        """What is missing for a full board with all reserved seats."""
        return tuple(supply for supply in self.supplies if supply.short)


class Effect(NamedTuple):
    """What a change of the list does to the board that can be made."""

    before: Preflight
    after: Preflight

    @property
    def harms(self) -> bool:
        """Whether the board gets smaller or impossible, or a reserved seat is lost by it."""
        size, was = self.after.outlook.size or 0, self.before.outlook.size or 0
        had = dict(self.before.outlook.minima)
        return size < was or any(value < had[rule] for rule, value in self.after.outlook.minima)


def preflight(
    candidates: Sequence[Person], sitting: Sequence[Person], rules: RuleSet, max_board: int
) -> Preflight:
    """What the count can come to, whatever the votes.

    Raises:
        Refusal: ``elections.count_too_hard`` when the rules cross too wildly for an exact answer.
    """
    of = pool(sitting, candidates, rules.rules)
    aim = target(of, rules, max_board)
    steps = aim.steps if aim else ()
    none = None if aim else _no_board(candidates, sitting, rules, max_board)
    return Preflight(
        max_board=max_board,
        outlook=_outlook(aim),
        largest=_largest(of, rules, max_board),
        supplies=tuple(_supplies(candidates, sitting, rules, max_board)),
        lowered=tuple(step for step in steps if isinstance(step, MinimumLowered)),
        blocks=next((step.blocks for step in steps if isinstance(step, SizeLowered)), ()),
        conflict=none.rules if none else (),
        extra_for_board=none.extra if none else 0,
        extra_for_full=_extra(candidates, sitting, aim.rules if aim else rules.hard, max_board),
        losses=tuple(_losses(of, aim, rules, max_board)) if aim else (),
    )


def effect_of(
    before: Sequence[Person],
    after: Sequence[Person],
    sitting: Sequence[Person],
    rules: RuleSet,
    max_board: int,
) -> Effect:
    """What it does to the board when the candidates ``after`` take the place of ``before``."""
    return Effect(
        preflight(before, sitting, rules, max_board), preflight(after, sitting, rules, max_board)
    )


def office_possible(people: Sequence[Person], rules: RuleSet, posts: int) -> bool:
    """Whether some of ``people`` could hold an office of so many posts by its own rules.

    A person with two posts counts once, so fewer persons than posts will do.
    """
    of = pool((), people, rules.rules)
    return possible(of, sizes(of, posts), rules.hard)


def _outlook(aim: Target | None) -> Outlook:
    return Outlook(aim.size, aim.held, tuple(aim.minima.items())) if aim else Outlook(None)


def _no_board(
    candidates: Sequence[Person], sitting: Sequence[Person], rules: RuleSet, max_board: int
) -> NoLawfulBoard:
    """What the count itself says when there is no board; no vote and no lot changes it."""
    contest = Contest(max_board, tuple(sitting), tuple(candidates))
    votes = {person.id: 0 for person in candidates}
    counted = count(contest, votes, rules, tuple(votes))
    steps = counted.steps if isinstance(counted, Count) else ()
    return next(step for step in steps if isinstance(step, NoLawfulBoard))


def _largest(of: Pool, rules: RuleSet, max_board: int) -> int | None:
    for size in reversed(sizes(of, max_board)):
        if Boards(of, size, rules.hard).exists(of.nobody):
            return size
    return None


def _supplies(
    candidates: Sequence[Person], sitting: Sequence[Person], rules: RuleSet, max_board: int
) -> Iterator[Supply]:
    everybody = [*sitting, *candidates]
    yield Supply("", "", inside=True, needed=max_board, available=len(everybody))
    for rule in rules.rules:
        have, least = in_group(everybody, rule.group), rule.least(max_board)
        if least:
            yield Supply(rule.id, rule.group, inside=True, needed=least, available=have)
        outside = max_board - rule.most(max_board)
        if outside:
            others = len(everybody) - have
            yield Supply(rule.id, rule.group, inside=False, needed=outside, available=others)


def _extra(
    candidates: Sequence[Person], sitting: Sequence[Person], rules: Sequence[Rule], size: int
) -> int | None:
    """How many more tenants, in no other group, make a board of ``size`` possible."""
    for extra in range(size + 1):
        more = [Person(f"+{number}", frozenset({TENANT})) for number in range(extra)]
        of = pool(sitting, [*candidates, *more], rules)
        if Boards(of, size, rules).exists(of.nobody):
            return extra
    return None


def _losses(of: Pool, aim: Target, rules: RuleSet, max_board: int) -> Iterator[Loss]:
    """Withdrawals that matter. A board that can do without a person shows that he does not."""
    first = {kind: _without(of, aim, kind, rules, max_board) for kind in _tight(of, aim, 1)}
    alone = {kind: _outlook(after) for kind, (_, after) in first.items()}
    for kind, outlook in alone.items():
        if outlook != _outlook(aim):
            yield Loss((_people(of, kind),), outlook)
    met: set[tuple[int, int]] = set()
    for kind, (left, after) in first.items():
        if after is None:
            continue
        for other in _tight(left, after, 0):
            pair = min(kind, other), max(kind, other)
            outlook = _outlook(_without(left, after, other, rules, max_board)[1])
            if pair not in met and outlook not in (alone[kind], alone.get(other, _outlook(aim))):
                met.add(pair)
                yield Loss((_people(of, pair[0]), _people(of, pair[1])), outlook)


def _tight(of: Pool, aim: Target, spare: int) -> list[int]:
    """Kinds of which one board within reach leaves at most ``spare`` people out."""
    board: Numbers = Boards(of, aim.size, aim.rules).board(of.nobody) or of.nobody
    return [
        kind
        for kind, (taken, number) in enumerate(zip(board, of.available, strict=True))
        if taken and number - taken <= spare
    ]


def _without(
    of: Pool, aim: Target, kind: int, rules: RuleSet, max_board: int
) -> tuple[Pool, Target | None]:
    """The pool without one of a kind, and what it then aims at.

    Whoever withdraws takes boards away and adds none: as long as one board that is aimed at is
    left, the aim stays.
    """
    available = tuple(number - (place == kind) for place, number in enumerate(of.available))
    left = of._replace(available=available)
    if Boards(left, aim.size, aim.rules).exists(left.nobody):
        return left, aim
    return left, target(left, rules, max_board)


def _people(of: Pool, kind: int) -> tuple[str, ...]:
    return tuple(one for one, its in of.kind_of.items() if its == kind)
