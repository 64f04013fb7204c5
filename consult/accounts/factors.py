"""The two factors of staff: a password, kept as Argon2id, and a time-based one-time code.

The secret of the codes must be readable by the program. It is sealed under a key that is derived
from the installation's secret and the account, so that a copy of the database is not enough to
make codes, and a sealed secret is of no use with another account.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

import argon2
import pyotp
from nacl.secret import SecretBox

from consult.accounts.core.entry import STEP_SECONDS, same_password

# 19 MiB and two passes: the least that OWASP's password storage cheat sheet names.
_HASHER: Final = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when nobody is known under an address, so that the answer takes as long.
_NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$m+6pM5Cox5e2w38VJoWo0w"
    "$isNJfaY0cqrwqUF5ZsHe/DzIdUbEmNOtn7IJQyp1nIE"
)
_ISSUER: Final = "Consult"


def hash_password(password: str) -> str:
    """The Argon2id hash of a password, with its salt and costs."""
    return _HASHER.hash(same_password(password))


def password_matches(held: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; takes as long when there is no hash."""
    try:
        _HASHER.verify(held or _NOBODY, same_password(password))
    except argon2.exceptions.VerifyMismatchError:
        return False
    return held is not None


def invited_secret(key: bytes, token: str) -> str:
    """The TOTP secret that goes with an invitation: 160 bits, base 32.

    It follows from the token, so that looking at the invitation twice shows one secret and stores
    nothing; it takes ``key`` too, so that the link alone does not tell it.
    """
    digest = hmac.new(key, b"invitation:" + token.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()


def setup_uri(secret: str, name: str) -> str:
    """The ``otpauth:`` address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=_ISSUER)


def matching_step(secret: str, code: str, steps: Iterable[int]) -> int | None:
    """The step of ``steps`` to which the code belongs. Spaces in the code are forgiven."""
    typed = "".join(code.split()).encode()
    generator = pyotp.TOTP(secret, interval=STEP_SECONDS)
    for step in steps:
        if hmac.compare_digest(generator.generate_otp(step).encode(), typed):
            return step
    return None


def seal(key: bytes, account_id: str, secret: str) -> bytes:
    """A TOTP secret as it is stored with an account."""
    return bytes(_box(key, account_id).encrypt(secret.encode()))


def unseal(key: bytes, account_id: str, sealed: bytes) -> str:
    """The TOTP secret of an account."""
    return _box(key, account_id).decrypt(sealed).decode()


def _box(key: bytes, account_id: str) -> SecretBox:
    return SecretBox(hmac.new(key, account_id.encode(), hashlib.sha256).digest())
