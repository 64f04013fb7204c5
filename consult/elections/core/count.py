"""The count of totals under composition rules (reference, counting §2.2, §2.3 and §2.7).

In one sentence: *we go down the list by votes; somebody is passed over only if, with that person,
no board that obeys the rules could be made any more.*
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from consult.council.core.rules import TENANT, Person, RuleSet, lawful
from consult.elections.core.feasibility import pool
from consult.elections.core.outcome import ByVotes, Contest, Count, DrawNeeded, Status
from consult.elections.core.seats import Seats
from consult.elections.core.steps import NoLawfulBoard, PassedOver
from consult.elections.core.target import Target, possible, sizes, target


def count(
    contest: Contest, totals: Mapping[str, int], rules: RuleSet, draws: Sequence[str] = ()
) -> Count | DrawNeeded:
    """The board that the votes and the rules give.

    Args:
        contest: the largest board, the sitting members who stay, and the candidates.
        totals: votes per candidate id, whole numbers.
        rules: hard rules, and minima in order of priority.
        draws: candidate ids as the lot put them, the favoured first; used only where a tie
            decides. It may leave out whoever no lot was needed for.

    Raises:
        Refusal: ``elections.count_too_hard`` when the rules cross too wildly for an exact answer.
    """
    if set(totals) != {person.id for person in contest.candidates}:
        raise ValueError("totals and candidates are not the same people")
    ranking = _ranking(contest, totals, draws)
    of = pool(contest.sitting, contest.candidates, rules.rules)
    aim = target(of, rules, contest.max_board)
    if aim is None:
        return _no_lawful_board(contest, totals, rules, draws)
    seats = Seats(of, aim, totals, draws)
    for tied in ranking:
        needed = seats.fill(tied)
        if needed is not None:
            return needed
    _check(contest, seats.elected, aim, rules)
    return Count(
        status=Status.FULL if aim.size == contest.max_board else Status.REDUCED,
        board_size=aim.size,
        vacant=contest.max_board - aim.size,
        held=aim.held,
        effective_minima=aim.minima,
        elected=tuple(seats.elected),
        passed_over=tuple(s.candidate for s in seats.steps if isinstance(s, PassedOver)),
        by_votes=_by_votes(ranking, contest.max_board - len(contest.sitting), draws),
        steps=(*aim.steps, *seats.steps),
    )


def _ranking(
    contest: Contest, totals: Mapping[str, int], draws: Sequence[str]
) -> list[tuple[str, ...]]:
    """Candidates by votes, those with equal votes together: by lot, else as on the paper."""
    paper = {person.id: place for place, person in enumerate(contest.candidates)}
    lot = {candidate: place for place, candidate in enumerate(draws)}
    ordered = sorted(paper, key=lambda c: (-totals[c], lot.get(c, len(lot)), paper[c]))
    return [tuple(tied) for _, tied in groupby(ordered, key=lambda c: totals[c])]


def _by_votes(ranking: Iterable[Sequence[str]], seats: int, draws: Sequence[str]) -> ByVotes:
    elected: list[str] = []
    for tied in ranking:
        left = max(0, seats - len(elected))
        if 0 < left < len(tied) and not set(tied) <= set(draws):
            return ByVotes(tuple(elected), tuple(tied))
        elected.extend(tied[:left])
    return ByVotes(tuple(elected))


def _no_lawful_board(
    contest: Contest, totals: Mapping[str, int], rules: RuleSet, draws: Sequence[str]
) -> Count:
    """Nobody is elected. Extra tenants who stood would all be needed, so they count as sitting."""
    extra: int | None = None
    provisional: tuple[str, ...] = ()
    for wider in _with_more_tenants(contest):
        of = pool(wider.sitting, wider.candidates, rules.rules)
        if possible(of, sizes(of, contest.max_board), rules.hard):
            extra = len(wider.sitting) - len(contest.sitting)
            provisional = count(wider, totals, rules, draws).elected
            break
    step = NoLawfulBoard(_never_lawful(contest, rules), extra)
    seats = contest.max_board - len(contest.sitting)
    return Count(
        status=Status.NO_LAWFUL_BOARD,
        board_size=None,
        vacant=max(0, seats),
        held=0,
        effective_minima={},
        elected=(),
        passed_over=(),
        by_votes=_by_votes(_ranking(contest, totals, draws), seats, draws),
        steps=(step,),
        extra_needed=extra,
        provisional=provisional,
    )


def _with_more_tenants(contest: Contest) -> Iterator[Contest]:
    tenant = Person("", frozenset({TENANT}))
    for extra in range(1, contest.max_board - len(contest.sitting) + 1):
        yield contest._replace(sitting=contest.sitting + (tenant,) * extra)


def _never_lawful(contest: Contest, rules: RuleSet) -> tuple[str, ...]:
    """A smallest set of hard rules that no board keeps together."""
    of = pool(contest.sitting, contest.candidates, rules.rules)
    kept = rules.hard
    for rule in reversed(rules.hard):
        fewer = tuple(other for other in kept if other is not rule)
        if not possible(of, sizes(of, contest.max_board), fewer):
            kept = fewer
    return tuple(rule.id for rule in kept)


def _check(contest: Contest, elected: Sequence[str], aim: Target, rules: RuleSet) -> None:
    """The board is checked once more, person by person, before anybody hears of it."""
    people = {person.id: person for person in contest.candidates}
    board = [*contest.sitting, *(people[candidate] for candidate in elected)]
    if len(board) != aim.size or not lawful(board, rules):
        raise RuntimeError("the count gave a board that is not lawful")
