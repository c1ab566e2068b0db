"""Other people's GIS files: each fault is named with what would help, and nothing is written."""

import json
import sqlite3
import struct
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import geopandas
import pytest
from shapely import Point, box

from app.exchange.gis import Imported, take
from app.exchange.gis.crs import conversion_of, hint
from app.exchange.gis.encoding import mojibake
from app.plan.errors import PackError
from app.plan.pack import Pack
from tests.exchange.bytes import files
from tests.exchange.test_gis import EAST, WEST, frame, request, said, write

HULUDAO = (119.15, 39.88, 121.20, 41.32)
NAMES = ["测试变电站甲", "东山县测试站乙"]


def answer(tiny: Path, path: Path, **more: Any) -> list[str]:
    """Everything that stands against a file, as a person reads it; no byte of the pack changes."""
    before = files(tiny)
    try:
        imported = take(Pack(tiny), request(path, **more))
        told = said(imported)
        assert bool(told) == (imported.revision is None)
    except PackError as error:
        told = [str(error)]
    assert files(tiny) == before
    return told


def imported(tiny: Path, path: Path, **more: Any) -> Imported:
    found = take(Pack(tiny), request(path, **more))
    assert said(found) == []
    return found


def geojson(path: Path, *features: tuple[dict[str, Any], Any], crs: str = "") -> Path:
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return path


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


HERE = point(10.31, 50.11)


# Text


def shapefile(path: Path, encoding: str, page: str | None) -> Path:
    content = geopandas.GeoDataFrame({"NAME": NAMES}, geometry=[EAST, WEST], crs=4326)
    content.to_file(path, engine="pyogrio", encoding=encoding)
    path.with_suffix(".cpg").unlink()
    if page is not None:
        path.with_suffix(".cpg").write_text(page, encoding="ascii")
    return path


@pytest.mark.parametrize("page", [None, "ANSI 936", "OEM", "UTF-8", "ISO-8859-1", "Big5"])
def test_gbk_text_that_is_said_to_be_something_else_is_refused(
    page: str | None, tiny: Path, tmp_path: Path
) -> None:
    path = shapefile(tmp_path / "a.shp", "GBK", page)
    (told,) = answer(tiny, path)
    assert "--encoding GBK" in told
    assert NAMES[0] in told
    assert [row["name"] for row in imported(tiny, path, encoding="GBK").rows] == NAMES


@pytest.mark.parametrize("page", [None, "GBK", "936", "ANSI 936", "Big5", "88591"])
def test_utf8_text_that_is_said_to_be_something_else_is_refused(
    page: str | None, tiny: Path, tmp_path: Path
) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", page)
    assert "--encoding UTF-8" in answer(tiny, path)[0]
    assert [row["name"] for row in imported(tiny, path, encoding="utf8").rows] == NAMES


@pytest.mark.parametrize("page", ["GBK", "936", "GB2312", "CP936"])
def test_text_that_is_what_it_is_said_to_be_is_read(page: str, tiny: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a.shp", "GBK", page)
    assert [row["name"] for row in imported(tiny, path).rows] == NAMES


@pytest.mark.parametrize("encoding", ["GBK", "Big5", "latin-1", "nonsense"])
def test_an_encoding_asked_for_wrongly_is_refused(
    encoding: str, tiny: Path, tmp_path: Path
) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", "UTF-8")
    (told,) = answer(tiny, path, encoding=encoding)
    assert "--encoding" in told


def test_one_feature_in_another_encoding_is_named(tiny: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", "UTF-8")
    table = path.with_suffix(".dbf")
    old = NAMES[1].encode()
    new = NAMES[1].encode("gbk").ljust(len(old))
    table.write_bytes(table.read_bytes().replace(old, new))
    told = answer(tiny, path)[0]
    assert told.startswith("feature 2 NAME")
    assert f"as GBK it reads '{NAMES[1]}'" in told


def test_a_name_cut_off_by_its_field_is_named(tiny: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "a.shp", "UTF-8", "UTF-8")
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    (head,) = struct.unpack_from("<H", data, 8)
    width = data[32 + 16]
    data[head + 1 : head + 1 + width] = ("测" * 100).encode()[:width]
    table.write_bytes(bytes(data))
    assert any("cut off" in told for told in answer(tiny, path))


def test_text_files_that_are_no_utf8_are_refused(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": NAMES[0]}, HERE))
    text = path.read_text("utf-8")
    path.write_text(text, encoding="gbk")
    (told,) = answer(tiny, path)
    assert "it looks like GBK" in told
    assert NAMES[0] in told
    path.write_text(text, encoding="utf-16")
    assert "not UTF-16" in answer(tiny, path)[0]
    path.write_text(text, encoding="utf-8-sig")
    assert imported(tiny, path).rows[0]["name"] == NAMES[0]


@pytest.mark.parametrize(
    "text", ["²âÊÔ±äµçÕ¾", "娴嬭瘯鐢电珯", "锟斤拷锟斤拷", "测试\ufffd站", "æµ‹è¯•ç«™"]
)
def test_text_that_was_read_wrongly_before_is_named(text: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST], name=[text]))
    (told,) = answer(tiny, path)
    assert told.startswith(f"feature 1 name {text!r}") or told.startswith("feature 1 name")


@pytest.mark.parametrize(
    "text",
    ["Zürich", "Île-de-France – Besançon", "高新技术产业园区", "瑷珲", "犇鑫淼", "£5 – €7",
     "naïveté", "Łódź", "東莞", "喇嘛洞镇", "虹螺岘"],
)  # fmt: skip
def test_honest_text_is_left_alone(text: str) -> None:
    assert mojibake(text) == ""


def test_a_name_of_nothing_that_can_be_seen_is_none(tiny: Path, tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson", ({"name": "\u200b"}, HERE), ({"name": " \u3000"}, HERE),
        ({"name": "\ufeff东\u200b山\u00a0林场"}, HERE),
    )  # fmt: skip
    told = answer(tiny, path)
    assert [line[:16] for line in told] == ["feature 1 name: ", "feature 2 name: "]
    path = geojson(tmp_path / "b.geojson", ({"name": "\ufeff东\u200b山\u00a0林场"}, HERE))
    assert imported(tiny, path).rows[0]["name"] == "东山 林场"


# Positions


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (589000.0, 5551000.0, "--crs EPSG:32632"),
        (50.11, 10.31, "--swap-axes"),
        (0.0, 0.0, "a place on the map"),
        (1147713.0, 6458600.0, "--crs EPSG:3857"),
        (1e300, 50.0, "a position in degrees"),
    ],
)
def test_a_position_off_the_map_is_a_fault_with_what_would_fit(
    x: float, y: float, expected: str, tiny: Path, tmp_path: Path
) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, HERE), ({"name": "乙"}, point(x, y)))
    (told,) = answer(tiny, path)
    assert told.startswith("feature 2 geometry")
    assert expected in told


def test_swapped_axes_are_read_when_told(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, point(50.11, 10.31)))
    assert imported(tiny, path, swap=True).rows[0]["counties"] == "东县"


def test_a_place_far_off_may_be_meant(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, point(20, 50)))
    assert answer(tiny, path)
    given = {"status": "existing", "category": "zone", "plan_refs": "第一章", "scope": "outside"}
    assert imported(tiny, path, given=given).rows[0]["scope"] == "outside"


def test_a_county_the_shape_is_nowhere_near_is_a_fault(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲", "counties": "西县"}, HERE))
    (told,) = answer(tiny, path)
    assert told.startswith("feature 1 counties '西县': a county the shape lies in")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ((40487331.2, 4513000.5), "EPSG:4528"),
        ((4513000.5, 40487331.2), "EPSG:4528"),
        ((20750000.0, 4500000.0), "EPSG:4498"),
        ((487331.2, 4513000.5), "EPSG:4549"),
        ((40.75, 120.85), "--swap-axes"),
        ((120.85, 40.75), "EPSG:4326"),
    ],
)
def test_the_system_that_would_fit_is_found(wrong: tuple[float, float], right: str) -> None:
    assert right in hint(Point(*wrong), box(*HULUDAO))


@pytest.mark.parametrize("code", ["EPSG:5773", "EPSG:4978", "EPSG:4479", "EPSG:5703"])
def test_a_system_that_is_no_horizontal_one_is_refused(
    code: str, tiny: Path, tmp_path: Path
) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, HERE))
    assert "a geographic or projected coordinate system" in answer(tiny, path, crs=code)[0]


def test_of_a_compound_system_the_horizontal_part_counts(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲"}, HERE))
    found = imported(tiny, path, crs="EPSG:9518")
    assert found.gis.conversion == "none needed"


@pytest.mark.parametrize(
    "projection",
    [
        'LOCAL_CS["Unknown",UNIT["metre",1]]',
        'PROJCS["p",GEOGCS["g",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["No_Such"],'
        'PARAMETER["x",0],UNIT["Meter",1]]',
        "GEOGCS[broken",
        "",
    ],
)
def test_a_projection_nobody_knows_is_one_line(projection: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST]))
    path.with_suffix(".prj").write_text(projection, encoding="ascii")
    (told,) = answer(tiny, path)
    assert "coordinate system" in told
    assert "--crs" in told


@pytest.mark.parametrize("code", ["EPSG:4214", "EPSG:4610", "EPSG:2364"])
def test_a_shift_of_datum_that_nobody_knows_is_said(code: str) -> None:
    way = conversion_of("a.shp", None, code, HULUDAO)
    assert "ballpark" in way.words
    assert ", 1 m" not in way.words
    assert way.operation is not None
    assert "Ballpark" in way.operation.description


# Features


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
    told = answer(tiny, path)
    assert [line.split(": ")[0] for line in told] == [f"feature {n} geometry" for n in (1, 2, 3, 4)]
    assert "not Triangle" in told[0]
    assert "not TIN" in told[1]
    assert "finite coordinates" in told[2]


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
    told = answer(tiny, path)
    assert [line.split()[1] for line in told] == ["1", "2", "3", "4", "5"]
    assert "a ring that ends where it begins" in told[0]
    assert "at least two points" in told[1]
    assert "split it" in told[2]


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
    (told,) = answer(tiny, path, declare=True)
    assert told.startswith("feature 1 code")
    assert "at most 15 digits" in told


def test_lists_of_any_kind_become_lists(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲", "years": [2030, 2031]}, HERE))
    rows = take(Pack(tiny), request(path, declare=True)).rows
    assert rows[0]["years"] == "2030|2031"
    path = geojson(tmp_path / "b.geojson", ({"name": "甲", "industries": ["a|b", "c"]}, HERE))
    assert "no | inside an entry" in answer(tiny, path)[0]


def test_columns_with_the_names_of_geometry_and_id_are_no_trap(tiny: Path, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", ({"name": "甲", "geometry": "x", "fid": 3}, HERE))
    assert "geometry 'geometry': another name" in answer(tiny, path, declare=True)[0]
    rows = imported(tiny, path, declare=True, rename={"geometry": "form"}).rows
    assert (rows[0]["form"], rows[0]["fid"]) == ("x", "3")


# Files


def test_a_file_cut_off_is_said_so(tiny: Path, tmp_path: Path) -> None:
    for ending in (".fgb", ".gpkg", ".shp"):
        whole = write(tmp_path, ending, frame([EAST, WEST])).read_bytes()
        for part in (0, 20, len(whole) // 2, len(whole) - 30):
            path = tmp_path / f"forests{ending}"
            path.write_bytes(whole[:part])
            assert answer(tiny, path), (ending, part)


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_a_shapefile_without_a_part_asks_for_it(ending: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST]))
    path.with_suffix(ending).unlink()
    assert f"forests{ending} beside it" in answer(tiny, path)[0]
    assert not path.with_suffix(ending).exists()


@pytest.mark.parametrize("ending", [".dbf", ".prj", ".cpg"])
def test_a_part_of_a_shapefile_is_not_the_shapefile(
    ending: str, tiny: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST]))
    assert "forests.shp" in answer(tiny, path.with_suffix(ending))[0]


def packed(path: Path, *parts: Path) -> Path:
    with ZipFile(path, "w") as archive:
        for part in parts:
            archive.write(part, f"资料/{part.name}")
    return path


def test_an_archive_is_read_like_what_is_in_it(tiny: Path, tmp_path: Path) -> None:
    write(tmp_path, ".shp", frame([EAST, WEST]))
    parts = sorted(tmp_path.glob("forests.*"))
    path = packed(tmp_path / "all.zip", *parts)
    assert [row["name"] for row in imported(tiny, path).rows] == ["东山林场", "西山林场"]
    two = packed(tmp_path / "two.zip", *parts, write(tmp_path, ".gpkg", frame([EAST])))
    assert "unpack it and give one file" in answer(tiny, two)[0]
    (tmp_path / "bad.zip").write_bytes(path.read_bytes()[:200])
    assert "an archive that can be unpacked" in answer(tiny, tmp_path / "bad.zip")[0]
    with ZipFile(tmp_path / "slip.zip", "w") as archive:
        archive.writestr("../a.geojson", "{}")
    assert "names inside the archive" in answer(tiny, tmp_path / "slip.zip")[0]


def test_what_is_no_single_file_is_said_so(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    write(folder, ".gpkg", frame([EAST]))
    assert "it holds forests.gpkg" in answer(tiny, folder)[0]
    (tmp_path / "a.csv").write_text("name,x\n甲,1\n", encoding="utf-8")
    assert "a table with geometries; it has none" in answer(tiny, tmp_path / "a.csv")[0]


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>%s</Document></kml>"""
MARK = (
    "<Placemark><name>甲</name>%s<Point><coordinates>10.31,50.11,0</coordinates></Point>"
    "</Placemark>"
)


def kml(path: Path, inside: str) -> Path:
    path.write_text(KML % (MARK % inside), encoding="utf-8")
    return path


def test_the_columns_of_a_kmls_drawing_need_no_skipping(tiny: Path, tmp_path: Path) -> None:
    found = imported(tiny, kml(tmp_path / "a.kml", ""), skip=("description",))
    assert found.rows[0]["name"] == "甲"
    assert any("tessellate" in note for note in found.gis.notes)


@pytest.mark.parametrize(
    ("inside", "honest"),
    [
        ("<OvCoordType>GCJ-02</OvCoordType>", False),
        ("<OvCoordType>BD09</OvCoordType>", False),
        ("<OvCoordType>WGS84</OvCoordType>", True),
        ("<OvCoordType>CGCS2000</OvCoordType>", True),
        ("<description>GCJ02坐标</description>", False),
    ],
)
def test_positions_shifted_on_purpose_are_refused(
    inside: str, honest: bool, tiny: Path, tmp_path: Path
) -> None:
    path = kml(tmp_path / "a.kml", inside)
    told = answer(tiny, path, skip=("description",))
    assert any("shifted" in line for line in told) != honest
    assert not answer(tiny, path, skip=("description",), crs="EPSG:4326")
