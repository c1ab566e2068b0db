"""A page that must stand alone is proved to ask for nothing."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.formats.page.inline import OutsideReference, check_alone, script, stylesheet


@pytest.mark.parametrize(
    "outside",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<script src="x.js"></script>',
        '<link rel="stylesheet" href="//example.org/x.css">',
        '<img src="http://example.org/x.png">',
        '<img srcset="x.png 2x">',
        "<style>p { background: url(images/x.png) }</style>",
        '<style>@import "x.css";</style>',
        '<p style="background: url(x.png)">',
        '<svg><use xlink:href="x.svg#a"/></svg>',
    ],
)
def test_anything_a_browser_would_fetch_is_refused(outside: str) -> None:
    with pytest.raises(OutsideReference):
        check_alone(f"<!doctype html><html><body>{outside}</body></html>")


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="https://example.org/">a link is followed by the reader alone</a>',
        '<img src="data:image/png;base64,AA==">',
        '<style>path { fill: url("#hatch") }</style>',
        '<script>"https://example.org/x.js"</script>',
    ],
)
def test_links_and_what_the_page_carries_are_allowed(inside: str) -> None:
    assert check_alone(f"<html><body>{inside}</body></html>") is None


@pytest.mark.parametrize("query", ["", "?county=211481&lang=en", "?q=没有这样的项目"])
def test_the_offline_page_asks_for_nothing(client: TestClient, query: str) -> None:
    answer = client.get(f"/view.html{query}")
    assert answer.status_code == 200
    assert check_alone(answer.text) is None


def test_the_offline_page_is_the_same_each_time(client: TestClient) -> None:
    pages = [client.get("/view.html?layer=industrial-parks").text for _ in range(2)]
    assert pages[0] == pages[1]
    assert "user-scalable=no" not in pages[0]


def test_nothing_runs_but_what_is_known_by_its_hash(client: TestClient) -> None:
    answer = client.get("/view.html?layer=industrial-parks")
    sources = re.findall(
        r"script-src ([^;]*)", answer.text + answer.headers["content-security-policy"]
    )
    assert len(sources) == 2
    assert all(one.startswith("'sha256-") for text in sources for one in text.split())
    assert "importmap" not in answer.text


def test_another_city_has_an_offline_page(tiny_client: TestClient) -> None:
    assert "Tiny Plan Map" in tiny_client.get("/view.html?lang=en").text


def test_pictures_of_a_style_sheet_come_along(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    (tmp_path / "x.css").write_text('@import "y.css";\np { background: url(x.png) }')
    text = stylesheet(tmp_path / "x.css")
    assert "data:image/png;base64,iVBORw==" in text
    assert "@import" not in text


def test_a_script_cannot_end_its_own_tag(tmp_path: Path) -> None:
    (tmp_path / "x.js").write_text('"</script>";\n//# sourceMappingURL=x.js.map\n')
    assert script(tmp_path / "x.js").strip() == '"<\\/script>";'
