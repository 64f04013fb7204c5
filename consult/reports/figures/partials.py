"""How much each characteristic has to do with taking part: alone, and beside the others."""

from consult.reports.core.edition import Estimate, Partial, Quality, Report
from consult.reports.figures.canvas import Canvas, Frame, Key, Path, ticks
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import counts, interval, joined, labelled, scale
from consult.reports.telling.wording import Wording
from consult.site.core import Table


def partials(report: Report, quality: Quality, words: Wording) -> Figure:
    """Two bars per characteristic with their intervals, the strongest first."""
    _ = words.translate
    found = sorted(quality.partials, key=lambda one: -one.alone.value)
    return Figure(
        name="partials",
        title=_finding(found, words),
        caption=joined(
            counts(report, words),
            _("Bij 0 maakt een kenmerk niet uit. De streep is de marge van 95 procent."),
        ),
        description=_("Per kenmerk twee balken met marge: alleen, en naast de andere kenmerken."),
        table=_table(found, words),
        drawn=_drawn(found, words),
    )


def _finding(found: list[Partial], words: Wording) -> str:
    _ = words.translate
    first, *others = found
    if first.alone.low <= 0:
        return _("Geen kenmerk hangt duidelijk samen met meedoen")
    what = words.dimension(first.dimension)
    if any(other.alone.high >= first.alone.low for other in others):
        return _("%(what)s hangt samen met meedoen, maar is niet duidelijk het sterkst", what=what)
    return _("%(what)s hangt het sterkst samen met meedoen", what=what)


def _drawn(found: list[Partial], words: Wording) -> dict[str, object]:
    _ = words.translate
    canvas = Canvas()
    canvas.legend(
        (
            Key("square", "step-4", _("alleen dit kenmerk")),
            Key("hatched", "base", _("naast de andere kenmerken")),
        )
    )
    ends = [one.high for each in found for one in (each.alone, each.beside)]
    high = max([0.01, *ends]) * 1.04
    canvas.frame(Frame((0, high)))
    middles, whiskers = [], []
    for each in found:
        labelled(canvas, words.dimension(each.dimension), "")
        whiskers += _bar(canvas, each.alone, "step-4")
        middles.append(canvas.y)
        whiskers += _bar(canvas, each.beside, "base", hatched=True)
        canvas.y += 6
    canvas.line(whiskers, "ink", 2)
    texts = {place: words.decimal(place) for place in ticks(high)}
    scale(canvas, (middles, 36), texts, _("Sterkte van het verband (partiële CV)"))
    return canvas.drawn()


def _bar(canvas: Canvas, one: Estimate, look: str, *, hatched: bool = False) -> list[Path]:
    """Draw the bar; the lines of its interval are drawn over all bars at last."""
    top, end = canvas.y + 2, canvas.y + 16
    value, middle = max(one.value, 0), (top + end) / 2
    ring = [(0.0, top), (value, top), (value, end), (0.0, end)]
    canvas.area([ring], look, hatched=hatched, outline="base")
    canvas.y += 18
    low, high = max(one.low, 0), max(one.high, 0)
    ends = [[(x, middle - 4), (x, middle + 4)] for x in (low, high)]
    return [[(low, middle), (high, middle)], *ends]


def _table(found: list[Partial], words: Wording) -> Table:
    _ = words.translate
    head = (
        _("Kenmerk"),
        _("Alleen"),
        _("Marge"),
        _("Naast de andere"),
        _("Marge daarvan"),
    )
    rows = tuple(
        (
            words.dimension(each.dimension),
            words.decimal(each.alone.value),
            interval(each.alone, words.decimal),
            words.decimal(each.beside.value),
            interval(each.beside, words.decimal),
        )
        for each in found
    )
    return Table(_("Verband met meedoen, per kenmerk"), head, rows, (1, 2, 3, 4))
