"""Preparing an election: the plan, the roll, the candidates, the key holders and the codes."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.belenios import credential
from consult.belenios.group import Q
from consult.clock import day_of
from consult.council.actions.rules import agreement_on
from consult.council.core.agreement import Ties
from consult.council.core.rules import TENANT
from consult.db.types import new_id
from consult.elections.actions.electorate import electorate, refuse_other_electorate
from consult.elections.actions.paper import elects, rules_for
from consult.elections.actions.standing import refuse_member
from consult.elections.core.election import (
    LONGEST_STATEMENT,
    Candidate,
    Election,
    KeyHolder,
    Plan,
    problems_of,
)
from consult.elections.core.gaps import Gap, gaps
from consult.elections.core.marks import credential_hash, voter_mark
from consult.elections.core.nomination import BOARD, CHAIR
from consult.elections.core.profile import Traits, groups_of
from consult.elections.core.words import likeness
from consult.elections.store import elections as store
from consult.elections.store import people, voters
from consult.refusal import Refusal
from consult.register.actions import rolls
from consult.register.core import codes
from consult.register.core.codes import Code
from consult.register.core.roll import Entry, Purpose
from consult.register.store.rolls import entry_by_number


@dataclass(frozen=True, slots=True)
class Nomination:
    """Somebody who stands: who according to the register, and what voters see.

    ``stands_for``: the board, and whichever other office that voters elect.
    """

    customer_number: str
    name: str
    statement: str
    stands_for: frozenset[str] = frozenset({BOARD})


@dataclass(frozen=True, slots=True)
class Codes:
    """The code of everybody on a roll, and the public credentials that follow from them."""

    pairs: tuple[tuple[Entry, Code], ...]
    public: tuple[str, ...]


def draw_exponent() -> int:
    """A fresh secret number for the ballot protocol."""
    return secrets.randbelow(int(Q))


def usual_ties(session: Session, now: datetime) -> Ties:
    """How a lot is made unless the plan says otherwise: what the rules in force say today."""
    return agreement_on(session, day_of(now)).settings.ties


def draft(session: Session, who: Actor, now: datetime, plan: Plan) -> str:
    """Start an election; the answer is its id.

    Raises:
        Refusal: ``elections.plan_wrong``; ``fields`` says what is wrong with which field,
            ``most`` and ``years`` how large a board and how long a term may be.
    """
    _check_plan(session, plan, now)
    made = Election(new_id(), credential.new_uuid(draw_exponent), plan)
    store.add(session, made)
    record(session, who, now, "elections.drafted", {"election": made.id})
    return made.id


def change_plan(session: Session, who: Actor, now: datetime, election_id: str, plan: Plan) -> None:
    """Replace the plan, as long as no letters and no published profile speak of it."""
    election = _draft(session, election_id)
    if election.profile_at is not None:
        raise Refusal("elections.profile_published")
    _check_plan(session, plan, now)
    if election.roll_id and plan.reference_date != election.plan.reference_date:
        raise Refusal("elections.roll_drawn")
    store.change_plan(session, election_id, plan)
    record(session, who, now, "elections.plan_changed", {"election": election_id})


def draw_roll(session: Session, who: Actor, now: datetime, election_id: str) -> int:
    """Draw up who may take part on the reference date; the answer is how many that are.

    Which kinds of customers may is what the rules say of the day on which the elected begin.
    """
    election = _draft(session, election_id)
    drawn = rolls.draw_roll(
        session,
        who,
        now,
        Purpose.ELECTION,
        election_id,
        election.plan.reference_date,
        electorate(session, election),
    )
    store.mark(session, election_id, roll_id=drawn.id)
    return drawn.size


def nominate(
    session: Session, who: Actor, now: datetime, election_id: str, nomination: Nomination
) -> str:
    """Put a candidate on the list. Only somebody on the roll can stand; the answer is an id.

    Raises:
        Refusal: ``elections.candidate_*``, ``elections.no_roll``, ``elections.no_profile``,
            ``elections.office_not_elected`` or ``elections.chair_not_tenant``;
            ``elections.by_application`` when customers apply by themselves;
            ``elections.barred_sits`` or ``elections.barred_terms``.
    """
    election = _draft(session, election_id)
    roll_id = _open_to_desk(election)
    name, statement = nomination.name.strip(), nomination.statement.strip()
    if not name or not statement:
        raise Refusal("elections.candidate_incomplete")
    if len(statement) > LONGEST_STATEMENT:
        raise Refusal("elections.candidate_too_long", most=LONGEST_STATEMENT, found=len(statement))
    entry = entry_by_number(session, roll_id, nomination.customer_number.strip())
    if entry is None:
        raise Refusal("elections.candidate_not_on_roll", number=nomination.customer_number)
    if people.stands(session, election_id, entry.customer_number):
        raise Refusal("elections.candidate_twice", number=entry.customer_number)
    standing = people.candidates(session, election_id)
    if any(likeness(other.name) == likeness(name) for other in standing):
        raise Refusal("elections.candidate_same_name", name=name)
    refuse_member(session, election, entry.customer_number)
    traits = Traits(entry.kind, entry.age_band, entry.neighbourhood)
    groups = groups_of(traits, election.needs)
    check_offices(session, election, name, nomination.stands_for, groups)
    candidate = Candidate(new_id(), name, statement, groups, nomination.stands_for | {BOARD})
    people.add_candidate(session, election_id, candidate, entry.customer_number)
    record(
        session,
        who,
        now,
        "elections.nominated",
        {"election": election_id, "candidate": candidate.id},
    )
    return candidate.id


def _open_to_desk(election: Election) -> str:
    """The roll of an election for which the desk itself puts candidates on the list."""
    if election.plan.nominate_from is not None:
        raise Refusal("elections.by_application")
    if election.lacks_profile:
        raise Refusal("elections.no_profile")
    if election.roll_id is None:
        raise Refusal("elections.no_roll")
    return election.roll_id


def withdraw(
    session: Session, who: Actor, now: datetime, election_id: str, candidate_id: str
) -> None:
    """Take a candidate off the list, before the codes are made.

    Raises:
        Refusal: ``elections.listed`` for a list that two people fixed
            (:mod:`consult.elections.actions.striking`); ``elections.candidate_unknown``.
    """
    if _draft(session, election_id).listed_at is not None:
        raise Refusal("elections.listed")
    if not people.remove_candidate(session, election_id, candidate_id):
        raise Refusal("elections.candidate_unknown")
    record(
        session,
        who,
        now,
        "elections.withdrawn",
        {"election": election_id, "candidate": candidate_id},
    )


def invite_holder(
    session: Session, who: Actor, now: datetime, election_id: str, name: str
) -> tuple[str, str]:
    """Ask somebody to hold a share of the key; the answer is an id and a token for the link.

    The token is shown once; only its hash is kept.
    """
    _draft(session, election_id)
    asked = people.holders(session, election_id)
    if not name.strip():
        raise Refusal("elections.holder_nameless")
    if name.strip() in {other.name for other in asked}:
        raise Refusal("elections.holder_same_name", name=name.strip())
    holder = KeyHolder(new_id(), max((one.owner for one in asked), default=0) + 1, name.strip())
    token = secrets.token_urlsafe(32)
    people.add_holder(session, election_id, holder, hash_token(token))
    record(
        session, who, now, "elections.holder_asked", {"election": election_id, "holder": holder.id}
    )
    return holder.id, token


def let_go(session: Session, who: Actor, now: datetime, election_id: str, holder_id: str) -> None:
    """Do without a key holder, who lost the key file or whose link went astray."""
    _draft(session, election_id)
    if not people.remove_holder(session, election_id, holder_id):
        raise Refusal("elections.holder_unknown")
    facts = {"election": election_id, "holder": holder_id}
    record(session, who, now, "elections.holder_let_go", facts)


def hash_token(token: str) -> str:
    """What is kept of a key holder's token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_codes(session: Session, election_id: str, jobs: int = 1) -> Codes:
    """A code for everybody on the roll: the costly part, outside the transaction that keeps it.

    Raises:
        Refusal: ``elections.no_roll``, ``elections.codes_issued``, ``elections.sealed``.
    """
    election = _changeable(session, election_id)
    if election.roll_id is None:
        raise Refusal("elections.no_roll")
    invited = tuple(rolls.everybody(session, election.roll_id))
    made = _distinct(len(invited))
    public = credential.public_credentials([str(code) for code in made], election.uuid, jobs)
    return Codes(tuple(zip(invited, made, strict=True)), tuple(public))


def issue_codes(
    session: Session, who: Actor, now: datetime, key: bytes, election_id: str, made: Codes
) -> None:
    """Let these codes be the ones, once; after this the registrar may have the letters.

    Kept are the public credentials and, for the one count of turnout, keyed marks.
    ``key`` is ``settings.key("elections.marks")``.

    Nothing can be changed after it, so everything else that opening asks for must be there.

    Raises:
        Refusal: ``elections.codes_issued``, ``elections.sealed``, ``elections.not_ready``,
            ``elections.roll_other_rules``.
    """
    election = _draft(session, election_id)
    candidates = people.candidates(session, election_id)
    asked_for = elects(session, election)
    missing = gaps(election, candidates, people.holders(session, election_id), now, asked_for)
    if set(missing) - {Gap.NO_CODES}:
        raise Refusal("elections.not_ready", gaps=missing)
    refuse_other_electorate(session, election)
    hashes = [credential_hash(one) for one in made.public]
    marks = [voter_mark(key, election_id, one) for one in hashes]
    voters.add_credentials(
        session,
        election_id,
        credential.credentials_file(made.public),
        hashes,
        zip(marks, (entry.id for entry, _code in made.pairs), strict=True),
    )
    store.mark(session, election_id, codes_at=now)
    record(
        session,
        who,
        now,
        "elections.codes_issued",
        {"election": election_id, "codes": len(made.pairs)},
    )


def _distinct(size: int) -> Sequence[Code]:
    made: dict[Code, None] = {}
    while len(made) < size:
        made[codes.make(secrets.randbelow, codes.ELECTION_DIGITS)] = None
    return list(made)


def check_offices(
    session: Session,
    election: Election,
    name: str,
    stands_for: frozenset[str],
    groups: frozenset[str],
) -> None:
    """Refuse what is not elected here, and a chair who is no tenant (art. 3.1c).

    Raises:
        Refusal: ``elections.office_not_elected``, ``elections.chair_not_tenant``.
    """
    if not stands_for <= {*elects(session, election), BOARD}:
        raise Refusal("elections.office_not_elected")
    if CHAIR in stands_for and not rules_for(session, election).may_chair(tenant=TENANT in groups):
        raise Refusal("elections.chair_not_tenant", name=name)


def _check_plan(session: Session, plan: Plan, now: datetime) -> None:
    rules = agreement_on(session, max(plan.seats_from, day_of(now)))
    if found := problems_of(plan, now, rules.largest_board, rules.settings.term_years):
        most, years = rules.largest_board, rules.settings.term_years
        raise Refusal("elections.plan_wrong", fields=found, most=most, years=years)


def _draft(session: Session, election_id: str) -> Election:
    """The election, if it can still be changed; nobody else changes it meanwhile."""
    store.lock(session, election_id)
    return _changeable(session, election_id)


def _changeable(session: Session, election_id: str) -> Election:
    """The election, if it can still be changed. Letters with codes freeze what they speak of."""
    election = store.get(session, election_id)
    if election.sealed_at is not None:
        raise Refusal("elections.sealed")
    if election.codes_at is not None:
        raise Refusal("elections.codes_issued")
    return election
