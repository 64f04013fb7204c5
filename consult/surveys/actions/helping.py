"""Entering for somebody who answered on paper or by telephone, under four eyes.

One helper enters, with the person's code, into the same draft that she would fill in herself.
Another helper types the code as well, compares and sends. Neither can do both, and without the code
nobody reads anything. The log tells who helped and how, never whom.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.surveys.actions import answering, drafts
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Channel, Consultation, Phase, Ticket
from consult.surveys.core.taking_part.filling import Draft, to_bytes
from consult.surveys.store import drafts as store
from consult.surveys.store.drafts import Helped


def find_helped(
    session: Session, who: Actor, asked: Consultation, ticket: Ticket
) -> Helped | Problem | None:
    """What the person with this code has waiting, or why this helper may do nothing for her.

    ``None``: nothing waits, so the helper may enter. ``Helped``: the helper may look and send.
    """
    if ticket.mark is not None and store.took_part(session, asked.id, ticket.mark):
        return Problem("helped_answered")
    waiting = store.helped(session, ticket.slot)
    if waiting is not None and waiting.entered_by == who.account_id:
        return Problem("helped_own")
    return waiting


def hand_over(
    session: Session,
    who: Actor,
    now: datetime,
    asked: Consultation,
    ticket: Ticket,
    key: bytes,
    channel: Channel,
) -> Phase | Problem:
    """Let a draft that a helper entered wait for another helper; doing it twice is doing it once.

    The answer is ``Phase.OPEN`` when it waits, or the phase that forbids it; or the problem with
    the answers, or that there are none.
    """
    if not store.hold_open(session, asked.id, now):
        return Phase.CLOSED
    found = find_helped(session, who, asked, ticket)
    if isinstance(found, Problem):
        return Phase.OPEN if found.code == "helped_own" else found
    draft = drafts.claim(session, ticket.slot, key)
    if draft is None or asked.questions.missing(draft.answers):
        return Problem("answer_missing")
    if found is None:
        waits = Helped(channel, who.account_id)
        store.hand_over(session, ticket.slot, asked.id, waits)
        record(session, who, now, "surveys.helped_entered", _facts(asked, channel))
    return Phase.OPEN


def confirm(
    session: Session,
    who: Actor,
    now: datetime,
    asked: Consultation,
    ticket: Ticket,
    key: bytes,
    shown: str,
) -> Phase | Problem:
    """Send what another helper entered; ``shown`` is the :func:`fingerprint` of what was looked at.

    The answer is ``Phase.OPEN`` when it was sent, or the phase that forbids it; or why not.
    """
    if not store.hold_open(session, asked.id, now):
        return Phase.CLOSED
    waiting = find_helped(session, who, asked, ticket)
    if waiting is None or isinstance(waiting, Problem):
        return waiting or Problem("helped_changed")
    draft = drafts.claim(session, ticket.slot, key)
    if draft is None or fingerprint(draft) != shown:
        return Problem("helped_changed")
    outcome = answering.send(session, now, asked, ticket, key, waiting.channel)
    if outcome is Phase.OPEN:
        record(session, who, now, "surveys.helped_sent", _facts(asked, waiting.channel))
    if isinstance(outcome, Problem):
        return Problem("helped_missing")
    return outcome or Problem("helped_changed")


def send_back(
    session: Session, who: Actor, now: datetime, asked: Consultation, ticket: Ticket
) -> Problem | None:
    """Let a draft wait no longer, for it is not what stands on the paper; it can be changed."""
    waiting = find_helped(session, who, asked, ticket)
    if isinstance(waiting, Problem):
        return waiting
    if waiting is not None:
        store.take_back(session, ticket.slot)
        record(session, who, now, "surveys.helped_returned", _facts(asked, waiting.channel))
    return None


def fingerprint(draft: Draft) -> str:
    """By which it is known that what is sent is what was looked at."""
    return sha256(to_bytes(draft, 0)).hexdigest()


def _facts(asked: Consultation, channel: Channel) -> dict[str, str]:
    return {"consultation": asked.id, "channel": str(channel)}
