"""Where neighbourhoods lie: their boundaries, and those boundaries on a flat sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]
"""East and north: degrees of WGS84 in :class:`Boundaries`, units of a sheet in :class:`Sheet`."""

Ring = tuple[Point, ...]
"""A closed line: the last point is the first. Drawn even-odd, a ring within another is a hole."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Neighbourhoods by name. ``attribution``: whom a map has to name as its source."""

    attribution: str
    areas: Mapping[str, tuple[Ring, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Boundaries on a plane: x to the right, y **up**, the widest of both runs from 0 to 1.

    ``width`` and ``height``: of all areas together, the larger of the two is 1.
    """

    width: float
    height: float
    areas: Mapping[str, tuple[Ring, ...]]


def flat(boundaries: Boundaries) -> Sheet:
    """Lay boundaries flat: equirectangular, with its true scale at the middle latitude.

    x = longitude times cos(middle latitude), y = latitude (Snyder 1987, Map Projections: A Working
    Manual, p. 90). Over one city its error stays under a pixel of a figure.

    Raises:
        ValueError: when there is nothing to draw.
    """
    points = [point for rings in boundaries.areas.values() for ring in rings for point in ring]
    if not points:
        raise ValueError("no boundaries to draw")
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = max((east - west) * narrow, north - south)

    def laid(point: Point) -> Point:
        return (point[0] - west) * narrow / scale, (point[1] - south) / scale

    return Sheet(
        width=(east - west) * narrow / scale,
        height=(north - south) / scale,
        areas={
            name: tuple(tuple(laid(point) for point in ring) for ring in rings)
            for name, rings in boundaries.areas.items()
        },
    )


@dataclass(frozen=True, slots=True)
class Matches:
    """How boundaries and the register fit: names in both, in the register only, in the file only.

    Each in alphabetical order.
    """

    both: tuple[str, ...]
    without_area: tuple[str, ...]
    without_people: tuple[str, ...]


def matches(boundaries: Boundaries, known: Collection[str]) -> Matches:
    """Compare the areas with the neighbourhoods ``known`` to the register."""
    areas = boundaries.areas.keys()
    return Matches(
        both=tuple(sorted(name for name in known if name in areas)),
        without_area=tuple(sorted(name for name in known if name not in areas)),
        without_people=tuple(sorted(name for name in areas if name not in known)),
    )


def plain(name: str) -> str:
    """A name for comparing: capitals and the number of spaces make no difference."""
    return " ".join(name.casefold().split())
