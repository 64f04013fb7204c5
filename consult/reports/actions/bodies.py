"""Who stood and who sits, in totals: the far end of the chain."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from consult.clock import day_of
from consult.council.actions.board import status_on
from consult.council.core.board import Mandate
from consult.council.store import board as council
from consult.elections.actions.preselection_document import assessed
from consult.elections.core.election import Candidate, Election, Preselection
from consult.elections.core.mirror import Mirror, base_of_counts, mirrors
from consult.elections.core.nomination import Application
from consult.elections.store import applications, people
from consult.register.core.base import Kind
from consult.register.core.tallying import Tally
from consult.register.store.rolls import entry_by_number
from consult.reports.core import members
from consult.reports.core.chain import Dimension, Members, Stage
from consult.reports.core.edition import Readers
from consult.reports.core.members import Groups, Known

Find = Callable[[str], Known]
"""Somebody in the base by her customer number."""


def of_election(
    session: Session, election: Election, base: Tally, readers: Readers
) -> tuple[Members, ...]:
    """Candidates, the shortlist where a preselection made one, and the board once it is seated.

    Applications are erased at publication; after that nothing is told of them.
    """

    def find(number: str) -> Known:
        return entry_by_number(session, election.roll_id or "", number)

    listed = people.candidates(session, election.id)
    found = list(_standing(session, election, base, listed, readers, find))
    if election.published_at is not None:
        begins = max(day_of(election.published_at), election.plan.seats_from)
        found += of_board(session, begins, readers, find)
    return tuple(found)


def of_board(session: Session, day: date, readers: Readers, find: Find) -> tuple[Members, ...]:
    """The board of a day, if there was one.

    Outside only its tenants are counted, whom the page of the board tells too. Of a member who has
    left it is forgotten which customer she was; then no ages are told, for those of the others
    alone would be a guess at the board. Nor are they as long as they would tell the age of somebody
    who came, left or was not elected, by subtraction from another report.
    """
    status = status_on(session, day)
    if not status.members:
        return ()
    numbers = council.customer_numbers(session)
    unknown = any(one.id not in numbers for one in status.members)
    if readers is Readers.OUTSIDE or unknown or _stands_out(session, day, status.members):
        tenants: Groups = {Dimension.KIND: {Kind.TENANT.value: status.tenants}}
        return (Members(Stage.BOARD, status.size, tenants),)
    sitting = [find(numbers[one.id]) for one in status.members]
    return (Members(Stage.BOARD, status.size, members.totals(sitting)),)


def _stands_out(session: Session, day: date, sitting: Sequence[Mandate]) -> bool:
    """Whether so few came, left or were not elected that two totals tell the age of one of them."""
    least = Readers.INSIDE.least
    latest = max(one.start for one in sitting)
    came = [one for one in sitting if one.start == latest]
    if len(came) < min(least, len(sitting)):
        return True
    if any(one.sits(latest) and not one.sits(day) for one in council.mandates(session)):
        return True
    seated = Counter(one.election_id for one in came if one.election_id)
    return any(
        0 < len(people.candidates(session, election)) - elected < least
        for election, elected in seated.items()
    )


def _standing(
    session: Session,
    election: Election,
    base: Tally,
    listed: Sequence[Candidate],
    readers: Readers,
    find: Find,
) -> Iterator[Members]:
    numbers = people.customer_numbers(session, election.id)
    on_list = [find(numbers[one.id]) for one in listed]
    preselected = election.plan.preselection is not Preselection.NONE
    applicants = assessed(session, election.id) if preselected else []
    standing = {one.application_id for one in listed}
    others = [one for one in applicants if one.id not in standing]
    told = _mirrors(election, base, listed, others)
    inside = readers is Readers.INSIDE
    if applicants:
        refused = [find(applications.number_of(session, one.id)) for one in others]
        known = members.applied(on_list, refused, base) if inside else {}
        groups = {**members.spoken_of(told, applicants=True), **known}
        yield Members(Stage.CANDIDATES, len(listed) + len(others), groups)
    if listed:
        known = members.totals(on_list) if inside else {}
        groups = {**members.spoken_of(told, applicants=False), **known}
        stage = Stage.SHORTLIST if preselected else Stage.CANDIDATES
        yield Members(stage, len(listed), groups)


def _mirrors(
    election: Election, base: Tally, listed: Sequence[Candidate], others: Sequence[Application]
) -> tuple[Mirror, ...]:
    return mirrors(
        election.needs,
        base_of_counts(
            {sort: invited for sort, (invited, _) in base.cells.items()}, election.needs
        ),
        [one.groups for one in listed],
        [one.groups for one in others],
    )
