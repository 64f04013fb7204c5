"""Published results as files for who wants to count further: CSV, XLSX and ODS, with a codebook.

A line is one count of one table; there is never a line for a person. What is hidden on the page is
empty here too. Texts that would be formulas are not (security T19).
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from consult.surveys.actions import naming
from consult.surveys.actions.codebook import codebook
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.counts.cells import Cell, safe
from consult.surveys.core.counts.results import Line, QuestionResult, Results, Share, Table
from consult.surveys.core.taking_part.paper import told

Sheets = Mapping[str, Sequence[Sequence[Cell]]]
"""Rows of cells by the name of their sheet; the first row is the head."""

FORMS: Final[Mapping[str, str]] = {
    "csv": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""The kinds of files that we make, with their MIME types. CSV comes as a ZIP file of two."""

HEAD: Final = (
    "vraag",
    "vraagtekst",
    "indeling",
    "groep",
    "soort",
    "code",
    "antwoord",
    "kregen_de_vraag",
    "aantal",
    "deel",
    "deel_laag",
    "deel_hoog",
    "gewogen_deel",
    "gewogen_laag",
    "gewogen_hoog",
    "getal",
    "verborgen",
)


def sheets(asked: Consultation, results: Results) -> Sheets:
    """The results and their codebook, with safe cells."""
    plain = replace(asked, questions=told(asked.questions))
    found = {"cijfers": [HEAD, *_lines(results)], "codeboek": list(codebook(plain, results))}
    return {name: [[safe(cell) for cell in row] for row in rows] for name, rows in found.items()}


def write(form: str, made: Sheets) -> bytes:
    """The file; ``form`` is one of :data:`FORMS`."""
    return {"csv": _csv, "xlsx": _xlsx, "ods": _ods}[form](made)


def file_name(form: str, asked: Consultation) -> str:
    """What the file is called."""
    return f"raadpleging-{asked.slug}.{'zip' if form == 'csv' else form}"


def _lines(results: Results) -> Iterator[Sequence[Cell]]:
    for found in results.questions:
        for table in (found.total, *found.groups):
            yield from (_counted(found, table, line) for line in table.lines)
            yield from _numbers(found, table)


def _place(found: QuestionResult, table: Table) -> tuple[Cell, ...]:
    grouping, group = table.where or ("", "")
    return found.question.id, str(found.question.text), grouping, group


def _counted(found: QuestionResult, table: Table, line: Line) -> Sequence[Cell]:
    label = naming.named(found.question, found.rows, line, "nl")
    return (
        *_place(found, table),
        line.kind,
        line.code,
        label,
        table.asked,
        line.count,
        *_share(line.share),
        *_share(line.weighted),
        None,
        int(line.count is None),
    )


def _share(share: Share | None) -> tuple[Cell, Cell, Cell]:
    if share is None:
        return None, None, None
    edges = (share.interval.low, share.interval.high) if share.interval else (None, None)
    low, high = (None if edge is None else round(edge, 3) for edge in edges)
    return round(share.part, 3), low, high


def _numbers(found: QuestionResult, table: Table) -> Iterator[Sequence[Cell]]:
    said = table.numbers
    single = {
        "gemiddelde": said.mean,
        "mediaan": said.median,
        "kwartiel_1": said.quartiles[0] if said.quartiles else None,
        "kwartiel_3": said.quartiles[1] if said.quartiles else None,
    }
    named = [(kind, "", value) for kind, value in single.items()]
    named += [("gemiddelde", code, value) for code, value in said.means.items()]
    for kind, code, value in named:
        if value is not None:
            number = naming.exact(found.question, value)
            row = (*_place(found, table), kind, code, "", table.asked)
            yield (*row, *[None] * 7, number, 0)


def _csv(made: Sheets) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in made.items():
            text = io.StringIO(newline="")
            csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
            # The mark at the start tells Excel that this is UTF-8; the date is no one's business.
            entry = zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.getvalue().encode("utf-8-sig"))
    return whole.getvalue()


def _xlsx(made: Sheets) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, and seldom needed
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    for name, rows in made.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_typed(WriteOnlyCell(sheet, None), cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _typed(written: Any, cell: Cell) -> Any:
    written.value = cell
    if isinstance(cell, str):
        written.data_type = "s"
    return written


def _ods(made: Sheets) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet  # noqa: PLC0415 - seldom needed
    from odf.table import Table as Sheet  # noqa: PLC0415 - as above
    from odf.table import TableCell, TableRow  # noqa: PLC0415 - as above
    from odf.text import P  # noqa: PLC0415 - as above

    book = OpenDocumentSpreadsheet()
    for name, rows in made.items():
        sheet = Sheet(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                if isinstance(cell, str):
                    held = TableCell(valuetype="string")
                    held.addElement(P(text=cell))
                elif cell is None:
                    held = TableCell()
                else:
                    held = TableCell(valuetype="float", value=str(cell))
                line.addElement(held)
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
