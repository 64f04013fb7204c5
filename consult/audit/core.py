"""The log of who did what, as a chain: every event names the hash of the one before it.

An altered, inserted, removed or swapped event breaks the chain from there on. A chain that was cut
off at its end, or made anew, no longer contains a head that somebody wrote down earlier
(reference/security.md D9, T37).

Payloads hold ids, counts, hashes and codes. What looks like a person's data is refused by its
shape, so that no call can put a name, an address, an e-mail, a phone number or an access code in
the log by mistake.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from consult.canonical import canonical

Scalar = str | int | None  # a bool is an int
Value = Scalar | Sequence[Scalar]
Payload = Mapping[str, Value]

GENESIS: Final = "0" * 64
LONGEST_PAYLOAD: Final = 4096
LARGEST_NUMBER: Final = 10**8
_KIND = re.compile(r"[a-z]+\.[a-z_]{1,60}")
_KEY = re.compile(r"[a-z][a-z_]{0,39}")
_CODE = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,99}")
_FINGERPRINT = re.compile(r"[A-Za-z0-9+/=_-]{40,128}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|\+\d\d:\d\d)?)?")
_DIGITS = re.compile(r"(?:[-._:+]?\d){8,}")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of a chain: how many events it has, and the hash of the last."""

    number: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Event:
    """One link. ``payload`` is canonical JSON text; ``at`` is whole seconds in UTC."""

    number: int
    at: datetime
    who: str
    kind: str
    payload: str
    parent: str
    hash: str

    @property
    def facts(self) -> dict[str, Value]:
        """The payload as values."""
        read: dict[str, Value] = json.loads(self.payload)
        return read

    @property
    def part(self) -> str:
        """The part of the program in which it happened."""
        return self.kind.partition(".")[0]


def follow(head: Head, at: datetime, who: str, kind: str, payload: Payload) -> Event:
    """The event that comes after ``head``.

    Raises:
        ValueError: ``kind``, a key or a value has a shape that the log does not take. The message
            names the key, never the value.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError(f"not a kind of event: {kind}")
    text = payload_text(payload)
    moment = at.astimezone(UTC).replace(microsecond=0)
    number = head.number + 1
    digest = _digest(number, moment, who, kind, text, head.hash)
    return Event(number, moment, who, kind, text, head.hash, digest)


def payload_text(payload: Payload) -> str:
    """The canonical JSON of a payload, as text.

    Raises:
        ValueError: a key or a value has a shape that the log does not take.
    """
    for key, value in payload.items():
        _check(key, value)
    spelled = canonical(payload)
    if len(spelled) > LONGEST_PAYLOAD:
        raise ValueError(f"the payload is longer than {LONGEST_PAYLOAD} bytes")
    return spelled.decode()


def verify(events: Iterable[Event], newest: Head | None = None) -> int | None:
    """The number of the first event that does not follow from the one before, or ``None``.

    ``events`` is the whole chain, oldest first. With ``newest``, the chain must also end there.
    """
    head = Head()
    for event in events:
        if not _follows(head, event):
            return head.number + 1
        head = Head(event.number, event.hash)
    return head.number + 1 if newest not in {None, head} else None


def extends(events: Iterable[Event], noted: Head) -> bool:
    """Whether the chain still contains a head that was noted before."""
    return noted == Head() or any(Head(event.number, event.hash) == noted for event in events)


def _follows(head: Head, event: Event) -> bool:
    expected = _digest(head.number + 1, event.at, event.who, event.kind, event.payload, head.hash)
    return (event.number, event.parent, event.hash) == (head.number + 1, head.hash, expected)


def _digest(number: int, at: datetime, who: str, kind: str, payload: str, parent: str) -> str:
    link = {
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": kind,
        "number": number,
        "parent": parent,
        "payload": payload,
        "who": who,
    }
    return hashlib.sha256(canonical(link)).hexdigest()


def _check(key: str, value: object) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("a key of the payload is not a plain word")
    if not all(_is_impersonal(item) for item in _items(value)):
        raise ValueError(f"the log takes ids, counts, hashes and codes only: {key}")


def _items(value: object) -> Iterator[object]:
    if isinstance(value, list | tuple):
        yield from value
    else:
        yield value


def _is_impersonal(value: object) -> bool:
    """Whether a value has the shape of an id, a count, a hash, a code, a day or a moment.

    Words with capitals or spaces (names), an ``@`` (mail) and eight or more digits in a row
    (phone numbers, citizen numbers, access codes) have none of these shapes.
    """
    if value is None:
        return True
    if isinstance(value, int):
        return abs(value) < LARGEST_NUMBER
    if not isinstance(value, str):
        return False
    if _DAY.fullmatch(value):
        return True
    if _DIGITS.fullmatch(value):
        return False
    return bool(_CODE.fullmatch(value) or _FINGERPRINT.fullmatch(value))
