"""Two ways to draw beside symbols: counties tinted by count, and the plan's own diagram."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import drawn, listed, number_in, settled
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

STRUCTURE = "/?layer=urban-structure"


def test_counties_are_counted_on_the_map_in_a_table_and_in_the_address(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page("/?layer=water")
    toggle = page.locator("#legend").get_by_role("button", name="按县区计数")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(toggle).to_be_focused()
    assert page.url.endswith("?layer=water&choropleth=1")
    expect(page.locator("#map .tone")).to_have_count(6)
    on_map = page.locator("#map .tally strong").all_inner_texts()
    table = page.locator("#legend .counted tr")
    in_table = [number_in(text) for text in table.all_inner_texts()]
    counties = page.locator('#filters [data-choose^="county:2"]')
    chips = [number_in(text) for text in counties.all_inner_texts()]
    assert in_table == chips
    assert sorted(map(int, on_map)) == sorted(in_table)
    codes = [code for one in index if one["layer"] == "water" for code in one["counties"]]
    assert in_table == [codes.count(code) for code in sorted(set(codes))]
    assert violations(page) == []

    table.nth(4).get_by_role("button").click()
    assert "county=211422" in page.url
    again = open_page(page.url)
    expect(again.locator("#map .tone")).to_have_count(6)
    again.locator("#legend").get_by_role("button", name="按县区计数").click()
    expect(again.locator("#map .tone")).to_have_count(0)


def test_the_structure_alone_is_drawn_as_its_diagram(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page(STRUCTURE)
    page.locator("#map .sketch-core").first.wait_for()
    expect(page.locator("#map .sketch-axis.is-band")).to_have_count(3)
    expect(page.locator("#map .sketch-axis[marker-end]")).to_have_count(3)
    expect(page.locator("#map .sketch-belt.is-band")).to_have_count(1)
    expect(page.locator("#map .sketch-core.is-ring-1")).to_have_count(2)
    expect(page.locator("#map text.sketch-belt")).to_have_text("一带：滨海城镇发展带")
    expect(page.locator("#legend")).to_contain_text("辐射轴")
    placed = {one["id"] for one in index if one["layer"] == "urban-structure" and one["geometry"]}
    assert drawn(page) == placed
    assert set(listed(page)) >= placed
    assert violations(page) == []

    axis = page.locator('#map [data-spot="axis-huxing-nanpiao"]')
    axis.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("葫兴—南票城镇功能辐射轴")
    expect(page.locator("#card .fields")).to_contain_text("辐射轴")


def test_among_other_layers_it_is_drawn_as_its_geometry(open_page: OpenPage) -> None:
    page = open_page(STRUCTURE + ",transport")
    expect(page.locator("#map .line-core.layer-urban-structure").first).to_be_attached()
    expect(page.locator("#map .sketch")).to_have_count(0)
    page.locator('#results [data-id="core-main"]').click()
    expect(page.locator("#map .sketch-core.is-ring-0")).to_have_count(2)


FILL = "(one) => getComputedStyle(one).fill"


def test_colours_say_the_status_at_a_switch_of_the_legend(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks,urban-projects", width=1440, height=900)
    switch = page.get_by_role("switch", name="按状态着色")
    expect(switch).to_have_attribute("aria-checked", "false")
    point = page.locator(".point .status-existing.layer-industrial-parks .shape").first
    before = point.evaluate(FILL)
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(page).to_have_url(re.compile("colour=status"))
    key = page.locator("#legend .symbol.status-existing .shape")
    page.wait_for_function(
        "(before) => getComputedStyle(document.querySelector"
        "('.point .status-existing.layer-industrial-parks .shape')).fill !== before",
        arg=before,
    )
    assert point.evaluate(FILL) == key.evaluate(FILL)
    switch.click()
    page.wait_for_function("() => !document.documentElement.dataset.colour")
    assert point.evaluate(FILL) == before


COVERED_LAND = """() => {
    const { left, right, top, bottom } = document.querySelector("#legend").getBoundingClientRect();
    const steps = [0.01, 0.2, 0.4, 0.6, 0.8, 0.99];
    return steps.some((x) => steps.some((y) => document
        .elementsFromPoint(left + x * (right - left), top + y * (bottom - top))
        .some((one) => one.matches(".veil"))));
}"""


@pytest.mark.parametrize("layer", ["urban-structure", "transport"])
@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
def test_the_legend_stands_open_beside_the_land(
    open_page: OpenPage, size: tuple[int, int], layer: str
) -> None:
    page = open_page(f"/?layer={layer}", width=size[0], height=size[1])
    page.locator("#legend .legend-layers").wait_for()
    settled(page)
    expect(page.locator("#legend .legend-head")).to_have_attribute("aria-expanded", "true")
    assert not page.evaluate(COVERED_LAND)


def test_the_legend_folds_where_land_comes_under_it_unless_it_was_asked_for(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=transport", width=1440, height=900)
    page.locator("#legend .legend-layers").wait_for()
    head = page.locator("#legend .legend-head")
    for _ in range(3):
        page.locator(".leaflet-control-zoom-in").click()
        settled(page)
    expect(head).to_have_attribute("aria-expanded", "false")
    head.click()
    expect(head).to_have_attribute("aria-expanded", "true")
    page.locator(".leaflet-control-zoom-in").click()
    settled(page)
    expect(head).to_have_attribute("aria-expanded", "true")
