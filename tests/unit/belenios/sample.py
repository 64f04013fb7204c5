"""Whole elections for tests, small and repeatable."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from consult.belenios import archive, ballot, credential, election, tally, trustee, wire
from consult.belenios.archive import Chain, Kind
from consult.belenios.ballot import Ballot
from consult.belenios.election import Election, Question
from consult.belenios.group import Draw, Q
from consult.belenios.proof import prove_secret
from consult.belenios.trustee import Trustee

Step = tuple[Kind, tuple[bytes, ...]]
Vote = tuple[int, list[list[int]]]

STAMP = 1_795_341_600
ONE_OF_THREE = Question("Wie kiest u?", ("Ada", "Bob", "Çelik"), 0, 1)


def draws(seed: int) -> Draw:
    """Repeatable randomness: for tests only."""
    source = random.Random(seed)
    return lambda: source.randrange(int(Q))


@dataclass(frozen=True)
class Sample:
    """An election with all its secrets."""

    election: Election
    trustees_raw: bytes
    credentials_raw: bytes
    codes: tuple[str, ...]
    private_keys: tuple[int, ...]

    @property
    def trustees(self) -> tuple[Trustee, ...]:
        return trustee.parse_trustees(self.trustees_raw)

    @property
    def known(self) -> frozenset[str]:
        return credential.parse_credentials(self.credentials_raw)

    def secret(self, voter: int) -> int:
        return credential.secret_exponent(self.codes[voter], self.election.uuid)

    def cast(self, voter: int, choices: Sequence[Sequence[int]], seed: int = 7) -> bytes:
        return ballot.create(self.election, self.secret(voter), choices, draws(seed + voter))

    def signed(self, voter: int, shape: dict[str, object]) -> bytes:
        """A ballot of any shape, with the voter's own signature that holds."""
        unsigned = {name: value for name, value in shape.items() if name != "signature"}
        signed_hash = wire.hash_base64(wire.compact(unsigned))
        proof = prove_secret(f"sig|{signed_hash}|", self.secret(voter), draws(3))
        signature = {"hash": signed_hash, "proof": proof.json()}
        return wire.compact(unsigned | {"signature": signature})

    def setup(self) -> Step:
        files = (self.election.raw, self.trustees_raw, self.credentials_raw)
        return Kind.SETUP, (*files, archive.setup_data(*files))

    def steps(self, votes: Sequence[Vote]) -> list[Step]:
        """Every event of the election with these votes, in order."""
        raws = [self.cast(voter, choices, 100 + n) for n, (voter, choices) in enumerate(votes)]
        return self.finish(raws)

    def finish(self, raws: Sequence[bytes]) -> list[Step]:
        """Every event of the election with these ballots."""
        counted = tally.last_ballots(map(ballot.parse, raws))
        return [
            self.setup(),
            *((Kind.BALLOT, (raw,)) for raw in raws),
            (Kind.END_BALLOTS, ()),
            *self.outcome(counted),
        ]

    def outcome(self, counted: Sequence[Ballot]) -> list[Step]:
        """The events after the closing, as if exactly these ballots had been cast."""
        cells = tally.encrypted_tally(self.election, counted)
        raw = tally.tally_file(cells)
        steps: list[Step] = [(Kind.ENCRYPTED_TALLY, (raw, archive.sized_tally(raw, len(counted))))]
        factors = []
        for owner, (key, holder) in enumerate(
            zip(self.private_keys, self.trustees, strict=True), start=1
        ):
            part = trustee.decrypt(key, cells, self.election.fingerprint, draws(900 + owner))
            factors.append(trustee.check_decryption(part, holder, cells, self.election.fingerprint))
            steps.append((Kind.PARTIAL_DECRYPTION, (part, archive.owned(owner, part))))
        counts = tally.open_tally(cells, factors, len(counted))
        return [*steps, (Kind.RESULT, (tally.result_file(counts),))]


@lru_cache
def sample(
    *questions: Question, voters: int = 3, trustees: int = 1, seed: int = 1, name: str = "Bestuur"
) -> Sample:
    """An election with these questions (one of three candidates when none are given)."""
    draw = draws(seed)
    uuid = credential.new_uuid(draw)
    codes = tuple(f"1234-5678-9012-3456-7890-{n:04d}-56" for n in range(voters))
    keys = tuple(trustee.new_private_key(draw) for _ in range(trustees))
    holders = [trustee.announce(key, draw, f"Notaris {n}") for n, key in enumerate(keys, 1)]
    return Sample(
        election.build(
            uuid,
            name,
            "Verkiezing van het bestuur",
            trustee.combined_key(holders),
            questions or (ONE_OF_THREE,),
        ),
        trustee.trustees_file(holders),
        credential.credentials_file(credential.public_credentials(codes, uuid)),
        codes,
        keys,
    )


def joined(steps: Sequence[Step]) -> bytes:
    """The archive of these events, hashes and heights right, whatever their order."""
    begun = archive.start(STAMP)
    blocks, chain = [begun.block], begun.chain
    for kind, data in steps:
        appended = archive.append(_willing(chain, kind), kind, *data)
        blocks.append(appended.block)
        chain = appended.chain
    return b"".join(blocks)


def _willing(chain: Chain, kind: Kind) -> Chain:
    """The same place in the archive, after an event that ``kind`` may follow."""
    before = {
        Kind.SETUP: None,
        Kind.BALLOT: Kind.SETUP,
        Kind.END_BALLOTS: Kind.SETUP,
        Kind.ENCRYPTED_TALLY: Kind.END_BALLOTS,
        Kind.PARTIAL_DECRYPTION: Kind.ENCRYPTED_TALLY,
        Kind.RESULT: Kind.PARTIAL_DECRYPTION,
    }
    return replace(chain, last=before[kind])
