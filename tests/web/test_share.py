"""Sharing: preview cards, oEmbed, QR codes, and who may frame the map."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', page)
    assert found, name
    return unescape(found[1])


def test_a_filtered_address_says_so_in_its_preview(client: TestClient) -> None:
    page = client.get("/", params={"county": "211421", "layer": "transport"}).text
    assert meta(page, "og:title").startswith("绥中县 · 交通 — ")
    assert "county=211421" in meta(page, "og:url")


def test_the_preview_follows_the_language_of_the_view(client: TestClient) -> None:
    page = client.get("/", params={"county": "211421", "lang": "en"}).text
    assert meta(page, "og:title") == "Suizhong County — Huludao Plan Map"


def test_a_view_that_cannot_be_read_still_opens_the_page(client: TestClient) -> None:
    answer = client.get("/", params={"colour": "red"})
    assert answer.status_code == 200
    assert meta(answer.text, "og:title") == "葫芦岛规划一张图"


def test_a_title_cannot_break_out_of_the_head(client: TestClient) -> None:
    page = client.get("/", params={"title": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_oembed_answers_with_an_iframe_of_the_view(client: TestClient) -> None:
    page = client.get("/?county=211422").text
    address = re.search(r'type="application/json\+oembed" |href="([^"]*oembed[^"]*)"', page)
    assert address
    url = next(unescape(href) for href in re.findall(r'href="([^"]*)"', page) if "oembed" in href)
    body = client.get(url).json()
    assert (body["type"], body["version"]) == ("rich", "1.0")
    source = re.search(r'src="([^"]*)"', body["html"])
    assert source
    asked = urlsplit(unescape(source[1]))
    assert asked.path == "/embed"
    assert parse_qs(asked.query) == {"county": ["211422"]}


@pytest.mark.parametrize(
    ("params", "status", "named"),
    [
        ({}, 400, "url"),
        ({"url": "http://elsewhere.example/?county=211422"}, 404, "elsewhere"),
        ({"url": "http://testserver/?county=x"}, 400, "county"),
        ({"url": "http://testserver/", "format": "xml"}, 501, "xml"),
        ({"url": "http://testserver/", "maxwidth": "abc"}, 400, "maxwidth"),
        ({"url": "http://testserver/", "colour": "red"}, 400, "colour"),
    ],
)
def test_a_wrong_oembed_request_is_explained(
    client: TestClient, params: dict[str, str], status: int, named: str
) -> None:
    answer = client.get("/oembed", params=params)
    assert answer.status_code == status
    assert named in answer.json()["detail"]


def test_oembed_keeps_within_the_width_asked_for(client: TestClient) -> None:
    body = client.get("/oembed", params={"url": "http://testserver/", "maxwidth": "400"}).json()
    assert body["width"] == 400


def test_a_qr_code_is_a_drawing_that_differs_by_view(client: TestClient) -> None:
    one, other = client.get("/qr.svg?county=211421"), client.get("/qr.svg?county=211422")
    assert one.headers["content-type"] == "image/svg+xml"
    assert one.content != other.content
    assert one.content == client.get("/qr.svg?county=211421").content


def test_the_operator_says_who_may_frame_the_map() -> None:
    settings = Settings(frame_ancestors="https://www.example.org")
    with TestClient(create_app(settings)) as client:
        policy = client.get("/").headers["content-security-policy"]
    assert policy == "frame-ancestors https://www.example.org"


@pytest.mark.parametrize("county", ["211421", "绥中县"])
def test_a_county_has_a_page_of_its_own(client: TestClient, county: str) -> None:
    answer = client.get(f"/county/{county}", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"].endswith("/?county=211421&table=1")


def test_a_county_that_is_none_is_not_found(client: TestClient) -> None:
    answer = client.get("/county/北京")
    assert answer.status_code == 404
    assert "北京" in answer.json()["detail"]


def test_what_lies_near_is_taken_away_as_it_is_shown(client: TestClient) -> None:
    view = {"focus": "park-dongdaihe", "near": "10"}
    near = client.get("/view.geojson", params=view).json()["features"]
    wide = client.get("/view.geojson", params={**view, "near": "20"}).json()["features"]
    assert 0 < len(near) < len(wide)
    assert "park-dongdaihe" not in {feature["id"] for feature in wide}
    assert all(f["properties"]["located_by"]["method"] != "counties" for f in wide)


@pytest.mark.parametrize("query", ["near=5", "focus=park-dongdaihe&near=0", "inview=1"])
def test_a_view_that_contradicts_itself_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/view.geojson?{query}").status_code == 400


def test_what_only_the_page_knows_does_not_stop_a_face(client: TestClient) -> None:
    answer = client.get("/view.geojson?layer=industrial-parks&compare=a,b&table=1&present=1")
    assert len(answer.json()["features"]) == 9
