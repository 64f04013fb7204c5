"""What a shortlist does to the board that can be made, and to mirroring."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.council.actions.board import sitting_on
from consult.council.core.agreement import rules_on
from consult.council.core.rules import Person
from consult.elections.core.election import Election
from consult.elections.core.feasibility import pool
from consult.elections.core.mirror import Mirror, base_of, mirrors
from consult.elections.core.nomination import Application
from consult.elections.core.profile import rules_of
from consult.elections.core.target import target
from consult.elections.store import preselection as kept
from consult.register.core.roll import EVERY_CUSTOMER, Entitled, Entry, entitled
from consult.register.store.base import history
from consult.register.store.rolls import entries


@dataclass(frozen=True, slots=True)
class Outlook:
    """The largest board that keeps the rules, with all applicants and with the shortlist.

    ``None``: no board keeps the hard rules. ``wanted`` is how many it may have.
    """

    wanted: int
    before: int | None
    after: int | None

    @property
    def harms(self) -> bool:
        """Whether the shortlist makes the board smaller, or impossible."""
        return (self.after or 0) < (self.before or 0)


def outlook(
    session: Session,
    election: Election,
    applicants: Iterable[Application],
    admitted: Collection[str],
) -> Outlook:
    """Whether the shortlist leaves a lawful board, asked as the count will ask it.

    Raises:
        Refusal: ``elections.count_too_hard``; ``council.no_rules``.
    """
    people = {one.id: Person(one.id, one.groups) for one in applicants}
    kept_on = [person for one, person in people.items() if one in admitted]
    return Outlook(
        election.plan.max_board,
        _size(session, election, list(people.values())),
        _size(session, election, kept_on),
    )


def mirror(
    session: Session,
    election: Election,
    applicants: Iterable[Application],
    admitted: Collection[str],
) -> tuple[Mirror, ...]:
    """Applicants, candidates and customers by the groups that rules speak of, as far as told."""
    needs, found = kept.needs(session, election.id), list(applicants)
    return mirrors(
        needs,
        base_of(_customers(session, election), needs),
        [one.groups for one in found if one.id in admitted],
        [one.groups for one in found if one.id not in admitted],
    )


def _size(session: Session, election: Election, candidates: list[Person]) -> int | None:
    plan = election.plan
    rules = rules_of(rules_on(plan.seats_from).board, kept.needs(session, election.id))
    sitting = sitting_on(session, plan.seats_from)
    aim = target(pool(sitting, candidates, rules.rules), rules, plan.max_board)
    return aim.size if aim else None


def _customers(session: Session, election: Election) -> Iterable[Entry | Entitled]:
    """Everybody who may vote: the roll, or who would be on it today."""
    if election.roll_id is not None:
        return entries(session, election.roll_id)
    return entitled(history(session), EVERY_CUSTOMER, election.plan.reference_date)
