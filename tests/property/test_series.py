"""A series of counts, against enumeration of every chair, executive and board.

The second implementation shares nothing with the first but the definitions (reference, counting
§2.8): it lists everybody who could follow and takes the words literally.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import NamedTuple

import pytest

from consult.council.core.rules import (
    TENANT,
    Max,
    Min,
    MinHard,
    Person,
    Rule,
    RuleSet,
    ShareGt,
    lawful,
)
from consult.elections.core.count import count
from consult.elections.core.outcome import Contest, Status
from consult.elections.core.series import Race, Series, count_series
from consult.elections.core.steps import NobodyAhead, OutOfReach, PassedOverAhead
from tests.property.test_count import (
    CASES,
    GROUPS,
    Board,
    aimed_among,
    all_lawful,
    elected_in,
)

CHAIR = RuleSet((MinHard("chair", TENANT, 1),))


class Paper(NamedTuple):
    """The arguments of a series, with a lot of everybody for each office."""

    people: tuple[Person, ...]
    sitting: tuple[Person, ...]
    races: tuple[Race, ...]
    totals: dict[str, dict[str, int]]
    lots: dict[str, tuple[str, ...]]


def random_paper(random: Random) -> Paper:
    """A small paper on which earlier offices often stand in the way of later ones."""
    everybody = [
        Person(
            f"p{n}",
            frozenset(group for group in GROUPS if random.random() < 0.4)
            | ({TENANT} if random.random() < 0.6 else set()),
        )
        for n in range(random.randint(3, 7))
    ]
    sitting = everybody[: random.choice((0, 0, 1, 2))]
    people = everybody[len(sitting) :]

    def standing(among: Sequence[Person], most: int) -> tuple[str, ...]:
        chosen = random.sample(among, random.randint(0, min(most, len(among))))
        return tuple(person.id for person in chosen)

    def rules(*first: Rule) -> RuleSet:
        more = [
            kind(f"r{n}", random.choice(GROUPS), random.randint(*span))
            for n, (kind, span) in enumerate(
                random.sample([(Max, (0, 2)), (MinHard, (1, 1)), (Min, (1, 2))], 2)
            )
        ]
        return RuleSet((*first, *more[: random.randint(0, 2)]))

    share = ShareGt("share", TENANT, *random.choice(((7, 10), (1, 2))))
    races = [Race("board", random.randint(2, 5), standing(people, 7), rules(share))]
    if random.random() < 0.8:
        stays = standing(sitting, 1)
        stand = tuple(one for one in standing(everybody, 5) if one not in stays)
        two = MinHard("two", TENANT, random.choice((1, 2)))
        races.insert(0, Race("executive", random.randint(1, 3), stand, rules(two), stays))
    if random.random() < 0.7:
        races.insert(0, Race("chair", 1, standing(everybody, 4), CHAIR))
    totals = {r.office: {one: random.randint(0, 5) for one in r.candidates} for r in races}
    lots = {office: tuple(random.sample(list(of), len(of))) for office, of in totals.items()}
    return Paper(tuple(people), tuple(sitting), tuple(races), totals, lots)


class Literal:
    """The definitions, taken literally."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.person = {one.id: one for one in (*paper.people, *paper.sitting)}
        self.race = {race.office: race for race in paper.races}
        self.elected: dict[str, list[str]] = {}

    def body(self, office: str, elected: Sequence[str]) -> Contest:
        """A contest after ``elected`` have been, in whatever office, so far."""
        race = self.race[office]
        stay = [*race.stays] if office != "board" else [one.id for one in self.paper.sitting]
        stay += [one for one in elected if one not in stay]
        stand = [one for one in race.candidates if one not in stay]
        people = [tuple(self.person[one] for one in ids) for ids in (stay, stand)]
        return Contest(race.seats, *people)

    def follows(self, elected: Sequence[str], offices: Sequence[str]) -> bool:
        """Whether lawful bodies for all ``offices`` can follow together."""
        if not offices:
            return True
        rules = self.race[offices[0]].rules
        bodies = all_lawful(self.body(offices[0], elected), rules)
        return any(self.follows([*elected, *sorted(body)], offices[1:]) for body in bodies)

    def order(self, office: str) -> list[str]:
        """Candidates by votes and lot."""
        totals, lot = self.paper.totals[office], self.paper.lots[office]
        return sorted(totals, key=lambda one: (-totals[one], lot.index(one)))

    def chair(self) -> list[str]:
        """Who becomes chair."""
        able = [one for one in self.order("chair") if lawful([self.person[one]], CHAIR)]
        offices = self.binding(able)
        return [one for one in able if self.follows([one], offices)][:1]

    def binding(self, able: Sequence[str]) -> tuple[str, ...]:
        """The later offices that the chair must leave possible."""
        levels: list[tuple[str, ...]] = [("board",)]
        if "executive" in self.race:
            levels.insert(0, ("executive", "board"))
        for offices in levels:
            some = any(self.follows([one], offices) for one in able)
            if some or (offices == ("board",) and self.follows([], offices)):
                return offices
        return ()

    def executive(self, elected: list[str]) -> list[str]:
        """Who comes into the executive."""
        contest, rules = self.body("executive", elected), self.race["executive"].rules
        lists: list[Board] = all_lawful(contest, rules)
        after = [body for body in lists if self.follows([*elected, *body], ("board",))]
        if after or self.follows(elected, ("board",)):
            lists = after
        aim = aimed_among(lists, contest, rules)
        standing = {person.id for person in contest.candidates}
        order = [one for one in self.order("executive") if one in standing]
        return elected_in(order, aim.boards)[0] if aim else []

    def all(self) -> Iterator[tuple[str, list[str]]]:
        """Who is elected to what."""
        elected: list[str] = []
        for office in self.race:
            if office == "chair":
                now = self.chair()
            elif office == "executive":
                now = self.executive(elected)
            else:
                contest = self.body("board", elected)
                rules = self.race["board"].rules
                aim = aimed_among(all_lawful(contest, rules), contest, rules)
                order = [one for one in self.order("board") if one not in elected]
                now = elected_in(order, aim.boards)[0] if aim else []
            elected += now
            yield office, now


PAPERS = [random_paper(Random(seed)) for seed in range(1200)]


@pytest.mark.parametrize("part", range(4))
def test_a_series_agrees_with_enumeration_of_everything_that_can_follow(part: int) -> None:
    seen = set()
    for paper in PAPERS[part::4]:
        series = count_series(*paper)
        assert isinstance(series, Series)
        found = [(one.office, list(one.result.elected)) for one in series.races]
        assert found == list(Literal(paper).all())
        for one in series.races:
            seen |= {(one.office, type(step)) for step in (*one.before, *one.result.steps)}
    assert {
        ("chair", PassedOverAhead),
        ("chair", OutOfReach),
        ("executive", PassedOverAhead),
        ("executive", OutOfReach),
        ("executive", NobodyAhead),
    } <= seen


def test_nobody_elected_earlier_makes_a_board_impossible_that_was_possible() -> None:
    seen = 0
    for paper in PAPERS:
        literal = Literal(paper)
        series = count_series(*paper)
        assert isinstance(series, Series)
        if len(paper.races) > 1 and literal.follows([], ("board",)):
            seen += 1
            assert series.races[-1].result.status is not Status.NO_LAWFUL_BOARD
    assert seen > 200


def test_a_chair_passed_over_for_later_offices_hears_a_smallest_set_of_rules() -> None:
    seen = set()
    for paper in PAPERS[:700]:
        series = count_series(*paper)
        assert isinstance(series, Series)
        for step in series.races[0].before:
            if isinstance(step, PassedOverAhead):
                assert rules_that_block(paper, step.candidate) == [
                    (rule.office, rule.rule) for rule in step.rules
                ]
                seen.add(len(step.rules))
    assert {1, 2} <= seen


def rules_that_block(paper: Paper, chair: str) -> list[tuple[str, str]]:
    """The first of the smallest sets of later rules that leave nothing to follow this chair."""
    literal = Literal(paper)
    able = [one for one in literal.order("chair") if lawful([literal.person[one]], CHAIR)]
    offices = literal.binding(able)
    rules = [(office, rule) for office in offices for rule in literal.race[office].rules.hard]
    for number in range(len(rules) + 1):
        for chosen in combinations(rules, number):
            races = tuple(
                race._replace(
                    rules=RuleSet(tuple(r for office, r in chosen if office == race.office))
                )
                for race in paper.races
            )
            if not Literal(paper._replace(races=races)).follows([chair], offices):
                return [(office, rule.id) for office, rule in chosen]
    raise AssertionError("nothing stands in the way of this chair")


def test_a_series_of_one_office_is_the_very_count() -> None:
    for case in CASES[:800]:
        ids = tuple(person.id for person in case.contest.candidates)
        race = Race("board", case.contest.max_board, ids, case.rules)
        series = count_series(
            case.contest.candidates,
            case.contest.sitting,
            [race],
            {"board": case.totals},
            {"board": case.lot},
        )
        assert isinstance(series, Series)
        (only,) = series.races
        assert only.result == count(*case)
        assert only.before == ()
