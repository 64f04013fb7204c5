"""What figures are drawn with: a small part of what Plotly can, which we can draw ourselves too.

Heights are pixels from the top, whatever the width; widths are those of the screen. So labels have
a line of their own above what they name, and nothing overlaps on a phone. All text is in lines
that fit :data:`NARROW` pixels. Colours are names, which the style sheet gives their values:
``var(--figure-…)``. Every mark has a shape of its own too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import log10
from textwrap import wrap
from typing import Any, Final

from consult.site.pictures import LOOKS

NARROW: Final = 328
"""The width that every figure must be readable at, in pixels: a phone of 360 less its margins."""
SIDE: Final = 14
SIZE: Final = 14
SMALL: Final = 13
_LINE: Final = 19
_LETTER: Final = 7.2  # pixels, of a letter of SIZE on average, on the safe side

STEPS: Final = tuple(f"step-{number}" for number in range(1, 8))
"""The colours of classes in their order, from the farthest from the ground to the nearest."""

FORMS: Final = {
    "dot": "circle",
    "ring": "circle-open",
    "square": "square",
    "diamond": "diamond",
    "left": "triangle-left",
    "right": "triangle-right",
    "cross": "x-thin",
    "dash": "line-ew",
    "hatched": "square-x-open",
}
"""The shapes of marks, and what Plotly calls them."""
_OPEN: Final = {"ring", "cross", "dash", "hatched"}

Point = tuple[float, float]
Path = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend."""

    form: str
    look: str
    text: str


@dataclass(frozen=True, slots=True)
class Type:
    """How a line of text is set; ``anchor`` (left, center, right) stands ``shift`` pixels on."""

    look: str = "ink"
    anchor: str = "left"
    size: int = SIZE
    bold: bool = False
    shift: float = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the figure with its own axes, from the left to the right edge as a part of 1.

    Across runs a value, on a ``log`` axis or not; down run pixels, unless ``rising`` holds the two
    ends of a value at the bottom and the top. ``even``: a unit is as long across as up.
    """

    across: tuple[float, float]
    left: float = 0
    right: float = 1
    top: float = 0
    bottom: float = 0
    rising: tuple[float, float] | None = None
    log: bool = False
    even: bool = False


@dataclass(slots=True)
class Canvas:
    """A figure that grows downwards. ``y`` is how far it has come."""

    y: float = 0
    _frames: list[Frame] = field(default_factory=list)
    _under: list[dict[str, Any]] = field(default_factory=list)
    _over: list[dict[str, Any]] = field(default_factory=list)
    _notes: list[dict[str, Any]] = field(default_factory=list)

    def frame(self, made: Frame) -> int:
        """The number by which to draw in this frame. Number 1 is the whole figure, 0 to 1."""
        self._frames.append(made)
        return len(self._frames) + 1

    def ends(self, frame: int) -> tuple[float, float]:
        """The values at the bottom and the top of a frame that has them."""
        return self._of(frame).rising or (0, 1)

    def height_of(self, value: float, frame: int) -> float:
        """How far down a value of such a frame is."""
        piece, (low, high) = self._of(frame), self.ends(frame)
        return piece.bottom - (value - low) / (high - low) * (piece.bottom - piece.top)

    def legend(self, keys: Iterable[Key]) -> None:
        """What the marks mean, each on a line."""
        for key in keys:
            self.y += _LINE / 2
            self.marks([(0, self.y)], key.look, key.form, frame=1)
            self.said(key.text, kind=Type(shift=16))
            self.y += _LINE / 2
        self.y += 6

    def text(self, text: str, width: float = NARROW - 2 * SIDE, *, bold: bool = False) -> None:
        """Running text over the width, from here down."""
        for row in lines(text, width, bold=bold):
            self.y += _LINE / 2
            self.said(row, kind=Type(bold=bold))
            self.y += _LINE / 2

    def said(
        self,
        text: str,
        x: float = 0,
        y: float | None = None,
        kind: Type | None = None,
        frame: int = 1,
    ) -> None:
        """One line of text, its middle at this height."""
        kind = kind or Type()
        font = {"size": kind.size, "color": colour(kind.look), "weight": 700 if kind.bold else 400}
        self._notes.append(
            {
                "text": plain(text),
                "x": self._at(x, frame),
                "y": self.y if y is None else y,
                "xref": f"x{_number(frame)}",
                "yref": "y",
                "xanchor": kind.anchor,
                "yanchor": "middle",
                "xshift": kind.shift,
                "showarrow": False,
                "font": font,
            }
        )

    def line(
        self,
        paths: Iterable[Path],
        look: str,
        width: float = 2,
        *,
        dashed: bool = False,
        frame: int = 2,
        under: bool = False,
    ) -> None:
        """Lines, each through its points."""
        line = {"color": colour(look), "width": width, "dash": "dash" if dashed else "solid"}
        self._put({"mode": "lines", "line": line, **_joined(paths)}, frame, under=under)

    def area(
        self,
        paths: Iterable[Path],
        look: str,
        *,
        outline: str = "",
        hatched: bool = False,
        frame: int = 2,
        under: bool = False,
    ) -> None:
        """Filled shapes, each within its points; hatched ones on no ground."""
        line = {"color": colour(outline), "width": 1} if outline else {"width": 0}
        trace: dict[str, Any] = {"mode": "lines", "line": line, "fill": "toself"}
        if hatched:
            pattern = {"shape": "/", "fgcolor": colour(look), "size": 6, "solidity": 0.2}
            trace |= {"fillcolor": "rgba(0,0,0,0)", "fillpattern": pattern}
        else:
            trace["fillcolor"] = colour(look)
        self._put({**trace, **_joined(paths)}, frame, under=under)

    def marks(
        self,
        points: Sequence[Point],
        look: str,
        form: str,
        *,
        size: float = 12,
        told: Sequence[str] = (),
        frame: int = 2,
        seen: bool = True,
    ) -> None:
        """A mark at each point; ``told`` is read when one points at it, also if it is not seen."""
        marker: dict[str, Any] = {"symbol": FORMS[form], "size": size, "color": colour(look)}
        if form in _OPEN:
            marker["line"] = {"width": 2, "color": colour(look)}
        trace: dict[str, Any] = {"mode": "markers", "marker": marker, "cliponaxis": False}
        if not seen:
            trace["opacity"] = 0
        if told:
            trace |= {"text": [plain(one) for one in told], "hoverinfo": "text"}
        self._put({**trace, **_joined([points])}, frame)

    def drawn(self) -> dict[str, Any]:
        """Data and layout; Plotly itself has looked at every name and value in it."""
        import plotly.graph_objects as go  # noqa: PLC0415 - Plotly costs 0.3 s at start

        layout: dict[str, Any] = {
            "template": "none",
            "height": round(self.y),
            "margin": {"l": SIDE, "r": SIDE, "t": 0, "b": 0},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "annotations": self._notes,
        }
        for number, frame in enumerate([Frame((0, 1)), *self._frames], 1):
            layout |= self._axes(number, frame)
        traces = [{"type": "scatter", **trace} for trace in (*self._under, *self._over)]
        made: dict[str, Any] = go.Figure(traces, layout).to_plotly_json()
        return made

    def _put(self, trace: dict[str, Any], frame: int, *, under: bool = False) -> None:
        """Add to what looks just so and stands in the same frame; Plotly is slow by the trace."""
        number, piece = _number(frame), self._of(frame)
        axes = {"xaxis": f"x{number}", "yaxis": f"y{number}" if piece.rising else "y"}
        made = {"hoverinfo": "skip", **trace, **axes}
        for other in self._under if under else self._over:
            if _style(other) == _style(made):
                gap = [None] if made["mode"] == "lines" and other["x"] and made["x"] else []
                for name in _POINTS & made.keys():
                    other[name] = [*other[name], *gap, *made[name]]
                return
        (self._under if under else self._over).append(made)

    def _of(self, frame: int) -> Frame:
        return Frame((0, 1)) if frame == 1 else self._frames[frame - 2]

    def _at(self, x: float, frame: int) -> float:
        """Where a note stands: on a logarithmic axis Plotly asks for the logarithm."""
        return log10(x) if self._of(frame).log else x

    def _axes(self, number: int, frame: Frame) -> dict[str, Any]:
        still = {"visible": False, "fixedrange": True}
        name = "" if number == 1 else str(number)
        low, high = (log10(end) for end in frame.across) if frame.log else frame.across
        across = {
            **still,
            "type": "log" if frame.log else "linear",
            "range": [low, high],
            "domain": [frame.left, frame.right],
            "anchor": f"y{name}" if frame.rising else "y",
        }
        if number > 1 and not frame.rising:
            across["overlaying"] = "x"
        if not frame.rising and number > 1:
            return {f"xaxis{name}": across}
        down = {
            **still,
            "type": "linear",
            "range": list(frame.rising or (round(self.y), 0)),
            "domain": self._height(frame),
            "anchor": f"x{name}",
        }
        if frame.even:
            down |= {"scaleanchor": f"x{name}", "constrain": "domain"}
            across["constrain"] = "domain"
        return {f"xaxis{name}": across, f"yaxis{name}": down}

    def _height(self, frame: Frame) -> list[float]:
        return [1 - frame.bottom / self.y, 1 - frame.top / self.y] if frame.rising else [0, 1]


def colour(look: str) -> str:
    """The style sheet's name for a colour.

    Raises:
        KeyError: it has none.
    """
    if look not in LOOKS:
        raise KeyError(look)
    return f"var(--figure-{look})"


def plain(text: str) -> str:
    """Text that Plotly shows as it is: it reads some HTML, and names come from the register."""
    return escape(text, quote=False) or " "


def lines(text: str, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit this width; a word that is longer is broken."""
    letter = _LETTER * 1.15 if bold else _LETTER
    return wrap(text, max(8, int(width / letter))) or [""]


def ticks(high: float, most: int = 4) -> list[float]:
    """Round values from 0 up to ``high``, at most ``most`` beside 0."""
    sizes = (part * 10.0**power for power in range(-4, 6) for part in (1, 2, 2.5, 5))
    step = next(size for size in sizes if high / size <= most + 1e-9)
    return [round(step * place, 10) for place in range(int(high / step + 1e-9) + 1)]


_POINTS: Final = {"x", "y", "text"}


def _style(trace: Mapping[str, Any]) -> dict[str, Any]:
    """All of a trace but its points."""
    told = {"told": "text" in trace}
    return {name: held for name, held in trace.items() if name not in _POINTS} | told


def _number(frame: int) -> str:
    return "" if frame == 1 else str(frame)


def _joined(paths: Iterable[Path]) -> Mapping[str, list[float | None]]:
    """Paths as Plotly takes them: one row of points, with a gap between two paths."""
    across: list[float | None] = []
    down: list[float | None] = []
    for path in paths:
        if across:
            across.append(None)
            down.append(None)
        across += [x for x, _ in path]
        down += [y for _, y in path]
    return {"x": across, "y": down}
