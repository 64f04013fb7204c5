"""For each neighbourhood a small figure of how many took part, by age, beside everybody's line."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from consult.reports.core.edition import Crossed, Report, Small
from consult.reports.figures.canvas import SMALL, Canvas, Frame, Key, Type, lines, ticks
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import NONE, counts, joined, outstanding, short
from consult.reports.telling.wording import Wording
from consult.site.core import Table

MOST: Final = 12
_WIDE: Final = 141  # pixels for the name of a panel
_TALL: Final = 76
_COLUMNS: Final = ((0.0, 0.47), (0.53, 1.0))
Rates = Sequence[float | None]


def multiples(report: Report, crossed: Crossed, words: Wording) -> Figure:
    """Two panels side by side, all to one scale; what is hidden is a cross at the bottom."""
    _ = words.translate
    shown = outstanding(crossed.rows, _customers, MOST)
    some = _(
        "U ziet de %(shown)s grootste. Alle %(all)s staan in de tabel.",
        shown=len(shown),
        all=len(crossed.rows),
    )
    return Figure(
        name=f"multiples-{crossed.rows_by.value}",
        title=_finding(crossed, words),
        caption=joined(
            counts(report, words),
            _("De cijfers onder een vakje zeggen bij welke leeftijd een groep begint."),
            some if len(shown) < len(crossed.rows) else "",
        ),
        description=_("Per wijk een lijn: hoeveel mensen van elke leeftijd meededen."),
        table=_table(crossed, words),
        drawn=_drawn(crossed, shown, words),
    )


def _customers(row: Small) -> float:
    return sum(people or 0 for people in row.people)


def _finding(crossed: Crossed, words: Wording) -> str:
    """Which age took part least in most neighbourhoods, of those that show at least two ages.

    One such neighbourhood alone is no finding.
    """
    _ = words.translate
    lowest = Counter(
        min(seen)[1]
        for row in crossed.rows
        for seen in [[(rate, at) for at, rate in enumerate(row.rates) if rate is not None]]
        if len(seen) > 1
    )
    if sum(lowest.values()) < 2:
        return _("Per wijk zijn de groepen te klein om te vergelijken")
    place, count = min(lowest.items(), key=lambda found: (-found[1], found[0]))
    return _(
        "%(people)s deden in %(count)s van %(all)s wijken het minst mee",
        people=words.people(crossed.columns_by, crossed.columns[place]),
        count=count,
        all=sum(lowest.values()),
    )


def _drawn(crossed: Crossed, shown: Sequence[Small], words: Wording) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    canvas.legend(
        (
            Key("dot", "part", _("in deze wijk")),
            Key("dash", "quiet", _("alle klanten")),
            Key("cross", "quiet", _("niet getoond: te weinig mensen")),
        )
    )
    rates = [rate for row in shown for rate in row.rates if rate is not None]
    rates += [rate for rate in crossed.overall if rate is not None]
    high = max([0.01, *rates]) * 1.08
    for start in range(0, len(shown), 2):
        _pair(canvas, crossed, shown[start : start + 2], high, words)
    canvas.text(_("Van beneden naar boven: deel van de klanten dat meedeed"))
    canvas.y += 2
    return canvas.drawn()


def _pair(
    canvas: Canvas, crossed: Crossed, pair: Sequence[Small], high: float, words: Wording
) -> None:
    names = [lines(words.group(crossed.rows_by, row.label), _WIDE, bold=True) for row in pair]
    head = canvas.y + 10
    canvas.y = head + 18 * max(map(len, names)) - 2
    top, bottom = canvas.y, canvas.y + _TALL
    canvas.y = bottom + 30
    for (left, right), row, named in zip(_COLUMNS, pair, names, strict=False):
        for number, line in enumerate(named):
            canvas.said(line, left, head + 18 * number, Type(bold=True))
        last = len(crossed.columns) - 1
        frame = canvas.frame(Frame((-0.3, last + 0.3), left, right, top, bottom, (0, high)))
        _panel(canvas, crossed, row, frame, words)
        for place, label in enumerate(crossed.columns):
            kind = Type("quiet", "center", SMALL)
            canvas.said(_begins(label), place, bottom + 10, kind, frame)


def _panel(canvas: Canvas, crossed: Crossed, row: Small, frame: int, words: Wording) -> None:
    low, high = canvas.ends(frame)
    for value in ticks(high, 2):
        canvas.line([[(-0.3, value), (len(row.rates) - 0.7, value)]], "grid", 1, frame=frame)
        if value:
            kind = Type("quiet", "left", SMALL)
            canvas.said(short(value, words), -0.3, canvas.height_of(value, frame) - 8, kind, frame)
    canvas.line(_parts(crossed.overall), "quiet", 2, dashed=True, frame=frame)
    canvas.line(_parts(row.rates), "part", 3, frame=frame)
    seen = [(at, rate) for at, rate in enumerate(row.rates) if rate is not None]
    told = [
        f"{words.group(crossed.columns_by, crossed.columns[at])}: {words.percent(rate)}"
        for at, rate in seen
    ]
    canvas.marks(seen, "part", "dot", size=8, told=told, frame=frame)
    hidden = [(at, low + high * 0.06) for at, rate in enumerate(row.rates) if rate is None]
    canvas.marks(hidden, "quiet", "cross", size=8, frame=frame)


def _parts(rates: Rates) -> list[list[tuple[float, float]]]:
    """Pieces of a line, each through neighbours that are all shown."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for at, rate in enumerate(rates):
        if rate is None:
            pieces.append([])
        else:
            pieces[-1].append((at, rate))
    return [piece for piece in pieces if len(piece) > 1]


def _begins(label: str) -> str:
    """``18`` of ``18-34``: two letters that find room below a panel."""
    found = re.match(r"\d+", label)
    return found.group() if found else "?"


def _table(crossed: Crossed, words: Wording) -> Table:
    _ = words.translate
    by, across = crossed.rows_by, crossed.columns_by
    head = (words.dimension(by), *(words.group(across, label) for label in crossed.columns))
    found = [
        (words.group(by, row.label), *(_told(rate, words) for rate in row.rates))
        for row in crossed.rows
    ]
    all_ = (_("Alle klanten"), *(_told(rate, words) for rate in crossed.overall))
    caption = _("Deelname per wijk en leeftijd")
    return Table(caption, head, (*found, all_), tuple(range(1, len(head))))


def _told(rate: float | None, words: Wording) -> str:
    return NONE if rate is None else words.percent(rate)
