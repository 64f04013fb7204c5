"""The parts of a verification: the setup, the ballots, the outcome.

Each takes events whose form is already exact (:mod:`consult.belenios.reading`) and either
answers what they hold or refuses. Only of ballots are all problems told, not just the first.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from gmpy2 import mpz

from consult.belenios import archive, ballot, election, tally, trustee, wire
from consult.belenios.archive import Kind
from consult.belenios.credential import parse_credentials
from consult.belenios.election import Election
from consult.belenios.invalid import Invalid
from consult.belenios.parallel import spread
from consult.belenios.reading import Event
from consult.belenios.tally import Counts, Tally
from consult.belenios.trustee import Trustee

Progress = Callable[[int, int], None]
"""Is told how many ballots of how many are done."""

_SLICE = 16


@contextmanager
def _at(**where: object) -> Iterator[None]:
    """Adds to a refusal where in the archive it arose."""
    try:
        yield
    except Invalid as broken:
        raise Invalid(broken.code, **(where | broken.facts)) from None


@dataclass(frozen=True)
class Setup:
    """What the first event lays down for good."""

    election: Election
    trustees: tuple[Trustee, ...]
    credentials: frozenset[str]


def open_setup(event: Event, jobs: int = 1) -> Setup:
    """The question, the trustees whose keys make the election's key, and who may vote."""
    *files, named = map(bytes, event.data)
    if named != archive.setup_data(*files):
        raise Invalid("setup_reference")
    chosen = election.parse(files[0])
    trustees = trustee.parse_trustees(files[1])
    if trustee.combined_key(trustees) != chosen.public_key:
        raise Invalid("key_mismatch")
    return Setup(chosen, trustees, parse_credentials(files[2], jobs))


@dataclass(frozen=True)
class Box:
    """The ballot box: how many ballots were cast, what is wrong with them, and their tally."""

    cast: int
    turnout: int
    broken: tuple[Invalid, ...]
    tally: Tally


_Cast = tuple[int, bytes, bool]  # height of the event, ballot, whether its credential's last


def count_ballots(
    setup: Setup, events: Sequence[Event], jobs: int = 1, progress: Progress | None = None
) -> Box:
    """Checks every ballot, those later replaced included, and adds up those that count."""
    cast = [event for event in events if event.kind == Kind.BALLOT]
    broken, last = _strays(setup, cast)
    counting, stray = set(last.values()), {wrong.facts["height"] for wrong in broken}
    work = (
        (event.height, bytes(event.data[0]), event.height in counting)
        for event in cast
        if event.height not in stray
    )
    tallies, done = [tally.empty_tally(setup.election)], 0
    for wrong, part in spread(partial(_check_slice, setup.election), work, jobs, _SLICE):
        broken += wrong
        tallies.append(part)
        done = min(done + _SLICE, len(cast))
        if progress:
            progress(done, len(cast))
    return Box(len(cast), len(last), tuple(broken), tally.add(*tallies))


def _strays(setup: Setup, cast: Sequence[Event]) -> tuple[list[Invalid], dict[str, int]]:
    """Ballots that must not be there at all, and the height of each credential's last ballot."""
    broken: list[Invalid] = []
    seen: set[str | None] = set()
    last: dict[str, int] = {}
    for event in cast:
        try:
            with _at(height=event.height):
                last[_caster(event, setup, seen)] = event.height
        except Invalid as stray:
            broken.append(stray)
        seen.add(event.payload)
    return broken, last


def _caster(event: Event, setup: Setup, seen: set[str | None]) -> str:
    if event.payload in seen:
        raise Invalid("ballot_repeated")
    named = ballot.credential_of(event.data[0])
    if named not in setup.credentials:
        raise Invalid("credential_unknown")
    return named


def _check_slice(chosen: Election, part: Sequence[_Cast]) -> tuple[list[Invalid], Tally]:
    broken: list[Invalid] = []
    counted = []
    for height, raw, counts in part:
        try:
            with _at(height=height):
                checked = ballot.check(raw, chosen)
            if counts:
                counted.append(checked)
        except Invalid as wrong:
            broken.append(wrong)
    return broken, tally.encrypted_tally(chosen, counted)


def read_outcome(setup: Setup, events: Sequence[Event], box: Box) -> Counts | None:
    """The result, after the tally, every decryption and every count was made anew.

    Of an election that is not over, what is there is checked, and there is no result.
    """
    factors: dict[int, tuple[tuple[mpz, ...], ...]] = {}
    counts = None
    for event in events:
        with _at(height=event.height):
            match event.kind:
                case Kind.ENCRYPTED_TALLY:
                    _check_tally(event, box)
                case Kind.PARTIAL_DECRYPTION:
                    owner = _owner(event, setup, factors)
                    with _at(owner=owner):
                        factors[owner] = trustee.check_decryption(
                            bytes(event.data[0]),
                            setup.trustees[owner - 1],
                            box.tally,
                            setup.election.fingerprint,
                        )
                case Kind.RESULT:
                    if len(factors) != len(setup.trustees):
                        raise Invalid("decryption_missing", found=len(factors))
                    counts = tally.open_tally(box.tally, list(factors.values()), box.turnout)
                    _check_result(bytes(event.data[0]), counts, box.turnout)
    return counts


def _check_tally(event: Event, box: Box) -> None:
    raw, sized = map(bytes, event.data)
    if raw != tally.tally_file(box.tally):
        raise Invalid("tally_wrong")
    if sized != archive.sized_tally(raw, box.turnout):
        raise Invalid("tally_size_wrong", turnout=box.turnout)


def _owner(event: Event, setup: Setup, seen: dict[int, tuple[tuple[mpz, ...], ...]]) -> int:
    raw, owned = map(bytes, event.data)
    fields = wire.record(wire.parse(owned, "owner"), "owner", "owner", "payload")
    owner = wire.whole(fields["owner"], "owner")
    if owned != archive.owned(owner, raw):
        raise Invalid("decryption_reference")
    if not 1 <= owner <= len(setup.trustees):
        raise Invalid("owner_unknown", owner=owner)
    if owner in seen:
        raise Invalid("owner_repeated", owner=owner)
    return owner


def _check_result(raw: bytes, counts: Counts, turnout: int) -> None:
    published = tally.parse_result(raw)
    if [len(row) for row in published] != [len(row) for row in counts]:
        raise Invalid("result_length")
    if any(count > turnout for row in published for count in row):
        raise Invalid("result_above_turnout", turnout=turnout)
    if published != counts:
        raise Invalid("result_wrong")
