"""Letters and mail: what stands in them.

Letters carry a customer number and never a name: the printer, who has no codes but these, joins the
address by that number (reference/security.md D5). Addresses of people who asked for mail are kept
sealed under a key that is not in the database (not standard library only: the box is libsodium's,
from PyNaCl).
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from consult.canonical import canonical


class Asks(StrEnum):
    """What a letter asks of people: to take part, to stand for election, or to finish applying."""

    TAKE_PART = "take_part"
    STAND = "stand"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """What all letters of one mailing share.

    ``title`` names the consultation or election, ``deadline`` is its closing (aware),
    ``address`` is what people type when they do not scan.
    """

    council: str
    title: str
    deadline: datetime
    address: str
    helpline: str
    asks: Asks = Asks.TAKE_PART


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. ``code`` is in its printed form; ``link`` holds it in the URL's fragment.

    A letter without a code only reminds: its link leads to where the code is asked for.
    """

    customer_number: str
    code: str
    link: str


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code as one SVG path; ``side`` counts modules, the quiet zone of four included."""

    side: int
    path: str


QUIET_ZONE = 4


def square(modules: list[bytes]) -> Square:
    """The path of a matrix of modules (rows of 0 and 1): one rectangle for each dark run."""
    parts = []
    for y, row in enumerate(modules, QUIET_ZONE):
        for x, width in _dark_runs(row):
            parts.append(f"M{x + QUIET_ZONE} {y}h{width}v1h-{width}z")
    return Square(len(modules) + 2 * QUIET_ZONE, "".join(parts))


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}", re.A)
LONGEST_ADDRESS: Final = 254
_SEALED: Final = 1024
LINK: Final = "{link}"
"""Where the text of a mailing has the link that differs from person to person."""

WAITS: Final = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 24 * 60)
)
"""How long a mail waits after each time that it could not be handed over; then we give up."""


class Outcome(StrEnum):
    """What came of handing a mail over."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome, with the number that the server gave; ``None``: it gave none.

    ``lost``: nothing more can be sent over this connection.
    """

    outcome: Outcome
    code: int | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail in one language; plain text with :data:`LINK` in it."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """What all mails of one round share. ``id`` is unique: the same round is sent once.

    ``texts``: by language; Dutch must be there.
    """

    id: str
    consultation_id: str
    texts: Mapping[str, MailText]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a mail. ``id`` is a keyed hash; ``link`` is hers alone.

    ``stop``: where she ends it, for the mail's header; empty where there is nothing to end.
    """

    id: str
    address: str
    language: str
    link: str
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. ``message_id`` is the same however often it is tried: it names this mail."""

    message_id: str
    address: str
    language: str
    subject: str
    text: str
    stop: str = ""


def address(typed: str) -> str | None:
    """An e-mail address as we use it, or ``None`` when it is none."""
    found = typed.strip()
    if len(found) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(found):
        return None
    local, _, domain = found.rpartition("@")
    return f"{local}@{domain.lower()}"


def name_of(key: bytes, purpose: str, mailbox: str) -> str:
    """A keyed hash of an address for one purpose: the same for all its spellings."""
    text = f"{purpose}:{mailbox.lower()}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def seal(key: bytes, content: Mapping[str, str]) -> bytes:
    """``content`` for who has the key, of one length whatever it is.

    Raises:
        ValueError: when it is longer than that.
    """
    plain = canonical(content)
    if len(plain) > _SEALED:
        raise ValueError("too long to be sealed")
    return bytes(SecretBox(key).encrypt(plain.ljust(_SEALED)))


def unseal(key: bytes, sealed: bytes) -> dict[str, str] | None:
    """What :func:`seal` was given; ``None`` for anything else."""
    try:
        found: dict[str, str] = json.loads(SecretBox(key).decrypt(sealed))
    except (CryptoError, ValueError):
        return None
    return found


def compose(mailing: Mailing, recipient: Recipient, host: str) -> Mail:
    """The mail to one person, in her language where the mailing has that, else in Dutch."""
    language = recipient.language if recipient.language in mailing.texts else "nl"
    said = mailing.texts[language]
    named = hashlib.sha256(f"{mailing.id}:{recipient.id}".encode()).hexdigest()[:40]
    return Mail(
        f"<{named}@{host}>",
        recipient.address,
        language,
        said.subject,
        said.text.replace(LINK, recipient.link),
        recipient.stop,
    )


def retry_at(now: datetime, tries: int) -> datetime | None:
    """When to try again after ``tries`` times, the first being 1; ``None``: never."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None
