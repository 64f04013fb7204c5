"""A CSV file as columns of levels and numbers: read strictly, so that no row changes or is lost.

Whatever leaves a doubt is refused by row and column. Rows are counted as a spreadsheet does: the
header is row 1. A column is kept as small codes, so that a million rows fit; the text of every
record stays as it stood, for a file that is to come back unchanged with a column more.
"""

import codecs
import csv
import io
import math
import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from consult.refusal import Refusal

MOST_BYTES: Final = 2 * 1024**3
_CHUNK: Final = 10_000
_TOLD: Final = 5
"""How many rows, or names, a refusal lists at most."""
_SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SIGN: Final = re.compile(rb"\S")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose header could be read. ``name`` is what refusals call it."""

    name: str
    data: bytes
    delimiter: str
    header: tuple[str, ...]

    def place(self, column: str) -> int:
        """Where a column stands, from 0.

        Raises:
            Refusal: ``reports.column_unknown``.
        """
        if column not in self.header:
            known = listed(self.header)
            raise Refusal("reports.column_unknown", file=self.name, column=column, known=known)
        return self.header.index(column)


@dataclass(frozen=True, slots=True)
class Levels:
    """A column of words: ``names`` by first appearance, ``codes`` (from 0) a row each."""

    names: tuple[str, ...]
    codes: "array[int]"

    def row(self, name: str) -> int:
        """The first row of the file in which a level stands."""
        return self.codes.index(self.names.index(name)) + 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that were asked for; ``rows`` without the header."""

    rows: int
    levels: dict[str, Levels]
    numbers: "dict[str, array[float]]"


class _Known(dict[str, int]):
    """Words → codes; a word that is new gets the next code."""

    def __missing__(self, word: str) -> int:
        self[word] = code = len(self)
        return code


def opened(name: str, data: bytes) -> Sheet:
    """The file with its delimiter, comma or semicolon, and its header.

    Raises:
        Refusal: ``reports.file_too_large``, ``reports.file_is_spreadsheet``,
            ``reports.file_not_utf8``, ``reports.file_has_nul``, ``reports.file_empty``,
            ``reports.file_quotes``, ``reports.header_blank``, ``reports.delimiter_unknown``,
            ``reports.column_twice``.
    """
    _check_bytes(name, data)
    found = [(sign, header) for sign in ",;" if (header := _first(name, data, sign)) is not None]
    if not found:
        raise Refusal("reports.file_quotes", file=name, row=1)
    delimiter, header = max(found, key=lambda one: len(one[1]))
    if not any(header):
        raise Refusal("reports.header_blank", file=name)
    ties = sum(len(one) == len(header) for _, one in found) > 1
    if (ties and len(header) > 1) or "\t" in header[0]:
        raise Refusal("reports.delimiter_unknown", file=name)
    seen: set[str] = set()
    for column in header:
        if column in seen:
            raise Refusal("reports.column_twice", file=name, column=column)
        seen.add(column)
    return Sheet(name, data, delimiter, header)


def records(sheet: Sheet) -> Iterator[tuple[str, list[str]]]:
    """Every record from the header on: its text as it stands, line end and all, and its cells.

    Blank lines at the end come along, without cells.

    Raises:
        Refusal: ``reports.file_quotes``, ``reports.row_ragged``, ``reports.file_not_utf8``.
    """
    taken: list[str] = []
    reader = csv.reader(_noted(sheet, taken), delimiter=sheet.delimiter, strict=True)
    row, width, blank = 0, len(sheet.header), 0
    try:
        for cells in reader:
            row += 1
            if not cells:
                blank = blank or row
            elif blank:
                raise _ragged(sheet, blank, 0)
            elif len(cells) != width and width:
                raise _ragged(sheet, row, len(cells))
            yield "".join(taken), cells
            taken.clear()
    except csv.Error as error:
        raise Refusal("reports.file_quotes", file=sheet.name, row=row + 1) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(sheet) from error


def read(sheet: Sheet, words: Collection[str], numbers: Collection[str] = ()) -> Columns:
    """Some columns of a file: those of ``words`` as levels, those of ``numbers`` as numbers.

    Raises:
        Refusal: as :func:`records` does, and ``reports.column_unknown``, ``reports.file_no_rows``,
            ``reports.not_number``.
    """
    places = {name: sheet.place(name) for name in (*words, *numbers)}
    known = {name: _Known() for name in words}
    codes = {name: array("i") for name in words}
    values = {name: array("d") for name in numbers}
    body = (cells for _, cells in islice(records(sheet), 1, None) if cells)
    rows = 0
    while chunk := list(islice(body, _CHUNK)):
        for name, place in places.items():
            column = [cells[place] for cells in chunk]
            if name in codes:
                codes[name].extend(map(known[name].__getitem__, column))
            if name in values:
                values[name].extend(_numbers(sheet, name, rows, column))
        rows += len(chunk)
    if not rows:
        raise Refusal("reports.file_no_rows", file=sheet.name)
    return Columns(rows, {name: Levels(tuple(known[name]), codes[name]) for name in codes}, values)


def listed(names: Collection[object]) -> str:
    """The first few of some names or numbers, for a sentence."""
    told = ", ".join(str(name) for name in islice(names, _TOLD))
    return f"{told}, …" if len(names) > _TOLD else told


def _check_bytes(name: str, data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Refusal("reports.file_too_large", file=name, gigabytes=MOST_BYTES // 1024**3)
    if data.startswith(_SPREADSHEETS):
        raise Refusal("reports.file_is_spreadsheet", file=name)
    if data.startswith(_UTF16):
        raise Refusal("reports.file_not_utf8", file=name, line=1)
    if (place := data.find(b"\x00")) >= 0:
        raise Refusal("reports.file_has_nul", file=name, line=_line(data, place))
    if not _SIGN.search(data, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0):
        raise Refusal("reports.file_empty", file=name)


def _first(name: str, data: bytes, sign: str) -> tuple[str, ...] | None:
    """The header as this sign parts it; nothing where its quotes make no sense then."""
    try:
        return tuple(next(records(Sheet(name, data, sign, ())))[1])
    except Refusal as refusal:
        if refusal.code != "reports.file_quotes":
            raise
        return None


def _noted(sheet: Sheet, taken: list[str]) -> Iterator[str]:
    """The lines of a file; each is put in ``taken`` when it is handed out."""
    for line in io.TextIOWrapper(io.BytesIO(sheet.data), encoding="utf-8-sig", newline=""):
        taken.append(line)
        yield line


def _numbers(sheet: Sheet, name: str, rows: int, column: Sequence[str]) -> list[float]:
    for row, cell in enumerate(column, start=rows + 2):
        if not _NUMBER.fullmatch(cell) or not math.isfinite(float(cell)):
            raise Refusal("reports.not_number", file=sheet.name, column=name, row=row, found=cell)
    return [float(cell) for cell in column]


def _ragged(sheet: Sheet, row: int, found: int) -> Refusal:
    wanted = len(sheet.header)
    return Refusal("reports.row_ragged", file=sheet.name, row=row, found=found, wanted=wanted)


def _not_utf8(sheet: Sheet) -> Refusal:
    try:
        sheet.data.decode("utf-8")
        place = 0
    except UnicodeDecodeError as error:
        place = error.start
    return Refusal("reports.file_not_utf8", file=sheet.name, line=_line(sheet.data, place))


def _line(data: bytes, place: int) -> int:
    return len(_LINE_END.findall(data, 0, place)) + 1
