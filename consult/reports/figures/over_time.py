"""The activities of a year one after the other: how many took part, and how evenly."""

from collections.abc import Iterator, Sequence
from typing import Final

from consult.reports.core.edition import Estimate, Report
from consult.reports.figures.canvas import Canvas, Frame, ticks
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import (
    interval,
    joined,
    labelled,
    room_for_marks,
    scale,
    share_scale,
)
from consult.reports.telling.wording import Wording
from consult.site.core import Table

MOST: Final = 16
Turn = tuple[str, Report]
"""What an activity is called, and its edition."""


def over_time(turns: Sequence[Turn], words: Wording) -> Iterator[Figure]:
    """The share that took part and the CV of response, in the order given, of at least two.

    A CV depends on what it is reckoned by: it is compared only where that is the same for all.
    """
    shown = tuple(turns)[-MOST:]
    if len(shown) < 2:
        return
    yield _response(shown, words)
    measured = [report.quality for _, report in shown if report.quality]
    if len(measured) == len(shown) and len({each.dimensions for each in measured}) == 1:
        yield _evenness(
            [(name, each.cv) for (name, _), each in zip(shown, measured, strict=True)], words
        )


def _rate(report: Report) -> float:
    return report.total.participants / max(1, report.total.invited)


def _response(turns: Sequence[Turn], words: Wording) -> Figure:
    _ = words.translate
    name, most = max(turns, key=lambda turn: _rate(turn[1]))
    canvas = Canvas()
    high = max([0.01, *(_rate(report) for _name, report in turns)]) * 1.1
    canvas.frame(Frame((0, high)))
    middles = []
    for label, report in turns:
        rate = _rate(report)
        labelled(canvas, label, words.percent(rate))
        y = room_for_marks(canvas)
        canvas.line([[(0, y), (rate, y)]], "part", 3)
        canvas.marks([(rate, y)], "part", "dot", told=[f"{label}: {words.percent(rate)}"])
        middles.append(y)
    share_scale(canvas, (middles, 20), high, words, _("Deel van de uitgenodigde klanten"))
    head = (_("Activiteit"), _("Uitgenodigd"), _("Deden mee"), _("Deelname"))
    rows = tuple(
        (label, each.total.invited, each.total.participants, words.percent(_rate(each)))
        for label, each in turns
    )
    return Figure(
        name="years-response",
        title=_(
            "Bij “%(activity)s” deden de meeste mensen mee: %(rate)s",
            activity=name,
            rate=words.percent(_rate(most)),
        ),
        caption=_took_part(turns, words),
        description=_("Per activiteit een lijn tot het deel van de klanten dat meedeed."),
        table=Table(_("Deelname per activiteit"), head, rows, (1, 2, 3)),
        drawn=canvas.drawn(),
    )


def _took_part(turns: Sequence[Turn], words: Wording) -> str:
    """How many people the numbers of all activities are of: who came twice counts twice."""
    _ = words.translate
    return _(
        "Samen %(n)s keer meegedaan (n), na %(all)s uitnodigingen (N).",
        n=words.whole(sum(report.total.participants for _name, report in turns)),
        all=words.whole(sum(report.total.invited for _name, report in turns)),
    )


def _evenness(turns: Sequence[tuple[str, Estimate]], words: Wording) -> Figure:
    _ = words.translate
    canvas = Canvas()
    high = max([0.01, *(cv.high for _name, cv in turns)]) * 1.04
    canvas.frame(Frame((0, high)))
    middles = []
    for label, cv in turns:
        labelled(canvas, label, words.decimal(cv.value))
        y = room_for_marks(canvas)
        told = f"{label}: {words.decimal(cv.value)} ({interval(cv, words.decimal)})"
        canvas.line([[(max(cv.low, 0), y), (cv.high, y)]], "part", 3)
        canvas.marks([(cv.value, y)], "part", "dot", told=[told])
        middles.append(y)
    texts = {place: words.decimal(place) for place in ticks(high)}
    scale(canvas, (middles, 20), texts, _("Ongelijkheid van deelname (CV)"))
    head = (_("Activiteit"), _("CV"), _("Marge"))
    rows = tuple(
        (label, words.decimal(cv.value), interval(cv, words.decimal)) for label, cv in turns
    )
    return Figure(
        name="years-cv",
        title=_most_even(turns, words),
        caption=joined(
            _("Bij 0 deed elke groep even veel mee."),
            _("De streep is de marge van 95 procent."),
        ),
        description=_("Per activiteit een punt met marge: hoe ongelijk de groepen meededen."),
        table=Table(_("Ongelijkheid per activiteit"), head, rows, (1, 2)),
        drawn=canvas.drawn(),
    )


def _most_even(turns: Sequence[tuple[str, Estimate]], words: Wording) -> str:
    _ = words.translate
    name, least = min(turns, key=lambda turn: turn[1].value)
    if all(least.high < cv.low for label, cv in turns if cv is not least):
        return _("Bij “%(activity)s” deden de groepen het meest gelijk mee", activity=name)
    return _("Bij geen activiteit was de deelname duidelijk het meest gelijk")
