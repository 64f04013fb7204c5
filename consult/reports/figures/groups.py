"""What figures of groups have in common: names, numbers in words, and which groups find room."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from consult.reports.core.edition import Estimate, Report, Row, Table, Verdict
from consult.reports.figures.canvas import NARROW, SIDE, SMALL, Canvas, Type, lines, ticks
from consult.reports.telling.wording import Wording
from consult.site.core import Cell

MOST: Final = 16
"""Groups in one drawing; the table has them all."""
NONE: Final = "–"
_ROW: Final = 19

Any_ = TypeVar("Any_")
Strips = tuple[Sequence[float], float]
"""The middles of the strips for marks, and how tall these are."""


def rows(table: Table) -> tuple[Row, ...]:
    """All rows of which something may be told, the hidden groups together as the last."""
    return (*table.rows, *((table.together,) if table.together else ()))


def name(table: Table, row: Row, words: Wording) -> str:
    """What the group of a row is called."""
    if row is table.together:
        return words.together()
    return words.group(table.dimension, row.group.label)


def people(table: Table, row: Row, words: Wording) -> str:
    """Who the people of a row are, to begin a sentence with."""
    if row is table.together:
        return words.together()
    return words.people(table.dimension, row.group.label)


def outstanding(
    found: Sequence[Any_], much: Callable[[Any_], float], most: int = MOST
) -> tuple[Any_, ...]:
    """Those that find room, in their own order: the ones with the most of ``much``."""
    ranked = sorted(range(len(found)), key=lambda place: -much(found[place]))
    return tuple(found[place] for place in sorted(ranked[:most]))


def interval(estimate: Estimate, write: Callable[[float], str]) -> str:
    """``0,81 – 0,93``."""
    return f"{write(estimate.low)} – {write(estimate.high)}"


def counts(report: Report, words: Wording) -> str:
    """How many people the numbers are of."""
    _ = words.translate
    return _(
        "%(n)s deelnemers (n) van %(all)s klanten (N).",
        n=words.whole(report.total.participants),
        all=words.whole(report.total.base),
    )


def room(shown: int, of: int, words: Wording) -> str:
    """That some groups are in the table only; nothing when all are drawn."""
    _ = words.translate
    if shown == of:
        return ""
    return _(
        "U ziet de %(shown)s groepen met het grootste verschil. Alle %(all)s staan in de tabel.",
        shown=shown,
        all=of,
    )


def unseen(table: Table, words: Wording) -> str:
    """That some groups are hidden; nothing when none is."""
    _ = words.translate
    if not table.hidden:
        return ""
    return _("Niet apart getoond: %(count)s.", count=len(table.hidden))


def joined(*texts: str) -> str:
    """Sentences in a row; empty ones leave no trace."""
    return " ".join(text for text in texts if text)


def lines_of(
    table: Table, words: Wording, width: int, cells: Callable[[Row], tuple[Cell, ...]]
) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a table of ``width`` columns: groups, then the hidden ones, then these together.

    ``cells``: what follows the name of a group.
    """
    shown = [(name(table, row, words), *cells(row)) for row in rows(table)]
    place = len(table.rows)
    hidden = [
        (words.group(table.dimension, one.label), *[NONE] * (width - 1)) for one in table.hidden
    ]
    return (*shown[:place], *hidden, *shown[place:])


def verdicts(words: Wording) -> dict[Verdict, str]:
    """What a verdict means."""
    _ = words.translate
    return {
        Verdict.UNDER: _("deed duidelijk minder mee"),
        Verdict.EQUAL: _("geen duidelijk verschil"),
        Verdict.OVER: _("deed duidelijk meer mee"),
    }


def labelled(canvas: Canvas, said: str, value: str, *, bold: bool = False) -> None:
    """The line above a mark: what it is at the left, its value at the right edge."""
    width = NARROW - 2 * SIDE - 7.4 * len(value) - 10
    for number, row in enumerate(lines(said, width, bold=bold)):
        canvas.y += _ROW / 2
        canvas.said(row, kind=Type(bold=bold))
        if value and number == 0:
            canvas.said(value, x=1, kind=Type(anchor="right", look="quiet"))
        canvas.y += _ROW / 2


def room_for_marks(canvas: Canvas, tall: float = 20) -> float:
    """The middle of a strip for marks; lines of the scale run through the strips only."""
    canvas.y += tall / 2
    middle = canvas.y
    canvas.y += tall / 2 + 5
    return middle


def share_scale(
    canvas: Canvas, strips: Strips, high: float, words: Wording, title: str, frame: int = 2
) -> None:
    """The scale of a share from 0 to ``high``."""
    texts = {place: short(place, words) for place in ticks(high)}
    scale(canvas, strips, texts, title, frame)


def short(share: float, words: Wording) -> str:
    """A share without decimals if it needs none."""
    return f"{share * 100:.0f}\u00a0%" if _whole(share * 100) else words.percent(share)


def scale(
    canvas: Canvas, strips: Strips, texts: Mapping[float, str], title: str, frame: int = 2
) -> None:
    """Lines through the strips at these values, and below all what they are."""
    middles, tall = strips
    lines_ = [[(x, y - tall / 2), (x, y + tall / 2)] for y in middles for x in texts]
    canvas.line(lines_, "grid", 1, frame=frame, under=True)
    canvas.y += 9
    for x, text in texts.items():
        canvas.said(text, x, kind=Type(anchor="center", size=SMALL, look="quiet"), frame=frame)
    canvas.y += 11
    canvas.text(title)
    canvas.y += 4


def _whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9
