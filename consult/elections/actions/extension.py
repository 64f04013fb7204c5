"""More time to apply: two people agree, and the profile gets a next version that says so."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.elections.actions.call import announce_call
from consult.elections.actions.paper import rules_for
from consult.elections.actions.profile import content, issue
from consult.elections.core.election import Election, digest
from consult.elections.store import elections as store
from consult.elections.store import profile as profiles
from consult.refusal import Refusal

EXTEND = "elections.extend_nominations"


def propose_extension(
    session: Session, who: Actor, now: datetime, election_id: str, until: datetime
) -> None:
    """Propose a later end of the nominations, for a second person to approve.

    Raises:
        Refusal: ``elections.not_extendable`` before the profile is published or once the list is
            fixed, ``elections.extension_early`` unless it is later than the end so far and than
            now, ``elections.extension_late`` when voting would have begun.
    """
    store.lock(session, election_id)
    _check(store.get(session, election_id), now, until)
    store.mark(session, election_id, extend_to=until)
    effect = extension_effect(session, election_id, now)
    approvals.propose(session, who, now, EXTEND, election_id, effect)


def extension_effect(session: Session, election_id: str, now: datetime) -> bytes:
    """The next version of the profile, for two people to agree on.

    Raises:
        Refusal: ``elections.no_extension`` when none was proposed; as :func:`propose_extension`.
    """
    election = store.get(session, election_id)
    if election.extend_to is None:
        raise Refusal("elections.no_extension")
    _check(election, now, election.extend_to)
    previous = digest(profiles.seal(session, election_id) or b"")
    return content(_extended(election), rules_for(session, election), previous=previous)


def extend_nominations(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Let the proposed end be the end, and publish the profile anew; one transaction.

    Raises:
        Refusal: as :func:`extension_effect`; ``elections.not_approved``.
    """
    store.lock(session, election_id)
    effect = extension_effect(session, election_id, now)
    if not approvals.approved(session, EXTEND, election_id, effect):
        raise Refusal("elections.not_approved")
    until = store.get(session, election_id).extend_to
    store.mark(session, election_id, nominate_until=until, extend_to=None)
    issue(session, who, now, election_id, effect)
    announce_call(session, store.get(session, election_id))
    record(session, who, now, "elections.nominations_extended", {"election": election_id})


def _extended(election: Election) -> Election:
    plan = replace(election.plan, nominate_until=election.extend_to)
    return replace(election, plan=plan)


def _check(election: Election, now: datetime, until: datetime) -> None:
    ends = election.plan.nominate_until
    fixed = election.listed_at or election.codes_at or election.sealed_at
    if election.profile_at is None or ends is None or fixed is not None:
        raise Refusal("elections.not_extendable")
    if until <= max(ends, now):
        raise Refusal("elections.extension_early")
    if until > election.plan.opens_at:
        raise Refusal("elections.extension_late")
