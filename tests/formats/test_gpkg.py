"""A GeoPackage has a table per family of geometry, with names of their own, styled for QGIS."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pyogrio
import pytest
from fastapi.testclient import TestClient

from tests.formats.readers import item_layers

FAMILIES = ("points", "lines", "areas")


def opened(client: TestClient, path: str, folder: Path) -> Path:
    file = folder / "view.gpkg"
    answer = client.get(path)
    assert answer.status_code == 200
    file.write_bytes(answer.content)
    return file


@pytest.mark.parametrize("layer", ["transport", "energy", ""])
def test_each_family_has_a_table_of_one_type_and_the_unlocated_one_of_theirs(
    client: TestClient, tmp_path: Path, layer: str
) -> None:
    query = f"?layer={layer}" if layer else ""
    file = opened(client, f"/view.gpkg{query}", tmp_path)
    features = json.loads(client.get(f"/view.geojson{query}").content)["features"]
    base = layer or "plan"
    assert set(item_layers(file)) <= {f"{base}_{one}" for one in (*FAMILIES, "unlocated")}
    for name in item_layers(file):
        table = pyogrio.read_dataframe(file, layer=name)
        if name.endswith("_unlocated"):
            lost = [one["id"] for one in features if one["geometry"] is None]
            assert table["id"].tolist() == lost
        else:
            (type,) = set(table.geometry.geom_type)
            assert pyogrio.read_info(file, layer=name)["geometry_type"] == type


def test_the_tables_of_several_layers_have_different_names(
    client: TestClient, tmp_path: Path
) -> None:
    names = [
        name
        for layer in ("transport", "energy", "industrial-parks")
        for name in item_layers(opened(client, f"/view.gpkg?layer={layer}", tmp_path))
    ]
    assert len(set(names)) == len(names)
    assert "industrial_parks_points" in names


def test_a_collection_of_places_keeps_one_table(client: TestClient, tmp_path: Path) -> None:
    for id in ("places", "boundaries"):
        file = opened(client, f"/api/collections/{id}/items?f=gpkg", tmp_path)
        assert item_layers(file) == [id]


def test_styles_are_where_qgis_looks_for_them(client: TestClient, tmp_path: Path) -> None:
    file = opened(client, "/view.gpkg?layer=transport", tmp_path)
    layer = next(
        one for one in client.get("/pack.json").json()["layers"] if one["id"] == "transport"
    )
    colour = ",".join(str(int(layer["colour"][at : at + 2], 16)) for at in (1, 3, 5))
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        contents = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents"))
    assert [row[0] for row in rows] == [f"transport_{one}" for one in FAMILIES]
    assert contents["layer_styles"] == "attributes"
    for _, column, text, default in rows:
        assert (column, default) == ("geom", 1)
        style = ElementTree.fromstring(text)
        renderer = style.find("renderer-v2")
        assert renderer is not None
        assert renderer.get("attr") == "category"
        titles = {one.get("value"): one.get("label") for one in renderer.iter("category")}
        known = {one["id"]: one["title"] for one in layer["categories"]}
        assert titles.items() <= known.items()
        assert f"{colour},255" in text
