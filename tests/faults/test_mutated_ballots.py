"""Whatever is changed in a ballot, the box refuses it, in words, and stays as it was (R12)."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from consult.belenios import wire
from consult.belenios.group import P, Q
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import voting
from consult.elections.store import archive as box
from tests import contests
from tests import elections as story
from tests.elections import WHILE_OPEN, Running

NUMBERS = [0, 1, 2, -1, int(Q), int(Q) - 1, int(P), int(P) - 1, 2**2048, 10**600]
LEAVES = st.one_of(
    st.sampled_from([None, True, 0, 1.5, {}, [], [[]], {"0": "1"}, "", "x", "\x00", "٣", "🗳"]),
    st.sampled_from(NUMBERS).map(str),
    st.sampled_from(NUMBERS).map(lambda number: f"0{number}"),
    st.sampled_from(["1 ", "+1", "1e3", "0x1", "1_0"]),
)
Path = tuple[str | int, ...]


@pytest.fixture(params=["one question", "three questions"])
def run(
    database: Database, settings: Settings, request: pytest.FixtureRequest
) -> Iterator[Running]:
    with database.write() as session:
        three = request.param == "three questions"
        made = (contests if three else story).running(session, settings)
    with time_machine.travel(WHILE_OPEN, tick=False):
        yield made


@pytest.fixture
def raw(database: Database, run: Running) -> bytes:
    """A ballot that would be accepted."""
    with database.read() as session:
        asked = len(voting.paper_of(session, run.id).questions)
        chosen = [["Anna Appel"], ["Cora Citroen"], ["Els Eik"]] if asked > 1 else [["Anna Appel"]]
        return contests.ballot_of(session, run, run.codes[0], chosen)


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """The way to everything in a JSON value, itself included."""
    yield here
    inside = value.items() if isinstance(value, dict) else ()
    for name, one in inside if not isinstance(value, list) else enumerate(value):
        yield from paths(one, (*here, name))


@st.composite
def other_values(draw: st.DrawFn, raw: bytes) -> bytes:
    """One value in the ballot is another, is gone, stands twice or has something beside it."""
    whole = deepcopy(json.loads(raw))
    *way, last = draw(st.sampled_from([path for path in paths(whole) if path]))
    around: Any = whole
    for step in way:
        around = around[step]
    change = draw(st.sampled_from(["other", "gone", "beside"]))
    if change == "other":
        around[last] = draw(LEAVES)
    elif change == "gone":
        del around[last]
    elif isinstance(around, list):
        around.insert(int(last), around[last])
    else:
        around[f"{last}_"] = around[last]
    return bytes(wire.compact(whole))


@st.composite
def other_bytes(draw: st.DrawFn, raw: bytes) -> bytes:
    """Some bytes are changed, dropped, doubled or moved."""
    start = draw(st.integers(0, len(raw) - 1))
    end = draw(st.integers(start, min(len(raw), start + 40)))
    part = raw[start:end]
    put = draw(
        st.one_of(
            st.binary(max_size=8),
            st.just(part * 2),
            st.just(part[::-1]),
            st.just(bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in part)),
        )
    )
    return raw[:start] + put + raw[end:]


@st.composite
def other_spellings(draw: st.DrawFn, raw: bytes) -> bytes:
    """The same values, written otherwise: spaces, another order, a field twice, deep nesting."""
    fields = json.loads(raw)
    name = draw(st.sampled_from(sorted(fields)))
    again = b"{" + wire.compact({name: fields[name]})[1:-1] + b"," + raw[1:]
    deep = raw.replace(b'"answers":[', b'"answers":[' + b"[" * draw(st.integers(1, 3_000)), 1)
    backwards = wire.compact(dict(reversed(fields.items())))
    return draw(
        st.sampled_from(
            [json.dumps(fields).encode(), again, deep, backwards, raw + b"\n", b" " + raw]
        )
    )


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_changed_ballot_is_accepted_and_none_breaks_the_server(
    app: Flask, database: Database, run: Running, raw: bytes, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from([other_values, other_bytes, other_spellings]))
    changed = data.draw(kind(raw))
    assume(changed != raw)
    answer = app.test_client().post(f"/stemmen/{run.uuid}/stembus", data=changed)
    assert answer.status_code in {409, 413}
    with database.read() as session:
        assert box.count_ballots(session, run.id) == 0


def test_the_ballot_before_it_is_changed_is_accepted(app: Flask, run: Running, raw: bytes) -> None:
    assert app.test_client().post(f"/stemmen/{run.uuid}/stembus", data=raw).status_code == 201
