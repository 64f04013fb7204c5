"""Sealing answers so that only the holders of the consultation's keys can read them.

Not standard library only: boxes are libsodium's, from PyNaCl (X25519, XSalsa20-Poly1305), and they
draw their own randomness.

An envelope is one byte with the number of recipients, for each of them a sealed box of 80 bytes
that holds a key of this envelope alone, and the content under that key. Any one recipient opens it.
The content is canonical JSON, padded to one of three sizes: for all of one consultation the size
that holds the longest answers it asks for, so that the length tells nothing (security T35). Inside
stand the consultation's id, the answers, the strata that the person was told go along, how the
answers came, and which of her texts may be quoted.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

from consult.canonical import canonical

SIZES: Final = (1024, 4096, 16384)
"""Bytes for the answers and for naming those that may be quoted."""
ROOM: Final = 1024
"""Bytes for all else: ids and channel take 200 at most, strata 500 (``strata.LONGEST_VALUE``)."""
KEY_BYTES: Final = 32
BOX_BYTES: Final = KEY_BYTES + 48
_AROUND: Final = 1 + SecretBox.NONCE_SIZE + SecretBox.MACBYTES
_LENGTH_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Content:
    """What is in an envelope: JSON values. ``quotes``: ids of the texts that may be quoted."""

    consultation: str
    answers: Mapping[str, Any]
    strata: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    quotes: tuple[str, ...] = ()


def seal(recipients: Sequence[bytes], content: Content, longest: int = 0) -> bytes:
    """An envelope that each of the ``recipients`` (public keys) opens alone.

    It has one length, whatever was answered in at most ``longest`` bytes: :func:`length` of them.

    Raises:
        ValueError: when the content is longer than the largest envelope holds.
    """
    key = random(KEY_BYTES)
    boxes = [bytes(SealedBox(PublicKey(public)).encrypt(key)) for public in recipients]
    padded = pad(canonical(asdict(content)), longest)
    return b"".join([bytes([len(boxes)]), *boxes, bytes(SecretBox(key).encrypt(padded))])


def length(recipients: int, longest: int) -> int:
    """How many bytes an envelope takes."""
    return _AROUND + recipients * BOX_BYTES + len(pad(b"", longest))


def unseal(private_key: bytes, place: int, consultation_id: str, envelope: bytes) -> Content | None:
    """What is in an envelope, or ``None`` when it holds nothing of ours.

    ``place``: which of the recipients holds the key, from 0.
    """
    start, behind = 1 + place * BOX_BYTES, 1 + envelope[0] * BOX_BYTES if envelope else 1
    try:
        key = SealedBox(PrivateKey(private_key)).decrypt(envelope[start : start + BOX_BYTES])
        content = json.loads(unpad(SecretBox(key).decrypt(envelope[behind:])))
        found = Content(**{**content, "quotes": tuple(content["quotes"])})
    except (CryptoError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if found.consultation == consultation_id and _shaped(found) else None


def slot(key: bytes, consultation_id: str, digits: str) -> str:
    """Under what an envelope is kept: a keyed hash of the code, so that it can be replaced.

    ``key`` is ``settings.key("surveys.slot")``; it is not in the database.
    """
    return hmac.new(key, f"{consultation_id}:{digits}".encode(), hashlib.sha256).hexdigest()


def mark(key: bytes, consultation_id: str, entry_id: str) -> str:
    """How it is noted that somebody on the roll took part: a keyed hash of the entry.

    ``key`` is ``settings.key("surveys.marks")``. Who has the database without it can count marks
    but not tell whose they are.
    """
    return hmac.new(key, f"{consultation_id}:{entry_id}".encode(), hashlib.sha256).hexdigest()


def put_away(key: bytes, value: object) -> bytes:
    """JSON values as they are kept, for who has the database and the key.

    ``key``: 32 bytes, such as ``settings.key("surveys.answers")``.
    """
    return bytes(SecretBox(key).encrypt(canonical(value)))


def take_out(key: bytes, kept: bytes) -> Any:
    """What :func:`put_away` was given, as JSON values."""
    return json.loads(SecretBox(key).decrypt(kept))


def pad(plain: bytes, longest: int = 0) -> bytes:
    """``plain`` with its length before it and zeros behind it, as long as one size and the room.

    It is the size that also holds answers of ``longest`` bytes.

    Raises:
        ValueError: when it is longer than the largest size holds.
    """
    fits = (
        one + ROOM for one in SIZES if longest <= one and len(plain) + _LENGTH_BYTES <= one + ROOM
    )
    size = next(fits, None)
    if size is None:
        raise ValueError("too long for an envelope")
    return (len(plain).to_bytes(_LENGTH_BYTES, "big") + plain).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """What :func:`pad` was given.

    Raises:
        ValueError: when it was not padded so.
    """
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    known = len(padded) - ROOM in SIZES and end <= len(padded)
    if not known or padded[end:].strip(b"\0"):
        raise ValueError("not padded as we pad")
    return padded[_LENGTH_BYTES:end]


def _shaped(content: Content) -> bool:
    """Whether the values that came out of JSON are of the types that we put in."""
    texts = (*content.quotes, *content.strata.values()) if _mapped(content.strata) else (None,)
    whole = _mapped(content.answers) and isinstance(content.channel, str)
    return whole and all(isinstance(text, str) for text in texts)


def _mapped(value: object) -> bool:
    return isinstance(value, dict)
