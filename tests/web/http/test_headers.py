"""Every answer says what a browser may do with it, errors and redirects too."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from app.content_policy import hashes, page_policy
from app.main import create_app
from app.settings import ROOT, Settings

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
PAGES = [
    "/", "/embed", "/embed?origin=x", "/data", "/api?f=html", "/api/docs", "/nosuch",
    "/api/collections/sites/items?f=html", "/api/collections/sites/items/site-mill?f=html",
    "/api/collections/nosuch?f=html", "/static/embed-example.html", "/view.html",
    "/view.png?size=x",
]  # fmt: skip
FRAMABLE = ("/", "/embed", "/embed?origin=x")
OTHERS = [
    "/pack.json", "/api", "/healthz", "/view.svg", "/qr.svg", "/view.csv", "/view.pdf",
    "/view.xlsx", "/static/js/entries/main.js", "/county/100001", "/api/collections/sites/items",
    "/view.kml", "/nosuch",
]  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, *OTHERS])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_every_answer_carries_the_headers(tiny_client: TestClient, path: str, method: str) -> None:
    found = tiny_client.request(method, path, follow_redirects=False).headers
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=(self)" in found["permissions-policy"]
    assert len(found.get_list("content-security-policy")) <= 1


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_strict_policy(tiny_client: TestClient, path: str) -> None:
    answer = tiny_client.get(path, headers=BROWSER)
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert ("frame-ancestors" in policy) is (path not in FRAMABLE)
    assert ("cross-origin-opener-policy" in answer.headers) is not path.startswith("/embed")
    for element in ("script", "style"):
        for one in hashes(answer.text, element):
            assert one in policy


@pytest.mark.parametrize("path", PAGES)
def test_nothing_in_a_page_needs_a_looser_one(tiny_client: TestClient, path: str) -> None:
    text = tiny_client.get(path, headers=BROWSER).text
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
    assert re.findall(r"<[^>]*\s(?:style|on\w+)=", markup) == []


@pytest.mark.parametrize("path", ["/view.svg", "/qr.svg", "/pack.json", "/api", "/nosuch"])
def test_what_is_no_page_loads_and_runs_nothing(tiny_client: TestClient, path: str) -> None:
    policy = tiny_client.get(path).headers["content-security-policy"]
    assert policy == "default-src 'none'; frame-ancestors 'self'"


def test_hosts_of_tiles_are_named_only_when_they_are_offered(tiny: Path) -> None:
    def policy(**settings: Any) -> str:
        made = Settings(pack=tiny, cache=tiny / "cache", **settings)
        with TestClient(create_app(made)) as client:
            return str(client.get("/").headers["content-security-policy"])

    assert "img-src 'self' data:;" in policy(base_maps=())
    assert "img-src 'self' data: https://tile.openstreetmap.org;" in policy(base_maps=("osm",))
    assert "https://t0.tianditu.gov.cn" not in policy(base_maps=("tianditu",))
    assert "https://t7.tianditu.gov.cn" in policy(base_maps=("tianditu",), tianditu_key="k")


def test_an_error_nobody_foresaw_carries_them_too(tiny: Path) -> None:
    app = create_app(Settings(pack=tiny, cache=tiny / "cache"))

    @app.get("/broken")
    async def broken(request: Request) -> None:
        raise RuntimeError

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "origin",
    ["https://a.example/", "https://a.example/path", "https://a.example?x", "javascript:alert(1)",
     "javascript://a.example", "//a.example", "a.example", "*", "null", "https://u:p@a.example",
     "https://a.example https://b.example", "file://", "https://a.example:port"],
)  # fmt: skip
def test_an_embed_talks_to_an_origin_and_nothing_else(tiny_client: TestClient, origin: str) -> None:
    answer = tiny_client.get("/embed", params={"origin": origin})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "origin"


@pytest.mark.parametrize(
    "origin",
    ["https://a.example", "http://127.0.0.1:8000", "http://[::1]:80", "https://规划.example"],
)
def test_an_origin_is_taken(tiny_client: TestClient, origin: str) -> None:
    assert tiny_client.get("/embed", params={"origin": origin}).status_code == 200


def test_a_dangerous_feedback_address_is_nowhere_to_click(tiny: Path) -> None:
    plan = tiny / "geodata" / "plan.toml"
    text = plan.read_text("utf-8").replace(
        'id = "tiny"', 'id = "tiny"\nfeedback = "javascript:alert(1)"'
    )
    assert "javascript:" in text
    plan.write_text(text, "utf-8")
    with TestClient(create_app(Settings(pack=tiny, cache=tiny / "cache"))) as client:
        assert client.get("/pack.json").json()["feedback"] == ""
        for page in ("/data", "/view.html", "/view.kml"):
            assert "javascript:alert" not in client.get(page).text


def test_no_picture_from_elsewhere_and_no_markup_in_a_text_of_the_pack(tiny: Path) -> None:
    (tiny / "geodata" / "SOURCES.md").write_text(
        "![spy](https://evil.example/p.png) ![x](javascript:x) <img src=https://evil.example/q>\n"
        "<script>x</script> [a](javascript:x) [ok](https://example.org)\n", "utf-8",
    )  # fmt: skip
    with TestClient(create_app(Settings(pack=tiny, cache=tiny / "cache"))) as client:
        article = (
            client.get("/data/sources").text.partition("<article")[2].partition("</article>")[0]
        )
    assert "<img" not in article
    assert "<script" not in article
    assert 'href="https://evil.example/p.png"' in article
    assert 'href="https://example.org"' in article
    assert not re.search(r'href="\s*javascript', unescape(article))


def test_an_oembed_frame_is_nothing_but_its_frame(client: TestClient) -> None:
    attack = "\"><script>x</script><img src=x onerror='x'>"
    body = client.get("/oembed", params={"url": f"http://testserver/?title={attack}"}).json()
    assert body["html"].count("<") == 2
    assert "style=" not in body["html"]


def test_the_hash_is_of_the_script_as_it_stands() -> None:
    page = '<script type="importmap">{}</script><script src="a.js"></script><style>a{}</style>'
    policy = page_policy(page)
    assert policy.count("sha256-") == 2
    assert "'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='" in policy


def test_no_template_and_no_script_brings_a_style_or_a_handler() -> None:
    """What the policy would refuse never gets as far as a browser."""
    for folder in ("static", "app/web/templates"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".html", ".js"):
                text = path.read_text("utf-8")
                assert not re.search(r"<[^>]*\s(style|on[a-z]+)=[\"'$]", text), path
                assert "eval(" not in text, path
