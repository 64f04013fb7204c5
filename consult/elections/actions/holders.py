"""The holders of the key: making it before the vote, opening the sum of votes after it."""

import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import SYSTEM
from consult.audit.actions import record
from consult.belenios import archive, tally, trustee, wire
from consult.belenios.invalid import Invalid
from consult.elections.actions.prepare import hash_token
from consult.elections.actions.voting import paper_of
from consult.elections.core.draw import REVEAL_LASTS, is_number
from consult.elections.core.election import Election, KeyHolder
from consult.elections.store import archive as box
from consult.elections.store import elections as store
from consult.elections.store import people
from consult.refusal import Refusal


def holder_by_id(session: Session, holder_id: str) -> tuple[Election, KeyHolder]:
    """A key holder with the election.

    Raises:
        Refusal: ``elections.holder_unknown``.
    """
    found = people.holder(session, holder_id)
    if found is None:
        raise Refusal("elections.holder_unknown")
    return store.get(session, found[0]), found[1]


def holder_by_token(session: Session, holder_id: str, token: str) -> tuple[Election, KeyHolder]:
    """The key holder whom this token proves, with the election.

    Raises:
        Refusal: ``elections.holder_unknown``, whether the id or the token is wrong.
    """
    found = people.holder(session, holder_id)
    if found is None or not hmac.compare_digest(found[2], hash_token(token)):
        raise Refusal("elections.holder_unknown")
    return holder_by_id(session, holder_id)


def public_key(holder: KeyHolder) -> str | None:
    """The holder's public key as a decimal, once it is made."""
    return None if holder.key is None else str(trustee.parse_trustee(holder.key).public_key)


def hand_in_key(
    session: Session, now: datetime, holder_id: str, token: str, public: object
) -> None:
    """Take a holder's public key with its proof, once.

    The link passed through the secretary's hands: a second key would let whoever kept the link
    take the holder's place. Who lost the key file is let go and asked again.

    Args:
        public: ``{"public_key": "…", "pok": {"challenge": "…", "response": "…"}, "lot": "…"}``;
            ``lot`` is what the holder commits to for a computed lot, and may be left out.

    Raises:
        Refusal: ``elections.holder_unknown``, ``elections.sealed``, ``elections.key_made``,
            ``elections.key_invalid``.
    """
    election, holder = holder_by_token(session, holder_id, token)
    store.lock(session, election.id)
    if election.sealed_at is not None or election.codes_at is not None:
        raise Refusal("elections.sealed")
    if holder.key is not None:
        raise Refusal("elections.key_made")
    if not isinstance(public, dict):
        raise Refusal("elections.key_invalid", reason="shape")
    shape = {"pok": public.get("pok"), "public_key": public.get("public_key")}
    raw = wire.compact({**shape, "name": holder.name})
    try:
        trustee.parse_trustee(raw)
    except Invalid as invalid:
        raise Refusal("elections.key_invalid", reason=invalid.code) from invalid
    committed = public.get("lot")
    if committed is not None and not is_number(committed):
        raise Refusal("elections.key_invalid", reason="lot")
    people.change_holder(session, holder_id, key=raw, lot=committed)
    record(
        session,
        SYSTEM,
        now,
        "elections.key_made",
        {"election": election.id, "holder": holder.id},
    )


def hand_in_decryption(
    session: Session, now: datetime, holder_id: str, token: str, raw: bytes
) -> bool:
    """Take a holder's part of the opening; the last one gives the totals.

    The answer is whether the election is opened now. The same part again changes nothing.

    Raises:
        Refusal: ``elections.holder_unknown``, ``elections.not_closed``,
            ``elections.decryption_invalid``.
    """
    election, holder = holder_by_token(session, holder_id, token)
    chain = box.chain(session, election.id)
    summed = store.tally(session, election.id)
    if chain is None or summed is None:
        raise Refusal("elections.not_closed")
    if holder.decryption is not None:
        return election.totals is not None
    paper = paper_of(session, election.id)
    try:
        own = trustee.parse_trustee(holder.key or b"")
        trustee.check_decryption(raw, own, tally.parse_tally(summed), paper.fingerprint)
    except Invalid as invalid:
        raise Refusal("elections.decryption_invalid", reason=invalid.code) from invalid
    box.append(session, election.id, archive.partial_decryption(chain, holder.owner, raw))
    people.change_holder(session, holder_id, decryption=raw)
    record(
        session,
        SYSTEM,
        now,
        "elections.decrypted",
        {"election": election.id, "holder": holder.id},
    )
    return _finish(session, now, election)


def _finish(session: Session, now: datetime, election: Election) -> bool:
    """With every part in: the totals, and the archive's last event."""
    holders = people.holders(session, election.id)
    if any(holder.decryption is None for holder in holders):
        return False
    paper = paper_of(session, election.id)
    summed = tally.parse_tally(store.tally(session, election.id) or b"")
    factors = [
        trustee.check_decryption(
            holder.decryption or b"",
            trustee.parse_trustee(holder.key or b""),
            summed,
            paper.fingerprint,
        )
        for holder in holders
    ]
    counts = tally.open_tally(summed, factors, election.voters or 0)
    chain = box.chain(session, election.id)
    if chain is None:
        raise Refusal("elections.not_closed")
    box.append(session, election.id, archive.result(chain, tally.result_file(counts)))
    totals = [list(row) for row in counts]
    store.mark(session, election.id, totals=totals, lot_until=now + REVEAL_LASTS)
    record(session, SYSTEM, now, "elections.opened_votes", {"election": election.id})
    return True
