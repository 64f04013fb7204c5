"""No small group can be worked out from all tables of a publication together.

The reader of these tests is the attacker. She knows every count that is shown, how counts hang
together, and the very rule by which the rest is hidden.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.surveys.core.deduction import Deduction, Key, Relation, whole
from consult.surveys.core.disclosure import (
    OUTSIDE,
    Cell,
    Publication,
    Unprotectable,
    audit,
    protect,
)

Crossed = Sequence[Sequence[int]]
"""Counts by row (an answer) and column (a group)."""


def publication(*tables: Crossed, least: int = OUTSIDE) -> Publication:
    """One question by each of several ways to make groups; all have the same totals."""
    totals = [sum(row) for row in tables[0]]
    cells: dict[Key, Cell] = {("all",): Cell(sum(totals), least, fixed=True)}
    relations = [whole(("all",), [("row", str(n)) for n in range(len(totals))])]
    for row, total in enumerate(totals):
        cells["row", str(row)] = Cell(total, least)
    for number, table in enumerate(tables):
        name = str(number)
        for column in range(len(table[0])):
            size = sum(row[column] for row in table)
            cells["size", name, str(column)] = Cell(size, least, fixed=True)
            parts = [("cell", name, str(row), str(column)) for row in range(len(table))]
            relations.append(whole(("size", name, str(column)), parts))
            for part, row in zip(parts, table, strict=True):
                cells[part] = Cell(row[column], least)
        for row in range(len(table)):
            parts = [("cell", name, str(row), str(column)) for column in range(len(table[0]))]
            relations.append(whole(("row", str(row)), parts))
    return Publication(cells, tuple(relations))


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def worlds(rows: int, sizes: tuple[int, ...]) -> Iterator[Crossed]:
    """Every table with columns of these sizes."""
    for columns in product(*(list(compositions(size, rows)) for size in sizes)):
        yield tuple(zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("rows", "sizes", "least"),
    [
        (2, (4, 5), 2),
        (2, (5, 6), 3),
        (2, (7, 7), 3),
        (2, (8, 9), 4),
        (2, (4, 4, 4), 2),
        (3, (4, 4), 2),
        (3, (5, 5), 2),
        pytest.param(2, (5, 5, 5), 3, marks=pytest.mark.slow),
        pytest.param(3, (4, 5), 3, marks=pytest.mark.slow),
        pytest.param(3, (6, 6), 3, marks=pytest.mark.slow),
        pytest.param(2, (6, 6, 6), 2, marks=pytest.mark.slow),
        pytest.param(2, (10, 10), 5, marks=pytest.mark.slow),
    ],
)
def test_who_knows_the_rule_and_tries_every_table_finds_no_small_count(
    rows: int, sizes: tuple[int, ...], least: int
) -> None:
    alike: dict[tuple[int | None, ...], list[dict[Key, int]]] = defaultdict(list)
    for table in worlds(rows, sizes):
        made = publication(table, least=least)
        hidden = protect(made)
        shown = tuple(None if key in hidden else n for key, n in made.counts().items())
        alike[shown].append(made.counts())
    assert len(alike) > 1
    for shown, possible in alike.items():
        for key, told in zip(possible[0], shown, strict=True):
            if told is None and possible[0][key] < least:
                assert len({counts[key] for counts in possible}) > 1, (key, shown, possible)


@pytest.mark.parametrize(
    ("parts", "largest", "least"), [(2, 40, 10), (3, 14, 2), (3, 14, 3), (4, 9, 2)]
)
@pytest.mark.parametrize("harmless", [False, True])
def test_nor_in_one_table_whatever_its_size(
    parts: int, largest: int, least: int, harmless: bool
) -> None:
    for total in range(least, largest + 1):
        alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
        for counts in compositions(total, parts):
            cells = {(str(n),): Cell(count, least) for n, count in enumerate(counts)}
            cells["0",] = Cell(counts[0], least, harmless=harmless)
            sums = (whole(("all",), list(cells)),)
            made = Publication({("all",): Cell(total, least, fixed=True), **cells}, sums)
            hidden = protect(made)
            alike[tuple(None if key in hidden else c.count for key, c in cells.items())].append(
                counts
            )
        for shown, possible in alike.items():
            for place, told in enumerate(shown):
                if told is None and possible[0][place] < least:
                    assert len({counts[place] for counts in possible}) > 1, (shown, possible)


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_the_ranges_of_the_programs_are_those_of_trying_every_table(data: st.DataObject) -> None:
    sizes = data.draw(st.sampled_from([(4, 4), (3, 5), (3, 3, 3)]))
    everything = list(worlds(2, sizes))
    made = publication(data.draw(st.sampled_from(everything)))
    counts = made.counts()
    free = [key for key, cell in made.cells.items() if not cell.fixed]
    hidden = data.draw(st.sets(st.sampled_from(free), min_size=1))
    deduction = Deduction(made.relations, counts)
    deduction.narrow(hidden, dict.fromkeys(hidden, 10_000))
    others = [publication(table).counts() for table in everything]
    shown = [key for key in free if key not in hidden]
    fitting = [other for other in others if all(other[key] == counts[key] for key in shown)]
    for key in hidden:
        values = [other[key] for other in fitting]
        assert deduction.range(key) == (min(values), max(values))


@st.composite
def crossed(draw: st.DrawFn) -> tuple[Crossed, Crossed]:
    """One question by two ways to make groups, each group of at least ten."""
    rows = draw(st.integers(2, 5))
    first = [draw(st.lists(st.integers(0, 40), min_size=rows, max_size=rows)) for _ in range(3)]
    for column in first:
        column[0] += 10
    totals = [sum(column[row] for column in first) for row in range(rows)]
    share = draw(st.lists(st.integers(0, 10), min_size=rows, max_size=rows))
    left = [total * part // 10 for total, part in zip(totals, share, strict=True)]
    left[0] = max(5, min(left[0], totals[0] - 10))
    left[0] += max(0, 10 - sum(left))
    second = [left, [total - part for total, part in zip(totals, left, strict=True)]]
    return tuple(zip(*first, strict=True)), tuple(zip(*second, strict=True))


@given(crossed())
@settings(max_examples=25, deadline=None)
def test_after_protection_the_audit_finds_nothing(tables: tuple[Crossed, Crossed]) -> None:
    made = publication(*tables)
    hidden = protect(made)
    assert audit(made, hidden) == ()
    assert hidden == protect(made)
    assert {key for key, cell in made.cells.items() if cell.small} <= hidden
    assert not any(made.cells[key].fixed for key in hidden)


@given(crossed())
@settings(max_examples=20, deadline=None)
def test_what_is_shown_outside_is_shown_inside_too(tables: tuple[Crossed, Crossed]) -> None:
    """Otherwise a member could hold the two side by side and subtract."""
    inside = protect(publication(*tables, least=5))
    outside = protect(publication(*tables), already=inside)
    assert inside <= outside
    assert audit(publication(*tables), outside) == ()


TABLE: Crossed = ((120, 80, 40), (60, 3, 30), (20, 17, 30))


def test_the_audit_catches_a_suppression_of_small_counts_alone() -> None:
    """The positive control: one hidden cell follows from its row, and from its column."""
    made = publication(TABLE)
    naive = {key for key, cell in made.cells.items() if cell.small}
    assert naive == {("cell", "0", "1", "1")}
    assert audit(made, naive) == (("cell", "0", "1", "1"),)


def test_the_audit_catches_a_small_count_that_is_shown() -> None:
    assert audit(publication(TABLE), frozenset()) == (("cell", "0", "1", "1"),)


def test_the_audit_catches_each_leak_that_is_planted() -> None:
    made = publication(TABLE)
    hidden = protect(made)
    assert len(hidden) == 4
    assert all(audit(made, hidden - {key}) for key in hidden)


def test_the_audit_sees_what_follows_from_many_sums_together() -> None:
    """At least two are hidden in every row and column, and yet the one between two blocks shows."""
    made = publication(((20, 30, 40, 50), (30, 40, 4, 60), (40, 50, 60, 70), (50, 60, 70, 80)))
    first = product("01", "01")
    second = product("23", "23")
    between = ("cell", "0", "1", "2")
    hidden = {("cell", "0", *place) for place in (*first, *second)} | {between}
    assert audit(made, hidden) == (between,)
    assert audit(made, protect(made)) == ()


def test_a_group_that_all_said_the_same_is_not_split() -> None:
    made = publication(((40, 25), (40, 0)))
    hidden = protect(made)
    assert ("cell", "0", "0", "1") in hidden
    assert ("cell", "0", "1", "1") in hidden


def test_nobody_leaving_it_open_may_be_told() -> None:
    cells = {("all",): Cell(50, fixed=True), ("a",): Cell(30), ("b",): Cell(20)}
    cells["open",] = Cell(0, harmless=True)
    made = Publication(cells, (whole(("all",), [("a",), ("b",), ("open",)]),))
    assert protect(made) == frozenset()


def test_a_weighed_sum_that_gives_away_a_crossing_is_found() -> None:
    """Of ten people the sum of weights 0.5 and 2 says how many of each there are."""
    cells = {
        ("all",): Cell(40, fixed=True),
        ("light",): Cell(7),
        ("heavy",): Cell(33),
    }
    relation = whole(("all",), [("light",), ("heavy",)])
    told = Relation(((("light",), 0.5), (("heavy",), 2.0)), 69.4, 69.6)
    hidden = {("light",), ("heavy",)}
    assert audit(Publication(cells, (relation,)), hidden) == ()
    assert set(audit(Publication(cells, (relation, told)), hidden)) == hidden


def test_a_group_too_small_to_be_named_cannot_be_protected() -> None:
    with pytest.raises(Unprotectable):
        protect(publication(((40, 3), (40, 2))))


def test_counts_that_do_not_add_up_are_refused() -> None:
    cells = {("all",): Cell(50, fixed=True), ("a",): Cell(30), ("b",): Cell(21)}
    with pytest.raises(ValueError, match="Relation"):
        protect(Publication(cells, (whole(("all",), [("a",), ("b",)]),)))
