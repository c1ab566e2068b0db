"""Real GIS files into a pack: converted, typed, judged; bad geometry named row by row."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely import GeometryCollection, LineString, Point, Polygon, box
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.build.build import build, stale
from app.domain.errors import PackError
from app.editing.gis import GisImport, GisRequest, import_features
from app.editing.revision import apply
from app.pack.pack import Pack
from app.rules import check
from tests.edit_pack import read
from tests.editing.cell_bytes import files

EAST, WEST = box(10.31, 50.11, 10.32, 50.12), box(10.11, 50.11, 10.13, 50.12)
BOWTIE = Polygon([(10.3, 50.1), (10.31, 50.11), (10.31, 50.1), (10.3, 50.11)])
GIVEN = {"status": "existing", "category": "zone", "plan_refs": "第一章"}
UTM = 32632


def frame(
    geometries: list[BaseGeometry | None], crs: int = 4326, **columns: list[Any]
) -> geopandas.GeoDataFrame:
    names = columns.pop("name", ["东山林场", "西山林场"][: len(geometries)])
    found = geopandas.GeoDataFrame({"name": names, **columns}, geometry=geometries, crs=4326)
    return found.to_crs(crs)


def request(path: Path, **more: Any) -> GisRequest:
    values: dict[str, Any] = {
        "layer": "sites", "uncertainty_m": 50, "basis": "published", "source": ("survey",),
        "given": GIVEN, **more,
    }  # fmt: skip
    return GisRequest(path, **values)


def write(folder: Path, ending: str, content: geopandas.GeoDataFrame) -> Path:
    path = folder / f"forests{ending}"
    content.to_file(path, engine="pyogrio")
    return path


def covers_the_same(geometry: Any, expected: BaseGeometry) -> bool:
    return bool(shape(geometry).normalize().equals_exact(expected.normalize(), 1e-6))


def said(imported: GisImport) -> list[str]:
    return [str(wrong) for wrong in (*imported.faults, *imported.findings)]


def taken(tiny: Path, asked: GisRequest) -> GisImport:
    imported = import_features(Pack(tiny), asked)
    assert said(imported) == []
    assert imported.revision is not None
    apply(imported.revision)
    return imported


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".shp", ".fgb"])
def test_a_file_of_each_kind_becomes_drawn_items(ending: str, tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ending, frame([EAST, WEST], area_ha=[12.5, 3.0]))
    taken(tiny, request(path))
    pack = Pack(tiny)
    assert check(pack) == []
    assert stale(build(pack)) == []
    east, west = [f for f in pack.features if f["id"].endswith("-shan-lin-chang")]
    assert east["id"] == "dong-shan-lin-chang"
    assert east["properties"]["name"] == "东山林场"
    assert east["properties"]["counties"] == ["900001"]
    assert east["properties"]["located_by"] == {"method": "drawn", "places": []}
    assert east["properties"]["area_ha"] == 12.5
    assert west["properties"]["area_ha"] == 3
    assert west["properties"]["source"] == ["survey"]
    assert (west["properties"]["basis"], west["properties"]["uncertainty_m"]) == ("published", 100)
    assert covers_the_same(east["geometry"], EAST)


def test_coordinates_are_converted_and_the_conversion_is_reported(
    tiny: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST], UTM))
    imported = taken(tiny, request(path))
    assert imported.gis.crs == "WGS 84 / UTM zone 32N (EPSG:32632)"
    assert "UTM zone 32N" in imported.gis.conversion
    feature = json.loads((tiny / "geodata/drawn/dong-shan-lin-chang.geojson").read_text("utf-8"))
    assert covers_the_same(feature["features"][0]["geometry"], EAST)
    assert feature["features"][0]["properties"]["crs"] == imported.gis.crs


def test_a_file_without_coordinate_system_is_refused_until_one_is_given(
    tiny: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, ".shp", frame([EAST, WEST], UTM))
    path.with_suffix(".prj").unlink()
    with pytest.raises(PackError, match="a coordinate system in the file, or --crs"):
        import_features(Pack(tiny), request(path))
    with pytest.raises(PackError, match="--crs 'moon': a coordinate system like"):
        import_features(Pack(tiny), request(path, crs="moon"))
    imported = taken(tiny, request(path, crs="EPSG:32632"))
    assert [row["counties"] for row in imported.rows] == ["东县", "西县"]


def test_bad_geometry_is_named_row_by_row_and_nothing_is_written(
    tiny: Path, tmp_path: Path
) -> None:
    before = files(tiny)
    collection = GeometryCollection([Point(10.3, 50.1), LineString([(10.3, 50.1), (10.31, 50.1)])])
    shapes: list[BaseGeometry | None] = [BOWTIE, EAST, None, collection, Polygon()]
    path = write(tmp_path, ".gpkg", frame(shapes, name=list("甲乙丙丁戊")))
    imported = import_features(Pack(tiny), request(path))
    assert imported.revision is None
    assert [(fault.number, fault.expected[:30]) for fault in imported.faults] == [
        (1, "a valid geometry; Self-interse"),
        (3, "a geometry; it is empty, or ca"),
        (4, "one of Point, MultiPoint, Line"),
        (5, "a geometry; it is empty"),
    ]
    assert files(tiny) == before


def test_a_shape_off_the_map_is_refused_by_the_rule_book(tiny: Path, tmp_path: Path) -> None:
    before = files(tiny)
    across = box(10.45, 50.1, 10.6, 50.2)
    far = import_features(
        Pack(tiny), request(write(tmp_path, ".gpkg", frame([across], name=["远林"])))
    )
    assert far.rows[0]["scope"] == "outside"
    given = {**GIVEN, "counties": "东县"}
    half = box(10.3, 50.1, 10.6, 50.2)
    path = write(tmp_path, ".geojson", frame([half], name=["远林"]))
    imported = import_features(Pack(tiny), request(path, given=given))
    assert "geometry_is_in_the_frame" in {finding.rule for finding in imported.findings}
    assert files(tiny) == before


def test_an_unknown_column_is_refused_by_name(tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST], owner=["甲", "乙"], height=[1.5, 2.5]))
    with pytest.raises(PackError, match=r"owner \(text\), height \(number\)"):
        import_features(Pack(tiny), request(path))
    taken(tiny, request(path, skip=("owner", "height")))
    assert check(Pack(tiny)) == []


def test_declared_columns_become_typed_fields(tiny: Path, tmp_path: Path) -> None:
    content = frame(
        [EAST, WEST], owner=["甲", "乙"], height=[1.5, None], rank=[1, 2], open=[True, False],
        opened=[date(2030, 1, 2), date(2031, 1, 2)],
        seen=[datetime(2030, 1, 2, 3, 4), datetime(2031, 1, 2, 3, 4)],
    )  # fmt: skip
    content["电压(kV)"] = [220, 66]
    path = write(tmp_path, ".geojson", content)
    before = (tiny / "geodata" / "layers.toml").read_text(encoding="utf-8")
    taken(tiny, request(path, declare=True))
    pack = Pack(tiny)
    assert {field.id: field.type for field in pack.layers[0].fields} == {
        "industries": "list", "area_ha": "number", "owner": "text", "height": "number",
        "rank": "integer", "open": "boolean", "opened": "date", "seen": "datetime",
        "dian_ya_kv": "integer",
    }  # fmt: skip
    east = next(item for item in pack.items if item.id == "dong-shan-lin-chang")
    assert east.extra == {
        "owner": "甲", "height": 1.5, "rank": 1, "open": True, "opened": "2030-01-02",
        "seen": "2030-01-02T03:04:00", "dian_ya_kv": 220,
    }  # fmt: skip
    after = (tiny / "geodata" / "layers.toml").read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after] == []
    assert check(pack) == []


def test_a_field_may_not_take_the_name_of_a_common_property(tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST], precision=["a", "b"]))
    with pytest.raises(PackError, match="precision 'precision': another name"):
        import_features(Pack(tiny), request(path, declare=True))


def test_a_value_that_does_not_fit_its_field_is_named(tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST], area_ha=["12.5", "large"]))
    imported = import_features(Pack(tiny), request(path))
    assert said(imported) == ["feature 2 area_ha 'large': a number"]


def test_columns_are_known_by_their_titles_or_as_told(tiny: Path, tmp_path: Path) -> None:
    content = frame([EAST, WEST], 面积=[1.0, 2.0], NAME_EN=["East Forest", "West Forest"])
    content = content.rename(columns={"name": "MINGCHENG"})
    path = write(tmp_path, ".gpkg", content)
    imported = taken(tiny, request(path, rename={"MINGCHENG": "name"}))
    assert imported.gis.renamed == {"MINGCHENG": "name", "面积": "area_ha", "NAME_EN": "name_en"}
    assert [row["name_en"] for row in imported.rows] == ["East Forest", "West Forest"]
    with pytest.raises(PackError, match="column 'nothing': one of"):
        import_features(Pack(tiny), request(path, rename={"nothing": "name"}))


def test_ids_are_the_files_own_or_made_from_the_name_the_same_each_time(
    tiny: Path, tmp_path: Path
) -> None:
    content = frame([EAST, WEST], name=["林场", "林场"])
    first = import_features(Pack(tiny), request(write(tmp_path, ".gpkg", content)))
    again = import_features(Pack(tiny), request(write(tmp_path, ".geojson", content)))
    ids = [row["id"] for row in first.rows]
    assert ids == [row["id"] for row in again.rows]
    assert ids[0] == "lin-chang"
    assert len(set(ids)) == 2
    own = write(tmp_path, ".fgb", frame([EAST, WEST], id=["forest-b", "forest-a"]))
    assert [row["id"] for row in import_features(Pack(tiny), request(own)).rows] == [
        "forest-b",
        "forest-a",
    ]


def test_an_id_given_twice_or_taken_is_refused(tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST], id=["wood", "wood"]))
    assert said(import_features(Pack(tiny), request(path))) == [
        "feature 2 id 'wood': not the id of feature 1 too"
    ]
    path = write(tmp_path, ".geojson", frame([EAST, WEST], id=["way-out", "site-mill"]))
    assert [fault.value for fault in import_features(Pack(tiny), request(path)).faults] == [
        "way-out", "site-mill"
    ]  # fmt: skip


def test_an_update_moves_the_shape_and_keeps_the_words_people_wrote(
    tiny: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST], id=["site-drawn"], name=["新地块"]))
    asked = request(path, given={})
    assert said(import_features(Pack(tiny), asked))
    taken(tiny, replace(asked, update=True))
    row = next(r for r in read(tiny / "geodata/items/sites.csv") if r["id"] == "site-drawn")
    assert row["name"] == "新地块"
    assert row["summary"] == "按测绘图绘制的地块。"
    assert row["place_note"] == "来自测绘图。"
    assert len(Pack(tiny).items) == 10
    feature = next(f for f in Pack(tiny).features if f["id"] == "site-drawn")
    assert covers_the_same(feature["geometry"], EAST)


def test_a_shape_counts_in_every_county_it_really_reaches(tiny: Path, tmp_path: Path) -> None:
    across = box(10.15, 50.1, 10.25, 50.12)
    touching = box(10.2, 50.13, 10.25, 50.15)
    line = LineString([(10.19, 50.16), (10.25, 50.16)])
    path = write(tmp_path, ".gpkg", frame([across, touching, line], name=["甲林", "乙林", "丙林"]))
    imported = import_features(Pack(tiny), request(path))
    assert [row["counties"] for row in imported.rows] == ["东县|西县", "东县", "东县|西县"]
    assert said(imported) == []
    assert "长约" in imported.rows[2]["summary"]


def test_what_nobody_said_is_not_made_up(tiny: Path, tmp_path: Path) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST]))
    imported = import_features(Pack(tiny), request(path, given={}, source=("hearsay",)))
    assert {finding.rule for finding in imported.findings} == {
        "category_is_the_layers", "status_is_known", "plan_reference_exists", "source_is_known"
    }  # fmt: skip
    assert {str(finding)[:9] for finding in imported.findings} == {"feature 1", "feature 2"}
    nameless = write(tmp_path, ".fgb", frame([EAST], name=[None]))
    assert said(import_features(Pack(tiny), request(nameless)))[0].startswith(
        "feature 1 name: a name"
    )


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"layer": "roads"}, "--layer 'roads': one of sites, ways"),
        ({"basis": "sure"}, "--basis 'sure': one of published, derived, estimated"),
        ({"uncertainty_m": 0}, "--uncertainty-m '0': a radius in metres"),
        ({"uncertainty_m": float("nan")}, "--uncertainty-m 'nan'"),
        ({"given": {"colour": "red"}}, "--set 'colour': one of id, name"),
        ({"table": "woods"}, "table 'woods': one of forests"),
        ({"skip": ("nothing",)}, "column 'nothing': one of name"),
    ],
)
def test_an_option_that_makes_no_sense_is_named(
    wrong: dict[str, Any], expected: str, tiny: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, ".gpkg", frame([EAST, WEST]))
    with pytest.raises(PackError) as error:
        import_features(Pack(tiny), request(path, **wrong))
    assert expected in str(error.value)


def test_a_file_with_several_tables_asks_which(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    frame([EAST]).to_file(path, layer="woods", engine="pyogrio")
    frame([WEST]).to_file(path, layer="lakes", engine="pyogrio")
    with pytest.raises(PackError, match="--table with one of woods, lakes"):
        import_features(Pack(tiny), request(path))
    assert len(taken(tiny, request(path, table="lakes")).rows) == 1


def test_a_shapefile_in_another_encoding_is_read_as_told(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "gbk.shp"
    frame([EAST, WEST]).to_file(path, engine="pyogrio", encoding="GBK")
    path.with_suffix(".cpg").unlink()
    imported = import_features(Pack(tiny), request(path, encoding="GBK"))
    assert [row["name"] for row in imported.rows] == ["东山林场", "西山林场"]


def test_what_is_no_gis_file_is_said_so(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "a.gpkg").write_text("hello", encoding="utf-8")
    with pytest.raises(PackError, match="a GIS file that can be read"):
        import_features(Pack(tiny), request(tmp_path / "a.gpkg"))
    with pytest.raises(PackError, match="the file is missing"):
        import_features(Pack(tiny), request(tmp_path / "none.gpkg"))


@pytest.mark.parametrize(
    "id", ["../../x", "/tmp/x", "a/b", "..", "A", "x" * 101, "a\\b", "x.geojson", " "]
)
def test_an_id_is_judged_before_anything_is_written_under_it(
    tiny: Path, tmp_path: Path, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, ".geojson", frame([EAST], id_of_file=[id]))
    before = files(tmp_path)
    trials = tmp_path / "trials"
    trials.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(trials))
    imported = import_features(Pack(tiny), request(path, rename={"id_of_file": "id"}))
    if id.strip():
        assert imported.revision is None
        assert "lower-case letters, digits, hyphens" in said(imported)[0]
    assert files(tmp_path) == before
