"""Officials: from an item to its box and back, from a county to its list for checking."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, service
from tests.browser.page_objects import listed, number_in

pytestmark = pytest.mark.browser

COPY = "https://example.org/plan.html#{id}"


def test_the_card_leads_to_the_box_and_the_box_back(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-yangjiazhangzi")
    name = page.locator(".card-head h2").inner_text()
    page.locator(".refs a", has_text="专栏5-1").click()
    expect(page.locator("h1")).to_contain_text("专栏5-1")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator(".card-head h2")).to_have_text(name)


def test_from_a_card_to_another_item_of_its_box_are_two_presses(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-yangjiazhangzi&lang=en", width=390, height=844)
    page.locator(".refs a", has_text="Box 5-1").click()
    expect(page.locator("h1")).to_contain_text("Box 5-1")
    page.get_by_role("link", name="Nanpiao", exact=False).first.click()
    expect(page.locator(".card-head h2")).to_contain_text("Nanpiao")
    expect(page.locator(".refs a", has_text="Box 5-1")).to_have_count(1)


def sheet_ids(page: Page) -> set[str]:
    """The ids in the workbook of what the page shows: the first column of its first sheet."""
    body = page.request.get(page.url.replace("/?", "/view.xlsx?")).body()
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    rows = book.worksheets[0].iter_rows(min_row=2, max_col=1, values_only=True)
    return {str(id) for (id,) in rows}


def test_what_is_to_be_checked_is_chosen_in_two_presses_on_page_and_in_workbook(
    open_page: OpenPage,
) -> None:
    page = open_page("/?county=211404")
    before = set(listed(page))
    page.locator('[data-fold="doubt"]').click()
    choice = page.locator('[data-choose="doubt:estimated"]')
    promised = number_in(choice.inner_text())
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#results [data-id]")).to_have_count(promised)
    assert "doubt=estimated" in page.url
    found = set(listed(page))
    assert found < before
    assert sheet_ids(page) == found
    page.locator('[data-drop="doubt:estimated"]').click()
    expect(page.locator("#results [data-id]")).to_have_count(len(before))


def test_card_and_box_lead_to_the_operator_s_copy_of_the_text(tiny: Path, browser: Browser) -> None:
    plan = tiny / "geodata" / "plan.toml"
    plan.write_text(f'text_url = "{COPY}"\n{plan.read_text("utf-8")}', "utf-8")
    context = browser.new_context()
    context.route("https://example.org/**", lambda route: route.fulfill(body="the plan"))
    page = context.new_page()
    with service(None, PLANMAP_PACK=str(tiny)) as site:
        page.goto(f"{site}/?focus=site-mill")
        with context.expect_page() as opened:
            page.locator(".refs .plan-text").first.click()
        assert opened.value.url == "https://example.org/plan.html#box-1-1"
        page.locator(".refs a:not(.plan-text)").first.click()
        page.locator("main").get_by_role("link", name="↗").click()
        expect(page).to_have_url("https://example.org/plan.html#box-1-1")
    context.close()


def test_a_county_leads_to_its_list_for_checking(open_page: OpenPage) -> None:
    page = open_page("/county/绥中?lang=en&status=规划新建")
    page.get_by_role("link", name="List for checking").click()
    expect(page.locator("h1")).to_have_text("Suizhong County: list for checking")
    some = page.locator("tbody tr").count()
    page.locator("nav.contents a", has_text="County inferred").click()
    expect(page.locator("nav.contents a[aria-current]")).to_contain_text("County inferred")
    assert 0 < page.locator("tbody tr").count() < some
