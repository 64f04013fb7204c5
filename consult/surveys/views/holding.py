"""What the session of somebody who takes part holds: what her code gave, and nothing she said."""

from dataclasses import dataclass
from typing import Any, Final

from flask import session

from consult.surveys.core.consultation import Channel, Consultation, Ticket

HELD: Final = "code"


@dataclass(frozen=True, slots=True)
class Held:
    """What a code, or coming by, gave for one consultation, until answers are sent.

    ``key`` opens the draft. ``channel``: not ``WEB`` when a helper enters for somebody else.
    ``checks``: this is the second helper, who looks and changes nothing.
    """

    consultation: str
    ticket: Ticket
    key: bytes
    channel: Channel = Channel.WEB
    checks: bool = False


def keep(held: Held) -> None:
    """Put it into the session, in the place of what was there."""
    session[HELD] = {
        "consultation": held.consultation,
        "mark": held.ticket.mark,
        "slot": held.ticket.slot,
        "strata": dict(held.ticket.strata),
        "key": held.key.hex(),
        "channel": str(held.channel),
        "checks": held.checks,
    }


def held_for(asked: Consultation) -> Held | None:
    """What the session holds for this consultation."""
    found = held()
    return found if found and found.consultation == asked.id else None


def held() -> Held | None:
    """What the session holds."""
    kept = _kept()
    if "slot" not in kept:
        return None
    ticket = Ticket(kept["mark"], kept["slot"], kept["strata"])
    key = bytes.fromhex(kept["key"])
    return Held(kept["consultation"], ticket, key, Channel(kept["channel"]), kept["checks"])


def was_sent(asked: Consultation) -> bool:
    """Whether this browser sent answers to this consultation."""
    return bool(_kept().get("sent") == asked.id)


def note_sent(asked: Consultation) -> None:
    """End it: whoever holds this phone next sees nothing of it.

    What stays is that something was sent, so that a second click finds the same thanks.
    """
    session[HELD] = {"sent": asked.id}


def let_go() -> None:
    """Hold nothing any more."""
    session.pop(HELD, None)


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = session.get(HELD, {})
    return kept
