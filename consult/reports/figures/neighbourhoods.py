"""A map of the neighbourhoods, coloured by how well each is heard."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from consult.reports.core.edition import Report, Row, Table, Verdict
from consult.reports.core.geography import Boundaries, flat
from consult.reports.figures.canvas import NARROW, SIDE, Canvas, Frame, Key
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import counts, joined, lines_of, unseen, verdicts
from consult.reports.figures.simplify import Ring, simplified
from consult.reports.telling.wording import Wording
from consult.site.core import Table as TableBlock

LONG: Final = 1000
"""The longer side of the map in units of its coordinates, which are whole."""
ENDS: Final = (0.5, 0.8, 1.25, 2.0)
"""Where one class of the index ends and the next begins."""
LOOKS: Final = ("step-1", "step-3", "step-4", "step-5", "step-7")
_MOST_POINTS: Final = 2_500
_HEIGHTS: Final = (160, 420)

Areas = Mapping[str, Sequence[Ring]]


def neighbourhoods(report: Report, table: Table, boundaries: Boundaries, words: Wording) -> Figure:
    """Those that are heard least stand out most; hatched are those that are not shown."""
    _ = words.translate
    return Figure(
        name="map",
        title=_finding(table, words),
        caption=joined(
            counts(report, words),
            unseen(table, words),
            _("Grenzen: %(attribution)s.", attribution=boundaries.attribution.rstrip(".")),
        ),
        description=_("Een kaart van de wijken in klassen. Gearceerde wijken tonen wij niet."),
        table=_table(table, words),
        drawn=_drawn(table, placed(_lived_in(table, boundaries)), words),
    )


def _finding(table: Table, words: Wording) -> str:
    _ = words.translate
    all_ = len(table.rows)
    under, over = (
        sum(row.verdict is one for row in table.rows) for one in (Verdict.UNDER, Verdict.OVER)
    )
    if under:
        return _("In %(n)s van %(all)s wijken deden duidelijk minder mensen mee", n=under, all=all_)
    if over:
        return _("In %(n)s van %(all)s wijken deden duidelijk meer mensen mee", n=over, all=all_)
    return _("Geen wijk wijkt duidelijk af van de andere")


def _lived_in(table: Table, boundaries: Boundaries) -> Boundaries:
    """Those of neighbourhoods with customers: harbours and polders would make these small."""
    labels = {*(row.group.label for row in table.rows), *(one.label for one in table.hidden)}
    areas = {name: rings for name, rings in boundaries.areas.items() if name in labels}
    return Boundaries(boundaries.attribution, areas)


def placed(boundaries: Boundaries) -> Areas:
    """The rings in whole units from the lower left corner, simplified until they are few."""
    moved = {
        label: [[(x * LONG, y * LONG) for x, y in ring] for ring in rings]
        for label, rings in flat(boundaries).areas.items()
    }
    tolerance = 1.0
    while True:
        made = {
            label: [kept for ring in rings if len(kept := simplified(ring, tolerance)) > 2]
            for label, rings in moved.items()
        }
        if sum(len(ring) for rings in made.values() for ring in rings) <= _MOST_POINTS:
            return made
        tolerance *= 1.5


def kind_of(index: float) -> int:
    """The class of an index, from 0 for the least heard."""
    return sum(index >= end for end in ENDS)


def _drawn(table: Table, areas: Areas, words: Wording) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    by_label = {row.group.label: row for row in table.rows if row.group.label in areas}
    hidden = [one.label for one in table.hidden if one.label in areas]
    used = sorted({kind_of(row.index.value) for row in by_label.values()})
    named = _classes(words)
    canvas.legend(Key("square", LOOKS[kind], named[kind]) for kind in used)
    if hidden:
        canvas.legend([Key("hatched", "hidden", _("niet getoond: te weinig mensen"))])
    frame = _frame(canvas, areas)
    for kind in used:
        labels = [name for name, row in by_label.items() if kind_of(row.index.value) == kind]
        canvas.area(_rings(areas, labels), LOOKS[kind], frame=frame)
    canvas.area(_rings(areas, hidden), "hidden", hatched=True, frame=frame)
    outlines = [[*ring, ring[0]] for ring in _rings(areas, areas)]
    canvas.line(outlines, "quiet", 1, frame=frame)
    _named(canvas, by_label, areas, frame, words)
    return canvas.drawn()


def _frame(canvas: Canvas, areas: Areas) -> int:
    points = list(_points(areas.values()))
    wide, tall = (max((point[axis] for point in points), default=0) or 1 for axis in (0, 1))
    least, most = _HEIGHTS
    height = min(max(round((NARROW - 2 * SIDE) * tall / wide), least), most)
    top = canvas.y
    canvas.y += height + 6
    across, rising = (0.0, float(wide)), (0.0, float(tall))
    return canvas.frame(Frame(across, top=top, bottom=top + height, rising=rising, even=True))


def _named(
    canvas: Canvas, by_label: Mapping[str, Row], areas: Areas, frame: int, words: Wording
) -> None:
    """What one reads when pointing at a neighbourhood; nothing of it is drawn."""
    told = [f"{label}: {words.decimal(row.index.value)}" for label, row in by_label.items()]
    middles = [_middle(areas[label]) for label in by_label]
    canvas.marks(middles, "ink", "dot", size=24, told=told, frame=frame, seen=False)


def _middle(rings: Sequence[Ring]) -> tuple[float, float]:
    points = list(_points([rings]))
    count = max(1, len(points))
    return sum(x for x, _ in points) / count, sum(y for _, y in points) / count


def _points(areas: Iterable[Sequence[Ring]]) -> Iterator[tuple[float, float]]:
    return (point for rings in areas for ring in rings for point in ring)


def _rings(areas: Areas, labels: Iterable[str]) -> list[Ring]:
    return [ring for label in labels for ring in areas[label]]


def _classes(words: Wording) -> tuple[str, ...]:
    _ = words.translate
    half, low, high, double = (words.decimal(end) for end in ENDS)
    return (
        _("index lager dan %(end)s", end=half),
        _("index van %(start)s tot %(end)s", start=half, end=low),
        _("index van %(start)s tot %(end)s: klein verschil", start=low, end=high),
        _("index van %(start)s tot %(end)s", start=high, end=double),
        _("index van %(start)s of hoger", start=double),
    )


def _table(table: Table, words: Wording) -> TableBlock:
    _ = words.translate
    head = (words.dimension(table.dimension), _("Index"), _("Deelname"), _("Oordeel"))
    said = verdicts(words)
    found = lines_of(
        table,
        words,
        len(head),
        lambda row: (
            words.decimal(row.index.value),
            "–" if row.rate is None else words.percent(row.rate),
            said[row.verdict],
        ),
    )
    return TableBlock(_("De wijken op de kaart"), head, found, (1, 2))
