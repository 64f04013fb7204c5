"""Ballots as voters' phones make them, on as many processes as there are.

This imports the protocol alone, so that a process starts at once.
"""

import secrets
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from consult.belenios import ballot, credential, election
from consult.belenios.ballot import Ballot
from consult.belenios.group import Q
from consult.belenios.parallel import spread


class Vote(NamedTuple):
    """A code as it is printed, and 0 or 1 for each answer of the paper."""

    code: str
    choices: tuple[int, ...]


def encrypted(paper: bytes, votes: Sequence[Vote], jobs: int) -> list[Ballot]:
    """The ballots of these votes, in their order, each with all its proofs checked."""
    parts = spread(partial(_encrypted, paper), votes, jobs, max(1, len(votes) // (4 * jobs)))
    return [one for part in parts for one in part]


def _encrypted(raw: bytes, votes: Sequence[Vote]) -> list[Ballot]:
    paper = election.parse(raw)
    found = []
    for vote in votes:
        secret = credential.secret_exponent(vote.code, paper.uuid)
        made = ballot.create(paper, secret, [vote.choices], _draw)
        found.append(ballot.check(made, paper))
    return found


def _draw() -> int:
    return secrets.randbelow(int(Q))
