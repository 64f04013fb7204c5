"""Publication: the whole archive was checked, two people agree, and the elected get their seats."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.canonical import canonical
from consult.clock import day_of
from consult.elections.actions.document import document, slug_of
from consult.elections.actions.listing import forget_applications
from consult.elections.actions.outcome import balance, counted, outcome
from consult.elections.actions.preselection import forget_assessments
from consult.elections.actions.seating import seat_elected
from consult.elections.core.election import Verification, digest
from consult.elections.core.outcome import DrawNeeded
from consult.elections.core.sealed import Outcome
from consult.elections.core.signing import Signed, missing
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import signatures, voters
from consult.refusal import Refusal
from consult.site import store as publications
from consult.site.actions import publish as publish_document
from consult.site.core import Publication

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
    """Publish the result, seat the elected and give chair and executive their posts.

    One transaction: what the council's rules refuse takes all of it back. What could join a person
    to a credential is erased here.

    Raises:
        Refusal: as :func:`publication_effect`; ``elections.not_signed`` as long as the secretary
            or the chair did not sign this very record; ``elections.not_approved``;
            ``council.*`` when the board or an office would break a rule.
    """
    store.lock(session, election_id)
    effect = publication_effect(session, election_id)
    result = counted(session, election_id)
    names = signed(session, election_id)
    if missing(one.role for one in names):
        raise Refusal("elections.not_signed")
    if not approvals.approved(session, PUBLISH, election_id, effect):
        raise Refusal("elections.not_approved")
    election = store.get(session, election_id)
    start = max(day_of(now), election.plan.seats_from)
    seat_elected(session, who, now, election, result.offices, start)
    publish_document(session, who, now, document(result, names))
    voters.forget_marks(session, election_id)
    forget_assessments(session, election_id)
    forget_applications(session, election_id)
    store.mark(session, election_id, published_at=now)
    record(
        session,
        who,
        now,
        "elections.published",
        {"election": election_id, "effect": digest(effect)},
    )


def signed(session: Session, election_id: str) -> list[Signed]:
    """Who signed the record as it is now, for the record itself.

    Raises:
        Refusal: as :func:`consult.elections.actions.outcome.outcome`.
    """
    current = digest(outcome(session, election_id).record)
    return [
        Signed(one.name, str(one.role), day_of(one.signed_at))
        for one in signatures.signatures(session, election_id)
        if one.record == current
    ]


def published_document(session: Session, uuid: str) -> Publication:
    """The newest version of what was published, as it stands on the site.

    Raises:
        Refusal: ``elections.unknown``, ``elections.not_published``.
    """
    election = store.by_uuid(session, uuid)
    found = publications.publication(session, slug_of(uuid))
    if election.published_at is None or found is None:
        raise Refusal("elections.not_published")
    return found


def published(session: Session, uuid: str) -> Outcome:
    """What was counted and how, once it is public.

    Raises:
        Refusal: ``elections.unknown``, ``elections.not_published``.
    """
    election = store.by_uuid(session, uuid)
    if election.published_at is None:
        raise Refusal("elections.not_published")
    return outcome(session, election.id)
