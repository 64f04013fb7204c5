"""Files of boundaries, made up."""

import json


def square(west: float, south: float, side: float = 0.01) -> list[list[float]]:
    """A closed ring of five points, in degrees."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def outlined(*names: str) -> bytes:
    """A square for each name, side by side."""
    features = [
        {
            "type": "Feature",
            "properties": {"naam": name},
            "geometry": {"type": "Polygon", "coordinates": [square(4.4 + number / 50, 51.9)]},
        }
        for number, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()
