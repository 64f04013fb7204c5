"""The count: ciphertexts multiplied per place, then opened by all trustees together.

Specification 2.0, sections 4.16 (encrypted tally) and 4.19 (result). The last ballot of each
credential counts.
"""

from collections.abc import Iterable, Sequence

from gmpy2 import invert, mpz

from consult.belenios import group, wire
from consult.belenios.ballot import Ballot
from consult.belenios.cipher import NOTHING, Ciphertext, combine, read_ciphertext
from consult.belenios.election import Election
from consult.belenios.group import G, P, is_member
from consult.belenios.invalid import Invalid

Tally = tuple[tuple[Ciphertext, ...], ...]
"""For each question, one ciphertext for each place."""

Counts = tuple[tuple[int, ...], ...]
"""For each question, the number of votes for each place; with a blank, place 0 counts blanks."""


def last_ballots(ballots: Iterable[Ballot]) -> list[Ballot]:
    """Of each credential the ballot cast last, from ballots in the order of casting."""
    return list({ballot.credential: ballot for ballot in ballots}.values())


def empty_tally(election: Election) -> Tally:
    """The tally before any ballot."""
    return tuple((NOTHING,) * question.length for question in election.questions)


def add(*tallies: Tally) -> Tally:
    """The tally of all ballots of these tallies together."""
    return tuple(
        tuple(combine(cells) for cells in zip(*rows, strict=True))
        for rows in zip(*tallies, strict=True)
    )


def encrypted_tally(election: Election, ballots: Iterable[Ballot]) -> Tally:
    """The tally of exactly these verified ballots; see :func:`last_ballots`."""
    tally = empty_tally(election)
    for ballot in ballots:
        tally = add(tally, tuple(answer.choices for answer in ballot.answers))
    return tally


def tally_file(tally: Tally) -> bytes:
    """The published encrypted tally."""
    return wire.compact([[cell.json() for cell in question] for question in tally])


def parse_tally(raw: bytes) -> Tally:
    """A published encrypted tally, its membership checked."""
    what = "encrypted_tally"
    tally = tuple(
        tuple(map(read_ciphertext, wire.items(question, what)))
        for question in wire.items(wire.parse_exact(raw, what), what)
    )
    if not all(is_member(number) for row in tally for cell in row for number in cell):
        raise Invalid("tally_not_member")
    return tally


def open_tally(
    tally: Tally, factors: Sequence[tuple[tuple[mpz, ...], ...]], ballots: int
) -> Counts:
    """The counts, from the decryption factors of every trustee.

    ``ballots`` is how many ballots were tallied: no count exceeds it.
    """
    hidden = [
        [
            cell.beta * invert(group.product(part[row][place] for part in factors), P) % P
            for place, cell in enumerate(question)
        ]
        for row, question in enumerate(tally)
    ]
    known = _logarithms({element for row in hidden for element in row}, ballots)
    return tuple(tuple(known[element] for element in row) for row in hidden)


def _logarithms(wanted: set[mpz], most: int) -> dict[mpz, int]:
    """Each wanted element's exponent of G, all of them within 0 … most."""
    found: dict[mpz, int] = {}
    power = mpz(1)
    for exponent in range(most + 1):
        if power in wanted:
            found[power] = exponent
        if len(found) == len(wanted):
            return found
        power = power * G % P
    raise Invalid("count_out_of_range", ballots=most)


def result_file(counts: Counts) -> bytes:
    """The published result."""
    return wire.compact({"result": [list(row) for row in counts]})


def parse_result(raw: bytes) -> Counts:
    """A published result."""
    what = "result"
    fields = wire.record(wire.parse_exact(raw, what), what, "result")
    return tuple(
        tuple(wire.whole(count, what) for count in wire.items(row, what))
        for row in wire.items(fields["result"], what)
    )
