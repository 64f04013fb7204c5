"""Trustees: those who hold the key together. Single, mandatory trustees only.

Specification 2.0, sections 4.5 (keys), 4.7 (the trustees file) and 4.18 (partial decryptions).
Everyone's part is needed to decrypt. Threshold blocks ("Pedersen") are refused by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz, powmod

from consult.belenios import group, wire
from consult.belenios.group import Draw, G, P, fresh, is_member, powers
from consult.belenios.invalid import Invalid
from consult.belenios.proof import Proof, check_secret, prove_secret, read_proof, read_proofs
from consult.belenios.tally import Tally


@dataclass(frozen=True)
class Trustee:
    """A trustee's public key with the proof that its private key is known."""

    public_key: mpz
    proof: Proof
    name: str | None = None

    def json(self) -> dict[str, object]:
        """The shape in files (``trustee_public_key``, 4.5)."""
        shape: dict[str, object] = {"pok": self.proof.json(), "public_key": str(self.public_key)}
        return shape if self.name is None else {**shape, "name": self.name}


def new_private_key(draw: Draw) -> mpz:
    """A trustee's private key. Its file for the public tool is the number between quotes."""
    return fresh(draw)


def _prefix(public_key: mpz) -> str:
    return f"pok|{group.NAME}|{public_key}|"


def announce(private_key: mpz, draw: Draw, name: str | None = None) -> Trustee:
    """The public side of a private key."""
    public_key = powers(G)(private_key)
    return Trustee(public_key, prove_secret(_prefix(public_key), private_key, draw), name)


def _read(value: wire.Json) -> Trustee:
    fields = wire.record(value, "trustee", "pok", "public_key", optional=("name",))
    name = wire.text(fields["name"], "trustee name") if "name" in fields else None
    public_key = wire.decimal(fields["public_key"], "public_key", P)
    trustee = Trustee(public_key, read_proof(fields["pok"], "pok"), name)
    if public_key == 1 or not is_member(public_key):
        raise Invalid("trustee_key_not_member")
    if not check_secret(_prefix(public_key), trustee.proof, public_key):
        raise Invalid("trustee_proof_wrong")
    return trustee


def parse_trustee(raw: bytes) -> Trustee:
    """A trustee from ``{"pok":…,"public_key":…,"name"?:…}``, membership and proof checked."""
    return _read(wire.parse(raw, "trustee"))


def trustees_file(trustees: Sequence[Trustee]) -> bytes:
    """The published list of trustees (4.7)."""
    return wire.compact([["Single", trustee.json()] for trustee in trustees])


def parse_trustees(raw: bytes) -> tuple[Trustee, ...]:
    """The trustees of a published list, each checked, no key twice."""
    trustees = []
    for item in wire.items(wire.parse(raw, "trustees"), "trustees"):
        match item:
            case ["Single", entry]:
                trustees.append(_read(entry))
            case ["Pedersen", _]:
                raise Invalid("threshold_not_supported")
            case _:
                raise Invalid("json_shape", what="trustees")
    if not trustees:
        raise Invalid("trustees_missing")
    if len({trustee.public_key for trustee in trustees}) != len(trustees):
        raise Invalid("trustee_repeated")
    return tuple(trustees)


def combined_key(trustees: Sequence[Trustee]) -> mpz:
    """The election's public key: the product of the trustees' keys."""
    return group.product(trustee.public_key for trustee in trustees)


def _decryption_prefix(fingerprint: str, public_key: mpz) -> str:
    return f"decrypt|{fingerprint}|{public_key}|"


def decrypt(private_key: mpz, tally: Tally, fingerprint: str, draw: Draw) -> bytes:
    """A trustee's partial decryption of the encrypted tally, with its proofs (4.18)."""
    prefix = _decryption_prefix(fingerprint, powers(G)(private_key))
    factors, proofs = [], []
    for question in tally:
        factors.append([str(powmod(cell.alpha, private_key, P)) for cell in question])
        made = [prove_secret(prefix, private_key, draw, cell.alpha) for cell in question]
        proofs.append([proof.json() for proof in made])
    return wire.compact({"decryption_factors": factors, "decryption_proofs": proofs})


def check_decryption(
    raw: bytes, trustee: Trustee, tally: Tally, fingerprint: str
) -> tuple[tuple[mpz, ...], ...]:
    """The decryption factors, question by question, after every proof has been checked."""
    what = "partial_decryption"
    fields = wire.record(
        wire.parse_exact(raw, what), what, "decryption_factors", "decryption_proofs"
    )
    factors = tuple(
        tuple(wire.decimal(factor, what, P) for factor in wire.items(row, what))
        for row in wire.items(fields["decryption_factors"], what)
    )
    proofs = [read_proofs(row, what) for row in wire.items(fields["decryption_proofs"], what)]
    shape = [len(question) for question in tally]
    if [len(row) for row in factors] != shape or [len(row) for row in proofs] != shape:
        raise Invalid("decryption_length")
    prefix = _decryption_prefix(fingerprint, trustee.public_key)
    for cells, row, proven in zip(tally, factors, proofs, strict=True):
        for cell, factor, proof in zip(cells, row, proven, strict=True):
            if not is_member(factor):
                raise Invalid("decryption_not_member")
            if not check_secret(prefix, proof, trustee.public_key, (cell.alpha, factor)):
                raise Invalid("decryption_proof_wrong")
    return factors
