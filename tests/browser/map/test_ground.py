"""The ground: it holds to zoom 15, ends with a word, and gives way to another base map."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

CLOSE = "/?layer=industrial-parks&bbox=120.82,40.72,120.88,40.76"
CITY = "/?layer=industrial-parks"
ARRIVED = "#map[data-near] .leaflet-ground-detail-pane path"


SHADED = """() => {
    const canvas = document.querySelector("#map canvas.relief");
    if (!canvas || canvas.width < 400) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, i) => i % 4 === 3 && value > 0);
}"""
"""The shade of the relief is painted, not only there."""
LARGEST = """() => new Promise((done) => new PerformanceObserver((list) => {
    done(list.getEntries().map((one) => one.element?.closest("#map") ? "map" : "words"));
}).observe({ type: "largest-contentful-paint", buffered: true }))"""


def near(page: Page) -> int:
    return int(page.locator("#map").get_attribute("data-near") or 0)


def arrived(page: Page) -> Page:
    page.locator(ARRIVED).first.wait_for(state="attached")
    return page


def names(page: Page, kind: str) -> list[str]:
    return page.locator(f"#map .name.kind-{kind}").all_inner_texts()


def test_the_ground_comes_after_the_first_view(open_page: OpenPage) -> None:
    page = arrived(open_page(CITY))
    for part in ("built-up", "water", "road.kind-motorway", "rail.kind-rail", "great-wall"):
        assert page.locator(f"#map .leaflet-ground-detail-pane path.{part}").count() > 0, part
    relief = page.locator("#map canvas.relief")
    expect(relief).to_have_count(1)
    page.wait_for_function(SHADED)
    assert {"G1", "G306"} <= set(names(page, "road-number"))


def test_what_is_largest_of_the_page_is_its_words(open_page: OpenPage) -> None:
    page = arrived(open_page("/"))
    page.wait_for_function(SHADED)
    assert "map" not in page.evaluate(LARGEST)


def test_close_up_there_is_more_than_paper(open_page: OpenPage) -> None:
    page = arrived(open_page(CLOSE))
    assert near(page) == 5
    expect(page.locator("#map .name.kind-township span").first).to_be_visible()
    drawn = page.locator("#map :is(.road, .rail)").evaluate_all(
        "all => all.filter((one) => one.getAttribute('d').length > 10).length"
    )
    assert drawn >= 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", ["119.7,40.75,119.9,40.85", "120.3,40.3,120.36,40.34"])
def test_no_place_close_up_is_an_empty_sheet(open_page: OpenPage, place: str, theme: str) -> None:
    page = arrived(open_page(f"/?layer=tourism-layout&bbox={place}&theme={theme}"))
    sheet = Image.open(io.BytesIO(page.locator("#map").screenshot())).convert("L")
    tones = [count for count in sheet.histogram() if count > 20]
    assert len(tones) > 24


def test_zooming_ends_with_a_word(open_page: OpenPage) -> None:
    page = arrived(open_page(CITY))
    expect(page.locator(".ground-end")).to_be_hidden()
    page = arrived(open_page("/?layer=industrial-parks&bbox=120.85,40.75,120.852,40.751"))
    expect(page.locator(".ground-end")).to_contain_text("内置底图到此为止")
    expect(page.locator(".leaflet-control-zoom-in")).to_have_attribute("aria-disabled", "true")
    page.locator(".ground-end [data-another]").click()
    expect(page.locator(".base-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".base-panel")).to_have_count(0)
    expect(page.locator(".base-maps [data-open]")).to_be_focused()
    page.locator(".leaflet-control-zoom-out").click()
    expect(page.locator(".ground-end")).to_be_hidden()


def test_the_land_ends_nowhere_in_a_straight_edge(open_page: OpenPage) -> None:
    """Far to the west and the north of the city there is land, also on a wide screen at zoom 7."""
    page = arrived(open_page("/?layer=industrial-parks&bbox=116,38,125,43&theme=light", width=2400))
    page.locator("#map .leaflet-world-pane path").wait_for(state="attached")
    box: Any = page.locator("#map").bounding_box()
    sheet = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    land = sheet.getpixel((int(box["x"] + 400), int(box["y"] + 30)))
    for x, y in ((120, 30), (200, 300), (box["width"] - 60, 30)):
        assert sheet.getpixel((int(box["x"] + x), int(box["y"] + y))) == land, (x, y)


def test_base_maps_are_chosen_by_what_they_look_like(open_page: OpenPage) -> None:
    page = arrived(open_page(CITY))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    button = page.locator(".base-maps [data-open]")
    expect(button).to_have_attribute("aria-label", "底图")
    button.click()
    looks = page.locator(".base-panel [data-base]")
    expect(looks).to_have_count(4)
    assert looks.evaluate_all("all => all.every((one) => one.querySelector('svg.look path'))")
    expect(page.locator('[data-base="paper"]')).to_have_attribute("aria-pressed", "true")
    # Parts of the page itself may still come; no picture is fetched to show how a map looks.
    assert [url for url in asked if url.startswith("https:") or "/tiles/" in url] == []
    page.route(re.compile("^https:"), lambda route: route.abort())
    page.locator('[data-base="amap-imagery"]').click()
    page.wait_for_url("**base=amap-imagery**")
    expect(page.locator(".base-panel")).to_have_count(0)
    expect(page.locator(".no-tiles")).to_contain_text("高德影像")
    expect(page.locator("#credit")).to_contain_text("高德")
    styles = {style for url in asked for style in ("style=6", "style=8") if style in url}
    assert styles == {"style=6", "style=8"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_and_an_embed_have_them_too(open_page: OpenPage, lang: str) -> None:
    for path, size in (("/", (390, 844)), ("/embed", (700, 600))):
        page = arrived(
            open_page(f"{path}?layer=transport&lang={lang}", width=size[0], height=size[1])
        )
        page.locator(".base-maps [data-open]").click()
        box: Any = page.locator(".base-panel").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        expect(page.locator(".base-panel p")).not_to_be_empty()
