"""A pack too large to be sent whole: the page asks for parts instead, which say the same."""

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.cli.publish import ALONE
from app.main import create_app
from app.publish.targets import data
from app.settings import Settings
from app.store import memory
from app.store.search import SearchIndex
from app.web.routes.site import PARTS
from tests.conftest import PATIENT, PLAIN

VIEWS = ("", "layer=transport", "county=211421&status=planned", "q=港", "near=10&place=兴城站")


@pytest.fixture(scope="module")
def large() -> Iterator[TestClient]:
    """The committed pack, where no pack is small enough."""
    with TestClient(create_app(Settings(index_most=0, **PATIENT)), headers=PLAIN) as opened:
        yield opened


def of(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(client: TestClient, query: str, size: int = 97) -> list[dict[str, Any]]:
    """The whole list, a page at a time."""
    found: list[dict[str, Any]] = []
    while True:
        page = of(client, f"/list.json?{query}&limit={size}&offset={len(found)}".replace("?&", "?"))
        found += page["features"]
        if len(found) >= page["matched"]:
            return found


def test_the_page_of_a_large_pack_asks_for_no_index(large: TestClient, client: TestClient) -> None:
    held = {one["layer"] for one in of(client, "/index.json")["features"]}
    assert set(of(large, "/pack.json")["large"]) == held
    assert "index.json" not in large.get("/?all=1").text
    assert "start.json" not in large.get("/").text
    assert "large" not in of(client, "/pack.json")


@pytest.mark.parametrize("name", ["index.json", "search.json"])
def test_all_of_a_large_pack_at_once_is_refused_with_what_to_ask_instead(
    large: TestClient, name: str
) -> None:
    answer = large.get(f"/{name}")
    assert answer.status_code == 404
    assert name in answer.json()["detail"]
    for other in PARTS:
        assert other in answer.json()["detail"]
        query = "window=120,40,121,41" if other == "window.json" else ""
        assert large.get(f"/{other}?{query}".rstrip("?")).status_code == 200


def test_destinations_come_without_all_places(large: TestClient, client: TestClient) -> None:
    found = of(large, "/destinations.json")
    assert found == of(client, "/places.json")["destinations"]
    assert "绥中港区" in found["port"]["places"]
    assert large.get("/destinations.json?kind=port").status_code == 400


def test_a_published_site_sends_all_at_once() -> None:
    few = Settings(index_most=0, page_limit=1, page_limit_most=1).model_copy(update=ALONE)
    service = create_app(few).state.service
    [items] = [one for one in data(service) if one.file == "api/collections/water/items.json"]
    with TestClient(create_app(few), headers=PLAIN) as opened:
        assert "large" not in of(opened, "/pack.json")
        assert len(of(opened, "/index.json")["features"]) == of(opened, "/facets.json")["matched"]
        found = of(opened, items.path)
        assert len(found["features"]) == found["numberMatched"] > 1


@pytest.mark.parametrize("query", VIEWS)
def test_counts_and_list_are_those_of_the_view(large: TestClient, query: str) -> None:
    counts = of(large, f"/facets.json?{query}")
    found = listed(large, query)
    ids = {one["id"] for one in of(large, f"/view.geojson?{query}")["features"]}
    assert {one["id"] for one in found} == ids
    assert counts["matched"] == len(found) == len(ids)
    assert counts["layers"] == Counter(one["layer"] for one in found)
    if "near" not in query:
        assert [one["layer"] for one in found] == [
            layer for layer, n in counts["layers"].items() for _ in range(n)
        ]


def test_a_list_holds_items_as_the_index_has_them(large: TestClient, client: TestClient) -> None:
    index = {one["id"]: one for one in of(client, "/index.json")["features"]}
    for one in listed(large, "layer=agriculture"):
        assert one == index[one["id"]]


@pytest.mark.parametrize("sort", ["name", "layer", "category", "status", "precision", "radius"])
def test_a_column_sorts_upwards_and_downwards(large: TestClient, sort: str) -> None:
    up, down = (listed(large, f"county=211421&sort={sign}{sort}") for sign in ("", "-"))
    assert sorted(one["id"] for one in up) == sorted(one["id"] for one in down)
    key = {"radius": "uncertainty_m"}.get(sort, sort)
    first, last = ([one[key] for one in rows if one[key] is not None] for rows in (up, down))
    assert list(dict.fromkeys(first)) == list(dict.fromkeys(last))[::-1]


def test_a_window_shows_few_items_and_counts_many(large: TestClient) -> None:
    whole = of(large, "/window.json?window=118,39,123,42&zoom=8")
    placed = len(whole["features"])
    assert placed > 300
    assert "cells" not in whole
    named = of(large, "/list.json?ids=huludao-port,nothing")
    assert len(named["features"]) <= 1


@pytest.mark.parametrize(
    "path",
    [
        "/list.json?sort=colour", "/list.json?limit=501", "/list.json?offset=-1", "/list.json?x=1",
        "/window.json", "/window.json?window=1,2,3", "/window.json?window=118,39,123,42&zoom=99",
        "/facets.json?layer=nothing",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(large: TestClient, path: str) -> None:
    assert large.get(path).status_code == 400


def test_a_window_has_those_known_by_their_counties_alone(
    large: TestClient, client: TestClient
) -> None:
    index = of(client, "/index.json")["features"]
    wide = {one["id"] for one in index if one["method"] == "counties"}
    shown = of(large, "/window.json?window=120.2,40.1,120.3,40.2&zoom=12")["features"]
    assert wide
    assert wide < {one["id"] for one in shown}
    seen = of(large, "/window.json?bbox=120.2,40.1,120.3,40.2&inview=1&window=120,40,121,41")
    assert not wide & {one["id"] for one in seen["features"]}


def test_layers_are_counted_by_status(large: TestClient, client: TestClient) -> None:
    index = of(client, "/index.json")["features"]
    own = [one for one in index if one["counties"] and "211421" in one["counties"]]
    counts = of(large, "/facets.json?county=211421")["statuses"]
    assert counts == Counter(f"{one['layer']}:{one['status']}" for one in own)


@pytest.mark.parametrize(
    "path", ["/list.json?q=港", "/facets.json?q=港", "/api/collections/plan/items?q=港&limit=1"]
)
def test_a_search_that_takes_too_long_to_be_made_ready_says_when_to_ask_again(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    go_on, made = threading.Event(), []

    def slowly(*parts: Any) -> SearchIndex:
        go_on.wait(30)
        made.append(1)
        return SearchIndex(*parts)

    monkeypatch.setattr(memory, "SearchIndex", slowly)
    settings = Settings(index_most=0, **{**PATIENT, "work_seconds": 0.5})
    with TestClient(create_app(settings), headers=PLAIN) as opened:
        for _ in range(2):
            answer = opened.get(path)
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
            assert "ask again" in answer.json()["detail"]
        go_on.set()
        answers = (opened.get(path).status_code for _ in range(60))
        assert 200 in answers
    assert made == [1]


@pytest.mark.parametrize("name", ["兴城站", "兴城城区", "興城站"])
def test_a_place_is_known_by_any_of_its_names_without_all_others(
    large: TestClient, client: TestClient, name: str
) -> None:
    (found,) = of(large, f"/place.json?place={name}")["places"]
    assert found in of(client, "/places.json")["places"]
    assert of(large, "/place.json?place=不存在的地名")["places"] == []
    assert large.get("/place.json?places=x").status_code == 400
