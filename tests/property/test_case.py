"""A case with anything in any place is read exactly or refused in words; it never crashes."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.config import ROOT
from consult.elections.core import case, recount
from consult.elections.core.series_case import SeriesCase
from consult.refusal import Refusal
from tests.unit.elections.test_case import good, put
from tests.unit.elections.test_series_case import good as good_series

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a shape."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in inside:
        yield (*path, step)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


def read(raw: bytes) -> case.Case | Refusal:
    """The case, or why it is none."""
    try:
        return case.read(raw)
    except Refusal as refusal:
        return refusal


WORDS = "".join(
    (ROOT / "templates" / part / "refusals.html").read_text(encoding="utf-8")
    for part in ("elections", "reading")
)
PLACES = sorted(places(good()), key=str)


@given(st.sampled_from(PLACES), ANYTHING)
@settings(max_examples=300, deadline=None)
def test_anything_in_any_place_is_read_or_refused(path: tuple[str | int, ...], value: Any) -> None:
    shape = good()
    put(value, *path)(shape)
    outcome = read(json.dumps(shape).encode())
    if isinstance(outcome, Refusal):
        assert f"'{outcome.code}'" in WORDS
    else:
        assert set(outcome.totals) == {person.id for person in outcome.contest.candidates}


SERIES_PLACES = sorted(places(good_series()), key=str)


@given(st.sampled_from(SERIES_PLACES), ANYTHING)
@settings(max_examples=300, deadline=None)
def test_anything_in_any_place_of_a_series_is_counted_or_refused(
    path: tuple[str | int, ...], value: Any
) -> None:
    shape = good_series()
    put(value, *path)(shape)
    outcome = counted(json.dumps(shape).encode())
    if isinstance(outcome, Refusal):
        assert f"'{outcome.code}'" in WORDS
    else:
        assert recount.read(recount.write(outcome)) == outcome


def counted(raw: bytes) -> case.Case | SeriesCase | Refusal:
    """The case after it was counted, or why it was not."""
    try:
        found = recount.read(raw)
        recount.counted(found)
    except Refusal as refusal:
        return refusal
    return found
