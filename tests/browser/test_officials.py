"""Officials: from an item to its box and back, from a county to its list for checking."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_the_card_leads_to_the_box_and_the_box_back(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-yangjiazhangzi")
    name = page.locator(".card-head h2").inner_text()
    page.locator(".refs a", has_text="专栏5-1").click()
    expect(page.locator("h1")).to_contain_text("专栏5-1")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator(".card-head h2")).to_have_text(name)


def test_a_county_leads_to_its_list_for_checking(open_page: OpenPage) -> None:
    page = open_page("/county/绥中?lang=en&status=规划新建")
    page.get_by_role("link", name="List for checking").click()
    expect(page.locator("h1")).to_have_text("Suizhong County: list for checking")
    some = page.locator("tbody tr").count()
    page.locator("nav.contents a", has_text="County inferred").click()
    expect(page.locator("nav.contents a[aria-current]")).to_contain_text("County inferred")
    assert 0 < page.locator("tbody tr").count() < some
