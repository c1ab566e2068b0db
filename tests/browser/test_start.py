"""The first ten seconds: what the page begins with, on every screen, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import held_back

WATCH = """window.shifts = 0;
new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
}).observe({ type: "layout-shift", buffered: true });"""
SIZES = [(1440, 900), (1366, 768), (390, 844)]


def drawn(page: Page) -> int:
    """How many symbols and lines of the plan the map shows."""
    return page.locator("#map :is(.point, .cluster)").count()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("path", ["/", "/?lang=en"])
def test_nothing_moves_when_the_scripts_come(
    open_page: OpenPage, site: str, path: str, width: int, height: int
) -> None:
    page = open_page("/healthz", ready="body")
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(WATCH)
    page.goto(site + path)
    page.locator("#results [data-id]").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") < 0.02


def test_the_first_map_is_calm_and_a_press_shows_all(open_page: OpenPage) -> None:
    page = open_page("/")
    expect(page.locator("#map .cluster")).to_have_count(0)
    assert 9 <= drawn(page) <= 12
    page.locator("#overview a").click()
    expect(page.locator("#map .cluster").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?all=1$"))
    expect(page.locator("#start")).to_be_hidden()
    page.go_back()
    expect(page.locator("#map .cluster")).to_have_count(0)
    expect(page.locator("#start")).to_be_visible()


def test_doors_numbers_and_examples_open_their_views(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator(".door", has_text="找园区").click()
    expect(page.locator("#results [data-id]")).to_have_count(9)
    expect(page.locator("#start")).to_be_hidden()
    page.locator("[data-home]").click()
    expect(page.locator("#start")).to_be_visible()
    page.locator(".door", has_text="看我县").click()
    page.locator("#start [data-view='county=211421']").click()
    expect(page).to_have_url(re.compile(r"/\?county=211421$"))
    page.locator("[data-home]").click()
    page.locator(".door", has_text="五张图").click()
    expect(page.locator("#start details[open] li")).to_have_count(5)
    page.keyboard.press("Escape")
    expect(page.locator("#start details[open]")).to_have_count(0)
    page.locator(".door", has_text="查一个项目").click()
    expect(page.locator("#q")).to_be_focused()
    n = page.locator("#start [data-view='status=building'] b").inner_text()
    page.locator("#start [data-view='status=building']").click()
    expect(page.locator("#count")).to_contain_text(n)


def test_the_start_speaks_the_language_that_is_chosen(open_page: OpenPage) -> None:
    page = open_page("/")
    page.locator("#header [data-lang='en']").click()
    expect(page.locator(".door").first).to_have_text("Find a park")
    page.locator(".door").first.click()
    expect(page).to_have_url(re.compile(r"/\?layer=industrial-parks&lang=en$"))


def test_words_stand_beside_icons_where_there_is_room(open_page: OpenPage) -> None:
    page = open_page("/", width=1280, height=800)
    expect(page.locator("[data-present] .tool-word")).to_be_visible()
    page.set_viewport_size({"width": 1200, "height": 800})
    expect(page.locator("[data-present] .tool-word")).to_be_hidden()


def test_a_reader_without_scripts_reads_and_follows_the_list(open_page: OpenPage) -> None:
    page = open_page("/", ready="#results .item", java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".lead")).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    assert page.locator("#results .item").count() >= 20
    page.locator(".door").first.click()
    page.locator("#results .item").first.click()
    expect(page.locator("h1")).to_contain_text("杨家杖子")


def test_a_row_tapped_before_the_list_has_come_to_life_opens_its_card(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/healthz", ready="body")
    held = held_back(page, "**/index.json")
    page.goto(site)
    page.locator("#map .point").first.wait_for()
    row = page.locator("#results .item").nth(1)
    row.click()
    name = row.locator(".item-name").inner_text()
    held[0].continue_()
    expect(page.locator("#card .card-head")).to_contain_text(name)


SAYS = """window.said = [];
new MutationObserver(() => window.said.push(document.querySelector("#results")?.textContent ?? ""))
    .observe(document, { childList: true, subtree: true });"""


def test_that_nothing_is_found_is_not_said_before_the_texts_have_come(
    open_page: OpenPage, site: str
) -> None:
    page = open_page("/healthz", ready="body")
    held = held_back(page, "**/search.json")
    page.add_init_script(SAYS)
    with page.expect_request("**/search.json"):
        page.goto(f"{site}/?q=高铁站")
    expect(page.locator("#results .item")).to_have_count(1)
    held[0].continue_()
    expect(page.locator("#results [data-id]")).not_to_have_count(0)
    assert not [said for said in page.evaluate("window.said") if "没有符合条件" in said]


@pytest.mark.parametrize("path", ["/", "/?layer=industrial-parks&county=211421", "/?lang=en&all=1"])
def test_from_search_to_the_list_there_are_fewer_than_ten_stops(
    open_page: OpenPage, path: str
) -> None:
    page = open_page(path)
    page.locator("#results [data-id]").first.wait_for()
    page.locator("#filters .facet").first.wait_for(state="attached")
    page.locator("#q").focus()
    stops = 0
    while not page.evaluate("document.activeElement.matches('#results [data-id]')"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 10, page.evaluate("document.activeElement.outerHTML")


def test_arrows_go_through_a_group_and_it_is_come_back_to_where_it_was_left(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=industrial-parks")
    chips = page.locator("#filters .chip")
    chips.nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(chips.nth(2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips.nth(2)).to_be_focused()
    expect(chips.nth(2)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(chips.nth(2)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(chips.nth(1)).to_be_focused()
