"""The trial of a profile: reproducible, warned about, and true to the count and to arithmetic."""

from dataclasses import replace
from fractions import Fraction
from itertools import islice

import pytest

from consult.council.core.rules import TENANT, IfShort, MinHard, Person, RuleSet, limits
from consult.elections.core.count import count
from consult.elections.core.drawing import (
    BACKGROUND,
    Setting,
    chance_of_too_few,
    elections,
    numbers,
    share_of,
)
from consult.elections.core.outcome import Contest, Count
from consult.elections.core.profile import Attribute, Needs, Reserved
from consult.elections.core.simulation import Advice, Warn, simulate
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Stratum
from tests.agreements import AGREEMENT_2016

SEED = b"a profile"
AGES = {
    AgeBand.YOUNG: 20,
    AgeBand.EARLY_MIDDLE: 30,
    AgeBand.LATE_MIDDLE: 25,
    AgeBand.OLDER: 15,
    AgeBand.OLDEST: 10,
}
KINDS = {Kind.TENANT: 8, Kind.OWNER: 1, Kind.ENTREPRENEUR: 1}
PLACES = {"Noord": 3, "Zuid": 4, "West": 2, "Oost": 1}
ESTATE = tuple(
    Stratum(kind, band, place, some * more * most)
    for kind, some in KINDS.items()
    for band, more in AGES.items()
    for place, most in PLACES.items()
)
PLAIN = Setting(Needs(), AGREEMENT_2016.board, 13, (), ESTATE)
YOUNG = Reserved("young", Attribute.AGE, (AgeBand.YOUNG,), 4)
OLDEST = Reserved("oldest", Attribute.AGE, (AgeBand.OLDEST,), 3)
EAST = Reserved("east", Attribute.NEIGHBOURHOOD, ("Oost",), 3)
ARTS = Reserved("arts", Attribute.BACKGROUND, ("Kaapverdisch",), 2)


def setting(*reserved: Reserved, last: tuple[Stratum, ...] = ()) -> Setting:
    return replace(PLAIN, needs=Needs(reserved=reserved), last=last)


def highest_total(contest: Contest, votes: dict[str, int], rules: RuleSet, size: int) -> int:
    """The most votes that a lawful board of ``size`` can have together (§2.4), group by group."""
    bounds = limits(rules.rules, size)
    groups = sorted(bounds)
    best: dict[tuple[int, tuple[int, ...]], int] = {(0, (0,) * len(groups)): 0}
    for person in contest.candidates:
        inside = [group in person.groups for group in groups]
        for (chosen, held), total in list(best.items()):
            more = tuple(
                min(have + mine, bounds[group][0])
                for have, mine, group in zip(held, inside, groups, strict=True)
            )
            state = (chosen + 1, more)
            if chosen < size and best.get(state, -1) < total + votes[person.id]:
                best[state] = total + votes[person.id]
    return best[size, tuple(bounds[group][0] for group in groups)]


def differing(tried: Setting, standing: int) -> tuple[int, int]:
    """In how many of how many full boards the highest total has more votes than the count's."""
    differ = full = 0
    for contest, votes in elections(tried, standing, SEED, 40):
        result = count(contest, votes, tried.rules, tuple(votes))
        assert isinstance(result, Count)
        if result.board_size != tried.max_board or result.effective_minima != {
            one.id: one.seats for one in tried.needs.reserved
        }:
            continue
        full += 1
        mine = sum(votes[one] for one in result.elected)
        most = highest_total(contest, votes, tried.rules, tried.max_board)
        assert most >= mine
        differ += most > mine
    return differ, full


def test_numbers_are_the_same_for_the_same_seed_and_lie_between_0_and_1() -> None:
    first, again, other = (list(islice(numbers(s), 4000)) for s in (b"a", b"a", b"b"))
    assert first == again != other
    assert 0 <= min(first) < 0.01
    assert 0.99 < max(first) < 1
    assert abs(sum(first) / len(first) - 0.5) < 0.02


def test_a_trial_is_the_same_every_time_for_the_same_profile() -> None:
    tried = setting(YOUNG, ARTS)
    assert simulate(tried, 20, SEED, 30) == simulate(tried, 20, SEED, 30)
    assert simulate(tried, 20, SEED, 30) != simulate(tried, 20, b"another", 30)


def test_with_the_share_of_tenants_alone_nobody_could_have_had_a_board_with_more_votes() -> None:
    assert differing(PLAIN, 25) == (0, 40)


def test_with_crossing_minima_some_boards_could_have_had_more_votes() -> None:
    differ, full = differing(setting(YOUNG, OLDEST, EAST), 40)
    assert full > 10
    assert 0 < differ < full


def test_without_reserved_seats_there_is_little_to_warn_of() -> None:
    trial = simulate(PLAIN, 25, SEED)
    assert (trial.smaller, trial.none, trial.seats) == (0, 0, ())
    assert (trial.warnings, trial.advice) == ((), ())


def test_four_groups_that_few_people_are_in_are_warned_of_and_advised_on() -> None:
    trial = simulate(setting(YOUNG, OLDEST, EAST, ARTS), 25, SEED)
    assert set(trial.warnings) == {Warn.OFTEN_SHORT, Warn.OFTEN_DISPLACED, Warn.MANY_GROUPS}
    assert trial.advice == (Advice.FEWER, Advice.RECRUIT)
    assert {seat.reserved for seat in trial.seats if seat.displaced} >= {"young", "east"}
    assert all(0 <= seat.loss <= 100 for seat in trial.seats)
    assert all((seat.loss > 5) == bool(seat.displaced) for seat in trial.seats)


def test_seats_that_are_held_make_boards_smaller_and_release_is_advised() -> None:
    held = replace(EAST, if_short=IfShort.HOLD)
    kept, let_go = (simulate(setting(one), 15, SEED) for one in (held, EAST))
    assert kept.held > 20
    assert let_go.held == 0
    assert kept.smaller > let_go.smaller
    assert Warn.OFTEN_SMALLER in kept.warnings
    assert Advice.RELEASE in kept.advice
    assert Advice.RELEASE not in let_go.advice


def test_too_few_candidates_make_a_smaller_board_and_recruiting_is_advised() -> None:
    trial = simulate(PLAIN, 10, SEED, 40)
    assert trial.smaller + trial.none == 40
    assert trial.advice == (Advice.RECRUIT,)


def test_no_board_at_all_is_counted_apart() -> None:
    tried = replace(PLAIN, board=RuleSet((MinHard("owners", "owner", 1),)))
    trial = simulate(tried, 25, SEED, 10)
    assert (trial.none, trial.smaller, trial.displaced) == (10, 0, 0)


def test_a_seat_for_which_nobody_is_in_the_register_is_found_exactly() -> None:
    nobody = Reserved("nobody", Attribute.NEIGHBOURHOOD, ("Atlantis",), 1)
    trial = simulate(setting(nobody, YOUNG), 25, SEED, 10)
    assert [seat.unattainable for seat in trial.seats] == [True, False]
    assert (trial.seats[0].short, trial.seats[0].lowered) == (1000, 10)
    assert Warn.UNATTAINABLE in trial.warnings


def test_the_chance_of_too_few_follows_from_the_share() -> None:
    half = Fraction(1, 2)
    assert chance_of_too_few(half, 2, 1) == Fraction(1, 4)
    assert chance_of_too_few(half, 3, 2) == half
    assert chance_of_too_few(half, 2, 3) == 1
    assert chance_of_too_few(Fraction(0), 9, 1) == 1
    assert chance_of_too_few(Fraction(1), 9, 9) == 0


def test_the_draws_come_near_the_chance_that_is_computed() -> None:
    trial = simulate(setting(YOUNG), 25, SEED)
    [seat] = trial.seats
    assert 150 < seat.short < 300  # 4 of 25, of a fifth of the people
    assert abs(seat.lowered * 1000 // trial.draws - seat.short) < 90


def test_half_of_the_candidates_are_like_those_of_the_last_time() -> None:
    last = (Stratum(Kind.TENANT, AgeBand.YOUNG, "Oost", 7),)
    tried = setting(YOUNG, EAST, last=last)
    assert share_of(tried, YOUNG) == Fraction(6, 10)
    assert share_of(tried, EAST) == Fraction(11, 20)
    drawn = [one.groups for contest, _ in elections(tried, 50, SEED, 20) for one in contest[2]]
    assert abs(sum(YOUNG.group in groups for groups in drawn) / 1000 - 0.6) < 0.05


def test_one_in_ten_is_taken_to_say_to_have_a_background() -> None:
    tried = setting(ARTS)
    assert share_of(tried, ARTS) == BACKGROUND
    drawn = [one.groups for contest, _ in elections(tried, 50, SEED, 20) for one in contest[2]]
    assert 60 < sum(ARTS.group in groups for groups in drawn) < 140


def test_those_who_stay_are_on_every_board() -> None:
    stay = tuple(Person(f"s{n}", frozenset({TENANT})) for n in range(11))
    trial = simulate(replace(PLAIN, sitting=stay), 10, SEED, 20)
    assert (trial.smaller, trial.none) == (0, 0)


def test_a_register_with_nobody_in_it_cannot_be_drawn_from() -> None:
    with pytest.raises(ValueError, match="nobody is in the register"):
        simulate(replace(PLAIN, strata=()), 10, SEED)
