"""Reading boundaries of neighbourhoods from a GeoJSON file (RFC 7946), strictly.

Of each area its name and its rings are taken and nothing else: whatever more a file says is not
looked at and not kept. A refusal names the place as feature, ring and point, each counted from 1.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from consult import reading
from consult.refusal import Refusal
from consult.reports.core.geography import Boundaries, Point, Ring, plain

MOST_BYTES: Final = 1024 * 1024
MOST_AREAS: Final = 500
MOST_POINTS: Final = 20_000
LONGEST_NAME: Final = 80

WEST, EAST, SOUTH, NORTH = 3.0, 7.5, 50.5, 54.0
"""Where the Netherlands lie, in degrees: coordinates of another system, or swapped, are outside."""

_WGS84: Final = ("crs84", "4326", "4258")
"""How the old member ``crs`` names WGS84, or ETRS89, which is the same on a map."""


def boundaries(raw: bytes, attribution: str, known: Collection[str]) -> Boundaries:
    """The areas of a file. ``known``: the neighbourhoods of the register.

    Of the properties that features have, the one that names most of the known neighbourhoods is
    their name. A known one is kept as the register writes it.

    Raises:
        Refusal: ``reading.*`` for what is no JSON; ``reports.map_*``.
    """
    if not known:
        raise Refusal("reports.map_no_register")
    file = reading.parsed(raw, most=MOST_BYTES)
    features = _features(file)
    named = _names(features, known)
    points = 0
    areas: dict[str, tuple[Ring, ...]] = {}
    for number, (name, feature) in enumerate(zip(named, features, strict=True), 1):
        areas[name] = tuple(_rings(feature, number))
        points += sum(len(ring) for ring in areas[name])
        if points > MOST_POINTS:
            raise Refusal("reports.map_points", most=MOST_POINTS, feature=number)
    return Boundaries(attribution, areas)


def _features(file: object) -> list[Mapping[str, Any]]:
    if not isinstance(file, dict) or file.get("type") != "FeatureCollection":
        raise Refusal("reports.map_kind")
    if "crs" in file and not any(one in _system(file["crs"]) for one in _WGS84):
        raise Refusal("reports.map_system")
    features = file.get("features")
    if not isinstance(features, list) or not features:
        raise Refusal("reports.map_empty")
    if len(features) > MOST_AREAS:
        raise Refusal("reports.map_areas", found=len(features), most=MOST_AREAS)
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise Refusal("reports.map_feature", feature=number)
    return features


def _system(crs: object) -> str:
    """The name of the system of coordinates, as files from before RFC 7946 give it."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name.casefold() if isinstance(name, str) else ""


def _names(features: list[Mapping[str, Any]], known: Collection[str]) -> list[str]:
    """The name of each feature, by the property that names most of the ``known``."""
    ours = {plain(name): name for name in known}
    found: dict[str, set[str]] = {}
    for feature in features:
        for key, value in feature["properties"].items():
            if isinstance(value, str):
                found.setdefault(key, set()).add(plain(value))
    chosen = max(sorted(found), key=lambda key: len(found[key] & ours.keys()), default=None)
    if chosen is None or not found[chosen] & ours.keys():
        raise Refusal("reports.map_no_name", known=", ".join(sorted(known)[:3]))
    named: dict[str, int] = {}
    for number, feature in enumerate(features, 1):
        name = _name(feature["properties"].get(chosen), chosen, number)
        name = ours.get(plain(name), name)
        if name in named:
            raise Refusal("reports.map_twice", name=name, first=named[name], feature=number)
        named[name] = number
    return list(named)


def _name(value: object, key: str, number: int) -> str:
    good = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_NAME
    if not isinstance(value, str) or not good or not value.isprintable():
        raise Refusal("reports.map_name", feature=number, property=key, most=LONGEST_NAME)
    return " ".join(value.split())


def _rings(feature: Mapping[str, Any], number: int) -> Iterator[Ring]:
    """All rings of a polygon or of several; drawn even-odd it does not matter which are holes."""
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    shape = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(shape, list) or not shape:
        raise Refusal("reports.map_geometry", feature=number)
    polygons = [shape] if kind == "Polygon" else shape
    counted = 0
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise Refusal("reports.map_geometry", feature=number)
        for ring in polygon:
            counted += 1
            yield _ring(ring, number, counted)


def _ring(ring: object, feature: int, number: int) -> Ring:
    if not isinstance(ring, list):
        raise Refusal("reports.map_geometry", feature=feature)
    points = tuple(_point(one, feature, number, place) for place, one in enumerate(ring, 1))
    if len(set(points)) < 3:
        raise Refusal("reports.map_ring_short", feature=feature, ring=number)
    if points[0] != points[-1]:
        raise Refusal("reports.map_ring_open", feature=feature, ring=number)
    return points


def _point(point: object, feature: int, ring: int, number: int) -> Point:
    where = {"feature": feature, "ring": ring, "point": number}
    if not isinstance(point, list) or len(point) not in (2, 3):  # the third is a height
        raise Refusal("reports.map_point", **where)
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in point):
        raise Refusal("reports.map_point", **where)
    x, y = point[:2]
    if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):  # also whatever is no number at all
        raise Refusal("reports.map_outside", **where, found=f"{str(x)[:12]}, {str(y)[:12]}")
    return float(x), float(y)
