"""A CSV file of an analyst: what is read, and what is refused with its place."""

import re
from typing import Any

import pytest

from consult.refusal import Refusal
from consult.reports.core.analysts import columns
from consult.reports.core.analysts.columns import Columns, opened, records

BOM = b"\xef\xbb\xbf"


def read(data: bytes, words: tuple[str, ...] = ("a",), numbers: tuple[str, ...] = ()) -> Columns:
    return columns.read(opened("s.csv", data), words, numbers)


def words(found: Columns, name: str) -> list[str]:
    column = found.levels[name]
    return [column.names[code] for code in column.codes]


@pytest.mark.parametrize("sign", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_comma_or_semicolon_any_line_end_and_a_byte_order_mark_are_read(
    sign: str, end: str, delimiter: str
) -> None:
    text = sign + end.join(f"a{delimiter}b\nx{delimiter}1\ny{delimiter}2.5\n".split("\n"))
    found = read(text.encode(), ("a",), ("b",))
    assert (found.rows, words(found, "a"), list(found.numbers["b"])) == (2, ["x", "y"], [1.0, 2.5])


def test_a_quoted_cell_may_hold_the_delimiter_a_line_break_and_quotes() -> None:
    found = read(b'a,b\n"x,\n""y""",1\nz,2\n')
    assert words(found, "a") == ['x,\n"y"', "z"]
    assert found.levels["a"].row("z") == 3  # as a spreadsheet counts, not a line


def test_one_column_needs_no_delimiter() -> None:
    assert words(read(b"a\nx\ny\nx"), "a") == ["x", "y", "x"]


def test_blank_lines_at_the_end_are_no_rows() -> None:
    assert read(b"a,b\nx,1\n\n\n").rows == 1


def test_spaces_are_part_of_a_word() -> None:
    assert words(read(b"a,b\n x,1\nx,1\n"), "a") == [" x", "x"]


def test_a_column_may_be_read_both_as_words_and_as_numbers() -> None:
    found = read(b"a\n01\n1\n", ("a",), ("a",))
    assert (words(found, "a"), list(found.numbers["a"])) == (["01", "1"], [1.0, 1.0])


def test_a_record_comes_back_as_it_stood() -> None:
    text = 'a;b\r\n"x;\ny";1\r\n z ;"2"\n\n'
    assert "".join(one for one, _ in records(opened("s.csv", text.encode()))) == text


BAD: dict[str, tuple[bytes, str, dict[str, Any]]] = {
    "nothing in it": (b"", "reports.file_empty", {}),
    "only a mark and spaces": (BOM + b" \n\t\n", "reports.file_empty", {}),
    "no rows": (b"a,b\n", "reports.file_no_rows", {}),
    "no rows but blank ones": (b"a,b\n\n\n", "reports.file_no_rows", {}),
    "a blank first line": (b"\na,b\n1,2\n", "reports.header_blank", {}),
    "a spreadsheet": (b"PK\x03\x04...", "reports.file_is_spreadsheet", {}),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0...", "reports.file_is_spreadsheet", {}),
    "UTF-16": ("a,b\n1,2\n".encode("utf-16"), "reports.file_not_utf8", {"line": 1}),
    "UTF-16 without a mark": ("a,b\n1,2".encode("utf-16-le"), "reports.file_has_nul", {"line": 1}),
    "cp1252": ("a,b\nx,1\né,2\n".encode("cp1252"), "reports.file_not_utf8", {"line": 3}),
    "a byte that is nothing": (b"a,b\nx,1\ny\x00,2\n", "reports.file_has_nul", {"line": 3}),
    "a row too short": (b"a,b\nx,1\ny\n", "reports.row_ragged", {"row": 3, "found": 1}),
    "a row too long": (b"a,b\nx,1,2\n", "reports.row_ragged", {"row": 2, "found": 3, "wanted": 2}),
    "a blank line between": (b"a,b\nx,1\n\ny,2\n", "reports.row_ragged", {"row": 3, "found": 0}),
    "a quote that never ends": (b'a,b\nx,1\n"y,2\nz,3\n', "reports.file_quotes", {"row": 3}),
    "text after a quote": (b'a,b\n"x"y,1\n', "reports.file_quotes", {"row": 2}),
    "a column twice": (b"a,b,a\n1,2,3\n", "reports.column_twice", {"column": "a"}),
    "commas and semicolons": (b"a,b;c\n1,2;3\n", "reports.delimiter_unknown", {}),
    "tabs": (b"a\tb\n1\t2\n", "reports.delimiter_unknown", {}),
    "a column that is not there": (b"b,c\n1,2\n", "reports.column_unknown", {"known": "b, c"}),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_file_with_a_fault_is_refused_with_its_place(fault: str) -> None:
    data, code, facts = BAD[fault]
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.facts["file"] == "s.csv"
    assert refused.value.facts | facts == refused.value.facts


@pytest.mark.parametrize(
    "cell", ["", "x", "1,5", "1 000", "1_000", "nan", "inf", "1e999", "0x10", " 1", "１"]
)
def test_what_is_no_number_is_refused_by_row_and_column(cell: str) -> None:
    data = f"a;b\nx;1\ny;{cell}\n".encode()
    with pytest.raises(Refusal, match=re.escape("reports.not_number")) as refused:
        read(data, (), ("b",))
    facts = refused.value.facts
    assert (facts["row"], facts["column"], facts["found"]) == (3, "b", cell)


@pytest.mark.parametrize("cell", ["1", "-1", "+1.5", ".5", "5.", "1e3", "1E-3", "007"])
def test_numbers_are_read_as_python_does(cell: str) -> None:
    assert list(read(f"b\n{cell}\n".encode(), (), ("b",)).numbers["b"]) == [float(cell)]


def test_a_fault_beyond_the_first_ten_thousand_rows_has_its_own_row() -> None:
    with pytest.raises(Refusal) as refused:
        read(b"a,b\n" + b"x,1\n" * 25_000 + b"x,?\n", (), ("b",))
    assert refused.value.facts["row"] == 25_002


def test_a_file_beyond_what_fits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MOST_BYTES", 10)
    with pytest.raises(Refusal, match=re.escape("reports.file_too_large")):
        opened("s.csv", b"a,b\n1,2,3,4")


def test_of_many_names_a_refusal_lists_a_few() -> None:
    assert columns.listed(range(3)) == "0, 1, 2"
    assert columns.listed(range(9)) == "0, 1, 2, 3, 4, …"
