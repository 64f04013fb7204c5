"""A picture of a document: shapes as plain data, so that a publication never holds markup.

Coordinates are whole tenths of a pixel, from the left and the top. How a shape looks is a name,
which the style sheet and the paper each give a colour; there is a fixed set of them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from consult.refusal import Refusal

LOOKS: Final = frozenset(
    (
        *("ink", "quiet", "grid", "band", "base", "part", "under", "equal", "over", "hidden"),
        *(f"step-{number}" for number in range(1, 8)),
        *("ground", "light", "dark"),
    )
)
"""``ground`` is what the picture lies on; ``light`` and ``dark`` are for text on a step."""
ANCHORS: Final = frozenset(("start", "middle", "end"))
TENTHS: Final = 10
_FARTHEST: Final = 100_000
_MOST_NUMBERS: Final = 60_000

Path = tuple[int, ...]
"""Across and down in turns."""


@dataclass(frozen=True, slots=True)
class Line:
    """Lines through points, as thick as ``width``."""

    look: str
    width: int
    paths: tuple[Path, ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """What lies within the rings; a ring within a ring is a hole."""

    look: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """Filled circles around points, all of one radius."""

    look: str
    radius: int
    path: Path


@dataclass(frozen=True, slots=True)
class Said:
    """One line of text; ``down`` is where its letters stand."""

    look: str
    size: int
    across: int
    down: int
    text: str
    anchor: str = "start"
    bold: bool = False


Shape = Line | Area | Dot | Said
_SHAPES: Final[Mapping[str, type[Shape]]] = {"line": Line, "area": Area, "dot": Dot, "said": Said}
_NAMES: Final = {kind: name for name, kind in _SHAPES.items()}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its finding as title; ``description`` is for who does not see it.

    The same numbers stand in a table beside it.
    """

    title: str
    caption: str
    description: str
    width: int
    height: int
    shapes: tuple[Shape, ...]


def to_data(picture: Picture) -> dict[str, Any]:
    """A picture as values that JSON knows."""
    shapes = [{"shape": _NAMES[type(shape)], **asdict(shape)} for shape in picture.shapes]
    return {**_told(picture), "shapes": shapes}


def from_data(data: Mapping[str, Any]) -> Picture:
    """The reverse of :func:`to_data`."""
    fields = {name: value for name, value in data.items() if name != "shapes"}
    return Picture(**fields, shapes=tuple(_shape(one) for one in data["shapes"]))


def check(slug: str, picture: Picture) -> None:
    """Refuse what could not be drawn, or would be drawn as something else.

    Raises:
        Refusal: ``site.picture_unusable``.
    """
    sizes = (picture.width, picture.height)
    sound = (
        bool(picture.title.strip() and picture.description.strip())
        and all(_whole(size) and 0 < size <= _FARTHEST for size in sizes)
        and all(map(_drawable, picture.shapes))
        and sum(len(_numbers(shape)) for shape in picture.shapes) <= _MOST_NUMBERS
    )
    if not sound:
        raise Refusal("site.picture_unusable", slug=slug, title=picture.title)


def _told(picture: Picture) -> dict[str, Any]:
    return {
        "title": picture.title,
        "caption": picture.caption,
        "description": picture.description,
        "width": picture.width,
        "height": picture.height,
    }


def _shape(data: Mapping[str, Any]) -> Shape:
    fields = {name: _frozen(value) for name, value in data.items() if name != "shape"}
    return _SHAPES[data["shape"]](**fields)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(held) for held in value) if isinstance(value, list) else value


def _drawable(shape: Shape) -> bool:
    if type(shape) not in _NAMES or shape.look not in LOOKS:
        return False
    if isinstance(shape, Said) and shape.anchor not in ANCHORS:
        return False
    even = all(len(path) % 2 == 0 and path for path in _paths(shape))
    return even and all(map(_whole, _numbers(shape)))


def _paths(shape: Shape) -> tuple[Path, ...]:
    if isinstance(shape, Said):
        return ((shape.across, shape.down),)
    return (shape.path,) if isinstance(shape, Dot) else shape.paths


def _numbers(shape: Shape) -> list[Any]:
    sizes = {Line: "width", Dot: "radius", Said: "size"}
    own = [getattr(shape, sizes[type(shape)])] if type(shape) in sizes else []
    return own + [number for path in _paths(shape) for number in path]


def _whole(number: object) -> bool:
    """Whether this is a whole number near the page: no fraction, no infinity, no text."""
    return type(number) is int and abs(number) <= _FARTHEST
