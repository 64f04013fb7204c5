"""The pre-flight of an election: what board its list can make, with those who stay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.council.actions.board import sitting_on
from consult.council.core.agreement import Elects, Office
from consult.council.core.rules import Person, RuleSet
from consult.elections.actions.paper import rules_for
from consult.elections.actions.profile import ruling
from consult.elections.core.election import Candidate, Election
from consult.elections.core.outcome import Status
from consult.elections.core.preflight import Preflight, office_possible, preflight
from consult.elections.core.profile import rules_of
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Flight:
    """A pre-flight with the people in it. ``chair`` and ``executive``: whether these can be made.

    ``names`` are by candidate; ``articles`` names the source per rule.
    """

    election: Election
    found: Preflight
    chair: bool
    executive: bool
    names: Mapping[str, str]
    staying: int
    articles: Mapping[str, str]

    @property
    def lawful(self) -> bool:
        """Whether a lawful board with its chair and its executive board can come of it."""
        return self.found.status is not Status.NO_LAWFUL_BOARD and self.chair and self.executive

    def called(self, candidates: Sequence[str]) -> list[str]:
        """The names of candidates, in their order."""
        return sorted(self.names[one] for one in candidates)

    @property
    def facts(self) -> dict[str, object]:
        """What two people agree on when they open the election: names and numbers of rules."""
        outlook = self.found.outlook
        return {
            "status": self.found.status,
            "size": outlook.size,
            "wanted": self.found.max_board,
            "held": outlook.held,
            "minima": dict(outlook.minima),
        }


def flight(session: Session, election_id: str) -> Flight:
    """Look ahead: what the count of this election can come to, whatever the votes.

    Raises:
        Refusal: ``elections.unknown``, ``elections.profile_altered``,
            ``elections.count_too_hard``.
    """
    election = store.get(session, election_id)
    standing = people.candidates(session, election_id)
    sitting = sitting_on(session, election.plan.seats_from)
    agreement = rules_for(session, election)
    candidates = persons(standing)
    found = preflight(candidates, sitting, ruleset(session, election), election.plan.max_board)
    by = agreement.settings
    return Flight(
        election=election,
        found=found,
        chair=_can_hold(standing, sitting, Office.CHAIR, by.chair_by, agreement.chair, 1),
        executive=_can_hold(
            standing, sitting, "executive", by.executive_by, agreement.executive, len(Office)
        ),
        names={one.id: one.name for one in standing},
        staying=len(sitting),
        articles=agreement.articles,
    )


def persons(standing: Collection[Candidate]) -> list[Person]:
    """Candidates as rules see them."""
    return [Person(one.id, one.groups) for one in standing]


def ruleset(session: Session, election: Election) -> RuleSet:
    """The rules of the count.

    Raises:
        Refusal: ``elections.profile_altered``.
    """
    ruling(session, election)
    return rules_of(rules_for(session, election).board, election.needs)


def check(found: Flight) -> None:
    """Refuse to ask people to vote when no lawful board can come of it.

    Raises:
        Refusal: ``elections.no_board_possible``.
    """
    if not found.lawful:
        raise Refusal("elections.no_board_possible")


def _can_hold(
    standing: Collection[Candidate],
    sitting: Collection[Person],
    office: str,
    by: Elects,
    rules: RuleSet,
    posts: int,
) -> bool:
    """Whether somebody can hold it: anybody of the board, or who stands for it to be chosen."""
    if by is Elects.VOTERS:
        return office_possible(
            persons([one for one in standing if office in one.stands_for]), rules, posts
        )
    return office_possible([*sitting, *persons(standing)], rules, posts)
