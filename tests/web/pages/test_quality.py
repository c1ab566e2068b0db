"""The page about the data and its JSON: what they say, in which language, and what they refuse."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.build.build import build, write
from app.main import create_app
from app.pack.pack import Pack
from app.settings import Settings
from app.web.pages.guide import EXAMPLES
from app.web.pages.html import HERE
from app.web.routes.boxes import DOUBTS
from app.words import catalogue
from tests.edit_pack import change

PAGES = ("/data", "/data/sources", "/data/corrections", "/data/pack")


def test_the_json_counts_what_the_api_counts(client: TestClient) -> None:
    body = client.get("/api/quality").json()
    assert body["whole"]["items"] == client.get("/healthz").json()["features"]
    for layer in body["layers"][:3]:
        items = client.get(f"/api/collections/{layer['id']}/items", params={"limit": 1}).json()
        assert layer["items"] == items["numberMatched"]


def test_every_number_of_a_county_is_the_number_the_map_would_show(client: TestClient) -> None:
    body = client.get("/api/quality").json()
    for county in body["counties"]:
        params = {"county": county["id"], "precision": "none", "limit": 1}
        items = client.get("/api/collections/plan/items", params=params).json()
        assert county["unlocated"] == items["numberMatched"]


def test_every_unlocated_item_is_named_with_its_reason(client: TestClient) -> None:
    body = client.get("/api/quality").json()
    named = [
        item["id"] for gap in body["unlocated"] for why in gap["reasons"] for item in why["items"]
    ]
    assert len(named) == len(set(named)) == body["whole"]["unlocated"] > 0


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_reads_in_both_languages(client: TestClient, path: str, lang: str) -> None:
    page = client.get(path, params={"lang": lang})
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in page.text
    assert len(re.findall(r"<h1\b", page.text)) == 1


@pytest.mark.parametrize("path", [*PAGES, "/api/docs", "/api?f=html", "/api/collections?f=html"])
def test_without_lang_a_page_is_in_the_language_of_the_map(client: TestClient, path: str) -> None:
    headers = {"Accept-Language": "en-US,en;q=0.9"}
    assert '<html lang="zh-CN"' in client.get("/", headers=headers).text
    page = client.get(path, headers=headers).text
    assert '<html lang="zh-CN">' in page
    assert page == client.get(path, headers={"Accept-Language": "zh"}).text


def test_a_document_for_programs_follows_accept_language(client: TestClient) -> None:
    def title(**headers: str) -> str:
        return str(client.get("/api/collections/water", headers=headers).json()["title"])

    assert title(**{"Accept-Language": "en-GB,en;q=0.8"}) != title(**{"Accept-Language": "fr"})
    assert title(**{"Accept-Language": "fr"}) == title()


def test_a_browser_reads_an_api_page_in_one_language(client: TestClient) -> None:
    headers = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en-US,en;q=0.9"}
    page = client.get("/api/collections/water", headers=headers)
    chinese = client.get("/api/collections/water", params={"lang": "zh"}).json()
    assert page.headers["content-type"].startswith("text/html")
    assert chinese["description"] in page.text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "只知在哪个县区，或误差半径超过 8 公里"),
        ("en", "only the county is known, or the radius is over 8 km"),
    ],
)
def test_the_class_county_says_that_wide_circles_are_in_it(
    client: TestClient, lang: str, words: str
) -> None:
    assert words in client.get("/data", params={"lang": lang}).text
    told = client.get("/pack.json").json()["precisions"]
    found = {one["id"]: one for one in told}["county"]
    assert words == found["description" if lang == "zh" else "description_en"]


def test_an_unlocated_item_links_to_itself_on_the_map(client: TestClient) -> None:
    body = client.get("/api/quality").json()
    first = body["unlocated"][0]["reasons"][0]["items"][0]["id"]
    assert f'href="./?focus={first}&amp;lang=zh"' in client.get("/data", params={"lang": "zh"}).text


def test_every_link_of_the_page_to_this_service_answers(tiny_client: TestClient) -> None:
    page = tiny_client.get("/data", params={"lang": "en"}).text
    links = set(re.findall(r'href="\./([^"#]*)"', page))
    assert {"?focus=site-lost&amp;lang=en", "api/quality", "view.csv"} <= links
    for link in links:
        answer = tiny_client.get("/" + link.replace("&amp;", "&"))
        assert answer.status_code == 200, link


def test_the_dictionary_shows_types_units_and_closed_lists(tiny_client: TestClient) -> None:
    page = tiny_client.get("/data", params={"lang": "en"}).text
    assert re.search(r"area_ha</code> Area <span class=\"quiet\">number, ha", page)
    assert "<code>upgrade</code> Upgrade" in page
    assert "<code>zone</code> Zone" in page


def test_tables_have_captions_and_scopes(client: TestClient) -> None:
    page = client.get("/data").text
    tables = re.findall(r"<table.*?</table>", page, re.S)
    assert len(tables) >= 6
    for table in tables:
        assert "<caption>" in table
        assert all('scope="' in head for head in re.findall(r"<th\b[^>]*>", table))


def test_what_the_pack_says_is_shown_and_not_run(tiny: Path) -> None:
    (tiny / "geodata" / "SOURCES.md").write_text(
        "# S\n\n<script>alert(2)</script> [x](javascript:alert(3))\n", encoding="utf-8"
    )
    change(tiny, "sites", "site-lost", place_note="<b>x</b>")
    write(build(Pack(tiny)))
    with TestClient(create_app(Settings(pack=tiny))) as client:
        assert "&lt;b&gt;x&lt;/b&gt;" in client.get("/data", params={"lang": "zh"}).text
        sources = client.get("/data/sources").text
        assert "&lt;script&gt;" in sources
        assert 'href="javascript' not in sources


def test_a_pack_without_texts_has_no_links_to_them(tiny_client: TestClient) -> None:
    assert "data/sources" not in tiny_client.get("/data").text
    missing = tiny_client.get("/data/sources")
    assert missing.status_code == 404
    assert missing.json()["value"] == "sources"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/data?lang=fr", 400),
        ("/data?flavour=red", 400),
        ("/data?lang=zh&lang=en", 400),
        ("/api/quality?lang=zh", 400),
        ("/data/nothing", 404),
        ("/data/..%2Fplan.toml", 404),
    ],
)
def test_a_wrong_request_is_told_so(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_second_request_with_the_tag_gets_304(client: TestClient) -> None:
    first = client.get("/data")
    again = client.get("/data", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_the_languages_have_the_same_words_and_a_page_uses_each() -> None:
    words = {lang: catalogue(lang)["site"] for lang in ("zh", "en")}
    plain = {lang: {key.removesuffix(".one") for key in own} for lang, own in words.items()}
    assert plain["zh"] == plain["en"]
    files = [*HERE.rglob("*.html"), *HERE.parent.rglob("*.py")]
    pages = "".join(path.read_text(encoding="utf-8") for path in files)
    built = (
        "type.", "gap.", "data.", "document.", "error.", "place.kind.",
        *(f"checking.{one}" for one in DOUBTS),
        *(f"guide.{one.id}" for one in EXAMPLES),
    )  # fmt: skip
    unused = {key for key in plain["zh"] if f'"{key}"' not in pages and f"'{key}'" not in pages}
    assert {key for key in unused if not key.startswith(built)} == set()
    assert all(f'"{key.removeprefix("data.")}"' in pages for key in unused if "data." in key)


def test_a_text_of_the_pack_is_in_the_readers_language_where_it_has_one(
    client: TestClient,
) -> None:
    chinese, english = (client.get(f"/data/pack?lang={lang}").text for lang in ("zh", "en"))
    assert "<h2>定位办法</h2>" in chinese
    assert "<h2>Methods</h2>" in english
