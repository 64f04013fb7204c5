"""Importing the register: hand in, plan, propose, approve, apply; or reject."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor, Role
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.clock import day_of
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.register.core.csvfile import MOST_BYTES
from consult.register.core.imports import REJECTABLE, Import, State
from consult.register.core.plan import ImportPlan, Numbers, Reached, make_plan
from consult.register.store import base, imports
from consult.register.store.base import Held
from consult.register.store.seal import Seals
from consult.web.queue import enqueue

ACT = "register.apply"
LONGEST_FILENAME = 100


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and the base that it was made for."""

    plan: ImportPlan
    held: Held


def hand_in(
    session: Session, who: Actor, now: datetime, seals: Seals, filename: str, file: bytes
) -> str:
    """Keep a file for planning; the answer is the import's id.

    Raises:
        Refusal: ``register.file_too_large``.
    """
    if len(file) > MOST_BYTES:
        raise Refusal("register.file_too_large", most=MOST_BYTES // 1024 // 1024)
    handed_in = Import(
        id=new_id(),
        state=State.UPLOADED,
        filename=filename[-LONGEST_FILENAME:],
        uploaded_by=who.account_id,
        uploaded_at=now,
        ended_at=None,
        job_id=None,
        plan_serial=0,
        fingerprint="",
        numbers=Numbers(),
        problems=(),
    )
    imports.add(session, handed_in, file, seals.file)
    record(session, who, now, "register.file_handed_in", {"import": handed_in.id})
    return handed_in.id


def ask_for_plan(session: Session, now: datetime, import_id: str) -> str:
    """Have the plan made in the background; the answer is the job's id."""
    job_id = enqueue(session, now, "register.plan", {"import": import_id})
    imports.wait_for_job(session, import_id, job_id)
    return job_id


def prepare(
    session: Session, now: datetime, seals: Seals, import_id: str, reached: Reached
) -> Prepared:
    """Make the plan of an import; nothing is written.

    Raises:
        Refusal: ``register.import_unknown``, or ``register.import_over`` when its file is gone.
    """
    known(session, import_id)
    file = imports.file(session, import_id, seals.file)
    if file is None:
        raise Refusal("register.import_over")
    return prepare_file(session, now, seals, file, reached)


def prepare_file(
    session: Session, now: datetime, seals: Seals, file: bytes, reached: Reached
) -> Prepared:
    """Make the plan for a file that is not kept; nothing is written."""
    held = base.current(session, seals.email)
    today = day_of(now)
    plan = make_plan(file, held.customers, imports.serial(session), today, reached)
    return Prepared(plan, held)


def keep_plan(
    session: Session, who: Actor, now: datetime, import_id: str, plan: ImportPlan
) -> None:
    """Keep the outcome of planning: ready for approval, refused, or nothing to do."""
    outcome = State.PLANNED
    if plan.problem_count:
        outcome = State.REFUSED
    elif plan.empty:
        outcome = State.APPLIED
    if not imports.move(session, import_id, {State.UPLOADED}, outcome, now):
        return  # planned before, by a runner that died afterwards, or rejected meanwhile
    imports.keep_plan(session, import_id, plan)
    facts: Payload = {"import": import_id, "state": outcome, "problems": plan.problem_count}
    record(session, who, now, "register.import_planned", facts)


def propose(session: Session, who: Actor, now: datetime, import_id: str) -> None:
    """Propose to apply a plan.

    Raises:
        Refusal: ``register.import_unknown``, ``register.not_planned``, ``register.base_changed``,
            or those of :func:`consult.accounts.actions.approvals.propose`.
    """
    planned = _current_plan(session, import_id)
    approvals.propose(session, who, now, ACT, import_id, planned.fingerprint.encode())


def approve(session: Session, who: Actor, now: datetime, import_id: str) -> str:
    """Approve what somebody else proposed, and have it applied; the answer is the job's id.

    Raises:
        Refusal: as :func:`propose`, and those of
            :func:`consult.accounts.actions.approvals.approve`.
    """
    planned = _current_plan(session, import_id)
    approvals.approve(session, who, now, ACT, import_id, planned.fingerprint.encode())
    imports.move(session, import_id, {State.PLANNED}, State.APPROVED, now)
    job_id = enqueue(session, now, ACT, {"import": import_id})
    imports.wait_for_job(session, import_id, job_id)
    return job_id


def apply(
    session: Session, who: Actor, now: datetime, seals: Seals, import_id: str, prepared: Prepared
) -> None:
    """Carry out an approved plan, all of it or nothing.

    Raises:
        Refusal: ``register.not_approved`` unless two people approved exactly this plan,
            ``register.base_changed`` when another import was applied since it was made.
    """
    plan = prepared.plan
    if not approvals.approved(session, ACT, import_id, plan.fingerprint.encode()):
        raise Refusal("register.not_approved")
    if not imports.move(session, import_id, {State.APPROVED}, State.APPLIED, now):
        raise Refusal("register.not_approved")
    current = imports.serial(session)
    if current != plan.serial or not imports.claim_serial(session, import_id, current + 1):
        raise Refusal("register.base_changed")
    base.apply(session, plan, prepared.held, seals.email, day_of(now))
    numbers = plan.numbers
    facts: Payload = {
        "import": import_id,
        "fingerprint": plan.fingerprint,
        "new": numbers.new,
        "changed": numbers.changed,
        "ended": numbers.ended,
        "excluded": numbers.excluded_stadswonen,
    }
    record(session, who, now, "register.import_applied", facts)


def refuse(session: Session, who: Actor, now: datetime, import_id: str, reason: str) -> None:
    """End an approved import that could not be applied."""
    if imports.move(session, import_id, {State.APPROVED}, State.REFUSED, now):
        facts = {"import": import_id, "reason": reason}
        record(session, who, now, "register.import_refused", facts)


def reject(session: Session, who: Actor, now: datetime, import_id: str) -> None:
    """Decide against an import that is not applied yet, or take it back; its file is erased.

    Raises:
        Refusal: ``register.import_unknown`` also for a file that this person may not see, or
            ``register.import_over``.
    """
    if seen_by(session, who, import_id) is None:
        raise Refusal("register.import_unknown")
    if not imports.move(session, import_id, REJECTABLE, State.REJECTED, now):
        raise Refusal("register.import_over")
    record(session, who, now, "register.import_rejected", {"import": import_id})


def known(session: Session, import_id: str) -> Import:
    """The import of that id.

    Raises:
        Refusal: ``register.import_unknown``.
    """
    found = imports.get(session, import_id)
    if found is None:
        raise Refusal("register.import_unknown")
    return found


def seen_by(session: Session, who: Actor, import_id: str) -> Import | None:
    """The import of that id, if this person may see it: a facilitator sees files of her own."""
    found = imports.get(session, import_id)
    return found if found and (_decides(who) or found.uploaded_by == who.account_id) else None


def shown_to(session: Session, who: Actor, most: int) -> list[Import]:
    """The newest imports that this person may see."""
    return imports.newest(session, None if _decides(who) else who.account_id, most)


def _decides(who: Actor) -> bool:
    return bool(who.roles & {Role.SECRETARY, Role.CHAIR})


def _current_plan(session: Session, import_id: str) -> Import:
    planned = known(session, import_id)
    if planned.state is not State.PLANNED:
        raise Refusal("register.not_planned")
    if planned.plan_serial != imports.serial(session):
        raise Refusal("register.base_changed")
    return planned
