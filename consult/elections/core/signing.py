"""Signing the official record: whoever signs has held the paper (reference, counting §7).

The page on which somebody signs shows the record's SHA-256 in sixteen groups, two of them blank.
Which two depends on the record and on the person, so that nobody can pass them on. They are typed
back from the paper.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from consult.actor import Role
from consult.refusal import Refusal

GROUPS: Final = 16
_SIGNS: Final = 4
SIGNERS: Final = (Role.CHAIR, Role.SECRETARY, Role.MEMBER, Role.OBSERVER)
"""Who may sign; somebody with several of these signs as the first."""
REQUIRED: Final = (Role.SECRETARY, Role.CHAIR)
"""Without these two there is no publication."""


@dataclass(frozen=True, slots=True)
class Signature:
    """That somebody signed the record with this SHA-256, under the name of that moment."""

    account_id: str
    name: str
    role: Role
    record: str
    signed_at: datetime


class Signed(NamedTuple):
    """What is published of a signature."""

    name: str
    role: str
    day: date


def groups(fingerprint: str) -> tuple[str, ...]:
    """A SHA-256 in hex as sixteen groups of four."""
    return tuple(fingerprint[place : place + _SIGNS] for place in range(0, GROUPS * _SIGNS, _SIGNS))


def blanks(account_id: str, fingerprint: str) -> tuple[int, int]:
    """Which two groups this person types back, counted from 0, the first one first."""
    drawn = hashlib.sha256(f"blanks/1|{account_id}|{fingerprint}".encode()).digest()
    first, step = drawn[0] % GROUPS, 1 + drawn[1] % (GROUPS - 1)
    one, other = sorted((first, (first + step) % GROUPS))
    return one, other


def check_typed(account_id: str, fingerprint: str, typed: Sequence[str]) -> None:
    """Refuse whoever does not type the two groups that are blank for her.

    Raises:
        Refusal: ``elections.digest_mistyped``; ``groups`` are the numbers of the groups, from 1.
    """
    asked = blanks(account_id, fingerprint)
    parts = groups(fingerprint)
    given = [one.strip().lower() for one in typed]
    if given != [parts[place] for place in asked]:
        raise Refusal("elections.digest_mistyped", first=asked[0] + 1, second=asked[1] + 1)


def role_of(roles: Iterable[Role]) -> Role:
    """As what somebody signs.

    Raises:
        Refusal: ``elections.sign_not_yours``.
    """
    held = set(roles)
    found = next((role for role in SIGNERS if role in held), None)
    if found is None:
        raise Refusal("elections.sign_not_yours")
    return found


def missing(roles: Iterable[str]) -> tuple[Role, ...]:
    """Who has to sign still before there can be a publication; ``roles`` of those who signed."""
    signed = set(roles)
    return tuple(role for role in REQUIRED if role not in signed)
