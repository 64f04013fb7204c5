"""The chain of events: what it takes, and what breaks it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from consult.audit.core import Event, Head, extends, follow, payload_text, verify

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def chain(length: int) -> list[Event]:
    head, events = Head(), []
    for number in range(length):
        event = follow(head, AT, "a" * 26, "register.import_applied", {"rows": number})
        events.append(event)
        head = Head(event.number, event.hash)
    return events


def test_an_untouched_chain_is_whole() -> None:
    events = chain(5)
    assert verify(events) is None
    assert verify(events, Head(5, events[-1].hash)) is None
    assert verify([]) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"payload": '{"rows":9}'},
        {"payload": '{"rows": 2}'},
        {"who": "b" * 26},
        {"kind": "register.import_approved"},
        {"at": AT + timedelta(seconds=1)},
        {"number": 7},
        {"parent": "f" * 64},
        {"hash": "f" * 64},
    ],
)
def test_an_altered_event_is_found(changed: dict[str, object]) -> None:
    events = chain(5)
    events[2] = replace(events[2], **changed)
    assert verify(events) == 3


def test_a_removed_event_is_found() -> None:
    events = chain(5)
    del events[2]
    assert verify(events) == 3


def test_swapped_events_are_found() -> None:
    events = chain(5)
    events[1], events[2] = events[2], events[1]
    assert verify(events) == 2


def test_an_inserted_event_is_found() -> None:
    events = chain(5)
    slipped_in = follow(Head(2, events[1].hash), AT, "system", "register.slipped_in", {})
    assert verify([*events[:2], slipped_in, *events[2:]]) == 4


def test_a_chain_cut_off_at_its_end_no_longer_ends_at_its_head() -> None:
    events = chain(5)
    assert verify(events[:3], Head(5, events[-1].hash)) == 4


def test_a_chain_made_anew_does_not_contain_a_head_that_was_noted_before() -> None:
    events = chain(5)
    noted = Head(4, events[3].hash)
    assert extends(events, noted)
    assert extends(events, Head())
    renewed = [*events[:2]]
    for number in range(3):
        head = Head(renewed[-1].number, renewed[-1].hash)
        renewed.append(follow(head, AT, "system", "register.rewritten", {"rows": number}))
    assert verify(renewed) is None
    assert not extends(renewed, noted)


def test_the_payload_has_one_text_whatever_the_order_of_its_keys() -> None:
    assert payload_text({"b": [1, "x"], "a": None}) == payload_text({"a": None, "b": [1, "x"]})
    assert payload_text({"b": [1, "x"], "a": True}) == '{"a":true,"b":[1,"x"]}'


def test_the_zone_in_which_a_moment_is_told_changes_nothing() -> None:
    there = AT.astimezone(timezone(timedelta(hours=1)))
    here = follow(Head(), AT, "system", "register.opened", {})
    assert follow(Head(), there, "system", "register.opened", {}) == here


def test_fractions_of_a_second_are_not_kept() -> None:
    event = follow(Head(), AT + timedelta(microseconds=250_000), "system", "register.opened", {})
    assert event.at == AT


@pytest.mark.parametrize(
    "value",
    [
        12,
        0,
        -3,
        True,
        None,
        "abc2defghijklmnopqrstuvwxy",
        "register.apply",
        "raadpleging-2026",
        "2026-11-22",
        "2026-11-22T10:00:00+00:00",
        "0f" * 32,
        "3VR4BHYJrOdbLvAPYj9J7WmM4a6OZ1BmzVh9RXmqKzk",
        ["secretary", "chair"],
        [1, 2, 3],
        [],
    ],
)
def test_ids_counts_hashes_codes_and_days_are_taken(value: object) -> None:
    assert payload_text({"value": value})  # type: ignore[dict-item] # the cases are of many types


@pytest.mark.parametrize(
    "value",
    [
        "Sanne",
        "sanne secretaris",
        "sanne@example.org",
        "0612345678",
        "010-1234567",
        "123456782",
        "1234-5678-9012-3456",
        123456782,
        "Coolsingel40",
        "",
        "a" * 129,
        1.5,
        b"bytes",
        {"nested": 1},
        [["nested"]],
        ["fine", "Not Fine"],
    ],
)
def test_what_looks_like_personal_data_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="ids, counts, hashes and codes only: value"):
        payload_text({"value": value})  # type: ignore[dict-item] # the wrong types are the point


def test_a_refused_value_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ValueError, match="only: value") as raised:
        payload_text({"value": "sanne@example.org"})
    assert "sanne" not in str(raised.value)


@pytest.mark.parametrize("key", ["", "Name", "sanne@example.org", "a b", "k" * 41])
def test_a_key_that_is_not_a_plain_word_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not a plain word"):
        payload_text({key: 1})


@pytest.mark.parametrize(
    "kind", ["", "register", "register.", "Register.applied", "a.b.c", "a.b c"]
)
def test_a_kind_without_part_and_deed_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="not a kind"):
        follow(Head(), AT, "system", kind, {})


def test_a_payload_beyond_four_kilobytes_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than"):
        payload_text({"ids": ["abcdefgh"] * 500})
