"""The same page in English."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import held_back, listed, settled

pytestmark = pytest.mark.browser

HAN = re.compile(r"[\u4e00-\u9fff]")


def test_switching_changes_words_title_and_lang_and_keeps_the_view(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks&county=211421")
    before = listed(page)
    page.locator("#header [data-lang='en']").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Suizhong County · Nine Industrial Parks · Huludao Plan Map")
    expect(page.locator("#count")).to_have_text("1 item")
    assert listed(page) == before
    assert "lang=en" in page.url


def test_words_that_come_when_the_reader_has_gone_back_are_not_spoken(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    held = held_back(page, "**/words/en.json")
    with page.expect_request("**/words/en.json"):
        page.locator("#header [data-lang='en']").click()
    page.go_back()
    page.wait_for_url(lambda url: "lang" not in url)
    with page.expect_response("**/words/en.json"):
        held[0].continue_()
    page.unroute("**/words/en.json")
    page.locator("#header [data-share]").click()
    expect(page.get_by_role("dialog").get_by_role("heading").first).to_have_text("分享这张图")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_nothing_is_left_in_chinese_but_what_is_said_to_be(open_page: OpenPage) -> None:
    page = open_page("/?lang=en&layer=industrial-parks&focus=park-dongdaihe")
    expect(page.locator("#card")).to_contain_text("Leading industries")
    chinese = page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const node = walker.currentNode;
                const said = node.parentElement.closest("[lang='zh-CN'], [lang='zh']");
                if (!said) found.push(node.data);
            }
            return found;
        }"""
    )
    assert [text for text in chinese if HAN.search(text)] == []


def test_a_name_in_the_list_has_the_whole_width_above_what_says_how_well_it_is_placed(
    open_page: OpenPage,
) -> None:
    page = open_page("/?layer=energy&lang=en", width=1366, height=768)
    row = page.locator("#results .item:has(.mark)").first
    row.wait_for()
    name, mark = (row.locator(one).bounding_box() for one in (".item-name", ".mark"))
    assert name is not None
    assert mark is not None
    assert name["x"] + name["width"] >= mark["x"] + mark["width"] - 1
    assert mark["y"] >= name["y"] + name["height"] - 1


@pytest.mark.parametrize("size", ["", "large"])
@pytest.mark.parametrize("view", ["county=211481", "all=1", "layer=urban-structure"])
def test_numbers_of_the_legend_stay_in_its_frame(open_page: OpenPage, view: str, size: str) -> None:
    page = open_page(f"/?{view}&lang=en")
    if size:
        page.locator('[data-key="large"]').click()
    expect(page.locator("#legend small").first).to_be_visible()
    settled(page)
    outside = page.locator("#legend li").evaluate_all("""all => all.filter(one => {
        const frame = document.querySelector(".legend-body").getBoundingClientRect();
        const of = (part) => part.getBoundingClientRect();
        const parts = [...one.children].map(of);
        return parts.some((part) => part.right > frame.right)
            || parts.some((part, n) => n > 0 && part.left < parts[n - 1].right - 0.5);
    }).map(one => one.textContent)""")
    assert outside == []
