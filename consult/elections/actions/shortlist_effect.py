"""What a shortlist does to the board that can be made, and to mirroring."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.council.actions.board import sitting_on
from consult.council.core.rules import Person
from consult.elections.actions.paper import rules_for
from consult.elections.core.election import Election
from consult.elections.core.mirror import Mirror, base_of, mirrors
from consult.elections.core.nomination import Application
from consult.elections.core.preflight import effect_of
from consult.elections.core.profile import rules_of
from consult.register.core.roll import EVERY_CUSTOMER, Entitled, Entry, entitled
from consult.register.store.base import history
from consult.register.store.rolls import entries


@dataclass(frozen=True, slots=True)
class Outlook:
    """The largest board that keeps the rules, with all applicants and with the shortlist.

    ``None``: no board keeps the hard rules. ``wanted`` is how many it may have. ``harms``: whether
    the shortlist makes it smaller or impossible, or a reserved seat is lost by it. ``extra``: how
    many more tenants would make a full board possible; ``None``: no number of them does.
    """

    wanted: int
    before: int | None
    after: int | None
    harms: bool
    extra: int | None


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
    stay = [person for one, person in people.items() if one in admitted]
    plan = election.plan
    rules = rules_of(rules_for(session, election).board, election.needs)
    sitting = sitting_on(session, plan.seats_from)
    effect = effect_of(list(people.values()), stay, sitting, rules, plan.max_board)
    return Outlook(
        wanted=plan.max_board,
        before=effect.before.outlook.size,
        after=effect.after.outlook.size,
        harms=effect.harms,
        extra=effect.after.extra_for_full,
    )


def mirror(
    session: Session,
    election: Election,
    applicants: Iterable[Application],
    admitted: Collection[str],
) -> tuple[Mirror, ...]:
    """Applicants, candidates and customers by the groups that rules speak of, as far as told."""
    needs, found = election.needs, list(applicants)
    return mirrors(
        needs,
        base_of(_customers(session, election), needs),
        [one.groups for one in found if one.id in admitted],
        [one.groups for one in found if one.id not in admitted],
    )


def _customers(session: Session, election: Election) -> Iterable[Entry | Entitled]:
    """Everybody who may vote: the roll, or who would be on it today."""
    if election.roll_id is not None:
        return entries(session, election.roll_id)
    return entitled(history(session), EVERY_CUSTOMER, election.plan.reference_date)
