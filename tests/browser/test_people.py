"""The three people the map is for, each from the first page to what they came for."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import drawn, listed, number_in, total

pytestmark = pytest.mark.browser

PARK = "park-dongdaihe"


def test_an_investor_finds_parks_by_industry_and_compares_them(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    page.locator('[data-fold="terms"]').click()
    industry = page.locator('[data-term="生物医药"]')
    promised = number_in(industry.inner_text())
    industry.click()
    expect(page.locator(f'#results [data-id="{PARK}"]')).to_be_visible()
    page.wait_for_function(f"document.querySelectorAll('#results [data-id]').length === {promised}")
    page.locator(f'#results [data-id="{PARK}"]').click()
    card = page.locator("#card")
    expect(card).to_contain_text("直线距离")
    expect(card).to_contain_text("绥中港区")
    card.get_by_role("button", name="加入对比").click()

    industry.click()
    page.locator('#results [data-id="park-yangjiazhangzi"]').click()
    card.get_by_role("button", name="加入对比").click()
    page.get_by_role("button", name="对比 2 项").click()
    table = page.get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(2)
    expect(table.get_by_role("row", name="港口")).to_contain_text("公里")
    page.get_by_role("button", name="复制表格").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert all(line.count("\t") == 2 for line in copied.splitlines())

    link = f"/?compare={PARK},park-yangjiazhangzi"
    expect(open_page(link).get_by_role("dialog").get_by_role("table")).to_be_visible()


def test_neighbours_within_ten_kilometres_are_counted_listed_and_drawn(open_page: OpenPage) -> None:
    page = open_page(f"/?focus={PARK}")
    ring = page.locator('#card [data-near="10"]')
    promised = number_in(ring.inner_text())
    ring.click()
    assert total(page) == promised == len(listed(page))
    assert PARK not in listed(page)
    assert drawn(page) - {PARK} <= set(listed(page))
    expect(page.locator("#map .uncertainty.is-ring")).to_have_count(1)


def test_an_official_sorts_the_table_of_a_county_and_takes_it_away(open_page: OpenPage) -> None:
    page = open_page("/?county=211421")
    page.get_by_role("button", name="表格").click()
    table = page.locator("#table")
    rows = table.locator("tbody tr")
    rows.first.wait_for()
    assert rows.count() == total(page)
    assert page.url.endswith("/?county=211421&table=1"), "a smaller map is no other view"
    header = table.get_by_role("columnheader", name="状态")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    states = rows.locator("td:nth-child(5)").all_inner_texts()
    assert states == sorted(
        states, key=["已建成", "在建", "规划新建", "改造提升", "政策与行动"].index
    )
    href = str(table.locator("a[download]").get_attribute("href"))
    assert "county=211421" in href
    assert page.request.get(href).ok
    rows.nth(3).get_by_role("link").click()
    expect(page.locator("#card")).to_be_visible()


def test_a_presenter_steps_through_the_layers_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/?county=211422")
    whole = total(page)
    page.get_by_role("button", name="演示").click()
    caption = page.locator("#caption")
    expect(caption).to_contain_text("葫芦岛规划一张图")
    expect(page.locator("#header")).to_be_hidden()
    expect(page.locator("#legend")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("九大工业园区")
    page.keyboard.press("Escape")
    expect(page.locator("#header")).to_be_visible()
    assert total(page) == whole


def test_a_suggestion_is_taken_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("combobox", name="搜索项目").type("绥中县", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("绥中县")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator('[data-choose="county:211421"]')).to_have_attribute("aria-pressed", "true")


def test_symbols_stand_on_gcj02_tiles_to_a_pixel(open_page: OpenPage) -> None:
    page = open_page("/?layer=industrial-parks")
    worst = page.evaluate(
        """async () => {
            const { CRS_GCJ02 } = await import(new URL("static/js/map/gcj.js", document.baseURI));
            const { default: gcoord } = await import("gcoord");
            const { L } = globalThis;
            let worst = 0;
            const spots = [];
            for (let lng = 119.2; lng < 121.2; lng += 0.2) {
                for (let lat = 39.9; lat < 41.3; lat += 0.2) spots.push([lng, lat]);
            }
            for (const [lng, lat] of spots) {
                const moved = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02);
                const tile = L.CRS.EPSG3857.latLngToPoint(L.latLng(moved[1], moved[0]), 18);
                const drawn = CRS_GCJ02.latLngToPoint(L.latLng(lat, lng), 18);
                const back = CRS_GCJ02.pointToLatLng(drawn, 18);
                const again = CRS_GCJ02.latLngToPoint(back, 18);
                worst = Math.max(worst, drawn.distanceTo(tile), drawn.distanceTo(again));
            }
            return worst;
        }"""
    )
    assert worst < 1
