"""The map in somebody else's page: small, polite with the wheel, and talking to its host only."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def messages(page: Page, kind: str) -> list[dict[str, Any]]:
    """What the map has told the example page, newest first."""
    said = [json.loads(text) for text in page.locator("#log li").all_text_contents()]
    return [one for one in said if one["type"] == f"planmap:{kind}"]


def test_the_host_sets_the_view_and_is_told_of_it(open_page: OpenPage) -> None:
    page = open_page("/static/embed-example.html", ready="#log li")
    expect(page.locator("#log")).to_contain_text("planmap:ready")
    page.get_by_role("button", name="绥中县").click()
    expect(page.locator("#log li").first).to_contain_text("county=211421")
    frame = page.frame_locator("#frame")
    told = messages(page, "view")[0]
    expect(frame.locator("#header .count")).to_contain_text(str(told["count"]))


def test_a_chosen_item_is_told_to_the_host(open_page: OpenPage) -> None:
    page = open_page("/static/embed-example.html", ready="#log li")
    expect(page.locator("#log")).to_contain_text("planmap:ready")
    page.evaluate(
        "document.querySelector('#frame').contentWindow.postMessage("
        "{type: 'planmap:set', view: 'focus=park-dongdaihe'}, location.origin)"
    )
    expect(page.locator("#log")).to_contain_text("planmap:select")
    assert messages(page, "select")[0]["id"] == "park-dongdaihe"


def test_a_message_that_is_not_from_the_host_is_ignored(open_page: OpenPage) -> None:
    page = open_page("/embed?county=211421")
    expect(page.locator("#header .count")).to_be_visible()
    before = page.url
    page.evaluate("postMessage({type: 'planmap:set', view: 'county=211422'}, '*')")
    page.wait_for_timeout(300)
    assert page.url == before


def test_the_legend_never_covers_the_map(open_page: OpenPage) -> None:
    page = open_page("/embed?layer=industrial-parks", width=380, height=420)
    page.locator("#legend button").first.click()
    chart, legend = page.locator("#map").bounding_box(), page.locator("#legend").bounding_box()
    assert chart
    assert legend
    assert legend["y"] >= chart["y"] + chart["height"] - 1


def test_options_take_parts_away(open_page: OpenPage) -> None:
    page = open_page("/embed?controls=0&legend=0&link=0", ready="#header .count")
    expect(page.locator("#header .count")).to_be_visible()
    expect(page.locator("#legend")).to_be_hidden()
    expect(page.locator(".leaflet-control-zoom")).to_be_hidden()
    expect(page.locator("#header a")).to_have_count(0)


def test_a_fixed_version_says_whether_it_is_still_served(open_page: OpenPage, site: str) -> None:
    page = open_page("/embed?version=000000000000")
    expect(page.locator("#version")).to_contain_text("000000000000")
    expect(page.locator("#version")).to_contain_text("已不在此服务")
