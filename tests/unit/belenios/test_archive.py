import io
import json
import tarfile

import pytest

from consult.belenios import archive, reading, wire
from consult.belenios.archive import Kind
from consult.belenios.invalid import Invalid
from tests.unit.belenios.sample import STAMP, joined, sample


def _steps():
    case = sample()
    return case.steps([(0, [[1, 0, 0]]), (1, [[0, 1, 0]]), (0, [[0, 0, 1]])])


def test_blocks_stored_one_by_one_join_to_an_archive_that_reads_back():
    steps = _steps()
    read = reading.read(joined(steps))
    assert [(event.kind, tuple(map(bytes, event.data))) for event in read.events] == steps
    assert [event.height for event in read.events] == list(range(len(steps)))
    assert read.chain == archive.Chain(STAMP, len(steps), read.events[-1].hash, Kind.RESULT)


def test_an_event_names_its_parent_its_height_and_its_payload():
    begun = archive.start(STAMP)
    case = sample()
    first = archive.setup(begun.chain, case.election.raw, case.trustees_raw, case.credentials_raw)
    cast = archive.cast(first.chain, case.cast(0, [[1, 0, 0]]))
    event = json.loads(bytes(cast.block[-512:]).rstrip(b"\0"))
    assert list(event) == ["parent", "height", "type", "payload"]
    assert event["parent"] == first.chain.head
    assert event["height"] == 1
    assert event["payload"] == wire.hash_hex(case.cast(0, [[1, 0, 0]]))


def test_an_archive_is_readable_as_a_tar():
    with tarfile.open(fileobj=io.BytesIO(joined(_steps()) + bytes(1024))) as files:
        names = files.getnames()
        assert names[0] == "BELENIOS"
        for name in names[1:]:
            body = files.extractfile(name).read()
            assert name.split(".")[0] == wire.hash_hex(body)


def test_events_out_of_order_are_refused_when_written():
    begun = archive.start(STAMP)
    with pytest.raises(Invalid, match="event_order"):
        archive.cast(begun.chain, b"{}")


def test_an_event_with_too_little_data_is_refused_when_written():
    with pytest.raises(Invalid, match="event_data"):
        archive.append(archive.start(STAMP).chain, Kind.SETUP, b"{}")


def test_an_unfinished_archive_reads_as_far_as_it_goes():
    read = reading.read(joined(_steps()[:2]))
    assert read.chain.last == Kind.BALLOT
    assert read.chain.height == 2


def _refused(raw):
    with pytest.raises(Invalid) as refused:
        reading.read(raw)
    return refused.value.code


@pytest.mark.parametrize("length", [1, 100, 511, 513, 700, 1500, 5000])
def test_a_torn_archive_is_refused(length):
    assert _refused(joined(_steps()[:2])[:-length]) == "archive_truncated"


def test_an_empty_archive_is_refused():
    assert _refused(b"") == "archive_empty"


def test_an_archive_without_its_header_is_refused():
    assert _refused(joined(_steps())[1024:]) == "archive_header"


@pytest.mark.parametrize("tail", [bytes(512), bytes(1024), b"\0", b"x" * 512])
def test_anything_after_the_last_event_is_refused(tail):
    assert _refused(joined(_steps()) + tail) in {"member_header", "archive_truncated"}


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("member_header", b"0000644", b"0000666"),
        ("archive_header", b'"timestamp":"1', b'"timestamp":"2'),
        ("archive_header", b'"version":1', b'"version":2'),
        ("member_hash", b'"height":1', b'"height":2'),
    ],
)
def test_a_changed_byte_is_refused(code, old, new):
    raw = joined(_steps())
    place = raw.index(old, 600) if code.startswith("member") else raw.index(old)
    changed = raw[:place] + new + raw[place + len(old) :]
    assert _refused(changed) == code


def _with_event(change):
    """An archive whose second event says something else, under its right hash."""
    first = archive.append(archive.start(STAMP).chain, *_flat(_steps()[0]))
    cast = archive.append(first.chain, *_flat(_steps()[1]))
    event = json.loads(bytes(cast.block[-512:]).rstrip(b"\0"))
    change(event)
    body = wire.compact(event)
    forged = archive.member(f"{wire.hash_hex(body)}.event.json", body, STAMP)
    return archive.start(STAMP).block + first.block + cast.block[:-1024] + forged


def _flat(step):
    kind, data = step
    return kind, *data


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("event_parent", lambda event: event.update(parent="0" * 64)),
        ("event_parent", lambda event: event.pop("parent")),
        ("event_height", lambda event: event.update(height=7)),
        ("event_payload", lambda event: event.update(payload="0" * 64)),
        ("event_payload", lambda event: event.update(extra=1)),
        ("event_kind", lambda event: event.update(type="Shuffle")),
        ("event_kind", lambda event: event.update(type=["Ballot"])),
        ("event_order", lambda event: event.update(type="Result")),
        ("event_data", lambda event: event.update(type="EndBallots")),
    ],
)
def test_an_event_that_says_something_else_is_refused(code, change):
    assert _refused(_with_event(change)) == code


def test_data_that_no_event_names_is_refused():
    stray = archive.member(f"{wire.hash_hex(b'{}')}.data.json", b"{}", STAMP)
    assert _refused(joined(_steps()) + stray) == "archive_truncated"


def test_another_timestamp_in_one_member_is_refused():
    raw = joined(_steps()[:1])
    body = wire.compact({"a": 1})
    odd = archive.member(f"{wire.hash_hex(body)}.data.json", body, STAMP + 1)
    event = joined(_steps()[:2])[len(raw) :][-1024:]
    assert _refused(raw + odd + event) == "member_header"


def test_a_header_with_a_number_for_its_timestamp_is_refused():
    body = b'{"version":1,"timestamp":5}'
    assert _refused(archive.member("BELENIOS", body, 5)) == "json_shape"
