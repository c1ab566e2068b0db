"""Vector tiles: what is in them, what is not, and how long they may be kept."""

from typing import Any

import mapbox_vector_tile
import pytest
from fastapi.testclient import TestClient

from app.web.tilesets import GRID, cell_of

CITY = (120.4, 40.6)
PLAN = f"/api/collections/plan/tiles/{GRID}"


def tile(client: TestClient, path: str, zoom: int, **params: str) -> dict[str, Any]:
    column, row = cell_of(*CITY, zoom)
    answer = client.get(f"{path}/{zoom}/{row}/{column}", params=params or None)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    return dict(mapbox_vector_tile.decode(answer.content))


def test_a_tile_of_the_whole_has_a_layer_per_layer(client: TestClient) -> None:
    found = tile(client, f"/api/tiles/{GRID}", 8)
    layers = [one["id"] for one in client.get("/pack.json").json()["layers"]]
    assert found.keys() <= set(layers)
    assert len(found) > 10


def test_the_collections_of_a_tile_may_be_chosen(client: TestClient) -> None:
    found = tile(client, f"/api/tiles/{GRID}", 8, collections="boundaries,places")
    assert found.keys() == {"boundaries", "places"}
    assert {one["properties"]["code"] for one in found["boundaries"]["features"]} >= {"211421"}
    wrong = client.get(f"/api/tiles/{GRID}/8/96/213", params={"collections": "nothing"})
    assert wrong.status_code == 404


def test_a_tile_holds_exactly_the_items_in_it(client: TestClient) -> None:
    zoom = 12
    seen: set[str] = set()
    left, top = cell_of(119.1, 41.4, zoom)
    right, bottom = cell_of(121.3, 39.8, zoom)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            answer = client.get(
                f"/api/collections/industrial-parks/tiles/{GRID}/{zoom}/{row}/{column}"
            )
            if answer.status_code == 200:
                layer = mapbox_vector_tile.decode(answer.content)["industrial-parks"]
                seen |= {one["properties"]["id"] for one in layer["features"]}
    parks = client.get("/api/collections/industrial-parks/items").json()["features"]
    assert seen == {one["id"] for one in parks}


def test_far_out_what_falls_together_is_one_with_its_count(client: TestClient) -> None:
    matched = client.get("/api/collections/plan/items").json()["numberMatched"]
    far = tile(client, PLAN, 0)["plan"]["features"]
    assert len(far) < matched / 4
    located = sum(one["properties"]["count"] for one in far)
    assert located > matched / 3
    near = tile(client, PLAN, 10)["plan"]["features"]
    assert all("count" not in one["properties"] for one in near)
    assert all(one["properties"]["name"] for one in near)


def test_low_zooms_stay_small(client: TestClient) -> None:
    for zoom in (0, 4, 6, 7, 8, 9):
        column, row = cell_of(*CITY, zoom)
        answer = client.get(f"{PLAN}/{zoom}/{row}/{column}")
        assert len(answer.content) < 120_000, zoom


def test_an_empty_tile_is_204(client: TestClient) -> None:
    answer = client.get(f"{PLAN}/8/0/0")
    assert answer.status_code == 204
    assert answer.content == b""


@pytest.mark.parametrize("at", ["99/0/0", "17/0/0", "2/4/0", "2/0/4", "-1/0/0", "a/0/0", "1/1e0/0"])
def test_a_tile_outside_the_grid_is_404(client: TestClient, at: str) -> None:
    answer = client.get(f"{PLAN}/{at}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_there_is_one_grid(client: TestClient) -> None:
    assert client.get("/api/tiles/WorldCRS84Quad").status_code == 404
    assert client.get("/api/tileMatrixSets/WorldCRS84Quad").status_code == 404


def test_a_tile_with_its_version_may_be_kept_a_year(client: TestClient) -> None:
    body = client.get(f"/api/tiles/{GRID}", params={"f": "tilejson"}).json()
    template = body["tiles"][0]
    column, row = cell_of(*CITY, 8)
    url = template.replace("{z}", "8").replace("{y}", str(row)).replace("{x}", str(column))
    answer = client.get(url)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["etag"].startswith('"')
    plain = client.get(f"/api/tiles/{GRID}/8/{row}/{column}", params={"v": "old"})
    assert "must-revalidate" in plain.headers["cache-control"]


def test_tilejson_names_the_attributes_tiles_have(client: TestClient) -> None:
    body = client.get(f"{PLAN}?f=tilejson").json()
    (layer,) = body["vector_layers"]
    for one in tile(client, PLAN, 10)["plan"]["features"]:
        assert one["properties"].keys() <= layer["fields"].keys()
