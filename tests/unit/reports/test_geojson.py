"""Boundaries from a file: what is read, and where each mistake is said to be."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from consult.refusal import Refusal
from consult.reports.core.geography import Boundaries, flat, matches
from consult.reports.core.geojson import MOST_AREAS, MOST_BYTES, MOST_POINTS, boundaries
from tests.boundaries import square
from tests.reference import reference

KNOWN = ("Cool", "Oude Westen")
Change = Callable[[dict[str, Any]], object]


def file() -> dict[str, Any]:
    """Two areas: one with a hole, one of two pieces."""
    return {
        "type": "FeatureCollection",
        "name": "buurten",
        "features": [
            {
                "type": "Feature",
                "id": 1,
                "properties": {"code": "BU1", "naam": "cool", "inwoners": 5},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [square(4.47, 51.91), square(4.472, 51.912, 0.002)],
                },
            },
            {
                "type": "Feature",
                "properties": {"code": "BU2", "naam": "Oude  Westen", "inwoners": 7},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[square(4.45, 51.91)], [square(4.45, 51.93)]],
                },
            },
        ],
    }


def refused(change: Change, known: tuple[str, ...] = KNOWN) -> Refusal:
    changed = file()
    change(changed)
    with pytest.raises(Refusal) as found:
        boundaries(json.dumps(changed).encode(), "CBS/Kadaster", known)
    return found.value


def ring(changed: dict[str, Any]) -> list[Any]:
    """The first ring of the first area."""
    rings: list[Any] = changed["features"][0]["geometry"]["coordinates"][0]
    return rings


def test_areas_are_named_as_in_the_register_by_the_property_that_fits() -> None:
    found = boundaries(json.dumps(file()).encode(), "CBS/Kadaster", KNOWN)
    assert list(found.areas) == ["Cool", "Oude Westen"]
    assert found.attribution == "CBS/Kadaster"
    assert [len(rings) for rings in found.areas.values()] == [2, 2]
    assert found.areas["Cool"][0][0] == found.areas["Cool"][0][-1] == (4.47, 51.91)


def test_names_that_the_register_lacks_and_those_that_the_file_lacks_are_told() -> None:
    found = boundaries(json.dumps(file()).encode(), "x", ("Cool", "Blijdorp"))
    told = matches(found, ("Cool", "Blijdorp"))
    assert told.both == ("Cool",)
    assert told.without_area == ("Blijdorp",)
    assert told.without_people == ("Oude Westen",)


def test_the_boundaries_of_rotterdam_are_read_whole() -> None:
    raw = reference("rotterdam_buurten.geojson").read_bytes()
    found = boundaries(raw, "CBS/Kadaster", ("Ommoord", "Cool"))
    assert len(found.areas) == 91
    assert sum(len(ring) for rings in found.areas.values() for ring in rings) == 2_458
    sheet = flat(found)
    assert sheet.width == 1
    assert 0.2 < sheet.height < 1


def test_a_height_is_left_out() -> None:
    changed = file()
    for point in ring(changed):
        point.append(1.5)
    found = boundaries(json.dumps(changed).encode(), "x", KNOWN)
    assert found.areas["Cool"][0][0] == (4.47, 51.91)


@pytest.mark.parametrize(
    ("change", "code", "facts"),
    [
        (lambda f: f.update(type="Feature"), "reports.map_kind", {}),
        (lambda f: f.update(crs=None), "reports.map_system", {}),
        (
            lambda f: f.update(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}),
            "reports.map_system",
            {},
        ),
        (lambda f: f.update(features=[]), "reports.map_empty", {}),
        (lambda f: f.update(features={}), "reports.map_empty", {}),
        (lambda f: f["features"].append(3), "reports.map_feature", {"feature": 3}),
        (
            lambda f: f["features"][1].update(properties=None),
            "reports.map_feature",
            {"feature": 2},
        ),
        (
            lambda f: f["features"][1]["properties"].update(naam=4),
            "reports.map_name",
            {"feature": 2, "property": "naam"},
        ),
        (
            lambda f: f["features"][1]["properties"].update(naam="x\u0000y"),
            "reports.map_name",
            {"feature": 2},
        ),
        (
            lambda f: f["features"][1]["properties"].update(naam="COOL"),
            "reports.map_twice",
            {"name": "Cool", "first": 1, "feature": 2},
        ),
        (
            lambda f: f["features"][1].update(geometry=None),
            "reports.map_geometry",
            {"feature": 2},
        ),
        (
            lambda f: f["features"][0]["geometry"].update(type="Point"),
            "reports.map_geometry",
            {"feature": 1},
        ),
        (
            lambda f: f["features"][1]["geometry"].update(coordinates=[[]]),
            "reports.map_geometry",
            {"feature": 2},
        ),
        (
            lambda f: f["features"][1]["geometry"].update(coordinates=[["ring"]]),
            "reports.map_geometry",
            {"feature": 2},
        ),
        (
            lambda f: ring(f).pop(),
            "reports.map_ring_open",
            {"feature": 1, "ring": 1},
        ),
        (
            lambda f: f["features"][1]["geometry"]["coordinates"][1][0].clear(),
            "reports.map_ring_short",
            {"feature": 2, "ring": 2},
        ),
        (
            lambda f: ring(f).__setitem__(2, [4.47]),
            "reports.map_point",
            {"feature": 1, "ring": 1, "point": 3},
        ),
        (
            lambda f: ring(f).__setitem__(2, [True, 51.9]),
            "reports.map_point",
            {"feature": 1, "ring": 1, "point": 3},
        ),
        (
            lambda f: ring(f).__setitem__(1, [51.91, 4.47]),
            "reports.map_outside",
            {"feature": 1, "ring": 1, "point": 2, "found": "51.91, 4.47"},
        ),
        (
            lambda f: ring(f).__setitem__(1, [92_000, 437_000]),
            "reports.map_outside",
            {"found": "92000, 437000"},
        ),
        (
            lambda f: ring(f).__setitem__(1, [10**400, 51.9]),
            "reports.map_outside",
            {"point": 2},
        ),
        (
            lambda f: ring(f).__setitem__(1, [float("nan"), 51.9]),
            "reports.map_outside",
            {"found": "nan, 51.9"},
        ),
    ],
)
def test_each_mistake_is_refused_with_its_place(
    change: Change, code: str, facts: dict[str, Any]
) -> None:
    found = refused(change)
    assert found.code == code
    assert {name: found.facts[name] for name in facts} == facts


def test_a_file_without_any_name_of_the_register_is_refused_with_examples() -> None:
    found = refused(lambda _: None, ("Zuidwijk", "Bospolder", "Afrikaanderwijk", "Charlois"))
    assert found.code == "reports.map_no_name"
    assert found.facts["known"] == "Afrikaanderwijk, Bospolder, Charlois"


def test_before_there_is_a_register_nothing_can_be_named() -> None:
    assert refused(lambda _: None, ()).code == "reports.map_no_register"


def test_too_many_areas_are_refused() -> None:
    found = refused(lambda f: f.update(features=[f["features"][0]] * (MOST_AREAS + 1)))
    assert found.code == "reports.map_areas"


def test_too_many_points_are_refused() -> None:
    fine = [[4.47 + step * 1e-6, 51.91] for step in range(MOST_POINTS)]
    found = refused(
        lambda f: f["features"][1]["geometry"].update(
            type="Polygon", coordinates=[[*fine, [4.48, 51.92], fine[0]]]
        )
    )
    assert found.code == "reports.map_points"
    assert found.facts["feature"] == 2


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "reading.not_json"),
        (b"\xff\xfe", "reading.not_utf8"),
        (b" " * (MOST_BYTES + 1), "reading.too_large"),
        (b'{"type": 1, "type": 2}', "reading.field_twice"),
        (b"[" * 100_000, "reading.not_json"),
    ],
)
def test_what_is_no_json_is_refused_where_it_breaks(raw: bytes, code: str) -> None:
    with pytest.raises(Refusal) as found:
        boundaries(raw, "x", KNOWN)
    assert found.value.code == code


def test_a_sheet_has_true_proportions_at_the_middle_latitude() -> None:
    """A kilometre east is as long as a kilometre north."""
    found = flat(boundaries(json.dumps(file()).encode(), "x", KNOWN))
    (west, south), (east, _), (_, north), *_ = found.areas["Cool"][0]
    ratio = (east - west) / (north - south)
    assert ratio == pytest.approx(0.6166, abs=5e-4)  # cos 51.925°
    assert max(found.width, found.height) == 1


def test_without_areas_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="no boundaries"):
        flat(Boundaries("x", {}))
