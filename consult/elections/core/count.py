"""The count of totals under composition rules (reference, counting §2.2, §2.3 and §2.7).

In one sentence: *we go down the list by votes; somebody is passed over only if, with that person,
no board that obeys the rules could be made any more.*
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from consult.council.core.rules import RuleSet, lawful
from consult.elections.core.feasibility import Ahead
from consult.elections.core.ground import Ground, ground
from consult.elections.core.nobody import extra_tenants, never_lawful
from consult.elections.core.outcome import ByVotes, Contest, Count, DrawNeeded, Status
from consult.elections.core.seats import Seats
from consult.elections.core.steps import NobodyAhead, NoLawfulBoard, PassedOver, PassedOverAhead
from consult.elections.core.unopposed import Unopposed, settle


def count(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str] = (),
    *,
    unopposed: Unopposed | None = None,
    ahead: Ahead | None = None,
) -> Count | DrawNeeded:
    """The board that the votes and the rules give.

    Args:
        contest: the largest board, the sitting members who stay, and the candidates.
        totals: votes per candidate id, whole numbers.
        rules: hard rules, and minima in order of priority.
        draws: candidate ids as the lot put them, the favoured first; used only where a tie
            decides. It may leave out whoever no lot was needed for.
        unopposed: what was fixed beforehand for when there are no more candidates than seats.
        ahead: what must stay possible afterwards, when this is one of a series of counts.

    Raises:
        Refusal: ``elections.count_too_hard`` when the rules cross too wildly for an exact answer.
    """
    if set(totals) != {person.id for person in contest.candidates}:
        raise ValueError("totals and candidates are not the same people")
    stand, before = settle(contest, totals, unopposed)
    votes = {person.id: totals[person.id] for person in stand.candidates}
    on = ground(stand, rules, ahead)
    if on is None:
        found = _no_lawful_board(stand, votes, rules, draws, ahead)
    else:
        done = _filled(stand, votes, rules, draws, on)
        if isinstance(done, DrawNeeded):
            return done
        found = done
    free = contest.max_board - len(contest.sitting)
    by_votes = _by_votes(ranking(contest, totals, draws), free, draws)
    return found._replace(by_votes=by_votes, steps=(*before, *found.steps))


def ranking(
    contest: Contest, totals: Mapping[str, int], draws: Sequence[str]
) -> list[tuple[str, ...]]:
    """Candidates by votes, those with equal votes together: by lot, else as on the paper."""
    paper = {person.id: place for place, person in enumerate(contest.candidates)}
    lot = {candidate: place for place, candidate in enumerate(draws)}
    ordered = sorted(paper, key=lambda c: (-totals[c], lot.get(c, len(lot)), paper[c]))
    return [tuple(tied) for _, tied in groupby(ordered, key=lambda c: totals[c])]


def _filled(
    contest: Contest, totals: Mapping[str, int], rules: RuleSet, draws: Sequence[str], on: Ground
) -> Count | DrawNeeded:
    seats = Seats(on, totals, draws)
    for tied in ranking(contest, totals, draws):
        needed = seats.fill(tied)
        if needed is not None:
            return needed
    aim = on.aim
    _check(contest, seats.elected, aim.size, rules)
    passed = (PassedOver, PassedOverAhead)
    return Count(
        status=Status.FULL if aim.size == contest.max_board else Status.REDUCED,
        board_size=aim.size,
        vacant=contest.max_board - aim.size,
        held=aim.held,
        effective_minima=aim.minima,
        elected=tuple(seats.elected),
        passed_over=tuple(s.candidate for s in seats.steps if isinstance(s, passed)),
        by_votes=ByVotes(()),
        steps=(*aim.steps, *seats.steps),
    )


def _by_votes(ranked: Iterable[Sequence[str]], seats: int, draws: Sequence[str]) -> ByVotes:
    elected: list[str] = []
    for tied in ranked:
        left = max(0, seats - len(elected))
        if 0 < left < len(tied) and not set(tied) <= set(draws):
            return ByVotes(tuple(elected), tuple(tied))
        elected.extend(tied[:left])
    return ByVotes(tuple(elected))


def _no_lawful_board(
    contest: Contest,
    totals: Mapping[str, int],
    rules: RuleSet,
    draws: Sequence[str],
    ahead: Ahead | None,
) -> Count:
    """Nobody is elected. Extra tenants who stood would all be needed, so they count as sitting."""
    extra: int | None = None
    provisional: tuple[str, ...] = ()
    step: NoLawfulBoard | NobodyAhead
    if ahead is not None and ground(contest, rules) is not None:
        step = NobodyAhead(ahead.why_nobody(contest, rules))
    else:
        wider = extra_tenants(contest, rules)
        if wider is not None:
            extra = len(wider.sitting) - len(contest.sitting)
            provisional = count(wider, totals, rules, draws).elected
        step = NoLawfulBoard(never_lawful(contest, rules), extra)
    return Count(
        status=Status.NO_LAWFUL_BOARD,
        board_size=None,
        vacant=max(0, contest.max_board - len(contest.sitting)),
        held=0,
        effective_minima={},
        elected=(),
        passed_over=(),
        by_votes=ByVotes(()),
        steps=(step,),
        extra_needed=extra,
        provisional=provisional,
    )


def _check(contest: Contest, elected: Sequence[str], size: int, rules: RuleSet) -> None:
    """The board is checked once more, person by person, before anybody hears of it."""
    people = {person.id: person for person in contest.candidates}
    board = [*contest.sitting, *(people[candidate] for candidate in elected)]
    if len(board) != size or not lawful(board, rules):
        raise RuntimeError("the count gave a board that is not lawful")
