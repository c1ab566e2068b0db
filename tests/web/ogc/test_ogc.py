"""OGC API – Features: the documents, the filters, and what a wrong request gets."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

FIRST_LAYERS = {"industrial-parks": 9, "agri-layout": 9, "tourism-layout": 6, "transport": 65}


def ids(body: dict[str, Any]) -> list[str]:
    return [feature["id"] for feature in body["features"]]


def get(client: TestClient, path: str, **params: str) -> dict[str, Any]:
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_landing_page_links_what_a_client_looks_for(client: TestClient) -> None:
    rels = {link["rel"] for link in get(client, "/api")["links"]}
    assert {"self", "service-desc", "service-doc", "conformance", "data"} <= rels


def test_every_link_of_the_landing_page_answers(client: TestClient) -> None:
    for link in get(client, "/api")["links"]:
        assert client.get(link["href"]).status_code == 200, link


def test_the_collections_are_the_layers_with_their_counts(client: TestClient) -> None:
    found = {c["id"]: c["itemCount"] for c in get(client, "/api/collections")["collections"]}
    assert FIRST_LAYERS.items() <= found.items()


@pytest.mark.parametrize("county", ["211421", "绥中县"])
def test_a_county_is_named_by_code_or_by_name(client: TestClient, county: str) -> None:
    body = get(client, "/api/collections/transport/items", county=county, limit="1000")
    assert body["numberMatched"] == len(body["features"]) > 0
    assert all("211421" in feature["properties"]["counties"] for feature in body["features"])


def test_code_and_name_give_the_same_items(client: TestClient) -> None:
    path = "/api/collections/transport/items"
    by_code = get(client, path, county="211421", limit="1000")
    by_name = get(client, path, county="绥中县", limit="1000")
    assert ids(by_code) == ids(by_name)


def test_a_comma_means_or(client: TestClient) -> None:
    path = "/api/collections/transport/items"
    both = get(client, path, county="211421,建昌县", limit="1000")
    one = get(client, path, county="211421", limit="1000")
    other = get(client, path, county="211422", limit="1000")
    assert set(ids(both)) == set(ids(one)) | set(ids(other))


def test_city_means_city_wide_items(client: TestClient) -> None:
    body = get(client, "/api/collections/transport/items", county="city", limit="1000")
    assert {feature["properties"]["scope"] for feature in body["features"]} == {"city"}


def test_pages_follow_each_other_without_gap_or_double(client: TestClient) -> None:
    url = "/api/collections/transport/items?limit=20"
    seen: list[str] = []
    while url:
        body = client.get(url).json()
        assert body["numberMatched"] == 65
        assert body["numberReturned"] == len(body["features"])
        seen += ids(body)
        url = next((link["href"] for link in body["links"] if link["rel"] == "next"), "")
    assert len(seen) == len(set(seen)) == 65


def test_the_previous_page_is_linked(client: TestClient) -> None:
    body = get(client, "/api/collections/transport/items", limit="20", offset="40")
    before = next(link["href"] for link in body["links"] if link["rel"] == "prev")
    assert "offset=20" in before


def test_a_box_holds_what_it_touches_and_no_unlocated_item(client: TestClient) -> None:
    box = "119.7,39.9,120.2,40.3"
    body = get(client, "/api/collections/transport/items", bbox=box, limit="1000")
    assert 0 < body["numberMatched"] < 65
    assert all(feature["geometry"] for feature in body["features"])


def test_a_search_needs_every_word(client: TestClient) -> None:
    body = get(client, "/api/collections/transport/items", q="绥中 港")
    assert body["features"]
    assert get(client, "/api/collections/transport/items", q="绥中 无此物")["features"] == []


def test_an_item_stands_alone_with_links(client: TestClient) -> None:
    body = get(client, "/api/collections/industrial-parks/items/park-dongdaihe")
    assert body["id"] == "park-dongdaihe"
    assert body["properties"]["plan"]["box"] == "专栏5-1"
    assert {link["rel"] for link in body["links"]} >= {"self", "collection"}


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/api/collections/nothing/items", 404, "nothing"),
        ("/api/collections/nothing", 404, "nothing"),
        ("/api/collections/transport/items/nothing", 404, "nothing"),
        ("/api/collections/transport/items?flavour=red", 400, "flavour"),
        ("/api/collections?flavour=red", 400, "flavour"),
        ("/api/collections/transport/items?bbox=1,2,3", 400, "1,2,3"),
        ("/api/collections/transport/items?bbox=a,b,c,d", 400, "a,b,c,d"),
        ("/api/collections/transport/items?bbox=nan,0,1,1", 400, "nan"),
        ("/api/collections/transport/items?bbox=0,5,1,4", 400, "0,5,1,4"),
        ("/api/collections/transport/items?bbox=-999,0,1,4", 400, "-999"),
        ("/api/collections/transport/items?limit=0", 400, "limit"),
        ("/api/collections/transport/items?limit=-1", 400, "-1"),
        ("/api/collections/transport/items?limit=x", 400, "x"),
        ("/api/collections/transport/items?limit=９", 400, "９"),
        ("/api/collections/transport/items?offset=-1", 400, "-1"),
        ("/api/collections/transport/items?offset=1e3", 400, "1e3"),
        ("/api/collections/transport/items?county=北京", 400, "北京"),
        ("/api/collections/transport/items?county=211421&county=211422", 400, "county"),
        ("/api/collections/transport/items?status=done", 400, "done"),
        ("/api/collections/transport/items?category=zzz", 400, "zzz"),
        ("/api/collections/transport/items?f=doc", 400, "doc"),
        ("/nothing", 404, "nothing"),
        ("/view.doc", 404, "doc"),
        ("/view.geojson?flavour=red", 400, "flavour"),
        ("/base/nothing.geojson", 404, "nothing"),
        ("/vendor/leaflet/../../../pyproject.toml", 404, ""),
        ("/vendor/leaflet/%2e%2e/%2e%2e/package.json", 404, ""),
    ],
)
def test_a_wrong_request_gets_a_problem_that_names_it(
    client: TestClient, path: str, status: int, named: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert named in problem["detail"]


def test_a_huge_limit_is_answered_with_the_most_there_is(client: TestClient) -> None:
    body = get(client, "/api/collections/transport/items", limit="1000000")
    assert body["numberReturned"] == 65


def test_only_reading_is_offered(client: TestClient) -> None:
    answer = client.post("/api/collections/transport/items", json={})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
