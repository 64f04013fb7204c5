"""Credentials: from a voter's code to the public key that signs a ballot.

Specification 2.0, section 4.8. The secret exponent is derived from the code *exactly as given*:
with or without hyphens are two different credentials, so whoever reads a typed code brings it
into its printed form first. Any text serves as a code; how long and how checked is the caller's.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import partial

from gmpy2 import mpz

from consult.belenios import wire
from consult.belenios.group import Draw, G, P, Q, fresh, is_member, powers
from consult.belenios.invalid import Invalid
from consult.belenios.parallel import spread

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_UUID = re.compile(f"[{_BASE58}]{{14,64}}", re.ASCII)


def new_uuid(draw: Draw) -> str:
    """A name for an election: 14 random Base58 characters (4.2)."""
    number = fresh(draw)
    signs = []
    for _ in range(14):
        number, digit = divmod(number, 58)
        signs.append(_BASE58[digit])
    return "".join(signs)


def is_uuid(uuid: str) -> bool:
    """Whether ``uuid`` has the shape of an election's name."""
    return bool(_UUID.fullmatch(uuid))


def secret_exponent(code: str, uuid: str) -> mpz:
    """The private key of a code in the election ``uuid``."""
    derived = hashlib.pbkdf2_hmac("sha256", code.encode(), uuid.encode(), 1000, 32)
    return mpz(int.from_bytes(derived, "big")) % Q


def public_credential(code: str, uuid: str) -> str:
    """The public credential of a code, as a decimal string."""
    return str(powers(G)(secret_exponent(code, uuid)))


def _public_credentials(uuid: str, codes: Sequence[str]) -> list[str]:
    return [public_credential(code, uuid) for code in codes]


def public_credentials(codes: Sequence[str], uuid: str, jobs: int = 1) -> list[str]:
    """The public credentials of many codes, in the order of the codes; about 0.3 ms each."""
    parts = spread(partial(_public_credentials, uuid), codes, jobs, 500)
    return [credential for part in parts for credential in part]


def credentials_file(credentials: Iterable[str]) -> bytes:
    """The published list: sorted, so that it does not show the order of the roll."""
    listed = sorted(credentials)
    if len(set(listed)) != len(listed):
        raise Invalid("credential_repeated")
    return wire.compact(listed)


def parse_credentials(raw: bytes, jobs: int = 1) -> frozenset[str]:
    """The credentials of a published list: distinct members, none of them weighted or trivial."""
    listed = [
        wire.text(item, "credential")
        for item in wire.items(wire.parse(raw, "credentials"), "credentials")
    ]
    if len(set(listed)) != len(listed):
        raise Invalid("credential_repeated")
    if any("," in credential for credential in listed):
        raise Invalid("credential_weighted")
    for part in spread(_first_bad, listed, jobs, 500):
        if part:
            raise Invalid(part)
    return frozenset(listed)


def _first_bad(credentials: Sequence[str]) -> str:
    for credential in credentials:
        try:
            number = wire.decimal(credential, "credential", P)
        except Invalid as broken:
            return broken.code
        if number == 1 or not is_member(number):
            return "credential_not_member"
    return ""
