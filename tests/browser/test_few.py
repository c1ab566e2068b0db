"""Up to forty items each have a symbol of their own; a cluster says what is in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import settled

pytestmark = pytest.mark.browser

MEETING = """() => {
    const boxes = [...document.querySelectorAll("#map .point")].map((one) => one.getBoundingClientRect());
    return boxes.filter((a, i) => boxes.slice(i + 1).some((b) =>
        Math.hypot(a.left - b.left, a.top - b.top) < 0.9 * a.width)).length;
}"""  # noqa: E501


@pytest.mark.parametrize("width", [1440, 390])
def test_up_to_forty_items_are_never_clustered(open_page: OpenPage, width: int) -> None:
    page = open_page("/?layer=water&lang=en", width=width)
    page.locator("#map .point").first.wait_for()
    settled(page)
    expect(page.locator("#map .cluster")).to_have_count(0)
    assert page.evaluate(MEETING) == 0
    assert page.locator("#map .kind-item").count() > 0


def test_a_cluster_s_tip_lists_names_and_a_county_names_its_items(open_page: OpenPage) -> None:
    page = open_page("/?county=211421")
    settled(page)
    assert page.locator("#map .kind-item").count() > 0
    cluster = page.locator("#map .cluster").first
    first = cluster.get_attribute("data-spot")
    name = page.locator(f'#results [data-id="{first}"] .item-name').inner_text()
    cluster.dispatch_event("mouseover")
    expect(page.locator(".leaflet-tooltip.tip")).to_contain_text(name)


def test_what_stands_alone_is_named_at_any_scale_where_it_has_room(open_page: OpenPage) -> None:
    page = open_page("/?all=1")
    page.locator("#map .cluster").first.wait_for()
    settled(page)
    assert page.locator("#map .kind-item").count() >= 3


MARKS = "#map :is(.point, .badge-mark, path.sketch-core, path.sketch-subcore)"
CUT = """(marks) => {
    const edge = document.querySelector("#credit").getBoundingClientRect().top + 1;
    const boxes = [...document.querySelectorAll(marks)].map((one) => one.getBoundingClientRect());
    return boxes.filter((box) => box.width > 0 && box.bottom > edge).length;
}"""


@pytest.mark.parametrize(
    "view", ["urban-structure&category=axis", "tourism-routes", "industrial-parks"]
)
def test_on_a_phone_nothing_lies_under_the_sources(open_page: OpenPage, view: str) -> None:
    page = open_page(f"/?layer={view}", width=390, height=844)
    page.locator(MARKS).first.wait_for()
    settled(page)
    assert page.evaluate(CUT, MARKS) == 0
