"""Applying to stand: by phone with a code, one page at a time, until the deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import record
from consult.db.types import new_id
from consult.elections.actions.call import call_for, roll_of
from consult.elections.actions.listing import publish_list
from consult.elections.actions.preselection import Told, verdict_for, void_verdict
from consult.elections.actions.standing import accepted_now, asked_of
from consult.elections.core.asking import Asked, Page, Problem, answered, reopened
from consult.elections.core.election import Election
from consult.elections.core.nomination import Application, Call, Standing
from consult.elections.core.photo import NoPhoto
from consult.elections.store import applications, people
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.register.actions.rolls import find_entry
from consult.register.core import codes
from consult.register.core.codes import Code, WrongDigit, WrongLength
from consult.register.core.roll import Entry
from consult.register.store import rolls
from consult.web import throttle

GUESSES: Final = "elections.nomination"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who entered a code: an entry of the roll of one election, never a number or a name."""

    election_id: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What an applicant sees: her own application, if she began one, and nobody else's.

    ``listed``: she stands on the list of candidates.
    """

    election: Election
    call: Call
    asked: Asked
    application: Application | None
    photo: bool = False
    listed: bool = False

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the pages that she still has to fill in."""
        return self.asked.missing(self.application)

    @property
    def standing(self) -> Standing:
        """How far she is; whoever has not begun has a draft with nothing in it."""
        return Standing.DRAFT if self.application is None else self.application.standing


def called(session: Session, now: datetime) -> list[Election]:
    """Elections whose letters went out and whose result is not public yet."""
    return [
        one
        for one in store.every(session)
        if one.published_at is None
        and call_for(one, now) is not Call.NONE
        and roll_of(session, one.id) is not None
    ]


def enter(
    session: Session,
    now: datetime,
    key: bytes,
    typed: str,
    network: str,
    among: Sequence[Election],
) -> Applicant | Problem:
    """Look up the code that somebody typed, on the rolls of these elections (ADR 8).

    Looking uses nothing up, and makes nothing: an application begins with its first page.
    ``key`` is ``settings.key("register.codes")``.
    """
    code = codes.parse(typed, codes.CONSULTATION_DIGITS)
    if not isinstance(code, Code):
        return _mistyped(code)
    if seconds := throttle.guess_wait(session, now, GUESSES, network):
        return Problem("code_wait", "code", -(-seconds // 60))
    found = _find(session, key, code, among)
    if found is None:
        throttle.note_guess(session, now, GUESSES, network)
        return Problem("code_unknown", "code")
    return found


def mine(session: Session, now: datetime, who: Applicant) -> Mine:
    """The applicant's own application and what is asked of her.

    Raises:
        Refusal: ``elections.unknown``, also for somebody who is not on the roll.
    """
    election, entry = store.get(session, who.election_id), _entry(session, who)
    held = applications.of(session, election.id, entry.customer_number)
    call, asked = call_for(election, now), asked_of(session, election, entry.kind)
    if held is None:
        return Mine(election, call, asked, None)
    photo = applications.photo(session, held.id) is not None
    candidates = people.candidates(session, election.id)
    listed = any(one.application_id == held.id for one in candidates)
    return Mine(election, call, asked, held, photo, listed)


def save(
    session: Session, now: datetime, who: Applicant, number: int, given: Mapping[str, Sequence[str]]
) -> Problem | None:
    """Keep what was filled in on page ``number``, from 1. Sent twice it is kept once.

    Raises:
        Refusal: ``elections.unknown``, ``elections.nominations_early``,
            ``elections.nominations_over``.
    """
    held = _changing(session, now, who)
    before = held.application or Application(new_id(), who.election_id, "")
    page = Page(held.asked, held.asked.steps[number - 1], given, now)
    found = answered(before, page)
    if isinstance(found, Problem):
        return found
    _keep(session, now, who, held, found)
    return None


def put_photo(
    session: Session, now: datetime, who: Applicant, jpeg: bytes | NoPhoto | None
) -> NoPhoto | None:
    """Keep a portrait, or none; what is no portrait changes nothing and is handed back.

    Raises:
        Refusal: as :func:`save`.
    """
    held = _changing(session, now, who)
    if isinstance(jpeg, NoPhoto):
        return jpeg
    before = held.application or Application(new_id(), who.election_id, "")
    kept = _keep(session, now, who, held, replace(before, submitted_at=None))
    if jpeg is None:
        applications.drop_photo(session, kept.id)
    else:
        applications.put_photo(session, kept.id, jpeg)
    return None


def accept(session: Session, now: datetime, who: Applicant) -> tuple[int, ...]:
    """ "I stand": the application is handed in, unless pages are missing; the answer is which.

    Her groups are fixed here, from the roll of the reference date and what she said herself.

    Raises:
        Refusal: as :func:`save`; ``elections.barred_*`` when she cannot stand;
            ``elections.name_taken``.
    """
    held = _changing(session, now, who)
    if held.application is None or held.missing:
        return held.missing
    if held.standing is Standing.SUBMITTED:
        return ()
    entry = _entry(session, who)
    accepted = accepted_now(session, now, held.election, entry, held.application)
    applications.change(session, accepted)
    record(session, SYSTEM, now, "elections.applied", {"election": who.election_id})
    return ()


def withdraw(session: Session, now: datetime, who: Applicant) -> None:
    """Step back. What was never handed in is erased; the rest is marked.

    Until the letters for voting are made her name leaves the list of candidates. Later it stays
    on the paper, which is fixed, and the public page says that she stepped back. Her photo is
    erased: from the list on there is no way back.

    Raises:
        Refusal: ``elections.unknown``; ``elections.published`` when the result is public.
    """
    store.lock(session, who.election_id)
    held = mine(session, now, who)
    if held.election.published_at is not None:
        raise Refusal("elections.published")
    if held.application is None or held.standing is Standing.WITHDRAWN:
        return
    if held.standing is Standing.DRAFT and not held.listed:
        applications.drop(session, held.application.id)
        return
    applications.change(session, replace(held.application, withdrawn_at=now))
    if held.listed and held.election.codes_at is None and held.election.sealed_at is None:
        people.remove_applicant(session, who.election_id, held.application.id)
        publish_list(session, SYSTEM, now, held.election)
    if held.listed:
        applications.drop_photo(session, held.application.id)
    facts = {"election": who.election_id}
    record(session, SYSTEM, now, "elections.application_withdrawn", facts)


def verdict_on(session: Session, held: Mine) -> Told | None:
    """What whoever chose among the applicants decided on hers, and why; ``None`` without one."""
    return verdict_for(session, held.application.id) if held.application else None


def _mistyped(wrong: WrongLength | WrongDigit) -> Problem:
    match wrong:
        case WrongDigit():
            return Problem("code_digit", "code")
        case WrongLength(found=0):
            return Problem("code_missing", "code")
        case WrongLength(found=codes.ELECTION_DIGITS):
            return Problem("code_of_vote", "code")
        case WrongLength(wanted=wanted):
            return Problem("code_length", "code", wanted)


def _find(session: Session, key: bytes, code: Code, among: Sequence[Election]) -> Applicant | None:
    for one in among:
        roll = roll_of(session, one.id)
        entry = roll and find_entry(session, key, roll.id, code)
        if entry:
            return Applicant(one.id, entry.id)
    return None


def _entry(session: Session, who: Applicant) -> Entry:
    entry = rolls.entry(session, who.entry_id)
    if entry is None:
        raise Refusal("elections.unknown")
    return entry


def _changing(session: Session, now: datetime, who: Applicant) -> Mine:
    """What she has, while it can be changed; nobody else changes it meanwhile."""
    store.lock(session, who.election_id)
    held = mine(session, now, who)
    if held.call is Call.OVER:
        raise Refusal("elections.nominations_over")
    if held.call is not Call.OPEN:
        raise Refusal("elections.nominations_early")
    return held


def _keep(
    session: Session, now: datetime, who: Applicant, held: Mine, changed: Application
) -> Application:
    if held.application is None:
        applications.add(session, changed, _entry(session, who).customer_number, now)
        return changed
    kept = reopened(held.application, changed)
    if kept.submitted_at is None and held.application.submitted_at is not None:
        void_verdict(session, now, who.election_id, kept.id)
    applications.change(session, kept)
    return kept
