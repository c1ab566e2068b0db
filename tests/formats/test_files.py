"""Files for programs that are not ours: each read by a reader that did not write it."""

import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyogrio
import pytest
import shapely
from fastapi.testclient import TestClient
from PIL import Image
from shapely.geometry import shape

from app.catalog.catalog import Catalog
from app.domain.schema import ROW
from app.domain.text.cleaning import LIST_SEPARATOR
from app.formats.gis.fgb import render as render_fgb
from app.pack.pack import Pack
from app.selection.selection import Selection
from app.view.view import View
from tests.formats.range_server import served
from tests.formats.readers import item_layers

KML = "{http://www.opengis.net/kml/2.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
OGRINFO = shutil.which("ogrinfo")
GRID = 4528
"""The city's zone of the national grid."""


def body_of(client: TestClient, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.content


def features_of(client: TestClient, query: str) -> list[dict[str, Any]]:
    found = json.loads(body_of(client, f"/view.geojson?{query}"))["features"]
    return [feature for feature in found if feature["geometry"]]


def ogrinfo(*arguments: str) -> str:
    assert OGRINFO, "gdal-bin is needed: see tools/system"
    environment = {**os.environ, "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR"}
    done = subprocess.run(
        [OGRINFO, "-ro", *arguments], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stderr == ""
    return done.stdout


def ids_in_box(url: str, box: tuple[float, float, float, float]) -> set[str]:
    text = ogrinfo("-q", "-al", "-geom=NO", "-spat", *map(str, box), f"/vsicurl/{url}")
    return set(re.findall(r"^  id \(String\) = (\S+)", text, re.M))


def test_of_many_places_a_box_of_five_kilometres_takes_less_than_a_fifth(pack: Pack) -> None:
    places = [
        {
            "type": "Feature", "id": f"p{x}-{y}", "properties": {"name": "地" * 60},
            "geometry": {"type": "Point", "coordinates": [119.2 + x / 40, 39.9 + y / 40]},
        }
        for x in range(70) for y in range(50)
    ]  # fmt: skip
    properties = tuple(one for one in ROW if one.id in ("id", "name"))
    body = render_fgb(
        Selection(Catalog(pack), "v", View(), places, "zh", "", properties=properties)
    )
    box = (120.3, 40.5, 120.36, 40.545)
    with served(body, "view.fgb") as file:
        found = ids_in_box(file.url, box)
    assert len(found) == sum(shape(one["geometry"]).intersects(shapely.box(*box)) for one in places)
    assert 0 < len(file.taken) < len(body) / 5


def test_the_indexed_file_holds_what_has_a_place_and_says_how_many_have_none(
    client: TestClient, tmp_path: Path
) -> None:
    path = tmp_path / "view.fgb"
    path.write_bytes(body_of(client, "/view.fgb?layer=agriculture"))
    everything = json.loads(body_of(client, "/view.geojson?layer=agriculture"))["features"]
    located = {one["id"]: one for one in everything if one["geometry"]}
    frame = pyogrio.read_dataframe(path)
    assert set(frame["id"]) == set(located)
    for row in frame[frame["method"] != "counties"].itertuples():
        assert row.geometry.equals(shape(located[row.id]["geometry"]))
    facts = pyogrio.read_info(path)["layer_metadata"]
    left_out = len(everything) - len(located)
    assert left_out > 0
    assert (facts["located"], facts["left_out"]) == (str(len(located)), str(left_out))
    assert f"未定位而未收入的项目：{left_out}" in body_of(
        client, "/view.fgb?layer=agriculture"
    ).decode(errors="ignore")


def test_styles_stand_before_folders_and_ids_are_used_once(client: TestClient) -> None:
    document = ElementTree.fromstring(
        body_of(client, "/view.kml?layer=industrial-parks,transport,energy")
    )[0]
    tags = [one.tag.removeprefix(KML) for one in document]
    assert max(i for i, tag in enumerate(tags) if tag == "Style") < tags.index("Folder")
    ids = [one.get("id") for one in document.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    text = body_of(client, "/view.geojson?layer=industrial-parks,transport,energy")
    found = json.loads(text)["features"]
    wanted = {one["id"] for one in found}
    looks = {(one["properties"]["layer"], one["properties"]["status"]) for one in found}
    assert tags.count("Style") >= len(looks) > 3
    assert {one.get("id") for one in document.iter(f"{KML}Placemark")} == wanted
    styles = {f"#{one.get('id')}" for one in document.iter(f"{KML}Style")}
    assert {one.text for one in document.iter(f"{KML}styleUrl")} == styles


def test_the_symbols_of_placemarks_are_in_the_file(client: TestClient) -> None:
    """A reader that has no network draws them, and none asks its maker's server."""
    document = ElementTree.fromstring(body_of(client, "/view.kml?layer=transport"))[0]
    icons = {
        one.get("id", ""): one.findtext(f"{KML}IconStyle/{KML}Icon/{KML}href") or ""
        for one in document.iter(f"{KML}Style")
    }
    assert all(icon.startswith("data:image/png;base64,") for icon in icons.values())
    assert len(set(icons.values())) == len(icons), "category and status are told apart"
    ports = {id: icon for id, icon in icons.items() if ".anchor." in id}
    assert {"style.transport.anchor.existing", "style.transport.anchor.planned"} <= set(ports)


def test_a_symbol_has_the_colour_of_its_layer_and_the_fill_of_its_status(
    client: TestClient,
) -> None:
    document = ElementTree.fromstring(body_of(client, "/view.kml?layer=transport"))[0]
    layers = {one["id"]: one for one in json.loads(body_of(client, "/pack.json"))["layers"]}
    colour = tuple(bytes.fromhex(layers["transport"]["colour"][1:]))
    shares = {}
    for status in ("existing", "planned"):
        style = next(
            one for one in document.iter(f"{KML}Style")
            if one.get("id") == f"style.transport.anchor.{status}"
        )  # fmt: skip
        href = style.findtext(f"{KML}IconStyle/{KML}Icon/{KML}href") or ""
        image = Image.open(io.BytesIO(base64.b64decode(href.partition(",")[2]))).convert("RGBA")
        assert image.size == (56, 56)
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)
        pixels = list(image.get_flattened_data())
        shares[status] = sum(pixel == (*colour, 255) for pixel in pixels)
    assert shares["existing"] > 1.5 * shares["planned"] > 0


def test_a_kml_says_whose_it_is(client: TestClient) -> None:
    document = ElementTree.fromstring(body_of(client, "/view.kml?layer=transport&title=汇报"))[0]
    assert document.findtext(f"{ATOM}author/{ATOM}name") == "葫芦岛规划一张图"
    data = {
        one.get("name"): one.findtext(f"{KML}value")
        for one in document.findall(f"{KML}ExtendedData/{KML}Data")
    }
    assert data["title"] == "汇报"
    assert data["updated"]
    assert data["language"] == "zh-CN"


def test_a_csv_gives_single_points_their_coordinates_and_gdal_the_geometry(
    client: TestClient, tmp_path: Path
) -> None:
    path = tmp_path / "view.csv"
    path.write_bytes(body_of(client, "/view.csv?layer=transport"))
    located = {one["id"]: one["geometry"] for one in features_of(client, "layer=transport")}
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    for row in rows:
        geometry = located.get(row["id"])
        point = geometry and geometry["type"] == "Point"
        assert (bool(row["lng"]), bool(row["lat"])) == (bool(point), bool(point))
        if point:
            assert [float(row["lng"]), float(row["lat"])] == geometry["coordinates"]
    frame = pyogrio.read_dataframe(path)
    assert sum(frame.geometry.notna()) == len(located) > 20


@pytest.mark.parametrize("ext", ["csv", "gpkg", "fgb", "kml", "shp.zip"])
def test_entries_of_lists_are_parted_alike_wherever_there_are_no_lists(
    client: TestClient, ext: str, tmp_path: Path
) -> None:
    path = tmp_path / f"view.{ext}"
    path.write_bytes(body_of(client, f"/view.{ext}?layer=industrial-parks"))
    source = f"/vsizip/{path}/items_point.shp" if ext == "shp.zip" else str(path)
    frame = pyogrio.read_dataframe(source, layer=item_layers(source)[0])
    wanted = {
        one["id"]: LIST_SEPARATOR.join(one["properties"]["industries"])
        for one in features_of(client, "layer=industrial-parks")
        if one["geometry"]["type"] == "Point" and one["properties"].get("industries")
    }
    found = dict(zip(frame["id"], frame["industries"], strict=True))
    assert wanted
    assert {id: found[id] for id in wanted} == wanted
    assert any(LIST_SEPARATOR in text for text in wanted.values())


def test_no_sniffer_takes_the_mark_within_lists_for_the_one_between_columns(
    client: TestClient,
) -> None:
    text = body_of(client, "/view.csv?layer=industrial-parks").decode("utf-8-sig")
    assert csv.Sniffer().sniff(text[:4000]).delimiter == ","


@pytest.mark.parametrize("ext", ["gpkg", "fgb", "shp.zip"])
@pytest.mark.parametrize("code", [4326, 4490, 3857, GRID])
def test_files_are_written_in_the_crs_asked_for(
    client: TestClient, ext: str, code: int, tmp_path: Path
) -> None:
    path = tmp_path / f"view.{ext}"
    path.write_bytes(body_of(client, f"/view.{ext}?layer=industrial-parks&crs=EPSG:{code}"))
    source = f"/vsizip/{path}/items_point.shp" if ext == "shp.zip" else str(path)
    frame = pyogrio.read_dataframe(source, layer=item_layers(source)[0])
    assert frame.crs.to_epsg() == code
    text = ogrinfo("-so", "-al", source)
    assert f'"EPSG",{code}' in text
    degrees = {one["id"]: one["geometry"] for one in features_of(client, "layer=industrial-parks")}
    for id, geometry in zip(frame["id"], frame.to_crs("OGC:CRS84").geometry, strict=True):
        if id in degrees and degrees[id]["type"] == "Point":
            assert geometry.distance(shape(degrees[id])) < 1e-5


def test_a_crs_that_is_not_offered_is_answered_with_those_that_are(client: TestClient) -> None:
    for ext in ("gpkg", "fgb", "shp.zip", "jsonfg"):
        answer = client.get(f"/view.{ext}?layer=energy&crs=EPSG:4214")
        assert answer.status_code == 400
        assert all(f"EPSG:{code}" in answer.text for code in (4326, 4490, 3857, GRID))
    assert client.get("/view.csv?layer=energy&crs=EPSG:4490").status_code == 400
    by_uri = "http://www.opengis.net/def/crs/EPSG/0/4490"
    assert body_of(client, f"/view.fgb?layer=energy&crs={by_uri}") == body_of(
        client, "/view.fgb?layer=energy&crs=4490"
    )


def test_json_fg_gives_places_in_the_crs_asked_for(client: TestClient) -> None:
    found = json.loads(body_of(client, f"/view.jsonfg?layer=industrial-parks&crs=EPSG:{GRID}"))
    assert found["coordRefSys"].endswith(f"/{GRID}")
    northing, easting = next(
        one["place"]["coordinates"] for one in found["features"] if one["place"]["type"] == "Point"
    )
    assert 4.3e6 < northing < 4.6e6
    assert 40.3e6 < easting < 40.7e6


def test_a_view_of_nothing_is_an_empty_shapefile(client: TestClient, tmp_path: Path) -> None:
    body = body_of(client, "/view.shp.zip?q=没有这样的项目")
    zipfile.ZipFile(io.BytesIO(body)).extractall(tmp_path)
    endings = {path.suffix for path in tmp_path.glob("items_point.*")}
    assert endings >= {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    text = ogrinfo("-so", "-al", str(tmp_path / "items_point.shp"))
    assert "Feature Count: 0" in text
    assert "Geometry: Point" in text
