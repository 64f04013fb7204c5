"""How close a count was: what one candidate's total alone would have had to be (reference §7).

Two things make this cheap. Raising somebody who was not elected changes nothing until that person
is elected: so only the beginnings of the list of the elected are asked about. Lowering somebody who
was elected leaves all others as they are until somebody else shuts that person out: had the others
been different while the person still came in, that board would have been the better one already.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from consult.council.core.rules import RuleSet
from consult.elections.core.count import count
from consult.elections.core.feasibility import Ahead
from consult.elections.core.ground import Ground, ground
from consult.elections.core.outcome import Contest, Count, DrawNeeded
from consult.elections.core.ties import can_lose
from consult.elections.core.unopposed import Unopposed, Way, settle


class Margin(NamedTuple):
    """The smallest number of votes that alone would change this person's outcome.

    For somebody elected the votes to spare, else the votes short. With so many votes fewer or more
    the outcome is another, or depends on a lot; 0 where a lot decided it. ``None``: no number of
    votes changes it.
    """

    candidate: str
    elected: bool
    votes: int | None


class Margins(NamedTuple):
    """The margin of each candidate, most votes first, and the smallest with those who have it."""

    candidates: tuple[Margin, ...]
    votes: int | None
    closest: tuple[str, ...]


def margins(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    result: Count,
    *,
    unopposed: Unopposed | None = None,
    ahead: Ahead | None = None,
) -> Margins:
    """The margins of a count; arguments as for :func:`.count.count`, which gave ``result``.

    Raises:
        Refusal: ``elections.count_too_hard``.
    """
    standing, _ = settle(contest, totals, unopposed)
    on = ground(standing, rules, ahead)
    stands = {person.id for person in standing.candidates}
    half = _half(contest, unopposed)
    found: dict[str, int | None] = {}
    for one in sorted(totals, key=lambda one: (-totals[one], one)):
        if half is not None and one not in stands:
            raised = {**totals, one: half + 1}
            again = count(contest, raised, rules, draws, unopposed=unopposed, ahead=ahead)
            wider = ground(settle(contest, raised, unopposed)[0], rules, ahead)
            found[one] = _confirmed(again, wider, raised, one, half + 1 - totals[one])
        elif on is not None and one in result.elected:
            found[one] = _least(_spare(on, totals, result.elected, one), totals[one], half)
        else:
            found[one] = on and _short(on, totals, result.elected, one)
    least = min((votes for votes in found.values() if votes is not None), default=None)
    return Margins(
        tuple(Margin(one, one in result.elected, votes) for one, votes in found.items()),
        least,
        () if least is None else tuple(one for one, votes in found.items() if votes == least),
    )


def _short(on: Ground, totals: Mapping[str, int], elected: Sequence[str], one: str) -> int | None:
    """Up to the last place from which a lawful board with this person could still be made."""

    def shut_out(place: int) -> int:
        return not on.boards.exists(on.pool.adding(on.pool.nobody, [*elected[:place], one]))

    first = bisect_left(range(len(elected) + 1), 1, key=shut_out)
    return None if first in (0, len(elected) + 1) else totals[elected[first - 1]] - totals[one]


def _spare(on: Ground, totals: Mapping[str, int], elected: Sequence[str], one: str) -> int | None:
    """Down to the first others who, taken before this person, leave no room any more."""
    for votes, tied in _levels(totals, one):
        before = [other for other in elected if totals[other] > votes and other != one]
        taken = on.pool.adding(on.pool.nobody, before)
        if _shut_out(on, taken, [other for other in tied if other in on.pool.kind_of], one):
            return totals[one] - votes
    return None


def _levels(totals: Mapping[str, int], one: str) -> Iterator[tuple[int, list[str]]]:
    """The others with no more votes than this person, those with equal votes together."""
    below = [other for other in totals if totals[other] <= totals[one] and other != one]
    below.sort(key=lambda other: -totals[other])
    for votes, tied in groupby(below, key=lambda other: totals[other]):
        yield votes, list(tied)


def _shut_out(on: Ground, taken: tuple[int, ...], tied: Sequence[str], one: str) -> bool:
    """Whether some of those with equal votes, taken first, leave no room for this person."""
    of, boards = on.pool, on.boards
    able = [other for other in tied if boards.exists(of.adding(taken, [other]))]
    if boards.exists(of.adding(taken, [*able, one])):
        return False
    return can_lose(boards, taken, of.adding(of.nobody, [*able, one]), of.kind_of[one])


def _confirmed(
    again: Count | DrawNeeded, on: Ground | None, raised: Mapping[str, int], one: str, more: int
) -> int | None:
    """For somebody who was not confirmed: ``more`` votes for that, and those for a seat then."""
    if isinstance(again, DrawNeeded) or one in again.elected:
        return more
    short = on and _short(on, raised, again.elected, one)
    return None if short is None else more + short


def _half(contest: Contest, unopposed: Unopposed | None) -> int | None:
    """Half of the ballots, rounded down, where each candidate must have more than that."""
    free = contest.max_board - len(contest.sitting)
    if unopposed is None or unopposed.ballots is None or len(contest.candidates) > free:
        return None
    return unopposed.ballots // 2 if unopposed.way is Way.CONFIRM else None


def _least(spare: int | None, votes: int, half: int | None) -> int | None:
    """Whoever has to be confirmed also loses the seat with half of the ballots."""
    if half is None:
        return spare
    return votes - half if spare is None else min(spare, votes - half)
