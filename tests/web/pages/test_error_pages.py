"""A bad request: a page for a browser, the same problem+json as ever for everybody else."""

import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException

from app.domain.errors import Overloaded, PackError
from app.main import create_app
from app.settings import Settings
from app.web.http.errors import add_error_handlers
from app.web.pages.html import HERE
from app.words import catalogue
from tests.conftest import TINY

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PROGRAMS = (
    "*/*", "", "application/json", "application/geo+json", "application/geo+json, application/json",
    "application/problem+json, text/html", "text/html;q=0.5, application/json",
    "image/avif,image/webp,image/*,*/*;q=0.8", "text/*", "text/html;q=0, */*", "text/html, */*",
)  # fmt: skip

WRONG = {
    "/county/999": (404, "999"),
    "/county/北京": (404, "北京"),
    "/county/211422?layer=moon": (400, "moon"),
    "/data?county=211422": (400, "county"),
    "/data?lang=xx": (400, "xx"),
    "/data/nothing": (404, "nothing"),
    "/nothing": (404, "/nothing"),
    "/nothing/at/all/": (404, "/nothing/at/all/"),
    "/view.png?layer=moon": (400, "moon"),
    "/view.doc": (404, "doc"),
    "/view.geojson?near=5": (400, "5"),
    "/view.png?size=huge": (400, "huge"),
    "/api/collections/moon": (404, "moon"),
    "/api/collections/water/items/none": (404, "none"),
    "/api/collections/water/items?sortby=moon": (400, "moon"),
    "/static/none.css": (404, "none.css"),
    "/healthz?a=1": (400, "a"),
}

JSON_OF_A_COUNTY = (
    '{"type":"about:blank","title":"Not found","status":404,"detail":"no county \'900003\'; known: '
    '900001, 900002, 东县, 西县, 小城, city, outside","value":"900003",'
    '"allowed":["900001","900002","东县","西县","小城","city","outside"],"request_id":"one"}'
)


def seen(client: TestClient, path: str, **headers: str) -> tuple[int, str]:
    """Status and words of the page a browser gets."""
    answer = client.get(path, headers={"Accept": BROWSER, **headers})
    assert answer.headers["content-type"] == "text/html; charset=utf-8", path
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return answer.status_code, main


def words_of(main: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


@pytest.mark.parametrize("path", WRONG)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_browser_gets_a_page_with_the_same_status(
    client: TestClient, path: str, lang: str
) -> None:
    asked = path if "lang=" in path else f"{path}{'&' if '?' in path else '?'}lang={lang}"
    status, value = WRONG[path]
    answer = client.get(asked, headers={"Accept": BROWSER})
    assert answer.status_code == status == client.get(asked).status_code
    tag = "zh-CN" if lang == "zh" or "lang=xx" in path else "en"
    assert f'<html lang="{tag}">' in answer.text
    assert len(re.findall(r"<h1\b", answer.text)) == 1
    assert value in words_of(seen(client, asked)[1])
    assert "Accept" in answer.headers["vary"].replace(" ", "").split(",")


@pytest.mark.parametrize("path", WRONG)
@pytest.mark.parametrize("accept", PROGRAMS)
def test_everybody_else_gets_the_problem_document(
    client: TestClient, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code in (WRONG[path][0], 406)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Accept" in answer.headers["vary"].replace(" ", "").split(",")
    assert {"type", "title", "status", "detail"} <= answer.json().keys()


def test_the_problem_document_is_byte_for_byte_what_it_was(tiny_client: TestClient) -> None:
    for accept in ("*/*", "application/json"):
        found = tiny_client.get("/county/900003", headers={"Accept": accept, "X-Request-ID": "one"})
        assert found.content.decode() == JSON_OF_A_COUNTY


@pytest.mark.parametrize("f", ["json", "geojson"])
def test_f_json_forces_the_problem_document(client: TestClient, f: str) -> None:
    answer = client.get(f"/api/collections/moon?f={f}", headers={"Accept": BROWSER})
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_wrong_county_is_answered_with_the_counties_by_name(client: TestClient) -> None:
    _, main = seen(client, "/county/999?layer=water")
    assert "这里没有叫“999”的县区" in main
    assert '<a href="../county/211422?layer=water">建昌县</a> <code>211422</code>' in main
    assert main.count("211422") == 2, "a county once, not by code and again by name"
    _, main = seen(client, "/county/999?lang=en")
    assert '<a href="../county/211422?lang=en">Jianchang County</a>' in main


def test_every_choice_leads_to_an_answer(client: TestClient) -> None:
    for path in ("/county/999", "/county/211422?layer=water,moon", "/api/collections/moon",
                 "/data/nothing", "/data?lang=xx", "/view.doc?layer=water"):  # fmt: skip
        base = f"http://testserver{path}"
        _, main = seen(client, path)
        links = re.findall(r'<li><a href="([^"]*)"', main)
        assert links, path
        for href in links[:4]:
            found = client.get(str(client.get(base).url.join(unescape(href))))
            assert found.status_code == 200, href


def test_a_long_list_is_folded(client: TestClient) -> None:
    _, main = seen(client, "/view.png?layer=moon")
    assert main.index("<details") < main.index("交通")
    assert "<details" not in seen(client, "/county/999")[1]


def test_a_wrong_word_among_right_ones_is_all_that_is_changed(client: TestClient) -> None:
    _, main = seen(client, "/view.png?layer=water,moon&county=211422")
    assert 'href="?layer=water,transport&amp;county=211422"' in main
    assert 'href="?layer=water&amp;county=211422"' in main


def test_what_a_page_does_not_take_the_map_may(client: TestClient) -> None:
    _, main = seen(client, "/data?county=211422&lang=en")
    assert 'href="./?county=211422&amp;lang=en"' in main
    assert 'href="?lang=en"' in main
    assert "Open this on the map" not in seen(client, "/data?flavour=red&lang=en")[1]


def test_a_parameter_given_twice_is_said_so(client: TestClient) -> None:
    once = seen(client, "/data?lang=zh&lang=en&lang=zh")[1]
    assert "只写一次" in once
    assert "逗号" not in once
    assert "逗号" in seen(client, "/view.csv?layer=water&layer=energy")[1]


def test_a_rule_is_in_the_readers_language_and_else_marked_as_english(client: TestClient) -> None:
    assert "公里数" in seen(client, "/view.geojson?near=5")[1]
    assert '<span lang="en">' in seen(client, "/api/collections/water/items?limit=x")[1]
    assert '<span lang="en">' not in seen(client, "/api/collections/water/items?limit=x&lang=en")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/county/<script>alert(1)</script>",
        "/<img src=x onerror=alert(1)>",
        "/data?%22%3E%3Cscript%3E=1",
        '/view.png?layer="><script>alert(1)</script>',
        '/county/999?q="><script>alert(1)</script>',
        "/data?lang=<script>",
    ],
)
def test_nothing_sent_is_run(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": BROWSER})
    assert answer.status_code in (400, 404)
    assert "<script" not in answer.text
    assert "<img src=x" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/county/%ff%fe",
        "/county/%ED%A0%80",
        "/county/" + "x" * 5000,
        "/data?lang=%00",
        "/data?lang=",
        "/county/%E2%80%AE1",
        "/data/..%2F..%2Fetc",
        "/nothing?lang=zh&lang=%ff",
    ],
    ids=ascii,
)
def test_nothing_sent_breaks_the_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": BROWSER})
    assert answer.status_code in (200, 400, 404)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not re.search("[\x00\u202e]", answer.text)


def test_head_has_the_headers_of_the_page_and_no_body(client: TestClient) -> None:
    asked = {"Accept": BROWSER, "X-Request-ID": "one"}  # it stands in the page, and has a length
    page = client.get("/county/999", headers=asked)
    head = client.head("/county/999", headers=asked)
    assert (head.status_code, head.content) == (404, b"")
    assert head.headers["content-length"] == page.headers["content-length"]


def test_a_method_that_is_not_offered_keeps_its_allow_header(client: TestClient) -> None:
    answer = client.post("/healthz", headers={"Accept": BROWSER})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert "POST" in answer.text


@pytest.mark.parametrize(
    "path", ["/nothing", "/county/999", "/a/b/c", "/data/..%2Fx", "/v/none/data"]
)
def test_the_way_to_the_map_is_right_from_anywhere(path: str) -> None:
    app = create_app(Settings(pack=TINY))
    with TestClient(app, root_path="/maps/tiny") as client:
        answer = client.get(f"/maps/tiny{path}", headers={"Accept": BROWSER})
        assert answer.status_code == 404
        way = re.search(r'<a class="way" href="([^"]*)"', answer.text)
        assert way
        steps = way[1].partition("?")[0]
        # As a browser takes it: by the slashes of the path as it was sent.
        depth = f"/maps/tiny{path}".count("/") - 1 - (0 if steps == "./" else steps.count("../"))
        assert depth == 2


def test_the_words_are_those_of_the_pack(tiny_client: TestClient) -> None:
    status, main = seen(tiny_client, "/county/900003")
    assert status == 404
    assert ">东县</a>" in main
    assert "小城规划图" in tiny_client.get("/nothing", headers={"Accept": BROWSER}).text


def test_a_page_follows_lang_and_not_the_browser(client: TestClient) -> None:
    english = {"Accept-Language": "en-US,en;q=0.9"}
    assert "没有这个页面" in seen(client, "/nothing", **english)[1]
    assert "No such page" in seen(client, "/nothing?lang=en", **english)[1]


def test_a_pack_whose_titles_are_missing_gets_the_document() -> None:
    app = create_app(Settings(pack=TINY))
    words = replace(app.state.service.words, languages=())
    app.state.service = replace(app.state.service, words=words)
    with TestClient(app) as client:
        answer = client.get("/nothing", headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_a_service_there_is_still_the_document() -> None:
    app = FastAPI()
    add_error_handlers(app)
    answer = TestClient(app).get("/nothing", headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Overloaded("picture", "busy"), 503, "现在太忙"),
        (PackError("plan.toml", "a title"), 500, "没能完成"),
        (HTTPException(403, "no"), 403, "没能完成"),
    ],
)
def test_trouble_of_ours_is_told_kindly(error: Exception, status: int, words: str) -> None:
    app = create_app(Settings(pack=TINY))

    async def trouble(request: Request) -> None:
        raise error

    app.add_route("/trouble", trouble)
    with TestClient(app) as client:
        found, main = seen(client, "/trouble")
    assert found == status
    assert words in main


def test_every_word_of_the_page_is_used() -> None:
    words = catalogue("en")["site"]
    text = "".join(
        (HERE / name).read_text(encoding="utf-8")
        for name in ("pages/error_messages.py", "templates/error.html", "middleware/hosts.py")
    )
    built = ("error.name.", "error.kind.", "error.expected.")
    plain = {key.removesuffix(".lead") for key in words if key.startswith("error.")}
    asked = set(re.findall(r'"(?:error\.)?([a-z_.]+)"', text))
    assert {one for one in plain if not one.startswith(built)} <= {f"error.{one}" for one in asked}


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "显示不了对比（compare）"), ("en", "cannot show: comparison (compare)")],
)
def test_what_a_format_cannot_show_is_said_with_the_ways_on(
    tiny_client: TestClient, lang: str, words: str
) -> None:
    path = f"/view.pdf?layer=sites&compare=site-mill,site-zone&choropleth=1&size=a4&lang={lang}"
    status, main = seen(tiny_client, path)
    assert status == 400
    assert words in main
    assert "Leave it out for the items themselves, or open the same" not in main  # the API's words
    ways = [unescape(way) for way in re.findall(r'class="way" href="([^"]+)"', main)]
    on_map = f"/?layer=sites&compare=site-mill,site-zone&choropleth=1&lang={lang}"
    assert ways[0].endswith(on_map)
    assert tiny_client.get(on_map).status_code == 200
    assert ways[1] == f"?layer=sites&size=a4&lang={lang}"
    assert tiny_client.get(f"/view.pdf{ways[1]}").status_code == 200
    files = [unescape(way) for way in re.findall(r'<li><a href="([^"]+)"', main)]
    asked = f"?compare=site-mill,site-zone&lang={lang}"
    assert [file.rsplit("/", 1)[-1] for file in files] == [
        f"comparison.{ext}{asked}" for ext in ("pptx", "pdf", "xlsx")
    ]
    assert tiny_client.get(files[2]).status_code == 200
