"""What the OGC's suites ask beyond the shapes of documents, asked by ourselves."""

import pytest
from fastapi.testclient import TestClient

from app.web.api.tilesets import GRID, cell_of
from tests.web.ogc.asking import EPSG, PLAN, get

CITY = (120.4, 40.6)


def test_the_style_of_every_parameter_is_written_out(client: TestClient) -> None:
    paths = get(client, "/api/openapi.json")["paths"]
    for path, one in paths.items():
        for parameter in one["get"]["parameters"]:
            if parameter["in"] == "query":
                said = parameter["style"], parameter["explode"]
                assert said == ("form", False), (path, parameter["name"])


def test_operations_have_the_names_of_the_standards(client: TestClient) -> None:
    paths = get(client, "/api/openapi.json")["paths"]
    ids = {path: one["get"]["operationId"] for path, one in paths.items()}
    assert len(set(ids.values())) == len(ids)
    tile = "/{tileMatrix}/{tileRow}/{tileCol}"
    for end, name in (("", "getTileSetsList"), ("/{tileMatrixSetId}", "getTileSet"),
                      (f"/{{tileMatrixSetId}}{tile}", "getTile")):  # fmt: skip
        assert ids[f"/tiles{end}"].endswith(f".dataset.vector.{name}")
        assert ids[f"/collections/{{collectionId}}/tiles{end}"].endswith(
            f".collection.vector.{name}"
        )
    assert ids["/collections"] == "getCollectionsList"


@pytest.mark.parametrize(
    ("code", "box"),
    [("4528", "-1.5,50,1.5,53"), ("4528", "1e9,1e9,2e9,2e9"), ("3857", "4e7,4e6,4.1e7,5e6"),
     ("3857", "1e300,0,1e301,1"), ("4490", "119.7,39.9,120.2,40.3"),
     ("4326", "8.68,31.78,123.43,50.11")],
)  # fmt: skip
def test_a_box_where_a_crs_has_no_meaning_holds_nothing(
    client: TestClient, code: str, box: str
) -> None:
    found = get(client, PLAN, bbox=box, bbox_crs=f"{EPSG}{code}")
    assert found["numberMatched"] == 0
    assert found["features"] == []


def test_a_sample_of_ten_has_geometry_and_the_next_page_the_rest(client: TestClient) -> None:
    for one in get(client, "/api/collections")["collections"]:
        first = get(client, f"/api/collections/{one['id']}/items", limit="10")
        empty = [feature["geometry"] is None for feature in first["features"]]
        assert len(set(empty)) == 1, one["id"]
        found = list(first["features"])
        while len(found) < min(first["numberMatched"], 30):
            (url,) = [link["href"] for link in first["links"] if link["rel"] == "next"]
            first = client.get(url).json()
            assert first["features"], one["id"]
            found += first["features"]
        assert len({feature["id"] for feature in found}) == len(found)


def test_who_selects_gets_as_many_as_asked_for(client: TestClient) -> None:
    path = "/api/collections/agri-layout/items"
    whole = get(client, path)
    assert whole["numberReturned"] == whole["numberMatched"]
    some = get(client, path, limit="10", sortby="id")
    assert some["numberReturned"] == min(10, some["numberMatched"])


@pytest.mark.parametrize("code", ["4528", "3857"])
def test_a_box_around_all_the_grid_holds_the_city(client: TestClient, code: str) -> None:
    whole = get(client, PLAN, bbox="-1e9,-1e9,1e9,1e9", bbox_crs=f"{EPSG}{code}")
    city = get(client, PLAN, bbox="119.15,39.88,121.2,41.32")
    assert whole["numberMatched"] >= city["numberMatched"] > 0


def test_every_extent_has_the_city_and_each_feature_is_in_one_of_its_boxes(
    client: TestClient,
) -> None:
    frame = client.get("/pack.json").json()["frame"]
    for one in get(client, "/api/collections")["collections"]:
        first, *others = one["extent"]["spatial"]["bbox"]
        assert frame in others
        found = get(client, f"/api/collections/{one['id']}/items", limit="10000")["features"]
        for feature in found:
            if feature["geometry"] and feature["geometry"]["type"] == "Point":
                lng, lat = feature["geometry"]["coordinates"]
                inside = [w <= lng <= e and s <= lat <= n for w, s, e, n in (first, *others)]
                assert inside[0], feature["id"]
                assert any(inside[1:]), feature["id"]


@pytest.mark.parametrize("under", ["", "/collections/plan", "/collections/transport-lines"])
def test_a_tile_beyond_the_limits_is_404_and_an_empty_one_within_204(
    client: TestClient, under: str
) -> None:
    (entry,) = get(client, f"/api{under}/tiles")["tilesets"]
    assert entry["tileMatrixSetId"] == GRID
    zoom = 10
    limit = entry["tileMatrixSetLimits"][zoom]
    assert limit["tileMatrix"] == str(zoom)
    base = f"/api{under}/tiles/{GRID}/{zoom}"
    rows = limit["minTileRow"], limit["maxTileRow"]
    columns = limit["minTileCol"], limit["maxTileCol"]
    statuses = {
        client.get(f"{base}/{row}/{column}").status_code for row in rows for column in columns
    }
    assert statuses <= {200, 204}
    for row, column in ((rows[0] - 1, columns[0]), (rows[1] + 1, columns[0]),
                        (rows[0], columns[0] - 1), (rows[0], columns[1] + 1)):  # fmt: skip
        assert client.get(f"{base}/{row}/{column}").status_code == 404
    column, row = cell_of(*CITY, zoom)
    assert client.get(f"{base}/{row}/{column}").status_code == 200


def test_tilejson_is_centred_on_the_city(client: TestClient) -> None:
    west, south, east, north = client.get("/pack.json").json()["frame"]
    for path in ("/api", "/api/collections/opening-up"):
        lng, lat, zoom = get(client, f"{path}/tiles/{GRID}", f="tilejson")["center"]
        assert west < lng < east
        assert south < lat < north
        assert 7 <= zoom <= 9
