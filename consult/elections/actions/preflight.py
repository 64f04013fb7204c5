"""The pre-flight of an election: what board its list can make, with those who stay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.council.actions.board import officers_on, sitting_on
from consult.council.core.agreement import Office
from consult.council.core.rules import Person, RuleSet
from consult.elections.actions.paper import elects, rules_for
from consult.elections.actions.profile import ruling
from consult.elections.core.election import Candidate, Election, Preselection
from consult.elections.core.nomination import CHAIR, EXECUTIVE, Standing
from consult.elections.core.outcome import Status
from consult.elections.core.preflight import Preflight, office_possible, preflight
from consult.elections.core.profile import rules_of
from consult.elections.store import applications, people
from consult.elections.store import elections as store
from consult.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Flight:
    """A pre-flight with the people in it. ``chair`` and ``executive``: whether these can be made.

    ``names`` are by candidate; ``named``: whether the desk may know who they are, which it may
    not as long as a committee chooses among them. ``articles`` names the source per rule.
    """

    election: Election
    found: Preflight
    chair: bool
    executive: bool
    names: Mapping[str, str]
    named: bool
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
    standing = _standing(session, election)
    sitting = sitting_on(session, election.plan.seats_from)
    agreement = rules_for(session, election)
    candidates = persons(standing)
    found = preflight(candidates, sitting, ruleset(session, election), election.plan.max_board)
    asked, fixed = elects(session, election), election.listed_at is not None
    stay = set(officers_on(session, election.plan.seats_from).values())
    inside = [person for person in sitting if person.id in stay]
    everybody = [*sitting, *candidates]
    chairs = persons([one for one in standing if CHAIR in one.stands_for])
    others = persons([one for one in standing if {CHAIR, EXECUTIVE} & one.stands_for])
    chair = chairs if CHAIR in asked else everybody
    executive = [*inside, *others] if EXECUTIVE in asked and CHAIR in asked else everybody
    return Flight(
        election=election,
        found=found,
        chair=office_possible(chair, agreement.chair, 1),
        executive=office_possible(executive, agreement.executive, len(Office)),
        names={one.id: one.name for one in standing},
        named=fixed or election.plan.preselection is not Preselection.COMMITTEE,
        staying=len(sitting),
        articles=agreement.articles,
    )


def _standing(session: Session, election: Election) -> Sequence[Candidate]:
    """The list of candidates; before it is fixed, whoever applied so far."""
    if election.plan.nominate_from is None or election.listed_at is not None:
        return people.candidates(session, election.id)
    return [
        Candidate(one.id, one.name, one.statement, one.groups, one.stands_for)
        for one in applications.every(session, election.id, Standing.SUBMITTED)
    ]


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
