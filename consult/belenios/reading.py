"""Reading an archive strictly: every byte is what the writer would have written.

Specification 2.0, section 4.4. The reader takes from the file only the bodies of data members
and the kind of each event; all else (tar headers, hashes, parents, heights, order) it writes
anew with :mod:`consult.belenios.archive` and compares.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from consult.belenios import wire
from consult.belenios.archive import BLOCK, Chain, Kind, append, member, start
from consult.belenios.invalid import Invalid


@dataclass(frozen=True)
class Event:
    """An event as read, with its data members as views into the archive.

    ``payload`` is the hash of the last data member.
    """

    kind: Kind
    height: int
    hash: str
    payload: str | None
    data: tuple[memoryview, ...]


@dataclass(frozen=True)
class Archive:
    """A whole archive as read: exact in form; what it says is not verified."""

    chain: Chain
    events: tuple[Event, ...]


def read(buffer: bytes | mmap) -> Archive:
    """The events of an archive, every byte of which is as :func:`append` would write it."""
    members = _members(memoryview(buffer))
    chain = _read_header(next(members, None))
    events: list[Event] = []
    waiting: list[_Member] = []
    for found in members:
        if found.is_event:
            event, chain = _read_event(chain, waiting, found)
            events.append(event)
            waiting = []
        else:
            waiting.append(found)
    if waiting:
        raise Invalid("archive_truncated")
    return Archive(chain, tuple(events))


@dataclass(frozen=True)
class _Member:
    offset: int
    whole: memoryview
    body: memoryview
    name: str

    @property
    def is_event(self) -> bool:
        return self.name.endswith(".event.json")


def _members(buffer: memoryview) -> Iterator[_Member]:
    offset = 0
    while offset < len(buffer):
        header = bytes(buffer[offset : offset + BLOCK])
        size = header[124:135]
        if len(header) < BLOCK:
            raise Invalid("archive_truncated", offset=offset)
        if not size.isdigit() or set(size) & set(b"89"):
            raise Invalid("member_header", offset=offset)
        start_of_body = offset + BLOCK
        end = start_of_body + int(size, 8)
        padded = end + -end % BLOCK
        if padded > len(buffer):
            raise Invalid("archive_truncated", offset=offset)
        name = header[:100].rstrip(b"\0").decode("ascii", "replace")
        yield _Member(offset, buffer[offset:padded], buffer[start_of_body:end], name)
        offset = padded


def _read_header(found: _Member | None) -> Chain:
    if found is None:
        raise Invalid("archive_empty")
    if found.name != "BELENIOS":
        raise Invalid("archive_header")
    fields = wire.record(
        wire.parse_exact(bytes(found.body), "header"), "header", "version", "timestamp"
    )
    stamp = wire.text(fields["timestamp"], "timestamp")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 10:
        raise Invalid("archive_header")
    begun = start(int(stamp))
    if begun.block != found.whole:
        raise Invalid("archive_header")
    return begun.chain


def _read_event(chain: Chain, waiting: list[_Member], found: _Member) -> tuple[Event, Chain]:
    for one in (*waiting, found):
        _check_member(one, chain.timestamp)
    fields = wire.parse_exact(bytes(found.body), "event")
    said = fields.get("type") if isinstance(fields, dict) else None
    if said not in list(Kind):
        raise Invalid("event_kind", height=chain.height, kind=str(said)[:40])
    kind = Kind(str(said))
    data = tuple(one.body for one in waiting)
    appended = append(chain, kind, *map(bytes, data))
    if appended.block[-len(found.whole) :] != found.whole:
        raise Invalid(_difference(fields, chain), height=chain.height)
    payload = wire.hash_hex(data[-1]) if data else None
    return Event(kind, chain.height, str(appended.chain.head), payload, data), appended.chain


def _difference(fields: wire.Json, chain: Chain) -> str:
    """Which part of an event is not what it should be."""
    if not isinstance(fields, dict) or fields.get("parent") != chain.head:
        return "event_parent"
    if fields.get("height") != chain.height:
        return "event_height"
    return "event_payload"


def _check_member(found: _Member, timestamp: int) -> None:
    kind = "event" if found.is_event else "data"
    name = f"{wire.hash_hex(found.body)}.{kind}.json"
    if found.name != name:
        raise Invalid("member_hash", offset=found.offset)
    if found.whole != member(name, bytes(found.body), timestamp):
        raise Invalid("member_header", offset=found.offset)
