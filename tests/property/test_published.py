"""No edition of a report tells on a few people, whatever the chain.

The reader of these tests is the attacker of ``tests/published.py``; at the end she also knows the
rule by which numbers are hidden, and tries every table.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.reports.core.chain import Cell, Chain, Dimension, together
from consult.reports.core.edition import Readers, Report
from consult.reports.core.findings import MOST, findings
from consult.reports.core.hidden.hiding import Search, hide
from consult.reports.core.hidden.places import EVERYBODY, Where, places
from consult.reports.core.making import editions, rounded
from tests.published import leaks

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
        replace(
            together([cell for cell, one in zip(found, lives, strict=True) if one == label]),
            label=label,
        )
        for label in sorted(set(lives))
    )
    return Chain(tuple(found), {Dimension.DWELLING: dwellings} if dwellings else {})


told_elsewhere = st.sets(st.sampled_from([Dimension.AGE_BAND, Dimension.KIND]), max_size=2)


def made(chain: Chain, told: Collection[Dimension] = ()) -> list[Report]:
    return [one for one in editions(chain, told).values() if isinstance(one, Report)]


@given(chains(), told_elsewhere)
@settings(max_examples=12, deadline=None)
def test_no_edition_leaks(chain: Chain, told: set[Dimension]) -> None:
    for report in made(chain, told):
        assert leaks(report, chain, told) == []


@given(chains(), told_elsewhere)
@settings(max_examples=8, deadline=None)
def test_rows_partition_everybody_and_every_group_is_named_once(
    chain: Chain, told: set[Dimension]
) -> None:
    for report in made(chain, told):
        total = chain.total()
        for table in report.tables:
            parts = [row.group for row in (*table.rows, table.together) if row]
            assert together(parts).participants == total.participants
            if report.readers is Readers.INSIDE:
                assert together(parts) == total
            named = [row.group.label for row in table.rows] + [one.label for one in table.hidden]
            assert sorted(named) == sorted(one.label for one in chain.margin(table.dimension))
            assert len(table.hidden) != 1


@given(chains(), told_elsewhere)
@settings(max_examples=8, deadline=None)
def test_what_the_council_does_not_see_nobody_outside_sees(
    chain: Chain, told: set[Dimension]
) -> None:
    found = hide(chain, told)
    if Readers.OUTSIDE in found:
        inside, outside = found[Readers.INSIDE], found[Readers.OUTSIDE]
        assert inside.turnout <= outside.turnout
        assert all(one.people <= one.turnout for one in found.values())


@given(chains())
@settings(max_examples=8, deadline=None)
def test_outside_every_base_is_a_multiple_of_five(chain: Chain) -> None:
    for report in made(chain):
        if report.readers is Readers.OUTSIDE:
            counts = [report.total.base, report.total.invited]
            for table in report.tables:
                for row in (*table.rows, table.together):
                    counts += [row.group.base, row.group.invited] if row else []
                for one in table.hidden:
                    counts += [n for n in (one.base, one.invited) if n is not None]
            crossed = report.crossed.rows if report.crossed else ()
            counts += [n for row in crossed for n in row.people if n is not None]
            assert [n for n in counts if n % 5] == []


@given(st.integers(0, 10_000))
def test_a_rounded_count_is_the_nearest_multiple(count: int) -> None:
    assert rounded(count) % 5 == 0
    assert abs(rounded(count) - count) <= 2


@given(chains())
@settings(max_examples=8, deadline=None)
def test_shares_add_up_and_indices_weigh_out_to_one(chain: Chain) -> None:
    for report in made(chain):
        for table in report.tables:
            rows = [row for row in (*table.rows, table.together) if row]
            assert abs(sum(row.share.value for row in rows) - 1) < 1e-12
            assert abs(sum(row.base_share for row in rows) - 1) < 1e-12
            assert abs(sum(row.base_share * row.index.value for row in rows) - 1) < 1e-12
            gap = sum(abs(row.difference) for row in rows) / 2
            assert abs(gap - table.dissimilarity) < 1e-12


@given(chains())
@settings(max_examples=12, deadline=None)
def test_findings_are_few_and_never_name_a_hidden_group(chain: Chain) -> None:
    for report in made(chain):
        found = findings(report)
        assert 0 < len(found) <= MOST
        hidden = {(table.dimension, one.label) for table in report.tables for one in table.hidden}
        named = {(one.facts.get("dimension"), one.facts.get("label")) for one in found}
        assert not hidden & named


def crossings(chain: Chain) -> Mapping[tuple[str, str, str], Cell]:
    return {(one.kind, one.age_band, one.neighbourhood): one for one in chain.cells}


@given(st.data())
@settings(max_examples=12, deadline=None)
def test_the_model_tells_nothing_that_the_tables_do_not_tell(data: st.DataObject) -> None:
    """Move people so that all tables stay the same: the indicators stay the same as well."""
    counts = st.integers(15, 45)
    took = {place: data.draw(counts) for place in product(KINDS, AGES, NEIGHBOURHOODS)}
    kind = data.draw(st.sampled_from(KINDS))
    (old, young), (here, there) = (
        data.draw(st.permutations(some))[:2] for some in (AGES, NEIGHBOURHOODS)
    )
    moved = dict(took)
    for age, place, change in (
        (old, here, 5),
        (young, there, 5),
        (old, there, -5),
        (young, here, -5),
    ):
        moved[kind, age, place] += change
    one, other = (
        Chain(tuple(Cell(*place, 60, 60, came) for place, came in counted.items()))
        for counted in (took, moved)
    )
    assert one.cells != other.cells
    for first, second in zip(made(one), made(other), strict=True):
        assert first.tables == second.tables
        assert first.quality is not None
        assert first.quality == second.quality


LEAKY = Chain(
    (
        *(
            Cell("tenant", age, place, 400, 400, came)
            for place, came in (("Noord", 40), ("Oost", 60), ("Zuid", 35))
            for age in AGES
        ),
        Cell("owner", "18-34", "West", 40, 40, 3),
        Cell("owner", "75+", "", 60, 60, 7),
    )
)


def edition(chain: Chain, readers: Readers) -> Report:
    found = editions(chain)[readers]
    assert isinstance(found, Report)
    return found


@pytest.mark.parametrize("readers", list(Readers))
def test_a_hidden_group_that_is_shown_after_all_is_caught(readers: Readers) -> None:
    report = edition(LEAKY, readers)
    at, table = next((at, one) for at, one in enumerate(report.tables) if one.hidden)
    assert table.together is not None
    assert leaks(report, LEAKY) == []
    for hidden in table.hidden:
        group = next(one for one in LEAKY.margin(table.dimension) if one.label == hidden.label)
        row = replace(table.together, group=group)
        planted = replace(table, rows=(*table.rows, row), together=None)
        tables = (*report.tables[:at], planted, *report.tables[at + 1 :])
        assert leaks(replace(report, tables=tables), LEAKY)


def test_a_crossing_that_is_shown_after_all_is_caught() -> None:
    report = edition(LEAKY, Readers.INSIDE)
    assert report.crossed is not None
    row = next(one for one in report.crossed.rows if one.label == "Noord")
    small = replace(
        row, label="West", rates=(3 / 40, None, None, None), people=(40, None, None, None)
    )
    crossed = replace(report.crossed, rows=(*report.crossed.rows, small))
    assert leaks(replace(report, crossed=crossed), LEAKY)


def test_a_number_that_follows_from_hidden_ones_is_caught() -> None:
    report = edition(LEAKY, Readers.INSIDE)
    at, table = next((at, one) for at, one in enumerate(report.tables) if one.hidden)
    over_all = replace(table, dissimilarity=table.dissimilarity + 0.001)
    tables = (*report.tables[:at], over_all, *report.tables[at + 1 :])
    assert leaks(replace(report, tables=tables), LEAKY)


def test_a_base_that_is_shown_after_all_is_caught() -> None:
    chain = Chain(
        (
            *(Cell("tenant", "18-34", place, 400, 400, 40) for place in ("Noord", "Oost")),
            *(
                Cell("owner", "18-34", place, base, base, 1)
                for place, base in (("Zuid", 3), ("", 4))
            ),
        )
    )
    report = edition(chain, Readers.INSIDE)
    assert leaks(report, chain) == []
    at, table = next(
        (at, one)
        for at, one in enumerate(report.tables)
        if one.dimension is Dimension.NEIGHBOURHOOD
    )
    assert {one.label for one in table.hidden if one.base is None} >= {"Zuid", ""}
    told = tuple(
        replace(one, base=3, invited=3) if one.label == "Zuid" else one for one in table.hidden
    )
    tables = (*report.tables[:at], replace(table, hidden=told), *report.tables[at + 1 :])
    assert leaks(replace(report, tables=tables), chain)


@pytest.mark.parametrize(
    ("sizes", "least"),
    [
        ((4, 5, 6), 2),
        ((5, 5, 5), 2),
        ((6, 7, 8), 3),
        pytest.param((3, 8, 12), 3, marks=pytest.mark.slow),
        pytest.param((12, 12, 12), 3, marks=pytest.mark.slow),
        pytest.param((12, 12, 12), 5, marks=pytest.mark.slow),
    ],
)
def test_who_knows_the_rule_and_tries_every_table_finds_no_hidden_number(
    sizes: tuple[int, ...], least: int
) -> None:
    """Of three groups: whatever is shown fits several numbers of each hidden group."""
    assert tables_that_tell(sizes, least) == []


def test_without_a_cover_some_table_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: if the group that covers hid only where it is needed."""
    monkeypatch.setattr(Search, "_covers", lambda *_: frozenset())
    assert tables_that_tell((4, 5, 6), 2)


@pytest.mark.slow
def test_nor_in_any_table_of_three_groups_of_twelve_people_in_all() -> None:
    for sizes in combinations_with_replacement(range(1, 11), 3):
        if sum(sizes) <= 12:
            assert tables_that_tell(sizes, 2) == [], sizes


def tables_that_tell(sizes: tuple[int, ...], least: int) -> list[tuple[int | None, ...]]:
    """What is shown of some table with a hidden number that has one possible value left."""
    fitting: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(*(range(size + 1) for size in sizes)):
        cells = (
            Cell("tenant", "18-34", label, size, size, came)
            for label, size, came in zip("ABC", sizes, numbers, strict=True)
        )
        found = places(Chain(tuple(cells)))
        total = found.groups[EVERYBODY]
        if not least <= total.participants <= total.invited - least:
            continue
        hidden = Search(found, (), least).run(frozenset()).turnout
        at: list[Where] = [(Dimension.NEIGHBOURHOOD.value, label) for label in "ABC"]
        told = (None if where in hidden else n for where, n in zip(at, numbers, strict=True))
        fitting[total.participants, *told].append(numbers)
    return [
        seen
        for seen, tables in fitting.items()
        for place, number in enumerate(seen[1:])
        if number is None and len({table[place] for table in tables}) == 1
    ]


@pytest.mark.parametrize(
    ("columns", "sizes", "least"),
    [
        (2, (3, 4, 3, 4), 2),
        pytest.param(2, (5, 5, 5, 5), 2, marks=pytest.mark.slow),
        pytest.param(3, (2, 3, 2, 3, 2, 3), 2, marks=pytest.mark.slow),
    ],
)
def test_nor_when_groups_cross(columns: int, sizes: tuple[int, ...], least: int) -> None:
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(*(range(size + 1) for size in sizes)):
        cells = (
            Cell("tenant", AGES[at % columns], NEIGHBOURHOODS[at // columns], size, size, came)
            for at, (size, came) in enumerate(zip(sizes, numbers, strict=True))
        )
        found = places(Chain(tuple(cells)))
        total = found.groups[EVERYBODY]
        if least <= total.participants <= total.invited - least:
            hidden = Search(found, (), least).run(frozenset()).turnout
            counts = tuple(group.participants for group in found.groups.values())
            shown = (
                None if where in hidden else n
                for where, n in zip(found.groups, counts, strict=True)
            )
            alike[tuple(shown)].append(counts)
    assert len(alike) > 1
    for view, possible in alike.items():
        for place, told in enumerate(view):
            assert told is not None or len({counts[place] for counts in possible}) > 1, view
