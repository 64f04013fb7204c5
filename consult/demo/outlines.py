"""Boundaries of the made-up neighbourhoods: a patchwork on open water, so that no place is meant.

Corners of a grid are moved a little and edges between two areas are bent, once, so that areas share
their edges as real ones do.
"""

import json
from math import dist
from typing import Final

from consult.demo.chance import SEED, Chance
from consult.demo.estate import NEIGHBOURHOODS

Corner = tuple[int, int]
Point = tuple[float, float]

ACROSS: Final = 5
"""Areas side by side; as many rows as it takes."""
_WEST, _SOUTH = 5.12, 52.49
_WIDE, _HIGH = 0.021, 0.013
"""Of one area, in degrees: some 1,400 metres both ways."""
ATTRIBUTION: Final = "Demo (verzonnen)"


def as_geojson() -> bytes:
    """A file such as the council of a real estate would load; always the same one."""
    chance = Chance(SEED)
    rows = -(-len(NEIGHBOURHOODS) // ACROSS)
    corners = {(x, y): _moved(chance, (x, y)) for y in range(rows + 1) for x in range(ACROSS + 1)}
    bends: dict[frozenset[Corner], Point] = {}
    features = []
    for number, one in enumerate(NEIGHBOURHOODS):
        x, y = number % ACROSS, number // ACROSS
        around = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        ring: list[Point] = []
        for start, end in zip(around, [*around[1:], around[0]], strict=True):
            edge = frozenset({start, end})
            if edge not in bends:
                bends[edge] = _bent(chance, corners[start], corners[end])
            ring += [corners[start], bends[edge]]
        ring.append(ring[0])
        features.append(
            {
                "type": "Feature",
                "properties": {"naam": one.name},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _moved(chance: Chance, corner: Corner) -> Point:
    x, y = (place + chance.gauss(0, 0.13) for place in corner)
    return round(_WEST + x * _WIDE, 5), round(_SOUTH + y * _HIGH, 5)


def _bent(chance: Chance, start: Point, end: Point) -> Point:
    """A point near the middle of an edge, a little beside it."""
    aside = chance.gauss(0, 0.08) * dist(start, end)
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = dist(start, end) or 1.0
    return (
        round((start[0] + end[0]) / 2 - aside * along_y / length, 5),
        round((start[1] + end[1]) / 2 + aside * along_x / length, 5),
    )
