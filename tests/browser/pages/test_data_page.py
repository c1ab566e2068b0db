"""The page about the data in a real browser: it leads to the map, reads on any screen, prints."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import total
from tests.browser.test_access import violations

pytestmark = pytest.mark.browser

READY = "main h1"


def test_a_number_opens_the_map_on_just_those_items(open_page: OpenPage) -> None:
    page = open_page("/data?lang=zh", ready=READY)
    table = page.get_by_role("table").nth(1)
    cell = table.get_by_role("row", name="绥中县").get_by_role("link").nth(1)
    expected = int(cell.inner_text())
    cell.click()
    page.locator("#count").wait_for()
    assert "county=211421&precision=" in page.url
    assert total(page) == expected


def test_an_unlocated_item_leads_to_its_card(open_page: OpenPage) -> None:
    page = open_page("/data?lang=en", ready=READY)
    group = page.locator("details.gap").filter(has_text="does not say in which county")
    group.locator("summary").click()
    link = group.get_by_role("link").first
    name = link.inner_text()
    link.click()
    expect(page.locator("#card h2")).to_have_text(name)


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        ("/data?lang=zh", 1280, "dark"),
        ("/data?lang=en", 390, "light"),
        ("/data/sources?lang=zh", 390, "dark"),
        ("/county/999?lang=zh", 390, "light"),
        ("/view.png?layer=moon&lang=en", 1280, "dark"),
    ],
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_page: OpenPage, path: str, width: int, scheme: str
) -> None:
    page = open_page(path, width=width, ready=READY, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_language_switch_keeps_the_page(open_page: OpenPage) -> None:
    page = open_page("/data?lang=zh", ready=READY)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About the data")
    expect(page.get_by_role("link", name="English")).to_have_attribute("aria-current", "true")


def test_paper_gets_every_reason_and_no_buttons(open_page: OpenPage) -> None:
    page = open_page("/data?lang=zh", ready=READY)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="本页内容")).to_be_hidden()
    last = page.locator("details.gap").last.locator(".remarks p").last
    assert last.evaluate("one => one.checkVisibility({ contentVisibilityAuto: true })")
