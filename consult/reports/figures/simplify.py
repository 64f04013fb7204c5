"""Outlines with fewer points, which look the same at the size they are drawn at."""

from collections.abc import Sequence
from math import hypot

Point = tuple[float, float]
Ring = Sequence[Point]


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
    kept = [point for half in halves for point in _kept(half, tolerance)[:-1]]
    whole = [(round(x), round(y)) for x, y in kept]
    return [point for place, point in enumerate(whole) if point != whole[place - 1]]


def _kept(points: list[Point], tolerance: float) -> list[Point]:
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        inner = range(start + 1, end)
        if not inner:
            continue
        distances = [_off(points[at], points[start], points[end]) for at in inner]
        worst = max(range(len(distances)), key=distances.__getitem__)
        if distances[worst] > tolerance:
            middle = inner[worst]
            keep.add(middle)
            waiting += [(start, middle), (middle, end)]
    return [points[place] for place in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the piece of line between two others."""
    along, aside = _between(start, end)
    length = along * along + aside * aside
    x, y = _between(start, point)
    part = min(max((x * along + y * aside) / length, 0), 1) if length else 0
    return hypot(x - part * along, y - part * aside)


def _between(one: Point, other: Point) -> Point:
    return other[0] - one[0], other[1] - one[1]
