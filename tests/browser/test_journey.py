"""By mouse, on a wide screen: choose, open, copy, go back."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_objects import asks, drawn, listed, number_in, total

pytestmark = pytest.mark.browser

SUIZHONG = "211421"
PARK = "park-dongdaihe"
FOUR = "layer=industrial-parks,agri-layout,tourism-layout,transport"


def chip(page: Page, county: str) -> Any:
    return page.locator(f'[data-choose="county:{county}"]')


def test_first_view_shows_every_item_in_list_and_counts(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page("/")
    layers = list(dict.fromkeys(item["layer"] for item in index))
    grouped = sorted(index, key=lambda item: layers.index(item["layer"]))
    assert listed(page) == [item["id"] for item in grouped]
    assert total(page) == len(index)
    assert page.url.endswith("/"), "opening the page chooses nothing"


def test_choosing_a_county_moves_counts_list_and_map_together(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    page = open_page(f"/?{FOUR}")
    promised = number_in(chip(page, SUIZHONG).inner_text())
    chip(page, SUIZHONG).click()
    layers = FOUR.removeprefix("layer=").split(",")
    within = [item for item in index if SUIZHONG in item["counties"] and item["layer"] in layers]
    assert promised == total(page) == len(within)
    assert listed(page) == [item["id"] for item in within]
    assert drawn(page) == {item["id"] for item in within if item["geometry"]}
    expect(chip(page, SUIZHONG)).to_have_attribute("aria-pressed", "true")
    assert f"county={SUIZHONG}" in page.url


def test_a_county_may_be_named_in_the_address(open_page: OpenPage) -> None:
    by_code, by_name = open_page("/?county=211421"), open_page("/?county=绥中县")
    assert listed(by_code) == listed(by_name)
    assert len(listed(by_code)) > 0


def test_a_park_opens_a_card_that_a_copied_link_opens_again(open_page: OpenPage) -> None:
    page = open_page(f"/?layer=industrial-parks&county={SUIZHONG}")
    page.locator(f'#results [data-id="{PARK}"]').click()
    card = page.locator("#card")
    expect(card).to_contain_text("专栏5-1")
    expect(card).to_contain_text("东戴河")
    expect(page.locator("#map .uncertainty.is-focus")).to_have_count(1)
    expect(page).to_have_title("辽宁东戴河新区 · 葫芦岛规划一张图")

    page.get_by_role("button", name="分享").click()
    page.get_by_role("dialog").get_by_role("button", name="复制").first.click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url

    again = open_page(link)
    expect(again.locator("#card")).to_contain_text("专栏5-1")
    assert listed(again) == listed(page)
    assert again.url == page.url, "the copied view is complete"
    assert drawn(again) == drawn(page)


def test_back_and_forward_follow_the_choices(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport")
    before = total(page)
    chip(page, SUIZHONG).click()
    within = total(page)
    page.locator("#results [data-id]").first.click()
    expect(page.locator("#card")).to_be_visible()
    page.go_back()
    expect(page.locator("#card")).to_be_hidden()
    assert total(page) == within
    page.go_back()
    assert total(page) == before
    page.go_forward()
    assert total(page) == within


def test_what_the_address_says_wrongly_is_named_and_the_rest_kept(open_page: OpenPage) -> None:
    page = open_page("/?layer=transport,moon&flavour=red")
    message = page.get_by_role("alert")
    expect(message).to_contain_text("layer=moon")
    expect(message).to_contain_text("flavour=red")
    ids = page.locator("#results [data-id]")
    assert total(page) == ids.count() > 0


def test_search_finds_by_words_and_marks_them(open_page: OpenPage) -> None:
    page = open_page("/")
    everything = page.locator("#count").inner_text()
    page.get_by_role("combobox", name="搜索项目").fill("生物医药")
    expect(page).to_have_url(asks(q="生物医药"))
    # No name has the word: the list waits for the texts.
    expect(page.locator("#count")).not_to_have_text(everything)
    page.locator(f'#results [data-id="{PARK}"]').wait_for()
    assert 0 < total(page) < 60
    assert total(page) == len(listed(page))


def test_the_first_view_weighs_at_most_180_kb_and_twenty_requests_until_the_map_is_there(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    page.locator("#map .point").first.wait_for()
    weights: dict[str, int] = page.evaluate(
        """Object.fromEntries(["navigation", "resource"]
            .flatMap((kind) => performance.getEntriesByType(kind))
            .filter((one) => one.startTime < performance.getEntriesByName("map:draw")[0].startTime)
            .map((one) => [new URL(one.name).pathname, one.encodedBodySize]))"""
    )
    heaviest = sorted(weights.items(), key=lambda one: -one[1])
    assert {"/", "/pack.json", "/start.json", "/base.json"} <= set(weights)
    assert len(weights) <= 20, heaviest
    assert sum(weights.values()) <= 180_000, heaviest


def test_an_unlocated_item_is_listed_with_its_reason(
    open_page: OpenPage, index: list[dict[str, Any]]
) -> None:
    unlocated = next(item for item in index if item["method"] == "none")
    page = open_page(f"/?precision=none&focus={unlocated['id']}")
    row = page.locator(f'#results [data-id="{unlocated["id"]}"]')
    expect(row).to_contain_text("未定位")
    expect(page.locator("#card .place")).to_contain_text("未定位")
    assert unlocated["id"] not in drawn(page)


def test_a_card_says_that_the_filters_leave_its_item_out(open_page: OpenPage) -> None:
    page = open_page(f"/?county={SUIZHONG}&focus={PARK}")
    said = page.locator("#card .left-out")
    expect(page.locator("#card .card-body")).to_be_visible()
    expect(said).to_have_count(0)
    chip(page, SUIZHONG).click()
    chip(page, "211481").click()
    expect(said).to_be_visible()
    said.locator("button").click()
    expect(page).to_have_url(asks(focus=PARK))
    expect(said).to_have_count(0)
    # Neighbours are not what the filters show: the item itself is none of them.
    page.locator("#card [data-near='10']").click()
    expect(page).to_have_url(asks(near="10"))
    expect(page.locator("#card .card-body")).to_be_visible()
    expect(said).to_have_count(0)
