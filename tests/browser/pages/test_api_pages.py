"""The pages of the API: the documentation and the small maps, with the network cut."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

MAPPED = {
    "/api/collections/industrial-parks?f=html": 9,
    "/api/collections/industrial-parks/items?f=html": 9,
    "/api/collections/industrial-parks/items/park-dongdaihe?f=html": 1,
    "/api/collections/boundaries/items?f=html": 6,
}


def test_the_documentation_lists_every_operation(open_page: OpenPage) -> None:
    page = open_page("/api/docs", ready="#swagger .opblock")
    paths = page.locator("#swagger .opblock-summary-path")
    expect(paths.filter(has_text=re.compile("items$"))).not_to_have_count(0)
    assert paths.count() >= 40
    page.locator("#operations-Capabilities-getConformance .opblock-summary-control").click()
    page.locator("#operations-Capabilities-getConformance .execute").click()
    expect(
        page.locator("#operations-Capabilities-getConformance .live-responses-table")
    ).to_contain_text("ogcapi-features-1")


@pytest.mark.parametrize("path", MAPPED)
def test_the_small_map_shows_what_the_table_lists(open_page: OpenPage, path: str) -> None:
    page = open_page(path, ready=".small-map[data-ready]")
    assert page.locator(".small-map").get_attribute("data-ready") == str(MAPPED[path])
    assert page.locator(".small-map path").count() > MAPPED[path]


def test_pages_of_items_are_turned_by_links(open_page: OpenPage) -> None:
    page = open_page("/api/collections/plan/items?f=html&limit=20", ready="a[rel=next]")
    first = page.locator("tbody code").all_inner_texts()
    page.locator("a[rel=next]").click()
    page.wait_for_selector("a[rel=prev]")
    second = page.locator("tbody code").all_inner_texts()
    assert len(first) == len(second) == 20
    assert not set(first) & set(second)
    assert "f=html" in page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(open_page: OpenPage, width: int) -> None:
    for path in ("/api?f=html", "/api/collections?f=html", *MAPPED):
        page = open_page(path, width=width, ready="main h1")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
