"""No edition of a report tells on a few people, whatever the chain.

The reader of these tests is the attacker of ``tests/published.py``; at the end she also knows the
rule by which numbers are hidden, and tries every table.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.reports.core.chain import Cell, Chain, Dimension, Group, together
from consult.reports.core.edition import Readers, Report, Table
from consult.reports.core.findings import MOST, findings
from consult.reports.core.hiding import Search, hide
from consult.reports.core.making import editions, rounded
from consult.reports.core.places import EVERYBODY, Where, places
from tests.published import leaks, took_part

AGES = ("18-34", "35-49", "50-64", "75+")
NEIGHBOURHOODS = ("Noord", "Oost", "Zuid", "West", "")
KINDS = ("tenant", "owner")
DWELLINGS = ("flat", "house", "unknown")


@st.composite
def cells(draw: st.DrawFn) -> list[Cell]:
    strata = st.sampled_from(list(product(KINDS, AGES, NEIGHBOURHOODS)))
    found = []
    for stratum in draw(st.lists(strata, unique=True)):
        base = draw(st.one_of(st.integers(1, 12), st.integers(1, 300)))
        invited = draw(st.sampled_from((base, base, base, base - base // 10, 0)))
        came = draw(st.one_of(st.integers(0, invited), st.integers(0, min(12, invited))))
        found.append(Cell(*stratum, base, invited, came))
    return found


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    found = draw(cells())
    lives = draw(st.lists(st.sampled_from(DWELLINGS), min_size=len(found), max_size=len(found)))
    dwellings = tuple(
        replace(together([cell for cell, one in zip(found, lives, strict=True) if one == label]), label=label)
        for label in sorted(set(lives))
    )
    return Chain(tuple(found), {Dimension.DWELLING: dwellings} if dwellings else {})


told_elsewhere = st.sets(st.sampled_from([Dimension.AGE_BAND, Dimension.KIND]), max_size=2)


def made(chain: Chain, told: set[Dimension] = frozenset()) -> list[Report]:  # type: ignore[assignment]
    return [one for one in editions(chain, told).values() if isinstance(one, Report)]


@given(chains(), told_elsewhere)
@settings(max_examples=40, deadline=None)
def test_no_edition_leaks(chain: Chain, told: set[Dimension]) -> None:
    for report in made(chain, told):
        assert leaks(report, chain, told) == []
