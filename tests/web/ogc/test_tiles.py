"""Vector tiles: what is in them, what is not, and how long they may be kept."""

import gzip
import re
from itertools import product
from typing import Any

import mapbox_vector_tile
import pytest
from fastapi.testclient import TestClient

from app.web.api.tilesets import GRID, cell_of

HAN = re.compile("[\u4e00-\u9fff]")
CITY = (120.4, 40.6)
PLAN = f"/api/collections/plan/tiles/{GRID}"


def tile(
    client: TestClient, path: str, zoom: int, at: tuple[float, float] = CITY, **params: str
) -> dict[str, Any]:
    column, row = cell_of(*at, zoom)
    answer = client.get(f"{path}/{zoom}/{row}/{column}", params=params or None)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    return dict(mapbox_vector_tile.decode(answer.content))


def position(client: TestClient, collection: str) -> tuple[float, float]:
    """Where the first point of a collection lies, so that its tile holds something."""
    path = f"/api/collections/{collection}-points/items"
    lng, lat = client.get(path, params={"limit": "1"}).json()["features"][0]["geometry"][
        "coordinates"
    ]
    return lng, lat


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


@pytest.mark.parametrize("zoom", [0, 4, 8, 9, 10])
def test_every_item_is_in_the_tiles_with_its_id(client: TestClient, zoom: int) -> None:
    box = (119.15, 39.88, 121.2, 41.32)
    left, top = cell_of(box[0], box[3], zoom)
    right, bottom = cell_of(box[2], box[1], zoom)
    held: dict[str, set[int]] = {}
    for row, column in product(range(top, bottom + 1), range(left, right + 1)):
        body = client.get(f"/api/tiles/{GRID}/{zoom}/{row}/{column}").content
        for layer in mapbox_vector_tile.decode(body).values() if body else ():
            for one in layer["features"]:
                held.setdefault(one["properties"]["id"], set()).add(one["id"])
    items = client.get(
        "/api/collections/plan/items",
        params={"limit": "10000", "bbox": ",".join(map(str, box))},
    ).json()["features"]
    assert held.keys() >= {one["id"] for one in items if one["geometry"]}
    assert all(len(numbers) == 1 for numbers in held.values())
    assert len(set().union(*held.values())) == len(held)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_low_zooms_stay_small(client: TestClient, lang: str) -> None:
    """Every item of the city in a tile or two: what many share is a repeat that compresses away."""
    for zoom in (0, 4, 6, 7, 8, 9, 10):
        column, row = cell_of(*CITY, zoom)
        answer = client.get(f"{PLAN}/{zoom}/{row}/{column}", params={"lang": lang})
        assert len(answer.content) < 250_000, zoom
        assert len(gzip.compress(answer.content)) < 40_000, zoom


@pytest.mark.parametrize("collection", ["plan", "places", "boundaries"])
@pytest.mark.parametrize("zoom", [5, 6, 8, 9, 12])
def test_a_tile_may_call_what_it_holds_by_its_english_names(
    client: TestClient, collection: str, zoom: int
) -> None:
    path = f"/api/collections/{collection}/tiles/{GRID}"
    found, other, same = (
        tile(client, path, zoom, **asked)[collection]["features"]
        for asked in ({"lang": "en"}, {}, {"lang": "zh"})
    )
    assert same == other
    items = client.get(f"/api/collections/{collection}/items", params={"limit": "10000"}).json()
    given = {one["properties"].get("id", one["id"]): one["properties"] for one in items["features"]}
    for one, beside in zip(found, other, strict=True):
        said, first = one["properties"], beside["properties"]
        about = given[said["id"]]
        if "name" in first:
            assert first["name"] == about["name"]
            assert said.pop("name") == (about.get("name_en") or about["name"])
        first = {name: text for name, text in first.items() if name not in ("name", "name_en")}
        assert said == first
        assert (one["id"], one["geometry"]) == (beside["id"], beside["geometry"])


def test_a_style_in_english_asks_for_tiles_in_english(client: TestClient) -> None:
    column, row = cell_of(*CITY, 8)
    for lang, asked in (("en", True), ("zh", False)):
        style = client.get("/style.json", params={"lang": lang}).json()
        (url,) = client.get(style["sources"]["plan"]["url"]).json()["tiles"]
        url = url.replace("{z}", "8").replace("{y}", str(row)).replace("{x}", str(column))
        names = [
            one["properties"]["name"]
            for layer in mapbox_vector_tile.decode(client.get(url).content).values()
            for one in layer["features"]
        ]
        assert any(HAN.search(name) for name in names) != asked
    assert client.get(f"{PLAN}/8/{row}/{column}", params={"lang": "xx"}).status_code == 400


def test_an_empty_tile_is_204(client: TestClient) -> None:
    answer = client.get(f"{PLAN}/8/{cell_of(60, 45, 8)[1]}/{cell_of(60, 45, 8)[0]}")
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


@pytest.mark.parametrize(
    ("collection", "zoom"),
    [*product(("plan", "boundaries", "places"), (0, 8, 12)), ("industrial-parks", 8)],
)
def test_tilejson_names_the_attributes_tiles_have(
    client: TestClient, collection: str, zoom: int
) -> None:
    path = f"/api/collections/{collection}/tiles/{GRID}"
    (layer,) = client.get(f"{path}?f=tilejson").json()["vector_layers"]
    (described,) = client.get(path).json()["layers"]
    at = position(client, collection) if collection == "industrial-parks" else CITY
    for one in tile(client, path, zoom, at)[collection]["features"]:
        assert one["properties"].keys() <= layer["fields"].keys()
        assert one["properties"].keys() <= described["propertiesSchema"]["properties"].keys()
        assert one["properties"]["id"]
