"""The results as they were given, beside the weighted ones."""

from collections.abc import Iterator, Sequence
from typing import Final

from consult.reports.core.edition import Opinion, Opinions, Report
from consult.reports.figures.canvas import Canvas, Frame, Key
from consult.reports.figures.figure import Asked, Figure
from consult.reports.figures.groups import (
    counts,
    interval,
    joined,
    labelled,
    room_for_marks,
    share_scale,
)
from consult.reports.telling.wording import Wording
from consult.site.core import Table

MUCH: Final = 0.02
"""What we call a change: two percentage points."""


def weighted(report: Report, opinions: Opinions, words: Wording, asked: Asked) -> Iterator[Figure]:
    """One figure per question, in the order of the questions."""
    for number, code in enumerate(dict.fromkeys(one.question for one in opinions.lines), 1):
        lines = [one for one in opinions.lines if one.question == code]
        yield _figure(report, f"weighted-{number}", lines, words, asked)


def _figure(
    report: Report, name: str, lines: Sequence[Opinion], words: Wording, asked: Asked
) -> Figure:
    _ = words.translate
    question = asked(lines[0].question, None)
    return Figure(
        name=name,
        title=_finding(lines, words, asked),
        caption=joined(
            _("Vraag: %(question)s", question=question),
            counts(report, words),
            _("De strepen zijn de marge, als meedoen alleen van deze kenmerken afhangt."),
        ),
        description=_("Per antwoord twee punten met marge: zonder weging en met weging."),
        table=_table(question, lines, words, asked),
        drawn=_drawn(lines, words, asked),
    )


def _finding(lines: Sequence[Opinion], words: Wording, asked: Asked) -> str:
    _ = words.translate
    most = max(lines, key=lambda one: abs(one.moved))
    if abs(most.moved) <= MUCH:
        return _(
            "Wegen verandert hier weinig: hooguit %(points)s procentpunt",
            points=words.percent(abs(most.moved)).partition("\u00a0")[0],
        )
    return _(
        "Wegen verandert “%(answer)s” het meest: van %(plain)s naar %(weighted)s",
        answer=asked(most.question, most.option),
        plain=words.percent(most.plain.value),
        weighted=words.percent(most.weighted.value),
    )


def _drawn(lines: Sequence[Opinion], words: Wording, asked: Asked) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    canvas.legend(
        (
            Key("ring", "base", _("zonder weging")),
            Key("diamond", "part", _("met weging")),
        )
    )
    high = max([0.01, *(max(one.plain.high, one.weighted.high) for one in lines)]) * 1.04
    canvas.frame(Frame((0, high)))
    middles = [_row(canvas, one, words, asked) for one in lines]
    share_scale(canvas, (middles, 30), high, words, _("Deel van de mensen met dit antwoord"))
    return canvas.drawn()


def _row(canvas: Canvas, one: Opinion, words: Wording, asked: Asked) -> float:
    _ = words.translate
    said = _(
        "%(plain)s naar %(weighted)s",
        plain=words.percent(one.plain.value),
        weighted=words.percent(one.weighted.value),
    )
    labelled(canvas, asked(one.question, one.option), said)
    y = room_for_marks(canvas, 30)
    for estimate, look, form, down in (
        (one.plain, "base", "ring", -7),
        (one.weighted, "part", "diamond", 7),
    ):
        canvas.line([[(max(estimate.low, 0), y + down), (estimate.high, y + down)]], look, 2)
        told = f"{words.percent(estimate.value)} ({interval(estimate, words.percent)})"
        canvas.marks([(estimate.value, y + down)], look, form, size=10, told=[told])
    return y


def _table(question: str, lines: Sequence[Opinion], words: Wording, asked: Asked) -> Table:
    _ = words.translate
    odds = sorted({odds for one in lines for odds in one.sensitivity})
    head = (
        _("Antwoord"),
        _("Zonder weging"),
        _("Marge"),
        _("Met weging"),
        _("Marge daarvan"),
        *(_("Als zij %(odds)s keer zo graag meededen", odds=words.decimal(one)) for one in odds),
    )
    rows = tuple(
        (
            asked(one.question, one.option),
            words.percent(one.plain.value),
            interval(one.plain, words.percent),
            words.percent(one.weighted.value),
            interval(one.weighted, words.percent),
            *(
                words.percent(one.sensitivity[each]) if each in one.sensitivity else "–"
                for each in odds
            ),
        )
        for one in lines
    )
    return Table(question, head, rows, tuple(range(1, len(head))))
