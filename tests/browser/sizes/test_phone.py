"""On a phone: map above, sheet below, targets a finger wide."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
FINGER_PX = 44
SMALL = f"""all => all.filter(one => {{
    const box = one.getBoundingClientRect();
    return box.width && (box.height < {FINGER_PX} - 0.5 || box.width < {FINGER_PX} - 0.5);
}}).map(one => one.outerHTML.slice(0, 120))"""


def test_the_map_and_the_list_share_the_screen_without_sideways_scrolling(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    map_box = page.locator("#map").bounding_box()
    row_box = page.locator("#results [data-id]").first.bounding_box()
    assert map_box is not None
    assert row_box is not None
    assert map_box["height"] > 250
    assert row_box["y"] + row_box["height"] < PHONE["height"]


def test_targets_are_a_finger_wide(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport", **PHONE)
    for scope in ("#header", "#panel", "#map .leaflet-control-container"):
        assert page.locator(f"{scope} :is(button, a[href], input)").evaluate_all(SMALL) == []
    page.locator('[data-tab="layers"]').last.click()
    assert page.locator("#panel :is(button, a[href])").evaluate_all(SMALL) == []


def test_the_card_lies_in_the_sheet_and_closes(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks", **PHONE)
    page.locator("#results [data-id]").first.tap()
    card = page.locator("#card")
    expect(card).to_contain_text("专栏5-1")
    box = card.bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    card.get_by_role("button", name="关闭").tap()
    expect(card).to_be_hidden()
