"""Shapes and values of other people's GIS files: each fault is named, the rest is judged."""

import sqlite3
import struct
from pathlib import Path

from shapely import Point

from app.editing.gis import import_features
from app.pack.pack import Pack
from tests.editing.gis.foreign import HERE, answer, geojson, imported, point
from tests.editing.gis.test_gis import EAST, frame, request, write


def gpkg_with(path: Path, *shapes: bytes) -> Path:
    """A GeoPackage whose first geometries are these bytes of WKB."""
    frame([EAST] * (len(shapes) + 1), name=[f"第{one}" for one in range(len(shapes) + 1)]).to_file(
        path, engine="pyogrio"
    )
    base = sqlite3.connect(path)
    base.create_function("ST_IsEmpty", 1, lambda _: 0)
    for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
        base.create_function(name, 1, lambda _: 0.0)
    for number, shape in enumerate(shapes, start=1):
        head = b"GP\x00\x01" + struct.pack("<i", 4326)
        base.execute("update a set geom = ? where fid = ?", (head + shape, number))
    base.commit()
    base.close()
    return path


def wkb(code: int, body: bytes) -> bytes:
    return struct.pack("<BI", 1, code) + body


TRIANGLE = wkb(17, struct.pack("<II8d", 1, 4, 10.3, 50.1, 10.31, 50.1, 10.3, 50.11, 10.3, 50.1))
TIN = wkb(16, struct.pack("<I", 1) + TRIANGLE)
NAN_POINT = wkb(1, struct.pack("<2d", float("inf"), 50.1))


def test_shapes_no_map_can_draw_are_named_and_the_rest_is_judged(
    tiny: Path, tmp_path: Path
) -> None:
    path = gpkg_with(tmp_path / "a.gpkg", TRIANGLE, TIN, NAN_POINT, b"\x01\xff")
    messages = answer(tiny, path)
    assert [line.split(": ")[0] for line in messages] == [
        f"feature {n} geometry" for n in (1, 2, 3, 4)
    ]
    assert "not Triangle" in messages[0]
    assert "not TIN" in messages[1]
    assert "finite coordinates" in messages[2]


def test_bad_shapes_of_a_geojson_are_named(tiny: Path, tmp_path: Path) -> None:
    ring = [[10.3, 50.1], [10.3, 50.11], [10.31, 50.11], [10.31, 50.1]]
    line = {"type": "LineString", "coordinates": [[10.3, 50.1], [10.31, 50.1]]}
    path = geojson(
        tmp_path / "a.geojson",
        ({"name": "甲"}, {"type": "Polygon", "coordinates": [ring]}),
        ({"name": "乙"}, {"type": "LineString", "coordinates": [[10.3, 50.1]]}),
        ({"name": "丙"}, {"type": "GeometryCollection", "geometries": [HERE, line]}),
        ({"name": "丁"}, None),
        ({"name": "戊"}, {"type": "Polygon", "coordinates": []}),
        ({"name": "己"}, HERE),
    )
    messages = answer(tiny, path)
    assert [line.split()[1] for line in messages] == ["1", "2", "3", "4", "5"]
    assert "a ring that ends where it begins" in messages[0]
    assert "at least two points" in messages[1]
    assert "split it" in messages[2]


def test_heights_are_left_out_and_it_is_said(tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([Point(10.31, 50.11, 99)], name=["甲"]))
    assert "heights and measures of 1 features are left out" in imported(tiny, path).gis.notes


def test_long_numbers_keep_every_digit_beside_a_gap(tiny: Path, tmp_path: Path) -> None:
    long = 211421199001011234
    path = geojson(
        tmp_path / "a.geojson", ({"name": "甲", "code": long, "open": True}, HERE),
        ({"name": "乙", "code": None, "open": None}, point(10.32, 50.12)),
        ({"name": "丙", "code": 7, "open": False}, point(10.33, 50.13)),
    )  # fmt: skip
    rows = imported(tiny, path, declare=True).rows
    assert [row["code"] for row in rows] == [str(long), "", "7"]
    assert [row["open"] for row in rows] == ["true", "", "false"]


def test_a_number_that_lost_its_digits_is_named(tiny: Path, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson", ({"name": "甲", "code": 211421199001011234}, HERE),
        ({"name": "乙", "code": 1.5}, HERE),
    )  # fmt: skip
    (messages,) = answer(tiny, path, declare=True)
    assert messages.startswith("feature 1 code")
    assert "at most 15 digits" in messages


def test_lists_of_any_kind_become_lists(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲", "years": [2030, 2031]}, HERE))
    rows = import_features(Pack(tiny), request(path, declare=True)).rows
    assert rows[0]["years"] == "2030|2031"
    path = geojson(tmp_path / "b.geojson", ({"name": "甲", "industries": ["a|b", "c"]}, HERE))
    assert "no | inside an entry" in answer(tiny, path)[0]


def test_columns_with_the_names_of_geometry_and_id_are_no_trap(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲", "geometry": "x", "fid": 3}, HERE))
    assert "geometry 'geometry': another name" in answer(tiny, path, declare=True)[0]
    rows = imported(tiny, path, declare=True, rename={"geometry": "form"}).rows
    assert (rows[0]["form"], rows[0]["fid"]) == ("x", "3")
