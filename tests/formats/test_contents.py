"""Every data format, read back with the program that people open it with."""

import csv
import io
import json
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pyogrio
import pytest
import shapely
from fastapi.testclient import TestClient
from shapely.geometry import shape

from app.formats import FORMATS
from app.formats.gis.shp import NAME_MOST, TEXT_MOST, short_names, truncated
from app.formats.tabular.csv import without_formula
from app.formats.tabular.xlsx import cell
from app.formats.text.kml import kml_colour
from app.pack.pack import Pack
from app.render.disk_cache import DiskCache
from tests.formats.readers import READERS, every_row, item_layers

DATA = [file_format for file_format in FORMATS if file_format.kind == "data"]
COUNTY = "211481"
LOCATED_ONLY = ("fgb", "dxf", "pmtiles")
"""Readers stop at a null geometry; a drawing or a tile has nothing to draw of one."""
UNLOCATED = "firm-dabeinong-pig"


@pytest.fixture(params=[file_format.ext for file_format in DATA])
def ext(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def body_of(client: TestClient, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.content


def ids_expected(client: TestClient, ext: str, query: str = "") -> list[str]:
    """What the GeoJSON holds; of it only what has a place where a format has no null geometry."""
    found = json.loads(body_of(client, f"/view.geojson?{query}"))["features"]
    return [one["id"] for one in found if one["geometry"] or ext not in LOCATED_ONLY]


def test_the_same_query_string_gives_the_same_items_on_every_face(
    client: TestClient, ext: str, tmp_path: Path
) -> None:
    wanted = ids_expected(client, ext, f"county={COUNTY}")
    found = READERS[ext](body_of(client, f"/view.{ext}?county={COUNTY}"), tmp_path)
    assert len(wanted) > 100
    assert sorted(found) == sorted(wanted)


def test_no_item_of_the_plan_is_lost_on_any_face(
    client: TestClient, pack: Pack, ext: str, tmp_path: Path
) -> None:
    """Unlocated items have no geometry; they are kept wherever the format can."""
    found = READERS[ext](body_of(client, f"/view.{ext}"), tmp_path)
    assert len(found) == len(set(found)) == len(ids_expected(client, ext))
    if ext not in LOCATED_ONLY:
        assert len(found) == len(pack.items)
        assert UNLOCATED in found


@pytest.fixture(scope="module")
def at_two_times(client: TestClient) -> dict[str, tuple[bytes, bytes]]:
    """Each format of a view, made anew at two times."""

    def made() -> dict[str, bytes]:
        return {ext: body_of(client, f"/view.{ext}?layer=industrial-parks") for ext in READERS}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DiskCache, "get", lambda *_, **__: None)  # made twice, not made and kept
        first = made()
        time.sleep(2.1)  # zip counts in two seconds
        again = made()
    return {ext: (first[ext], again[ext]) for ext in READERS}


def test_the_same_request_gives_the_same_bytes_at_another_time(
    at_two_times: dict[str, tuple[bytes, bytes]], ext: str
) -> None:
    first, again = at_two_times[ext]
    assert again == first


def test_a_face_of_nothing_is_a_file_without_items(
    client: TestClient, ext: str, tmp_path: Path
) -> None:
    assert READERS[ext](body_of(client, f"/view.{ext}?q=没有这样的项目"), tmp_path) == []


def test_another_city_has_every_face_too(tiny_client: TestClient, ext: str, tmp_path: Path) -> None:
    wanted = ids_expected(tiny_client, ext, "lang=en")
    found = READERS[ext](body_of(tiny_client, f"/view.{ext}?lang=en"), tmp_path)
    assert sorted(found) == sorted(wanted)


MAP_DETAIL = 0.0006
"""Degrees of longitude that are some fifty metres here."""


@pytest.mark.parametrize("ext", ["gpkg", "fgb"])
def test_gdal_keeps_geometries_types_and_nulls_as_the_geojson_has_them(
    client: TestClient, ext: str, tmp_path: Path
) -> None:
    features = {one["id"]: one for one in json.loads(body_of(client, "/view.geojson"))["features"]}
    path = tmp_path / f"view.{ext}"
    path.write_bytes(body_of(client, f"/view.{ext}"))
    frame = every_row(path)
    assert sorted(frame["id"]) == sorted(ids_expected(client, ext))
    assert frame.crs == "EPSG:4326"
    for row in frame.itertuples():
        feature = features[row.id]
        if feature["geometry"] is None:
            assert row.geometry is None
        elif ext == "fgb":
            if feature["properties"]["located_by"]["method"] == "counties":
                continue  # a point and a radius: tests/formats/test_fgb.py
            assert row.geometry.geom_type == feature["geometry"]["type"]
            assert shapely.equals_exact(row.geometry, shape(feature["geometry"]), 1e-9)
        elif feature["properties"]["located_by"]["method"] == "counties":
            # whole in files to measure in, as a map shows it in answers
            light = shape(feature["geometry"]).boundary
            assert row.geometry.boundary.hausdorff_distance(light) < MAP_DETAIL
        else:  # a table has one type: a single geometry may be the only one of several
            parts = shapely.get_parts(row.geometry)
            assert shapely.equals_exact(
                shapely.normalize(shapely.geometrycollections(parts)),
                shapely.normalize(
                    shapely.geometrycollections(shapely.get_parts(shape(feature["geometry"])))
                ),
                1e-9,
            )
    info = pyogrio.read_info(path, layer=item_layers(path)[0])
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert (types["voltage_kv"], types["area_mu"]) == ("int64", "float64")


@pytest.mark.parametrize(
    ("ext", "layer"), [("gpkg", "transport_points"), ("fgb", "items"), ("kml", "交通")]
)
def test_the_system_gdal_opens_it_without_a_word_of_complaint(
    client: TestClient, ext: str, layer: str, tmp_path: Path
) -> None:
    path = tmp_path / f"view.{ext}"
    path.write_bytes(body_of(client, f"/view.{ext}?layer=transport"))
    assert shutil.which("ogrinfo"), "gdal-bin is needed: see tools/system"
    told = subprocess.run(
        ["ogrinfo", "-ro", "-so", path, layer], capture_output=True, text=True, check=True
    )
    count = len(ids_expected(client, ext, "layer=transport"))
    if ext == "gpkg":
        points = client.get("/api/collections/transport-points/items?limit=1").json()
        count = points["numberMatched"]
    assert f"Feature Count: {count}" in told.stdout
    assert told.stderr == ""


@pytest.mark.parametrize("ext", ["gpkg", "fgb"])
def test_gis_metadata_says_what_when_whose_and_how_to_cite(
    client: TestClient, ext: str, tmp_path: Path
) -> None:
    path = tmp_path / f"view.{ext}"
    path.write_bytes(body_of(client, f"/view.{ext}?county={COUNTY}"))
    facts = pyogrio.read_info(path, layer=item_layers(path)[0])["layer_metadata"]
    version = json.loads(body_of(client, "/pack.json"))["version"]
    assert facts["version"] == version
    assert "兴城市" in facts["filtered"]
    assert "ODbL" in facts["licence"]
    assert version in facts["citation"]
    assert facts["url"].endswith(f"/?county={COUNTY}")


def test_the_workbook_is_typed_frozen_and_filters(client: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, "/view.xlsx?layer=energy")))
    items = book["项目"]
    head = [cell.value for cell in items[1]]
    assert items.freeze_panes == "C2"
    assert items.auto_filter.ref == items.dimensions
    volts = [cell.value for cell in items[column_of(head, "电压 (kV)")] if cell.value][1:]
    assert volts
    assert all(isinstance(value, int) for value in volts)
    assert all(
        isinstance(cell.value, float)
        for cell in items[column_of(head, "经度 (°)")][1:]
        if cell.value
    )


@pytest.mark.parametrize(
    ("lang", "read", "away"),
    [
        ("zh", ("名称", "图层名称", "摘要", "县区名称", "主要出处", "定位方式"),
         ("图层", "英文名称", "英文摘要", "县区", "地名", "到港口的距离误差 (km)")),
        ("en", ("Name", "English name", "Layer title", "English summary", "County names"),
         ("Layer", "Summary", "Counties", "Places")),
    ],
)  # fmt: skip
def test_the_workbook_opens_with_what_people_read_and_prints_under_its_head(
    client: TestClient, lang: str, read: tuple[str, ...], away: tuple[str, ...]
) -> None:
    body = body_of(client, f"/view.xlsx?county={COUNTY}&lang={lang}")
    items, about, fields = openpyxl.load_workbook(io.BytesIO(body)).worksheets
    head = [str(cell.value) for cell in items[1]]
    hidden = {
        head[number - 1]
        for dimension in items.column_dimensions.values()
        if dimension.hidden and dimension.outlineLevel == 1
        for number in range(dimension.min, dimension.max + 1)
    }
    assert not hidden & set(read)
    assert set(away) <= hidden
    empty = {head[n] for n, cells in enumerate(items.iter_cols(min_row=2, values_only=True))
             if not any(cells)}  # fmt: skip
    assert empty <= hidden
    for sheet in (items, about, fields):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
    assert items.print_title_cols == "$B:$B", "each page says whose cells it holds"


def column_of(head: list[str], title: str) -> str:
    return openpyxl.utils.get_column_letter(head.index(title) + 1)


def test_the_workbook_says_what_it_shows_in_the_readers_language(client: TestClient) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(body_of(client, f"/view.xlsx?county={COUNTY}&lang=en"))
    )
    about = dict(book["About"].iter_rows(values_only=True))
    assert about["Filtered by"] == "Xingcheng City"
    assert about["Items"] == book["Items"].max_row - 1
    assert {"Data version", "Data of", "Licences", "Cite as", "Link"} <= set(about)
    codes = [row[1] for row in book["Fields"].iter_rows(min_row=2, values_only=True)]
    assert len(codes) == book["Items"].max_column


def test_a_workbook_never_gives_an_area_a_coordinate(client: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body_of(client, "/view.xlsx")))
    head = [cell.value for cell in book["项目"][1]]
    kind, lng = head.index("几何类型"), head.index("经度 (°)")
    for row in book["项目"].iter_rows(min_row=2, values_only=True):
        assert (row[kind] == "Point") == (row[lng] is not None)


def test_the_workbook_carries_the_day_of_the_data_not_the_clock(client: TestClient) -> None:
    body = body_of(client, "/view.xlsx?layer=energy")
    book = openpyxl.load_workbook(io.BytesIO(body))
    day = json.loads(body_of(client, "/view.geojson?layer=energy"))["updated"]
    assert book.properties.modified.date().isoformat() == day
    assert {info.date_time[:3] for info in zipfile.ZipFile(io.BytesIO(body)).infolist()} == {
        tuple(int(part) for part in day.split("-"))
    }


def test_placemarks_stand_in_layer_folders_in_the_layers_colour(client: TestClient) -> None:
    text = body_of(client, "/view.kml?layer=industrial-parks,transport").decode()
    layers = {one["id"]: one for one in json.loads(body_of(client, "/pack.json"))["layers"]}
    for id in ("industrial-parks", "transport"):
        assert f"<Folder>\n<name>{layers[id]['title']}</name>" in text
        assert f"<PolyStyle><color>{kml_colour(layers[id]['colour'], '40')}</color>" in text
    assert "第五章 第一节 专栏5-1" in text
    assert "误差半径约" in text


def test_a_kml_in_english_is_in_english(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "en.kml").write_bytes(body_of(client, "/view.kml?layer=industrial-parks&lang=en"))
    frame = pyogrio.read_dataframe(tmp_path / "en.kml")
    assert "Huludao Bajiazi Economic Development Zone" in frame["Name"].tolist()
    assert "葫芦岛八家子经济开发区" in frame["name_zh"].tolist()


def test_shapefiles_are_split_by_type_and_explain_their_fields(
    client: TestClient, pack: Pack, tmp_path: Path
) -> None:
    zipfile.ZipFile(io.BytesIO(body_of(client, "/view.shp.zip"))).extractall(tmp_path)
    for path in tmp_path.glob("*.shp"):
        assert path.with_suffix(".cpg").read_text() == "UTF-8"
    points = pyogrio.read_dataframe(tmp_path / "items_point.shp")
    assert UNLOCATED in points.loc[points.geometry.isna(), "id"].tolist()
    assert "大北农生猪产业项目" in points["name"].tolist()
    fields = list(csv.DictReader((tmp_path / "fields.csv").read_text("utf-8-sig").splitlines()))
    assert {row["field"] for row in fields} == set(points.columns) - {"geometry"}
    assert len(READERS["csv"]((tmp_path / "items.csv").read_bytes(), tmp_path)) == len(pack.items)


def test_short_names_are_short_and_never_the_same() -> None:
    ids = ["place_note", "place_note_en", "place_note_long", "capacity_mw", "capacity_t_d"]
    names = short_names([*ids, *(f"capacity_of_{number}" for number in range(20))])
    assert len(set(names.values())) == len(names)
    assert all(len(name) <= NAME_MOST for name in names.values())
    assert names["place_note_en"] == "place_n_en"


def test_a_long_text_is_cut_between_characters() -> None:
    assert truncated("海" * 100) == "海" * 84
    assert len(truncated("a" + "海" * 100).encode()) <= TEXT_MOST


def test_lists_and_places_in_the_plan_are_one_cell(client: TestClient) -> None:
    rows = csv.DictReader(
        io.StringIO(body_of(client, "/view.csv?layer=industrial-parks").decode("utf-8-sig"))
    )
    park = next(row for row in rows if row["id"] == "park-bajiazi")
    assert park["plan"] == "第五章 第一节 专栏5-1"
    assert park["county_names"] == "建昌县"
    assert park["industries"] == "矿产资源综合利用；农产品深加工"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "第五章 第一节 专栏5-1"), ("en", "Chapter 5, Section 1, Box 5-1")]
)
def test_a_place_in_the_plan_is_said_in_the_readers_language(
    client: TestClient, lang: str, said: str
) -> None:
    view = f"layer=industrial-parks&lang={lang}"
    text = body_of(client, f"/view.csv?{view}").decode("utf-8-sig")
    assert {row["plan"] for row in csv.DictReader(io.StringIO(text))} == {said}
    for file_format in ("kml", "html"):
        assert said in body_of(client, f"/view.{file_format}?{view}").decode()


def test_the_page_is_given_every_heading_in_both_languages(client: TestClient, pack: Pack) -> None:
    outline = json.loads(body_of(client, "/pack.json"))["outline"]
    assert [one["title_en"] for one in outline] == [one.title_en for one in pack.outline]
    assert all(one["title"] and one["title_en"] for one in outline)


def test_a_text_that_begins_like_a_formula_stays_text() -> None:
    sheet = openpyxl.Workbook(write_only=True).create_sheet()
    assert cell(sheet, "=1+1").data_type == "s"
    assert without_formula("=1+1") == "'=1+1"


def test_every_data_face_has_a_reader_here() -> None:
    assert {file_format.ext for file_format in DATA} == set(READERS)


def test_cards_name_what_is_listed_in_the_readers_language(client: TestClient) -> None:
    written = body_of(client, "/view.kml?layer=industrial-parks&lang=en").decode()
    balloons = "".join(re.findall("<description>.*?</description>", written, re.DOTALL))
    assert "fine chemicals" in balloons
    assert "精细化工" not in balloons
