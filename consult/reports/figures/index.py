"""Each group's index on a logarithmic line on which 1 is an equal share."""

from collections.abc import Sequence
from math import log
from typing import Final

from consult.reports.core.edition import ORDINARY, Estimate, Report, Row, Table, Verdict
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
    scale,
    unseen,
    verdicts,
)
from consult.reports.telling.wording import Wording
from consult.site.core import Table as TableBlock

TICKS: Final = (0.25, 0.5, 0.8, 1, 1.25, 2)
ENDS: Final = (0.2, 2.5)
"""Where the line ends. What lies beyond stands at its end, with its value beside its name."""
MARKS: Final = {
    Verdict.UNDER: ("left", "under"),
    Verdict.EQUAL: ("dot", "equal"),
    Verdict.OVER: ("right", "over"),
}


def index(report: Report, table: Table, words: Wording) -> Figure:
    """One mark per group with its interval, in the shape and the colour of its verdict."""
    _ = words.translate
    shown = outstanding(rows(table), _distance)
    caption = joined(
        counts(report, words),
        _("Bij 1 is het deel even groot. In het gekleurde vlak noemen wij een verschil klein."),
        room(len(shown), len(rows(table)), words),
        unseen(table, words),
    )
    return Figure(
        name=f"index-{table.dimension.value}",
        title=_finding(table, words),
        caption=caption,
        description=_("Per groep een punt met marge, op een lijn van 0,25 tot 2."),
        table=_table(table, words),
        drawn=_drawn(table, shown, words),
    )


def _finding(table: Table, words: Wording) -> str:
    _ = words.translate
    under, over = table.deviating(Verdict.UNDER), table.deviating(Verdict.OVER)
    facts = {"under": len(under), "over": len(over), "all": len(rows(table))}
    if not under and not over:
        return _("Geen groep deed duidelijk meer of minder mee")
    if len(under) + len(over) == 1:
        who = people(table, (*under, *over)[0], words)
        if under:
            return _("%(who)s deden als enige groep duidelijk minder mee", who=who)
        return _("%(who)s deden als enige groep duidelijk meer mee", who=who)
    if not over:
        return _("Bij %(under)s van %(all)s groepen was de deelname duidelijk lager", **facts)
    if not under:
        return _("Bij %(over)s van %(all)s groepen was de deelname duidelijk hoger", **facts)
    return _(
        "Bij %(under)s van %(all)s groepen was de deelname duidelijk lager, "
        "bij %(over)s duidelijk hoger",
        **facts,
    )


def _distance(row: Row) -> float:
    return abs(log(_on_line(row.index.value)))


def _on_line(value: float) -> float:
    return min(max(value, ENDS[0]), ENDS[1])


def _drawn(table: Table, shown: Sequence[Row], words: Wording) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    used = {row.verdict for row in shown}
    said = verdicts(words)
    canvas.legend(Key(*MARKS[verdict], said[verdict]) for verdict in Verdict if verdict in used)
    canvas.frame(Frame(ENDS, log=True))
    middles = [_row(canvas, table, row, words) for row in shown]
    low, high = ORDINARY
    strips = [(y - 10, y + 10) for y in middles]
    canvas.area(
        [[(low, top), (high, top), (high, end), (low, end)] for top, end in strips],
        "band",
        under=True,
    )
    canvas.line([[(1, top), (1, end)] for top, end in strips], "ink", 1, under=True)
    texts = {place: words.decimal(place).rstrip("0").rstrip(",.") for place in TICKS}
    scale(
        canvas,
        (middles, 20),
        texts,
        _("Index: deel van de deelnemers gedeeld door deel van de klanten"),
    )
    return canvas.drawn()


def _row(canvas: Canvas, table: Table, row: Row, words: Wording) -> float:
    form, look = MARKS[row.verdict]
    value = words.decimal(row.index.value)
    labelled(canvas, name(table, row, words), value)
    y = room_for_marks(canvas)
    low, middle, high = (_on_line(one) for one in _ends(row.index))
    canvas.line([[(low, y), (high, y)]], look, 2)
    told = f"{name(table, row, words)}: {value} ({interval(row.index, words.decimal)})"
    canvas.marks([(middle, y)], look, form, size=15, told=[told])
    return y


def _ends(estimate: Estimate) -> tuple[float, float, float]:
    return estimate.low, estimate.value, estimate.high


def _table(table: Table, words: Wording) -> TableBlock:
    _ = words.translate
    head = (
        words.dimension(table.dimension),
        _("Index"),
        _("Marge"),
        _("Deelname"),
        _("Oordeel"),
    )
    said = verdicts(words)
    found = lines_of(
        table,
        words,
        len(head),
        lambda row: (
            words.decimal(row.index.value),
            interval(row.index, words.decimal),
            "–" if row.rate is None else words.percent(row.rate),
            said[row.verdict],
        ),
    )
    caption = _("Index per groep: %(by)s", by=words.dimension(table.dimension).lower())
    return TableBlock(caption, head, found, (1, 2, 3))
