"""Opening the envelopes: two people agree, a holder brings her key, and strata go.

All of it is one transaction, so that a crash leaves everything sealed or everything opened, and
strata never stand beside answers outside it.
"""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from nacl.public import PrivateKey
from sqlalchemy.orm import Session

from consult.accounts.actions.approvals import approve, propose
from consult.accounts.core.approvals import PROPOSAL_LASTS, fingerprint
from consult.accounts.store import approvals
from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.canonical import canonical
from consult.refusal import Refusal
from consult.surveys.actions import keys, participation
from consult.surveys.core.asking.answers import from_data
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Consultation, Unsealing
from consult.surveys.core.open_answers.masking import mask
from consult.surveys.core.sealed import keyfile
from consult.surveys.core.sealed.closing import Step, check
from consult.surveys.core.sealed.parting import Apart, Remains, part, remains, standing_apart
from consult.surveys.core.sealed.sealing import KEY_BYTES, put_away, take_out, unseal
from consult.surveys.core.sealed.strata import Cell, cell_of, counted
from consult.surveys.core.sealed.weighting import Outcome
from consult.surveys.store import consultations, envelopes, holders, steps
from consult.surveys.store.envelopes import Tally

ACT: Final = "surveys.open_seals"
LASTS: Final[timedelta] = PROPOSAL_LASTS
"""How long an approval may be used."""


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """``settings.key`` of ``"surveys.answers"`` and ``"surveys.marks"``."""

    answers: bytes
    marks: bytes


def propose_opening(session: Session, who: Actor, now: datetime, consultation_id: str) -> None:
    """Propose to open the envelopes as they lie there.

    Raises:
        Refusal: as :func:`effect_of`; as :func:`consult.accounts.actions.approvals.propose`.
    """
    propose(session, who, now, ACT, consultation_id, effect_of(session, consultation_id))


def approve_opening(
    session: Session, who: Actor, now: datetime, consultation_id: str, shown: str
) -> None:
    """Agree with what another person of the council proposed; for a day a holder may then open.

    Raises:
        Refusal: as :func:`effect_of`; as :func:`consult.accounts.actions.approvals.approve`.
    """
    effect = effect_of(session, consultation_id)
    approve(session, who, now, ACT, consultation_id, effect, shown)


def effect_of(session: Session, consultation_id: str) -> bytes:
    """What two persons agree on: which envelopes, how many, and for which keys.

    Raises:
        Refusal: ``surveys.unknown``; ``surveys.step_early`` before all steps that come first were
            taken; ``surveys.unsealed``.
    """
    closed = _ready(session, consultation_id)
    return canonical(
        {
            "consultation": closed.id,
            "envelopes": envelopes.count_shuffled(session, closed.id),
            "keys": sha256(b"".join(closed.recipients)).hexdigest(),
        }
    )


def agreed(session: Session, now: datetime, consultation_id: str) -> bool:
    """Whether two persons agreed on this less than a day ago.

    Raises:
        Refusal: as :func:`effect_of`.
    """
    effect = fingerprint(effect_of(session, consultation_id))
    found = approvals.proposal(session, ACT, consultation_id)
    if found is None or found.approved_at is None or found.effect != effect:
        return False
    return now < found.approved_at + LASTS


def open_seals(
    session: Session,
    who: Actor,
    now: datetime,
    server: ServerKeys,
    consultation_id: str,
    file: bytes,
    passphrase: str,
) -> Unsealing | Problem:
    """Open all envelopes with a holder's file and passphrase, or say why they do not fit.

    Answers are written in a new random order under new ids, open and sensitive ones apart. Strata
    become weights and groups that hold ten people, and go; envelopes are erased. The key is used
    and forgotten.

    Raises:
        Refusal: as :func:`effect_of`; ``surveys.seals_not_agreed``; ``surveys.key_missing`` when
            she holds no key.
    """
    closed = _ready(session, consultation_id)
    if not agreed(session, now, consultation_id):
        raise Refusal("surveys.seals_not_agreed")
    everybody = holders.holders(session, consultation_id)
    private = keys.private_key(everybody, who, consultation_id, file, passphrase)
    if isinstance(private, Problem):
        return private
    if not keyfile.opens(private, closed.recipients, consultation_id):
        return Problem("key_file_old")
    found = _Found()
    envelopes.lay_apart(session, _parts(session, closed, private, found))
    invited = participation.counts(session, server.marks, closed) if closed.roll_id else {}
    roll = counted({cell: people for cell, (people, _) in invited.items()}, closed.strata)
    outcome, stays = remains(found.respondents, roll, closed.strata, closed.groups)
    _keep(session, closed, server.answers, found.key, stays)
    channels = put_away(server.answers, dict(found.channels))
    envelopes.keep_tally(session, consultation_id, Tally.CHANNELS, channels)
    envelopes.drop_shuffled(session, consultation_id)
    consultations.change(session, consultation_id, unsealed_at=now)
    steps.take(session, consultation_id, Step.OPENED, now)
    answers = found.respondents.total()
    told = Unsealing(
        participants=sum(people for _, people in invited.values()) or answers,
        answers=answers,
        unreadable=found.unreadable,
    )
    record(session, who, now, "surveys.unsealed", {"consultation": consultation_id, **asdict(told)})
    _record_weighing(session, who, now, consultation_id, outcome, stays)
    return told


@dataclass(slots=True)
class _Found:
    """What is learned on the way; ``key`` seals parts for this transaction and is then gone."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES))
    respondents: Counter[Cell] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0


def _ready(session: Session, consultation_id: str) -> Consultation:
    """The consultation, for this transaction alone, when opening is the next step."""
    closed = consultations.claim(session, consultation_id)
    if closed is None:
        raise Refusal("surveys.unknown")
    if not check(steps.taken(session, consultation_id), Step.OPENED):
        raise Refusal("surveys.unsealed")
    return closed


def _parts(
    session: Session, closed: Consultation, private: bytes, found: _Found
) -> Iterator[bytes]:
    """Every envelope opened and taken apart, each part sealed again under the passing key."""
    place = closed.recipients.index(bytes(PrivateKey(private).public_key))
    alone = standing_apart(closed.questions)
    for envelope in envelopes.shuffled(session, closed.id):
        content = unseal(private, place, closed.id, envelope)
        answers = None if content is None else from_data(closed.questions, content.answers)
        if content is None or answers is None:
            found.unreadable += 1
            continue
        cell = cell_of(content.strata, closed.strata)
        found.respondents[cell] += 1
        found.channels[content.channel] += 1
        together, apart = part(answers, content.quotes, alone, mask)
        yield put_away(found.key, {"cell": cell, "answers": together})
        yield from (put_away(found.key, asdict(one)) for one in apart)


def _keep(
    session: Session,
    closed: Consultation,
    answers_key: bytes,
    passing_key: bytes,
    stays: dict[Cell, Remains],
) -> None:
    """Write the parts where they stay, each kind in a random order of its own."""

    def parts() -> Iterator[dict[str, Any]]:
        return (take_out(passing_key, kept) for kept in envelopes.parts(session))

    bodies = (
        put_away(answers_key, {"answers": one["answers"], **asdict(stays[tuple(one["cell"])])})
        for one in parts()
        if "cell" in one
    )
    envelopes.add_answers(session, closed.id, bodies)
    apart = (Apart(**one) for one in parts() if "cell" not in one)
    rows = (
        (one.question, put_away(answers_key, {"answer": one.answer, "quote": one.quote}))
        for one in apart
    )
    envelopes.add_apart(session, closed.id, rows)
    envelopes.drop_parts(session)


def _record_weighing(
    session: Session,
    who: Actor,
    now: datetime,
    consultation_id: str,
    outcome: Outcome,
    stays: dict[Cell, Remains],
) -> None:
    groups = sorted({name for one in stays.values() for name in one.groups})
    facts: Payload = {
        "consultation": consultation_id,
        "outcome": str(outcome),
        "weights": len({one.weight for one in stays.values()}),
        "groups": groups,
    }
    record(session, who, now, "surveys.weighed", facts)
