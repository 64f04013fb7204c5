"""The key of one holder: a file that her passphrase opens.

Not standard library only: argon2id, the secret box and X25519 are libsodium's, from PyNaCl. The
file is JSON and says in plain language what it is. Its private key is in a secret box under a key
made from the passphrase, so whoever finds the file or gets hold of a backup of it has nothing. A
check number over the rest tells a damaged file from a wrong passphrase.
"""

import base64
import binascii
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from consult.canonical import canonical
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.sealed.sealing import KEY_BYTES, Content, seal, unseal

HOLDERS: Final = 2
"""How many people hold a key; each of them opens all envelopes alone."""
SHORTEST_PASSPHRASE: Final = 12
LONGEST_PASSPHRASE: Final = 200
LARGEST_KEY_FILE: Final = 4096
SALT_BYTES: Final = argon2id.SALTBYTES
_FORMAT: Final = "consult-answer-key-2"
_MOST_OPERATIONS: Final = 20
_MOST_MEMORY: Final = 256_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs with argon2id: passes, and bytes of memory."""

    operations: int
    memory: int


COST: Final = Cost(operations=4, memory=128 * 1024 * 1024)
"""About half a second on one core in 2026."""


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody of the council who holds a key; ``proved_at`` once her file opened a test."""

    account_id: str
    public_key: bytes
    made_at: datetime
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose file it is and of which consultation."""

    consultation_id: str
    account_id: str


def problem(holders: Sequence[KeyHolder]) -> Problem | None:
    """What of the keys still stands in the way of opening, or ``None``."""
    if len(holders) < HOLDERS:
        return Problem("key_holders", HOLDERS)
    return None if all(one.proved_at for one in holders) else Problem("key_unproved")


def recipients(holders: Sequence[KeyHolder]) -> tuple[bytes, ...]:
    """The public keys to which envelopes are sealed, in a fixed order."""
    return tuple(sorted(one.public_key for one in holders))


def passphrase_problem(passphrase: str, title: str) -> Problem | None:
    """Why this passphrase would not protect a key, or ``None``."""
    plain = _plain(passphrase)
    if len(plain) < SHORTEST_PASSPHRASE:
        return Problem("passphrase_short", SHORTEST_PASSPHRASE)
    if len(plain) > LONGEST_PASSPHRASE:
        return Problem("passphrase_long", LONGEST_PASSPHRASE)
    if len(set(plain)) < SHORTEST_PASSPHRASE // 3:
        return Problem("passphrase_simple")
    return Problem("passphrase_title") if plain.casefold() == _plain(title).casefold() else None


def write(
    owner: Owner, seed: bytes, salt: bytes, passphrase: str, words: str, cost: Cost = COST
) -> tuple[bytes, bytes]:
    """The public key that belongs to a private one, and the file that keeps the private one.

    Args:
        owner: who will hold it.
        seed: the private key: 32 secret random bytes.
        salt: 16 random bytes.
        passphrase: what will open the file.
        words: what the file says of itself, in plain language.
        cost: of trying a passphrase.
    """
    public = bytes(PrivateKey(seed).public_key)
    box = SecretBox(_derived(passphrase, salt, cost))
    content = {
        "format": _FORMAT,
        "consultation": owner.consultation_id,
        "holder": owner.account_id,
        "public_key": _text(public),
        "argon2id": {"operations": cost.operations, "memory": cost.memory, "salt": _text(salt)},
        "private_key": _text(bytes(box.encrypt(seed))),
    }
    told = {"words": words, **content, "check": _check(content)}
    return public, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def read(file: bytes, passphrase: str, owner: Owner, public_key: bytes) -> bytes | Problem:
    """The private key in a holder's file, or why it does not open her envelopes.

    ``public_key`` is hers as it is known. The problem is ``key_file_unreadable`` (damaged, or
    something else), ``key_file_other`` (of another consultation), ``key_file_holder`` (somebody
    else's), ``key_file_old`` (she made a new one since) or ``passphrase_wrong``.
    """
    parsed = _parsed(file)
    if parsed is None:
        return Problem("key_file_unreadable")
    content, salt, box, public = parsed
    if problem := _not_hers(content, owner, known=public == public_key):
        return problem
    cost = Cost(content["argon2id"]["operations"], content["argon2id"]["memory"])
    try:
        private = bytes(SecretBox(_derived(passphrase, salt, cost)).decrypt(box))
    except CryptoError:
        return Problem("passphrase_wrong")
    if len(private) != KEY_BYTES or bytes(PrivateKey(private).public_key) != public_key:
        return Problem("key_file_unreadable")
    return private


def opens(private_key: bytes, everybody: Sequence[bytes], consultation_id: str) -> bool:
    """Whether a key opens a test envelope of our own, sealed to all recipients."""
    public = bytes(PrivateKey(private_key).public_key)
    if public not in everybody:
        return False
    test = Content(consultation_id, {"test": 1})
    opened = unseal(private_key, everybody.index(public), consultation_id, seal(everybody, test))
    return opened == test


def _parsed(file: bytes) -> tuple[dict[str, Any], bytes, bytes, bytes] | None:
    """The fields of a file of ours, with its salt, box and public key; ``None`` when it is none."""
    try:
        content = json.loads(file[: LARGEST_KEY_FILE + 1])
        del content["words"]
        check = content.pop("check")
        salt = base64.b64decode(content["argon2id"]["salt"], validate=True)
        box = base64.b64decode(content["private_key"], validate=True)
        public = base64.b64decode(content["public_key"], validate=True)
        ours = check == _check(content) and content["format"] == _FORMAT
        ours = ours and len(salt) == SALT_BYTES and _bearable(content["argon2id"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        return None
    return (content, salt, box, public) if ours else None


def _not_hers(content: Mapping[str, Any], owner: Owner, *, known: bool) -> Problem | None:
    if content["consultation"] != owner.consultation_id:
        return Problem("key_file_other")
    if content["holder"] != owner.account_id:
        return Problem("key_file_holder")
    return None if known else Problem("key_file_old")


def _bearable(cost: Mapping[str, Any]) -> bool:
    """Whether trying a passphrase at this cost is within what we ever ask: files come from
    outside."""
    operations, memory = cost["operations"], cost["memory"]
    if type(operations) is not int or type(memory) is not int:
        return False
    enough = operations >= argon2id.OPSLIMIT_MIN and memory >= argon2id.MEMLIMIT_MIN
    return enough and operations <= _MOST_OPERATIONS and memory <= _MOST_MEMORY


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    typed = _plain(passphrase).encode()
    return bytes(argon2id.kdf(KEY_BYTES, typed, salt, cost.operations, cost.memory))


def _plain(text: str) -> str:
    """One spelling for what looks the same, whatever keyboard it was typed on."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _check(content: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
