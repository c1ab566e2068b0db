"""By keyboard alone: every item can be reached, opened and left."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import drawn, listed

pytestmark = pytest.mark.browser

PARKS = "/?layer=industrial-parks"


def test_the_first_tab_skips_to_the_list(open_page: OpenPage) -> None:
    page = open_page(PARKS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到项目列表")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('#results').contains(document.activeElement)")
    assert inside


def test_enter_opens_a_card_and_escape_returns_to_where_it_was_opened(open_page: OpenPage) -> None:
    page = open_page(PARKS)
    row = page.locator("#results [data-id]").nth(2)
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(row).to_be_focused()


def test_a_chip_keeps_the_focus_when_it_is_pressed(open_page: OpenPage) -> None:
    page = open_page(PARKS)
    chip = page.locator('[data-choose="county:211421"]')
    chip.focus()
    page.keyboard.press("Space")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(chip).to_be_focused()


def test_everything_on_the_map_can_be_reached_is_named_once_and_opens(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks,tourism-layout&county=211421")
    stops = page.locator("#map [data-spot][tabindex='0']")
    names = stops.evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert all(names)
    assert len(set(names)) == len(names), names
    assert drawn(page) <= set(listed(page))
    symbol = page.locator("#map [data-ids='park-dongdaihe']")
    symbol.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("辽宁东戴河新区")


def test_a_line_or_zone_opens_by_enter(open_page: OpenPage) -> None:
    page = open_page("/?layer=tourism-layout")
    path = page.locator("#map path[data-spot][tabindex='0']").first
    name = path.get_attribute("aria-label")
    path.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text(str(name))


def test_the_new_count_is_announced(open_page: OpenPage) -> None:
    page = open_page(PARKS)
    live = page.locator("#live")
    expect(live).to_have_text("共 9 项")
    page.locator('[data-choose="county:211422"]').click()
    expect(live).to_have_text("共 1 项")


def test_from_search_to_the_list_in_fewer_than_ten_stops(open_page: OpenPage) -> None:
    for path in ("/", PARKS, f"{PARKS}&lang=en"):
        page = open_page(path)
        page.locator("#q").focus()
        for _ in range(9):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('#results') !== null"):
                break
        else:
            pytest.fail(f"{path}: more than nine stops")
