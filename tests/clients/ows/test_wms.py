"""OWSLib and GDAL read the WMS and the WMTS, as GIS engineers use them."""

import io
import re
from pathlib import Path

import httpx2
import pytest
from owslib.util import ServiceException
from owslib.wms import WebMapService
from owslib.wmts import WebMapTileService
from PIL import Image

from app.pack.pack import Pack
from app.settings import ROOT
from tests.clients.gdal import run

LAYERS = ["plan", *(layer.id for layer in Pack(ROOT).layers), "basemap"]
TOWN = (120.70, 40.58, 120.86, 40.70)
"""West, south, east, north of Xingcheng."""
SIZE = (400, 300)


@pytest.fixture(scope="module")
def root(api: str) -> str:
    return api.removesuffix("/api")


def picture(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("RGBA")


def drawn(image: Image.Image) -> int:
    """How many pixels are not transparent."""
    return sum(image.getchannel("A").histogram()[1:])


@pytest.mark.parametrize("version", ["1.1.1", "1.3.0"])
def test_owslib_lists_every_layer_with_its_crs_styles_and_extent(root: str, version: str) -> None:
    wms = WebMapService(f"{root}/wms", version=version)
    assert list(wms.contents) == LAYERS
    assert {one.name for one in wms.operations} >= {"GetCapabilities", "GetMap", "GetFeatureInfo"}
    for name, layer in wms.contents.items():
        assert layer.title, name
        assert {"EPSG:3857", "EPSG:4326", "EPSG:4490", "EPSG:4528"} <= set(layer.crsOptions)
        assert set(layer.styles) == {"light", "dark"}
        west, south, east, north = layer.boundingBoxWGS84
        assert west < east and south < north  # noqa: PT018
    assert wms.contents["transport"].queryable
    assert not wms.contents["basemap"].queryable


@pytest.mark.parametrize("version", ["1.1.1", "1.3.0"])
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490"])
def test_axes_are_in_the_order_of_each_version(root: str, version: str, crs: str) -> None:
    """OWSLib turns the box for 1.3.0: what is drawn is the same."""
    wms = WebMapService(f"{root}/wms", version=version)
    asked = {"layers": ["plan"], "srs": crs, "bbox": TOWN, "size": SIZE, "format": "image/png"}
    image = picture(wms.getmap(**asked, transparent=True).read())
    assert image.size == SIZE
    assert drawn(image) > 5000
    assert image.getchannel("A").getextrema() == (0, 255)
    other = WebMapService(f"{root}/wms", version="1.1.1" if version == "1.3.0" else "1.3.0")
    assert picture(other.getmap(**asked, transparent=True).read()).tobytes() == image.tobytes()


def test_what_is_drawn_at_a_pixel_is_told_in_three_forms(root: str) -> None:
    wms = WebMapService(f"{root}/wms", version="1.3.0")
    item = httpx2.get(f"{root}/api/collections/plan/items/park-dongdaihe").json()
    lng, lat = item["geometry"]["coordinates"]
    asked = {
        "layers": ["industrial-parks"], "query_layers": ["industrial-parks"], "srs": "EPSG:4326",
        "bbox": (lng - 0.02, lat - 0.02, lng + 0.02, lat + 0.02), "size": (401, 401),
        "format": "image/png", "xy": (200, 200), "feature_count": 5,
    }  # fmt: skip
    found = wms.getfeatureinfo(**asked, info_format="application/json").read()
    assert b'"park-dongdaihe"' in found
    for form in ("text/plain", "text/html"):
        text = wms.getfeatureinfo(**asked, info_format=form).read().decode()
        assert "东戴河" in text
        assert "专栏" in text or "章" in text  # where the plan says so
        assert "focus=park-dongdaihe" in text
        assert re.search(r"±|以内|米|公里", text)


def test_what_makes_no_sense_is_a_report_of_the_service(root: str) -> None:
    wms = WebMapService(f"{root}/wms", version="1.3.0")
    asked = {"srs": "EPSG:3857", "bbox": (0, 0, 1, 1), "size": (9, 9), "format": "image/png"}
    with pytest.raises(ServiceException, match="nowhere"):
        wms.getmap(layers=["nowhere"], **asked)


def test_gdal_lists_and_draws_the_wms(root: str, tmp_path: Path) -> None:
    text = run("gdalinfo", f"WMS:{root}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities")
    found = set(re.findall(r"LAYERS=([a-z-]+)", text))
    assert found == set(LAYERS)
    west, south, east, north = TOWN
    source = (
        f"WMS:{root}/wms?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetMap&LAYERS=plan&SRS=EPSG:4326"
        f"&BBOX={west},{south},{east},{north}&FORMAT=image/png&TRANSPARENT=TRUE&STYLES="
    )
    made = tmp_path / "map.png"
    run("gdal_translate", "-q", "-of", "PNG", "-outsize", "300", "300", source, str(made))
    assert len(picture(made.read_bytes()).getcolors(1 << 20) or ()) > 50


def test_owslib_reads_the_tiles(root: str) -> None:
    wmts = WebMapTileService(f"{root}/wmts?county=211481")
    assert list(wmts.contents) == LAYERS
    assert set(wmts.tilematrixsets) == {"WebMercatorQuad", "CGCS2000Quad"}
    body = wmts.gettile(
        layer="plan", tilematrixset="WebMercatorQuad", tilematrix="10", row=386, column=855,
        format="image/png",
    ).read()  # fmt: skip
    assert picture(body).size == (256, 256)
    assert drawn(picture(body)) > 1000
    template = wmts.contents["plan"].resourceURLs[0]["template"]
    assert "county=211481" in template
    for name, value in {
        "Style": "light", "TileMatrixSet": "WebMercatorQuad", "TileMatrix": "10",
        "TileRow": "386", "TileCol": "855",
    }.items():  # fmt: skip
        template = template.replace(f"{{{name}}}", value)
    answer = httpx2.get(template)
    assert answer.content == body
    assert "max-age=31536000" in answer.headers["cache-control"]


@pytest.mark.parametrize("grid", ["WebMercatorQuad", "CGCS2000Quad"])
def test_gdal_reads_the_tiles(root: str, tmp_path: Path, grid: str) -> None:
    source = f"WMTS:{root}/wmts/1.0.0/WMTSCapabilities.xml,layer=plan,tilematrixset={grid}"
    text = run("gdalinfo", source)
    assert ("Pseudo-Mercator" in text) == (grid == "WebMercatorQuad")
    made = tmp_path / "map.png"
    size = ("-outsize", "400", "0")
    run("gdal_translate", "-q", "-of", "PNG", *size, source, str(made))
    assert drawn(picture(made.read_bytes())) > 1500
