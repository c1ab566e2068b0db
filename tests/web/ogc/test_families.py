"""One collection per layer and family of geometry: what QGIS and ArcGIS can draw as one layer."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.ogc.asking import get

FAMILIES = {
    "points": ("Point", "MultiPoint"),
    "lines": ("LineString", "MultiLineString"),
    "areas": ("Polygon", "MultiPolygon"),
}


def collections(client: TestClient) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in get(client, "/api/collections")["collections"]}


def items(client: TestClient, id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(client, f"/api/collections/{id}/items", limit="10000")[
        "features"
    ]
    return found


def rel(one: dict[str, Any], name: str) -> list[str]:
    return [link["href"].rpartition("/")[2] for link in one["links"] if link["rel"] == name]


def test_the_families_of_a_collection_hold_all_that_has_a_place(client: TestClient) -> None:
    known = collections(client)
    mixed = [layer["id"] for layer in client.get("/pack.json").json()["layers"]] + ["plan"]
    for id in mixed:
        located = {one["id"] for one in items(client, id) if one["geometry"]}
        parts = [f"{id}-{family}" for family in FAMILIES if f"{id}-{family}" in known]
        held = [one["id"] for part in parts for one in items(client, part)]
        assert sorted(held) == sorted(located), id
        assert rel(known[id], "related") == parts
        for part in parts:
            assert known[part]["itemCount"] > 0, part
            assert rel(known[part], "up") == [id]


def test_a_family_promises_one_type_and_keeps_it(client: TestClient) -> None:
    for id in collections(client):
        types = FAMILIES.get(id.rpartition("-")[2])
        if types is None:
            continue
        schema = get(client, f"/api/collections/{id}/schema")["properties"]["geometry"]
        (type,) = {one["geometry"]["type"] for one in items(client, id)}
        assert type in types
        assert schema["format"] == f"geometry-{type.lower()}"


def test_a_single_geometry_among_several_is_one_of_several(client: TestClient) -> None:
    """Nothing but the type changes."""
    mixed = {one["id"]: one["geometry"] for one in items(client, "transport")}
    parts = items(client, "transport-lines")
    assert {mixed[one["id"]]["type"] for one in parts} == {"LineString", "MultiLineString"}
    for one in parts:
        before, after = mixed[one["id"]], one["geometry"]
        plain = before["coordinates"]
        assert after["type"] == "MultiLineString"
        assert after["coordinates"] == ([plain] if before["type"] == "LineString" else plain)


def test_a_family_is_asked_like_its_layer(client: TestClient) -> None:
    path = "/api/collections/transport-lines/items"
    railways = get(client, path, category="railway", limit="1000")["features"]
    assert 0 < len(railways) < len(items(client, "transport-lines"))
    assert client.get(f"{path}/{railways[0]['id']}").status_code == 200
    point = items(client, "transport-points")[0]["id"]
    assert client.get(f"{path}/{point}").status_code == 404
    assert get(client, "/api/collections/plan-points/items", layer="energy")[
        "numberMatched"
    ] == len(items(client, "energy-points"))


def test_what_has_no_place_comes_last(client: TestClient) -> None:
    for id in ("plan", "energy", "opening-up", "places"):
        without = [one["geometry"] is None for one in items(client, id)]
        assert without == sorted(without), id
        assert any(without), id


@pytest.mark.parametrize("ext", ["geojson", "jsonfg"])
def test_files_of_a_view_carry_every_property_too(client: TestClient, ext: str) -> None:
    schema = get(client, "/api/collections/energy/schema")["properties"]
    found = client.get(f"/view.{ext}", params={"layer": "energy"}).json()["features"]
    names = schema.keys() - {"geometry"}
    assert all(one["properties"].keys() == names for one in found)
    assert any(one["properties"]["voltage_kv"] is None for one in found)


def test_the_schema_is_linked_and_in_order(client: TestClient) -> None:
    for path in ("transport", "transport/items", "transport/items/airport-huludao"):
        answer = client.get(f"/api/collections/{path}")
        if answer.status_code == 404:
            continue
        links = [link for link in answer.json()["links"] if link["rel"] == "describedby"]
        assert [link["type"] for link in links] == ["application/schema+json"]
        assert client.get(links[0]["href"]).status_code == 200
    properties = get(client, "/api/collections/transport/schema")["properties"].values()
    assert [one["x-ogc-propertySeq"] for one in properties] == list(range(1, len(properties) + 1))


def test_the_roles_class_has_both_its_names(client: TestClient) -> None:
    classes = get(client, "/api/conformance")["conformsTo"]
    part = "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf"
    assert {f"{part}/core-roles-features", f"{part}/advanced-property-roles"} <= set(classes)
