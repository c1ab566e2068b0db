"""Conditions of place: the same items, best first, in every answer to one view."""

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

VIEW = "layer=industrial-parks&site=port:30,expressway:10"
Item = dict[str, Any]


@pytest.fixture(scope="module")
def parks(client: TestClient) -> list[Item]:
    found = client.get("/view.geojson?layer=industrial-parks").json()["features"]
    return [one["properties"] for one in found]


def share(park: Item) -> float:
    port, expressway = park["access"]["port"]["km"], park["access"]["expressway"]["km"]
    return port / 30 + expressway / 10 if port <= 30 and expressway <= 10 else float("inf")


def test_all_conditions_hold_and_the_best_comes_first(
    client: TestClient, parks: list[Item]
) -> None:
    wanted = [one["id"] for one in sorted(parks, key=share) if share(one) < float("inf")]
    assert 1 < len(wanted) < len(parks)
    found = client.get(f"/view.geojson?{VIEW}").json()["features"]
    assert [one["id"] for one in found] == wanted
    items = client.get(f"/api/collections/plan/items?{VIEW}").json()["features"]
    assert [one["id"] for one in items] == wanted
    rows = csv.DictReader(io.StringIO(client.get(f"/view.csv?{VIEW}").content.decode("utf-8-sig")))
    assert [row["id"] for row in rows] == wanted
    sheet = load_workbook(io.BytesIO(client.get(f"/view.xlsx?{VIEW}").content)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == wanted


def test_a_picture_says_its_conditions(client: TestClient) -> None:
    text = client.get(f"/view.svg?{VIEW}").text
    assert "距港口 30 公里内" in text
    assert "距高速公路 10 公里内" in text


@pytest.mark.parametrize("site", ["airport:20", "freight_station:5", "port", "port:1,port:2"])
def test_a_condition_that_cannot_be_judged_is_refused(client: TestClient, site: str) -> None:
    """No source places an airport: that none is within 20 km would be no answer."""
    answer = client.get("/view.csv", params={"site": site})
    assert answer.status_code == 400
    assert "port:km" in answer.text


def test_an_order_that_is_asked_for_is_kept(client: TestClient) -> None:
    found = client.get(f"/api/collections/plan/items?{VIEW}&sortby=name").json()["features"]
    names = [one["properties"]["name"] for one in found]
    assert names == sorted(names)


def test_a_plan_without_distances_has_no_conditions(tiny_client: TestClient) -> None:
    known = tiny_client.get("/pack.json").json()["destinations"]
    answer = tiny_client.get("/view.csv", params={"site": "moon:5"})
    assert answer.status_code == 400
    assert isinstance(known, list)
