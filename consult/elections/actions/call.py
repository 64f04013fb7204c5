"""The call to stand: everybody who may apply gets a letter with a code, and some a reminder."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.clock import day_of
from consult.elections.actions.electorate import electorate
from consult.elections.core.election import Election
from consult.elections.core.nomination import Call, call_of
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.register.actions import rolls
from consult.register.core.codes import Code
from consult.register.core.roll import Entry, Purpose, Roll
from consult.register.store.rolls import roll_for
from consult.site.actions import announce
from consult.site.core import Text
from consult.wording import LANGUAGES

REMIND_BEFORE: Final = timedelta(days=7)
"""A letter takes two days by post; what is left is time to finish."""
LEFT_ALONE: Final = timedelta(days=1)
"""Who began less than this ago may well be busy with it."""


def call_for(election: Election, now: datetime) -> Call:
    """Whether customers can apply for this election now."""
    return call_of(election.plan, election.profile_at, now)


def roll_of(session: Session, election_id: str) -> Roll | None:
    """The roll of who may apply; ``None`` before the call."""
    return roll_for(session, Purpose.NOMINATION, election_id)


def make_call(
    session: Session, who: Actor, now: datetime, key: bytes, election_id: str
) -> Iterator[tuple[Entry, Code]]:
    """Everybody who may apply with a new code, once; commit before handing them on.

    The roll of applicants is one of its own, and so are its codes: an election code is the
    secret of a vote and serves for nothing else. ``key`` is ``settings.key("register.codes")``.

    Raises:
        Refusal: ``elections.unknown``; ``elections.no_call`` when nobody can apply by the plan;
            ``elections.profile_unpublished``; ``elections.nominations_over``;
            ``elections.call_made`` the second time; ``register.roll_empty``.
    """
    store.lock(session, election_id)
    election = store.get(session, election_id)
    _check_time(election, now)
    if roll_of(session, election_id) is not None:
        raise Refusal("elections.call_made")
    day, kinds = election.plan.reference_date, electorate(session, election)
    drawn = rolls.draw_roll(session, who, now, Purpose.NOMINATION, election_id, day, kinds)
    rolls.freeze_roll(session, who, now, drawn.id)
    pairs = rolls.issue_consultation_codes(session, who, now, key, drawn.id)
    announce_call(session, election)
    record(session, who, now, "elections.called", {"election": election_id, "codes": drawn.size})
    return pairs


def announce_call(session: Session, election: Election) -> None:
    """Show on the first page of the site that customers can stand, once their letters are made.

    After an extension it shows the later end.
    """
    begins = election.plan.nominate_from
    if begins is None or roll_of(session, election.id) is None:
        return
    announce(
        session,
        f"kandidaat-{election.uuid.lower()}",
        {language: Text(election.plan.title) for language in LANGUAGES},
        f"/kandidaat/{election.uuid}",
        begins,
        _until(election),
        kind="nomination",
    )


def remind(session: Session, now: datetime) -> int:
    """Make letters due to who began and is not ready, in the last days; how many those are."""
    found = _overdue(session, now)
    for election_id, _ in found:
        applications.make_due(session, election_id, now, now - LEFT_ALONE)
    return sum(many for _, many in found)


def to_remind(session: Session, now: datetime) -> int:
    """How many :func:`remind` would make due."""
    return sum(many for _, many in _overdue(session, now))


def due_reminders(session: Session, election_id: str) -> int:
    """For how many a letter waits to be made."""
    return len(applications.due(session, election_id))


def make_reminders(session: Session, who: Actor, now: datetime, election_id: str) -> list[str]:
    """The customer numbers to write to: "your application is not ready". No code goes along.

    Raises:
        Refusal: ``elections.unknown``, ``elections.no_call``, ``elections.profile_unpublished``,
            ``elections.nominations_over``; ``elections.reminded_today`` the second time on a day;
            ``elections.no_reminders`` when none is due.
    """
    store.lock(session, election_id)
    _check_time(store.get(session, election_id), now)
    last = applications.last_reminded(session, election_id)
    if last is not None and day_of(last) == day_of(now):
        raise Refusal("elections.reminded_today")
    found = applications.due(session, election_id)
    if not found:
        raise Refusal("elections.no_reminders")
    applications.note_reminded(session, [one for one, _ in found], now)
    record(session, who, now, "elections.reminded", {"election": election_id, "size": len(found)})
    return [number for _, number in found]


def _check_time(election: Election, now: datetime) -> None:
    call = call_for(election, now)
    if call is Call.NONE:
        raise Refusal("elections.no_call")
    if election.profile_at is None:
        raise Refusal("elections.profile_unpublished")
    if call is Call.OVER:
        raise Refusal("elections.nominations_over")


def _overdue(session: Session, now: datetime) -> list[tuple[str, int]]:
    counted = [
        (one.id, applications.count_overdue(session, one.id, now - LEFT_ALONE))
        for one in store.every(session)
        if call_for(one, now) is Call.OPEN and _until(one) - now <= REMIND_BEFORE
    ]
    return [(one, many) for one, many in counted if many]


def _until(election: Election) -> datetime:
    return election.plan.nominate_until or election.plan.opens_at
