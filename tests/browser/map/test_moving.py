"""No state of the page feeds itself: whatever is switched on, moving it ends, in every window."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import listed, settled

pytestmark = pytest.mark.browser

BOX = "119.9,40.1,120.8,40.7"
WINDOWS = ((1280, 800), (1366, 600), (390, 844))
VIEWS = (
    f"/?layer=energy&bbox={BOX}&inview=1", "/?place=葫芦岛站&near=10", "/?choropleth=1",
    f"/?layer=water&table=1&bbox={BOX}", f"/?layer=energy&present=1&bbox={BOX}&inview=1",
    f"/embed?layer=energy&bbox={BOX}&inview=1&list=1",
)  # fmt: skip
WRITES_MOST = 4
"""Writes of the address that one gesture may end in; what feeds itself has no end."""

COUNT = """
window.writes = 0;
for (const name of ["pushState", "replaceState"]) {
    const own = history[name].bind(history);
    history[name] = (...given) => { window.writes += 1; own(...given); };
}
"""
SETTLED = """new Promise((done) => {
    let [last, calm] = [location.href, 0];
    const look = () => {
        calm = location.href === last ? calm + 1 : 0;
        last = location.href;
        if (calm > 30) done();
        else requestAnimationFrame(look);
    };
    look();
})"""


def settle(page: Page) -> int:
    """How often the address has been written since last asked, once it no longer changes."""
    page.evaluate(SETTLED)
    written: int = page.evaluate("() => { const n = writes; writes = 0; return n; }")
    return written


def asked(page: Page) -> dict[str, Any]:
    return parse_qs(urlsplit(page.url).query)


def drag(page: Page) -> None:
    """Over ground where nothing lies that a press would open."""
    box = page.locator("#map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_opening_panning_zooming_resizing_and_going_back_end(
    open_page: OpenPage, site: str, view: str, width: int, height: int
) -> None:
    page = open_page("/static/icon.svg", ready="svg", width=width, height=height)
    page.add_init_script(COUNT)
    page.goto(site + view)
    page.locator("#map .leaflet-control-zoom").wait_for(state="attached")
    assert settle(page) <= WRITES_MOST
    opened = page.url
    if "bbox" in view:
        assert asked(page)["bbox"] == [BOX], "opening a link does not rewrite it"
    page.set_viewport_size({"width": height, "height": width})
    assert settle(page) == 0
    assert page.url == opened
    page.set_viewport_size({"width": width, "height": height})
    assert settle(page) == 0
    drag(page)
    assert settle(page) <= WRITES_MOST
    page.mouse.wheel(0, -200)
    assert settle(page) <= WRITES_MOST
    page.go_back()
    page.go_forward()
    page.locator("#map .leaflet-control-zoom").wait_for(state="attached")
    assert settle(page) <= WRITES_MOST


def test_a_shared_window_lists_the_same_in_every_window_and_follows_the_hand(
    open_page: OpenPage, site: str
) -> None:
    query = f"bbox={BOX}&inview=1"
    lists = []
    for width, height in WINDOWS[:2]:
        page = open_page(f"/?{query}", width=width, height=height)
        answer = page.request.get(f"{site}/view.geojson?{query}").json()
        lists.append(listed(page))
        assert lists[-1] == [one["id"] for one in answer["features"]]
    drag(page)
    expect(page).not_to_have_url(re.compile(re.escape(BOX)))
    box = asked(page)["bbox"][0]
    answer = page.request.get(f"{site}/view.geojson?bbox={box}&inview=1").json()
    ids = [one["id"] for one in answer["features"]]
    expect(page.locator("#results [data-id]")).to_have_count(len(ids))
    assert listed(page) == ids


def test_an_item_opened_from_the_list_leaves_the_window_of_the_list(open_page: OpenPage) -> None:
    page = open_page(f"/?layer=energy&bbox={BOX}&inview=1")
    before = listed(page)
    page.locator("#results [data-id]").first.click()
    page.locator("#card h2").wait_for()
    assert asked(page)["bbox"] == [BOX]
    assert listed(page) == before


DRAWN_ANEW = """new Promise((done) => {
    const map = document.querySelector("#map");
    const names = new Set(map.querySelectorAll(".name, .county-name"));
    const anew = { lines: 0, names: 0 };
    const watch = new MutationObserver((changes) => {
        for (const { attributeName, addedNodes } of changes) {
            anew.lines += attributeName === "d" ? 1 : 0;
            const added = [...addedNodes].filter((one) => one.matches?.(".name, .county-name"));
            anew.names += added.length;
        }
    });
    watch.observe(map, { subtree: true, childList: true, attributes: true });
    const key = new KeyboardEvent("keydown", { key: "ArrowLeft", keyCode: 37, bubbles: true });
    map.dispatchEvent(key);
    setTimeout(() => { watch.disconnect(); done({ ...anew, all: names.size }); }, 1000);
})"""


def test_a_small_move_draws_no_line_and_few_names_anew(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#map .base-maps button").wait_for()
    settled(page)
    page.locator("#map").focus()
    anew = page.evaluate(DRAWN_ANEW)
    assert anew["all"] > 10
    assert anew["lines"] == 0
    assert anew["names"] < anew["all"] / 3
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
        settled(page)
    # What has come into the window is drawn, out to its edge.
    assert page.evaluate(ROOM_LEFT) >= 0


ROOM_LEFT = """(() => {
    const home = document.querySelector("#map").getBoundingClientRect();
    const drawn = document.querySelector(".veil").ownerSVGElement.getBoundingClientRect();
    return Math.min(home.left - drawn.left, home.top - drawn.top,
        drawn.right - home.right, drawn.bottom - home.bottom);
})()"""
