"""A report as files for a spreadsheet, made from the very blocks that page and paper show.

So no file can hold a number that is not printed, and a published report gives the same files for
good. Numbers are numbers: ``12,3 %`` becomes 0.123. No text can be taken for a formula (T19).
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from consult.reports.telling.wording import Wording
from consult.site.core import Facts, Heading, Paragraph, Table, Text
from consult.surveys.core.counts.cells import Cell, safe

FORMS: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""The kinds of files of a report, with their MIME types."""
_BYTE_ORDER_MARK: Final = "\ufeff"
_PERCENT: Final = "\u00a0%"
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(?:\.?\d{3})*(?:,\d+)?(?:\u00a0%)?", re.ASCII)
_LONGEST_NAME: Final = 31  # of a sheet, says the format
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")


def csv_of(text: Text, wording: Wording) -> str:
    """All tables as lines of table, row, column and value; semicolons, for Dutch spreadsheets."""
    rows: list[tuple[Cell, ...]] = [columns(wording)]
    for table in tables(text):
        for row in table.rows:
            for place, head in list(enumerate(table.head))[1:]:
                cell = _cell(table, place, row[place], wording)
                rows.append((table.caption, str(row[0]), head, cell))
    return _written(rows, wording)


def columns(wording: Wording) -> tuple[str, str, str, str]:
    """The head of the file with all tables."""
    _ = wording.translate
    return _("Tabel"), _("Rij"), _("Kolom"), _("Waarde")


def table_csv(table: Table, wording: Wording) -> str:
    """One table as it stands, a line per row."""
    return _written([table.head, *_cells(table, wording)], wording)


def xlsx_of(text: Text, wording: Wording) -> bytes:
    """A workbook: what was found, each table on a sheet of its own, then how it was made."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and seldom needed

    _ = wording.translate
    book = Workbook(write_only=True)
    opening, rest = _parts(text)
    _put(book, _("Bevindingen"), [(text.title,), *((said,) for said in opening)])
    for table in (block for block in text.blocks if isinstance(block, Table)):
        _put(book, table.caption, [(table.caption,), table.head, *_cells(table, wording)])
    _put(book, _("Methode"), rest)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def tables(text: Text) -> Iterator[Table]:
    """The tables of a document, and its facts as tables of two columns."""
    for place, block in enumerate(text.blocks):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Facts):
            caption = _heading_of(text, place)
            yield Table(caption, (caption, caption), block.rows, (1,))


def number_of(said: str, language: str) -> float | int | None:
    """The number that a cell shows, ``None`` where it shows none; a percentage as a share."""
    plain = said if language == "nl" else said.translate(str.maketrans(",.", ".,"))
    if not _NUMBER.fullmatch(plain):
        return None
    digits = plain.removesuffix(_PERCENT).replace(".", "").replace(",", ".")
    if plain.endswith(_PERCENT):
        return round(float(digits) / 100, 6)
    return float(digits) if "." in digits else int(digits)


def _heading_of(text: Text, place: int) -> str:
    above = [block.text for block in text.blocks[:place] if isinstance(block, Heading)]
    return above[-1] if above else text.title


def _parts(text: Text) -> tuple[list[str], list[tuple[Cell, ...]]]:
    """The paragraphs before the first heading; and headings, paragraphs and facts after it."""
    headings = [place for place, one in enumerate(text.blocks) if isinstance(one, Heading)]
    first = headings[0] if headings else len(text.blocks)
    opening = [one.text for one in text.blocks[:first] if isinstance(one, Paragraph)]
    rest: list[tuple[Cell, ...]] = []
    for block in text.blocks[first:]:
        match block:
            case Heading() | Paragraph():
                rest.append((block.text,))
            case Facts():
                rest.extend(block.rows)
    return opening, rest


def _cells(table: Table, wording: Wording) -> list[list[Cell]]:
    return [
        [_cell(table, place, cell, wording) for place, cell in enumerate(row)] for row in table.rows
    ]


def _cell(table: Table, place: int, cell: str | int, wording: Wording) -> Cell:
    if not isinstance(cell, str) or place not in table.numeric:
        return cell
    found = number_of(cell, wording.language)
    return cell if found is None else found


def _written(rows: Sequence[Sequence[Cell]], wording: Wording) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_spelled(safe(cell), wording) for cell in row] for row in rows)
    return _BYTE_ORDER_MARK + out.getvalue()


def _spelled(cell: Cell, wording: Wording) -> Cell:
    """A number with a decimal sign that the reader's spreadsheet knows."""
    if isinstance(cell, float) and wording.language == "nl":
        return str(cell).replace(".", ",")
    return cell


def _put(book: Any, name: str, rows: Sequence[Sequence[Cell]]) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - slow to import, and seldom needed

    plain = _NOT_IN_NAMES.sub(" ", name).strip()
    taken = {one.casefold() for one in book.sheetnames}
    titles = (f"{plain[: _LONGEST_NAME - 4]} {n}" for n in range(2, 1000))
    first = plain[:_LONGEST_NAME]
    title = (
        first
        if first.casefold() not in taken
        else next(t for t in titles if t.casefold() not in taken)
    )
    sheet = book.create_sheet(title)
    for row in rows:
        cells = []
        for cell in map(safe, row):
            written: Any = WriteOnlyCell(sheet, cell)
            if isinstance(cell, str):
                written.data_type = "s"
            cells.append(written)
        sheet.append(cells)
