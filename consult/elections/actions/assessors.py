"""Who assesses: proposed by the secretary, approved by the chair, and free to do it by own word."""

from collections.abc import Set
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.accounts.core.people import Account
from consult.accounts.store import people
from consult.actor import Actor, Role
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.canonical import canonical
from consult.elections.core.election import Election, Preselection
from consult.elections.core.nomination import Standing
from consult.elections.core.preselection import FEWEST_SEATS, Left, Selection
from consult.elections.core.words import likeness
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.elections.store import preselection as kept
from consult.refusal import Refusal

ACT: Final = "elections.committee"

COUNCIL: Final = frozenset({Role.SECRETARY, Role.MEMBER, Role.CHAIR})
ROLES: Final = {
    Preselection.COMMITTEE: frozenset({Role.SELECTION}),
    Preselection.COUNCIL: COUNCIL,
}
"""Who may assess: outsiders in a committee, else whoever is on the council."""


def held(session: Session, election_id: str) -> tuple[Election, Selection]:
    """An election with its preselection.

    Raises:
        Refusal: ``elections.unknown``; ``elections.no_preselection`` when it has none.
    """
    election = store.get(session, election_id)
    if election.plan.preselection is Preselection.NONE:
        raise Refusal("elections.no_preselection")
    return election, kept.selection(session, election)


def fit(session: Session, by: Preselection) -> list[Account]:
    """The people with a role that may assess, by name."""
    return [one for one in people.accounts(session) if one.active and one.roles & ROLES[by]]


def propose(
    session: Session, who: Actor, now: datetime, election_id: str, accounts: Set[str]
) -> None:
    """Propose who assesses: all of them. Of the council everybody is asked, whatever is given.

    Raises:
        Refusal: ``elections.assessor_unfit``, ``elections.assessors_few``,
            ``elections.preselection_revealed``, ``elections.assessor_handed_in``; as :func:`held`
            and :func:`consult.accounts.actions.approvals.propose`.
    """
    store.lock(session, election_id)
    election, selection = held(session, election_id)
    able = {one.id for one in fit(session, election.plan.preselection)}
    asked = able if selection.by is Preselection.COUNCIL else frozenset(accounts)
    if asked - able:
        raise Refusal("elections.assessor_unfit")
    _check(selection, asked)
    kept.want(session, election_id, asked)
    approvals.propose(session, who, now, ACT, election_id, effect(election_id, asked))


def approve(
    session: Session, who: Actor, now: datetime, election_id: str, shown: str | None = None
) -> None:
    """Approve who assesses; they are asked from now on.

    Raises:
        Refusal: as :func:`propose` and :func:`consult.accounts.actions.approvals.approve`.
    """
    store.lock(session, election_id)
    _, selection = held(session, election_id)
    asked = kept.wanted(session, election_id)
    _check(selection, asked)
    approvals.approve(session, who, now, ACT, election_id, effect(election_id, asked), shown)
    kept.appoint(session, election_id, asked)
    facts: Payload = {"election": election_id, "assessors": len(asked)}
    record(session, who, now, "elections.assessors_appointed", facts)


def effect(election_id: str, accounts: Set[str]) -> bytes:
    """What two people agree on: who assesses, all of them."""
    return canonical({"election": election_id, "assessors": sorted(accounts)})


def join(
    session: Session,
    who: Actor,
    now: datetime,
    election_id: str,
    *,
    stands: bool,
    landlord: bool,
) -> Left | None:
    """Take the seat with a declaration; who stands or works for the landlord does not get it.

    It is asked when it is known who applied. The answer is why she does not assess, if so.

    Raises:
        Refusal: ``elections.assessor_stands`` when somebody of her name applied; as :func:`seat`.
    """
    store.lock(session, election_id)
    _, selection = seat(session, who, now, election_id)
    left = Left.STANDS if stands else Left.LANDLORD if landlord else None
    if left is not None:
        _leave(session, who, now, selection, election_id, left)
        return left
    account = people.account(session, who.account_id)
    handed_in = applications.every(session, election_id, Standing.SUBMITTED)
    names = {likeness(one.name) for one in handed_in}
    if account is not None and likeness(account.name) in names:
        raise Refusal("elections.assessor_stands")
    kept.change_seat(session, election_id, who.account_id, joined_at=now)
    record(session, who, now, "elections.assessor_joined", {"election": election_id})
    return None


def leave(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Give the seat up before handing in; what she said of anybody is erased.

    Raises:
        Refusal: ``elections.handed_in``; as :func:`seat`.
    """
    store.lock(session, election_id)
    _, selection = seat(session, who, now, election_id)
    _leave(session, who, now, selection, election_id, Left.DECLINED)


def seat(
    session: Session, who: Actor, now: datetime, election_id: str
) -> tuple[Election, Selection]:
    """The preselection, for somebody who was appointed and did not leave.

    Raises:
        Refusal: ``elections.not_an_assessor``, ``elections.preselection_early``,
            ``elections.assessments_erased``; as :func:`held`.
    """
    election, selection = held(session, election_id)
    if who.account_id not in selection.assessors or not who.roles & ROLES[selection.by]:
        raise Refusal("elections.not_an_assessor")
    if not selection.begun(now):
        raise Refusal("elections.preselection_early")
    if election.published_at is not None:
        raise Refusal("elections.assessments_erased")
    return election, selection


def assessor(
    session: Session, who: Actor, now: datetime, election_id: str
) -> tuple[Election, Selection]:
    """The preselection, for somebody who assesses.

    Raises:
        Refusal: ``elections.declare_first``; as :func:`seat`.
    """
    election, selection = seat(session, who, now, election_id)
    if selection.seats[who.account_id].joined_at is None:
        raise Refusal("elections.declare_first")
    return election, selection


def _leave(
    session: Session, who: Actor, now: datetime, selection: Selection, election_id: str, why: Left
) -> None:
    if selection.seats[who.account_id].handed_in_at is not None:
        raise Refusal("elections.handed_in")
    kept.drop_assessments(session, election_id, who.account_id)
    kept.change_seat(session, election_id, who.account_id, left=why)
    record(session, who, now, "elections.assessor_left", {"election": election_id})


def _check(selection: Selection, asked: Set[str]) -> None:
    """Who assesses can change as long as nobody's scores are lost by it or were seen."""
    if selection.revealed or any(one.decided_at for one in selection.verdicts.values()):
        raise Refusal("elections.preselection_revealed")
    gone = selection.seats.keys() - asked
    if any(selection.seats[one].handed_in_at is not None for one in gone):
        raise Refusal("elections.assessor_handed_in")
    left = {one for one, seat in selection.seats.items() if seat.left is not None}
    least = FEWEST_SEATS[selection.by]
    if len(asked - left) < least:
        raise Refusal("elections.assessors_few", least=least, found=len(asked - left))
