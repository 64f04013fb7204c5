"""The list of candidates: what became of the applications, fixed by two people and published."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.canonical import canonical
from consult.db.types import new_id
from consult.elections.actions import preselection
from consult.elections.actions.call import call_for, roll_of
from consult.elections.actions.list_document import document
from consult.elections.actions.standing import barred
from consult.elections.core.election import Candidate, Election, digest
from consult.elections.core.nomination import Application, Call, Standing
from consult.elections.store import applications, people
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.register.store.rolls import entry_by_number
from consult.site.actions import publish

FIX = "elections.fix_list"


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many applied, counting those who stepped back, and how many are how far.

    ``drafts`` are not told of anybody by name: nobody owes the council an application.
    """

    drafts: int
    submitted: int
    withdrawn: int
    on_paper: int

    @property
    def applied(self) -> int:
        """Who ever handed in an application that was not taken back for a change."""
        return self.submitted + self.withdrawn


def numbers(session: Session, election_id: str) -> Numbers:
    """How many applications there are, by how far they are."""
    every = applications.every(session, election_id)
    counted = {kind: sum(one.standing is kind for one in every) for kind in Standing}
    return Numbers(
        drafts=counted[Standing.DRAFT],
        submitted=counted[Standing.SUBMITTED],
        withdrawn=counted[Standing.WITHDRAWN],
        on_paper=sum(one.on_paper for one in every),
    )


def to_list(session: Session, now: datetime, election_id: str) -> list[Application]:
    """Who will stand: handed in, let through, and a customer still.

    Raises:
        Refusal: ``elections.unknown``, ``elections.no_call``, ``elections.nominations_open`` before
            the deadline, ``elections.listed`` when the list was fixed,
            ``elections.preselection_open`` while it is not decided who is let through.
    """
    election = store.get(session, election_id)
    call = call_for(election, now)
    if call is Call.NONE:
        raise Refusal("elections.no_call")
    if election.listed_at is not None:
        raise Refusal("elections.listed")
    if call is not Call.OVER:
        raise Refusal("elections.nominations_open")
    handed_in = applications.every(session, election_id, Standing.SUBMITTED)
    admitted = preselection.admitted(session, now, election_id)
    return [one for one in handed_in if one.id in admitted and _may(session, now, election, one)]


def list_effect(session: Session, now: datetime, election_id: str) -> bytes:
    """What fixing the list will do, for two people to agree on.

    Raises:
        Refusal: as :func:`to_list`; ``elections.list_empty`` when nobody would stand;
            ``elections.candidates_entered`` when the desk put people on the list by hand.
    """
    standing = to_list(session, now, election_id)
    if people.candidates(session, election_id):
        raise Refusal("elections.candidates_entered")
    if not standing:
        raise Refusal("elections.list_empty")
    return canonical(
        {
            "schema": "consult-list/1",
            "election": election_id,
            "applied": numbers(session, election_id).applied,
            "candidates": [
                {
                    "application": one.id,
                    "name": one.name,
                    "statement": one.statement,
                    "answers": dict(one.answers),
                    "groups": sorted(one.groups),
                    "stands_for": sorted(one.stands_for),
                    "photo": digest(applications.photo(session, one.id) or b""),
                }
                for one in standing
            ],
        }
    )


def fix_list(session: Session, who: Actor, now: datetime, election_id: str) -> int:
    """Put the applicants on the list of candidates, and publish it; how many stand.

    Raises:
        Refusal: as :func:`list_effect`; ``elections.not_approved``.
    """
    store.lock(session, election_id)
    effect = list_effect(session, now, election_id)
    if not approvals.approved(session, FIX, election_id, effect):
        raise Refusal("elections.not_approved")
    standing = to_list(session, now, election_id)
    for one in standing:
        people.add_candidate(
            session, election_id, _candidate(one), applications.number_of(session, one.id)
        )
    store.mark(session, election_id, listed_at=now)
    publish_list(session, who, now, store.get(session, election_id))
    facts: Payload = {
        "election": election_id,
        "candidates": len(standing),
        "effect": digest(effect),
    }
    record(session, who, now, "elections.list_fixed", facts)
    return len(standing)


def publish_list(session: Session, who: Actor, now: datetime, election: Election) -> None:
    """Put the list on the site: a first version, or a new one when somebody stepped back."""
    counted = numbers(session, election.id)
    publish(
        session,
        who,
        now,
        document(
            election,
            people.candidates(session, election.id),
            election.needs,
            applied=counted.applied,
            withdrawn=counted.withdrawn,
        ),
    )


def portrait(session: Session, uuid: str, candidate_id: str) -> bytes | None:
    """The photo of a candidate, once the list is fixed and until the result is public."""
    election = store.by_uuid(session, uuid)
    if election.listed_at is None:
        return None
    standing = people.candidates(session, election.id)
    found = next((one.application_id for one in standing if one.id == candidate_id), None)
    return applications.photo(session, found) if found else None


def portraits(session: Session, election_id: str) -> frozenset[str]:
    """Ids of the candidates with a photo."""
    held = applications.with_photo(session, election_id)
    standing = people.candidates(session, election_id)
    return frozenset(one.id for one in standing if one.application_id in held)


def stepped_back(session: Session, election_id: str) -> frozenset[str]:
    """Ids of the candidates who withdrew when the paper was fixed already."""
    gone = {one.id for one in applications.every(session, election_id, Standing.WITHDRAWN)}
    standing = people.candidates(session, election_id)
    return frozenset(one.id for one in standing if one.application_id in gone)


def forget_applications(session: Session, election_id: str) -> None:
    """Erase all applications and photos: what the election needed them for is over.

    Candidates keep what the paper and the seal say of them; nobody else leaves a trace.
    """
    applications.forget(session, election_id)


def _may(session: Session, now: datetime, election: Election, application: Application) -> bool:
    roll = roll_of(session, election.id)
    number = applications.number_of(session, application.id)
    entry = entry_by_number(session, roll.id, number) if roll else None
    return barred(session, now, election, entry, application) is None


def _candidate(application: Application) -> Candidate:
    return Candidate(
        id=new_id(),
        name=application.name,
        statement=application.statement,
        groups=application.groups,
        stands_for=application.stands_for,
        answers=application.answers,
        application_id=application.id,
    )
