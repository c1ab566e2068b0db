"""The network goes in the middle of a step, or there is no clipboard: the reader can go on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


GROUND = (
    "() => ['names', 'ground', 'world'].every(name => performance.getEntriesByType('resource')"
    ".some(one => one.name.includes(`/${name}.`) && one.responseEnd))"
)


def cut_off(page: Page) -> None:
    """No network, and nothing of what windows before this one fetched; what the page fetches of
    itself once it rests has come.
    """
    page.wait_for_function(GROUND)
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.context.set_offline(True)


def test_a_card_that_could_not_be_fetched_is_tried_again(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    expect(page.locator("#results [data-compare]").first).to_be_visible()
    card = page.locator("#card")
    page.locator("#results [data-id]").first.click()
    expect(card.locator(".card-foot")).to_be_visible()
    page.wait_for_load_state("networkidle")
    cut_off(page)
    page.locator("#results [data-id]").nth(3).click()
    expect(card).to_contain_text("没有连上服务")
    expect(card).not_to_contain_text("TypeError")
    expect(card).not_to_contain_text("正在载入")
    page.context.set_offline(False)
    card.get_by_role("button", name="重试").click()
    expect(card.locator(".card-foot")).to_be_visible()


@pytest.mark.parametrize("button", ["分享", "演示清单", "标注", "English"])
def test_a_step_that_could_not_be_done_is_said_and_done_after_a_reload(
    open_page: OpenPage, button: str
) -> None:
    page = open_page("/?layer=industrial-parks")
    expect(page.locator("#results [data-compare]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    cut_off(page)
    page.get_by_role("button", name=button).first.click()
    expect(page.locator("#messages")).to_contain_text("没有连上服务")
    page.context.set_offline(False)
    page.locator("[data-reload]").click()
    expect(page.locator("#results [data-compare]").first).to_be_visible()
    assert "layer=industrial-parks" in page.url
    expect(page.locator("#messages")).to_be_empty()
    page.wait_for_load_state("networkidle")  # what is cut off in the middle is an error of the page


def test_where_a_browser_has_no_clipboard_a_selection_is_copied(open_page: OpenPage) -> None:
    page = open_page("/?focus=park-dongdaihe")
    page.context.grant_permissions(["clipboard-read"])
    copy = page.locator("#card").get_by_role("button", name="GCJ-02")
    expect(copy).to_be_visible()
    page.evaluate(
        "() => { const real = navigator.clipboard; window.readBack = () => real.readText();"
        " Object.defineProperty(navigator, 'clipboard', { value: undefined }); }"
    )
    copy.click()
    expect(page.locator("#card .go [role=status]")).to_have_text("已复制")
    assert page.evaluate("() => window.readBack()").endswith("(GCJ-02)")
    expect(page.locator(".copied-text")).to_have_count(0)
