"""Writing a profile: one competence or one group at a time, and trying what it would do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.council.actions.board import sitting_on
from consult.council.core.rules import IfShort
from consult.elections.actions.paper import rules_for
from consult.elections.actions.profile import open_to_change, problems
from consult.elections.core.drawing import Setting
from consult.elections.core.election import Election, digest
from consult.elections.core.needs import Problem
from consult.elections.core.profile import Competence, Needs, Reserved
from consult.elections.core.simulation import Trial, simulate
from consult.elections.store import elections as store
from consult.elections.store import profile as profiles
from consult.refusal import Refusal
from consult.register.core.roll import EVERY_CUSTOMER, Stratum
from consult.register.store import margins
from consult.register.store.rolls import entry_by_number


@dataclass(frozen=True, slots=True)
class Editing:
    """A profile with all that its editor needs.

    ``unfilled``: what the agreement says of reserved seats without a candidate. ``fixed``: the code
    of the refusal that every change would meet; empty while it can be changed.
    """

    election: Election
    unfilled: IfShort
    problems: tuple[Problem, ...]
    neighbourhoods: tuple[str, ...]
    fixed: str


def editing(session: Session, election_id: str) -> Editing:
    """The profile of an election, as far as it is.

    Raises:
        Refusal: ``elections.unknown``.
    """
    election = store.get(session, election_id)
    try:
        open_to_change(session, election_id)
        fixed = ""
    except Refusal as refusal:
        fixed = refusal.code
    return Editing(
        election=election,
        unfilled=rules_for(session, election).settings.unfilled,
        problems=problems(session, election),
        neighbourhoods=margins.neighbourhoods(session),
        fixed=fixed,
    )


def put(
    session: Session, who: Actor, now: datetime, election_id: str, part: Competence | Reserved
) -> tuple[Problem, ...]:
    """Keep a competence or reserved seats; if something is wrong with it, only say what.

    Raises:
        Refusal: ``elections.profile_published``, ``elections.profile_late``, ``elections.sealed``.
    """
    election = _changeable(session, election_id)
    needs = election.needs.put(part)
    found = problems(session, election, needs)
    mine = tuple(problem for problem in found if problem.part == part.id)
    if not mine:
        _keep(session, who, now, election, needs)
    return mine


def drop(session: Session, who: Actor, now: datetime, election_id: str, part_id: str) -> None:
    """Take a part out of the profile. Raises as :func:`put`."""
    election = _changeable(session, election_id)
    _keep(session, who, now, election, election.needs.drop(part_id))


def move(
    session: Session, who: Actor, now: datetime, election_id: str, part_id: str, steps: int
) -> None:
    """Put a part earlier or later; of reserved seats the first goes first. Raises as ``put``."""
    election = _changeable(session, election_id)
    _keep(session, who, now, election, election.needs.move(part_id, steps))


def trial(session: Session, election_id: str, standing: int) -> Trial | None:
    """The profile tried with so many candidates; ``None`` as long as the register is empty.

    The same reserved seats always give the same trial: their fingerprint is the seed.

    Raises:
        Refusal: ``elections.unknown``, ``elections.count_too_hard``.
    """
    election = store.get(session, election_id)
    plan, needs = election.plan, election.needs
    strata = _strata(session, election)
    if not strata:
        return None
    setting = Setting(
        needs=needs,
        board=rules_for(session, election).board,
        max_board=plan.max_board,
        sitting=tuple(sitting_on(session, plan.seats_from)),
        strata=strata,
        last=_last_candidates(session, election),
    )
    reserved = [[one.group, one.seats, one.if_short] for one in needs.reserved]
    seed = digest(canonical([reserved, plan.max_board, standing]))
    return simulate(setting, standing, seed.encode())


def _keep(session: Session, who: Actor, now: datetime, election: Election, needs: Needs) -> None:
    profiles.keep_needs(session, election.id, needs)
    record(session, who, now, "elections.profile_changed", {"election": election.id})


def _changeable(session: Session, election_id: str) -> Election:
    store.lock(session, election_id)
    return open_to_change(session, election_id)


def _strata(session: Session, election: Election) -> tuple[Stratum, ...]:
    if election.roll_id is not None:
        return margins.of_roll(session, election.roll_id)
    return margins.of_base(session, EVERY_CUSTOMER, election.plan.reference_date)


def _last_candidates(session: Session, election: Election) -> tuple[Stratum, ...]:
    """What the register said of those who stood the last time; who they were plays no part."""
    found = profiles.stood_before(session, election.plan.opens_at)
    roll_id, numbers = found or ("", [])
    entries = (entry_by_number(session, roll_id, number) for number in numbers)
    return tuple(Stratum(one.kind, one.age_band, one.neighbourhood, 1) for one in entries if one)
