"""The numbers of a report as one file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from consult.reports.core.report import Report, Row, Table
from consult.reports.document import HIDDEN
from consult.reports.wording import Wording

_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
_BYTE_ORDER_MARK: Final = "\ufeff"


def sheet(made: Report, wording: Wording) -> str:
    """One line per group, as CSV with semicolons and the decimal sign of the language.

    So does a Dutch spreadsheet read it without asking. Shares run from 0 to 1; hidden numbers are
    a dash, as on the page. No cell can be taken for a formula: names come from the register.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_head(wording))
    for table in made.tables:
        writer.writerows(map(_inert, _lines(table, wording)))
    return _BYTE_ORDER_MARK + out.getvalue()


def _head(wording: Wording) -> tuple[str, ...]:
    _ = wording.translate
    return (
        _("Verdeling"),
        _("Groep"),
        _("Klanten"),
        _("Uitgenodigd"),
        _("Deden mee"),
        _("Deelname"),
        _("Deel van de klanten"),
        _("Deel van de deelnemers"),
        _("Index"),
        _("Marge van"),
        _("Marge tot"),
    )


def _lines(table: Table, wording: Wording) -> Iterator[tuple[str, ...]]:
    by = wording.dimension(table.dimension)
    for row in table.rows:
        yield (by, wording.group(table.dimension, row.group.label), *_numbers(row, wording))
    for group in table.hidden:
        chain = (HIDDEN if count is None else str(count) for count in (group.base, group.invited))
        yield (by, wording.group(table.dimension, group.label), *chain, *[HIDDEN] * 7)
    if table.together:
        yield (by, wording.together(), *_numbers(table.together, wording))


def _numbers(row: Row, wording: Wording) -> tuple[str, ...]:
    counts = (row.group.base, row.group.invited, row.group.participants)
    shares = (row.rate, row.base_share, row.share, row.index, row.low, row.high)
    return (*map(str, counts), *map(wording.exact, shares))


def _inert(cells: Iterable[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell for cell in cells]
