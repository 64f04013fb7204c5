"""A figure as a picture: Plotly's data and layout drawn without Plotly, on the server.

Understands what :mod:`consult.reports.figures.canvas` makes and refuses anything else, so that a
figure cannot look one way on a page of the council and another way on paper.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from math import log10
from typing import Any, Final

from consult.reports.figures.canvas import FORMS, NARROW, Path, colour
from consult.reports.figures.figure import Figure
from consult.site.pictures import LOOKS, TENTHS, Area, Dot, Line, Picture, Said, Shape

_BASELINE: Final = 0.36
"""How far the letters stand below the middle of their line, as a part of their size."""
_HATCH: Final = 6.0  # pixels between two strokes
_LOOK: Final = {colour(look): look for look in LOOKS}
_FORM: Final = {symbol: form for form, symbol in FORMS.items()}
_ANCHOR: Final = {"left": "start", "center": "middle", "right": "end"}

Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where a value stands, in pixels."""

    across: Scale
    down: Scale
    log: bool

    def path(self, points: Path) -> tuple[int, ...]:
        """Points as tenths of pixels."""
        return tuple(
            round(place * TENTHS) for x, y in points for place in (self.across(x), self.down(y))
        )


def picture(figure: Figure, width: int = NARROW) -> Picture:
    """The figure, drawn for this width in pixels.

    Raises:
        ValueError: something in it that this cannot draw.
        KeyError: a colour, a shape or an anchor that has no name here.
    """
    layout = figure.drawn["layout"]
    shapes = [
        shape
        for trace in figure.drawn["data"]
        for shape in _trace(trace, _axes(layout, trace["xaxis"], trace["yaxis"], width))
    ]
    shapes += [
        _note(note, _axes(layout, note["xref"], note["yref"], width))
        for note in layout.get("annotations", ())
    ]
    return Picture(
        title=figure.title,
        caption=figure.caption,
        description=figure.description,
        width=width * TENTHS,
        height=layout["height"] * TENTHS,
        shapes=tuple(shapes),
    )


def _axes(layout: Mapping[str, Any], across: str, down: str, width: int) -> _Axes:
    margin, height = layout["margin"], layout["height"]
    inner = width - margin["l"] - margin["r"]
    x, y = layout[f"xaxis{across[1:]}"], layout[f"yaxis{down[1:]}"]
    left, right = (margin["l"] + part * inner for part in x["domain"])
    bottom, top = ((1 - part) * height for part in y["domain"])
    if "scaleanchor" in y:
        (left, right), (bottom, top) = _even(x["range"], y["range"], (left, right), (bottom, top))
    linear = _linear(x["range"], (left, right))
    return _Axes(
        across=(lambda value: linear(log10(value))) if x["type"] == "log" else linear,
        down=_linear(y["range"], (bottom, top)),
        log=x["type"] == "log",
    )


_Ends = tuple[float, float]


def _even(x: _Ends, y: _Ends, across: _Ends, down: _Ends) -> tuple[_Ends, _Ends]:
    """The same middles, with a unit as long across as down: the smaller of the two."""
    unit = min(
        abs((across[1] - across[0]) / (x[1] - x[0])), abs((down[1] - down[0]) / (y[1] - y[0]))
    )
    half_x, half_y = unit * abs(x[1] - x[0]) / 2, unit * abs(y[1] - y[0]) / 2
    middle_x, middle_y = sum(across) / 2, sum(down) / 2
    return (middle_x - half_x, middle_x + half_x), (middle_y + half_y, middle_y - half_y)


def _linear(values: Sequence[float], pixels: _Ends) -> Scale:
    low, high = values
    start, end = pixels
    return lambda value: start + (value - low) / (high - low) * (end - start)


def _trace(trace: Mapping[str, Any], axes: _Axes) -> Iterator[Shape]:
    if trace["type"] != "scatter" or trace["mode"] not in {"lines", "markers"}:
        raise ValueError(f"cannot draw {trace['type']} with {trace['mode']}")
    paths = _parted(trace["x"], trace["y"])
    if trace["mode"] == "markers":
        if trace.get("opacity") == 0:
            return
        yield from _marks(trace["marker"], axes.path(paths[0]) if paths else ())
        return
    drawn = tuple(axes.path(path) for path in paths)
    if "fill" in trace:
        yield from _filled(trace, drawn)
    line = trace["line"]
    if line["width"] and drawn:
        closed = tuple((*path, *path[:2]) for path in drawn) if "fill" in trace else drawn
        dashed = line.get("dash") == "dash"
        yield Line(_LOOK[line["color"]], round(line["width"] * TENTHS), closed, dashed)


def _filled(trace: Mapping[str, Any], rings: tuple[tuple[int, ...], ...]) -> Iterator[Shape]:
    if "fillpattern" in trace:
        strokes = tuple(hatch(rings, round(_HATCH * TENTHS)))
        if strokes:
            yield Line(_LOOK[trace["fillpattern"]["fgcolor"]], 12, strokes)
    elif rings:
        yield Area(_LOOK[trace["fillcolor"]], rings)


def _parted(
    xs: Sequence[float | None], ys: Sequence[float | None]
) -> list[list[tuple[float, float]]]:
    """One row of points with gaps, as paths."""
    paths: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(xs, ys, strict=True):
        if x is None or y is None:
            paths.append([])
        else:
            paths[-1].append((x, y))
    return [path for path in paths if path]


def _note(note: Mapping[str, Any], axes: _Axes) -> Said:
    size = note["font"]["size"]
    # A note's place on a logarithmic axis is the logarithm itself.
    x = 10 ** note["x"] if axes.log else note["x"]
    return Said(
        look=_LOOK[note["font"]["color"]],
        size=round(size * TENTHS),
        across=round((axes.across(x) + note["xshift"]) * TENTHS),
        down=round((axes.down(note["y"]) + _BASELINE * size) * TENTHS),
        text=unescape(note["text"]),
        anchor=_ANCHOR[note["xanchor"]],
        bold=note["font"]["weight"] >= 700,
    )


def _marks(marker: Mapping[str, Any], places: tuple[int, ...]) -> Iterator[Shape]:
    look, form = _LOOK[marker["color"]], _FORM[marker["symbol"]]
    radius = round(marker["size"] * TENTHS / 2)
    middles = list(zip(places[::2], places[1::2], strict=True))
    if form == "dot":
        yield Dot(look, radius, places)
    elif form == "ring":
        yield from (Dot(look, radius + TENTHS, places), Dot("ground", radius - TENTHS, places))
    elif form in _OUTLINES:
        yield Area(look, tuple(_moved(_OUTLINES[form], at, radius) for at in middles))
    else:
        strokes = tuple(_moved(one, at, radius) for at in middles for one in _STROKES[form])
        yield Line(look, 2 * TENTHS, strokes)


_OUTLINES: Final[Mapping[str, Path]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "left": ((-1, 0), (0.5, -1.155), (0.5, 1.155)),
    "right": ((1, 0), (-0.5, -1.155), (-0.5, 1.155)),
}
_STROKES: Final[Mapping[str, Sequence[Path]]] = {
    "cross": (((-1, -1), (1, 1)), ((-1, 1), (1, -1))),
    "dash": (((-1.4, 0), (1.4, 0)),),
    "hatched": (
        ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)),
        ((-1, 1), (1, -1)),
        ((-1, 0), (0, -1)),
        ((0, 1), (1, 0)),
    ),
}
"""Shapes around their middle, of radius 1."""


def _moved(outline: Path, at: tuple[int, int], radius: int) -> tuple[int, ...]:
    return tuple(
        round(middle + part * radius)
        for point in outline
        for middle, part in zip(at, point, strict=True)
    )


def hatch(rings: Sequence[tuple[int, ...]], apart: int) -> Iterator[tuple[int, int, int, int]]:
    """Slanting strokes, ``apart`` from each other, over what lies within the rings.

    A stroke has across + down the same all along. Where it crosses the rings it goes in and out
    in turns, so holes stay empty.
    """
    edges = [edge for ring in rings for edge in _edges(ring)]
    if not edges:
        return
    sums = [x + y for edge in edges for x, y in (edge[:2], edge[2:])]
    step = apart * 1.414
    for place in range(int(min(sums) // step) + 1, int(max(sums) // step) + 1):
        total = round(place * step) + 0.5  # no corner lies on it
        found = sorted(x for edge in edges if (x := _crossing(edge, total)) is not None)
        for start, end in zip(found[::2], found[1::2], strict=False):
            yield round(start), round(total - start), round(end), round(total - end)


def _edges(ring: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
    points = list(zip(ring[::2], ring[1::2], strict=True))
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        yield x1, y1, x2, y2


def _crossing(edge: tuple[int, int, int, int], total: float) -> float | None:
    x1, y1, x2, y2 = edge
    one, other = x1 + y1, x2 + y2
    if (one < total) == (other < total):
        return None
    return x1 + (x2 - x1) * (total - one) / (other - one)
