"""Bytes to rows of text: strict, so that no row is ever changed, split or lost in silence.

Read are UTF-8 with or without a byte order mark and cp1252, with comma or semicolon, with LF, CRLF
or CR (reference/security.md T20, R10). Whatever leaves a doubt is a problem with its place.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from consult.register.core.problems import Problem, Problems

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 200_000
LONGEST_CELL: Final = 200

_BOM = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BREAK = re.compile(r"[\r\n]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number as a spreadsheet counts it, and a cell for each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that could be read; ``problems`` tells of rows that do not fit the header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: Problems


def read(data: bytes) -> Sheet | Problem:
    """The rows of a file, or the one problem that makes it unreadable."""
    text = decode(data)
    return text if isinstance(text, Problem) else _split(text)


def decode(data: bytes) -> str | Problem:
    """The text of a file; its encoding is found, never guessed."""
    if refused := _refused_bytes(data):
        return refused
    if data.startswith(_BOM):
        return _as_utf8(data[len(_BOM) :]) or _unreadable(data)
    text = _as_utf8(data)
    if text is not None:
        return text
    if mixed := _UTF8_LETTER.search(data):
        return Problem("encoding_mixed", _line(data, mixed.start()))
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        return Problem("encoding_unknown", _line(data, error.start))


def _refused_bytes(data: bytes) -> Problem | None:
    if len(data) > MOST_BYTES:
        return Problem("file_too_large", fact=str(MOST_BYTES // 1024 // 1024))
    if data.startswith(_SPREADSHEETS):
        return Problem("file_is_spreadsheet")
    if data.startswith(_OTHER_MARKS):
        return Problem("encoding_utf16")
    if (place := data.find(b"\x00")) >= 0:
        return Problem("file_has_nul", _line(data, place))
    if not data.removeprefix(_BOM).strip():
        return Problem("file_empty")
    return None


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _unreadable(data: bytes) -> Problem:
    kept = data.decode("utf-8", errors="surrogateescape")
    place = next(i for i, sign in enumerate(kept) if "\udc80" <= sign <= "\udcff")
    return Problem("encoding_unknown", len(_LINE_END.findall(kept, 0, place)) + 1)


def _line(data: bytes, place: int) -> int:
    return len(_LINE_END.findall(data[:place].decode("latin-1"))) + 1


def _split(text: str) -> Sheet | Problem:
    if control := _CONTROL.search(text):
        return Problem("file_has_control", len(_LINE_END.findall(text, 0, control.start())) + 1)
    delimiter = _delimiter(text)
    if isinstance(delimiter, Problem):
        return delimiter
    problems = Problems()
    records = _records(text, delimiter)
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for record in records:
        if isinstance(record, Problem):
            return record
        if not header:
            header = tuple(cell.strip() for cell in record.cells)
            continue
        if len(rows) == MOST_ROWS:
            return Problem("file_too_many_rows", record.number, fact=str(MOST_ROWS))
        rows.append(record)
        problems.extend(_misfits(record, header))
    if not rows:
        return Problem("file_no_rows", 2)
    return Sheet(header, tuple(rows), problems)


def _delimiter(text: str) -> str | Problem:
    """The sign that parts the header into more columns than the other does."""
    widths = {}
    for sign in ",;":
        first = next(_records(text, sign))
        if isinstance(first, Problem):
            return first
        widths[sign] = len(first.cells)
    if widths[","] == widths[";"]:
        return Problem("delimiter_unknown", 1)
    return max(widths, key=lambda sign: widths[sign])


def _records(text: str, delimiter: str) -> Iterator[Row | Problem]:
    """Every record that is not a blank line; a problem is the last thing that comes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            too_long = "field larger" in str(error)
            yield Problem("cell_too_long" if too_long else "quotes", number, fact=str(LONGEST_CELL))
            return
        if cells:
            yield Row(number, tuple(cells))


def _misfits(row: Row, header: tuple[str, ...]) -> Iterator[Problem]:
    if len(row.cells) != len(header):
        yield Problem("row_ragged", row.number, fact=f"{len(row.cells)}/{len(header)}")
        return
    for name, cell in zip(header, row.cells, strict=True):
        if len(cell) > LONGEST_CELL:
            yield Problem("cell_too_long", row.number, name, str(LONGEST_CELL))
        elif _LINE_BREAK.search(cell):
            yield Problem("cell_line_break", row.number, name)
