"""ElGamal ciphertexts: alpha = g^r, beta = y^r·g^m. Their products add up what they hide.

Specification 2.0, sections 4.3 and 4.11.1.
"""

from collections.abc import Iterable
from typing import NamedTuple

from gmpy2 import mpz

from consult.belenios import wire
from consult.belenios.group import G, P, powers


class Ciphertext(NamedTuple):
    """Two elements; as text they stand in proofs' prefixes as "alpha,beta"."""

    alpha: mpz
    beta: mpz

    def __str__(self) -> str:
        return f"{self.alpha},{self.beta}"

    def json(self) -> dict[str, str]:
        """The shape in files."""
        return {"alpha": str(self.alpha), "beta": str(self.beta)}


NOTHING = Ciphertext(mpz(1), mpz(1))
"""The neutral ciphertext, of no votes at all."""


def encrypt(key: mpz, randomness: mpz, message: int) -> Ciphertext:
    """The ciphertext of a small whole number under the public key."""
    return Ciphertext(powers(G)(randomness), powers(key)(randomness) * powers(G)(message) % P)


def combine(ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """The ciphertext of the sum."""
    alpha, beta = NOTHING
    for cipher in ciphertexts:
        alpha, beta = alpha * cipher.alpha % P, beta * cipher.beta % P
    return Ciphertext(alpha, beta)


def read_ciphertext(value: wire.Json) -> Ciphertext:
    """A ciphertext from its JSON shape; membership is for the caller to check."""
    fields = wire.record(value, "ciphertext", "alpha", "beta")
    return Ciphertext(
        wire.decimal(fields["alpha"], "alpha", P), wire.decimal(fields["beta"], "beta", P)
    )
