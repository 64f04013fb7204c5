"""Ages back to back: all customers at the left, those who took part at the right."""

from consult.reports.core.edition import Report, Row, Table
from consult.reports.figures.canvas import NARROW, SIDE, SMALL, Canvas, Frame, Type
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import counts, joined, lines_of, name, rows, unseen
from consult.reports.telling.wording import Wording
from consult.site.core import Table as TableBlock

_CLEAR = 0.1
"""Steps between ages that the middle must shift before we call the participants older."""


def pyramid(report: Report, table: Table, words: Wording) -> Figure:
    """Two bars per age group, as long as its share; the groups in order of age, oldest on top."""
    _ = words.translate
    return Figure(
        name=f"pyramid-{table.dimension.value}",
        title=_finding(table, words),
        caption=joined(counts(report, words), unseen(table, words)),
        description=_("Per leeftijd twee balken: links alle klanten, rechts de deelnemers."),
        table=_table(table, words),
        drawn=_drawn(table, words),
    )


def _finding(table: Table, words: Wording) -> str:
    _ = words.translate
    shift = sum(place * row.difference for place, row in enumerate(table.rows))
    if table.p_value >= 0.05 or abs(shift) < _CLEAR:
        return _("De deelnemers zijn ongeveer even oud als alle klanten")
    if shift > 0:
        return _("De deelnemers zijn gemiddeld ouder dan alle klanten")
    return _("De deelnemers zijn gemiddeld jonger dan alle klanten")


def _drawn(table: Table, words: Wording) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    found = rows(table)
    most = max([0.01, *(max(row.base_share, row.share.value) for row in found)])
    widest = (NARROW - 2 * SIDE) / 2
    room = most * widest / (widest - 50)  # for the number at the end of the longest bar
    canvas.frame(Frame((-room, room)))
    canvas.y += 10
    head = Type(anchor="right", shift=-12, bold=True)
    canvas.said(_("alle klanten"), 0, kind=head, frame=2)
    canvas.said(_("deelnemers"), 0, kind=Type(shift=12, bold=True), frame=2)
    canvas.y += 14
    for row in reversed(found):
        _row(canvas, table, row, words)
    return canvas.drawn()


def _row(canvas: Canvas, table: Table, row: Row, words: Wording) -> None:
    canvas.y += 9
    canvas.said(name(table, row, words), 0, kind=Type(anchor="center"), frame=2)
    canvas.y += 12
    top, end = canvas.y, canvas.y + 18
    base, share = row.base_share, row.share.value
    canvas.area([_bar(0, -base, top, end)], "base", hatched=True, outline="base")
    canvas.area([_bar(0, share, top, end)], "part")
    canvas.y += 9
    number = Type(size=SMALL, shift=5)
    canvas.said(words.percent(share), share, kind=number, frame=2)
    canvas.said(words.percent(base), -base, kind=Type("ink", "right", SMALL, shift=-5), frame=2)
    canvas.y += 17


def _bar(start: float, stop: float, top: float, end: float) -> list[tuple[float, float]]:
    return [(start, top), (stop, top), (stop, end), (start, end)]


def _table(table: Table, words: Wording) -> TableBlock:
    _ = words.translate
    head = (
        words.dimension(table.dimension),
        _("Deel van de klanten"),
        _("Deel van de deelnemers"),
        _("Verschil"),
    )
    found = lines_of(
        table,
        words,
        len(head),
        lambda row: (
            words.percent(row.base_share),
            words.percent(row.share.value),
            words.percent(row.difference),
        ),
    )
    caption = _("Opbouw naar leeftijd van klanten en deelnemers")
    return TableBlock(caption, head, found, (1, 2, 3))
