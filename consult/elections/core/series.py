"""Several offices on one paper, counted in order: chair, executive, board (reference §2.8).

Whoever is elected joins those who sit, and leaves the later counts. Nobody is elected to an
earlier office if after that no lawful later body could be made any more; see :mod:`.ahead`.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from consult.council.core.rules import Person, RuleSet, breaches
from consult.elections.core.ahead import BeforeBoard, Later, why_not
from consult.elections.core.count import count
from consult.elections.core.feasibility import Ahead
from consult.elections.core.ground import ground
from consult.elections.core.outcome import Contest, Count, DrawNeeded
from consult.elections.core.steps import LeftRace, OutOfReach, PassedOverAhead, Step, Struck
from consult.elections.core.unopposed import Unopposed

OFFICES = ("chair", "executive", "board")
"""In the order in which they are counted."""


class Race(NamedTuple):
    """One office on the paper.

    ``seats`` is the largest body: of the executive and the board with those who stay in it.
    ``candidates`` are ids, in the order of the paper. ``stays`` are ids of members who keep their
    post in the executive (the chair too, when no chair is elected); on the board everybody stays
    who sits.
    """

    office: str
    seats: int
    candidates: tuple[str, ...]
    rules: RuleSet
    stays: tuple[str, ...] = ()
    unopposed: Unopposed | None = None


class RaceCount(NamedTuple):
    """One count of a series: what was counted, and how it ended.

    ``paper`` are the candidates on the paper with their ``votes``. ``contest`` holds those of them
    who could still be elected here, with their ``totals``; ``before`` are the steps about the
    others. ``ahead`` is what had to stay possible.
    """

    race: Race
    paper: tuple[Person, ...]
    votes: Mapping[str, int]
    contest: Contest
    totals: Mapping[str, int]
    draws: tuple[str, ...]
    ahead: Ahead | None
    before: tuple[Step, ...]
    result: Count

    @property
    def office(self) -> str:
        """The office that was counted."""
        return self.race.office


class Series(NamedTuple):
    """The counts of a series, in order."""

    races: tuple[RaceCount, ...]

    def of(self, office: str) -> RaceCount | None:
        """The count of an office, if it was on the paper."""
        return next((one for one in self.races if one.office == office), None)

    @property
    def elected(self) -> tuple[str, ...]:
        """Everybody who was elected, to whatever office, in the order of the counts."""
        return tuple(one for counted in self.races for one in counted.result.elected)


def count_series(
    people: Sequence[Person],
    sitting: Sequence[Person],
    races: Sequence[Race],
    totals: Mapping[str, Mapping[str, int]],
    draws: Mapping[str, Sequence[str]],
) -> Series | DrawNeeded:
    """Count the offices on a paper, one after the other.

    Args:
        people: everybody who stands for something, unless they are sitting members.
        sitting: the members of the board who stay. They may stand for chair and executive.
        races: in the order chair, executive, board; the board is always there.
        totals: votes per office and candidate.
        draws: per office, what lots were drawn; see :func:`.count.count`.

    Raises:
        Refusal: ``elections.count_too_hard``.
        ValueError: races or totals that do not belong together.
    """
    running = _Running(people, sitting, races)
    done: list[RaceCount] = []
    for race in races:
        found = running.count(race, totals[race.office], tuple(draws.get(race.office, ())))
        if isinstance(found, DrawNeeded):
            return found._replace(office=race.office)
        done.append(found)
    return Series(tuple(done))


class _Running:
    """Who has been elected to what, while the offices are counted."""

    def __init__(
        self, people: Sequence[Person], sitting: Sequence[Person], races: Sequence[Race]
    ) -> None:
        self._people = {person.id: person for person in (*people, *sitting)}
        self._races = {race.office: race for race in races}
        self._sitting = tuple(sitting)
        self._office: dict[str, str] = {}
        if len(self._people) != len(people) + len(sitting):
            raise ValueError("somebody is given twice")
        if [*self._races] != [o for o in OFFICES if o in self._races] or "board" not in self._races:
            raise ValueError("offices are counted in the order chair, executive, board")
        inside = {person.id for person in sitting}
        if not all(inside.issuperset(race.stays) for race in races):
            raise ValueError("who keeps a post sits on the board")
        if inside & set(self._races["board"].candidates):
            raise ValueError("who sits on the board does not stand for it")

    def count(
        self, race: Race, totals: Mapping[str, int], draws: tuple[str, ...]
    ) -> RaceCount | DrawNeeded:
        """Count one office, and let those elected join and leave."""
        if set(totals) != set(race.candidates):
            raise ValueError("totals and candidates are not the same people")
        left = [c for c in race.candidates if c in self._office]
        before: list[Step] = [LeftRace(c, totals[c], self._office[c]) for c in left]
        contest = self._contest(race)
        later, reachable = self._later(race)
        before.extend(reachable)
        ahead: Ahead | None = None
        if race.office == "chair":
            before.extend(barred := self._barred(race, contest, totals, later))
            out = {step.candidate for step in barred}
            stand = tuple(person for person in contest.candidates if person.id not in out)
            contest = contest._replace(candidates=stand)
        elif later is not None:
            ahead = BeforeBoard(later.board, later.board_rules)
        votes = {person.id: totals[person.id] for person in contest.candidates}
        result = count(contest, votes, race.rules, draws, unopposed=race.unopposed, ahead=ahead)
        if isinstance(result, DrawNeeded):
            return result
        self._office.update(dict.fromkeys(result.elected, race.office))
        paper = tuple(self._people[one] for one in race.candidates)
        return RaceCount(race, paper, totals, contest, votes, draws, ahead, tuple(before), result)

    def _contest(self, race: Race) -> Contest:
        """The race with those who stay in the body or were elected into it earlier."""
        if race.office == "board":
            sits = {person.id for person in self._sitting}
            joined = [self._people[one] for one in self._office if one not in sits]
            stay = (*self._sitting, *joined)
        else:
            inside = [*race.stays, *(c for c in self._office if c not in race.stays)]
            stay = tuple(self._people[one] for one in inside)
        free = [c for c in race.candidates if c not in self._office and c not in race.stays]
        return Contest(race.seats, stay, tuple(self._people[one] for one in free))

    def _later(self, race: Race) -> tuple[Later | None, tuple[Step, ...]]:
        """What must stay possible after this race: as much as somebody could leave possible."""
        if race.office == "board":
            return None, ()
        board = self._races["board"]
        last = Later(self._contest(board), board.rules.hard)
        executive = self._races.get("executive")
        if race.office == "executive" or executive is None:
            if self._reachable(race, last) or last.possible():
                return last, ()
            return None, (OutOfReach(("board",)),)
        both = last._replace(
            executive=self._contest(executive), executive_rules=executive.rules.hard
        )
        if self._reachable(race, both):
            return both, ()
        if self._reachable(race, last) or last.possible():
            return last, (OutOfReach(("executive",)),)
        return None, (OutOfReach(("executive", "board")),)

    def _reachable(self, race: Race, later: Later) -> bool:
        contest = self._contest(race)
        if race.office == "executive":
            ahead = BeforeBoard(later.board, later.board_rules)
            return ground(contest, RuleSet(race.rules.hard), ahead) is not None
        able = (one for one in contest.candidates if not breaches([one], race.rules))
        return any(later.with_member(person).possible() for person in able)

    def _barred(
        self, race: Race, contest: Contest, totals: Mapping[str, int], later: Later | None
    ) -> list[Struck | PassedOverAhead]:
        """Who cannot be chair: by the rules of the office, or because nothing could follow."""
        steps: list[Struck | PassedOverAhead] = []
        for person in contest.candidates:
            broken = tuple(breach.rule.id for breach in breaches([person], race.rules))
            after = later and later.with_member(person)
            if broken:
                steps.append(Struck(person.id, totals[person.id], broken))
            elif after is not None and not after.possible():
                steps.append(PassedOverAhead(person.id, totals[person.id], why_not(after)))
        return sorted(steps, key=lambda step: (-step.votes, step.candidate))
