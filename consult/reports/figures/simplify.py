"""Outlines with fewer points, which look the same at the size they are drawn at."""

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Final

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Ring = Sequence[Point]
_PIECE: Final = 500
"""So many points are looked at together: all of them would take time by their square."""


def simplified(ring: Ring, tolerance: float) -> list[tuple[int, int]]:
    """The ring in whole units, without points that lie within ``tolerance`` of their line.

    Douglas and Peucker 1973, from the two points that lie farthest apart of the first. A point
    that stands where the one before it stands is left out.
    """
    points = list(ring)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return []
    far = max(range(len(points)), key=lambda place: hypot(*_between(points[0], points[place])))
    halves = (points[: far + 1], [*points[far:], points[0]])
    pieces = (piece for half in halves for piece in _pieces(half))
    kept = [point for piece in pieces for point in _kept(piece, tolerance)[:-1]]
    whole = [(round(x), round(y)) for x, y in kept]
    return [point for place, point in enumerate(whole) if point != whole[place - 1]]


def _pieces(points: list[Point]) -> Iterator[list[Point]]:
    """Parts of a line, each from the last point of the one before it."""
    for start in range(0, len(points) - 1, _PIECE):
        yield points[start : start + _PIECE + 1]


def _kept(points: list[Point], tolerance: float) -> list[Point]:
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    places = np.array(points, dtype=np.float64)
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        distances = _off(places[start : end + 1])
        worst = int(distances.argmax())
        if distances[worst] > tolerance:
            middle = start + 1 + worst
            keep.add(middle)
            waiting += [(start, middle), (middle, end)]
    return [points[place] for place in sorted(keep)]


def _off(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far those between the first and the last lie from the piece of line between these two."""
    ahead, beside = points[-1] - points[0], points[1:-1] - points[0]
    length = float(ahead @ ahead)
    part = np.clip(beside @ ahead / length, 0, 1) if length else np.zeros(len(beside))
    off: NDArray[np.float64] = np.hypot(*(beside - part[:, None] * ahead).T)
    return off


def _between(one: Point, other: Point) -> Point:
    return other[0] - one[0], other[1] - one[1]
