"""Sealing answers so that only the holders of the consultation's key can read them.

Not standard library only: the sealed box is libsodium's, from PyNaCl (X25519, XSalsa20-Poly1305; a
fresh key for each box, so sealing is the one thing here that draws its own randomness).

Answers are padded to one of three sizes before they are sealed: for all of one consultation the one
that holds the longest answers it asks for, so that the length does not tell what was answered
(security T35). Inside stand the consultation's id and the answers as canonical JSON; nothing of the
person.
"""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from consult.canonical import canonical
from consult.surveys.core.answers import to_data
from consult.surveys.core.questionnaire import Answers
from consult.surveys.core.questions.base import Problem

SIZES: Final = (1024, 4096, 16384)
OVERHEAD: Final = 48
KEY_BYTES: Final = 32
LARGEST_KEY_FILE: Final = 4096
_LENGTH_BYTES: Final = 4
_AROUND: Final = 64
"""Bytes that stand around the answers in an envelope, at most."""

_FORMAT: Final = "consult-answer-key-1"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The key of one consultation: X25519, 32 bytes each."""

    public: bytes
    private: bytes


def key_pair(seed: bytes) -> KeyPair:
    """The key pair whose private half is ``seed``: 32 secret random bytes."""
    key = PrivateKey(seed)
    return KeyPair(bytes(key.public_key), bytes(key))


def seal(public_key: bytes, consultation_id: str, answers: Answers, longest: int = 0) -> bytes:
    """An envelope: of one length, whatever was answered, in at most ``longest`` bytes.

    Raises:
        ValueError: when the answers are longer than the largest envelope holds.
    """
    plain = canonical({"answers": to_data(answers), "consultation": consultation_id})
    return bytes(SealedBox(PublicKey(public_key)).encrypt(pad(plain, longest + _AROUND)))


def unseal(private_key: bytes, consultation_id: str, envelope: bytes) -> object:
    """The answers in an envelope as JSON values, or ``None`` when it holds none of ours."""
    try:
        plain = unpad(SealedBox(PrivateKey(private_key)).decrypt(envelope))
        content = json.loads(plain)
    except (CryptoError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("consultation") != consultation_id:
        return None
    return content.get("answers")


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


def put_away(key: bytes, answers: Answers) -> bytes:
    """Opened answers as they are kept, for who has the database and the key.

    ``key`` is ``settings.key("surveys.answers")``.
    """
    return bytes(SecretBox(key).encrypt(canonical(to_data(answers))))


def take_out(key: bytes, kept: bytes) -> object:
    """What :func:`put_away` was given, as JSON values."""
    return json.loads(SecretBox(key).decrypt(kept))


def pad(plain: bytes, longest: int = 0) -> bytes:
    """``plain`` with its length before it and zeros behind it, as long as one of the sizes.

    It is the size that also holds ``longest`` bytes.
    """
    most = max(len(plain), longest) + _LENGTH_BYTES
    size = next((size for size in SIZES if most <= size), None)
    if size is None:
        raise ValueError("too long for an envelope")
    return (len(plain).to_bytes(_LENGTH_BYTES, "big") + plain).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """What :func:`pad` was given."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    plain = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(padded) not in SIZES or pad(plain, len(padded) - _LENGTH_BYTES) != padded:
        raise ValueError("not padded as we pad")
    return plain


def write_key_file(pair: KeyPair, consultation_id: str, words: str) -> bytes:
    """The file for the holders of the key; ``words`` tell them in plain language what it is."""
    content = {
        "words": words,
        "format": _FORMAT,
        "consultation": consultation_id,
        "public_key": base64.b64encode(pair.public).decode(),
        "private_key": base64.b64encode(pair.private).decode(),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_key_file(data: bytes, consultation_id: str, public_key: bytes) -> bytes | Problem:
    """The private key in a key file, or why it is not this consultation's key.

    The key is tried on an envelope of our own before it is trusted.
    """
    try:
        content = json.loads(data)
        private = base64.b64decode(content["private_key"], validate=True)
        named = content["consultation"]
        known = content["format"] == _FORMAT and len(private) == KEY_BYTES
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        return Problem("key_file_unreadable")
    if not known:
        return Problem("key_file_unreadable")
    if named != consultation_id:
        return Problem("key_file_other")
    test = seal(public_key, consultation_id, {"test": 1})
    if unseal(private, consultation_id, test) != {"test": 1}:
        return Problem("key_file_wrong")
    return private
