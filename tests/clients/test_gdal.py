"""GDAL reads the service: layers, counts, filters, pages, files, tiles."""

import re
from pathlib import Path
from typing import Any

import httpx2
import pyogrio
import pytest

from app.pack.pack import Pack
from app.settings import ROOT
from tests.clients.gdal import count, features, run
from tests.formats.readers import item_layers

LAYERS = tuple(layer.id for layer in Pack(ROOT).layers)
FAMILIES = ("transport-points", "transport-lines", "transport-areas", "plan-lines")
SOME = (*LAYERS, "plan", "boundaries", "places", *FAMILIES)
LARGE = "plan"
TABLES = ("points", "lines", "areas", "unlocated")


@pytest.fixture(scope="module")
def counts(api: str) -> dict[str, int]:
    """What the service itself says."""
    found = httpx2.get(f"{api}/collections").json()["collections"]
    return {one["id"]: one["itemCount"] for one in found}


def test_ogrinfo_lists_every_collection_with_its_title(api: str, counts: dict[str, int]) -> None:
    text = run("ogrinfo", "-ro", f"OAPIF:{api}")
    found = re.findall(r"^\d+: (\S+) \(title: \S+", text, re.M)
    assert found == list(counts)
    assert set(SOME) <= set(found)


@pytest.mark.parametrize("layer", FAMILIES)
def test_a_family_of_geometry_is_one_type_with_every_column(api: str, layer: str) -> None:
    """GDAL looks at the first ten features, as QGIS does."""
    text = run("ogrinfo", "-ro", "-so", f"OAPIF:{api}", layer)
    schema = httpx2.get(f"{api}/collections/{layer}/schema").json()["properties"]
    type = schema["geometry"]["format"].removeprefix("geometry-")
    shown = re.search(r"^Geometry: (.+)$", text, re.M)
    assert shown
    assert shown[1].replace(" ", "").replace("String", "string").lower() == type
    flat = [name for name, one in schema.items() if one.get("type") in ("string", "number")]
    for name in flat:
        assert re.search(rf"^{name}: ", text, re.M), name


@pytest.mark.parametrize("layer", SOME)
def test_each_format_holds_the_same_number(
    api: str, counts: dict[str, int], layer: str, tmp_path: Path
) -> None:
    expected = counts[layer]
    assert expected > 0
    assert count(f"OAPIF:{api}", layer) == expected
    for format in ("csv", "gpkg", "fgb", "geojsonseq"):
        file = tmp_path / f"{layer}.{format}"
        file.write_bytes(httpx2.get(f"{api}/collections/{layer}/items?f={format}").content)
        found = sum(
            pyogrio.read_info(file, layer=name, force_feature_count=True)["features"]
            for name in item_layers(file)
        )
        assert found == (located(api, layer) if format == "fgb" else expected)


def located(api: str, layer: str) -> int:
    """How many have a place: the one format without null geometries leaves out the rest."""
    query = {"limit": "10000"}
    found = httpx2.get(f"{api}/collections/{layer}/items", params=query).json()["features"]
    return sum(one["geometry"] is not None for one in found)


def test_an_equality_is_answered_by_the_service(api: str) -> None:
    where = "status = 'planned' AND category = 'railway'"
    debug = run("ogrinfo", "-ro", "-q", f"OAPIF:{api}", "transport", "-where", where, debug=True)
    assert re.search(r"Fetch\(\S+transport/items\S*[?&]status=planned&category=railway", debug)
    found = features(f"OAPIF:{api}", "transport", "-where", where)
    assert found
    assert {one["properties"]["status"] for one in found} == {"planned"}


def test_an_id_is_answered_by_the_service(api: str) -> None:
    (found,) = features(f"OAPIF:{api}", LARGE, "-where", "id = 'park-dongdaihe'")
    assert found["properties"]["name"].endswith("东戴河新区")


def test_a_box_is_answered_by_the_service(api: str) -> None:
    box = ("119.7", "39.9", "120.2", "40.3")
    found = features(f"OAPIF:{api}", LARGE, "-spat", *box)
    query = {"bbox": ",".join(box), "limit": "10000"}
    asked = httpx2.get(f"{api}/collections/{LARGE}/items", params=query).json()
    assert {one["properties"]["id"] for one in found} == {one["id"] for one in asked["features"]}


def test_a_large_layer_comes_whole_page_by_page(
    api: str, counts: dict[str, int], tmp_path: Path
) -> None:
    file = tmp_path / "plan.gpkg"
    run(
        "ogr2ogr", "-f", "GPKG", str(file), f"OAPIF:{api}", LARGE, "-oo", "PAGE_SIZE=100",
        "-mapFieldType", "StringList=String",
    )  # fmt: skip
    table = pyogrio.read_dataframe(file)
    assert len(table) == counts[LARGE]
    assert table["id"].is_unique
    names = dict(zip(table["id"], table["name"], strict=True))
    asked = httpx2.get(f"{api}/collections/{LARGE}/items?limit=10000").json()["features"]
    assert names == {one["id"]: one["properties"]["name"] for one in asked}


@pytest.mark.parametrize(
    ("code", "place"),
    [("4326", (40.0, 119.9)), ("4490", (40.0, 119.9)), ("3857", None), ("4528", None)],
)
def test_coordinates_land_where_gdal_expects_them(
    api: str, tmp_path: Path, code: str, place: Any
) -> None:
    """A GeoPackage in a CRS, turned back by GDAL, is the GeoJSON of the service."""
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    items = f"{api}/collections/industrial-parks/items"
    file = tmp_path / "parks.gpkg"
    file.write_bytes(httpx2.get(items, params={"f": "gpkg", "crs": uri}).content)
    assert f'"EPSG",{code}' in run("ogrinfo", "-ro", "-so", str(file), "industrial_parks_points")
    back = features(str(file), "industrial_parks_points", "-t_srs", "OGC:CRS84")
    asked = {one["id"]: one for one in httpx2.get(items).json()["features"]}
    assert len(back) == len(asked)
    for one in back:
        lng, lat = one["geometry"]["coordinates"]
        want = asked[one["properties"]["id"]]["geometry"]["coordinates"]
        assert (lng, lat) == pytest.approx(want, abs=2e-6)


def test_gdal_reads_a_tile(api: str, tmp_path: Path) -> None:
    file = tmp_path / "tile.pbf"
    file.write_bytes(
        httpx2.get(f"{api}/collections/{LARGE}/tiles/WebMercatorQuad/8/96/213").content
    )
    text = run("ogrinfo", "-ro", "-al", str(file))
    assert "using driver `MVT'" in text
    assert "绥中" in text
    whole = tmp_path / "whole.pbf"
    whole.write_bytes(httpx2.get(f"{api}/tiles/WebMercatorQuad/8/96/213").content)
    names = set(re.findall(r"^Layer name: (\S+)", run("ogrinfo", "-ro", "-al", str(whole)), re.M))
    assert names <= set(LAYERS)
    assert len(names) > len(LAYERS) / 2


def test_chinese_text_survives_every_format(api: str, tmp_path: Path) -> None:
    items = f"{api}/collections/industrial-parks/items"
    whole = httpx2.get(items).json()["features"]
    names = [one["properties"]["name"] for one in whole]
    located = {one["properties"]["name"] for one in whole if one["geometry"]}
    for format in ("csv", "gpkg", "fgb", "geojsonseq"):
        file = tmp_path / f"parks.{format}"
        file.write_bytes(httpx2.get(items, params={"f": format}).content)
        tables = (pyogrio.read_dataframe(file, layer=layer) for layer in item_layers(file))
        found = [name for table in tables for name in table["name"]]
        if format == "fgb":  # located items, in the order of its index
            assert set(found) == located
        else:
            assert found == names, format
    jsonfg = httpx2.get(items, params={"f": "jsonfg"}).json()["features"]
    assert [one["properties"]["name"] for one in jsonfg] == names


@pytest.mark.parametrize("ext", ["fgb", "gpkg"])
@pytest.mark.parametrize("query", ["", "?layer=transport"])
def test_a_file_is_read_where_it_lies(
    api: str, counts: dict[str, int], ext: str, query: str
) -> None:
    """By byte ranges, without a download."""
    source = f"/vsicurl/{api.removesuffix('/api')}/view.{ext}{query}"
    layer = query.partition("=")[2] or LARGE
    names = {"fgb": ["items"], "gpkg": [f"{layer}_{one}" for one in TABLES]}[ext]
    found = sum(count(source, name) for name in names)
    assert found == (located(api, layer) if ext == "fgb" else counts[layer])
