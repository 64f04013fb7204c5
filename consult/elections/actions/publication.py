"""Publication: the whole archive was checked, two people agree, and the elected get their seats."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.clock import day_of
from consult.council.actions.board import NewMandate, seat
from consult.council.core.rules import TENANT
from consult.elections.actions.document import document
from consult.elections.actions.outcome import Counted, Outcome, balance, counted, outcome
from consult.elections.core.election import Verification, digest, parse_seal
from consult.elections.core.outcome import DrawNeeded
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import people, voters
from consult.refusal import Refusal
from consult.site.actions import publish as publish_document

PUBLISH = "elections.publish"


def unchecked(session: Session) -> list[str]:
    """Ids of opened elections whose archive was not checked to the end yet."""
    return store.opened_unchecked(session)


def note_verified(session: Session, election_id: str, head: str, findings: Sequence[str]) -> None:
    """Note what the strict verifier found in the archive up to the event ``head``."""
    store.keep_verification(session, election_id, Verification(head, tuple(findings)))


def publication_effect(session: Session, election_id: str) -> bytes:
    """What publication will fix, for two people to agree on.

    Raises:
        Refusal: ``elections.published``, ``elections.draw_needed``, ``elections.not_verified``,
            ``elections.counts_differ``.
    """
    if store.get(session, election_id).published_at is not None:
        raise Refusal("elections.published")
    found = outcome(session, election_id)
    if isinstance(found.result, DrawNeeded):
        raise Refusal("elections.draw_needed")
    chain, verified = box.chain(session, election_id), store.verification(session, election_id)
    if chain is None or not verified.passed or verified.head != chain.head:
        raise Refusal("elections.not_verified")
    numbers = balance(session, election_id)
    if not numbers.holds:
        raise Refusal("elections.counts_differ", **numbers._asdict())
    return canonical(
        {
            "case": digest(found.case),
            "record": digest(found.record),
            "archive": chain.head,
            "seal": digest(store.seal(session, election_id) or b""),
        }
    )


def publish(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Publish the result and seat the elected; one transaction.

    What could join a person to a credential is erased here.

    Raises:
        Refusal: as :func:`publication_effect`; ``elections.not_approved``.
    """
    store.lock(session, election_id)
    effect = publication_effect(session, election_id)
    if not approvals.approved(session, PUBLISH, election_id, effect):
        raise Refusal("elections.not_approved")
    result = counted(session, election_id)
    seat(session, who, now, _mandates(session, result, day_of(now)))
    publish_document(session, who, now, document(result))
    voters.forget_marks(session, election_id)
    store.mark(session, election_id, published_at=now)
    record(
        session,
        who,
        now,
        "elections.published",
        {"election": election_id, "effect": digest(effect)},
    )


def published(session: Session, uuid: str) -> Outcome:
    """What was counted and how, once it is public.

    Raises:
        Refusal: ``elections.unknown``, ``elections.not_published``.
    """
    election = store.by_uuid(session, uuid)
    if election.published_at is None:
        raise Refusal("elections.not_published")
    return outcome(session, election.id)


def _mandates(session: Session, result: Counted, start: date) -> list[NewMandate]:
    """Who is elected, as the seal named them: what stands elsewhere could have been changed."""
    election = result.election
    sealed = parse_seal(store.seal(session, election.id) or b"")
    standing = {one["id"]: one for one in sealed["candidates"]}
    numbers = people.customer_numbers(session, election.id)
    return [
        NewMandate(
            name=standing[one]["name"],
            tenant=TENANT in standing[one]["groups"],
            start=max(start, election.plan.seats_from),
            end=election.plan.seats_until,
            election_id=election.id,
            customer_number=numbers.get(one, ""),
        )
        for one in result.result.elected
    ]
