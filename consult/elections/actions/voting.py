"""Voting: opening, taking ballots in, and closing."""

import base64
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from consult.accounts.actions import approvals
from consult.actor import SYSTEM, Actor
from consult.audit.actions import record
from consult.belenios import archive, ballot, tally, trustee
from consult.belenios import election as protocol
from consult.belenios.ballot import Ballot
from consult.belenios.election import Election as Paper
from consult.belenios.election import Question
from consult.belenios.invalid import Invalid
from consult.council.actions import sitting_on
from consult.council.core.agreement import rules_on
from consult.council.core.rules import as_json
from consult.elections.core.election import (
    Election,
    Phase,
    canonical,
    digest,
    gaps,
    paper_order,
    receipt_text,
)
from consult.elections.core.marks import credential_hash, voter_mark
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.refusal import Refusal
from consult.register.actions import rolls
from consult.register.store.rolls import entries
from consult.site.actions import announce
from consult.site.core import Text
from consult.wording import LANGUAGES

OPEN = "elections.open"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server's word that a ballot is in the archive."""

    tracker: str
    height: int
    event: str
    signature: str


def opening_effect(session: Session, election_id: str, now: datetime) -> bytes:
    """What opening will fix, for two people to agree on: the seal, but for the fingerprint.

    Raises:
        Refusal: ``elections.not_ready``; ``gaps`` says what is missing.
    """
    election = _get(session, election_id)
    if election.sealed_at is not None:
        raise Refusal("elections.sealed")
    missing = gaps(
        election, store.candidates(session, election_id), store.holders(session, election_id), now
    )
    if missing:
        raise Refusal("elections.not_ready", gaps=tuple(missing))
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
    election = _get(session, election_id)
    roll = rolls.freeze_roll(session, who, now, str(election.roll_id))
    seal = canonical({**_sealed(session, election), "roll_fingerprint": roll.fingerprint})
    holders = [
        trustee.parse_trustee(holder.key or b"") for holder in store.holders(session, election_id)
    ]
    paper = _paper(session, election, trustee.combined_key(holders), digest(seal))
    begun = archive.start(int(now.timestamp()))
    box.begin(session, election_id, begun)
    credentials = store.credentials_file(session, election_id)
    setup = archive.setup(begun.chain, paper.raw, trustee.trustees_file(holders), credentials)
    box.append(session, election_id, setup)
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


@lru_cache(maxsize=16)
def read_paper(raw: bytes) -> Paper:
    """The ballot paper from its exact bytes; parsing checks the key, so it is kept."""
    return protocol.parse(raw)


def paper_of(session: Session, election_id: str) -> Paper:
    """The ballot paper of a sealed election.

    Raises:
        Refusal: ``elections.not_open`` when it is not sealed yet.
    """
    raw = store.details(session, election_id).paper
    if raw is None:
        raise Refusal("elections.not_open")
    return read_paper(raw)


def check_ballot(paper: Paper, raw: bytes) -> Ballot:
    """The ballot, after all proofs have been checked: the costly part, outside any transaction.

    Raises:
        Refusal: ``elections.ballot_invalid``; ``reason`` is the protocol's code.
    """
    try:
        return ballot.check(raw, paper)
    except Invalid as invalid:
        raise Refusal("elections.ballot_invalid", reason=invalid.code) from invalid


def cast_ballot(
    session: Session, now: datetime, key: bytes, election_id: str, checked: Ballot
) -> Receipt:
    """Put a checked ballot in the archive; the same bytes again get the same receipt.

    ``key`` is ``settings.key("elections.receipt")``.

    Raises:
        Refusal: ``elections.not_open``, ``elections.credential_unknown``.
    """
    chain = box.chain(session, election_id)
    found = box.place(session, election_id, checked.tracker)
    election = _get(session, election_id)
    if found is None:
        if chain is None or election.phase(now) is not Phase.OPEN:
            raise Refusal("elections.not_open")
        hashed = credential_hash(checked.credential)
        if not store.knows_credential(session, election_id, hashed):
            raise Refusal("elections.credential_unknown")
        appended = archive.cast(chain, checked.raw)
        box.append(session, election_id, appended)
        found = box.Place(checked.tracker, chain.height, str(appended.chain.head))
        box.add_ballot(session, election_id, found, hashed, len(checked.raw))
    return _receipt(key, election.uuid, found)


def receipt_key(key: bytes) -> str:
    """The public key, in hex, with which anybody checks the signature of a receipt."""
    return bytes(SigningKey(key).verify_key).hex()


def close(session: Session, now: datetime, key: bytes, election_id: str) -> None:
    """End the voting of an election whose hour has come, and add up what is in the box.

    Nothing is opened here: the sum stays encrypted until every key holder has done a part.
    Turnout per group is counted once, now. ``key`` is ``settings.key("elections.marks")``.
    """
    chain = box.chain(session, election_id)
    election = _get(session, election_id)
    if chain is None or election.closed_at is not None:
        return
    if now < election.plan.closes_at:
        raise Refusal("elections.not_over")
    paper = paper_of(session, election_id)
    counted = 0
    total = tally.empty_tally(paper)
    for raw in box.last_ballots(session, election_id):
        total = tally.add(total, tally.encrypted_tally(paper, [ballot.parse(raw)]))
        counted += 1
    ended = archive.end_ballots(chain)
    box.append(session, election_id, ended)
    summed = archive.encrypted_tally(ended.chain, tally.tally_file(total), counted)
    box.append(session, election_id, summed)
    store.mark(session, election_id, closed_at=now, tally=tally.tally_file(total), voters=counted)
    _count_turnout(session, key, election)
    record(session, SYSTEM, now, "elections.closed", {"election": election_id, "voters": counted})


def due(session: Session, now: datetime) -> list[str]:
    """Ids of elections whose voting has to be ended."""
    return store.to_close(session, now)


def _count_turnout(session: Session, key: bytes, election: Election) -> None:
    entry_of_mark = store.entries_by_mark(session, election.id)
    marks = (voter_mark(key, election.id, one) for one in box.voters(session, election.id))
    voted = {entry_of_mark[mark] for mark in marks}
    invited: Counter[tuple[str, str, str]] = Counter()
    took_part: Counter[tuple[str, str, str]] = Counter()
    for entry in entries(session, str(election.roll_id)):
        group = (str(entry.kind), str(entry.age_band), entry.neighbourhood)
        invited[group] += 1
        took_part[group] += entry.id in voted
    store.add_turnout(
        session,
        election.id,
        (
            {
                "kind": kind,
                "age_band": band,
                "neighbourhood": place,
                "invited": number,
                "participants": took_part[kind, band, place],
            }
            for (kind, band, place), number in sorted(invited.items())
        ),
    )


def _sealed(session: Session, election: Election) -> Mapping[str, Any]:
    plan = election.plan
    rules = rules_on(plan.seats_from)
    ordered = paper_order(election.uuid, store.candidates(session, election.id))
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
        "rules": {"source": rules.source, "board": as_json(rules.board)},
        "sitting": [
            {"id": person.id, "groups": sorted(person.groups)}
            for person in sitting_on(session, plan.seats_from)
        ],
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
            for holder in store.holders(session, election.id)
        ],
        "codes_made_by": "registrar, on this server",
        "credentials": digest(store.credentials_file(session, election.id)),
        "voters": store.count_credentials(session, election.id),
        "ties": "public draw, entered by two people",
    }


def _paper(session: Session, election: Election, key: Any, seal: str) -> Paper:
    ordered = paper_order(election.uuid, store.candidates(session, election.id))
    question = Question(
        question=election.plan.title,
        answers=tuple(candidate.name for candidate in ordered),
        min=0,
        max=min(election.plan.max_choices, len(ordered)),
    )
    return protocol.build(
        election.uuid, election.plan.title, f"Consult seal SHA-256 {seal}", key, [question]
    )


def _receipt(key: bytes, uuid: str, found: box.Place) -> Receipt:
    signed = SigningKey(key).sign(receipt_text(uuid, found.tracker, found.height, found.event))
    signature = base64.b64encode(signed.signature).decode()
    return Receipt(found.tracker, found.height, found.event, signature)


def _get(session: Session, election_id: str) -> Election:
    election = store.get(session, election_id)
    if election is None:
        raise Refusal("elections.unknown")
    return election
