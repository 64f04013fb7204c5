"""The shapes of a picture on paper: in black and colours that the style sheet has by day too."""

from collections.abc import Callable, Iterator
from typing import Final

from fpdf import FPDF

from consult.site.pictures import Area, Dot, Line, Path, Picture, Said, Shape

PAPER: Final = {
    "ink": "#1d2b2d",
    "quiet": "#4c5b5c",
    "grid": "#ddd2c0",
    "band": "#f0e8db",
    "base": "#5b6a6b",
    "part": "#0f5257",
    "under": "#b3451d",
    "equal": "#5b6a6b",
    "over": "#0f5257",
    "hidden": "#66736f",
    "step-1": "#0b3a3e",
    "step-2": "#1f5a5c",
    "step-3": "#3f7776",
    "step-4": "#74a39e",
    "step-5": "#a3c4bd",
    "step-6": "#cdddd5",
    "step-7": "#f4eee2",
    "ground": "#ffffff",
    "light": "#ffffff",
    "dark": "#1d2b2d",
}
WIDE: Final = 90.0
"""How wide a picture is on paper, in millimetres; less where it would be taller than the page."""
_CIRCLE: Final = 0.5523
"""How far a Bézier curve's handles reach for a quarter of a circle, as a part of its radius."""
_POINT: Final = 72 / 25.4


def height(picture: Picture, room: float) -> float:
    """How tall the picture is on paper, in millimetres, never more than ``room``."""
    return min(room, WIDE * picture.height / picture.width)


def draw(paper: FPDF, picture: Picture, font: str, room: float) -> None:
    """Draw the picture at the left margin, from where the paper is down."""
    unit = height(picture, room) / picture.height
    left, top = paper.l_margin, paper.y
    pen = _Pen(paper, lambda x: left + x * unit, lambda y: top + y * unit, unit, font)
    for shape in picture.shapes:
        pen.shape(shape)
    paper.set_text_color(0)


class _Pen:
    """Draws in tenths of a pixel of the picture."""

    def __init__(
        self,
        paper: FPDF,
        across: Callable[[float], float],
        down: Callable[[float], float],
        unit: float,
        font: str,
    ) -> None:
        self.paper, self.across, self.down = paper, across, down
        self.unit, self.font = unit, font

    def shape(self, shape: Shape) -> None:
        """Draw one shape."""
        match shape:
            case Said():
                self._say(shape)
            case Line():
                dash = f"[{self._thick(60)} {self._thick(40)}]" if shape.dashed else "[]"
                lines = " ".join(self._through(path) for path in shape.paths)
                self._write(
                    f"{_ink(shape.look)} RG {self._thick(shape.width)} w {dash} 0 d {lines} S"
                )
            case Area():
                rings = " ".join(f"{self._through(path)} h" for path in shape.paths)
                self._write(f"{_ink(shape.look)} rg {rings} f*")
            case Dot():
                round_ = " ".join(self._around(*at, shape.radius) for at in _points(shape.path))
                self._write(f"{_ink(shape.look)} rg {round_} f")

    def _write(self, operators: str) -> None:
        self.paper._out(f"q {operators} Q")  # noqa: SLF001 - the library's way to more than its own

    def _say(self, said: Said) -> None:
        self.paper.set_font(self.font, "B" if said.bold else "", said.size * self.unit * _POINT)
        self.paper.set_text_color(PAPER[said.look])
        wide = self.paper.get_string_width(said.text)
        start = {"start": 0.0, "middle": wide / 2, "end": wide}[said.anchor]
        self.paper.text(self.across(said.across) - start, self.down(said.down), said.text)

    def _at(self, x: float, y: float) -> str:
        low = self.paper.h - self.down(y)
        return f"{self.across(x) * self.paper.k:.2f} {low * self.paper.k:.2f}"

    def _thick(self, width: float) -> str:
        return f"{width * self.unit * self.paper.k:.2f}"

    def _through(self, path: Path) -> str:
        first, *others = (self._at(x, y) for x, y in _points(path))
        return " ".join([f"{first} m", *(f"{at} l" for at in others)])

    def _around(self, x: float, y: float, radius: float) -> str:
        far = radius * _CIRCLE
        quarters = (
            ((x + radius, y + far), (x + far, y + radius), (x, y + radius)),
            ((x - far, y + radius), (x - radius, y + far), (x - radius, y)),
            ((x - radius, y - far), (x - far, y - radius), (x, y - radius)),
            ((x + far, y - radius), (x + radius, y - far), (x + radius, y)),
        )
        curves = (" ".join(self._at(*at) for at in quarter) + " c" for quarter in quarters)
        return " ".join([f"{self._at(x + radius, y)} m", *curves])


def _points(path: Path) -> Iterator[tuple[int, int]]:
    return zip(path[::2], path[1::2], strict=True)


def _ink(look: str) -> str:
    digits = PAPER[look].lstrip("#")
    return " ".join(f"{int(digits[place : place + 2], 16) / 255:.3f}" for place in (0, 2, 4))
