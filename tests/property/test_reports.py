"""Axioms of a report, on whatever chain."""

import csv
import io
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from consult.reports.core.chain import Cell, Chain, Group, together
from consult.reports.core.disclosure import FEWEST, conceal, shows
from consult.reports.core.report import Report, Table, report
from consult.reports.sheet import sheet
from consult.reports.wording import Wording

AGES = ("18-34", "35-49", "50-64", "75+")
PLACES = ("Noord", "Oost", "Zuid", "West", "")
KINDS = ("tenant", "owner")


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    base = draw(st.integers(1, 300))
    invited = draw(st.sampled_from((base, base, base - base // 10)))
    taking_part = draw(st.one_of(st.integers(0, invited), st.integers(0, min(12, invited))))
    strata = draw(st.sampled_from(list(product(KINDS, AGES, PLACES))))
    return Cell(*strata, base, invited, taking_part)


chains = st.lists(cells(), max_size=25).map(lambda made: Chain(tuple(made)))


def tables(chain: Chain) -> tuple[Table, ...]:
    made = report(chain)
    return made.tables if isinstance(made, Report) else ()


@given(chains)
def test_rows_partition_the_total(chain: Chain) -> None:
    for table in tables(chain):
        parts = [row.group for row in (*table.rows, table.together) if row]
        assert together(parts) == chain.total()


@given(chains)
def test_every_number_that_is_shown_and_every_difference_is_nought_or_ten(chain: Chain) -> None:
    for table in tables(chain):
        for row in (*table.rows, table.together):
            if row:
                group = row.group
                assert group.participants >= FEWEST
                assert group.invited - group.participants >= FEWEST
                assert group.base == group.invited or group.base - group.invited >= FEWEST


@given(chains)
def test_no_hidden_number_can_be_worked_out_from_what_is_shown(chain: Chain) -> None:
    for table in tables(chain):
        truth = {group.label: group for group in chain.margin(table.dimension)}
        hidden = [truth[each.label] for each in table.hidden]
        assert len(hidden) != 1
        if not table.rows:
            continue  # the hidden ones are everybody: only the total is known, as it always is
        for one in hidden:
            elsewhere = sum(other.invited for other in hidden) - one.invited
            seen = sum(other.participants for other in hidden)
            least, most = max(0, seen - elsewhere), min(one.invited, seen)
            assert least <= one.participants <= most
            assert most - least >= min(FEWEST, one.invited)


@given(chains)
def test_no_hidden_base_can_be_worked_out_from_what_is_shown(chain: Chain) -> None:
    for table in tables(chain):
        truth = {group.label: group for group in chain.margin(table.dimension)}
        silent = [truth[each.label] for each in table.hidden if each.base is None]
        assert len(silent) != 1
        if silent:
            assert sum(group.base for group in silent) >= FEWEST
        assert all(each.base >= FEWEST for each in table.hidden if each.base is not None)


@given(chains)
def test_what_a_table_tells_follows_from_its_rows_alone(chain: Chain) -> None:
    for table in tables(chain):
        rows = [row for row in (*table.rows, table.together) if row]
        gap = sum(abs(row.share - row.base_share) for row in rows) / 2
        assert abs(gap - table.dissimilarity) < 1e-12


@given(st.lists(st.integers(30, 400), min_size=1, max_size=6), st.integers(10, 20))
def test_the_index_is_one_where_shares_are_identical(bases: list[int], participants: int) -> None:
    made = Chain(
        tuple(
            Cell("tenant", "18-34", str(place), size * 10, size * 10, size * participants // 10)
            for place, size in enumerate(base * 10 for base in bases)
        )
    )
    for table in tables(made):
        assert [row.index for row in table.rows] == [1.0] * len(table.rows)
        assert table.dissimilarity == 0


@given(chains)
def test_the_index_lies_in_its_interval_and_weighs_out_to_one(chain: Chain) -> None:
    for table in tables(chain):
        rows = [row for row in (*table.rows, table.together) if row]
        assert abs(sum(row.base_share * row.index for row in rows) - 1) < 1e-12
        assert all(row.low <= row.index + 1e-12 and row.index <= row.high + 1e-12 for row in rows)


@given(chains)
def test_every_group_of_the_base_is_named_exactly_once(chain: Chain) -> None:
    for table in tables(chain):
        named = [row.group.label for row in table.rows] + [each.label for each in table.hidden]
        assert sorted(named) == sorted(group.label for group in chain.margin(table.dimension))


def test_even_a_reader_who_knows_the_rule_finds_no_hidden_number() -> None:
    """Over all tables of three groups of 40: whatever is shown fits several hidden numbers."""
    fitting: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
    for numbers in product(range(41), repeat=3):
        groups = [Group(label, 40, 40, n) for label, n in zip("ABC", numbers, strict=True)]
        whole = together(groups)
        if shows(whole):
            hidden = conceal(groups)
            seen = (None if group.label in hidden else group.participants for group in groups)
            fitting.setdefault((whole.participants, *seen), []).append(numbers)
    for seen, tables in fitting.items():
        for place, number in enumerate(seen[1:]):
            assert number is not None or len({table[place] for table in tables}) > 1


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=12))
def test_no_cell_of_the_file_can_be_taken_for_a_formula(place: str) -> None:
    made = report(
        Chain(
            (
                Cell("tenant", "18-34", place, 400, 400, 40),
                Cell("tenant", "18-34", place + "2", 400, 400, 40),
            )
        )
    )
    assert isinstance(made, Report)
    text = sheet(made, Wording(lambda words, **facts: words % facts if facts else words, "nl"))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert {len(row) for row in rows} == {11}
    assert all(cell[:1] not in set("=+-@\t\r\0") for row in rows for cell in row if cell)
