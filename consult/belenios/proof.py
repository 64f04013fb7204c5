"""Zero-knowledge proofs: "I know this secret" and "one of these holds".

Specification 2.0, sections 4.5, 4.12, 4.13, 4.14 and 4.18, which are all instances of the two
shapes here. A prefix is the text that the proof is bound to.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gmpy2 import mpz, powmod

from consult.belenios import wire
from consult.belenios.group import Draw, G, P, Q, fresh, hash_to_exponent, powers


class Proof(NamedTuple):
    """One challenge and one response, both exponents."""

    challenge: mpz
    response: mpz

    def json(self) -> dict[str, str]:
        """The shape in files (specification 4.3)."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


def read_proof(value: wire.Json, what: str) -> Proof:
    """A proof from its JSON shape, its numbers within range."""
    fields = wire.record(value, what, "challenge", "response")
    return Proof(
        wire.decimal(fields["challenge"], what, Q), wire.decimal(fields["response"], what, Q)
    )


def read_proofs(value: wire.Json, what: str) -> tuple[Proof, ...]:
    """A list of proofs."""
    return tuple(read_proof(item, what) for item in wire.items(value, what))


def prove_secret(prefix: str, secret: mpz, draw: Draw, *bases: mpz) -> Proof:
    """Proof of knowledge of ``secret``, the same power of G and of each further base."""
    blinding = fresh(draw)
    commitments = [powers(G)(blinding), *(powmod(base, blinding, P) for base in bases)]
    challenge = hash_to_exponent(prefix, commitments)
    return Proof(challenge, (blinding - secret * challenge) % Q)


def check_secret(prefix: str, proof: Proof, public: mpz, *images: tuple[mpz, mpz]) -> bool:
    """Whether the proof shows the secret of ``public``, and each image = base^secret.

    Images are pairs (base, image). All elements must be members already.
    """
    challenge, response = proof
    commitments = [powers(G)(response) * powmod(public, challenge, P) % P]
    for base, image in images:
        commitments.append(powmod(base, response, P) * powmod(image, challenge, P) % P)
    return bool(hash_to_exponent(prefix, commitments) == challenge)


class Branch(NamedTuple):
    """What a prover knows of one ciphertext: alpha = g^randomness, beta = y^randomness·g^offset.

    The branch claims that it encrypts 0: it is true when the offset is 0.
    """

    randomness: mpz
    offset: int


def prove_any(prefix: str, branches: Sequence[Branch], key: mpz, draw: Draw) -> list[Proof]:
    """Proof that at least one branch is true, without showing which (4.12, 4.13).

    Every branch is first made as if it were false, from a random challenge and response; knowing
    the randomness, all powers are powers of G and of the key, so that tables serve throughout.
    The challenge of the true branch is then turned so that all challenges add up to the hash.
    """
    true = next(place for place, branch in enumerate(branches) if branch.offset == 0)
    proofs = [Proof(fresh(draw), fresh(draw)) for _ in branches]
    commitments = []
    for (randomness, offset), (challenge, response) in zip(branches, proofs, strict=True):
        blinding = response + randomness * challenge
        commitments.append(powers(G)(blinding))
        commitments.append(powers(key)(blinding) * powers(G)(offset * challenge) % P)
    missing = hash_to_exponent(prefix, commitments) - sum(proof.challenge for proof in proofs)
    challenge, response = proofs[true]
    turned = response - branches[true].randomness * missing
    proofs[true] = Proof((challenge + missing) % Q, turned % Q)
    return proofs


def check_any(
    prefix: str, statements: Sequence[tuple[mpz, mpz]], proofs: Sequence[Proof], key: mpz
) -> bool:
    """Whether the proofs show that one of the ciphertexts (alpha, beta) encrypts 0 under ``key``.

    All elements must be members already.
    """
    if len(proofs) != len(statements):
        return False
    commitments = []
    for (alpha, beta), (challenge, response) in zip(statements, proofs, strict=True):
        commitments.append(powers(G)(response) * powmod(alpha, challenge, P) % P)
        commitments.append(powers(key)(response) * powmod(beta, challenge, P) % P)
    total = sum(proof.challenge for proof in proofs) % Q
    return bool(hash_to_exponent(prefix, commitments) == total)
