"""Sealing what the database must not hold in clear: e-mail addresses and waiting files."""

from dataclasses import dataclass

from nacl.secret import SecretBox

from consult.config import Settings


class Seal:
    """Encrypts and authenticates under one key (XSalsa20-Poly1305, a fresh nonce each time)."""

    def __init__(self, key: bytes) -> None:
        self._box = SecretBox(key)

    def close(self, content: bytes) -> bytes:
        """The sealed content, 40 bytes longer."""
        return bytes(self._box.encrypt(content))

    def open(self, sealed: bytes) -> bytes:
        """The content again. An altered one raises ``nacl.exceptions.CryptoError``."""
        return self._box.decrypt(sealed)


@dataclass(frozen=True, slots=True)
class Seals:
    """The register's seals, each under a key of its own."""

    email: Seal
    file: Seal


def seals(settings: Settings) -> Seals:
    """The seals of an installation."""
    return Seals(Seal(settings.key("register.email")), Seal(settings.key("register.file")))
