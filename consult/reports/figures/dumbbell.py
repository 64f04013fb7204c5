"""Each group's share of all customers beside its share of those who took part."""

from collections.abc import Sequence

from consult.reports.core.edition import Report, Row, Table, Verdict
from consult.reports.figures.canvas import Canvas, Frame, Key
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import (
    counts,
    interval,
    joined,
    labelled,
    lines_of,
    name,
    outstanding,
    people,
    room,
    room_for_marks,
    rows,
    share_scale,
    unseen,
)
from consult.reports.telling.wording import Wording
from consult.site.core import Table as TableBlock


def dumbbell(report: Report, table: Table, words: Wording) -> Figure:
    """Two marks per group with a line between them, and the interval of the participants."""
    _ = words.translate
    shown = outstanding(rows(table), lambda row: abs(row.difference))
    caption = joined(
        counts(report, words),
        _("De dikke streep is de marge van 95 procent."),
        room(len(shown), len(rows(table)), words),
        unseen(table, words),
    )
    return Figure(
        name=f"shares-{table.dimension.value}",
        title=_finding(table, words),
        caption=caption,
        description=_("Per groep twee punten: het deel van alle klanten en van de deelnemers."),
        table=_table(table, words),
        drawn=_drawn(table, shown, words),
    )


def _finding(table: Table, words: Wording) -> str:
    _ = words.translate
    for verdict in (Verdict.UNDER, Verdict.OVER):
        for row in table.deviating(verdict)[:1]:
            return _(
                "%(people)s: %(base)s van de klanten, %(share)s van de deelnemers",
                people=people(table, row, words),
                base=words.percent(row.base_share),
                share=words.percent(row.share.value),
            )
    return _("De deelnemers lijken op alle klanten")


def _drawn(table: Table, shown: Sequence[Row], words: Wording) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    canvas.legend(
        (
            Key("ring", "base", _("deel van alle klanten")),
            Key("dot", "part", _("deel van de deelnemers, met marge")),
        )
    )
    high = max([0.01, *(max(row.base_share, row.share.high) for row in shown)])
    canvas.frame(Frame((0, high * 1.04)))
    middles = [_row(canvas, table, row, words) for row in shown]
    share_scale(canvas, (middles, 20), high * 1.04, words, _("Deel van het geheel"))
    return canvas.drawn()


def _row(canvas: Canvas, table: Table, row: Row, words: Wording) -> float:
    base, share = row.base_share, row.share
    _ = words.translate
    said = _("%(base)s en %(share)s", base=words.percent(base), share=words.percent(share.value))
    labelled(canvas, name(table, row, words), said)
    y = room_for_marks(canvas)
    canvas.line([[(base, y), (share.value, y)]], "quiet", 1)
    canvas.line([[(share.low, y), (share.high, y)]], "part", 4)
    told = f"{name(table, row, words)}: {said}"
    canvas.marks([(base, y)], "base", "ring", size=14, told=[told])
    canvas.marks([(share.value, y)], "part", "dot", size=10, told=[told])
    return y


def _table(table: Table, words: Wording) -> TableBlock:
    _ = words.translate
    head = (
        words.dimension(table.dimension),
        _("Klanten"),
        _("Deel van de klanten"),
        _("Deden mee"),
        _("Deel van de deelnemers"),
        _("Marge"),
    )
    caption = _("Klanten en deelnemers: %(by)s", by=words.dimension(table.dimension).lower())
    found = lines_of(
        table,
        words,
        len(head),
        lambda row: (
            row.group.base,
            words.percent(row.base_share),
            row.group.participants,
            words.percent(row.share.value),
            interval(row.share, words.percent),
        ),
    )
    return TableBlock(caption, head, found, (1, 2, 3, 4, 5))
