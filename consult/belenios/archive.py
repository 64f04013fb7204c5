"""The public archive ``UUID.bel``: an append-only file of data and a chain of events.

Specification 2.0, section 4.4. An old-style tar without an end: a header member, then for each
event its data members and the event itself, each named by the SHA-256 of its bytes. An event
names the one before it and its last data member, so the last event's hash fixes everything.

Writing is a pure step: ``append(chain, kind, *data)`` gives the bytes to append and the next
chain. Store the blocks one by one; joined in order they are the archive. Reading is in
:mod:`consult.belenios.reading`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from consult.belenios import wire
from consult.belenios.invalid import Invalid

BLOCK = 512


class Kind(StrEnum):
    """The kinds of event, in the order in which they may follow."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


_DATA = {
    Kind.SETUP: 4,
    Kind.BALLOT: 1,
    Kind.END_BALLOTS: 0,
    Kind.ENCRYPTED_TALLY: 2,
    Kind.PARTIAL_DECRYPTION: 2,
    Kind.RESULT: 1,
}

_FOLLOWS = {
    None: {Kind.SETUP},
    Kind.SETUP: {Kind.BALLOT, Kind.END_BALLOTS},
    Kind.BALLOT: {Kind.BALLOT, Kind.END_BALLOTS},
    Kind.END_BALLOTS: {Kind.ENCRYPTED_TALLY},
    Kind.ENCRYPTED_TALLY: {Kind.PARTIAL_DECRYPTION},
    Kind.PARTIAL_DECRYPTION: {Kind.PARTIAL_DECRYPTION, Kind.RESULT},
    Kind.RESULT: set(),
}


@dataclass(frozen=True)
class Chain:
    """Where an archive stands: enough to append the next event."""

    timestamp: int
    """Seconds since 1970, the same in every member."""
    height: int = 0
    """The height of the next event, which is the number of events so far."""
    head: str | None = None
    """The hash of the last event, hexadecimal."""
    last: Kind | None = None
    """The kind of the last event."""


@dataclass(frozen=True)
class Appended:
    """Bytes to append to the archive, and where it stands after them."""

    block: bytes
    chain: Chain


def member(name: str, body: bytes, timestamp: int) -> bytes:
    """One file of the tar: a header block, the body, and zeros up to a whole block."""
    header = bytearray(BLOCK)
    header[0 : len(name)] = name.encode()
    header[100:107] = b"0000644"
    header[108:115] = header[116:123] = b"0000000"
    header[124:135] = b"%011o" % len(body)
    header[136:147] = b"%011o" % timestamp
    header[148:156] = b"        "
    header[156:157] = b"0"
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + body + bytes(-len(body) % BLOCK)


def _event(chain: Chain, kind: Kind, payload: str | None) -> bytes:
    parent = {} if chain.head is None else {"parent": chain.head}
    carried = {} if payload is None else {"payload": payload}
    return wire.compact({**parent, "height": chain.height, "type": kind, **carried})


def start(timestamp: int) -> Appended:
    """A new archive: its header."""
    body = wire.compact({"version": 1, "timestamp": str(timestamp)})
    return Appended(member("BELENIOS", body, timestamp), Chain(timestamp))


def append(chain: Chain, kind: Kind, *data: bytes) -> Appended:
    """One event with its data members; the last of them is the event's payload."""
    if kind not in _FOLLOWS[chain.last]:
        raise Invalid("event_order", height=chain.height, kind=str(kind))
    if len(data) != _DATA[kind]:
        raise Invalid("event_data", height=chain.height, kind=str(kind))
    event = _event(chain, kind, wire.hash_hex(data[-1]) if data else None)
    members = [member(f"{wire.hash_hex(body)}.data.json", body, chain.timestamp) for body in data]
    head = wire.hash_hex(event)
    members.append(member(f"{head}.event.json", event, chain.timestamp))
    after = replace(chain, height=chain.height + 1, head=head, last=kind)
    return Appended(b"".join(members), after)


def setup_data(election: bytes, trustees: bytes, credentials: bytes) -> bytes:
    """The data member that names the three files of the setup."""
    return wire.compact(
        {
            "election": wire.hash_hex(election),
            "trustees": wire.hash_hex(trustees),
            "credentials": wire.hash_hex(credentials),
        }
    )


def sized_tally(tally: bytes, ballots: int) -> bytes:
    """The data member that names the encrypted tally of so many ballots."""
    return wire.compact(
        {
            "num_tallied": ballots,
            "total_weight": ballots,
            "encrypted_tally": wire.hash_hex(tally),
        }
    )


def owned(owner: int, decryption: bytes) -> bytes:
    """The data member that says which trustee, counted from 1, made a partial decryption."""
    return wire.compact({"owner": owner, "payload": wire.hash_hex(decryption)})


def setup(chain: Chain, election: bytes, trustees: bytes, credentials: bytes) -> Appended:
    """The first event: what is asked, under whose keys, who may vote."""
    files = (election, trustees, credentials)
    return append(chain, Kind.SETUP, *files, setup_data(*files))


def cast(chain: Chain, ballot: bytes) -> Appended:
    """One ballot."""
    return append(chain, Kind.BALLOT, ballot)


def end_ballots(chain: Chain) -> Appended:
    """No more ballots."""
    return append(chain, Kind.END_BALLOTS)


def encrypted_tally(chain: Chain, tally: bytes, ballots: int) -> Appended:
    """The encrypted tally of so many ballots."""
    return append(chain, Kind.ENCRYPTED_TALLY, tally, sized_tally(tally, ballots))


def partial_decryption(chain: Chain, owner: int, decryption: bytes) -> Appended:
    """One trustee's partial decryption; trustees are counted from 1."""
    return append(chain, Kind.PARTIAL_DECRYPTION, decryption, owned(owner, decryption))


def result(chain: Chain, counts: bytes) -> Appended:
    """The last event: the result."""
    return append(chain, Kind.RESULT, counts)
