"""The QGIS project opens this service, grouped and styled as the page is."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient


def project(client: TestClient, path: str = "/plan.qgz") -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["plan.qgs"]
        return ElementTree.fromstring(archive.read("plan.qgs"))


def test_it_has_every_layer_by_family_of_geometry_from_the_address_it_was_asked_at(
    client: TestClient,
) -> None:
    found = {one.findtext("layername"): one for one in project(client).iter("maplayer")}
    layers = {layer["id"] for layer in client.get("/pack.json").json()["layers"]}
    known = {
        one["title"]: one["id"]
        for one in client.get("/api/collections?lang=zh").json()["collections"]
        if one["id"].rpartition("-")[0] in layers
        and one["id"].rpartition("-")[2] in ("points", "lines", "areas")
    }
    assert found.keys() == known.keys()
    for title, layer in found.items():
        source = layer.findtext("datasource")
        assert f"typename='{known[title]}'" in source
        assert "url='http://testserver/api'" in source
        renderer = layer.find("renderer-v2")
        assert renderer.get("type") == "categorizedSymbol"
        symbols = {one.get("name") for one in renderer.iter("symbol")}
        assert {one.get("symbol") for one in renderer.iter("category")} <= symbols
        assert layer.find("labeling") is not None


def test_its_groups_are_the_packs_and_it_opens_on_the_city(client: TestClient) -> None:
    root = project(client, "/plan.qgz?lang=en")
    tree = root.find("layer-tree-group")
    pack = client.get("/pack.json").json()
    groups = [one.get("name") for one in tree.findall("layer-tree-group")]
    assert groups == [one["title_en"] for one in pack["families"]]
    ids = {one.findtext("id") for one in root.iter("maplayer")}
    assert {one.get("id") for one in tree.iter("layer-tree-layer")} == ids
    extent = root.find("mapcanvas/extent")
    box = [float(extent.findtext(name)) for name in ("xmin", "ymin", "xmax", "ymax")]
    assert box == pytest.approx(pack["frame"])


def test_it_is_the_same_bytes_again_and_of_another_city_too(
    client: TestClient, tiny_client: TestClient
) -> None:
    assert client.get("/plan.qgz").content == client.get("/plan.qgz").content
    assert client.get("/plan.qgz?layer=energy").status_code == 400
    assert len(list(project(tiny_client).iter("maplayer"))) > 0
