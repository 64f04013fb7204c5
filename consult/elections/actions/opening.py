"""Opening an election: two people agree, everything is sealed, and the archive begins."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from gmpy2 import mpz
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.belenios import archive, trustee
from consult.belenios import election as protocol
from consult.belenios.election import Election as Paper
from consult.belenios.election import Question
from consult.canonical import canonical
from consult.council.actions.board import sitting_on
from consult.council.core.agreement import Ties
from consult.elections.actions import preflight
from consult.elections.actions.electorate import refuse_other_electorate
from consult.elections.actions.paper import asked, elects, question
from consult.elections.actions.profile import ruling
from consult.elections.core.draw import REVEAL_LASTS
from consult.elections.core.election import Election, digest, paper_order, parse_seal
from consult.elections.core.gaps import gaps
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import people, voters
from consult.elections.store import profile as profiles
from consult.refusal import Refusal
from consult.register.actions import rolls
from consult.site.actions import announce
from consult.site.core import Text
from consult.wording import LANGUAGES

OPEN = "elections.open"


def opening_effect(session: Session, election_id: str, now: datetime) -> bytes:
    """What opening will fix, for two people to agree on: the seal, but for the fingerprint.

    Raises:
        Refusal: ``elections.sealed``, or ``elections.not_ready``; ``gaps`` says what is missing;
            ``elections.roll_other_rules``, ``elections.no_board_possible`` or
            ``elections.profile_altered``.
    """
    election = store.get(session, election_id)
    if election.sealed_at is not None:
        raise Refusal("elections.sealed")
    missing = gaps(
        election,
        people.candidates(session, election_id),
        people.holders(session, election_id),
        now,
        elects(session, election),
    )
    if missing:
        raise Refusal("elections.not_ready", gaps=tuple(missing))
    refuse_other_electorate(session, election)
    return canonical(_sealed(session, election))


def open_election(session: Session, who: Actor, now: datetime, election_id: str) -> None:
    """Seal the election and start its archive; votes are taken from the hour that it says.

    Raises:
        Refusal: ``elections.not_ready`` or ``elections.not_approved``.
    """
    store.lock(session, election_id)
    effect = opening_effect(session, election_id, now)
    if not approvals.approved(session, OPEN, election_id, effect):
        raise Refusal("elections.not_approved")
    election = store.get(session, election_id)
    roll = rolls.freeze_roll(session, who, now, str(election.roll_id))
    seal = canonical({**parse_seal(effect), "roll_fingerprint": roll.fingerprint})
    paper = _begin(session, now, election, digest(seal))
    store.mark(session, election_id, seal=seal, sealed_at=now, paper=paper.raw)
    announce(
        session,
        f"verkiezing-{election.uuid.lower()}",
        {language: Text(election.plan.title) for language in LANGUAGES},
        f"/verkiezing/{election.uuid}",
        election.plan.opens_at,
        election.plan.closes_at,
        kind="election",
    )
    record(session, who, now, "elections.opened", {"election": election_id, "seal": digest(seal)})


def _begin(session: Session, now: datetime, election: Election, seal_hash: str) -> Paper:
    """The ballot paper, with which the archive begins."""
    holders = [
        trustee.parse_trustee(holder.key or b"") for holder in people.holders(session, election.id)
    ]
    paper = _paper(session, election, trustee.combined_key(holders), seal_hash)
    begun = archive.start(int(now.timestamp()))
    box.begin(session, election.id, begun)
    credentials = voters.credentials_file(session, election.id)
    setup = archive.setup(begun.chain, paper.raw, trustee.trustees_file(holders), credentials)
    box.append(session, election.id, setup)
    return paper


def _sealed(session: Session, election: Election) -> Mapping[str, Any]:
    plan = election.plan
    outlook = preflight.flight(session, election.id)
    preflight.check(outlook)
    profile = profiles.seal(session, election.id)
    ordered = paper_order(election.uuid, people.candidates(session, election.id))
    return {
        "schema": "consult-seal/1",
        "uuid": election.uuid,
        "title": plan.title,
        "profile": plan.profile,
        "max_board": plan.max_board,
        "max_choices": plan.max_choices,
        "reference_date": plan.reference_date.isoformat(),
        "opens_at": plan.opens_at.astimezone(UTC).isoformat(),
        "closes_at": plan.closes_at.astimezone(UTC).isoformat(),
        "seats_from": plan.seats_from.isoformat(),
        "seats_until": plan.seats_until.isoformat(),
        "profile_digest": profile and digest(profile),
        "rules": ruling(session, election),
        "outlook": outlook.facts,
        "sitting": [
            {"id": person.id, "groups": sorted(person.groups)}
            for person in sitting_on(session, plan.seats_from)
        ],
        "contests": [one.json() for one in asked(session, election)],
        "candidates": [
            {
                "id": candidate.id,
                "name": candidate.name,
                "statement": candidate.statement,
                "groups": sorted(candidate.groups),
            }
            for candidate in ordered
        ],
        "key_holders": [
            {"name": holder.name, "key": digest(holder.key or b"")}
            for holder in people.holders(session, election.id)
        ],
        "codes_made_by": "registrar, on this server",
        "credentials": digest(voters.credentials_file(session, election.id)),
        "voters": voters.count_credentials(session, election.id),
        "ties": _ties(session, election),
    }


def _ties(session: Session, election: Election) -> Mapping[str, Any]:
    """How a lot will be made, and for a computed one what the key holders committed to."""
    if election.plan.ties is Ties.PUBLIC_DRAW:
        return {"procedure": str(Ties.PUBLIC_DRAW)}
    return {
        "procedure": str(Ties.COMMIT_BEACON),
        "beacon": election.plan.beacon,
        "reveal_hours": REVEAL_LASTS // timedelta(hours=1),
        "commitments": [
            {"name": holder.name, "commitment": holder.lot}
            for holder in people.holders(session, election.id)
        ],
    }


def _paper(session: Session, election: Election, key: mpz, seal: str) -> Paper:
    title = election.plan.title
    names = {one.id: one.name for one in people.candidates(session, election.id)}
    questions = [
        Question(
            question=question(title, one.office),
            answers=tuple(names[candidate] for candidate in one.candidates),
            min=0,
            max=one.choices,
        )
        for one in asked(session, election)
    ]
    return protocol.build(election.uuid, title, f"Consult seal SHA-256 {seal}", key, questions)
