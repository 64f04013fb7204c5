"""Register files: either exactly the rows that were written come in, or nothing and a reason."""

import csv
import io
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.register.core.base import Contract, Customer, Kind
from consult.register.core.csvfile import Sheet, read
from consult.register.core.plan import make_plan
from consult.register.core.problems import Problem

TODAY = date(2026, 11, 22)
HEADER = ("klantnummer", "soort", "woningtype", "complex", "wijk")
PLAIN = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029")
ODD = st.sampled_from(["=cmd|' /C calc'!A0", "+1", "-1", "@SUM", "\u202eabc", 'a"b', "a;b,c", "''"])
CELLS = st.one_of(ODD, st.text(PLAIN, max_size=40)).map(str.strip)


@st.composite
def registers(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Rows of customers with odd but lawful cells."""
    numbers = draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=12, unique=True))
    kinds = st.sampled_from(["huurder", "koper", "ondernemer"])
    return [
        (f"K{number}", draw(kinds), draw(CELLS), draw(CELLS), draw(CELLS)) for number in numbers
    ]


def written(rows: list[tuple[str, ...]], **dress: Any) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **dress).writerows([HEADER, *rows])
    return out.getvalue()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=registers(),
    delimiter=st.sampled_from(",;"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_every_way_of_writing_gives_exactly_the_rows_or_a_reason(
    rows: list[tuple[str, ...]], delimiter: str, line_end: str, quoting: int, encoding: str
) -> None:
    text = written(rows, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    plan = make_plan(text.encode(encoding), {}, 0, TODAY)
    if plan.problems:
        assert not plan.new
        assert all(problem.row for problem in plan.problems)
        return
    found = {
        (customer.number, contract.dwelling_type, contract.complex, contract.neighbourhood)
        for customer in plan.new
        for contract in customer.contracts
    }
    kept = {row for row in rows if not any("stadswonen" in cell.casefold() for cell in row)}
    assert found == {(number, *cells) for number, _, *cells in kept}
    assert plan.excluded_stadswonen == len(rows) - len(kept)


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_problem_never_a_crash(data: bytes) -> None:
    assert isinstance(read(data), Sheet | Problem)
    make_plan(data, {}, 0, TODAY)


HOSTILE = st.sampled_from(
    [b"\x00", b"\xff", b"\xe9", "é".encode(), b'"', b"\r", b"\n", b";", b",", b"\x1a", b"a" * 300]
)


@given(registers(), st.integers(0, 10_000), HOSTILE)
def test_hostile_bytes_in_a_sound_file_never_lose_or_make_a_row(
    rows: list[tuple[str, ...]], place: int, hostile: bytes
) -> None:
    sound = written(rows, delimiter=";", lineterminator="\n").encode()
    place %= len(sound) + 1
    plan = make_plan(sound[:place] + hostile + sound[place:], {}, 0, TODAY)
    if not plan.problems:
        assert len(plan.new) + plan.excluded_stadswonen == len(rows)


@given(registers())
def test_importing_the_same_file_again_is_an_empty_plan(rows: list[tuple[str, ...]]) -> None:
    data = written(rows, delimiter=";", lineterminator="\n").encode()
    first = make_plan(data, {}, 0, TODAY)
    again = make_plan(data, {one.number: one for one in first.new}, 1, TODAY)
    assert first.problems or again.empty


@given(registers(), registers())
def test_a_plan_leads_from_any_base_to_exactly_the_file(
    before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    old, new = (
        make_plan(written(rows, delimiter=";").encode(), {}, 0, TODAY) for rows in (before, after)
    )
    base = {one.number: one for one in old.new}
    plan = make_plan(written(after, delimiter=";").encode(), base, 1, TODAY)
    for one in plan.ended:
        base[one.number] = Customer(one.number)
    base |= {one.number: one for one in plan.new}
    base |= {one.after.number: one.after for one in plan.changed}
    if not plan.problems and not old.problems:
        assert {number: one for number, one in base.items() if one.contracts} == {
            one.number: one for one in new.new
        }


@given(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=4))
def test_contracts_of_one_customer_come_in_together(kinds: list[Kind]) -> None:
    words = {Kind.TENANT: "huurder", Kind.OWNER: "koper", Kind.ENTREPRENEUR: "ondernemer"}
    rows = [
        ("K1", words.get(kind, "huurder"), "BER" if kind is Kind.SPACE else "", str(place), "")
        for place, kind in enumerate(kinds)
    ]
    plan = make_plan(written(rows, delimiter=";").encode(), {}, 0, TODAY)
    (customer,) = plan.new
    assert {contract.kind for contract in customer.contracts} == set(kinds)
    assert Contract(kinds[0], "BER" if kinds[0] is Kind.SPACE else "", "0") in customer.contracts
