"""Bytes to rows: what is read, and where each doubt is told."""

import codecs

import pytest

from consult.register.core import csvfile
from consult.register.core.csvfile import LONGEST_CELL, MOST_BYTES, MOST_ROWS, Sheet, read
from consult.register.core.problems import Problem


def sheet(data: bytes) -> Sheet:
    found = read(data)
    assert isinstance(found, Sheet), found
    return found


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet(data).rows]


TEXT = "klantnummer;wijk\r\n1;Cité\r\n2;=1+1\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.rstrip().encode(),
        TEXT.replace("Cité", '"Cité"').encode(),
    ],
    ids=["utf8", "bom", "cp1252", "lf", "cr", "comma", "no last line end", "quoted"],
)
def test_the_same_rows_come_out_of_each_way_of_writing(data: bytes) -> None:
    assert cells(data) == [("1", "Cité"), ("2", "=1+1")]


def test_the_euro_sign_of_cp1252_is_read() -> None:
    assert cells(b"a;b\n1;\x80\n") == [("1", "€")]


def test_quotes_and_delimiters_within_quotes_are_kept() -> None:
    assert cells(b'a;b\n1;"x;""y"""\n') == [("1", 'x;"y"')]


def test_rows_are_numbered_as_in_a_spreadsheet_blank_ones_counted() -> None:
    assert [row.number for row in sheet(b"a;b\n1;2\n\n3;4\n").rows] == [2, 4]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem("file_empty")),
        (b"\xef\xbb\xbf\r\n \r\n", Problem("file_empty")),
        (b"a;b\n", Problem("file_no_rows", 2)),
        (b"a;b\n\n\n", Problem("file_no_rows", 2)),
        (TEXT.encode("utf-16"), Problem("encoding_utf16")),
        (TEXT.encode("utf-16-le"), Problem("file_has_nul", 1)),
        (b"a;b\n1;2\n3;\x004\n", Problem("file_has_nul", 3)),
        (b"a;b\n1;2\n3;\x1b[1m\n", Problem("file_has_control", 3)),
        (b"a;b\n1;\x81\n", Problem("encoding_unknown", 2)),
        (b"\xef\xbb\xbfa;b\n1;2\n3;\xe9\n", Problem("encoding_unknown", 3)),
        ("a;b\n1;é\n".encode() + "2;é\n".encode("cp1252"), Problem("encoding_mixed", 2)),
        (b"PK\x03\x04rest", Problem("file_is_spreadsheet")),
        (b"\xd0\xcf\x11\xe0rest", Problem("file_is_spreadsheet")),
        (b"a\tb\n1\t2\n", Problem("delimiter_unknown", 1)),
        (b"a|b\n1|2\n", Problem("delimiter_unknown", 1)),
        (b"a;b,c\n1;2,3\n", Problem("delimiter_unknown", 1)),
        (b'a;b\n1;2\n3;"4\n5;6\n', Problem("quotes", 3, fact="200")),
        (b'a;b\n1;"2"3\n', Problem("quotes", 2, fact="200")),
        (b'a;b\n1;2\n3;"' + b"x" * 1_000_000, Problem("cell_too_long", 3, fact="200")),
        (b"x" * 1_000_000 + b";b\n1;2\n", Problem("cell_too_long", 1, fact="200")),
    ],
)
def test_a_file_that_leaves_a_doubt_is_one_problem_with_its_place(
    data: bytes, problem: Problem
) -> None:
    assert read(data) == problem


def test_a_file_of_more_than_20_mb_is_not_read() -> None:
    assert read(b"a" * (MOST_BYTES + 1)) == Problem("file_too_large", fact="20")


def test_more_than_200_000_rows_are_refused() -> None:
    most = b"a;b\n" + b"1;2\n" * MOST_ROWS
    assert len(sheet(most).rows) == MOST_ROWS
    assert read(most + b"1;2\n") == Problem("file_too_many_rows", MOST_ROWS + 2, fact="200000")


def test_every_ragged_row_is_told() -> None:
    found = sheet(b"a;b\n1\n2;3\n4;5;6\n").problems
    assert found.kept == [
        Problem("row_ragged", 2, fact="1/2"),
        Problem("row_ragged", 4, fact="3/2"),
    ]


def test_rows_with_another_delimiter_than_the_header_are_ragged() -> None:
    assert sheet(b"a;b\n1,2\n").problems.kept == [Problem("row_ragged", 2, fact="1/2")]


def test_a_cell_over_200_signs_is_told_with_its_column() -> None:
    data = f"a;b\n1;{'x' * LONGEST_CELL}\n2;{'x' * (LONGEST_CELL + 1)}\n".encode()
    assert sheet(data).problems.kept == [Problem("cell_too_long", 3, "b", "200")]


def test_a_line_break_in_a_cell_may_have_swallowed_a_row_and_is_told() -> None:
    assert sheet(b'a;b\n1;"2\n3;4"\n').problems.kept == [Problem("cell_line_break", 2, "b")]


def test_only_the_first_200_problems_are_kept_and_all_are_counted() -> None:
    found = sheet(b"a;b\n" + b"1\n" * 1_000).problems
    assert len(found.kept) == 200
    assert found.count == 1_000


def test_a_csv_problem_never_repeats_the_cell() -> None:
    found = csvfile.read(b'a;b\n1;"geheim"x\n')
    assert "geheim" not in repr(found)
