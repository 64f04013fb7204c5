"""A ballot: the encrypted answers and the voter's signature.

Specification 2.0, sections 4.14 (signature) and 4.15 (ballots). A ballot has exactly one
spelling; its hash is its name in the archive and, in base64, the tracker that the voter keeps.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from consult.belenios import wire
from consult.belenios.answer import Answer, check_answer, create_answer, largest, read_answer
from consult.belenios.election import Election
from consult.belenios.group import Draw, G, P, Q, powers
from consult.belenios.invalid import Invalid
from consult.belenios.proof import Proof, check_secret, prove_secret, read_proof


@dataclass(frozen=True)
class Ballot:
    """A ballot as read; its form is right, nothing else is checked yet."""

    raw: bytes
    uuid: str
    fingerprint: str
    credential: str
    answers: tuple[Answer, ...]
    signed_hash: str
    signature: Proof

    @property
    def tracker(self) -> str:
        """What the voter keeps and looks up: 43 characters."""
        return wire.hash_base64(self.raw)

    @property
    def hash(self) -> str:
        """Its name in the archive, hexadecimal."""
        return wire.hash_hex(self.raw)


def create(election: Election, secret: mpz, choices: Sequence[Sequence[int]], draw: Draw) -> bytes:
    """A ballot of the credential with this secret exponent.

    ``choices`` has one vector of 0 and 1 for each question, as long as ``question.length``.
    """
    if len(choices) != len(election.questions):
        raise Invalid("choices_length", expected=len(election.questions))
    credential = str(powers(G)(secret))
    bound = f"{election.fingerprint}|{credential}"
    answers = [
        create_answer(question, vector, election.public_key, bound, draw)
        for question, vector in zip(election.questions, choices, strict=True)
    ]
    unsigned = _unsigned(election, credential, answers)
    signed_hash = wire.hash_base64(wire.compact(unsigned))
    signature = prove_secret(f"sig|{signed_hash}|", secret, draw)
    return _signed(unsigned, signed_hash, signature)


def _unsigned(election: Election, credential: str, answers: Sequence[Answer]) -> dict[str, object]:
    return {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [answer.json() for answer in answers],
    }


def _signed(unsigned: dict[str, object], signed_hash: str, signature: Proof) -> bytes:
    shape = {"hash": signed_hash, "proof": signature.json()}
    return wire.compact(unsigned | {"signature": shape})


def longest(election: Election) -> int:
    """The length in bytes that no ballot of this election exceeds, for limits at the door."""
    unsigned = _unsigned(election, str(P), list(map(largest, election.questions)))
    return len(_signed(unsigned, election.fingerprint, Proof(Q, Q)))


def parse(raw: bytes) -> Ballot:
    """A ballot from its exact bytes; form only, nothing is verified."""
    names = ("election_uuid", "election_hash", "credential", "answers", "signature")
    fields = wire.record(wire.parse_exact(raw, "ballot"), "ballot", *names)
    signature = wire.record(fields["signature"], "signature", "hash", "proof")
    return Ballot(
        raw=raw,
        uuid=wire.text(fields["election_uuid"], "election_uuid"),
        fingerprint=wire.text(fields["election_hash"], "election_hash"),
        credential=str(wire.decimal(fields["credential"], "credential", P)),
        answers=tuple(map(read_answer, wire.items(fields["answers"], "answers"))),
        signed_hash=wire.text(signature["hash"], "signature"),
        signature=read_proof(signature["proof"], "signature"),
    )


_HEAD = re.compile(
    rb'\{"election_uuid":"[^"\\]*","election_hash":"[^"\\]*","credential":"([0-9]+)","answers":'
)


def credential_of(raw: bytes | memoryview) -> str:
    """The credential that a ballot names, read from its head without looking at the rest.

    Of a ballot that :func:`check` accepts, it is the credential.
    """
    head = _HEAD.match(raw)
    if not head:
        raise Invalid("json_fields", what="ballot")
    return head[1].decode()


def verify(raw: bytes, election: Election, known: Container[str]) -> Ballot:
    """The ballot, after everything was checked: form, credential, election, signature, proofs.

    Whether it was cast before, and whether the election is open, is for the caller to say.
    """
    ballot = parse(raw)
    if ballot.credential not in known:
        raise Invalid("credential_unknown")
    _check(ballot, election)
    return ballot


def check(raw: bytes, election: Election) -> Ballot:
    """As :func:`verify`, for a caller who looks up the credential elsewhere."""
    ballot = parse(raw)
    _check(ballot, election)
    return ballot


def _check(ballot: Ballot, election: Election) -> None:
    if ballot.uuid != election.uuid or ballot.fingerprint != election.fingerprint:
        raise Invalid("ballot_other_election")
    if len(ballot.answers) != len(election.questions):
        raise Invalid("answers_length", expected=len(election.questions))
    _check_signature(ballot)
    bound = f"{ballot.fingerprint}|{ballot.credential}"
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        check_answer(question, answer, election.public_key, bound)


def _check_signature(ballot: Ballot) -> None:
    unsigned = ballot.raw[: ballot.raw.rindex(b',"signature":')] + b"}"
    if wire.hash_base64(unsigned) != ballot.signed_hash:
        raise Invalid("signature_hash")
    prefix = f"sig|{ballot.signed_hash}|"
    if not check_secret(prefix, ballot.signature, mpz(ballot.credential)):
        raise Invalid("signature_wrong")
