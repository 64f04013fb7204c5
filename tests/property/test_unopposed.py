"""No more candidates than seats: what was fixed beforehand is what happens, and nothing else."""

from random import Random

from consult.elections.core.count import count
from consult.elections.core.outcome import Count, Status
from consult.elections.core.steps import NotConfirmed, Uncontested
from consult.elections.core.unopposed import Unopposed, Way
from tests.property.test_count import CASES, aimed_at, all_lawful, by_lot, elected_in


def test_who_is_confirmed_is_counted_and_who_is_not_is_struck() -> None:
    applied = set()
    for seed, case in enumerate(CASES):
        ballots = max([*case.totals.values(), Random(seed).randint(0, 11)])
        result = count(*case, unopposed=Unopposed(Way.CONFIRM, ballots))
        assert isinstance(result, Count)
        free = case.contest.max_board - len(case.contest.sitting)
        number = len(case.contest.candidates)
        if not 0 < number <= free:
            assert result == count(*case)
            continue
        # more than half, in words of its own: for it were more ballots than not for it
        kept = [
            o for o in case.contest.candidates if case.totals[o.id] > ballots - case.totals[o.id]
        ]
        contest = case.contest._replace(candidates=tuple(kept))
        assert result.steps[0] == Uncontested(number, free, "confirm")
        struck = {step.candidate for step in result.steps if isinstance(step, NotConfirmed)}
        assert struck == {one.id for one in case.contest.candidates} - {one.id for one in kept}
        applied.add((len(struck), number))
        aim = aimed_at(contest, case.rules)
        if aim is None:
            assert (result.status, result.elected) == (Status.NO_LAWFUL_BOARD, ())
            assert not all_lawful(contest, case.rules)
            continue
        order = [one for one in by_lot(case) if one not in struck]
        assert list(result.elected) == elected_in(order, aim.boards)[0]
        assert result.board_size == aim.size
    assert {(0, 3), (1, 3), (3, 3)} <= applied


def test_elected_without_a_contest_is_the_count_with_a_word_about_it() -> None:
    applied = 0
    for case in CASES[:1000]:
        result, plain = count(*case, unopposed=Unopposed(Way.ELECT)), count(*case)
        assert isinstance(result, Count)
        assert isinstance(plain, Count)
        assert result._replace(steps=()) == plain._replace(steps=())
        extra = result.steps[: len(result.steps) - len(plain.steps)]
        assert result.steps == (*extra, *plain.steps)
        assert all(isinstance(step, Uncontested) and step.way == "elect" for step in extra)
        applied += len(extra)
    assert applied > 100


def test_half_of_the_ballots_is_not_more_than_half() -> None:
    case = next(c for c in CASES if len(c.contest.candidates) == 1 and c.contest.max_board > 2)
    (one,) = case.totals
    for votes, ballots, confirmed in ((5, 10, False), (6, 10, True), (5, 9, True), (4, 9, False)):
        result = count(
            case.contest,
            {one: votes},
            case.rules,
            unopposed=Unopposed(Way.CONFIRM, ballots),
        )
        struck = [step for step in result.steps if isinstance(step, NotConfirmed)]
        assert (not struck) == confirmed
