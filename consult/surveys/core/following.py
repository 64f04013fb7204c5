"""The link by which somebody shows that an address is hers, before anything of it is kept.

Not standard library only: the box is libsodium's, from PyNaCl.
"""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Final

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from consult.canonical import canonical

LASTS: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants to know what comes of a consultation. ``until``: the last day of the link."""

    consultation: str
    address: str
    language: str
    until: str


def wish(consultation_id: str, address: str, language: str, today: date) -> Wish:
    """A wish of today."""
    return Wish(consultation_id, address, language, (today + LASTS).isoformat())


def write(key: bytes, made: Wish) -> str:
    """The wish as part of a link, sealed; ``key`` is ``settings.key("surveys.following")``."""
    sealed = bytes(SecretBox(key).encrypt(canonical(asdict(made))))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def read(key: bytes, token: str, today: date) -> Wish | None:
    """The wish in a link; ``None`` for one that we did not make, or that is too old."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        found = Wish(**json.loads(SecretBox(key).decrypt(sealed)))
    except (CryptoError, ValueError, TypeError, binascii.Error):
        return None
    return found if today.isoformat() <= found.until else None
