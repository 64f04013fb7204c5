"""The rules of the board: which hold on a day, and how the council gives itself newer ones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.clock import day_of
from consult.council.core.agreement import Agreement, rules_on
from consult.council.core.rule_file import fingerprint, read
from consult.council.core.versions import Day, Difference, Version, differences, effect, until
from consult.council.store import agreements as store
from consult.council.store import board
from consult.db.types import new_id
from consult.refusal import Refusal

ADOPT: Final = "council.adopt_rules"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a set of rules would change: ``before`` holds on its first day as things stand.

    ``days``: the board under it. ``until``: the day on which a set that is already adopted follows.
    ``effect``: what two people agree on.
    """

    before: Agreement
    differences: tuple[Difference, ...]
    days: tuple[Day, ...]
    until: date | None
    effect: bytes


def agreement_on(session: Session, day: date) -> Agreement:
    """The rules that are in force on a day.

    Raises:
        Refusal: ``council.no_rules`` for a day before the first agreement.
    """
    return rules_on(store.agreements(session), day)


def hand_in(session: Session, who: Actor, now: datetime, raw: bytes) -> str:
    """Keep a set of rules for two people to decide on; the answer is its id.

    Raises:
        Refusal: as :func:`consult.council.core.rule_file.read`; ``council.rules_start_past``,
            ``council.rules_start_taken``, ``council.rules_unchanged``.
    """
    agreement = read(raw)
    _refuse_start(session, now, agreement)
    if not differences(agreement_on(session, agreement.start), agreement):
        raise Refusal("council.rules_unchanged", field="start", start=agreement.start)
    made = store.add(session, who, now, new_id(), agreement)
    _record(session, who, now, "council.rules_handed_in", made)
    return made.id


def drop(session: Session, who: Actor, now: datetime, version_id: str) -> None:
    """Decide against a set that waits.

    Raises:
        Refusal: ``council.rules_unknown``, ``council.rules_decided``.
    """
    found = _waiting(session, version_id)
    store.drop(session, version_id, now)
    _record(session, who, now, "council.rules_dropped", found)


def preview(session: Session, now: datetime, found: Version) -> Preview:
    """What a set that waits would change, in the rules and for the board."""
    adopted = store.adopted(session)
    known = tuple(version.agreement for version in adopted)
    new = found.agreement
    before = rules_on(known, new.start)
    return Preview(
        before,
        differences(before, new),
        effect(board.mandates(session), known, new, day_of(now)),
        until(adopted, found),
        canonical({"adopt": found.sha256, "instead_of": fingerprint(before)}),
    )


def propose(session: Session, who: Actor, now: datetime, version_id: str) -> None:
    """Propose to adopt a set that was handed in.

    Raises:
        Refusal: ``council.rules_unknown``, ``council.rules_decided``, ``council.rules_start_past``,
            ``council.rules_start_taken``, ``accounts.propose_not_yours``.
    """
    found = _waiting(session, version_id)
    _refuse_start(session, now, found.agreement)
    told = preview(session, now, found).effect
    approvals.propose(session, who, now, ADOPT, version_id, told)


def adopt(session: Session, who: Actor, now: datetime, version_id: str, shown: str) -> None:
    """Approve the set that somebody else proposed, and so adopt it.

    ``shown`` is the fingerprint of the effect on the page on which she agreed. It changes when the
    rules that the set replaces do.

    Raises:
        Refusal: as :func:`propose`, and as :func:`consult.accounts.actions.approvals.approve`.
    """
    store.hold(session)
    found = _waiting(session, version_id)
    _refuse_start(session, now, found.agreement)
    told = preview(session, now, found).effect
    approvals.approve(session, who, now, ADOPT, version_id, told, shown)
    store.adopt(session, version_id, now)
    _record(session, who, now, "council.rules_adopted", found)


def _waiting(session: Session, version_id: str) -> Version:
    found = store.version(session, version_id)
    if found is None:
        raise Refusal("council.rules_unknown")
    if found.adopted or found.dropped_at is not None:
        raise Refusal("council.rules_decided")
    return found


def _refuse_start(session: Session, now: datetime, new: Agreement) -> None:
    """What happened was judged by the rules of its day, and stays so."""
    today = day_of(now)
    if new.start < today:
        raise Refusal("council.rules_start_past", field="start", start=new.start, today=today)
    if new.start == today == agreement_on(session, today).start:
        raise Refusal("council.rules_start_taken", field="start", start=new.start)


def _record(session: Session, who: Actor, now: datetime, kind: str, found: Version) -> None:
    facts = {
        "version": found.id,
        "fingerprint": found.sha256,
        "start": found.agreement.start.isoformat(),
    }
    record(session, who, now, kind, facts)
