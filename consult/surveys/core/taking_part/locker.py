"""Locking up a draft so that only whoever has the code opens it again.

Not standard library only: Argon2id and the box are libsodium's, from PyNaCl (docs/adr/0024). The
key is kept nowhere but in the sealed session of whoever typed the code.
"""

import hmac
from hashlib import sha256
from typing import Final

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

PASSES: Final = 2
MEMORY: Final = 19 * 1024 * 1024
"""Bytes; with two passes what OWASP's Password Storage Cheat Sheet asks at least."""


def key_of(secret: bytes, consultation_id: str, digits: str) -> bytes:
    """The key of the draft that belongs to a code: 32 bytes.

    ``secret`` is ``settings.key("surveys.drafts")``; it is not in the database. Slow on purpose, so
    derive it only for a code that is known.
    """
    salt = hmac.new(secret, consultation_id.encode(), sha256).digest()[: argon2id.SALTBYTES]
    pepper = hmac.new(secret, digits.encode(), sha256).digest()
    kdf: bytes = argon2id.kdf(
        SecretBox.KEY_SIZE, pepper + digits.encode(), salt, opslimit=PASSES, memlimit=MEMORY
    )
    return kdf


def lock(key: bytes, plain: bytes) -> bytes:
    """``plain`` under ``key``; 40 bytes longer."""
    return bytes(SecretBox(key).encrypt(plain))


def unlock(key: bytes, body: bytes) -> bytes | None:
    """What :func:`lock` was given, or ``None`` when it is not under this key."""
    try:
        return bytes(SecretBox(key).decrypt(body))
    except CryptoError:
        return None


def new_key() -> bytes:
    """A key that belongs to no code: 32 random bytes."""
    return random(SecretBox.KEY_SIZE)
