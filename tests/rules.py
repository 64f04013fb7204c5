"""Sets of rules for tests that need a database: written, handed in, adopted by two people."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.accounts.core.approvals import fingerprint
from consult.actor import Actor, Role
from consult.council.actions import rules
from consult.council.store import agreements as store
from tests.agreements import SHIPPED
from tests.consultations import person


def file(start: date, *changes: tuple[str, str, object]) -> bytes:
    """The rules of 2016 from another day on, with other values (group, name, value)."""
    shape: dict[str, Any] = json.loads(SHIPPED.read_bytes())
    del shape["end"]
    shape |= {"source": "Overeenkomst 2027", "start": start.isoformat()}
    for group, name, value in changes:
        (shape[group][0] if isinstance(shape[group], list) else shape[group])[name] = value
    return json.dumps(shape).encode()


def two(session: Session) -> tuple[Actor, Actor]:
    """A secretary and a chair."""
    return person(session, Role.SECRETARY), person(session, Role.CHAIR)


def told(session: Session, at: datetime, version_id: str) -> str:
    """The fingerprint that the page shows."""
    found = store.version(session, version_id)
    assert found is not None
    return fingerprint(rules.preview(session, at, found).effect)


def adopted(session: Session, at: datetime, pair: tuple[Actor, Actor], raw: bytes) -> str:
    """A set of rules, from the file to its adoption."""
    made = rules.hand_in(session, pair[0], at, raw)
    rules.propose(session, pair[0], at, made)
    rules.adopt(session, pair[1], at, made, told(session, at, made))
    return made
