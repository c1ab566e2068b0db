"""What the map services say of requests that make no sense, and which they understand."""

from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

MAP = {
    "SERVICE": "WMS", "VERSION": "1.3.0", "REQUEST": "GetMap", "LAYERS": "transport",
    "STYLES": "", "CRS": "EPSG:4326", "BBOX": "40.5,120.6,40.7,120.9", "WIDTH": "90",
    "HEIGHT": "60", "FORMAT": "image/png",
}  # fmt: skip
TILE = {
    "SERVICE": "WMTS", "VERSION": "1.0.0", "REQUEST": "GetTile", "LAYER": "transport",
    "STYLE": "light", "TILEMATRIXSET": "WebMercatorQuad", "TILEMATRIX": "8", "TILEROW": "96",
    "TILECOL": "213", "FORMAT": "image/png",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("LAYERS", "transport,nowhere", "LayerNotDefined"),
        ("LAYERS", "", "MissingParameterValue"),
        ("STYLES", "loud", "StyleNotDefined"),
        ("CRS", "EPSG:1", "InvalidCRS"),
        ("FORMAT", "image/jpeg", "InvalidFormat"),
        ("BBOX", "1,2,3", "InvalidParameterValue"),
        ("BBOX", "40.7,120.9,40.5,120.6", "InvalidParameterValue"),
        ("BBOX", "nan,0,1,1", "InvalidParameterValue"),
        ("BBOX", "0,0,1e-300,1e-300", "InvalidParameterValue"),
        ("WIDTH", "5000", "InvalidParameterValue"),
        ("WIDTH", "0", "InvalidParameterValue"),
        ("BGCOLOR", "red", "InvalidParameterValue"),
        ("REQUEST", "GetMaps", "OperationNotSupported"),
        ("SERVICE", "WFS", "InvalidParameterValue"),
        ("county", "沈阳市", "InvalidParameterValue"),
    ],
)
def test_wms_reports_name_the_value_and_what_is_allowed(
    client: TestClient, name: str, value: str, code: str
) -> None:
    answer = client.get("/wms", params={**MAP, name: value})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{http://www.opengis.net/ogc}ServiceExceptionReport"
    assert root[0].get("code") == code
    assert "expected" in (root[0].text or "")
    assert value in (root[0].text or "") or "," in value


def test_version_1_1_has_reports_of_its_own(client: TestClient) -> None:
    asked = {**MAP, "VERSION": "1.1.1", "LAYERS": "nowhere"}
    answer = client.get("/wms", params=asked)
    assert answer.headers["content-type"] == "application/vnd.ogc.se_xml"
    assert b'version="1.1.1"' in answer.content
    assert b"locator" not in answer.content, "its document type has none"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("LAYER", "nowhere", "InvalidParameterValue"),
        ("LAYER", "", "MissingParameterValue"),
        ("TILEMATRIX", "40", "InvalidParameterValue"),
        ("TILECOL", "256", "TileOutOfRange"),
        ("TILEROW", "-1", "TileOutOfRange"),
        ("TILEMATRIXSET", "Mars", "InvalidParameterValue"),
        ("REQUEST", "GetCoverage", "OperationNotSupported"),
    ],
)
def test_wmts_reports(client: TestClient, name: str, value: str, code: str) -> None:
    answer = client.get("/wmts", params={**TILE, name: value})
    assert answer.status_code == 400
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "{http://www.opengis.net/ows/1.1}ExceptionReport"
    assert root[0].get("exceptionCode") == code
    assert root[0].get("locator") == name


def test_names_come_in_any_case_and_those_of_programs_are_left_alone(client: TestClient) -> None:
    """QGIS, Leaflet, OpenLayers and GeoServer's clients add parameters of their own."""
    asked = {name.lower(): value for name, value in MAP.items()}
    first = client.get("/wms", params={**asked, "transparent": "TRUE", "MAP_RESOLUTION": "96"})
    others = {"DPI": "96", "FORMAT_OPTIONS": "dpi:96", "TILED": "true", "_OLSALT": "0.1"}
    again = client.get("/wms", params={**MAP, "TRANSPARENT": "true", **others})
    assert first.status_code == again.status_code == 200
    assert first.content == again.content


def test_the_view_chooses_and_stays_in_every_address(client: TestClient) -> None:
    asked = {
        "SERVICE": "WMS",
        "REQUEST": "GetCapabilities",
        "county": "绥中县",
        "status": "planned",
    }
    for version, space in (("1.3.0", "{http://www.opengis.net/wms}"), ("1.1.1", "")):
        answer = client.get("/wms", params={**asked, "VERSION": version})
        root = ElementTree.fromstring(answer.content)
        address = "{http://www.w3.org/1999/xlink}href"
        found = [one.get(address, "") for one in root.iter(f"{space}OnlineResource")]
        of_service = [one for one in found if "/wms?" in one]
        assert len(of_service) > 10
        assert all(
            "county=%E7%BB%A5%E4%B8%AD%E5%8E%BF&status=planned&" in one for one in of_service
        )
    whole = client.get("/wms", params={**MAP, "TRANSPARENT": "TRUE"}).content
    assert (
        client.get("/wms", params={**MAP, "TRANSPARENT": "TRUE", "county": "211422"}).content
        != whole
    )


def test_the_base_map_holds_no_items(client: TestClient) -> None:
    asked = {**MAP, "REQUEST": "GetFeatureInfo", "QUERY_LAYERS": "basemap", "I": "1", "J": "1"}
    answer = client.get("/wms", params=asked)
    assert b"LayerNotQueryable" in answer.content
    assert client.get(
        "/wms", params={**asked, "QUERY_LAYERS": "transport", "I": "90"}
    ).content.count(b"InvalidPoint")


def test_a_small_pack_is_served_alike(tiny_client: TestClient) -> None:
    answer = tiny_client.get("/wms", params={"SERVICE": "WMS", "REQUEST": "GetCapabilities"})
    layers = [one.text for one in ElementTree.fromstring(answer.content).iter(
        "{http://www.opengis.net/wms}Name")]  # fmt: skip
    assert layers[1] == "plan"
    assert tiny_client.get("/wmts/plan/light/WebMercatorQuad/3/3/6.png").status_code == 200
    assert tiny_client.get("/wmts/plan/default/CGCS2000Quad/3/1/6.png").status_code == 200
