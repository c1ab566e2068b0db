"""A county's list for checking."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

WHY = {
    "inferred": lambda one: one["county_basis"] == "inferred",
    "estimated": lambda one: one["basis"] == "estimated",
    "doubtful": lambda one: bool(one["note"]),
}


def listed(page: str) -> list[str]:
    return re.findall(r"\?focus=([\w-]+)&amp;", page)


def of_county(client: TestClient, code: str) -> list[dict[str, Any]]:
    features = client.get(f"/view.geojson?county={code}").json()["features"]
    return [one["properties"] for one in features]


@pytest.mark.parametrize("county", ["211421", "211481", "city"])
def test_it_lists_every_doubt_and_only_those_that_are_asked_for(
    client: TestClient, county: str
) -> None:
    items = of_county(client, county)
    page = client.get(f"/data/checking/{county}").text
    any_doubt = [one["id"] for one in items if any(why(one) for why in WHY.values())]
    assert listed(page) == any_doubt != []
    for doubt, why in WHY.items():
        own = [one["id"] for one in items if why(one)]
        assert listed(client.get(f"/data/checking/{county}?doubt={doubt}").text) == own
        assert re.search(rf"doubt={doubt}&amp;[^>]*>[^<]* {len(own)}<", page)
    both = [one["id"] for one in items if WHY["inferred"](one) or WHY["doubtful"](one)]
    assert listed(client.get(f"/data/checking/{county}?doubt=doubtful,inferred").text) == both


def test_the_api_filters_alike(client: TestClient) -> None:
    for doubt, query in (("inferred", "county_basis=inferred"), ("estimated", "basis=estimated")):
        answer = client.get(
            f"/api/collections/plan/items?county=211421&{query}&limit=1000&f=json"
        ).json()
        page = client.get(f"/data/checking/211421?doubt={doubt}").text
        assert listed(page) == [one["id"] for one in answer["features"]]


def test_a_county_is_named_as_anywhere_and_a_wrong_word_is_refused(client: TestClient) -> None:
    same = client.get("/data/checking/绥中?lang=en").text
    assert "Suizhong County: list for checking" in same
    assert listed(same) == listed(client.get("/data/checking/211421").text)
    named = client.get("/data/checking/211421?doubt=位置为估计").text
    assert listed(named) == listed(client.get("/data/checking/211421?doubt=estimated").text)
    assert client.get("/data/checking/nowhere").status_code == 404
    answer = client.get("/data/checking/211421?doubt=all")
    assert answer.status_code == 400
    assert "inferred, estimated, doubtful" in answer.json()["detail"]


def test_the_list_is_taken_away_as_a_workbook(client: TestClient) -> None:
    page = client.get("/data/checking/211421?doubt=estimated").text
    link = re.findall(r'href="([^"]*view[.]xlsx[^"]*)"', page)[0].replace("&amp;", "&")
    assert "county=211421&doubt=estimated" in link
    assert client.get("/" + link[link.index("view.xlsx") :]).status_code == 200
