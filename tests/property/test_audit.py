"""Whoever changes the log is found out: by the chain, or by a head that was noted before."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from consult.audit.core import Event, Head, extends, follow, verify

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Counts = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


def chain(counts: list[int], head: Head | None = None) -> list[Event]:
    events, newest = [], head or Head()
    for count in counts:
        event = follow(newest, AT, "system", "register.import_applied", {"rows": count})
        events.append(event)
        newest = Head(event.number, event.hash)
    return events


def newest(events: list[Event]) -> Head:
    return Head(events[-1].number, events[-1].hash)


@given(Counts)
def test_every_chain_that_grew_is_whole_and_contains_all_its_heads(counts: list[int]) -> None:
    events = chain(counts)
    assert verify(events, newest(events)) is None
    assert all(extends(events, Head(event.number, event.hash)) for event in events)


@given(Counts, st.data())
def test_an_altered_field_is_found_where_it_is(counts: list[int], data: st.DataObject) -> None:
    events = chain(counts)
    at = data.draw(st.integers(0, len(events) - 1))
    field = data.draw(st.sampled_from(["number", "who", "kind", "payload", "parent", "hash"]))
    old = getattr(events[at], field)
    new = data.draw((st.integers() if field == "number" else st.text()).filter(lambda v: v != old))
    events[at] = replace(events[at], **{field: new})
    assert verify(events) == at + 1


@given(Counts, st.data())
def test_any_other_order_or_choice_of_events_is_found(
    counts: list[int], data: st.DataObject
) -> None:
    events = chain(counts)
    places = st.lists(st.integers(0, len(events) - 1), max_size=len(events) + 1)
    others = data.draw(places.filter(lambda chosen: chosen != list(range(len(events)))))
    assert verify([events[place] for place in others], newest(events)) is not None


@given(Counts, Counts, st.data())
def test_a_chain_made_anew_from_some_point_misses_the_heads_after_it(
    counts: list[int], other: list[int], data: st.DataObject
) -> None:
    events = chain(counts)
    kept = data.draw(st.integers(0, len(events) - 1))
    renewed = events[:kept] + chain(
        [n + 1001 for n in other], newest(events[:kept]) if kept else None
    )
    assert verify(renewed, newest(renewed)) is None
    assert not any(extends(renewed, Head(e.number, e.hash)) for e in events[kept:])
    assert all(extends(renewed, Head(e.number, e.hash)) for e in events[:kept])
