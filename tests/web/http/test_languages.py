"""The language a client gets, that it is said, and where the others are."""

import re

import pytest
from fastapi.testclient import TestClient

from app.web.http.languages import preferred

TAGS = {"zh": "zh-CN", "en": "en"}


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "zh"), ("*", "zh"), ("fr", "zh"), ("fr, *;q=0.5", "zh"),
        ("en", "en"), ("EN-us", "en"), ("en-GB,en;q=0.8", "en"), ("en;q=0", "zh"),
        ("en;q=0.0, fr", "zh"), ("en;q=0.3, zh;q=0.8", "zh"), ("zh;q=0.3, en;q=0.8", "en"),
        ("en, zh", "en"), ("zh, en", "zh"), ("fr, en;q=0.1", "en"),
        ("zh-CN", "zh"), ("zh-Hans-CN, en;q=0.9", "zh"), ("zh-Hant, en;q=0.9", "zh"),
        ("zh-TW;q=0.5, en;q=0.9", "en"), ("zh-CN;q=0.2, zh;q=0.9, en;q=0.5", "en"),
        ("en;q=0, en-GB", "zh"), ("zh;q=0", "en"), ("zh;q=0, en;q=0", "zh"),
        ("*;q=0.8, en;q=0.2", "zh"), ("*, zh;q=0.1", "en"), ("en;q=0, *", "zh"),
        ("en ; q=0.9 , zh ; q=1.0", "zh"), ("en;q=x", "en"), (",;,", "zh"), ("q=1", "zh"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_the_client_likes_best(header: str, lang: str) -> None:
    assert preferred(header, ("zh", "en")) == lang


@pytest.mark.parametrize("path", [
    "/api", "/api/collections", "/api/collections/plan", "/api/collections/plan/schema",
    "/api/collections/plan/items", "/api/functions", "/api/tiles/WebMercatorQuad",
])  # fmt: skip
def test_documents_follow_the_client_and_say_so(tiny_client: TestClient, path: str) -> None:
    for header, tag in (("en-GB", "en"), ("en;q=0", "zh-CN"), ("zh-Hant", "zh-CN")):
        answer = tiny_client.get(path, headers={"Accept-Language": header})
        assert answer.headers["content-language"] == tag
        assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("path", [
    "/", "/embed", "/data", "/api?f=html", "/api/collections/plan?f=html", "/view.html",
    "/view.csv", "/api/collections/plan/items?f=html",
])  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_and_files_say_their_language(tiny_client: TestClient, path: str, lang: str) -> None:
    sign = "&" if "?" in path else "?"
    answer = tiny_client.get(f"{path}{sign}lang={lang}")
    assert answer.headers["content-language"] == TAGS[lang]


def test_errors_say_their_language(tiny_client: TestClient) -> None:
    page = {"Accept": "text/html"}
    assert tiny_client.get("/no").headers["content-language"] == "en"
    assert tiny_client.get("/no", headers=page).headers["content-language"] == "zh-CN"
    assert tiny_client.get("/no?lang=en", headers=page).headers["content-language"] == "en"


@pytest.mark.parametrize("path", [
    "/", "/?layer=ways", "/embed?layer=ways", "/data", "/api?f=html",
    "/api/collections/plan?f=html",
])  # fmt: skip
def test_every_page_links_its_other_languages(tiny_client: TestClient, path: str) -> None:
    page = tiny_client.get(path)
    links = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page.text))
    assert set(links) == {"zh-CN", "en", "x-default"}
    for tag, address in links.items():
        there = page.url.join(address.replace("&amp;", "&"))
        answer = tiny_client.get(str(there))
        assert answer.headers["content-language"] == ("zh-CN" if tag == "x-default" else tag)
        assert ("layer=ways" in path) == ("layer=ways" in str(there))


@pytest.mark.parametrize("path", ["/api", "/api/collections", "/api/collections/plan/items"])
def test_every_document_links_its_other_languages(tiny_client: TestClient, path: str) -> None:
    links = tiny_client.get(path).json()["links"]
    there = [one for one in links if one.get("hreflang") == "en"]
    assert [one["rel"] for one in there] == ["alternate"]
    assert tiny_client.get(there[0]["href"]).headers["content-language"] == "en"
