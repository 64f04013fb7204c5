"""Drawing and freezing rolls, giving out codes, and finding who holds one."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.db.types import new_id
from consult.refusal import Refusal
from consult.register.core import codes, roll
from consult.register.core.codes import Code
from consult.register.core.roll import Electorate, Entry, Purpose, Roll
from consult.register.store import base, rolls


def draw_roll(
    session: Session,
    who: Actor,
    now: datetime,
    purpose: Purpose,
    activity_id: str,
    reference_date: date,
    rule: Electorate = roll.EVERY_CUSTOMER,
) -> Roll:
    """Draw the roll of an activity from the base as it stands, for a reference date.

    Raises:
        Refusal: ``register.roll_drawn`` when the activity has a roll already,
            ``register.roll_empty`` when nobody is entitled.
    """
    if rolls.roll_for(session, purpose, activity_id) is not None:
        raise Refusal("register.roll_drawn")
    entries = [
        Entry(
            new_id(),
            one.customer_number,
            one.kind,
            one.age_band,
            one.neighbourhood,
            one.dwelling,
            one.tenancy,
            one.household,
        )
        for one in roll.entitled(base.history(session), rule, reference_date)
    ]
    if not entries:
        raise Refusal("register.roll_empty", reference_date=reference_date)
    salt = secrets.token_bytes(32)
    drawn = Roll(
        id=new_id(),
        purpose=purpose,
        activity_id=activity_id,
        reference_date=reference_date,
        size=len(entries),
        fingerprint=roll.fingerprint(salt, entries),
        kinds=rule.kinds,
    )
    rolls.add_roll(session, drawn, salt, entries)
    facts: Payload = {
        "roll": drawn.id,
        "purpose": purpose,
        "activity": activity_id,
        "size": drawn.size,
        "fingerprint": drawn.fingerprint,
    }
    record(session, who, now, "register.roll_drawn", facts)
    return drawn


def freeze_roll(session: Session, who: Actor, now: datetime, roll_id: str) -> Roll:
    """Freeze a roll, at the opening of its activity: its size and fingerprint become public.

    Raises:
        Refusal: ``register.roll_unknown``, ``register.roll_frozen`` when it is frozen already, or
            as :func:`everybody`.
    """
    everybody(session, roll_id)
    if not rolls.freeze(session, roll_id, now):
        raise Refusal("register.roll_frozen")
    frozen = _known(session, roll_id)
    facts: Payload = {"roll": roll_id, "size": frozen.size, "fingerprint": frozen.fingerprint}
    record(session, who, now, "register.roll_frozen", facts)
    return frozen


def everybody(session: Session, roll_id: str) -> list[Entry]:
    """Everybody on the roll, when that is who was drawn: for letters, and for opening.

    Raises:
        Refusal: ``register.roll_unknown``, or ``register.roll_altered`` when somebody with access
            to the database put other people on it.
    """
    known, entries = _known(session, roll_id), list(rolls.entries(session, roll_id))
    if roll.fingerprint(rolls.salt(session, roll_id), entries) != known.fingerprint:
        raise Refusal("register.roll_altered")
    return entries


def issue_consultation_codes(
    session: Session, who: Actor, now: datetime, key: bytes, roll_id: str
) -> Iterator[tuple[Entry, Code]]:
    """Make the code of everybody on the roll, once. Only keyed hashes are kept.

    All codes are made and stored before the first pair is handed over, so that the caller may
    commit and then print at leisure. ``key`` is ``settings.key("register.codes")``.

    Raises:
        Refusal: as :func:`everybody`, or ``register.codes_issued`` the second time.
    """
    invited = everybody(session, roll_id)
    if rolls.has_codes(session, roll_id):
        raise Refusal("register.codes_issued")
    pairs = _distinct(invited)
    rolls.add_codes(session, ((codes.tag(key, roll_id, code), one.id) for one, code in pairs))
    record(session, who, now, "register.codes_issued", {"roll": roll_id, "codes": len(pairs)})
    return iter(pairs)


def find_entry(session: Session, key: bytes, roll_id: str, code: Code) -> Entry | None:
    """Whose code this is on that roll, or ``None``. Looking uses nothing up."""
    return rolls.entry_by_tag(session, roll_id, codes.tag(key, roll_id, code))


def _distinct(entries: list[Entry]) -> list[tuple[Entry, Code]]:
    made: dict[Code, None] = {}
    while len(made) < len(entries):
        made[codes.make(secrets.randbelow, codes.CONSULTATION_DIGITS)] = None
    return list(zip(entries, made, strict=True))


def _known(session: Session, roll_id: str) -> Roll:
    found = rolls.roll(session, roll_id)
    if found is None:
        raise Refusal("register.roll_unknown")
    return found
