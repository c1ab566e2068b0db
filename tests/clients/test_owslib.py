"""OWSLib reads the service: collections, queryables, items by CQL2, sorted, paged."""

import pytest
from owslib.ogcapi.features import Features

from app.pack.pack import Pack
from app.settings import ROOT


@pytest.fixture(scope="module")
def client(api: str) -> Features:
    return Features(api)


def test_it_finds_the_parts_by_the_links(client: Features) -> None:
    assert client.api()["openapi"].startswith("3.0")
    assert any(one.endswith("cql2-text") for one in client.conformance()["conformsTo"])


def test_it_lists_every_collection(client: Features) -> None:
    layers = [layer.id for layer in Pack(ROOT).layers]
    found = client.feature_collections()
    mixed = [id for id in found if id.rpartition("-")[2] not in ("points", "lines", "areas")]
    assert mixed == [*layers, "plan", "boundaries", "places"]
    assert {"transport-points", "transport-lines", "transport-areas"} <= set(found)


def test_each_layer_has_the_count_it_says(client: Features) -> None:
    for one in client.collections()["collections"]:
        items = client.collection_items(one["id"], limit=1)
        assert items["numberMatched"] == one["itemCount"]


def test_it_reads_queryables_and_filters_by_them(client: Features) -> None:
    assert client.collection_queryables("transport")["properties"]["counties"]["type"] == "array"
    found = client.collection_items(
        "plan", filter="A_CONTAINS(counties, ('211421')) AND name LIKE '%港%'", limit=1000
    )
    assert found["numberReturned"] > 0
    for feature in found["features"]:
        assert "211421" in feature["properties"]["counties"]
        assert "港" in feature["properties"]["name"]


def test_it_sorts_and_pages(client: Features) -> None:
    first = client.collection_items("plan", sortby=("uncertainty_m", "desc"), limit=5)
    values = [one["properties"]["uncertainty_m"] for one in first["features"]]
    assert values == sorted(values, reverse=True)
    second = client.collection_items("plan", sortby=("uncertainty_m", "desc"), limit=5, offset=5)
    ids = {one["id"] for one in (*first["features"], *second["features"])}
    assert len(ids) == 10


def test_it_reads_one_item(client: Features) -> None:
    assert client.collection_item("industrial-parks", "park-dongdaihe")["id"] == "park-dongdaihe"
